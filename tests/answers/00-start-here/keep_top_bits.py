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
