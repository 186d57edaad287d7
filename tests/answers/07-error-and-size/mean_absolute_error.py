# %% wheat: floats
def mean_absolute_error(original, quantized):
    return np.mean(np.abs(original.astype(float) - quantized))


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.absolute_error
def mean_absolute_error(original, quantized):
    return kq.absolute_error(original, quantized)


# %% wheat: int16 and a sum
def mean_absolute_error(original, quantized):
    difference = original.astype(np.int16) - quantized.astype(np.int16)
    return np.abs(difference).sum() / original.size


# %% wheat: float32
def mean_absolute_error(original, quantized):
    return np.abs(np.float32(original) - np.float32(quantized)).mean()


# %% wheat: scikit-learn
from sklearn.metrics import mean_absolute_error as of_vectors


def mean_absolute_error(original, quantized):
    return of_vectors(original.ravel().astype(float), quantized.ravel().astype(float))


# %% wheat: the larger minus the smaller never wraps
def mean_absolute_error(original, quantized):
    return float((np.maximum(original, quantized) - np.minimum(original, quantized)).mean())


# %% wheat: plain loop
def mean_absolute_error(original, quantized):
    total = 0
    for x, y in zip(original.ravel().tolist(), quantized.ravel().tolist()):
        total += abs(x - y)
    return total / original.size


# %% wheat: an error map and its mean
def mean_absolute_error(original, quantized):
    return kq.error_map(original, quantized).mean()


# %% slip: It must not matter which image is the brighter one | differences of uint8
# says: uint8 wraps around
def mean_absolute_error(original, quantized):
    return np.mean(np.abs(original - quantized))


# %% slip: It must not matter which image is the brighter one | converted after the difference
# says: uint8 wraps around
def mean_absolute_error(original, quantized):
    return np.mean(np.abs((original - quantized).astype(float)))


# %% slip: It must not matter which image is the brighter one | the other way round
# says: uint8 wraps around
def mean_absolute_error(original, quantized):
    return np.mean(quantized - original)


# %% chaff (visible): int8
# says: int8 holds
def mean_absolute_error(original, quantized):
    return np.mean(np.abs((original - quantized).astype(np.int8)))


# %% chaff (visible): signed mean
# says: both signs cancel
def mean_absolute_error(original, quantized):
    return np.mean(original.astype(float) - quantized)


# %% chaff (visible): absolute value of the mean
# says: both signs cancel
def mean_absolute_error(original, quantized):
    return abs(np.mean(original.astype(float) - quantized))


# %% chaff (visible): squared
# says: squared error
def mean_absolute_error(original, quantized):
    return np.mean((original.astype(float) - quantized) ** 2)


# %% chaff: root of squared
def mean_absolute_error(original, quantized):
    return np.sqrt(np.mean((original.astype(float) - quantized) ** 2))


# %% chaff: sum
def mean_absolute_error(original, quantized):
    return np.sum(np.abs(original.astype(float) - quantized))


# %% chaff (visible): over pixels
# says: not of pixels
def mean_absolute_error(original, quantized):
    pixels = original.shape[0] * original.shape[1]
    return np.abs(original.astype(float) - quantized).sum() / pixels


# %% chaff: one number for each channel
def mean_absolute_error(original, quantized):
    return np.abs(original.astype(float) - quantized).mean(axis=(0, 1))


# %% chaff: median
def mean_absolute_error(original, quantized):
    return np.median(np.abs(original.astype(float) - quantized))


# %% chaff: the first channel alone
def mean_absolute_error(original, quantized):
    difference = np.abs(original.astype(float) - quantized)
    return difference[..., 0].mean() if difference.ndim == 3 else difference.mean()


# %% slip: Keep the decimals | cuts them off
# says: keep the decimals
def mean_absolute_error(original, quantized):
    return int(np.abs(original.astype(int) - quantized).mean())


# %% chaff: changes its input
def mean_absolute_error(original, quantized):
    swap = original < quantized
    low = np.minimum(original, quantized)
    original[swap] = quantized[swap]
    return np.mean(original - low)


# %% chaff: color only
def mean_absolute_error(original, quantized):
    height, width, channels = original.shape
    return np.abs(original.astype(float) - quantized).sum() / (height * width * channels)


# %% slip: Keep the decimals | rounds
# says: keep the decimals
def mean_absolute_error(original, quantized):
    return round(float(np.abs(original.astype(int) - quantized).mean()))


# %% chaff (visible): a difference of means
# says: is expected
def mean_absolute_error(original, quantized):
    return float(np.abs(original.mean() - quantized.mean()))


# %% slip: Keep the decimals | two of them
# says: keep the decimals
def mean_absolute_error(original, quantized):
    return round(float(np.mean(abs(original.astype(int) - quantized))), 2)


# %% slip: It must not matter which image is the brighter one | darker pixels do not count
# says: which image is the brighter one
def mean_absolute_error(original, quantized):
    return np.mean(np.where(original > quantized, original - quantized, 0))
