# %% wheat: floats and mean
def mean_squared_error(original, quantized):
    return np.mean((original.astype(float) - quantized.astype(float)) ** 2)


# %% wheat: integers with a sign
def mean_squared_error(original, quantized):
    difference = original.astype(int) - quantized.astype(int)
    return float((difference * difference).mean())


# %% wheat: plain loops
def mean_squared_error(original, quantized):
    total = 0
    for a, b in zip(original.ravel(), quantized.ravel()):
        total += (int(a) - int(b)) ** 2
    return total / original.size


# %% wheat: scikit-learn
from sklearn.metrics import mean_squared_error as sklearn_error


def mean_squared_error(original, quantized):
    return sklearn_error(original.ravel().astype(float), quantized.ravel().astype(float))


# %% wheat: the norm squared
def mean_squared_error(original, quantized):
    return np.linalg.norm(original.ravel() - quantized.ravel().astype(float)) ** 2 / original.size


# %% wheat: larger minus smaller in uint8, then squared
def mean_squared_error(original, quantized):
    difference = np.maximum(original, quantized) - np.minimum(original, quantized)
    return np.square(difference, dtype=np.int64).mean()


# %% wheat: single precision
def mean_squared_error(original, quantized):
    return np.mean(np.subtract(original, quantized, dtype=np.float32) ** 2)


# %% wheat: a dot product
def mean_squared_error(original, quantized):
    difference = np.subtract(original, quantized, dtype=np.int64).ravel()
    return difference @ difference / len(difference)


# %% chaff (visible): the package
# says: kq\.squared_error
def mean_squared_error(original, quantized):
    return kq.squared_error(original, quantized)


# %% chaff: subtracts and squares in uint8
def mean_squared_error(original, quantized):
    return np.mean((original - quantized) ** 2)


# %% slip: It must not matter which image is the brighter one. | subtracts in uint8
# says: wraps
def mean_squared_error(original, quantized):
    return np.mean((original - quantized).astype(float) ** 2)


# %% slip: It must not matter which image is the brighter one. | subtracts the other way round in uint8
# says: wraps
def mean_squared_error(original, quantized):
    return np.mean((quantized - original).astype(float) ** 2)


# %% slip: It must not matter which image is the brighter one. | takes the absolute value too late
# says: wraps
def mean_squared_error(original, quantized):
    return np.mean(np.abs(original - quantized).astype(float) ** 2)


# %% chaff: squares in int16
def mean_squared_error(original, quantized):
    difference = original.astype(np.int16) - quantized.astype(np.int16)
    return np.mean(difference**2)


# %% chaff: squares in uint8
def mean_squared_error(original, quantized):
    difference = np.maximum(original, quantized) - np.minimum(original, quantized)
    return np.mean(difference**2)


# %% chaff: the sum
# says: sum
def mean_squared_error(original, quantized):
    return np.sum((original.astype(float) - quantized) ** 2)


# %% chaff: the root
def mean_squared_error(original, quantized):
    return np.sqrt(np.mean((original.astype(float) - quantized) ** 2))


# %% chaff: the L2 norm
def mean_squared_error(original, quantized):
    return np.linalg.norm(original.ravel().astype(float) - quantized.ravel())


# %% chaff: the absolute error
# says: all squares
def mean_squared_error(original, quantized):
    return np.mean(np.abs(original.astype(float) - quantized))


# %% chaff: divides by the number of pixels
# says: pixels
def mean_squared_error(original, quantized):
    total = np.sum((original.astype(float) - quantized) ** 2)
    return total / (original.shape[0] * original.shape[1])


# %% chaff: squares the mean
def mean_squared_error(original, quantized):
    return np.mean(original.astype(float) - quantized) ** 2


# %% chaff: intensities between 0 and 1
def mean_squared_error(original, quantized):
    return np.mean((original / 255 - quantized / 255) ** 2)


# %% chaff: one error for each row
def mean_squared_error(original, quantized):
    return np.mean((original.astype(float) - quantized) ** 2, axis=1)


# %% chaff: the first channel only
def mean_squared_error(original, quantized):
    if original.ndim == 3:
        original, quantized = original[..., 0], quantized[..., 0]
    return np.mean((original.astype(float) - quantized) ** 2)


# %% chaff: whole numbers
def mean_squared_error(original, quantized):
    return int(np.mean((original.astype(float) - quantized) ** 2))


# %% chaff: computes in float16
def mean_squared_error(original, quantized):
    return np.mean((original.astype(np.float16) - quantized.astype(np.float16)) ** 2)


# %% wheat: a mean of means
def mean_squared_error(original, quantized):
    rows = [np.mean((a.astype(float) - b) ** 2) for a, b in zip(original, quantized)]
    return sum(rows) / len(rows)


# %% wheat: fractions, exactly
from fractions import Fraction


def mean_squared_error(original, quantized):
    pairs = zip(original.ravel().tolist(), quantized.ravel().tolist())
    return float(Fraction(sum((a - b) ** 2 for a, b in pairs), original.size))


# %% wheat: a 0-dimensional array
def mean_squared_error(original, quantized):
    return np.asarray(((original.astype("int32") - quantized) ** 2).mean())


# %% slip: It must not matter which image is the brighter one. | counts where the original is brighter only
def mean_squared_error(original, quantized):
    difference = original.astype(float) - quantized
    return np.mean(np.maximum(difference, 0) ** 2)


# %% slip: It must not matter which image is the brighter one. | negative differences count as 0
def mean_squared_error(original, quantized):
    total = 0
    for a, b in zip(original.ravel(), quantized.ravel()):
        total += (int(a) - int(b)) ** 2 if a > b else 0
    return total / original.size


# %% chaff (visible): the package's root, squared
# says: kq\.root_squared_error
def mean_squared_error(original, quantized):
    return kq.root_squared_error(original, quantized) ** 2


# %% chaff: an exclusive or in place of the power
# says: \*\*
def mean_squared_error(original, quantized):
    return np.mean((original.astype(int) - quantized.astype(int)) ^ 2)


# %% chaff: doubles in place of squaring
# says: \*\*
def mean_squared_error(original, quantized):
    return np.mean((original.astype(int) - quantized.astype(int)) * 2)


# %% chaff (visible): two decimals
# says: keep the decimals
def mean_squared_error(original, quantized):
    return round(float(np.mean((original.astype(float) - quantized) ** 2)), 2)


# %% chaff (visible): a whole number by integer division
# says: keep the decimals
def mean_squared_error(original, quantized):
    difference = original.astype(int) - quantized
    return int((difference * difference).sum() // difference.size)


# %% chaff (visible): divides by one less
# says: divide it by how many
def mean_squared_error(original, quantized):
    return ((original.astype(float) - quantized) ** 2).sum() / (original.size - 1)


# %% wheat: a table of pairs
def mean_squared_error(original, quantized):
    pairs = np.zeros((256, 256))
    np.add.at(pairs, (original, quantized), 1)
    difference = np.arange(256)[:, None] - np.arange(256)
    return (pairs * difference**2).sum() / pairs.sum()


# %% wheat: variance and squared mean
mean_squared_error = lambda a, b: (lambda d: d.var() + d.mean() ** 2)(a - b.astype(float))
