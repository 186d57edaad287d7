# %% wheat: with np.bincount
def intensity_histogram(image):
    return np.bincount(image.ravel(), minlength=256)


# %% wheat: with np.histogram and 257 edges
def intensity_histogram(image):
    counts, _ = np.histogram(image, bins=np.arange(257))
    return counts


# %% wheat: with np.histogram and a range up to 256
def intensity_histogram(image):
    return np.histogram(image, bins=256, range=(0, 256))[0]


# %% wheat: with np.histogram and a range up to 255, whose last bin is closed
def intensity_histogram(image):
    return np.histogram(image, bins=256, range=(0, 255))[0]


# %% wheat: with edges between the intensities
def intensity_histogram(image):
    return np.histogram(image.flatten(), bins=np.arange(-0.5, 256))[0]


# %% wheat: compares with each intensity
def intensity_histogram(image):
    return np.array([np.count_nonzero(image == v) for v in range(256)])


# %% wheat: compares with all intensities at once
def intensity_histogram(image):
    return (image.reshape(-1, 1) == np.arange(256)).sum(axis=0)


# %% wheat: loops and returns a list
def intensity_histogram(image):
    counts = [0] * 256
    for v in image.flat:
        counts[v] += 1
    return counts


# %% wheat: fills in what np.unique finds, as floats
def intensity_histogram(image):
    counts = np.zeros(256)
    values, how_often = np.unique(image, return_counts=True)
    counts[values] = how_often
    return counts


# %% wheat: with np.add.at
def intensity_histogram(image):
    counts = np.zeros(256, dtype=np.uint64)
    np.add.at(counts, image, 1)
    return counts


# %% wheat: with a Counter
from collections import Counter


def intensity_histogram(image):
    counter = Counter(image.ravel().tolist())
    return tuple(counter[v] for v in range(256))


# %% wheat: searches in the sorted intensities
def intensity_histogram(image):
    ordered = np.sort(image, axis=None)
    return np.diff(np.searchsorted(ordered, np.arange(257)))


# %% wheat: with the package
def intensity_histogram(image):
    return kq.intensity_counts(image)


# %% chaff: makes 255 bins
def intensity_histogram(image):
    return np.histogram(image, bins=np.arange(256))[0]


# %% chaff: makes 255 bins and adds an empty one
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    counts[:255] = np.histogram(image, bins=np.arange(256))[0]
    return counts


# %% chaff: makes 255 bins over a range
def intensity_histogram(image):
    return np.histogram(image, bins=255, range=(0, 255))[0]


# %% chaff: spreads the bins from the smallest to the largest intensity
def intensity_histogram(image):
    return np.histogram(image, bins=256)[0]


# %% chaff: ends at the largest intensity that occurs
def intensity_histogram(image):
    return np.bincount(image.ravel())


# %% chaff: lists only intensities that occur
def intensity_histogram(image):
    return np.unique(image, return_counts=True)[1]


# %% chaff: returns the edges too
def intensity_histogram(image):
    return np.histogram(image, bins=np.arange(257))


# %% chaff: returns the edges
def intensity_histogram(image):
    return np.histogram(image, bins=np.arange(257))[1][:-1]


# %% chaff: says only whether an intensity occurs
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    counts[image] = 1
    return counts


# %% chaff: counts once per intensity because of fancy indexing
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    counts[image] += 1
    return counts


# %% chaff: counts in uint8, which wraps
def intensity_histogram(image):
    counts = np.zeros(256, dtype=np.uint8)
    for v in image.ravel():
        counts[v] += np.uint8(1)
    return counts


# %% chaff: counts in uint16, which wraps
def intensity_histogram(image):
    return np.bincount(image.ravel(), minlength=256).astype(np.uint16)


# %% chaff: forgets 255
def intensity_histogram(image):
    return np.array([np.count_nonzero(image == v) for v in range(255)] + [0])


# %% chaff: forgets 0
def intensity_histogram(image):
    return np.array([0] + [np.count_nonzero(image == v) for v in range(1, 256)])


# %% chaff: counts the red channel only
def intensity_histogram(image):
    values = image[..., 0] if image.ndim == 3 else image
    return np.bincount(values.ravel(), minlength=256)


# %% chaff: counts a gray version of a color image
def intensity_histogram(image):
    values = image.mean(axis=-1).astype(np.uint8) if image.ndim == 3 else image
    return np.bincount(values.ravel(), minlength=256)


# %% chaff: counts the first row
def intensity_histogram(image):
    return np.bincount(np.atleast_1d(image[0]).ravel(), minlength=256)


# %% chaff: expects two axes
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    height, width = image.shape
    for row in range(height):
        for column in range(width):
            counts[image[row, column]] += 1
    return counts


# %% chaff: expects a color image
def intensity_histogram(image):
    return sum(np.bincount(image[:, :, i].ravel(), minlength=256) for i in range(3))


# %% chaff: returns shares
def intensity_histogram(image):
    return np.bincount(image.ravel(), minlength=256) / image.size


# %% chaff: adds up
def intensity_histogram(image):
    return np.cumsum(np.bincount(image.ravel(), minlength=256))


# %% chaff: runs from bright to dark
def intensity_histogram(image):
    return np.bincount(255 - image.ravel(), minlength=256)


# %% chaff: is one row of a table
def intensity_histogram(image):
    return np.bincount(image.ravel(), minlength=256)[None]


# %% chaff: sorts the image in place
def intensity_histogram(image):
    flat = image.reshape(-1)
    flat.sort()
    return np.bincount(flat, minlength=256)


# %% chaff: compares with 0 to 254
def intensity_histogram(image):
    return np.array([(image == v).sum() for v in range(255)])


# %% chaff: hands np.bincount an image of two axes
def intensity_histogram(image):
    return np.bincount(image, minlength=256)


# %% chaff: loops over an image of two axes
def intensity_histogram(image):
    counts = [0] * 256
    for row in image:
        for v in row:
            counts[v] += 1
    return counts
