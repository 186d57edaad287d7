# %% wheat: KMeans on a sample
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% wheat: as in scikit-learn's gallery
from sklearn.cluster import KMeans
from sklearn.utils import shuffle


def learn_palette(image, k, n_samples=1000, random_state=0):
    w, h, d = image.shape
    array = np.array(image, dtype=np.float64).reshape(w * h, d) / 255
    count = min(n_samples, len(array))
    sample = shuffle(array, random_state=random_state, n_samples=count)
    model = KMeans(n_clusters=k, random_state=random_state).fit(sample)
    return np.round(model.cluster_centers_ * 255).astype("uint8")


# %% wheat: MiniBatchKMeans
from sklearn.cluster import MiniBatchKMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3).astype(float)
    order = np.random.RandomState(random_state).permutation(len(pixels))[:n_samples]
    model = MiniBatchKMeans(n_clusters=k, random_state=random_state, n_init=3)
    model.fit(pixels[order])
    return np.uint8(model.cluster_centers_ + 0.5)


# %% wheat: Lloyd steps of one's own, from random pixels
def learn_palette(image, k, n_samples=1000, random_state=0):
    rng = np.random.default_rng(random_state)
    pixels = image.reshape(-1, 3).astype(float)
    sample = rng.permutation(pixels)[:n_samples]
    centers = sample[:k].copy()
    for _ in range(30):
        d = ((sample[:, None] - centers) ** 2).sum(axis=2)
        nearest = d.argmin(axis=1)
        for i in range(k):
            if np.any(nearest == i):
                centers[i] = sample[nearest == i].mean(axis=0)
    return np.clip(np.rint(centers), 0, 255).astype(np.uint8)


# %% wheat: a pipeline of small functions
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    def drawn(pixels, how_many):
        generator = np.random.Generator(np.random.PCG64(random_state))
        return pixels[generator.permutation(len(pixels))][:how_many]

    def centers(sample):
        return KMeans(k, n_init=3, random_state=random_state).fit(sample).cluster_centers_

    def colors(means):
        return np.clip(np.floor(means + 0.5), 0, 255).astype(np.uint8)

    return colors(centers(drawn(image.reshape(-1, 3), n_samples)))


