# %% wheat: reshape and swap the middle axes
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError("size has to divide both sides")
    grid = image.reshape(height // size, size, width // size, size)
    return grid.swapaxes(1, 2).reshape(-1, size * size)


# %% wheat: two loops over corners, as a list of arrays
def image_to_blocks(image, size):
    if image.shape[0] % size != 0 or image.shape[1] % size != 0:
        raise ValueError
    blocks = []
    for y in range(0, image.shape[0], size):
        for x in range(0, image.shape[1], size):
            blocks.append(image[y : y + size, x : x + size].flatten())
    return blocks


# %% wheat: pixel by pixel into floats
def image_to_blocks(image, size):
    height, width = image.shape
    rows, down = divmod(height, size)
    columns, right = divmod(width, size)
    if down + right:
        raise ValueError(f"{size} does not divide {height} and {width}")
    result = np.zeros((rows * columns, size * size))
    for y in range(height):
        for x in range(width):
            result[y // size * columns + x // size, y % size * size + x % size] = image[y, x]
    return result


# %% wheat: splits into strips, then into blocks
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError("does not fit")
    strips = np.split(image, height // size, axis=0)
    return np.array(
        [block.ravel() for strip in strips for block in np.split(strip, width // size, axis=1)]
    )


# %% wheat: a sliding window with steps
from numpy.lib.stride_tricks import sliding_window_view


def image_to_blocks(image, size):
    if any(side % size for side in image.shape):
        raise ValueError("size must divide the sides")
    windows = sliding_window_view(image, (size, size))[::size, ::size]
    return windows.reshape(-1, size**2)


# %% wheat: lets reshape raise the ValueError
def image_to_blocks(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    return image.reshape(rows, size, columns, size).transpose(0, 2, 1, 3).reshape(-1, size**2)


# %% wheat: einsum names the axes
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size:
        raise ValueError("height")
    if width % size:
        raise ValueError("width")
    grid = image.reshape(height // size, size, width // size, size)
    return np.einsum("ipjq->ijpq", grid).reshape(-1, size * size).copy()


# %% chaff (visible): reshapes only
# says: reshape alone
def image_to_blocks(image, size):
    if image.shape[0] % size or image.shape[1] % size:
        raise ValueError
    return image.reshape(-1, size * size)


# %% slip: The blocks come row by row | column by column
# says: rows and columns are swapped|blocks come row by row|second block
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    return np.array(
        [
            image[y : y + size, x : x + size].ravel()
            for x in range(0, width, size)
            for y in range(0, height, size)
        ]
    )


# %% slip: The pixels of a block come row by row | column by column
# says: pixels of each block come row by row
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    return np.array(
        [
            image[y : y + size, x : x + size].T.ravel()
            for y in range(0, height, size)
            for x in range(0, width, size)
        ]
    )


# %% chaff (visible): keeps blocks square
# says: flatten each block
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    return (
        image.reshape(height // size, size, width // size, size)
        .swapaxes(1, 2)
        .reshape(-1, size, size)
    )


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | crops what does not fit
# says: should raise ValueError
def image_to_blocks(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    cropped = image[: rows * size, : columns * size]
    return cropped.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(-1, size**2)


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | looks at the height only
# says: width 6
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size:
        raise ValueError
    rows, columns = height // size, width // size
    cropped = image[:, : columns * size]
    return cropped.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(-1, size**2)


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | looks at the width only
# says: height 6
def image_to_blocks(image, size):
    height, width = image.shape
    if width % size:
        raise ValueError
    rows, columns = height // size, width // size
    cropped = image[: rows * size]
    return cropped.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(-1, size**2)


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | only where neither side fits
# says: should raise ValueError
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size and width % size:
        raise ValueError
    rows, columns = height // size, width // size
    cropped = image[: rows * size, : columns * size]
    return cropped.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(-1, size**2)


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | only where the area does not fit
# says: should raise ValueError
def image_to_blocks(image, size):
    if image.size % size**2:
        raise ValueError
    rows, columns = image.shape[0] // size, image.shape[1] // size
    cropped = image[: rows * size, : columns * size]
    return cropped.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(-1, size**2)


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | raises an AssertionError
# says: should raise ValueError, but it stops with AssertionError
def image_to_blocks(image, size):
    height, width = image.shape
    assert height % size == 0 and width % size == 0
    return (
        image.reshape(height // size, size, width // size, size)
        .swapaxes(1, 2)
        .reshape(-1, size * size)
    )


# %% slip: Raise a `ValueError` where size does not divide both the height and the width | pads what does not fit
# says: should raise ValueError
def image_to_blocks(image, size):
    height, width = image.shape
    image = np.pad(image, ((0, -height % size), (0, -width % size)), mode="edge")
    rows, columns = image.shape[0] // size, image.shape[1] // size
    return image.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(-1, size**2)


# %% chaff: expects square images
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    count = height // size
    return np.array(
        [
            image[y : y + size, x : x + size].ravel()
            for y in range(0, count * size, size)
            for x in range(0, count * size, size)
        ]
    )


# %% chaff (visible): converts to uint8
# says: is expected
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    grid = image.astype(np.uint8).reshape(height // size, size, width // size, size)
    return grid.swapaxes(1, 2).reshape(-1, size * size)


# %% chaff: blocks are columns
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    grid = image.reshape(height // size, size, width // size, size)
    return grid.swapaxes(1, 2).reshape(-1, size * size).T


# %% chaff: overlapping blocks
from numpy.lib.stride_tricks import sliding_window_view


def image_to_blocks(image, size):
    if image.shape[0] % size or image.shape[1] % size:
        raise ValueError
    return sliding_window_view(image, (size, size)).reshape(-1, size * size)


# %% chaff: always blocks of 2 by 2
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size:
        raise ValueError
    grid = image.reshape(height // 2, 2, width // 2, 2)
    return grid.swapaxes(1, 2).reshape(-1, 4)


# %% chaff: refuses a block as large as the image
def image_to_blocks(image, size):
    height, width = image.shape
    if height % size or width % size or size == height == width:
        raise ValueError
    grid = image.reshape(height // size, size, width // size, size)
    return grid.swapaxes(1, 2).reshape(-1, size * size)


# %% chaff: takes the shape for (width, height)
def image_to_blocks(image, size):
    width, height = image.shape
    if height % size or width % size:
        raise ValueError
    return np.array(
        [
            image[y : y + size, x : x + size].ravel()
            for y in range(0, height, size)
            for x in range(0, width, size)
        ]
    )


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.cut_image
def image_to_blocks(image, size):
    if image.shape[0] % size or image.shape[1] % size:
        raise ValueError
    return kq.cut_image(image, "block", block_size=size)[0]


# %% chaff (visible): returns after the first row of blocks
def image_to_blocks(image, size):
    if image.shape[0] % size or image.shape[1] % size:
        raise ValueError
    blocks = []
    for y in range(0, image.shape[0], size):
        for x in range(0, image.shape[1], size):
            blocks.append(image[y : y + size, x : x + size].ravel())
        return np.array(blocks)


# %% chaff (visible): np.append without an axis
def image_to_blocks(image, size):
    if image.shape[0] % size or image.shape[1] % size:
        raise ValueError
    blocks = np.empty((0, size * size))
    for y in range(0, image.shape[0], size):
        for x in range(0, image.shape[1], size):
            blocks = np.append(blocks, image[y : y + size, x : x + size])
    return blocks
