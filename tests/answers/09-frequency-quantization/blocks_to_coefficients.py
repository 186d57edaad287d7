# %% wheat: the matrix on all blocks
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C @ moved @ C.T).reshape(-1, 64)


# %% wheat: SciPy's dctn
from scipy.fft import dctn


def blocks_to_coefficients(blocks):
    moved = blocks.reshape(-1, 8, 8) - 128.0
    return dctn(moved, axes=(1, 2), norm="ortho").reshape(len(blocks), 64)


# %% wheat: block by block, a list
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    result = []
    for block in blocks:
        result.append((C @ (block.reshape(8, 8).astype(int) - 128) @ C.T).ravel())
    return result


# %% wheat: one matrix of 64 × 64
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (np.asarray(blocks, dtype=np.int16) - 128) @ np.kron(C, C).T


# %% wheat: einsum
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    cut = blocks.reshape(-1, 8, 8).astype(np.float64)
    out = np.einsum("ux,mxy,vy->muv", C, cut, C)
    out[:, 0, 0] -= 1024
    return out.reshape(-1, 64)


# %% wheat: rows, then columns
from scipy.fft import dct


def blocks_to_coefficients(blocks):
    cut = blocks.reshape(-1, 8, 8).astype(float)
    cut -= 128
    return dct(dct(cut, axis=2, norm="ortho"), axis=1, norm="ortho").reshape(-1, 64)


# %% chaff (visible): 128 is not subtracted
# says: subtract 128
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (C @ blocks.reshape(-1, 8, 8).astype(float) @ C.T).reshape(-1, 64)


# %% chaff (visible): uint8 wraps
# says: wraps
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (C @ (blocks - np.uint8(128)).reshape(-1, 8, 8) @ C.T).reshape(-1, 64)


# %% chaff (visible): int8 in place of int
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (C @ (blocks.astype(np.int8).reshape(-1, 8, 8) - 128.0) @ C.T).reshape(-1, 64)


# %% chaff (visible): the way back
# says: way back
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C.T @ moved @ C).reshape(-1, 64)


# %% chaff (visible): not transposed
# says: transposed
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C @ moved @ C).reshape(-1, 64)


# %% chaff (visible): columns only
# says: columns only
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C @ moved).reshape(-1, 64)


# %% chaff (visible): rows only
# says: rows only
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (moved @ C.T).reshape(-1, 64)


# %% chaff (visible): entry by entry
# says: entry by entry
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C * moved * C.T).reshape(-1, 64)


# %% chaff (visible): rounded
# says: do not round
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return np.rint(C @ moved @ C.T).reshape(-1, 64)


# %% chaff (visible): whole blocks come back
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return C @ moved @ C.T


# %% chaff (visible): one transform of all 64
from scipy.fft import dct


def blocks_to_coefficients(blocks):
    return dct(blocks - 128.0, norm="ortho")


# %% chaff (visible): a transform along the blocks too
from scipy.fft import dctn


def blocks_to_coefficients(blocks):
    return dctn(blocks.reshape(-1, 8, 8) - 128.0, norm="ortho").reshape(-1, 64)


# %% chaff (visible): no norm
from scipy.fft import dctn


def blocks_to_coefficients(blocks):
    return dctn(blocks.reshape(-1, 8, 8) - 128.0, axes=(1, 2)).reshape(-1, 64)


# %% chaff (visible): the first block only
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (C @ (blocks[0].reshape(8, 8) - 128.0) @ C.T).reshape(1, 64)


# %% chaff (visible): halves of intensities
# says: 127.5
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (C @ (blocks.reshape(-1, 8, 8) - 127.5) @ C.T).reshape(-1, 64)


# %% slip: subtract 128 first | at the end
# says: not at the end
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    return (C @ blocks.reshape(-1, 8, 8).astype(float) @ C.T).reshape(-1, 64) - 128


# %% slip: subtract 128 first | each block's mean
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks - blocks.mean(axis=1, keepdims=True)
    return (C @ moved.reshape(-1, 8, 8) @ C.T).reshape(-1, 64)


# %% slip: a row for each block | a column
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C @ moved @ C.T).reshape(-1, 64).T


# %% slip: pixels row by row | column by column
# says: mixed
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def blocks_to_coefficients(blocks):
    moved = blocks.astype(float).reshape(-1, 8, 8) - 128
    return (C @ moved @ C.T).swapaxes(1, 2).reshape(-1, 64)


# %% chaff (visible): the package's own
# says: Frequency
def blocks_to_coefficients(blocks):
    tall = blocks.reshape(-1, 8)
    return np.concatenate(kq.Frequency(8).cut(tall), axis=1)
