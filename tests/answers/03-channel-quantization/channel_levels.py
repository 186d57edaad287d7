# %% wheat: learns each channel with the package
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(column, k)[:, 0] for column in columns])


# %% chaff (visible): takes the codebooks of quantize
# says: kq\.quantize
def channel_levels(image, k):
    codebooks = kq.quantize(image, k, cut="channel").codebooks
    return np.array([codebook.ravel() for codebook in codebooks])


# %% wheat: scikit-learn's k-means on all pixels, one run
def channel_levels(image, k):
    from sklearn.cluster import KMeans

    rows = []
    for i in range(3):
        model = KMeans(n_clusters=k, n_init=1).fit(image[:, :, i].reshape(-1, 1).astype(float))
        rows.append(np.sort(model.cluster_centers_.ravel()))
    return np.array(rows)


# %% wheat: weighted k-means on the 256 intensities, as float32
def channel_levels(image, k):
    from sklearn.cluster import KMeans

    values = np.arange(256.0).reshape(-1, 1)
    levels = np.empty((3, k), dtype=np.float32)
    for i, channel in enumerate(np.moveaxis(image, -1, 0)):
        counts = np.bincount(channel.ravel(), minlength=256)
        model = KMeans(k, n_init=4, random_state=i).fit(values, sample_weight=counts)
        levels[i] = sorted(model.cluster_centers_[:, 0])
    return levels


# %% wheat: mini-batch k-means on all pixels
def channel_levels(image, k):
    from sklearn.cluster import MiniBatchKMeans

    pixels = image.reshape(-1, 3)
    models = [MiniBatchKMeans(k, n_init=5, random_state=0).fit(pixels[:, [i]]) for i in range(3)]
    return np.sort([model.cluster_centers_.ravel() for model in models], axis=1)


# %% wheat: Lloyd's steps in plain Python from evenly spread values, as lists
def channel_levels(image, k):
    rows = []
    for i in range(3):
        values = sorted(int(v) for v in image[..., i].ravel())
        span = values[-1] - values[0]
        levels = [values[0] + (j + 0.5) * span / k for j in range(k)]
        for _ in range(40):
            groups = [[] for _ in range(k)]
            for v in values:
                groups[min(range(k), key=lambda j: abs(v - levels[j]))].append(v)
            levels = [
                sum(group) / len(group) if group else level
                for group, level in zip(groups, levels, strict=True)
            ]
        rows.append([float(level) for level in levels])
    return rows


# %% wheat: SciPy's k-means, the best of many starts
def channel_levels(image, k):
    from scipy.cluster.vq import kmeans

    def one(channel):
        codebook, _ = kmeans(channel.reshape(-1, 1).astype(float), k, iter=20)
        return np.sort(codebook[:, 0])

    return np.vstack([one(image[..., i]) for i in range(3)])


# %% wheat: dynamic programming over the sorted intensities
def channel_levels(image, k):
    def one(channel):
        values, counts = np.unique(channel, return_counts=True)
        n = len(values)
        first = np.concatenate([[0], np.cumsum(counts * values.astype(float))])
        second = np.concatenate([[0], np.cumsum(counts * values.astype(float) ** 2)])
        weight = np.concatenate([[0], np.cumsum(counts)])

        def cost(i, j):
            total = first[j] - first[i]
            return second[j] - second[i] - total * total / (weight[j] - weight[i])

        best = {0: (0.0, ())}
        for _ in range(k):
            following = {}
            for j in range(1, n + 1):
                options = [(best[i][0] + cost(i, j), best[i][1] + (j,)) for i in best if i < j]
                if options:
                    following[j] = min(options)
            best = following
        ends = (0,) + best[n][1]
        return [
            (first[j] - first[i]) / (weight[j] - weight[i])
            for i, j in zip(ends, ends[1:], strict=False)
        ]

    return np.array([one(image[..., i]) for i in range(3)])


# %% chaff: levels of all channels at once, three times
# says: own channel
def channel_levels(image, k):
    levels = kq.learn(image.reshape(-1, 1), k).ravel()
    return np.tile(levels, (3, 1))


# %% chaff: levels of red for all channels
# says: own channel
def channel_levels(image, k):
    levels = kq.learn(image[..., :1].reshape(-1, 1), k).ravel()
    return np.stack([levels, levels, levels])


# %% slip: Return an array of shape `(3, k)`: rows in the order R, G, B. | B, G, R
# says: R, G, B
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")[::-1]
    return np.stack([kq.learn(column, k).ravel() for column in columns])


# %% slip: Return an array of shape `(3, k)`: rows in the order R, G, B. | a column for each channel
# says: \.T
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(column, k).ravel() for column in columns], axis=1)


# %% slip: Each row ascends. | leaves the centers of k-means as they come
# says: np\.sort
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(column, k).ravel()[::-1] for column in columns])


# %% slip: Return an array of shape `(3, k)`: rows in the order R, G, B. | leaves the levels as columns
# says: ravel
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(column, k) for column in columns])


# %% slip: The squared error of each channel with its levels may be at most 10 % above the best possible one | equal bins between the smallest and the largest intensity
def channel_levels(image, k):
    low = image.min(axis=(0, 1)).astype(float)[:, None]
    high = image.max(axis=(0, 1)).astype(float)[:, None]
    return low + (np.arange(k) + 0.5) * (high - low) / k


