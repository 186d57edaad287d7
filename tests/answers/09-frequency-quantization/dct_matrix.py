# %% wheat: broadcasting
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos((2 * x + 1) * u * np.pi / (2 * n))


# %% wheat: two loops
import math


def dct_matrix(n):
    matrix = np.zeros((n, n))
    for u in range(n):
        for x in range(n):
            c = math.sqrt((1 if u == 0 else 2) / n)
            matrix[u, x] = c * math.cos((2 * x + 1) * u * math.pi / (2 * n))
    return matrix


# %% wheat: SciPy's transform of the identity
from scipy.fft import dct


def dct_matrix(n):
    return dct(np.eye(n), axis=0, norm="ortho")


# %% wheat: a list of lists
import math


def dct_matrix(n):
    return [
        [
            math.sqrt(2 / n) * math.cos(math.pi * u * (x + 0.5) / n) / (1 if u else math.sqrt(2))
            for x in range(n)
        ]
        for u in range(n)
    ]


# %% wheat: the first row divided at the end
def dct_matrix(n):
    grid = np.outer(np.arange(n), 2 * np.arange(n) + 1)
    matrix = np.sqrt(2 / n) * np.cos(np.pi / 2 / n * grid)
    matrix[0] /= np.sqrt(2)
    return matrix


# %% wheat: rows of length 1
def dct_matrix(n):
    u, x = np.indices((n, n))
    waves = np.cos((2 * x + 1) * u * np.pi / (2 * n))
    return waves / np.linalg.norm(waves, axis=1, keepdims=True)


# %% wheat: the real part of complex waves
def dct_matrix(n):
    u, x = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    waves = np.exp(1j * (2 * x + 1) * u * np.pi / (2 * n)).real
    return np.diag([n**-0.5] + [(2 / n) ** 0.5] * (n - 1)) @ waves


# %% chaff (visible): transposed
# says: numbers the rows
def dct_matrix(n):
    x, u = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos((2 * x + 1) * u * np.pi / (2 * n))


# %% chaff (visible): no factors
# says: factor
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    return np.cos((2 * x + 1) * u * np.pi / (2 * n))


# %% chaff (visible): one factor for all
# says: row 0
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    return np.sqrt(2 / n) * np.cos((2 * x + 1) * u * np.pi / (2 * n))


# %% chaff (visible): n in place of 2n
# says: 2n
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos((2 * x + 1) * u * np.pi / n)


# %% chaff (visible): / 2 * n
# says: parentheses
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos((2 * x + 1) * u * np.pi / 2 * n)


# %% chaff (visible): 2x
# says: 2x
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos(2 * x * u * np.pi / (2 * n))


# %% chaff (visible): sines
# says: cosine
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.sin((2 * x + 1) * u * np.pi / (2 * n))


# %% chaff (visible): factors without roots
# says: square roots
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, 1 / n, 2 / n)
    return scale * np.cos((2 * x + 1) * u * np.pi / (2 * n))


# %% chaff (visible): always 8
def dct_matrix(n):
    u, x = np.arange(8)[:, np.newaxis], np.arange(8)
    scale = np.where(u == 0, np.sqrt(1 / 8), np.sqrt(2 / 8))
    return scale * np.cos((2 * x + 1) * u * np.pi / 16)


# %% chaff (visible): u from 1
def dct_matrix(n):
    u, x = np.arange(1, n + 1)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 1, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos((2 * x + 1) * u * np.pi / (2 * n))


# %% chaff (visible): float32
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return (scale * np.cos((2 * x + 1) * u * np.pi / (2 * n))).astype(np.float32)


# %% chaff (visible): rounded
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(u == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return np.round(scale * np.cos((2 * x + 1) * u * np.pi / (2 * n)), 4)


# %% chaff (visible): the transform of SciPy without norm
from scipy.fft import dct


def dct_matrix(n):
    return dct(np.eye(n), axis=0)


# %% chaff (visible): one row only
def dct_matrix(n):
    x = np.arange(n)
    return np.sqrt(1 / n) * np.cos((2 * x + 1) * x * np.pi / (2 * n))


# %% slip: row u, column x | the other way round
# says: numbers the rows
def dct_matrix(n):
    matrix = np.zeros((n, n))
    for u in range(n):
        for x in range(n):
            c = np.sqrt((1 if u == 0 else 2) / n)
            matrix[x, u] = c * np.cos((2 * x + 1) * u * np.pi / (2 * n))
    return matrix


# %% slip: row 0 has a factor of its own | column 0 has it
def dct_matrix(n):
    u, x = np.arange(n)[:, np.newaxis], np.arange(n)
    scale = np.where(x == 0, np.sqrt(1 / n), np.sqrt(2 / n))
    return scale * np.cos((2 * x + 1) * u * np.pi / (2 * n))
