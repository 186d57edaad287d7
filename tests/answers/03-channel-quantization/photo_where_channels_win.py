# %% slip: Each channel has at least 16 different intensities. | one plain color
# says: at least 16
def photo_where_channels_win(height, width):
    return np.full((height, width, 3), (0, 100, 200), dtype=np.uint8)


# %% slip: Each channel has at least 16 different intensities. | two colors, left and right
# says: at least 16
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


# %% slip: Each channel has at least 16 different intensities. | a ramp across an image that may be narrow
# says: at least 16
def photo_where_channels_win(height, width):
    ramp = np.linspace(0, 50, width)
    row = np.stack([ramp, 100 + ramp, 200 + ramp], axis=-1)
    return np.tile(np.rint(row), (height, 1, 1)).astype(np.uint8)


# %% wheat: a photo, each channel pressed into a range of its own
def photo_where_channels_win(height, width):
    photo = kq.load_photo("china", (height, width))
    return photo // 6 + np.uint8([0, 100, 210])


# %% slip: Each channel has at least 16 different intensities. | a chessboard
# says: at least 16
def photo_where_channels_win(height, width):
    image = np.zeros((height, width, 3), np.uint8)
    for y in range(height):
        for x in range(width):
            image[y, x] = (0, 80, 170) if (x + y) % 2 else (40, 120, 255)
    return image


# %% slip: Each channel has at least 16 different intensities. | ramps in red only
# says: at least 16
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


# %% slip: At *k* = 2 the channel-wise error is at most half of the global one. | noise over the whole range in each channel
# says: different places
def photo_where_channels_win(height, width):
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


# %% chaff: black
# says: at least 16
def photo_where_channels_win(height, width):
    return np.zeros((height, width, 3), dtype=np.uint8)


# %% chaff: pure red
# says: at least 16
def photo_where_channels_win(height, width):
    return np.full((height, width, 3), (255, 0, 0), dtype=np.uint8)


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | width comes first
# says: height comes first
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 40
    return np.stack([ramp, ramp + 100, ramp + 200], axis=-1).astype(np.uint8).swapaxes(0, 1)


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | channels come first
# says: channels come last
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 40
    return np.stack([ramp, ramp + 100, ramp + 200]).astype(np.uint8)


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | floats
# says: uint8
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 40
    return np.stack([ramp, ramp + 100, ramp + 200], axis=-1).astype(float)


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | a fixed size
def photo_where_channels_win(height, width):
    ramp = np.arange(40 * 60).reshape(40, 60) % 40
    return np.stack([ramp, ramp + 100, ramp + 200], axis=-1).astype(np.uint8)


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | a square
def photo_where_channels_win(height, width):
    ramp = np.arange(height * height).reshape(height, height) % 40
    return np.stack([ramp, ramp + 100, ramp + 200], axis=-1).astype(np.uint8)


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | loses a column of an odd width
def photo_where_channels_win(height, width):
    ramp = np.arange(height * (width // 2)).reshape(height, width // 2) % 40
    half = np.stack([ramp, ramp + 100, ramp + 200], axis=-1).astype(np.uint8)
    return np.concatenate([half, half], axis=1)


# %% slip: At *k* = 2 the channel-wise error is at most half of the global one. | china
def photo_where_channels_win(height, width):
    return kq.load_photo("china", (height, width))


# %% slip: At *k* = 2 the channel-wise error is at most half of the global one. | a ramp, darker in blue
def photo_where_channels_win(height, width):
    ramp = (np.arange(height * width) * 255 // (height * width)).reshape(height, width)
    return np.stack([ramp, ramp, ramp * 0.7], axis=-1).astype(np.uint8)


# %% chaff: one channel only
def photo_where_channels_win(height, width):
    return np.tile(np.linspace(0, 255, width), (height, 1)).astype(np.uint8)


# %% chaff: inverts one channel of a ramp
def photo_where_channels_win(height, width):
    ramp = (np.arange(height * width) * 255 // (height * width)).reshape(height, width)
    return np.stack([ramp, 255 - ramp, ramp], axis=-1).astype(np.uint8)


# %% wheat: sixteen intensities each, row after row
def photo_where_channels_win(height, width):
    image = np.zeros((height, width, 3), dtype=np.uint8)
    image[...] = 0, 120, 239
    flat = image.reshape(-1, 3)
    for n in range(len(flat)):
        flat[n] += n % 16
    return image


# %% wheat: red over the whole range, green and blue narrow in between
def photo_where_channels_win(height, width):
    image = np.zeros((height, width, 3), dtype=np.uint8)
    n = np.arange(height * width).reshape(height, width)
    image[..., 0] = np.where(n % 2, 255 - n % 32 // 2, n % 32 // 2)
    image[..., 1] = 80 + n % 16
    image[..., 2] = 150 + n % 17
    return image


# %% wheat: a view that is not contiguous
def photo_where_channels_win(height, width):
    planes = np.empty((3, height, width), dtype=np.uint8)
    planes[:] = np.arange(height * width, dtype=np.uint8).reshape(height, width) % 50
    planes += np.uint8([[[0]], [[100]], [[200]]])
    return planes.transpose(1, 2, 0)


# %% wheat: two clusters in each channel, all of them elsewhere
def photo_where_channels_win(height, width):
    n = np.arange(height * width).reshape(height, width)
    image = np.empty((height, width, 3), dtype=np.uint8)
    for i, (low, high) in enumerate(((0, 90), (60, 200), (130, 240))):
        image[..., i] = np.where(n % 2, low, high) + n // 2 % 8
    return image


# %% slip: Return a `uint8` array of shape `(height, width, 3)`. | a list of lists
# says: uint8
def photo_where_channels_win(height, width):
    pixels = range(height * width)
    flat = [[n % 40, 100 + n % 40, 200 + n % 40] for n in pixels]
    return [flat[y * width : (y + 1) * width] for y in range(height)]


# %% slip: Each channel has at least 16 different intensities. | fifteen intensities
# says: at least 16
def photo_where_channels_win(height, width):
    n = np.arange(height * width).reshape(height, width) % 15
    return np.stack([n, n + 100, n + 200], axis=-1).astype(np.uint8)


# %% slip: At *k* = 2 the channel-wise error is at most half of the global one. | wins by a third only
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 100
    return np.stack([ramp, ramp + 25, ramp + 50], axis=-1).astype(np.uint8)


# %% chaff: the same narrow range in all channels
# says: different places
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 40
    return np.stack([ramp, ramp, ramp], axis=-1).astype(np.uint8)


# %% chaff: three ranges that hardly differ
# says: different places
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 90
    return np.stack([ramp, ramp + 5, ramp + 10], axis=-1).astype(np.uint8)


# %% chaff: prints and returns nothing
# says: return line
def photo_where_channels_win(height, width):
    ramp = np.arange(height * width).reshape(height, width) % 40
    print(np.stack([ramp, ramp + 100, ramp + 200], axis=-1).shape)
