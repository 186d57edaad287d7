# %% wheat: the exact levels of the package
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% chaff (visible): one call
# says: kq\.quantize
def quantize_global(image, k):
    return kq.quantize(image, k).image


# %% wheat: KMeans on all intensities, warnings and all
from sklearn.cluster import KMeans


def quantize_global(image, k):
    model = KMeans(n_clusters=k).fit(image.reshape(-1, 1))
    levels = np.rint(model.cluster_centers_).astype(np.uint8)
    return levels[model.labels_].reshape(image.shape)


# %% wheat: KMeans with ten restarts on counts
from sklearn.cluster import KMeans


def quantize_global(image, k):
    values, counts = np.unique(image, return_counts=True)
    model = KMeans(min(k, len(values)), n_init=10, random_state=3)
    model.fit(values.reshape(-1, 1), sample_weight=counts)
    table = np.zeros(256, dtype=np.uint8)
    table[values] = np.rint(model.cluster_centers_[model.labels_, 0])
    return table[image]


# %% wheat: MiniBatchKMeans on a sample
from sklearn.cluster import MiniBatchKMeans


def quantize_global(image, k):
    column = image.reshape(-1, 1)
    sample = np.random.default_rng().choice(column, 20_000)
    model = MiniBatchKMeans(k).fit(sample)
    centers = np.round(model.cluster_centers_)[model.predict(column)]
    return np.uint8(centers.reshape(image.shape))


# %% wheat: MiniBatchKMeans on all intensities
from sklearn.cluster import MiniBatchKMeans


def quantize_global(image, k):
    values = image.reshape(-1, 1).astype(float)
    model = MiniBatchKMeans(n_clusters=k, random_state=0)
    labels = model.fit_predict(values)
    return (model.cluster_centers_ + 0.5).astype(np.uint8)[labels, 0].reshape(image.shape)


# %% wheat: Lloyd steps from quantiles of the distinct intensities
def quantize_global(image, k):
    values, counts = np.unique(image, return_counts=True)
    levels = np.quantile(values, (np.arange(k) + 0.5) / k)
    for _ in range(200):
        nearest = np.abs(values[:, None] - levels).argmin(axis=1)
        for i in set(nearest):
            levels[i] = np.average(values[nearest == i], weights=counts[nearest == i])
    table = np.zeros(256, dtype=np.uint8)
    table[values] = np.rint(levels[np.abs(values[:, None] - levels).argmin(axis=1)])
    return table[image]


# %% slip: The squared error may be at most 10 % above the best possible one | Lloyd steps from equal bins, until nothing moves
# says: Lloyd steps
def quantize_global(image, k):
    values = np.arange(256)
    counts = np.bincount(image.ravel(), minlength=256)
    levels = (np.arange(k) + 0.5) * 255 / k
    for _ in range(300):
        nearest = np.abs(values[:, None] - levels).argmin(axis=1)
        for i in range(k):
            if counts[nearest == i].sum():
                levels[i] = np.average(values[nearest == i], weights=counts[nearest == i])
    nearest = np.abs(values[:, None] - levels).argmin(axis=1)
    return np.rint(levels[nearest]).astype(np.uint8)[image]


# %% wheat: dynamic programming in plain Python
def quantize_global(image, k):
    values, counts = np.unique(image, return_counts=True)
    n = len(values)
    w, s, q = (
        np.concatenate([[0.0], np.cumsum(counts * values.astype(float) ** p)]) for p in range(3)
    )
    cost = [
        [q[j] - q[i] - (s[j] - s[i]) ** 2 / (w[j] - w[i]) if j > i else 0.0 for j in range(n + 1)]
        for i in range(n + 1)
    ]
    best, cuts = [cost[0][j] for j in range(n + 1)], []
    for _ in range(min(k, n) - 1):
        cut = [min(range(j + 1), key=lambda i: best[i] + cost[i][j]) for j in range(n + 1)]
        best = [best[cut[j]] + cost[cut[j]][j] for j in range(n + 1)]
        cuts.append(cut)
    table, end = np.zeros(256, dtype=np.uint8), n
    for cut in [*reversed(cuts), [0] * (n + 1)]:
        start = cut[end]
        if end > start:
            table[values[start:end]] = round((s[end] - s[start]) / (w[end] - w[start]))
        end = start
    return table[image]


# %% slip: The squared error may be at most 10 % above the best possible one | equal bins
# says: equal bins
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k, "equal bins")
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% slip: Round the levels | cuts their decimals off
# says: cuts decimals off
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return np.uint8(levels)[kq.encode(column, levels)].reshape(image.shape)


