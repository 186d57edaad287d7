# %% wheat: the matrix on all blocks
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128


# %% wheat: SciPy's idctn
from scipy.fft import idctn


def coefficients_to_blocks(coefficients):
    cut = np.asarray(coefficients, dtype=float).reshape(-1, 8, 8)
    return idctn(cut, axes=(-2, -1), norm="ortho").reshape(-1, 64) + 128


# %% wheat: a list of blocks
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return [(C.T @ row.reshape(8, 8) @ C + 128).ravel() for row in coefficients]


# %% wheat: a sum of basis pictures
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    result = np.full(coefficients.shape, 128.0)
    for u in range(8):
        for v in range(8):
            picture = np.outer(C[u], C[v]).ravel()
            result += coefficients[:, 8 * u + v, np.newaxis] * picture
    return result


# %% wheat: solve
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    half = np.linalg.solve(C, coefficients.reshape(-1, 8, 8))
    return 128 + np.linalg.solve(C, half.swapaxes(1, 2)).swapaxes(1, 2).reshape(-1, 64)


# %% wheat: 1024 into the first
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    moved = coefficients.astype(float)
    moved[:, 0] += 8 * 128
    return moved @ np.kron(C, C)


# %% chaff (visible): 128 forgotten
# says: add the 128
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64)


# %% chaff (visible): 128 subtracted again
# says: add it
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) - 128


# %% chaff (visible): 128 added to the coefficients
# says: at the end
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ (coefficients + 128).reshape(-1, 8, 8) @ C).reshape(-1, 64)


# %% chaff (visible): the way there
# says: way there
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C @ coefficients.reshape(-1, 8, 8) @ C.T).reshape(-1, 64) + 128


# %% chaff (visible): both transposed
# says: not transposed
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C.T).reshape(-1, 64) + 128


# %% chaff (visible): columns only
# says: columns only
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8)).reshape(-1, 64) + 128


# %% chaff (visible): rows only
# says: rows only
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128


# %% chaff (visible): entry by entry
# says: entry by entry
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T * coefficients.reshape(-1, 8, 8) * C).reshape(-1, 64) + 128


# %% chaff (visible): uint8
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return ((C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128).astype(np.uint8)


# %% chaff (visible): whole blocks
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return C.T @ coefficients.reshape(-1, 8, 8) @ C + 128


# %% chaff (visible): decimals cut off
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return ((C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128).astype(int)


# %% chaff (visible): one inverse of all 64
from scipy.fft import idct


def coefficients_to_blocks(coefficients):
    return idct(coefficients, norm="ortho") + 128


# %% chaff (visible): SciPy without norm
from scipy.fft import idctn


def coefficients_to_blocks(coefficients):
    return idctn(coefficients.reshape(-1, 8, 8), axes=(1, 2)).reshape(-1, 64) + 128


# %% slip: not rounded | rounded
# says: do not round
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return np.rint((C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128)


# %% slip: not clipped | clipped
# says: do not clip
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return np.clip((C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128, 0, 255)


# %% slip: not rounded and not clipped | both
# says: do not round and do not clip
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    pixels = (C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 128
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


# %% slip: row by row | column by column
# says: mixed
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C).swapaxes(1, 2).reshape(-1, 64) + 128


# %% slip: add 128 | 127.5
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64) + 127.5


# %% chaff (visible): 1024 is added in place
# says: in place
C = np.sqrt(2 / 8) * np.cos(np.outer(np.arange(8), 2 * np.arange(8) + 1) * np.pi / 16)
C[0] /= np.sqrt(2)


def coefficients_to_blocks(coefficients):
    coefficients[:, 0] += 1024
    return (C.T @ coefficients.reshape(-1, 8, 8) @ C).reshape(-1, 64)


# %% wheat: single precision
from scipy.fft import idctn


def coefficients_to_blocks(coefficients):
    cut = coefficients.astype(np.float32).reshape(-1, 8, 8)
    return idctn(cut, axes=(1, 2), norm="ortho").reshape(-1, 64) + np.float32(128)
