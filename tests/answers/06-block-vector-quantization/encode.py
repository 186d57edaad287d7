# %% wheat: all differences at once
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=1)


# %% wheat: two plain loops
def encode(blocks, codebook):
    indices = []
    for block in blocks:
        best, least = 0, float("inf")
        for i, codeword in enumerate(codebook):
            distance = sum((float(b) - float(c)) ** 2 for b, c in zip(block, codeword))
            if distance < least:
                best, least = i, distance
        indices.append(best)
    return indices


# %% wheat: the later codeword on a tie
def encode(blocks, codebook):
    distances = np.linalg.norm(blocks[:, None] - codebook[None, ::-1], axis=2)
    return len(codebook) - 1 - distances.argmin(axis=1)


# %% wheat: cdist
from scipy.spatial.distance import cdist


def encode(blocks, codebook):
    return cdist(blocks, codebook, "sqeuclidean").argmin(axis=1).astype(np.uint16)


# %% wheat: a tree of codewords
from scipy.spatial import cKDTree


def encode(blocks, codebook):
    return cKDTree(codebook).query(blocks)[1]


# %% wheat: the square written out, in float32
def encode(blocks, codebook):
    b, c = blocks.astype(np.float32), codebook.astype(np.float32)
    return ((c**2).sum(axis=1) - 2 * b @ c.T).argmin(axis=1)


# %% wheat: scikit-learn
from sklearn.metrics import pairwise_distances_argmin


def encode(blocks, codebook):
    return pairwise_distances_argmin(blocks.astype(float), codebook)


# %% wheat: the package's own, as floats
def encode(blocks, codebook):
    return kq.encode(np.asarray(blocks), codebook).astype(float)


# %% chaff: the farthest codeword
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmax(axis=1)


# %% chaff: absolute differences
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return np.abs(differences).sum(axis=2).argmin(axis=1)


# %% chaff: largest difference only
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return np.abs(differences).max(axis=2).argmin(axis=1)


# %% chaff: forgets the square
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return differences.sum(axis=2).argmin(axis=1)


# %% chaff: compares the means
def encode(blocks, codebook):
    return np.abs(blocks.mean(axis=1)[:, None] - codebook.mean(axis=1)).argmin(axis=1)


# %% chaff: compares the first pixel
def encode(blocks, codebook):
    return np.abs(blocks[:, :1].astype(float) - codebook[:, 0]).argmin(axis=1)


# %% chaff: rounds the codebook to uint8, and wraps
def encode(blocks, codebook):
    whole = np.rint(codebook).astype(np.uint8)
    return ((blocks[:, None] - whole) ** 2).sum(axis=2).argmin(axis=1)


# %% chaff: cuts the decimals of the codebook off
def encode(blocks, codebook):
    whole = codebook.astype(int)
    return ((blocks[:, None].astype(int) - whole) ** 2).sum(axis=2).argmin(axis=1)


# %% chaff: rounds the codebook
def encode(blocks, codebook):
    whole = np.rint(codebook)
    return ((blocks[:, None] - whole) ** 2).sum(axis=2).argmin(axis=1)


# %% chaff: indices as uint8
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=1).astype(np.uint8)


# %% chaff: a block for each codeword
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=0)


# %% chaff: returns the distances
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2)


# %% chaff: returns the least distance
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).min(axis=1)


# %% chaff: returns the codewords
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return codebook[(differences**2).sum(axis=2).argmin(axis=1)]


# %% chaff: counts from 1
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=1) + 1


# %% chaff: the largest product
def encode(blocks, codebook):
    return (blocks.astype(float) @ codebook.T).argmax(axis=1)


# %% chaff: the smallest angle
def encode(blocks, codebook):
    b = blocks / np.maximum(np.linalg.norm(blocks, axis=1, keepdims=True), 1e-9)
    c = codebook / np.maximum(np.linalg.norm(codebook, axis=1, keepdims=True), 1e-9)
    return (b @ c.T).argmax(axis=1)


# %% chaff: a column of indices
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=1)[:, np.newaxis]


# %% chaff: clips the codebook first
def encode(blocks, codebook):
    clipped = codebook.clip(50, 200)
    return ((blocks[:, None] - clipped) ** 2).sum(axis=2).argmin(axis=1)


# %% chaff: sorts the codebook in place
def encode(blocks, codebook):
    codebook.sort(axis=0)
    return ((blocks[:, None] - codebook) ** 2).sum(axis=2).argmin(axis=1)


# %% chaff: turns the codebook into uint8
def encode(blocks, codebook):
    whole = codebook.astype(int).astype(np.uint8).astype(float)
    return ((blocks[:, None] - whole) ** 2).sum(axis=2).argmin(axis=1)
