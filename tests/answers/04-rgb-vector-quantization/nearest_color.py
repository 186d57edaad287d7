# %% wheat: a list of distances, as in the text
def nearest_color(image, palette):
    distances = []
    for color in palette:
        difference = image.astype(int) - color.astype(int)
        distances.append((difference**2).sum(axis=-1))
    return np.argmin(distances, axis=0)


# %% wheat: all differences at once
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis, :].astype(int) - palette
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% wheat: plain loops
def nearest_color(image, palette):
    height, width, _ = image.shape
    indices = np.zeros((height, width), dtype=int)
    for y in range(height):
        for x in range(width):
            best = None
            for i, color in enumerate(palette):
                d = sum((int(a) - int(b)) ** 2 for a, b in zip(image[y, x], color))
                if best is None or d <= best:
                    best, indices[y, x] = d, i
    return indices


# %% wheat: one color after another
def nearest_color(image, palette):
    least = np.full(image.shape[:2], np.inf)
    indices = np.zeros(image.shape[:2], dtype=np.uint16)
    for i in range(len(palette)):
        distance = np.linalg.norm(image.astype(float) - palette[i].astype(float), axis=2)
        closer = distance < least
        least[closer], indices[closer] = distance[closer], i
    return indices


# %% wheat: products in place of differences, in float32
def nearest_color(image, palette):
    pixels, colors = image.reshape(-1, 3).astype(np.float32), palette.astype(np.float32)
    scores = (colors**2).sum(axis=1) - 2 * pixels @ colors.T
    return scores.argmin(axis=1).astype(np.int32).reshape(image.shape[:2])


# %% wheat: scikit-learn's pairs
from sklearn.metrics import pairwise_distances_argmin


def nearest_color(image, palette):
    height, width, _ = image.shape
    return pairwise_distances_argmin(image.reshape(-1, 3), palette).reshape(height, width)


# %% wheat: a tree
from scipy.spatial import cKDTree


def nearest_color(image, palette):
    return cKDTree(palette.astype(float)).query(image.astype(float))[1]


# %% wheat: neighbors from scikit-learn
from sklearn.neighbors import KNeighborsClassifier


def nearest_color(image, palette):
    model = KNeighborsClassifier(1).fit(palette, np.arange(len(palette)))
    return model.predict(image.reshape(-1, 3)).reshape(image.shape[0], image.shape[1])


# %% wheat: distances of SciPy, as nested lists
from scipy.spatial.distance import cdist


def nearest_color(image, palette):
    distances = cdist(image.reshape(-1, 3), palette, "sqeuclidean")
    return distances.argmin(axis=1).reshape(image.shape[:2]).tolist()


# %% wheat: the last of equals
def nearest_color(image, palette):
    differences = image.astype(np.int32)[:, :, None] - palette[::-1].astype(np.int32)
    return len(palette) - 1 - (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: uint8 differences
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis] - palette
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: uint8 differences, converted too late
def nearest_color(image, palette):
    differences = (image[:, :, np.newaxis] - palette).astype(float)
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: squares in int16
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(np.int16) - palette.astype(np.int16)
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: absolute differences
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return abs(differences).sum(axis=-1).argmin(axis=-1)


# %% chaff: the largest difference of a channel
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return abs(differences).max(axis=-1).argmin(axis=-1)


# %% chaff: the sum of the differences
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return abs(differences.sum(axis=-1)).argmin(axis=-1)


# %% chaff: by lightness
def nearest_color(image, palette):
    weights = [0.299, 0.587, 0.114]
    return abs((image @ weights)[..., np.newaxis] - palette @ weights).argmin(axis=-1)


# %% chaff: weighted channels
def nearest_color(image, palette):
    differences = (image[:, :, np.newaxis].astype(float) - palette) * [0.55, 0.77, 0.34]
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: the color furthest away
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences**2).sum(axis=-1).argmax(axis=-1)


# %% chaff: returns colors
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return palette[(differences**2).sum(axis=-1).argmin(axis=-1)]


# %% chaff: forgets the shape
def nearest_color(image, palette):
    pixels = image.reshape(-1, 3).astype(int)
    return ((pixels[:, np.newaxis] - palette) ** 2).sum(axis=-1).argmin(axis=-1)


# %% chaff: width first
def nearest_color(image, palette):
    height, width, _ = image.shape
    pixels = image.reshape(-1, 3).astype(int)
    indices = ((pixels[:, np.newaxis] - palette) ** 2).sum(axis=-1).argmin(axis=-1)
    return indices.reshape(width, height)


