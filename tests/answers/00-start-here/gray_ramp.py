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


# %% wheat: rounds a half down
def gray_ramp(height, width):
    row = np.ceil(np.arange(width) * 255 / (width - 1) - 0.5).astype(np.uint8)
    return np.repeat(row[np.newaxis], height, axis=0)


# %% wheat: a list of lists with a type at the end
def gray_ramp(height, width):
    return np.array(
        [[round(x / (width - 1) * 255) for x in range(width)] for _ in range(height)],
        dtype=np.uint8,
    )


# %% wheat: interpolates, columns first in memory
def gray_ramp(height, width):
    row = np.interp(np.arange(width), [0, width - 1], [0, 255])
    return np.asfortranarray(np.rint(np.outer(np.ones(height), row)).astype(np.uint8))


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


# %% chaff (visible): converts before it multiplies
def gray_ramp(height, width):
    row = np.arange(width).astype(np.uint8) * np.uint8(255) / (width - 1)
    return np.tile(np.rint(row).astype(np.uint8), (height, 1))


# %% chaff (visible): whole steps only
# says: 255 / \(width - 1\)
def gray_ramp(height, width):
    row = np.arange(width) * (255 // (width - 1))
    return np.tile(row.astype(np.uint8), (height, 1))


# %% chaff (visible): np.arange with a step, which is an entry too long where the step is small
def gray_ramp(height, width):
    row = np.rint(np.arange(0, 256, 255 / (width - 1))).astype(np.uint8)
    return np.tile(row, (height, 1))


# %% chaff (visible): goes to 256 and clips
# says: 191 is nearest
def gray_ramp(height, width):
    row = np.rint(np.linspace(0, 256, width)).clip(0, 255).astype(np.uint8)
    return np.tile(row, (height, 1))


# %% chaff (visible): fills the first row only
# says: still empty
def gray_ramp(height, width):
    image = np.zeros((height, width), dtype=np.uint8)
    for row in range(height):
        image[row] = np.rint(np.linspace(0, 255, width))
        return image


# %% chaff (visible): lays the rows one behind the other
# says: one behind the other
def gray_ramp(height, width):
    return np.tile(np.rint(np.linspace(0, 255, width)).astype(np.uint8), height)


# %% chaff (visible): leaves it to the package
# says: kq\.load_photo
def gray_ramp(height, width):
    return kq.load_photo("gray ramp", (height, width))


# %% chaff (visible): returns nothing
# says: returns nothing
def gray_ramp(height, width):
    ramp = np.tile(np.rint(np.linspace(0, 255, width)).astype(np.uint8), (height, 1))


# %% slip: rounded to the nearest integer | asks linspace for uint8, which cuts
# says: round to the nearest
def gray_ramp(height, width):
    return np.tile(np.linspace(0, 255, width, dtype=np.uint8), (height, 1))


# %% slip: rounded to the nearest integer | always up
# says: 191 is nearest
def gray_ramp(height, width):
    row = [-(-255 * x // (width - 1)) for x in range(width)]
    return np.array([row] * height, dtype=np.uint8)


# %% slip: The result is a `uint8` array | int64
# says: uint8 is expected
def gray_ramp(height, width):
    return np.tile(np.rint(np.linspace(0, 255, width)).astype(int), (height, 1))


# %% slip: The result is a `uint8` array | a list of lists
# says: uint8
def gray_ramp(height, width):
    return [[round(255 * x / (width - 1)) for x in range(width)]] * height


# %% slip: of shape `(height, width)` | turned on its side
# says: height comes first
def gray_ramp(height, width):
    row = np.rint(np.linspace(0, 255, width)).astype(np.uint8)
    return np.tile(row, (height, 1)).T


# %% slip: of shape `(height, width)` | one row, to be repeated by broadcasting
# says: repeat it height times
def gray_ramp(height, width):
    return np.rint(np.linspace(0, 255, width)).astype(np.uint8)[np.newaxis]