# %% slip: Return a `uint8` array of the image's shape, with at most k distinct intensities. | levels for each channel
# says: at most
def quantize_global(image, k):
    image, result = np.atleast_3d(image), np.empty(np.atleast_3d(image).shape, np.uint8)
    for i in range(image.shape[2]):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result if image.shape[2] == 3 else result[..., 0]


# %% chaff: k colors in place of k intensities
def quantize_global(image, k):
    rows = image.reshape(-1, 3 if image.ndim == 3 else 1)
    colors = kq.learn(rows, k)
    return kq.decode(kq.encode(rows, colors), colors).reshape(image.shape)


# %% slip: The squared error may be at most 10 % above the best possible one | k intensities drawn at random
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k, "random", random_state=5)
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% slip: The squared error may be at most 10 % above the best possible one | equal shares
# says: equal shares
def quantize_global(image, k):
    levels = np.quantile(image, (np.arange(k) + 0.5) / k)
    nearest = np.abs(np.arange(256)[:, None] - levels).argmin(axis=1)
    return np.rint(levels[nearest]).astype(np.uint8)[image]


# %% slip: Return a `uint8` array of the image's shape, with at most k distinct intensities. | floats
# says: np\.rint
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return levels[kq.encode(column, levels)].reshape(image.shape)


# %% chaff: returns indices
# says: indices
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    return kq.encode(column, kq.learn(column, k)).reshape(image.shape)


# %% chaff: sorts the centers but not the labels
# says: do not sort
from sklearn.cluster import KMeans


def quantize_global(image, k):
    model = KMeans(k, random_state=1).fit(image.reshape(-1, 1))
    levels = np.rint(np.sort(model.cluster_centers_, axis=0)[::-1]).astype(np.uint8)
    order = np.argsort(model.cluster_centers_[:, 0])
    return levels[np.argsort(order)[model.labels_]].reshape(image.shape)


# %% slip: Return a `uint8` array of the image's shape, with at most k distinct intensities. | a column
# says: reshape
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return kq.decode(kq.encode(column, levels), levels)


# %% chaff: swaps height and width
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    decoded = kq.decode(kq.encode(column, levels), levels)
    return decoded.reshape(image.shape[1], image.shape[0], *image.shape[2:])


# %% chaff: learns from the first channel
def quantize_global(image, k):
    first = image[..., 0] if image.ndim == 3 else image
    levels = kq.learn(first.reshape(-1, 1), k)
    return kq.decode(kq.encode(image.reshape(-1, 1), levels), levels).reshape(image.shape)


# %% chaff: learns from the first rows
def quantize_global(image, k):
    levels = kq.learn(image.reshape(-1, 1)[:500], k)
    return kq.decode(kq.encode(image.reshape(-1, 1), levels), levels).reshape(image.shape)


# %% chaff: forgets how often an intensity occurs
def quantize_global(image, k):
    levels = kq.learn(np.unique(image).reshape(-1, 1), k)
    return kq.decode(kq.encode(image.reshape(-1, 1), levels), levels).reshape(image.shape)


# %% chaff: one level too few
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, max(k - 1, 1))
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% slip: Return a `uint8` array of the image's shape, with at most k distinct intensities. | one level too many
# says: at most
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k + 1)
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% chaff: always eight levels
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, 8)
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% chaff: turns color to gray
def quantize_global(image, k):
    gray = image if image.ndim == 2 else image.mean(axis=2).astype(np.uint8)
    column = gray.reshape(-1, 1)
    levels = kq.learn(column, k)
    return kq.decode(kq.encode(column, levels), levels).reshape(gray.shape)


# %% slip: It must work where the image has fewer than k intensities | raises an error
# says: too few intensities
def quantize_global(image, k):
    if len(np.unique(image)) < k:
        raise ValueError("too few intensities")
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% slip: Leave the image as it is. | changes it in place
# says: changes its input
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    image[...] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape)
    return image


# %% chaff: gray images only
def quantize_global(image, k):
    height, width = image.shape
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return kq.decode(kq.encode(column, levels), levels).reshape(height, width)


# %% slip: The squared error may be at most 10 % above the best possible one | a single Lloyd step from equal bins
# says: Lloyd steps
def quantize_global(image, k):
    counts = np.bincount(image.ravel(), minlength=256)
    values, levels = np.arange(256), (np.arange(k) + 0.5) * 255 / k
    nearest = np.abs(values[:, None] - levels).argmin(axis=1)
    for i in range(k):
        if counts[nearest == i].sum():
            levels[i] = np.average(values[nearest == i], weights=counts[nearest == i])
    nearest = np.abs(values[:, None] - levels).argmin(axis=1)
    return np.rint(levels[nearest]).astype(np.uint8)[image]


