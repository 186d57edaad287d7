# %% wheat: one color
def photo_where_channels_win(height, width):
    return np.full((height, width, 3), (0, 100, 200), dtype=np.uint8)


# %% wheat: two colors, left and right
def photo_where_channels_win(height, width):
    image = np.empty((height, width, 3), dtype=np.uint8)
    image[...] = 10, 100, 190
    image[:, width // 2 :] = 50, 150, 250
    return image


# %% wheat: three narrow bands of noise
def photo_where_channels_win(height, width):
    noise = np.random.default_rng(0).integers(0, 40, (height, width, 3))
    return (noise + [0, 100, 215]).astype(np.uint8)


# %% wheat: noise without a seed
def photo_where_channels_win(height, width):
    red = np.random.randint(0, 50, (height, width))
    green = np.random.randint(100, 150, (height, width))
    blue = np.random.randint(200, 256, (height, width))
    return np.stack([red, green, blue], axis=-1).astype(np.uint8)


# %% wheat: ramps in three ranges
def photo_where_channels_win(height, width):
    ramp = np.linspace(0, 50, width)
    row = np.stack([ramp, 100 + ramp, 200 + ramp], axis=-1)
    return np.tile(np.rint(row), (height, 1, 1)).astype(np.uint8)


# %% wheat: a photo, each channel pressed into a range of its own
def photo_where_channels_win(height, width):
    photo = kq.load_photo("china", (height, width))
    return photo // 6 + np.uint8([0, 100, 210])


# %% wheat: a chessboard, pixel by pixel
def photo_where_channels_win(height, width):
    image = np.zeros((height, width, 3), np.uint8)
    for y in range(height):
        for x in range(width):
            image[y, x] = (0, 80, 170) if (x + y) % 2 else (40, 120, 255)
    return image


# %% wheat: red over the whole range, green and blue in between
def photo_where_channels_win(height, width):
    image = np.zeros((height, width, 3), np.uint8)
    image[height // 2 :, :, 0] = 255
    image[..., 1] = 90
    image[..., 2] = 160
    return image


# %% chaff: gray noise
def photo_where_channels_win(height, width):
    gray = np.random.default_rng(0).integers(0, 256, (height, width, 1), dtype=np.uint8)
    return np.repeat(gray, 3, axis=2)


# %% chaff: noise over the whole range in each channel
def photo_where_channels_win(height, width):
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


# %% chaff: black
def photo_where_channels_win(height, width):
    return np.zeros((height, width, 3), dtype=np.uint8)


# %% chaff: pure red
def photo_where_channels_win(height, width):
    return np.full((height, width, 3), (255, 0, 0), dtype=np.uint8)


# %% chaff: width comes first
def photo_where_channels_win(height, width):
    return np.full((width, height, 3), (0, 100, 200), dtype=np.uint8)


# %% chaff: channels come first
def photo_where_channels_win(height, width):
    image = np.empty((3, height, width), dtype=np.uint8)
    image[0], image[1], image[2] = 0, 100, 200
    return image


# %% chaff: floats
def photo_where_channels_win(height, width):
    return np.full((height, width, 3), (0.0, 100.0, 200.0))


# %% chaff: a fixed size
def photo_where_channels_win(height, width):
    return np.full((40, 60, 3), (0, 100, 200), dtype=np.uint8)


# %% chaff: a square
def photo_where_channels_win(height, width):
    return np.full((height, height, 3), (0, 100, 200), dtype=np.uint8)


# %% chaff: doubles half of the width, and loses a column of an odd one
def photo_where_channels_win(height, width):
    half = np.full((height, width // 2, 3), (0, 100, 200), dtype=np.uint8)
    return np.concatenate([half, half + np.uint8(20)], axis=1)


# %% chaff: china, whose channels are alike
def photo_where_channels_win(height, width):
    return kq.load_photo("china", (height, width))


# %% chaff: a ramp, darker in blue
def photo_where_channels_win(height, width):
    ramp = np.tile(np.linspace(0, 255, width), (height, 1))
    return np.stack([ramp, ramp, ramp * 0.7], axis=-1).astype(np.uint8)


# %% chaff: one channel only
def photo_where_channels_win(height, width):
    return np.tile(np.linspace(0, 255, width), (height, 1)).astype(np.uint8)


# %% chaff: inverts one channel of a ramp
def photo_where_channels_win(height, width):
    ramp = np.tile(np.linspace(0, 255, width), (height, 1)).astype(np.uint8)
    return np.stack([ramp, 255 - ramp, ramp], axis=-1)
