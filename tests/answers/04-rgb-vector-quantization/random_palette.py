# %% wheat: choice of a generator
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3), k, replace=False)


# %% wheat: indices from RandomState
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    chosen = np.random.RandomState(random_state).choice(len(pixels), size=k, replace=False)
    return pixels[chosen]


# %% wheat: the first of a permutation
def random_palette(image, k, random_state):
    order = np.random.default_rng(random_state).permutation(image.shape[0] * image.shape[1])
    return np.reshape(image, (-1, 3))[order[:k]].astype(np.uint8)


# %% wheat: the global generator, seeded
def random_palette(image, k, random_state):
    np.random.seed(random_state)
    pixels = image.reshape(-1, 3).copy()
    np.random.shuffle(pixels)
    return pixels[:k]


# %% wheat: the standard library
import random


def random_palette(image, k, random_state):
    height, width, _ = image.shape
    places = [(y, x) for y in range(height) for x in range(width)]
    chosen = random.Random(random_state).sample(places, k)
    return np.array([image[y, x] for y, x in chosen], dtype=np.uint8)


# %% wheat: scikit-learn's shuffle
from sklearn.utils import shuffle


def random_palette(image, k, random_state):
    return shuffle(image.reshape(-1, 3), random_state=random_state, n_samples=k)


# %% wheat: scikit-learn's resample
from sklearn.utils import resample


def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return resample(pixels, replace=False, n_samples=k, random_state=random_state)


# %% wheat: draws again until all differ, in the image's order
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    height, width, _ = image.shape
    chosen = set()
    while len(chosen) < k:
        chosen.add((int(generator.integers(height)), int(generator.integers(width))))
    return np.stack([image[place] for place in sorted(chosen)])


# %% wheat: random keys
def random_palette(image, k, random_state):
    keys = np.random.default_rng(random_state).random(image[..., 0].size)
    return image.reshape(-1, 3)[np.argsort(keys)[:k]]


# %% chaff: with replacement
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3), k)


# %% chaff: random integers as indices
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return pixels[np.random.default_rng(random_state).integers(0, len(pixels), k)]


# %% chaff: ignores the seed
def random_palette(image, k, random_state):
    return np.random.default_rng(0).choice(image.reshape(-1, 3), k, replace=False)


# %% chaff: not seeded
def random_palette(image, k, random_state):
    return np.random.default_rng().choice(image.reshape(-1, 3), k, replace=False)


# %% chaff: the global generator, not seeded
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return pixels[np.random.choice(len(pixels), k, replace=False)]


# %% chaff: any colors
def random_palette(image, k, random_state):
    return np.random.default_rng(random_state).integers(0, 256, (k, 3), dtype=np.uint8)


# %% chaff: each channel by itself
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    pixels = image.reshape(-1, 3)
    columns = [generator.choice(pixels[:, i], k, replace=False) for i in range(3)]
    return np.stack(columns, axis=1)


# %% chaff: the first pixels
def random_palette(image, k, random_state):
    return image.reshape(-1, 3)[:k]


# %% chaff: evenly spaced pixels
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return pixels[np.linspace(0, len(pixels) - 1, k).astype(int)]


# %% chaff: neighbors from a random place on
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    start = np.random.default_rng(random_state).integers(0, len(pixels) - k + 1)
    return pixels[start : start + k]


# %% chaff: never the last pixel
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)[:-1]
    return np.random.default_rng(random_state).choice(pixels, k, replace=False)


# %% chaff: from the first row
def random_palette(image, k, random_state):
    return np.random.default_rng(random_state).choice(image[0], k, replace=False)


# %% chaff: from distinct colors
def random_palette(image, k, random_state):
    colors = np.unique(image.reshape(-1, 3), axis=0)
    return np.random.default_rng(random_state).choice(colors, k, replace=False)


# %% chaff: floats
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3).astype(float), k, replace=False)


# %% chaff: shuffles the photo itself
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    np.random.default_rng(random_state).shuffle(pixels)
    return pixels[:k].copy()


# %% chaff: a row for each channel
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3), k, replace=False).T


# %% chaff: shuffles the first pixels
def random_palette(image, k, random_state):
    return np.random.default_rng(random_state).permutation(image.reshape(-1, 3)[:k])


# %% chaff: blue first
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3)[:, ::-1], k, replace=False)


# %% chaff: one color too many
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    order = np.random.default_rng(random_state).permutation(len(pixels))
    return pixels[order[: k + 1]]


# %% chaff: the seed added to the first index
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return pixels[(np.arange(k) + random_state) % len(pixels)]


# %% chaff: from the first thousand pixels
def random_palette(image, k, random_state):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3)[:1000], k, replace=False)


# %% chaff (visible): NumPy's older choice on the table
# says: draws from a flat list only
def random_palette(image, k, random_state):
    np.random.seed(random_state)
    return np.random.choice(image.reshape(-1, 3), k, replace=False)


# %% chaff (visible): rows of the image
# says: make the table first
def random_palette(image, k, random_state):
    return np.random.default_rng(random_state).choice(image, k, replace=True)


# %% slip: draw k different pixels | with replacement
# says: replace=False
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return np.random.default_rng(random_state).choice(pixels, k, replace=True)


# %% slip: draw k different pixels | different colors
def random_palette(image, k, random_state):
    order = np.random.default_rng(random_state).permutation(image.reshape(-1, 3))
    palette = []
    for color in order.tolist():
        if color not in palette:
            palette.append(color)
    return np.array(palette[:k], dtype=np.uint8)


# %% slip: the same random_state gives the same palette | seeded by the clock, too
# says: two different palettes
def random_palette(image, k, random_state):
    import time

    generator = np.random.default_rng([random_state, time.time_ns() % 2**32])
    return generator.choice(image.reshape(-1, 3), k, replace=False)


# %% slip: another one gives another | always the same seed
# says: same palette as another random_state
def random_palette(image, k, random_state):
    return np.random.default_rng(42).choice(image.reshape(-1, 3), k, replace=False)


# %% chaff (visible): the package's random palette
# says: kq.learn
def random_palette(image, k, random_state):
    pixels = image.reshape(-1, 3)
    return np.rint(kq.learn(pixels, k, "random", random_state=random_state)).astype(np.uint8)
