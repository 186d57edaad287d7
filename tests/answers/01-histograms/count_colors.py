# %% wheat: looks for distinct rows
def count_colors(image):
    return len(np.unique(image.reshape(-1, 3), axis=0))


# %% wheat: makes a set of tuples
def count_colors(image):
    return len({tuple(pixel) for pixel in image.reshape(-1, 3).tolist()})


# %% wheat: gives each color a number
def count_colors(image):
    red, green, blue = np.moveaxis(image.astype(np.uint32), -1, 0)
    return np.unique((red << 16) | (green << 8) | blue).size


# %% wheat: multiplies with weights of 1000
def count_colors(image):
    return np.unique(image.astype(np.int64) @ [1, 1000, 1000_000]).shape[0]


# %% wheat: marks colors in a cube
def count_colors(image):
    seen = np.zeros((256, 256, 256), dtype=bool)
    seen[image[..., 0], image[..., 1], image[..., 2]] = True
    return seen.sum()


# %% wheat: loops over the pixels
def count_colors(image):
    seen = []
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            color = image[row, column].tolist()
            if color not in seen:
                seen.append(color)
    return len(seen)


# %% wheat: compares neighbors in sorted order and returns a float
def count_colors(image):
    pixels = image.reshape(-1, 3)
    pixels = pixels[np.lexsort(pixels.T)]
    return 1.0 + np.any(np.diff(pixels.astype(int), axis=0) != 0, axis=1).sum()


# %% wheat: asks Pillow
from PIL import Image


def count_colors(image):
    height, width = image.shape[:2]
    return len(Image.fromarray(image).getcolors(maxcolors=height * width))


# %% wheat: views a pixel as bytes
def count_colors(image):
    pixels = np.ascontiguousarray(image).view("V3")
    return len({pixel.tobytes() for pixel in pixels.ravel()})


# %% wheat: sorts pixels as tuples and counts changes
def count_colors(image):
    pixels = sorted(map(tuple, image.reshape(-1, 3).tolist()))
    return sum(first != second for first, second in zip(pixels, [None, *pixels]))


# %% wheat: puts three bytes into four
def count_colors(image):
    padded = np.zeros((*image.shape[:2], 4), dtype=np.uint8)
    padded[..., :3] = image
    return np.unique(padded.view(np.uint32)).size


# %% wheat: counts keys of a dictionary
def count_colors(image):
    seen = {}
    for row in image:
        for pixel in row:
            seen[pixel[0], pixel[1], pixel[2]] = True
    return len(seen)


# %% chaff: counts intensities
def count_colors(image):
    return len(np.unique(image))


# %% chaff: counts pixels
def count_colors(image):
    return image.shape[0] * image.shape[1]


# %% chaff: counts sums
def count_colors(image):
    return len(np.unique(image.sum(axis=-1)))


# %% chaff: takes permutations for one color
def count_colors(image):
    return len(np.unique(np.sort(image.reshape(-1, 3), axis=1), axis=0))


# %% chaff: makes sets of intensities
def count_colors(image):
    return len({frozenset(pixel) for pixel in image.reshape(-1, 3).tolist()})


# %% chaff: counts distinct rows of the image
def count_colors(image):
    return len(np.unique(image, axis=0))


# %% chaff: multiplies the numbers of intensities
def count_colors(image):
    return int(np.prod([len(np.unique(image[..., i])) for i in range(3)]))


# %% chaff: takes the channel with the most intensities
def count_colors(image):
    return max(len(np.unique(image[..., i])) for i in range(3))


# %% chaff: numbers colors in base 255
def count_colors(image):
    return len(np.unique(image.astype(int) @ [1, 255, 255 * 255]))


# %% chaff: has no room for the number of a color
def count_colors(image):
    red, green, blue = np.moveaxis(image, -1, 0)
    return len(np.unique((red << 16) | (green << 8) | blue))


