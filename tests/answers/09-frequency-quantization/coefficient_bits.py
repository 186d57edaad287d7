# %% wheat: the package's entropy of each column
def coefficient_bits(quantized):
    return sum(kq.index_entropy(quantized[:, i]) for i in range(64)) / 64


# %% wheat: np.unique by hand
def coefficient_bits(quantized):
    total = 0.0
    for column in quantized.T:
        p = np.unique(column, return_counts=True)[1] / len(column)
        total -= np.sum(p * np.log2(p))
    return total / 64


# %% wheat: a mean
def coefficient_bits(quantized):
    return np.mean([kq.index_entropy(column) for column in quantized.T])


# %% wheat: SciPy
from scipy import stats


def coefficient_bits(quantized):
    return np.mean(
        [stats.entropy(np.unique(c, return_counts=True)[1], base=2) for c in quantized.T]
    )


# %% wheat: bincount, moved to 0
def coefficient_bits(quantized):
    moved, bits = quantized - quantized.min(), 0
    for i in range(quantized.shape[1]):
        counts = np.bincount(moved[:, i])
        p = counts[counts > 0] / counts.sum()
        bits += p @ np.log2(1 / p)
    return np.float32(bits / quantized.shape[1])


# %% wheat: Counter
import math
from collections import Counter


def coefficient_bits(quantized):
    m = len(quantized)
    bits = [
        n / m * math.log2(m / n)
        for i in range(64)
        for n in Counter(quantized[:, i].tolist()).values()
    ]
    return sum(bits) / 64


# %% wheat: channels of the package
def coefficient_bits(quantized):
    return kq.index_entropy(quantized[np.newaxis], per_channel=True).mean()


# %% chaff (visible): all together
# says: each column
def coefficient_bits(quantized):
    return kq.index_entropy(quantized)


# %% chaff (visible): the rows
# says: rows
def coefficient_bits(quantized):
    return sum(kq.index_entropy(row) for row in quantized) / 64


# %% chaff (visible): the mean of the rows
# says: rows
def coefficient_bits(quantized):
    return np.mean([kq.index_entropy(row) for row in quantized])


# %% chaff (visible): of a block
# says: 64 pixels
def coefficient_bits(quantized):
    return sum(kq.index_entropy(column) for column in quantized.T)


# %% chaff (visible): divided by the number of blocks
# says: number of blocks
def coefficient_bits(quantized):
    return sum(kq.index_entropy(column) for column in quantized.T) / len(quantized)


# %% chaff (visible): bits of the whole photo
# says: one pixel
def coefficient_bits(quantized):
    return sum(kq.index_entropy(column) for column in quantized.T) * len(quantized)


# %% chaff (visible): the first column is left out
# says: first column
def coefficient_bits(quantized):
    return sum(kq.index_entropy(quantized[:, i]) for i in range(1, 64)) / 64


# %% chaff (visible): the last column is left out
# says: last column
def coefficient_bits(quantized):
    return sum(kq.index_entropy(quantized[:, i]) for i in range(63)) / 64


# %% chaff (visible): bincount
# says: below 0
def coefficient_bits(quantized):
    total = 0.0
    for column in quantized.T:
        counts = np.bincount(column)
        p = counts[counts > 0] / len(column)
        total -= np.sum(p * np.log2(p))
    return total / 64


# %% chaff (visible): without signs
# says: negative
def coefficient_bits(quantized):
    return sum(kq.index_entropy(abs(quantized[:, i])) for i in range(64)) / 64


# %% chaff (visible): a fixed rate
def coefficient_bits(quantized):
    return sum(np.ceil(np.log2(len(np.unique(column)))) for column in quantized.T) / 64


# %% chaff (visible): the share that is not 0
def coefficient_bits(quantized):
    return np.count_nonzero(quantized) / quantized.size


# %% chaff (visible): natural logarithm
# says: natural
def coefficient_bits(quantized):
    total = 0.0
    for column in quantized.T:
        p = np.unique(column, return_counts=True)[1] / len(column)
        total -= np.sum(p * np.log(p))
    return total / 64


# %% chaff (visible): the mean divided once more
def coefficient_bits(quantized):
    return np.mean([kq.index_entropy(column) for column in quantized.T]) / 64


# %% chaff (visible): the median
def coefficient_bits(quantized):
    return np.median([kq.index_entropy(column) for column in quantized.T])


# %% slip: of each column by itself | of 8 columns together
def coefficient_bits(quantized):
    return sum(kq.index_entropy(quantized[:, i : i + 8]) for i in range(0, 64, 8)) / 8


# %% slip: divided by 64 | by 8
# says: 64
def coefficient_bits(quantized):
    return sum(kq.index_entropy(column) for column in quantized.T) / 8


# %% chaff (visible): a uint8 holds the indices
# says: a uint8 holds no indices below 0
def coefficient_bits(quantized):
    return np.mean([kq.index_entropy(column) for column in quantized.astype(np.uint8).T])