# %% slip: The squared error of each channel with its levels may be at most 10 % above the best possible one | equal bins of 0 to 255
# says: spread evenly
def channel_levels(image, k):
    return np.tile((np.arange(k) + 0.5) * 255 / k, (3, 1))


# %% slip: The squared error of each channel with its levels may be at most 10 % above the best possible one | equal shares
def channel_levels(image, k):
    shares = (np.arange(k) + 0.5) / k
    return np.stack([np.quantile(image[..., i], shares) for i in range(3)])


# %% slip: The squared error of each channel with its levels may be at most 10 % above the best possible one | means of equal shares
def channel_levels(image, k):
    ordered = np.sort(image.reshape(-1, 3), axis=0)
    return np.array([[p.mean() for p in np.array_split(ordered[:, i], k)] for i in range(3)])


# %% chaff: the k colors of a palette, each channel sorted
def channel_levels(image, k):
    palette = kq.learn(image.reshape(-1, 3), k)
    return np.sort(palette.T, axis=1)


# %% slip: Leave the levels unrounded. | rounds them
# says: unrounded
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([np.rint(kq.learn(column, k).ravel()) for column in columns])


# %% slip: Leave the levels unrounded. | rounds and converts them to integers
# says: unrounded
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([np.rint(kq.learn(column, k).ravel()).astype(int) for column in columns])


# %% chaff: shares the k levels among the channels
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    rows = [kq.learn(column, max(k // 3, 1)).ravel() for column in columns]
    return np.stack([np.resize(row, k) for row in rows])


# %% chaff: takes thirds of the image for channels
def channel_levels(image, k):
    thirds = image.reshape(3, -1, 1)
    return np.stack([kq.learn(np.ascontiguousarray(third), k).ravel() for third in thirds])


# %% chaff: ignores k
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(column, 2).ravel() for column in columns])


# %% chaff: learns from the first row only
def channel_levels(image, k):
    columns = kq.cut_image(image[:1].copy(), "channel")
    return np.stack([kq.learn(column, k).ravel() for column in columns])


# %% slip: The squared error of each channel with its levels may be at most 10 % above the best possible one | forgets how often an intensity occurs
# says: as often as it occurs
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(np.unique(column)[:, None], k).ravel() for column in columns])


# %% slip: Leave the image as it is. | sorts its channels in place
# says: changes its input
def channel_levels(image, k):
    pixels = image.reshape(-1, 3)
    pixels.sort(axis=0)
    return np.stack([kq.learn(pixels[:, [i]], k).ravel() for i in range(3)])


# %% chaff: k-means on the counts
def channel_levels(image, k):
    from sklearn.cluster import KMeans

    counts = [np.bincount(image[..., i].ravel(), minlength=256) for i in range(3)]
    fits = [KMeans(k, n_init=1, random_state=0).fit(each.reshape(-1, 1)) for each in counts]
    return np.stack([np.sort(fit.cluster_centers_.ravel()) for fit in fits])


# %% wheat: a class of its own, halves of float32, a list of arrays
def channel_levels(image, k):
    planes = [plane.ravel() for plane in np.rollaxis(image, 2)]
    return [np.float32(kq.learn(plane.reshape(-1, 1), k)).ravel() for plane in planes]


# %% wheat: a helper called quantize
def channel_levels(image, k):
    def quantize(channel):
        column = np.ascontiguousarray(channel).reshape(-1, 1)
        return sorted(float(level) for level in kq.learn(column, k).ravel())

    return tuple(quantize(image[:, :, i]) for i in (0, 1, 2))


# %% slip: Leave the levels unrounded. | cuts decimals off
# says: unrounded
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([kq.learn(column, k).ravel() for column in columns]).astype(int)


# %% slip: Each row ascends. | from the highest down
# says: ascend
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.stack([np.sort(kq.learn(column, k).ravel())[::-1] for column in columns])


# %% slip: Return an array of shape `(3, k)`: rows in the order R, G, B. | all levels in one row
# says: np\.stack
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.concatenate([kq.learn(column, k).ravel() for column in columns])


# %% slip: The squared error of each channel with its levels may be at most 10 % above the best possible one | KMeans on 0 to 255 without their counts
# says: sample_weight
def channel_levels(image, k):
    from sklearn.cluster import KMeans

    values = np.arange(256.0).reshape(-1, 1)
    model = KMeans(k, n_init=4, random_state=0).fit(values)
    return np.tile(np.sort(model.cluster_centers_.ravel()), (3, 1))


# %% slip: Leave the image as it is. | squeezes it in place
# says: changes its input
def channel_levels(image, k):
    pixels = image.reshape(-1, 3)
    rows = []
    for i in range(3):
        rows.append(kq.learn(pixels[:, [i]], k).ravel())
        pixels[:, i] = 0
    return np.stack(rows)


# %% chaff: sorts the columns
# says: axis=1
def channel_levels(image, k):
    columns = kq.cut_image(image, "channel")
    return np.sort(np.stack([kq.learn(column, k).ravel() for column in columns]), axis=0)


# %% chaff: learns from the photo of the notebook
# says: handed in
def channel_levels(image, k):
    columns = kq.cut_image(photo, "channel")
    return np.stack([kq.learn(column, k).ravel() for column in columns])