# %% chaff: numbers colors in 16 bits
def count_colors(image):
    red, green, blue = np.moveaxis(image.astype(np.uint16), -1, 0)
    return len(np.unique(red * 256 + green + blue * 16))


# %% chaff: numbers colors in float32, where neighbors meet
def count_colors(image):
    return len(np.unique(image.astype(np.float32) @ np.float32([1, 1000, 1e6])))


# %% chaff: gives up above 256 colors
from PIL import Image


def count_colors(image):
    return len(Image.fromarray(image).getcolors())


# %% chaff: counts changes between neighbors
def count_colors(image):
    pixels = image.reshape(-1, 3).astype(int)
    return 1 + int(np.any(np.diff(pixels, axis=0) != 0, axis=1).sum())


# %% chaff: leaves black out
def count_colors(image):
    return np.count_nonzero(np.unique(image.astype(int) @ [65536, 256, 1]))


# %% chaff: cuts the image in thirds
def count_colors(image):
    return len(np.unique(image.reshape(3, -1).T, axis=0))


# %% chaff: drops the lowest bit
def count_colors(image):
    return len(np.unique(image.reshape(-1, 3) // 2, axis=0))


# %% chaff: returns the colors
def count_colors(image):
    return np.unique(image.reshape(-1, 3), axis=0)


# %% chaff: counts colors that occur once
def count_colors(image):
    counts = np.unique(image.reshape(-1, 3), axis=0, return_counts=True)[1]
    return int((counts == 1).sum())


# %% chaff: looks at the first row
def count_colors(image):
    return len(np.unique(image[0], axis=0))


# %% chaff: counts intensities of each channel
def count_colors(image):
    return sum(len(np.unique(image[..., i])) for i in range(3))


# %% chaff: multiplies only red, in 16 bits
def count_colors(image):
    i = image.astype(np.uint16)
    return len(np.unique(i[..., 0] * 256 + i[..., 1] + i[..., 2]))


# %% chaff: numbers colors in base 255, red first
def count_colors(image):
    return len(np.unique(image.astype(int) @ [255 * 255, 255, 1]))


# %% chaff: numbers colors with weights of 1000, 100 and 1
def count_colors(image):
    return len(np.unique(image.astype(int) @ [1000, 100, 1]))


# %% chaff: writes colors as digits without gaps
def count_colors(image):
    return len({"".join(map(str, pixel)) for pixel in image.reshape(-1, 3).tolist()})


# %% chaff: looks for distinct columns
def count_colors(image):
    return len(np.unique(image.reshape(-1, 3), axis=1))


# %% chaff: counts the intensities of the distinct colors
def count_colors(image):
    return np.unique(image.reshape(-1, 3), axis=0).size


# %% chaff: multiplies in uint8
def count_colors(image):
    red, green, blue = image[..., 0], image[..., 1], image[..., 2]
    return len(np.unique(red * 65536 + green * 256 + blue))


# %% chaff: makes a set of lists
def count_colors(image):
    return len(set(image.reshape(-1, 3).tolist()))


# %% chaff (visible): leaves it to the package
# says: kq\.count_colors_used
def count_colors(image):
    return kq.count_colors_used(image)


# %% chaff (visible): returns inside the loop
def count_colors(image):
    seen = set()
    for row in image:
        for pixel in row:
            seen.add(tuple(pixel))
        return len(seen)


# %% chaff (visible): counts blues
# says: taken for one
def count_colors(image):
    return len(np.unique(image[..., 2]))


# %% slip: Each color counts once, however many pixels have it | counts pixels
# says: 14 is the number of pixels
def count_colors(image):
    return len([tuple(pixel) for pixel in image.reshape(-1, 3)])


# %% slip: Each color counts once, however many pixels have it | leaves out those that repeat
def count_colors(image):
    pixels = [tuple(pixel) for pixel in image.reshape(-1, 3).tolist()]
    return sum(pixels.count(pixel) == 1 for pixel in pixels)
