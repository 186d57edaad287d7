# %% wheat: the package's own
def quantize_channels(image, k):
    return kq.quantize(image, k, "channel").image


# %% wheat: learns, encodes and decodes each channel
def quantize_channels(image, k):
    channels = []
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        codebook = kq.learn(column, k)
        channels.append(kq.decode(kq.encode(column, codebook), codebook).reshape(image.shape[:2]))
    return np.stack(channels, axis=-1)


# %% wheat: scikit-learn's k-means, predict and centers
def quantize_channels(image, k):
    from sklearn.cluster import KMeans

    result = np.zeros(image.shape, dtype=np.uint8)
    for i in range(3):
        values = image[:, :, i].reshape(-1, 1).astype(float)
        model = KMeans(n_clusters=k, n_init=1).fit(values)
        result[:, :, i] = np.round(model.cluster_centers_[model.labels_, 0]).reshape(
            image.shape[:2]
        )
    return result


# %% wheat: quantizes each channel globally, as a gray image
def quantize_channels(image, k):
    return np.dstack([kq.quantize(np.ascontiguousarray(image[..., i]), k).image for i in range(3)])


# %% wheat: a table of 256 entries for each channel
def quantize_channels(image, k):
    result = image.copy()
    for i in range(3):
        levels = kq.learn(image[..., i].reshape(-1, 1), k).ravel()
        nearest = np.abs(np.arange(256)[:, None] - levels).argmin(axis=1)
        table = (levels[nearest] + 0.5).astype(np.uint8)
        result[..., i] = table[image[..., i]]
    return result


# %% wheat: rounds halves up, pixel by pixel
def quantize_channels(image, k):
    result = image.copy()
    for i in range(3):
        levels = [float(v) for v in kq.learn(image[..., i].reshape(-1, 1), k).ravel()]
        for y in range(image.shape[0]):
            for x in range(image.shape[1]):
                v = int(image[y, x, i])
                result[y, x, i] = int(min(levels, key=lambda level: abs(level - v)) + 0.5)
    return result


# %% wheat: mini-batch k-means with thresholds between the levels
def quantize_channels(image, k):
    from sklearn.cluster import MiniBatchKMeans

    channels = []
    for channel in np.moveaxis(image, -1, 0):
        model = MiniBatchKMeans(k, n_init=5, random_state=0).fit(channel.reshape(-1, 1))
        levels = np.sort(model.cluster_centers_.ravel())
        borders = (levels[1:] + levels[:-1]) / 2
        channels.append(np.rint(levels)[np.digitize(channel, borders)])
    return np.moveaxis(np.array(channels), 0, -1).astype("uint8")


# %% chaff: k levels for all channels at once
def quantize_channels(image, k):
    return kq.quantize(image, k, "global").image


# %% chaff: levels of red for all channels
def quantize_channels(image, k):
    codebook = kq.learn(image[..., :1].reshape(-1, 1), k)
    column = image.reshape(-1, 1)
    return kq.decode(kq.encode(column, codebook), codebook).reshape(image.shape)


# %% chaff: a palette of k colors
def quantize_channels(image, k):
    return kq.quantize(image, k, "rgb").image


# %% chaff: cuts decimals off
def quantize_channels(image, k):
    quantized = kq.quantize(image, k, "channel")
    channels = [
        codebook.ravel()[quantized.indices[..., i]]
        for i, codebook in enumerate(quantized.codebooks)
    ]
    return np.stack(channels, axis=-1).astype(np.uint8)


# %% chaff: returns floats
def quantize_channels(image, k):
    return kq.quantize(image, k, "channel").image.astype(float)


# %% chaff: swaps red and blue
def quantize_channels(image, k):
    return kq.quantize(image, k, "channel").image[..., ::-1].copy()


# %% chaff: puts the channels first
def quantize_channels(image, k):
    return np.moveaxis(kq.quantize(image, k, "channel").image, -1, 0)


# %% chaff: changes the photo in place
def quantize_channels(image, k):
    for i in range(3):
        image[..., i] = kq.quantize(np.ascontiguousarray(image[..., i]), k).image
    return image


# %% chaff: shares the k levels among the channels
def quantize_channels(image, k):
    return kq.quantize(image, max(1, k // 3), "channel").image


# %% chaff: gives three times k levels to each channel
def quantize_channels(image, k):
    return kq.quantize(image, 3 * k, "channel").image


# %% chaff: equal bins in each channel
def quantize_channels(image, k):
    return kq.quantize(image, k, "channel", "equal bins").image


# %% chaff: levels drawn at random
def quantize_channels(image, k):
    return kq.quantize(image, k, "channel", "random").image


# %% chaff: returns the indices in place of the levels
def quantize_channels(image, k):
    return kq.quantize(image, k, "channel").indices.astype(np.uint8)


# %% chaff: finds the nearest level with wrapped differences
def quantize_channels(image, k):
    result = image.copy()
    for i in range(3):
        levels = np.rint(kq.learn(image[..., i].reshape(-1, 1), k).ravel()).astype(np.uint8)
        nearest = np.abs(image[..., i, None] - levels).argmin(axis=-1)
        result[..., i] = levels[nearest]
    return result


# %% chaff: takes the next level below
def quantize_channels(image, k):
    result = image.copy()
    for i in range(3):
        levels = np.rint(kq.learn(image[..., i].reshape(-1, 1), k).ravel()).astype(np.uint8)
        below = np.searchsorted(levels, image[..., i], side="right") - 1
        result[..., i] = levels[below.clip(0)]
    return result


# %% chaff: quantizes red only
def quantize_channels(image, k):
    result = image.copy()
    result[..., 0] = kq.quantize(np.ascontiguousarray(image[..., 0]), k).image
    return result


# %% chaff: mixes up rows and columns
def quantize_channels(image, k):
    flipped = kq.quantize(image.swapaxes(0, 1).copy(), k, "channel").image
    return flipped.reshape(image.shape)


# %% chaff: returns the photo as it came
def quantize_channels(image, k):
    return image.copy()
