# %% wheat: look up, round, clip, swap
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% wheat: block by block
def decode(indices, codebook, height, width):
    size = int(np.sqrt(codebook.shape[1]))
    image = np.zeros((height, width))
    i = 0
    for y in range(0, height, size):
        for x in range(0, width, size):
            image[y : y + size, x : x + size] = codebook[indices[i]].reshape(size, size)
            i += 1
    return np.clip(np.round(image), 0, 255).astype(np.uint8)


# %% wheat: pixel by pixel with min and max
def decode(indices, codebook, height, width):
    import math

    size = math.isqrt(codebook.shape[1])
    image = np.zeros((height, width), dtype=np.uint8)
    for y in range(height):
        for x in range(width):
            codeword = codebook[indices[y // size * (width // size) + x // size]]
            value = round(float(codeword[y % size * size + x % size]))
            image[y, x] = min(max(value, 0), 255)
    return image


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.decode
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = kq.decode(indices, codebook)
    return kq.join_vectors([blocks], (height, width), "block", block_size=size)


# %% wheat: stacks strips, half up
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    squares = np.floor(np.clip(codebook, 0, 255) + 0.5).reshape(-1, size, size)
    columns = width // size
    strips = [
        np.hstack([squares[j] for j in indices[i : i + columns]])
        for i in range(0, len(indices), columns)
    ]
    return np.vstack(strips).astype("uint8")


# %% wheat: clips first, then rounds
def decode(indices, codebook, height, width):
    blocks = np.take(codebook, np.asarray(indices, dtype=int), axis=0)
    size = round(codebook.shape[1] ** 0.5)
    grid = blocks.reshape(height // size, width // size, size, size).transpose(0, 2, 1, 3)
    return np.uint8(np.rint(np.minimum(np.maximum(grid.reshape(height, width), 0), 255)))


# %% chaff (visible): reshapes only
# says: reshape alone
def decode(indices, codebook, height, width):
    blocks = np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]
    return blocks.reshape(height, width)


# %% slip: round to the nearest whole number, then clip to 0..255 | cuts the decimals off
# says: round first
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = codebook.clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% slip: round to the nearest whole number, then clip to 0..255 | rounds up
# says: round to the nearest
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.ceil(codebook).clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% slip: round to the nearest whole number, then clip to 0..255 | does not clip
# says: clip to 0..255
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).astype(int).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% slip: round to the nearest whole number, then clip to 0..255 | clips at 0 only
# says: clip to 0..255
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.maximum(np.rint(codebook), 0).astype(int).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% slip: round to the nearest whole number, then clip to 0..255 | clips at 255 only
# says: clip to 0..255
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.minimum(np.rint(codebook), 255).astype(int).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff (visible): returns floats
# says: uint8 is expected
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).clip(0, 255)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: pixels column by column
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.transpose(0, 3, 1, 2).reshape(height, width)


# %% chaff: blocks column by column
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(width // size, height // size, size, size)
    return grid.transpose(1, 2, 0, 3).reshape(height, width)


# %% chaff: height and width swapped
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(width // size, height // size, size, size)
    return grid.swapaxes(1, 2).reshape(width, height)


# %% chaff: always blocks of 2 by 2
def decode(indices, codebook, height, width):
    blocks = np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]
    grid = blocks.reshape(-1, width // 2, 2, 2)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: the codebook in order, whatever the indices
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.resize(np.rint(codebook).clip(0, 255), (len(indices), size * size))
    grid = blocks.astype(np.uint8).reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: returns the blocks
def decode(indices, codebook, height, width):
    return np.rint(codebook).clip(0, 255).astype(np.uint8)[indices]


# %% chaff: clips the codebook in place
def decode(indices, codebook, height, width):
    np.clip(codebook, 0, 255, out=codebook)
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.rint(codebook).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: stretches to 0..255 in place of clipping
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    low, high = min(codebook.min(), 0), max(codebook.max(), 255)
    scaled = (codebook - low) * 255 / (high - low)
    blocks = np.rint(scaled).astype(np.uint8)[indices]
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% wheat: the package puts the blocks together
def decode(indices, codebook, height, width):
    size = round(codebook.shape[1] ** 0.5)
    blocks = np.clip(np.rint(codebook), 0, 255).astype(np.uint8)[indices]
    return kq.join_vectors([blocks], (height, width), "block", block_size=size)


# %% wheat: calls blocks_to_image
def decode(indices, codebook, height, width):
    image = blocks_to_image(np.array([codebook[i] for i in indices]), height, width)
    return np.array(image).round().clip(0, 255).astype(np.uint8)
