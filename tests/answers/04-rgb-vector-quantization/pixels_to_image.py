# %% wheat: reshape
def pixels_to_image(pixels, height, width):
    return pixels.reshape(height, width, 3)


# %% wheat: reshape with one side left open
def pixels_to_image(pixels, height, width):
    return np.asarray(pixels).reshape((height, -1, 3)).copy()


# %% wheat: plain loops
def pixels_to_image(pixels, height, width):
    image = np.zeros((height, width, 3), dtype=np.uint8)
    for y in range(height):
        for x in range(width):
            image[y, x] = pixels[y * width + x]
    return image


# %% wheat: nested lists
def pixels_to_image(pixels, height, width):
    return [[list(map(int, pixels[y * width + x])) for x in range(width)] for y in range(height)]


# %% wheat: rows stacked
def pixels_to_image(pixels, height, width):
    return np.stack([pixels[y * width : (y + 1) * width] for y in range(height)])


# %% wheat: each channel by itself, as floats
def pixels_to_image(pixels, height, width):
    return np.dstack([pixels[:, i].astype(float).reshape(height, width) for i in range(3)])


# %% wheat: split into rows
def pixels_to_image(pixels, height, width):
    return np.array(np.split(pixels, height))


# %% wheat: the shape of a new array is set
def pixels_to_image(pixels, height, width):
    image = pixels.copy()
    image.shape = (height, width, pixels.shape[1])
    return image


# %% chaff: width first
def pixels_to_image(pixels, height, width):
    return pixels.reshape(width, height, 3)


# %% chaff: column by column
def pixels_to_image(pixels, height, width):
    return pixels.reshape(width, height, 3).transpose(1, 0, 2)


# %% chaff: channels first
def pixels_to_image(pixels, height, width):
    return pixels.T.reshape(3, height, width)


# %% chaff: mixes the channels
def pixels_to_image(pixels, height, width):
    return pixels.T.reshape(height, width, 3)


# %% chaff: Fortran order
def pixels_to_image(pixels, height, width):
    return pixels.reshape(height, width, 3, order="F")


# %% chaff: assumes a square
def pixels_to_image(pixels, height, width):
    side = int(len(pixels) ** 0.5)
    return pixels.reshape(side, side, 3)


# %% chaff: gives the pixels back
def pixels_to_image(pixels, height, width):
    return pixels


# %% chaff: blue first
def pixels_to_image(pixels, height, width):
    return pixels.reshape(height, width, 3)[..., ::-1]


# %% chaff: upside down
def pixels_to_image(pixels, height, width):
    return pixels.reshape(height, width, 3)[::-1]


# %% chaff: mirrored
def pixels_to_image(pixels, height, width):
    return pixels.reshape(height, width, 3)[:, ::-1]


# %% chaff: always two rows of three
def pixels_to_image(pixels, height, width):
    return pixels.reshape(2, 3, 3)


# %% chaff: resize, width first
def pixels_to_image(pixels, height, width):
    return np.resize(pixels, (width, height, 3))


# %% chaff: the first channel for all
def pixels_to_image(pixels, height, width):
    return np.repeat(pixels[:, 0].reshape(height, width, 1), 3, axis=2)


# %% chaff: sorts the pixels in place
def pixels_to_image(pixels, height, width):
    pixels.sort(axis=0)
    return pixels.reshape(height, width, 3)


# %% chaff (visible): a row of pixels
def pixels_to_image(pixels, height, width):
    return pixels.reshape(1, height * width, 3)


# %% slip: the height comes first | width first
# says: height comes first
def pixels_to_image(pixels, height, width):
    return pixels.reshape(width, height, -1)


# %% chaff (visible): the package's join
# says: kq.join_vectors
def pixels_to_image(pixels, height, width):
    return kq.join_vectors([pixels], (height, width, 3), "rgb")
