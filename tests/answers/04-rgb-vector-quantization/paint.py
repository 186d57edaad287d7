# %% wheat: indexing
def paint(indices, palette):
    return palette[indices]


# %% wheat: take
def paint(indices, palette):
    return np.take(palette, indices, axis=0)


# %% wheat: plain loops
def paint(indices, palette):
    height, width = indices.shape
    image = np.zeros((height, width, 3), dtype=np.uint8)
    for y in range(height):
        for x in range(width):
            image[y, x] = palette[indices[y, x]]
    return image


# %% wheat: one color after another
def paint(indices, palette):
    image = np.empty((*indices.shape, 3), dtype="uint8")
    for i, color in enumerate(palette):
        image[indices == i] = color
    return image


# %% wheat: each channel by itself
def paint(indices, palette):
    return np.stack([palette[:, i][indices] for i in range(3)], axis=-1)


# %% wheat: flat, then reshaped
def paint(indices, palette):
    return palette[indices.ravel().astype(int)].reshape(indices.shape + (3,)).astype(np.uint8)


# %% wheat: one-hot vectors
def paint(indices, palette):
    return (np.eye(len(palette))[indices] @ palette).round().astype(np.uint8)


# %% chaff: counts from one
def paint(indices, palette):
    return palette[indices - 1]


# %% chaff: blue first
def paint(indices, palette):
    return palette[indices][..., ::-1]


# %% chaff: width first
def paint(indices, palette):
    return palette[indices].transpose(1, 0, 2)


# %% chaff: reshaped to width first
def paint(indices, palette):
    height, width = indices.shape
    return palette[indices].reshape(width, height, 3)


# %% chaff: forgets the shape
def paint(indices, palette):
    return palette[indices.ravel()]


# %% chaff: floats
def paint(indices, palette):
    return palette[indices].astype(float)


# %% chaff: integers of 64 bits
def paint(indices, palette):
    return palette.astype(int)[indices]


# %% chaff: scaled to 1
def paint(indices, palette):
    return palette[indices] / 255


# %% chaff: the first channel only
def paint(indices, palette):
    return palette[indices, 0]


# %% chaff: channels first
def paint(indices, palette):
    return palette.T[:, indices]


# %% chaff: indices in a byte
def paint(indices, palette):
    return palette[indices.astype(np.uint8)]


# %% chaff: a sorted palette
def paint(indices, palette):
    return palette[np.lexsort(palette.T)][indices]


# %% chaff: the indices as grays
def paint(indices, palette):
    return np.repeat(indices[..., np.newaxis], 3, axis=2).astype(np.uint8)


# %% chaff: three colors at most
def paint(indices, palette):
    image = np.zeros((*indices.shape, 3), dtype=np.uint8)
    for i in range(min(3, len(palette))):
        image[indices == i] = palette[i]
    return image


# %% chaff: upside down
def paint(indices, palette):
    return palette[indices][::-1]


# %% chaff: signed bytes as indices
def paint(indices, palette):
    return palette[indices.astype(np.int8)]


# %% chaff: the brightest color is never used
def paint(indices, palette):
    return palette[np.minimum(indices, max(len(palette) - 2, 0))]


# %% chaff: paints over the indices
def paint(indices, palette):
    image = np.stack([indices] * 3, axis=-1).astype(np.uint8)
    for i in range(len(palette)):
        image[image[..., 0] == i] = palette[i]
    return image


# %% chaff (visible): the palette as indices
def paint(indices, palette):
    return indices[palette]


# %% slip: of shape (height, width, 3) | a row of R, G, B for each pixel
# says: keep height and width apart
def paint(indices, palette):
    return palette[indices].reshape(-1, 3)


# %% slip: the image is uint8 | floats
# says: uint8 is expected
def paint(indices, palette):
    return palette.astype(float)[indices]


# %% chaff (visible): the package's decode
# says: kq.decode
def paint(indices, palette):
    return kq.decode(indices, palette)
