# %% wheat: reshape and swap the middle axes
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% wheat: puts block by block into an empty image
def blocks_to_image(blocks, height, width):
    size = int(np.sqrt(blocks.shape[1]))
    image = np.empty((height, width), dtype=blocks.dtype)
    i = 0
    for y in range(0, height, size):
        for x in range(0, width, size):
            image[y : y + size, x : x + size] = blocks[i].reshape(size, size)
            i += 1
    return image


# %% wheat: pixel by pixel, as a list of lists
def blocks_to_image(blocks, height, width):
    import math

    size = math.isqrt(len(blocks[0]))
    columns = width // size
    return [
        [blocks[y // size * columns + x // size][y % size * size + x % size] for x in range(width)]
        for y in range(height)
    ]


# %% wheat: strips side by side, then one below the other
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    squares = blocks.reshape(-1, size, size)
    columns = width // size
    strips = [np.hstack(squares[i : i + columns]) for i in range(0, len(squares), columns)]
    return np.vstack(strips)


# %% wheat: np.block, in floats
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    squares = iter(blocks.astype(float))
    return np.block(
        [
            [next(squares).reshape(size, size) for _ in range(width // size)]
            for _ in range(height // size)
        ]
    )


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.join_vectors
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    return kq.join_vectors([blocks], (height, width), "block", block_size=size)


# %% wheat: the size from the number of blocks
def blocks_to_image(blocks, height, width):
    size = round((height * width / len(blocks)) ** 0.5)
    rows, columns = height // size, width // size
    return blocks.reshape(rows, columns, size, size).transpose(0, 2, 1, 3).reshape(height, width)


# %% chaff (visible): reshapes only
# says: reshape alone
def blocks_to_image(blocks, height, width):
    return blocks.reshape(height, width)


# %% chaff (visible): height and width swapped
# says: height comes first
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    grid = blocks.reshape(width // size, height // size, size, size)
    return grid.swapaxes(1, 2).reshape(width, height)


# %% chaff: blocks column by column
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    image = np.empty((height, width), dtype=blocks.dtype)
    i = 0
    for x in range(0, width, size):
        for y in range(0, height, size):
            image[y : y + size, x : x + size] = blocks[i].reshape(size, size)
            i += 1
    return image


# %% chaff (visible): pixels column by column
# says: pixels of a block come row by row
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.transpose(0, 3, 1, 2).reshape(height, width)


# %% chaff: always blocks of 4 by 4
def blocks_to_image(blocks, height, width):
    grid = blocks.reshape(height // 4, width // 4, 4, 4)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: always blocks of 2 by 2
def blocks_to_image(blocks, height, width):
    grid = blocks[:, :4].reshape(-1, width // 2, 2, 2)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% slip: the values of the blocks as they are: do not round decimals, do not clip, do not convert | converts to uint8
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width).astype(np.uint8)


# %% slip: the values of the blocks as they are: do not round decimals, do not clip, do not convert | writes into an image of integers
# says: decimals
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    image = np.zeros((height, width), dtype=int)
    columns = width // size
    for i, block in enumerate(blocks):
        y, x = i // columns * size, i % columns * size
        image[y : y + size, x : x + size] = block.reshape(size, size)
    return image


# %% slip: the values of the blocks as they are: do not round decimals, do not clip, do not convert | rounds
# says: do not round
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    grid = np.rint(blocks).reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% slip: the values of the blocks as they are: do not round decimals, do not clip, do not convert | clips
# says: do not clip
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    grid = np.clip(blocks, 0, 255).reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: as many rows of blocks as columns
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    side = round(len(blocks) ** 0.5)
    grid = blocks.reshape(side, side, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)


# %% chaff: counts rows of blocks where columns are meant
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    image = np.zeros((height, width), dtype=blocks.dtype)
    rows = height // size
    for i, block in enumerate(blocks):
        y, x = i // rows * size, i % rows * size
        part = image[y : y + size, x : x + size]
        part[...] = block.reshape(size, size)[: part.shape[0], : part.shape[1]]
    return image


# %% chaff: leaves blocks apart
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    return blocks.reshape(height // size, width // size, size, size)


# %% chaff: an image of shape (width, height), filled by (height, width)
def blocks_to_image(blocks, height, width):
    size = round(blocks.shape[1] ** 0.5)
    image = np.empty((width, height), dtype=blocks.dtype)
    columns = width // size
    for i, block in enumerate(blocks):
        y, x = i // columns * size, i % columns * size
        image[y : y + size, x : x + size] = block.reshape(size, size)
    return image


# %% chaff: half of a row's length for the size
def blocks_to_image(blocks, height, width):
    size = blocks.shape[1] // 2
    grid = blocks.reshape(height // size, width // size, size, size)
    return grid.swapaxes(1, 2).reshape(height, width)
