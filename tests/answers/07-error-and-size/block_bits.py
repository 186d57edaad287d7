# %% wheat: the package's bits
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + k * size * size * 8


# %% wheat: floats
def block_bits(height, width, size, k):
    blocks = height / size * width / size
    return blocks * np.ceil(np.log2(k)) + 8 * k * size**2


# %% wheat: math
import math


def block_bits(height, width, size, k):
    area = size * size
    return (height * width // area) * math.ceil(math.log2(k)) + k * area * 8


# %% wheat: sizes of arrays
def block_bits(height, width, size, k):
    (blocks,) = kq.cut_image(np.zeros((height, width), np.uint8), "block", block_size=size)
    codebook = np.zeros((k, blocks.shape[1]), np.uint8)
    return len(blocks) * (k - 1).bit_length() + 8 * codebook.nbytes


# %% wheat: doubling
def block_bits(height, width, size, k):
    bits = 0
    while 2**bits < k:
        bits += 1
    return bits * len(range(0, height, size)) * len(range(0, width, size)) + 8 * size * size * k


# %% wheat: NumPy integers
def block_bits(height, width, size, k):
    rows, columns = np.array([height, width]) // size
    return rows * columns * int(np.ceil(np.log2(k))) + np.prod([k, size, size, 8])


# %% slip: one index for each block | an index for each pixel
# says: one index serves a whole block
def block_bits(height, width, size, k):
    return height * width * kq.index_bits(k) + k * size * size * 8


# %% slip: The codebook belongs to the size | left out
# says: codebook belongs to the file
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k)


# %% chaff: bytes of the codebook
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + k * size * size


# %% chaff (visible): colors in the codebook
# says: not 24
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + k * size * size * 24


# %% chaff: a palette
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + k * 24


# %% chaff: one entry a codeword
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + k * 8


# %% chaff: size entries a codeword
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + k * size * 8


# %% chaff: divided by the side once
def block_bits(height, width, size, k):
    return height * width // size * kq.index_bits(k) + k * size * size * 8


# %% chaff: rounded down
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * int(np.log2(k)) + k * size * size * 8


# %% chaff: not rounded
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * np.log2(k) + k * size * size * 8


# %% chaff (visible): bytes
# says: these are bytes
def block_bits(height, width, size, k):
    blocks = (height // size) * (width // size)
    return (blocks * kq.index_bits(k) + k * size * size * 8) // 8


# %% chaff: at least one bit
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * max(1, kq.index_bits(k)) + k * size * size * 8


# %% chaff: k bits an index
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * k + k * size * size * 8


# %% chaff: blocks of 4 × 4
def block_bits(height, width, size, k):
    return height * width // 16 * kq.index_bits(k) + k * 16 * 8


# %% chaff: one codeword
def block_bits(height, width, size, k):
    return (height // size) * (width // size) * kq.index_bits(k) + size * size * 8


# %% chaff: a square photo
def block_bits(height, width, size, k):
    return (width // size) ** 2 * kq.index_bits(k) + k * size * size * 8


# %% chaff: size is an area
def block_bits(height, width, size, k):
    return height * width // size * kq.index_bits(k) + k * size * 8
