# %% chaff (visible): the package's own
# says: kq\.quantize
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


# %% chaff (visible): the package's own for each channel
# says: kq\.quantize
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
# says: all channels at once
def quantize_channels(image, k):
    column = image.reshape(-1, 1)
    levels = kq.learn(column, k)
    return kq.decode(kq.encode(column, levels), levels).reshape(image.shape)


# %% chaff: levels of red for all channels
# says: one channel in all three
def quantize_channels(image, k):
    codebook = kq.learn(image[..., :1].reshape(-1, 1), k)
    column = image.reshape(-1, 1)
    return kq.decode(kq.encode(column, codebook), codebook).reshape(image.shape)


# %% chaff: a palette of k colors
def quantize_channels(image, k):
    pixels = image.reshape(-1, 3)
    palette = kq.learn(pixels, k)
    return kq.decode(kq.encode(pixels, palette), palette).reshape(image.shape)


# %% slip: Round the levels | cuts their decimals off
# says: cuts decimals off
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k).ravel()
        result[..., i] = levels[kq.encode(column, levels[:, None])].reshape(image.shape[:2])
    return result


# %% slip: Return a `uint8` array of the image's shape, with at most *k* different intensities in each channel. | rounded floats
# says: uint8
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result.astype(float)


# %% chaff: swaps red and blue
# says: R, G, B
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result[..., ::-1]


# %% slip: Return a `uint8` array of the image's shape, with at most *k* different intensities in each channel. | the channels first
# says: channels come last
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return np.moveaxis(result, -1, 0)


# %% slip: Leave the image as it is. | changes it in place
# says: changes its input
def quantize_channels(image, k):
    result = image
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% chaff: shares the k levels among the channels
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, max(1, k // 3))
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% slip: Return a `uint8` array of the image's shape, with at most *k* different intensities in each channel. | three times k levels in each channel
# says: at most
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, 3 * k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% slip: Each channel's squared error may be at most 10 % above the best possible one | equal bins in each channel
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k, "equal bins")
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% slip: Each channel's squared error may be at most 10 % above the best possible one | levels drawn at random
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k, "random")
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% chaff: returns the indices in place of the levels
# says: indices
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.encode(column, levels).reshape(image.shape[:2])
    return result


# %% chaff: finds the nearest level with wrapped differences
# says: wrap
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
    column = image[..., 0].reshape(-1, 1)
    levels = kq.learn(column, k)
    result[..., 0] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% chaff: mixes up rows and columns
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].T.reshape(-1, 1)
        levels = kq.learn(column, k)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% chaff: returns the photo as it came
def quantize_channels(image, k):
    return image.copy()


# %% wheat: whole numbers of 64 bits, clipped and converted at the end
def quantize_channels(image, k):
    result = np.zeros(image.shape, dtype=int)
    for i, channel in enumerate(np.moveaxis(image, -1, 0)):
        levels = kq.learn(channel.reshape(-1, 1), k)[:, 0]
        distances = np.abs(channel[..., None].astype(int) - levels)
        result[..., i] = np.rint(np.take(levels, distances.argmin(axis=-1)))
    return result.clip(0, 255).astype(np.uint8)


# %% wheat: a list of columns, joined
def quantize_channels(image, k):
    columns = kq.cut_image(image, "channel")
    books = [kq.learn(column, k) for column in columns]
    pairs = zip(columns, books, strict=True)
    decoded = [kq.decode(kq.encode(column, book), book) for column, book in pairs]
    return np.hstack(decoded).reshape(image.shape)


# %% slip: Return a `uint8` array of the image's shape, with at most *k* different intensities in each channel. | floats with their decimals
# says: np\.rint
def quantize_channels(image, k):
    channels = []
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k).ravel()
        channels.append(levels[kq.encode(column, levels[:, None])].reshape(image.shape[:2]))
    return np.stack(channels, axis=-1)


# %% slip: Return a `uint8` array of the image's shape, with at most *k* different intensities in each channel. | pixels in a table
# says: image's shape
def quantize_channels(image, k):
    columns = kq.cut_image(image, "channel")
    books = [kq.learn(column, k) for column in columns]
    pairs = zip(columns, books, strict=True)
    return np.hstack([kq.decode(kq.encode(column, book), book) for column, book in pairs])


# %% slip: Return a `uint8` array of the image's shape, with at most *k* different intensities in each channel. | one level too many
# says: at most
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k + 1)
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result


# %% slip: Each channel's squared error may be at most 10 % above the best possible one | a few steps from equal bins
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        channel, levels = image[..., i], (np.arange(k) + 0.5) * 255 / k
        for _ in range(2):
            nearest = np.abs(channel[..., None] - levels).argmin(axis=-1)
            levels = np.array(
                [
                    channel[nearest == j].mean() if np.any(nearest == j) else levels[j]
                    for j in range(k)
                ]
            )
        nearest = np.abs(channel[..., None] - levels).argmin(axis=-1)
        result[..., i] = np.rint(levels)[nearest]
    return result


# %% slip: Leave the image as it is. | writes each channel back
# says: changes its input
def quantize_channels(image, k):
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = kq.learn(column, k)
        image[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return image.copy()


# %% slip: Round the levels | rounds them up
# says: np\.ceil
def quantize_channels(image, k):
    result = np.empty_like(image)
    for i in range(3):
        column = image[..., i].reshape(-1, 1)
        levels = np.ceil(kq.learn(column, k))
        result[..., i] = kq.decode(kq.encode(column, levels), levels).reshape(image.shape[:2])
    return result
