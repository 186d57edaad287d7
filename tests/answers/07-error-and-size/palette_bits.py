# %% wheat: the package's bits
def palette_bits(height, width, k):
    return height * width * kq.index_bits(k) + 24 * k


# %% wheat: log2 rounded up, a float
def palette_bits(height, width, k):
    return height * width * np.ceil(np.log2(k)) + k * 24


# %% wheat: bytes of the palette, times eight
import math


def palette_bits(height, width, k):
    indices = math.ceil(math.log2(k)) * height * width
    palette = k * 3 * 8
    return indices + palette


# %% wheat: doubling
def palette_bits(height, width, k):
    bits = 0
    while 1 << bits < k:
        bits += 1
    return bits * (height * width) + 24 * k


# %% wheat: sizes of arrays
def palette_bits(height, width, k):
    indices = np.zeros((height, width), bool)
    palette = np.zeros((k, 3), np.uint8)
    return indices.size * (k - 1).bit_length() + palette.nbytes * 8


# %% wheat: NumPy integers
def palette_bits(height, width, k):
    bits = np.ceil(np.log2(k)).astype(int)
    return np.prod([height, width]) * bits + np.int64(24) * k


# %% slip: The palette belongs to the size | left out
# says: palette belongs to the file
def palette_bits(height, width, k):
    return height * width * kq.index_bits(k)


# %% chaff (visible): bytes of the palette
# says: 24 bits
def palette_bits(height, width, k):
    return height * width * kq.index_bits(k) + 3 * k


# %% chaff: one byte a color
def palette_bits(height, width, k):
    return height * width * kq.index_bits(k) + 8 * k


# %% chaff: one color
def palette_bits(height, width, k):
    return height * width * kq.index_bits(k) + 24


# %% slip: one index for each pixel, whatever its channels | one for each channel
# says: one index for all its channels
def palette_bits(height, width, k):
    return 3 * height * width * kq.index_bits(k) + 24 * k


# %% chaff (visible): k bits
# says: not k
def palette_bits(height, width, k):
    return height * width * k + 24 * k


# %% chaff: rounded down
def palette_bits(height, width, k):
    return height * width * int(np.log2(k)) + 24 * k


# %% chaff: not rounded
def palette_bits(height, width, k):
    return height * width * np.log2(k) + 24 * k


# %% chaff: rounded after the product
def palette_bits(height, width, k):
    return int(np.ceil(height * width * np.log2(k))) + 24 * k


# %% chaff: a byte an index
def palette_bits(height, width, k):
    return height * width * 8 + 24 * k


# %% chaff (visible): bytes
# says: these are bytes
def palette_bits(height, width, k):
    return (height * width * kq.index_bits(k) + 24 * k) / 8


# %% chaff: bits per pixel
def palette_bits(height, width, k):
    return kq.index_bits(k) + 24 * k / (height * width)


# %% chaff: at least one bit
def palette_bits(height, width, k):
    return height * width * max(1, kq.index_bits(k)) + 24 * k


# %% chaff: bits of k itself
def palette_bits(height, width, k):
    return height * width * k.bit_length() + 24 * k


# %% chaff: the palette for each pixel
def palette_bits(height, width, k):
    return height * width * (kq.index_bits(k) + 24 * k)


# %% chaff: raw
def palette_bits(height, width, k):
    return height * width * 24


# %% chaff: a square photo
def palette_bits(height, width, k):
    return height**2 * kq.index_bits(k) + 24 * k


# %% chaff: int32 for one byte
def palette_bits(height, width, k):
    return height * width * min(8, kq.index_bits(k)) + 24 * k