# %% wheat: k-means++ and a few Lloyd steps with one's own means
from sklearn.cluster import kmeans_plusplus


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3).astype(float)
    rng = np.random.RandomState(random_state)
    sample = pixels[rng.choice(len(pixels), min(n_samples, len(pixels)), replace=False)]
    centers, _ = kmeans_plusplus(sample, k, random_state=random_state)
    for _ in range(20):
        nearest = ((sample[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
        counts = np.bincount(nearest, minlength=k)
        for i in np.flatnonzero(counts):
            centers[i] = sample[nearest == i].mean(axis=0)
    return np.rint(centers).astype(np.uint8)


# %% wheat: the sample drawn with replacement
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    sample = np.random.default_rng(random_state).choice(pixels, n_samples)
    model = KMeans(k, n_init=2, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% wheat: k-means of SciPy, sorted by lightness
from scipy.cluster.vq import kmeans2


def learn_palette(image, k, n_samples=1000, random_state=0):
    rng = np.random.default_rng(random_state)
    pixels = image.reshape(-1, 3).astype(float)
    sample = rng.choice(pixels, min(len(pixels), n_samples), replace=False)
    centers, _ = kmeans2(sample, k, minit="++", seed=rng)
    return np.rint(centers[np.argsort(centers.sum(axis=1))]).astype(np.uint8)


# %% wheat: the global generator, seeded
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    np.random.seed(random_state)
    pixels = image.reshape(-1, 3)
    sample = pixels[np.random.permutation(len(pixels))[:n_samples]]
    return np.rint(KMeans(k, init="random", n_init=5).fit(sample).cluster_centers_).astype(np.uint8)


# %% wheat: float32, ten restarts
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3).astype(np.float32)
    rng = np.random.default_rng(random_state)
    sample = pixels[rng.permutation(len(pixels))[: min(n_samples, len(pixels))]]
    model = KMeans(k, n_init=10, random_state=random_state)
    model.fit(sample)
    return np.around(model.cluster_centers_).astype(np.uint8)


# %% wheat: the sample decides all, k-means itself is always seeded alike
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    order = np.random.default_rng(random_state).permutation(len(pixels))
    model = KMeans(k, n_init=1, random_state=0).fit(pixels[order[:n_samples]])
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: cuts the decimals off
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    return KMeans(k, random_state=random_state).fit(sample).cluster_centers_.astype(np.uint8)


# %% chaff: rounds up
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    centers = KMeans(k, random_state=random_state).fit(sample).cluster_centers_
    return np.ceil(centers).astype(np.uint8)


# %% chaff: floats
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    return np.rint(KMeans(k, random_state=random_state).fit(sample).cluster_centers_)


# %% chaff: a random palette
def learn_palette(image, k, n_samples=1000, random_state=0):
    generator = np.random.default_rng(random_state)
    return generator.choice(image.reshape(-1, 3), k, replace=False)


# %% chaff: fails where the image has fewer pixels than samples
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    generator = np.random.default_rng(random_state)
    sample = generator.choice(image.reshape(-1, 3), n_samples, replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: always a thousand samples
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(1000, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: all pixels
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    model = KMeans(k, n_init=1, random_state=random_state).fit(image.reshape(-1, 3))
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: the first pixels
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    sample = image.reshape(-1, 3)[:n_samples]
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: ignores the seed
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(0)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=0).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: the draw is not seeded
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    sample = np.random.default_rng().choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: k-means is not seeded
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    return np.rint(KMeans(k, n_init=1).fit(sample).cluster_centers_).astype(np.uint8)


# %% chaff: a row for each channel
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8).T


# %% chaff: blue first
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)[:, ::-1]
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff (visible): levels for each channel
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    columns = []
    for channel in sample.T:
        model = KMeans(k, n_init=1, random_state=random_state).fit(channel.reshape(-1, 1))
        columns.append(np.sort(model.cluster_centers_[:, 0])[::-1])
    return np.rint(np.stack(columns, axis=1)).astype(np.uint8)


# %% chaff: one color too many
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k + 1, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff (visible): median cut of a sample
def learn_palette(image, k, n_samples=1000, random_state=0):
    rng = np.random.default_rng(random_state)
    pixels = image.reshape(-1, 3).astype(float)
    boxes = [rng.choice(pixels, min(n_samples, len(pixels)), replace=False)]
    while len(boxes) < k:
        boxes.sort(key=lambda box: (np.ptp(box, axis=0).max(), len(box)))
        box = boxes.pop()
        axis = np.ptp(box, axis=0).argmax()
        box = box[np.argsort(box[:, axis])]
        boxes += [box[: (len(box) + 1) // 2], box[len(box) // 2 :]]
    return np.rint([box.mean(axis=0) for box in boxes]).astype(np.uint8)


# %% chaff: the most frequent colors
def learn_palette(image, k, n_samples=1000, random_state=0):
    colors, counts = np.unique(image.reshape(-1, 3), axis=0, return_counts=True)
    return colors[np.argsort(-counts)[:k]]


# %% chaff: scaled to 1 and left there
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3) / 255
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: mixes the channels up
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(3, -1).T
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: shuffles the photo itself
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    np.random.default_rng(random_state).shuffle(pixels)
    model = KMeans(k, n_init=1, random_state=random_state).fit(pixels[:n_samples])
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: every so many pixels, not at random
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    sample = pixels[:: max(len(pixels) // n_samples, 1)]
    model = KMeans(k, n_init=10, random_state=0).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff: always sixty-four colors
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(64, n_init=1, random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff (visible): the number of clusters forgotten
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(random_state=random_state).fit(sample)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff (visible): the mean colors of strips
def learn_palette(image, k, n_samples=1000, random_state=0):
    rng = np.random.default_rng(random_state)
    pixels = image.reshape(-1, 3)
    sample = rng.choice(pixels, min(n_samples, len(pixels)), replace=False)
    means = [part.mean(axis=0) for part in np.array_split(sample, k) if len(part)]
    return np.rint(means).astype(np.uint8)


# %% slip: round them | converted alone
# says: cuts decimals off
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    generator = np.random.default_rng(random_state)
    sample = generator.choice(pixels, min(n_samples, len(pixels)), replace=False)
    model = KMeans(k, n_init=1, random_state=random_state).fit(sample)
    return np.uint8(model.cluster_centers_)


# %% slip: draw n_samples pixels at random | all pixels
# says: n_samples
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = np.random.default_rng(random_state).permutation(image.reshape(-1, 3))
    model = KMeans(k, n_init=1, random_state=random_state).fit(pixels)
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% slip: draw n_samples pixels at random | evenly spaced pixels, k-means seeded
# says: draw at random
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    places = np.linspace(0, len(pixels) - 1, min(n_samples, len(pixels))).astype(int)
    model = KMeans(k, n_init=1, random_state=random_state).fit(pixels[places])
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% slip: the same random_state gives the same palette | the global generator
# says: two different palettes
from sklearn.cluster import KMeans


def learn_palette(image, k, n_samples=1000, random_state=0):
    pixels = image.reshape(-1, 3)
    chosen = np.random.permutation(len(pixels))[:n_samples]
    model = KMeans(k, n_init=1, random_state=random_state).fit(pixels[chosen])
    return np.rint(model.cluster_centers_).astype(np.uint8)


# %% chaff (visible): the package's k-means on a sample
# says: kq.learn
def learn_palette(image, k, n_samples=1000, random_state=0):
    rng = np.random.default_rng(random_state)
    pixels = image.reshape(-1, 3)
    sample = pixels[rng.choice(len(pixels), min(n_samples, len(pixels)), replace=False)]
    return np.rint(kq.learn(sample, k, "k-means", random_state=random_state)).astype(np.uint8)
