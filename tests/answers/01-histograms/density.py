# %% wheat: keeps the summed axis
def density(counts):
    return counts / counts.sum(axis=-1, keepdims=True)


# %% wheat: adds an axis to the sum
def density(counts):
    return counts / np.sum(counts, axis=-1)[..., np.newaxis]


# %% wheat: loops over rows
def density(counts):
    rows = counts.reshape(-1, 256)
    return np.array([row / row.sum() for row in rows]).reshape(counts.shape)


# %% wheat: with np.apply_along_axis
def density(counts):
    return np.apply_along_axis(lambda row: row / row.sum(), -1, counts)


# %% wheat: changes a float32 copy
def density(counts):
    result = counts.astype(np.float32)
    result /= result.sum(axis=-1, keepdims=True)
    return result


# %% wheat: calls itself for each row
def density(counts):
    if counts.ndim == 1:
        total = sum(counts.tolist())
        return [count / total for count in counts.tolist()]
    return [density(part) for part in counts]


# %% wheat: with np.einsum
def density(counts):
    return np.einsum("...i,...->...i", counts, 1 / counts.sum(axis=-1))


# %% wheat: with the norm of scikit-learn
from sklearn.preprocessing import normalize


def density(counts):
    return normalize(counts.reshape(-1, 256).astype(float), norm="l1").reshape(counts.shape)


# %% wheat: transposes twice
def density(counts):
    return (counts.T / counts.sum(axis=-1).T).T


# %% wheat: loops over all indices, with floats made first
def density(counts):
    shares = np.zeros(counts.shape)
    for index in np.ndindex(counts.shape[:-1]):
        shares[index] = counts[index] / counts[index].sum()
    return shares


# %% wheat: divides by the last of the cumulated counts
def density(counts):
    return counts / np.cumsum(counts, axis=-1)[..., -1:]


# %% chaff: divides by the total of all histograms
def density(counts):
    return counts / counts.sum()


# %% chaff: sums along the first axis
def density(counts):
    return counts / counts.sum(axis=0)


# %% chaff: knows one histogram or three, but no more axes
def density(counts):
    return counts / counts.sum(axis=counts.ndim // 2, keepdims=True)


# %% chaff: sums along the second axis
def density(counts):
    return counts / counts.sum(axis=1, keepdims=True)


# %% chaff: forgets to keep the axis
def density(counts):
    return counts / counts.sum(axis=-1)


# %% chaff: divides by the largest count
def density(counts):
    return counts / counts.max(axis=-1, keepdims=True)


# %% chaff: divides by the number of intensities
def density(counts):
    return counts / 256


# %% chaff: cuts decimals off
def density(counts):
    return counts // counts.sum(axis=-1, keepdims=True)


# %% chaff: gives percent
def density(counts):
    return 100 * counts / counts.sum(axis=-1, keepdims=True)


# %% chaff: rounds to two digits
def density(counts):
    return np.round(counts / counts.sum(axis=-1, keepdims=True), 2)


# %% chaff: changes its input
def density(counts):
    if counts.dtype == float:
        counts /= counts.sum(axis=-1, keepdims=True)
        return counts
    return counts / counts.sum(axis=-1, keepdims=True)


# %% chaff: adds up
def density(counts):
    return np.cumsum(counts / counts.sum(axis=-1, keepdims=True), axis=-1)


# %% chaff: smooths empty bins
def density(counts):
    return (counts + 1) / (counts + 1).sum(axis=-1, keepdims=True)


# %% chaff: sums in 16 bits
def density(counts):
    return counts / counts.astype(np.int16).sum(axis=-1, keepdims=True, dtype=np.int16)


# %% chaff: divides by the Euclidean norm
def density(counts):
    return counts / np.linalg.norm(counts, axis=-1, keepdims=True)


# %% chaff: flattens
def density(counts):
    return (counts / counts.sum(axis=-1, keepdims=True)).ravel()


# %% chaff: leaves 255 out of the total
def density(counts):
    return counts / counts[..., :-1].sum(axis=-1, keepdims=True)


# %% chaff: writes shares into an array of integers
def density(counts):
    shares = np.empty_like(counts)
    shares[...] = counts / counts.sum(axis=-1, keepdims=True)
    return shares


# %% chaff: divides an array of integers in place
def density(counts):
    shares = counts.copy()
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


# %% chaff (visible): writes into zeros_like of integers
# says: an array of integers
def density(counts):
    shares = np.zeros_like(counts)
    for index in np.ndindex(counts.shape[:-1]):
        shares[index] = counts[index] / counts[index].sum()
    return shares


# %% chaff (visible): rounds to six digits
def density(counts):
    return np.round(counts / counts.sum(axis=-1, keepdims=True), 6)


# %% chaff (visible): returns inside the loop
def density(counts):
    shares = np.zeros(counts.shape)
    for index in np.ndindex(counts.shape[:-1]):
        shares[index] = counts[index] / counts[index].sum()
        return shares


# %% chaff (visible): divides by the mean
def density(counts):
    return counts / counts.mean(axis=-1, keepdims=True)


# %% slip: each histogram along the last axis sums to 1 by itself | all of them together do
# says: by itself
def density(counts):
    return counts / np.sum(counts)


# %% slip: each histogram along the last axis sums to 1 by itself | along the first axis
# says: the last axis
def density(counts):
    return counts / counts.sum(axis=0, keepdims=True) if counts.ndim > 1 else counts / counts.sum()


# %% slip: each histogram along the last axis sums to 1 by itself | along the second axis
# says: axis=-1
def density(counts):
    return counts / counts.sum(axis=min(1, counts.ndim - 1), keepdims=True)
