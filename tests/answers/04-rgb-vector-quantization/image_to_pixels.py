# %% wheat: reshape
def image_to_pixels(image):
    return image.reshape(-1, 3)


# %% wheat: a copy, all sides spelled out
def image_to_pixels(image):
    height, width, channels = image.shape
    return np.array(image, dtype=image.dtype).reshape(height * width, channels)


# %% wheat: from the bytes
def image_to_pixels(image):
    return np.frombuffer(image.tobytes(), dtype=np.uint8).reshape(-1, 3)


# %% wheat: plain loops and lists
def image_to_pixels(image):
    pixels = []
    for row in image:
        for pixel in row:
            pixels.append([int(value) for value in pixel])
    return np.array(pixels, dtype=np.uint8)


# %% wheat: each channel by itself
def image_to_pixels(image):
    return np.stack([image[..., i].ravel() for i in range(3)], axis=1)


# %% wheat: rows below each other
def image_to_pixels(image):
    return np.concatenate(list(image), axis=0)


# %% wheat: an empty table, filled by place
def image_to_pixels(image):
    height, width = image.shape[:2]
    table = np.empty((height * width, 3), image.dtype)
    for y in range(height):
        for x in range(width):
            table[y * width + x] = image[y, x]
    return table


# %% chaff: column by column
def image_to_pixels(image):
    return image.transpose(1, 0, 2).reshape(-1, 3)


# %% chaff: a row for each channel
def image_to_pixels(image):
    return image.reshape(-1, 3).T


# %% chaff: cuts the flat values into three
def image_to_pixels(image):
    return image.reshape(3, -1).T


# %% chaff: channels first, then reshaped
def image_to_pixels(image):
    return np.moveaxis(image, -1, 0).reshape(-1, 3)


# %% chaff: leaves the image as it is
def image_to_pixels(image):
    return image


# %% chaff: flattens everything
def image_to_pixels(image):
    return image.ravel()


# %% chaff: scales to 1
def image_to_pixels(image):
    return image.reshape(-1, 3) / 255


# %% chaff: blue first
def image_to_pixels(image):
    return image.reshape(-1, 3)[:, ::-1]


# %% chaff: distinct colors only
def image_to_pixels(image):
    return np.unique(image.reshape(-1, 3), axis=0)


# %% chaff: shuffled
def image_to_pixels(image):
    return np.random.default_rng(0).permutation(image.reshape(-1, 3))


# %% chaff: fixed to two rows of three
def image_to_pixels(image):
    return image.reshape(6, 3)


# %% chaff: signed bytes
def image_to_pixels(image):
    return image.reshape(-1, 3).astype(np.int8)


# %% chaff: square images only
def image_to_pixels(image):
    return image.reshape(image.shape[0] ** 2, 3)


# %% chaff: Fortran order
def image_to_pixels(image):
    return image.reshape(-1, 3, order="F")


# %% chaff: adds a place for alpha
def image_to_pixels(image):
    pixels = image.reshape(-1, 3)
    return np.concatenate([pixels, np.full((len(pixels), 1), 255)], axis=1)


# %% chaff: changes the image
def image_to_pixels(image):
    image[...] = image[::-1].copy()
    return image[::-1].reshape(-1, 3)


# %% chaff (visible): nested lists of Python's numbers
# says: a NumPy array of uint8
def image_to_pixels(image):
    return [[int(value) for value in pixel] for row in image for pixel in row]


# %% chaff (visible): returns after the first row
def image_to_pixels(image):
    for row in image:
        return row


# %% chaff (visible): the rows of the image as rows of the table
def image_to_pixels(image):
    return image.reshape(len(image), -1)


# %% slip: row by row | column by column
# says: row by row
def image_to_pixels(image):
    return np.swapaxes(image, 0, 1).reshape(-1, 3)


# %% slip: the type stays that of the image | 64 bits
# says: uint8 is expected
def image_to_pixels(image):
    return image.reshape(-1, 3).astype(int)


# %% slip: the type stays that of the image | floats
# says: uint8 is expected
def image_to_pixels(image):
    return np.float64(image).reshape(-1, 3)


# %% chaff (visible): the package's cut
# says: kq.cut_image
def image_to_pixels(image):
    return kq.cut_image(image, "rgb")[0]
