# %% wheat: linspace, rint and tile
def gray_ramp(height, width):
    row = np.rint(np.linspace(0, 255, width)).astype(np.uint8)
    return np.tile(row, (height, 1))


# %% wheat: two plain loops
def gray_ramp(height, width):
    image = np.zeros((height, width), dtype=np.uint8)
    for row in range(height):
        for column in range(width):
            image[row, column] = round(column * 255 / (width - 1))
    return image


# %% wheat: broadcasting, half up
def gray_ramp(height, width):
    row = (np.arange(width) * 255 / (width - 1) + 0.5).astype(np.uint8)
    return np.broadcast_to(row, (height, width)).copy()


# %% wheat: meshgrid
def gray_ramp(height, width):
    columns, _ = np.meshgrid(np.arange(width), np.arange(height))
    return np.round(columns / (width - 1) * 255).astype(np.uint8)


# %% wheat: ones times a row, integer arithmetic
def gray_ramp(height, width):
    row = (2 * 255 * np.arange(width) + width - 1) // (2 * (width - 1))
    return (np.ones((height, 1), dtype=int) * row).astype("uint8")


# %% wheat: fromfunction
def gray_ramp(height, width):
    return np.fromfunction(lambda y, x: np.rint(x * 255 / (width - 1)), (height, width)).astype(
        np.uint8
    )


# %% wheat: a list of lists, a read-only view
def gray_ramp(height, width):
    row = [int(round(255 * i / (width - 1))) for i in range(width)]
    return np.broadcast_to(np.array(row, dtype=np.uint8), (height, width))


# %% chaff: cuts the decimals off
def gray_ramp(height, width):
    return np.tile(np.linspace(0, 255, width).astype(np.uint8), (height, 1))


# %% chaff: never reaches 255
def gray_ramp(height, width):
    return np.tile(np.rint(np.arange(width) * 255 / width).astype(np.uint8), (height, 1))


# %% chaff: swaps height and width
def gray_ramp(height, width):
    return np.tile(np.rint(np.linspace(0, 255, height)).astype(np.uint8), (width, 1))


# %% chaff: runs from top to bottom
def gray_ramp(height, width):
    column = np.rint(np.linspace(0, 255, height)).astype(np.uint8)
    return np.tile(column[:, np.newaxis], (1, width))


# %% chaff: runs from white to black
def gray_ramp(height, width):
    return np.tile(np.rint(np.linspace(255, 0, width)).astype(np.uint8), (height, 1))


# %% chaff: wraps at 256
def gray_ramp(height, width):
    row = np.rint(np.linspace(0, 256, width)).astype(int) % 256
    return np.tile(row.astype(np.uint8), (height, 1))


# %% chaff: returns one row
def gray_ramp(height, width):
    return np.rint(np.linspace(0, 255, width)).astype(np.uint8)


# %% chaff: returns floats from 0 to 1
def gray_ramp(height, width):
    return np.tile(np.linspace(0, 1, width), (height, 1))


# %% chaff: returns floats
def gray_ramp(height, width):
    return np.tile(np.rint(np.linspace(0, 255, width)), (height, 1))


# %% chaff: ignores the width
def gray_ramp(height, width):
    return np.tile(np.arange(256, dtype=np.uint8), (height, 1))


# %% chaff: returns three channels
def gray_ramp(height, width):
    row = np.rint(np.linspace(0, 255, width)).astype(np.uint8)
    return np.stack([np.tile(row, (height, 1))] * 3, axis=-1)


# %% chaff: rounds up
def gray_ramp(height, width):
    return np.tile(np.ceil(np.linspace(0, 255, width)).astype(np.uint8), (height, 1))
