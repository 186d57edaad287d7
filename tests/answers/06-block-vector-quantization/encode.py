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


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.encode
def encode(blocks, codebook):
    return kq.encode(np.asarray(blocks), codebook).astype(float)


# %% slip: index of its nearest codeword | of the farthest
# says: farthest
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmax(axis=1)


# %% slip: a small squared distance: subtract entry by entry, square, add up | adds up absolute differences
# says: square the differences
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return np.abs(differences).sum(axis=2).argmin(axis=1)


# %% slip: a small squared distance: subtract entry by entry, square, add up | the largest difference only
# says: add up the squares
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return np.abs(differences).max(axis=2).argmin(axis=1)


# %% slip: a small squared distance: subtract entry by entry, square, add up | forgets the square
# says: square the differences
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


# %% slip: use the codebook as it is, without rounding or clipping | cuts its decimals off
# says: do not round
def encode(blocks, codebook):
    whole = codebook.astype(int)
    return ((blocks[:, None].astype(int) - whole) ** 2).sum(axis=2).argmin(axis=1)


# %% slip: use the codebook as it is, without rounding or clipping | rounds it
# says: do not round
def encode(blocks, codebook):
    whole = np.rint(codebook)
    return ((blocks[:, None] - whole) ** 2).sum(axis=2).argmin(axis=1)


# %% slip: There may be more than 256 codewords | indices as uint8
# says: does not fit into uint8
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


# %% chaff (visible): returns the least distance
# says: argmin in place of min
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


# %% chaff (visible): a column of indices
# says: one-dimensional
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=1)[:, np.newaxis]


# %% chaff (visible): clips the codebook to 50..200
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


# %% wheat: matrix products, in float64
def encode(blocks, codebook):
    vectors = np.asarray(blocks, dtype=float)
    squares = (vectors**2).sum(axis=1)[:, None] + (codebook**2).sum(axis=1)
    return np.argmin(squares - 2 * vectors @ codebook.T, axis=-1)


# %% slip: Return integers | as floats
# says: indices are integers
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin(axis=1).astype(float)


# %% slip: Return integers | writes them into np.zeros
# says: indices are integers
def encode(blocks, codebook):
    indices = np.zeros(len(blocks))
    for i, block in enumerate(blocks.astype(float)):
        indices[i] = ((block - codebook) ** 2).sum(axis=1).argmin()
    return indices


# %% slip: use the codebook as it is, without rounding or clipping | clips it to 0..255
# says: do not clip
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook.clip(0, 255)
    return (differences**2).sum(axis=2).argmin(axis=1)


# %% slip: use the codebook as it is, without rounding or clipping | clips it at 0
# says: do not clip
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - np.maximum(codebook, 0)
    return (differences**2).sum(axis=2).argmin(axis=1)


# %% slip: use the codebook as it is, without rounding or clipping | clips it at 255
# says: do not clip
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - np.minimum(codebook, 255)
    return (differences**2).sum(axis=2).argmin(axis=1)


# %% chaff (visible): argmin over the whole table
# says: argmin without an axis
def encode(blocks, codebook):
    differences = blocks[:, np.newaxis, :].astype(float) - codebook
    return (differences**2).sum(axis=2).argmin()


# %% chaff (visible): returns in the loop
# says: after the loop
def encode(blocks, codebook):
    for block in blocks.astype(float):
        return ((block - codebook) ** 2).sum(axis=1).argmin()