# %% slip: The squared error may be at most 10 % above the best possible one | the most frequent intensities
def quantize_global(image, k):
    levels = np.argsort(np.bincount(image.ravel(), minlength=256))[-k:]
    nearest = np.abs(np.arange(256)[:, None] - levels).argmin(axis=1)
    return levels[nearest].astype(np.uint8)[image]


# %% chaff: learns from the photo of the notebook
def quantize_global(image, k):
    levels = kq.learn(values.reshape(-1, 1), k)
    return kq.decode(kq.encode(image.reshape(-1, 1), levels), levels).reshape(image.shape)


# %% chaff: hands a vector to kq.learn
def quantize_global(image, k):
    return kq.decode(kq.encode(image, kq.learn(image.reshape(-1), k)), kq.learn(image, k))


# %% chaff: hands a vector to scikit-learn
from sklearn.cluster import MiniBatchKMeans


def quantize_global(image, k):
    model = MiniBatchKMeans(k, random_state=0).fit(image.ravel())
    return np.rint(model.cluster_centers_)[model.labels_].astype(np.uint8).reshape(image.shape)


# %% chaff: returns the labels of scikit-learn
from sklearn.cluster import KMeans


def quantize_global(image, k):
    return KMeans(k, random_state=0).fit(image.reshape(-1, 1)).labels_.reshape(image.shape)


# %% wheat: the lesson's recipe, another seed each time
from sklearn.cluster import MiniBatchKMeans


def quantize_global(image, k):
    sample = np.random.default_rng().choice(image.reshape(-1), 20_000)
    model = MiniBatchKMeans(k, n_init=3).fit(sample.reshape(-1, 1))
    levels = np.rint(model.cluster_centers_.ravel()).astype(np.uint8)
    return levels[model.predict(image.reshape(-1, 1))].reshape(image.shape)


# %% wheat: the best two borders of all, and halves of halves for more
def quantize_global(image, k):
    levels = kq.learn(np.sort(image.ravel()).reshape(-1, 1), k).ravel()
    table = np.rint(levels[np.abs(np.arange(256)[:, None] - levels).argmin(axis=1)])
    return np.take(table, image).astype(np.uint8)


# %% wheat: a dictionary of colors for whoever counts fewer
def quantize_global(image, k):
    values = np.unique(image)
    if len(values) <= k:
        return image
    levels = kq.learn(image.reshape(-1, 1), k).ravel()
    table = {int(v): int(np.rint(min(levels, key=lambda level: abs(level - v)))) for v in values}
    return np.array([table[int(v)] for v in image.ravel()], np.uint8).reshape(image.shape)


# %% slip: The squared error may be at most 10 % above the best possible one | three Lloyd steps from equal bins
# says: Lloyd steps
def quantize_global(image, k):
    counts = np.bincount(image.ravel(), minlength=256)
    values, levels = np.arange(256), (np.arange(k) + 0.5) * 255 / k
    for _ in range(3):
        nearest = np.abs(values[:, None] - levels).argmin(axis=1)
        for i in range(k):
            if counts[nearest == i].sum():
                levels[i] = np.average(values[nearest == i], weights=counts[nearest == i])
    nearest = np.abs(values[:, None] - levels).argmin(axis=1)
    return np.rint(levels[nearest]).astype(np.uint8)[image]


# %% slip: Return a `uint8` array of the image's shape, with at most k distinct intensities. | 64-bit whole numbers
# says: uint8
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return np.rint(levels)[kq.encode(column, levels)].astype(int).reshape(image.shape)


# %% slip: It must work where the image has fewer than k intensities | draws k different intensities to start from
def quantize_global(image, k):
    values = np.unique(image)
    start = np.random.default_rng(0).choice(values, k, replace=False)
    column = image.reshape(-1, 1)
    levels = kq.learn(column, len(start))
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% slip: Leave the image as it is. | rounds it in place at the end
# says: changes its input
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    column[:] = kq.decode(kq.encode(column, levels), levels)
    return image


# %% slip: Round the levels | rounds them up
# says: np\.ceil
def quantize_global(image, k):
    column = image.reshape(-1, 1)
    levels = np.ceil(kq.learn(column, k))
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)
