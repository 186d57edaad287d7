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


# %% wheat: fills in what np.unique finds
def intensity_histogram(image):
    counts = np.zeros(256, dtype=np.int64)
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


# %% wheat: asks Pillow, a row at a time
from PIL import Image


def intensity_histogram(image):
    return Image.fromarray(image.reshape(1, -1)).histogram()


# %% wheat: adds the counts of each part, by recursion
def intensity_histogram(image):
    if image.ndim == 1:
        return np.bincount(image, minlength=256).astype(np.uint32)
    return sum(intensity_histogram(part) for part in image)


# %% wheat: rounds what np.histogram weighs
def intensity_histogram(image):
    counts, _ = np.histogram(image, bins=256, range=(-0.5, 255.5), weights=np.ones(image.shape))
    return np.rint(counts).astype(int)


# %% wheat: loops with a dictionary and np.nditer
def intensity_histogram(image):
    found = dict.fromkeys(range(256), 0)
    for value in np.nditer(image):
        found[int(value)] += 1
    return np.array(list(found.values()))


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


# %% chaff (visible): leaves it to the package
# says: kq\.intensity_counts
def intensity_histogram(image):
    return kq.intensity_counts(image)


# %% chaff (visible): leaves it to the package, by another name
# says: kq\.intensity_counts
from kquant_helpers.counts import intensity_counts


def intensity_histogram(image):
    return np.array(intensity_counts(image))


# %% chaff (visible): returns inside the loop
# says: return
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    for row in image:
        counts += np.bincount(row.ravel(), minlength=256)
        return counts


# %% chaff (visible): adds 1 once where a pixel has an intensity twice
# says: adds 1 only once
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    if image.ndim == 1:
        return np.bincount(image, minlength=256)
    for row in image.reshape(image.shape[0], image.shape[1], -1):
        for pixel in row:
            counts[pixel] += 1
    return counts


# %% chaff (visible): counts up to 254 in a loop of NumPy's
def intensity_histogram(image):
    counts = np.zeros(256, dtype=int)
    for v in np.arange(255):
        counts[v] = np.sum(image == v)
    return counts


# %% slip: any shape | knows gray and color, but no single row
# says: one axis
def intensity_histogram(image):
    height, width = image.shape[0], image.shape[1]
    return np.bincount(image.reshape(height * width, -1).ravel(), minlength=256)


# %% slip: any shape | gray, color and a row, but no more axes
def intensity_histogram(image):
    if image.ndim <= 2:
        return np.bincount(image.ravel(), minlength=256)
    return sum(np.bincount(image[:, :, i], minlength=256) for i in range(image.shape[2]))


# %% slip: 256 integers, always | returns floats
# says: counts are integers
def intensity_histogram(image):
    counts = np.zeros(256)
    for v in image.ravel():
        counts[v] += 1
    return counts


# %% slip: 256 integers, always | ends at the largest intensity
# says: minlength
def intensity_histogram(image):
    return np.array([np.sum(image == v) for v in range(int(image.max()) + 1)])


# %% slip: 256 integers, always | begins at the smallest intensity
def intensity_histogram(image):
    return np.bincount(image.ravel() - image.min(), minlength=256)