# %% chaff: column by column
def nearest_color(image, palette):
    height, width, _ = image.shape
    columns = image.transpose(1, 0, 2).reshape(-1, 3).astype(int)
    indices = ((columns[:, np.newaxis] - palette) ** 2).sum(axis=-1).argmin(axis=-1)
    return indices.reshape(height, width)


# %% chaff: counts from one
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences**2).sum(axis=-1).argmin(axis=-1) + 1


# %% chaff: an index in a byte
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences**2).sum(axis=-1).argmin(axis=-1).astype(np.uint8)


# %% chaff: returns the distances
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences**2).sum(axis=-1).min(axis=-1)


# %% chaff: indices into a sorted palette
def nearest_color(image, palette):
    colors = palette[np.lexsort(palette.T)]
    differences = image[:, :, np.newaxis].astype(int) - colors
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: leaves out the last color
def nearest_color(image, palette):
    colors = palette[: max(len(palette) - 1, 1)]
    differences = image[:, :, np.newaxis].astype(int) - colors
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff: exact matches only
def nearest_color(image, palette):
    return (image[:, :, np.newaxis] == palette).all(axis=-1).argmax(axis=-1)


# %% chaff: each channel by itself
def nearest_color(image, palette):
    nearest = abs(image[:, :, np.newaxis].astype(int) - palette).argmin(axis=2)
    return np.median(nearest, axis=-1)


# %% chaff: differences of int8
def nearest_color(image, palette):
    differences = image.astype(np.int8)[:, :, np.newaxis] - palette.astype(np.int8)
    return (differences.astype(int) ** 2).sum(axis=-1).argmin(axis=-1)


# %% chaff: pairs each column with a color
def nearest_color(image, palette):
    return ((image.astype(int) - palette) ** 2).sum(axis=-1).argmin(axis=-1)


# %% chaff (visible): no sum over R, G and B
# says: add the squares
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences**2).argmin(axis=2)


# %% chaff (visible): no sum, in a list
# says: add the squares
def nearest_color(image, palette):
    distances = [(image.astype(int) - color) ** 2 for color in palette]
    return np.argmin(distances, axis=0)


# %% chaff (visible): sums the rows
# says: along the last axis
def nearest_color(image, palette):
    distances = [((image.astype(int) - color) ** 2).sum(axis=0) for color in palette]
    return np.argmin(distances, axis=0)


# %% chaff (visible): sums the columns
# says: along the last axis
def nearest_color(image, palette):
    distances = [((image.astype(int) - color) ** 2).sum(axis=1) for color in palette]
    return np.argmin(distances, axis=0)


# %% chaff (visible): argmin without its axis
# says: given an axis
def nearest_color(image, palette):
    distances = [((image.astype(int) - color) ** 2).sum(axis=-1) for color in palette]
    return np.argmin(distances)


# %% chaff (visible): a sum without its axis
# says: given an axis
def nearest_color(image, palette):
    distances = [((image.astype(int) - color) ** 2).sum() for color in palette]
    return np.argmin(distances, axis=0)


# %% chaff (visible): the distances of all colors
# says: leaves one index
def nearest_color(image, palette):
    return np.array([((image.astype(int) - color) ** 2).sum(axis=-1) for color in palette])


# %% chaff (visible): the power sign of mathematics
# says: no power
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences ^ 2).sum(axis=-1).argmin(axis=-1)


# %% slip: convert to int or float before you subtract | converts the difference
# says: wrap around
def nearest_color(image, palette):
    distances = [((image - color).astype(int) ** 2).sum(axis=-1) for color in palette]
    return np.argmin(distances, axis=0)


# %% slip: return an integer array | whole floats
# says: an index is an integer
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(int) - palette
    return (differences**2).sum(axis=-1).argmin(axis=-1).astype(float)


# %% slip: of shape (height, width) | one long row
# says: reshape the indices
def nearest_color(image, palette):
    differences = image.reshape(-1, 1, 3).astype(int) - palette
    return (differences**2).sum(axis=-1).argmin(axis=-1)


# %% chaff (visible): the package's encode
# says: kq.encode
def nearest_color(image, palette):
    return kq.encode(image.reshape(-1, 3), palette).reshape(image.shape[:2])


# %% chaff (visible): floats of 16 bits
def nearest_color(image, palette):
    differences = image[:, :, np.newaxis].astype(np.float16) - palette.astype(np.float16)
    return (differences**2).sum(axis=-1).argmin(axis=-1)
