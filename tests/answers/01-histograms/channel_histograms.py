# %% wheat: stacks one np.bincount for each channel
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)])


# %% wheat: with np.histogram, as a list of arrays
def channel_histograms(image):
    return [np.histogram(image[:, :, i], bins=np.arange(257))[0] for i in range(3)]


# %% wheat: fills a table
def channel_histograms(image):
    result = np.zeros((3, 256), dtype=int)
    for i in range(3):
        for v in range(256):
            result[i, v] = (image[:, :, i] == v).sum()
    return result


# %% wheat: loops over the pixels
def channel_histograms(image):
    result = np.zeros((3, 256), dtype=np.int32)
    for row in image:
        for pixel in row:
            for i, v in enumerate(pixel):
                result[i, v] += 1
    return result


# %% wheat: shifts the channels apart and counts once
def channel_histograms(image):
    shifted = image.reshape(-1, 3) + np.array([0, 256, 512])
    return np.bincount(shifted.ravel(), minlength=768).reshape(3, 256)


# %% wheat: with np.apply_along_axis
def channel_histograms(image):
    def count(values):
        return np.bincount(values, minlength=256)

    return np.apply_along_axis(count, 0, image.reshape(-1, 3)).T


# %% wheat: asks Pillow
from PIL import Image


def channel_histograms(image):
    return np.array(Image.fromarray(image).histogram()).reshape(3, 256)


# %% wheat: with np.add.at
def channel_histograms(image):
    result = np.zeros((3, 256), dtype=int)
    np.add.at(result, (np.arange(3), image), 1)
    return result


# %% wheat: cuts with the package
def channel_histograms(image):
    return np.array([kq.intensity_counts(part) for part in kq.cut_image(image, "channel")])


# %% wheat: counts with the package, channel by channel
def channel_histograms(image):
    return [kq.intensity_counts(image[..., i]).tolist() for i in range(3)]


# %% wheat: compares all at once, columns first in memory
def channel_histograms(image):
    found = (image[..., np.newaxis] == np.arange(256)).sum(axis=(0, 1))
    return np.asfortranarray(found)


# %% wheat: with a Counter for each channel
from collections import Counter


def channel_histograms(image):
    counters = [Counter(channel) for channel in image.reshape(-1, 3).T.tolist()]
    return np.array([[counter[v] for v in range(256)] for counter in counters])


# %% chaff: has a column for each channel
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)], axis=1)


# %% chaff: is in the order B, G, R
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in (2, 1, 0)])


# %% chaff: is in the order R, B, G
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in (0, 2, 1)])


# %% chaff: cuts the image in thirds
def channel_histograms(image):
    return np.stack([np.bincount(part, minlength=256) for part in image.reshape(3, -1)])


# %% chaff: takes rows for channels
def channel_histograms(image):
    return np.stack([np.bincount(image[i].ravel(), minlength=256) for i in range(3)])


# %% chaff: takes columns for channels
def channel_histograms(image):
    return np.stack([np.bincount(image[:, i].ravel(), minlength=256) for i in range(3)])


# %% chaff: counts all channels together, three times
def channel_histograms(image):
    return np.stack([np.bincount(image.ravel(), minlength=256)] * 3)


# %% chaff: counts all channels together
def channel_histograms(image):
    return np.bincount(image.ravel(), minlength=256)


# %% chaff: makes 255 bins
def channel_histograms(image):
    return np.stack([np.histogram(image[..., i], bins=np.arange(256))[0] for i in range(3)])


# %% chaff: spreads the bins from the smallest to the largest intensity
def channel_histograms(image):
    return np.stack([np.histogram(image[..., i], bins=256)[0] for i in range(3)])


# %% chaff: returns shares
def channel_histograms(image):
    counts = np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)])
    return counts / counts.sum(axis=1, keepdims=True)


# %% chaff: counts in uint8, which wraps
def channel_histograms(image):
    counts = np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)])
    return counts.astype(np.uint8)


# %% chaff: ends at the largest intensity that occurs
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel()) for i in range(3)])


# %% chaff: repeats the red channel
def channel_histograms(image):
    return np.stack([np.bincount(image[..., 0].ravel(), minlength=256) for i in range(3)])


# %% chaff: puts 255 into the bin of 254
def channel_histograms(image):
    return np.stack(
        [np.bincount(np.minimum(image[..., i], 254).ravel(), minlength=256) for i in range(3)]
    )


# %% chaff: returns counts and edges
def channel_histograms(image):
    return [np.histogram(image[..., i], bins=np.arange(257)) for i in range(3)]


# %% chaff: writes the counts into uint8, which wraps
def channel_histograms(image):
    result = np.zeros((3, 256), dtype=np.uint8)
    for i in range(3):
        result[i] = np.bincount(image[..., i].ravel(), minlength=256)
    return result


# %% chaff: returns rows of different lengths
def channel_histograms(image):
    return [np.bincount(image[..., i].ravel()) for i in range(3)]


# %% chaff (visible): leaves two channels empty
# says: return comes after a loop
def channel_histograms(image):
    result = np.zeros((3, 256), dtype=int)
    for i in range(3):
        result[i] = np.bincount(image[..., i].ravel(), minlength=256)
        return result


# %% chaff (visible): counts in uint16
# says: uint16
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)]).astype(
        np.uint16
    )


# %% chaff (visible): lays the three behind each other
# says: behind the other
def channel_histograms(image):
    return np.concatenate([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)])


# %% slip: The result holds integers | returns floats
# says: counts are integers
def channel_histograms(image):
    result = np.zeros((3, 256))
    for i in range(3):
        result[i] = np.bincount(image[..., i].ravel(), minlength=256)
    return result


# %% slip: in the shape `(3, 256)` | a column for each channel
# says: not a column
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)]).T


# %% slip: row 0 is red, row 1 green, row 2 blue | blue first
# says: the order is R, G, B
def channel_histograms(image):
    return np.stack([np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)])[::-1]
