# %% wheat: np.unique
def entropy(indices):
    counts = np.unique(indices, return_counts=True)[1]
    shares = counts / counts.sum()
    return -np.sum(shares * np.log2(shares))


# %% wheat: np.bincount without its zeros, moved to 0
def entropy(indices):
    counts = np.bincount(np.ravel(indices).astype(int) - int(indices.min()))
    shares = counts[counts > 0] / np.size(indices)
    return float(shares @ np.log2(1 / shares))


# %% wheat: SciPy
from scipy import stats


def entropy(indices):
    return stats.entropy(np.unique(indices, return_counts=True)[1], base=2)


# %% wheat: scikit-image
from skimage.measure import shannon_entropy


def entropy(indices):
    return shannon_entropy(indices)


# %% wheat: a plain loop and a Counter
import math
from collections import Counter


def entropy(indices):
    symbols = np.ravel(indices).tolist()
    bits = 0
    for count in Counter(symbols).values():
        share = count / len(symbols)
        bits -= share * math.log2(share)
    return bits


# %% wheat: np.where guards the zeros
def entropy(indices):
    p = np.bincount(indices.ravel().astype(int) - int(indices.min())) / indices.size
    return -(p * np.log2(np.where(p > 0, p, 1))).sum()


# %% wheat: natural logarithms, divided
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return -(p * np.log(p)).sum() / np.log(2)


# %% wheat: nansum
def entropy(indices):
    p = np.bincount(indices.ravel().astype(int) - int(indices.min())) / indices.size
    return np.nansum(-p * np.log2(p))


# %% wheat: a tiny number in the logarithm
def entropy(indices):
    p = np.bincount(indices.ravel().astype(int) - int(indices.min())) / indices.size
    return -np.sum(p * np.log2(p + 1e-12))


# %% wheat: the bits as a list of one-entry sums
def entropy(indices):
    symbols, total = indices.ravel().tolist(), indices.size
    return sum(symbols.count(s) / total * np.log2(total / symbols.count(s)) for s in set(symbols))


# %% wheat: float32
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1].astype(np.float32) / np.float32(indices.size)
    return -(p * np.log2(p)).sum()


# %% wheat: log of the size minus the mean log of the counts
def entropy(indices):
    counts = np.unique(indices, return_counts=True)[1]
    n = counts.sum()
    return np.log2(n) - (counts * np.log2(counts)).sum() / n


# %% chaff: natural logarithm
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return -np.sum(p * np.log(p))


# %% chaff: decimal logarithm
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return -np.sum(p * np.log10(p))


# %% chaff: no minus
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return np.sum(p * np.log2(p))


# %% chaff: bits of all indices
def entropy(indices):
    counts = np.unique(indices, return_counts=True)[1]
    return -np.sum(counts * np.log2(counts / indices.size))


# %% chaff: logarithm of the number of symbols
def entropy(indices):
    return np.log2(len(np.unique(indices)))


# %% chaff: mean of the terms
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return -np.mean(p * np.log2(p))


# %% chaff: mean bits of the symbols, unweighted
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return np.mean(-np.log2(p))


# %% chaff: the values as shares
from scipy import stats


def entropy(indices):
    return stats.entropy(np.ravel(indices), base=2)


# %% chaff: 255 bins
def entropy(indices):
    counts = np.histogram(indices, bins=np.arange(256))[0]
    p = counts[counts > 0] / indices.size
    return -np.sum(p * np.log2(p))


# %% chaff: 256 bins over whatever range
def entropy(indices):
    counts = np.histogram(indices, bins=256)[0]
    p = counts[counts > 0] / indices.size
    return -np.sum(p * np.log2(p))


# %% chaff: of the rows
def entropy(indices):
    counts = np.unique(indices, return_counts=True, axis=0)[1]
    p = counts / counts.sum()
    return -np.sum(p * np.log2(p))


# %% chaff: rounded up
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return np.ceil(-np.sum(p * np.log2(p)))


# %% chaff: divided by the greatest possible
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return -np.sum(p * np.log2(p)) / max(np.log2(len(p)), 1)


# %% chaff: cast to uint8
def entropy(indices):
    p = np.unique(indices.astype(np.uint8), return_counts=True)[1] / indices.size
    return -np.sum(p * np.log2(p))


# %% chaff: two dimensions only
def entropy(indices):
    height, width = indices.shape
    p = np.unique(indices, return_counts=True)[1] / (height * width)
    return -np.sum(p * np.log2(p))


# %% chaff: the indices of a byte only
def entropy(indices):
    counts = np.histogram(indices, 256, (0, 256))[0]
    p = counts[counts > 0] / counts.sum()
    return -np.sum(p * np.log2(p))


# %% chaff: rounded to three decimals
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / indices.size
    return round(-np.sum(p * np.log2(p)), 3)


# %% chaff (visible): the package's own
# says: index_entropy
def entropy(indices):
    return kq.index_entropy(indices)


# %% slip: an index that does not occur adds nothing | nan
def entropy(indices):
    p = np.bincount(indices.ravel().astype(int) - int(indices.min())) / indices.size
    return -np.sum(p * np.log2(p))


# %% slip: the indices may be any integers | none below 0
# says: below 0
def entropy(indices):
    counts = np.bincount(indices.ravel())
    p = counts[counts > 0] / indices.size
    return -np.sum(p * np.log2(p))


# %% slip: the indices may be any integers | an index and its negative are one
# says: negative
def entropy(indices):
    p = np.unique(np.abs(indices.astype(int)), return_counts=True)[1] / indices.size
    return -np.sum(p * np.log2(p))


# %% slip: the indices may be any integers | none above 255
# says: larger than 255
def entropy(indices):
    counts = np.histogram(indices, bins=np.arange(-300, 257))[0]
    p = counts[counts > 0] / counts.sum()
    return -np.sum(p * np.log2(p))


# %% slip: the indices may come as a table | the rows are counted
def entropy(indices):
    p = np.unique(indices, return_counts=True)[1] / len(indices)
    return -np.sum(p * np.log2(p))


# %% slip: the indices may come as a table | a list of one row is expected
def entropy(indices):
    symbols = indices.tolist()
    p = np.array([symbols.count(s) for s in set(symbols)]) / len(symbols)
    return -np.sum(p * np.log2(p))


# %% slip: the indices may be any integers | a uint8 holds them
# says: larger than 255
def entropy(indices):
    counts = np.bincount(indices.astype(np.uint8).ravel())
    p = counts[counts > 0] / indices.size
    return np.sum(p * np.log2(1 / p))
