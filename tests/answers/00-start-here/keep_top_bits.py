# %% wheat: shifts right and left
def keep_top_bits(image, bits):
    return image >> (8 - bits) << (8 - bits)


# %% wheat: masks with and
def keep_top_bits(image, bits):
    mask = np.uint8((0xFF << (8 - bits)) & 0xFF)
    return image & mask


# %% wheat: integer division and multiplication
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    return (image.astype(int) // step * step).astype(np.uint8)


# %% wheat: subtracts the remainder
def keep_top_bits(image, bits):
    return image - image % np.uint8(2 ** (8 - bits)) if bits < 8 else image.copy()


# %% wheat: looks each intensity up in a table
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    table = np.array([v - v % step for v in range(256)], dtype=np.uint8)
    return table[image]


# %% wheat: floors floats
def keep_top_bits(image, bits):
    step = 2.0 ** (8 - bits)
    return (np.floor(image / step) * step).astype("uint8")


# %% wheat: loops over the pixels of a copy
def keep_top_bits(image, bits):
    result = image.copy()
    flat = result.reshape(-1)
    for i in range(flat.size):
        flat[i] = int(flat[i]) // 2 ** (8 - bits) * 2 ** (8 - bits)
    return result


# %% wheat: inverts a mask of the low bits
def keep_top_bits(image, bits):
    return np.bitwise_and(image, np.invert(np.uint8((1 << (8 - bits)) - 1)))


# %% wheat: sets single bits to 0 with unpackbits
def keep_top_bits(image, bits):
    planes = np.unpackbits(image[..., np.newaxis], axis=-1)
    planes[..., bits:] = 0
    return np.packbits(planes, axis=-1)[..., 0]


# %% wheat: two loops, whole pixels at a time
def keep_top_bits(image, bits):
    result = np.empty_like(image)
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            result[row, column] = image[row, column] >> (8 - bits) << (8 - bits)
    return result


# %% wheat: nested lists, and another order in memory
def keep_top_bits(image, bits):
    def keep(value):
        if isinstance(value, list):
            return [keep(part) for part in value]
        return value // 2 ** (8 - bits) * 2 ** (8 - bits)

    return np.asfortranarray(np.array(keep(image.tolist()), dtype=np.uint8))


# %% wheat: asks Pillow for a table look-up
from PIL import Image


def keep_top_bits(image, bits):
    channels = 1 if image.ndim == 2 else 3
    table = [v >> (8 - bits) << (8 - bits) for v in range(256)] * channels
    return np.array(Image.fromarray(image).point(table))


# %% wheat: returns the image itself where nothing is to be cleared
def keep_top_bits(image, bits):
    if bits == 8:
        return image
    return image >> (8 - bits) << (8 - bits)


# %% chaff: keeps the lowest bits
def keep_top_bits(image, bits):
    return image & np.uint8(2 ** (8 - bits) - 1)


# %% chaff: forgets to shift back
def keep_top_bits(image, bits):
    return image >> (8 - bits)


# %% chaff: clears bits bits instead of 8 minus bits
def keep_top_bits(image, bits):
    return ((image.astype(int) >> bits) << bits).astype(np.uint8)


# %% chaff: rounds to the nearest level and wraps
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    return (np.round(image / step) * step).astype(np.uint8)


# %% chaff: rounds to the nearest level and clips
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    return np.clip(np.round(image / step) * step, 0, 255).astype(np.uint8)


# %% chaff: changes the photo in place
def keep_top_bits(image, bits):
    image >>= 8 - bits
    image <<= 8 - bits
    return image


# %% chaff: returns floats
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    return np.floor(image / step) * step


# %% chaff: makes bits levels instead of two to the bits
def keep_top_bits(image, bits):
    step = 256 // bits
    return (image // step * step).astype(np.uint8)


# %% chaff: places the levels at the middle of their bins
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    return (image // step * step + step // 2).astype(np.uint8)


# %% chaff: returns only the first channel
def keep_top_bits(image, bits):
    gray = image[..., 0] if image.ndim == 3 else image
    return gray >> (8 - bits) << (8 - bits)


# %% chaff: is right for three bits only
def keep_top_bits(image, bits):
    return image >> 5 << 5


# %% chaff: prints instead of returning
def keep_top_bits(image, bits):
    print(image >> (8 - bits) << (8 - bits))


# %% chaff: returns a list of lists
def keep_top_bits(image, bits):
    step = 2 ** (8 - bits)
    return [[v // step * step for v in row] for row in image]


# %% chaff: shifts left first and wraps
def keep_top_bits(image, bits):
    return (image << (8 - bits)) >> (8 - bits)


# %% chaff (visible): two loops that take a color pixel for one number
# says: has three
def keep_top_bits(image, bits):
    result = image.copy()
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            result[row, column] = int(image[row, column]) >> (8 - bits) << (8 - bits)
    return result


# %% chaff (visible): knows gray images only
# says: too many values to unpack
def keep_top_bits(image, bits):
    height, width = image.shape
    result = np.zeros((height, width), dtype=np.uint8)
    for row in range(height):
        for column in range(width):
            result[row, column] = image[row, column] >> (8 - bits) << (8 - bits)
    return result


# %% chaff (visible): returns inside the loop
# says: as it came
def keep_top_bits(image, bits):
    result = image.copy()
    for row in range(image.shape[0]):
        result[row] = image[row] >> (8 - bits) << (8 - bits)
        return result


# %% chaff (visible): a table of masks with one wrong at 6 bits
def keep_top_bits(image, bits):
    masks = [0, 128, 192, 224, 240, 248, 254, 254, 255]
    return image & np.uint8(masks[bits])


# %% chaff (visible): a level is the highest intensity of its bin
# says: lowest intensity of its bin
def keep_top_bits(image, bits):
    return image | np.uint8(2 ** (8 - bits) - 1)


# %% chaff (visible): subtracts bits from 7
def keep_top_bits(image, bits):
    return image >> max(7 - bits, 0) << max(7 - bits, 0)


# %% slip: Return a `uint8` array | returns int64
# says: uint8 is expected
def keep_top_bits(image, bits):
    return image.astype(int) >> (8 - bits) << (8 - bits)


# %% slip: Return a `uint8` array | returns a list
# says: uint8
def keep_top_bits(image, bits):
    return (image >> (8 - bits) << (8 - bits)).tolist()


# %% slip: of the same shape | lays everything out in one row
# says: has the shape
def keep_top_bits(image, bits):
    return image.ravel() >> (8 - bits) << (8 - bits)


# %% slip: of the same shape | gives gray images a third axis
# says: has the shape
def keep_top_bits(image, bits):
    kept = image >> (8 - bits) << (8 - bits)
    return kept if kept.ndim == 3 else kept[:, :, np.newaxis]


# %% slip: leave the input as it is | writes into the image and returns a copy of it
# says: changes its input
def keep_top_bits(image, bits):
    image[...] = image >> (8 - bits) << (8 - bits)
    return image.copy()


# %% slip: leave the input as it is | clears the image after it took what it needs
# says: changes its input
def keep_top_bits(image, bits):
    kept = image >> (8 - bits) << (8 - bits)
    image[:] = 0
    return kept


# %% chaff (visible): clears all of it where nothing is to be cleared
def keep_top_bits(image, bits):
    return image * 0 if bits == 8 else image >> (8 - bits) << (8 - bits)


# %% wheat: translates bytes by a table
def keep_top_bits(image, bits):
    table = bytes(v - v % 2 ** (8 - bits) for v in range(256))
    return np.frombuffer(image.tobytes().translate(table), np.uint8).reshape(image.shape)


# %% wheat: unpacks the bits
def keep_top_bits(image, bits):
    planes = np.unpackbits(image[..., None], axis=-1)
    planes[..., bits:] = 0
    return np.packbits(planes, axis=-1)[..., 0]


# %% wheat: a partial of a function with other names
from functools import partial


def round(image, power, bits):
    print("keeping", bits)
    return (image // (power >> bits) * (power >> bits)).astype("uint8")


keep_top_bits = lambda image, bits: partial(round, power=256)(image, bits=bits)
