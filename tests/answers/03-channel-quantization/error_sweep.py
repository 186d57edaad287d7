# %% wheat: loops over ks with the package's error
def error_sweep(image, ks):
    errors = np.zeros((len(ks), 2))
    for row, k in enumerate(ks):
        for column, cut in enumerate(("global", "channel")):
            errors[row, column] = kq.squared_error(image, kq.quantize(image, k, cut).image)
    return errors


# %% wheat: converts to floats and returns lists
def error_sweep(image, ks):
    exact = image.astype(float)
    return [
        [
            float(((exact - kq.quantize(image, k, cut).image) ** 2).mean())
            for cut in ("global", "channel")
        ]
        for k in ks
    ]


# %% wheat: converts to int, and joins two columns
def error_sweep(image, ks):
    def error(k, cut):
        difference = image.astype(int) - kq.quantize(image, k, cut).image.astype(int)
        return np.sum(difference**2) / image.size

    return np.column_stack([[error(k, "global") for k in ks], [error(k, "channel") for k in ks]])


# %% wheat: the mean of the channels' errors, as float32
def error_sweep(image, ks):
    rows = []
    for k in ks:
        row = []
        for cut in ("global", "channel"):
            result = kq.quantize(image, k, cut).image
            row.append(np.mean(kq.squared_error(image, result, per_channel=True)))
        rows.append(row)
    return np.array(rows, dtype=np.float32)


# %% wheat: scikit-learn's mean squared error
def error_sweep(image, ks):
    from sklearn.metrics import mean_squared_error

    def error(k, cut):
        flat = kq.quantize(image, k, cut).image.ravel().astype(float)
        return mean_squared_error(image.ravel().astype(float), flat)

    return np.array([(error(k, "global"), error(k, "channel")) for k in ks])


# %% wheat: k-means of its own on the intensities
def error_sweep(image, ks):
    from sklearn.cluster import KMeans

    def quantized(values, k):
        model = KMeans(k, n_init=3, random_state=0).fit(values.reshape(-1, 1).astype(float))
        return np.rint(model.cluster_centers_[model.labels_]).reshape(values.shape)

    errors = []
    for k in ks:
        shared = quantized(image, k)
        own = np.stack([quantized(image[..., i], k) for i in range(3)], axis=-1)
        errors.append([np.mean((image - shared) ** 2), np.mean((image - own) ** 2)])
    return np.array(errors)


# %% wheat: pixel by pixel
def error_sweep(image, ks):
    table = []
    for k in ks:
        row = []
        for cut in ("global", "channel"):
            result = kq.quantize(image, k, cut).image
            pairs = zip(image.ravel().tolist(), result.ravel().tolist(), strict=True)
            row.append(sum((a - b) ** 2 for a, b in pairs) / image.size)
        table.append(row)
    return np.array(table)


# %% chaff: differences of uint8 wrap
# says: wraps
def error_sweep(image, ks):
    cuts = ("global", "channel")
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array([[np.mean((image - r).astype(float) ** 2) for r in row] for row in results])


# %% chaff: differences and squares of uint8 wrap
def error_sweep(image, ks):
    cuts = ("global", "channel")
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array([[np.mean((image - r) ** 2) for r in row] for row in results])


# %% slip: The first column is global, the second channel-wise. | channel-wise comes first
# says: first column
def error_sweep(image, ks):
    cuts = ("channel", "global")
    return np.array(
        [[kq.squared_error(image, kq.quantize(image, k, cut).image) for cut in cuts] for k in ks]
    )


# %% slip: Return an array of shape `(len(ks), 2)`: a row for each entry of `ks`, in that order. | a row for each method
# says: row for each k
def error_sweep(image, ks):
    cuts = ("global", "channel")
    return np.array(
        [[kq.squared_error(image, kq.quantize(image, k, cut).image) for k in ks] for cut in cuts]
    )


# %% slip: Each entry is the mean squared error | sums the squares
# says: sum
def error_sweep(image, ks):
    cuts = ("global", "channel")
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array([[((image.astype(float) - r) ** 2).sum() for r in row] for row in results])


# %% chaff: divides by the pixels, not by the intensities
def error_sweep(image, ks):
    cuts = ("global", "channel")
    pixels = image.shape[0] * image.shape[1]
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array(
        [[((image.astype(float) - r) ** 2).sum() / pixels for r in row] for row in results]
    )


# %% chaff: adds the errors of the channels
def error_sweep(image, ks):
    rows = []
    for k in ks:
        shared = kq.squared_error(image, kq.quantize(image, k).image)
        own = kq.squared_error(image, kq.quantize(image, k, "channel").image, per_channel=True)
        rows.append([shared, own.sum()])
    return np.array(rows)


# %% slip: Each entry is the mean squared error | takes the root
# says: root
def error_sweep(image, ks):
    cuts = ("global", "channel")
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array([[kq.squared_error(image, r) ** 0.5 for r in row] for row in results])


# %% slip: Each entry is the mean squared error | absolute errors
def error_sweep(image, ks):
    cuts = ("global", "channel")
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array([[kq.absolute_error(image, r) for r in row] for row in results])


# %% slip: Return an array of shape `(len(ks), 2)`: a row for each entry of `ks`, in that order. | sorts ks first
# says: order of ks
def error_sweep(image, ks):
    cuts = ("global", "channel")
    return np.array(
        [
            [kq.squared_error(image, kq.quantize(image, k, cut).image) for cut in cuts]
            for k in sorted(ks)
        ]
    )


# %% chaff: sweeps powers of two whatever ks holds
def error_sweep(image, ks):
    cuts = ("global", "channel")
    return np.array(
        [
            [kq.squared_error(image, kq.quantize(image, 2**i, cut).image) for cut in cuts]
            for i in range(len(ks))
        ]
    )


# %% chaff: compares with an RGB palette
def error_sweep(image, ks):
    cuts = ("global", "rgb")
    return np.array(
        [[kq.squared_error(image, kq.quantize(image, k, cut).image) for cut in cuts] for k in ks]
    )


# %% chaff: measures red only
def error_sweep(image, ks):
    rows = []
    for k in ks:
        results = [kq.quantize(image, k, cut).image for cut in ("global", "channel")]
        rows.append([kq.squared_error(image, r, per_channel=True)[0] for r in results])
    return np.array(rows)


# %% slip: Return an array of shape `(len(ks), 2)`: a row for each entry of `ks`, in that order. | returns after the first k
# says: return line
def error_sweep(image, ks):
    for k in ks:
        results = [kq.quantize(image, k, cut).image for cut in ("global", "channel")]
        return np.array([[kq.squared_error(image, result) for result in results]])


# %% chaff: measures in decibels
def error_sweep(image, ks):
    cuts = ("global", "channel")
    results = [[kq.quantize(image, k, cut).image for cut in cuts] for k in ks]
    return np.array([[kq.peak_snr(image, r) for r in row] for row in results])


# %% chaff: into an array of integers
def error_sweep(image, ks):
    errors = np.zeros((len(ks), 2), dtype=int)
    for i, k in enumerate(ks):
        errors[i, 0] = kq.squared_error(image, kq.quantize(image, k, "global").image)
        errors[i, 1] = kq.squared_error(image, kq.quantize(image, k, "channel").image)
    return errors


# %% wheat: a dictionary of results, looked up for each entry
def error_sweep(image, ks):
    known = {}
    for k in set(ks):
        pictures = [kq.quantize(image, k, cut).image for cut in ("global", "channel")]
        known[k] = [np.square(image - picture.astype(np.int32)).mean() for picture in pictures]
    return np.array([known[k] for k in ks], dtype=np.float64)


# %% slip: Return an array of shape `(len(ks), 2)`: a row for each entry of `ks`, in that order. | one row for an entry that comes twice
# says: twice
def error_sweep(image, ks):
    rows = {}
    for k in ks:
        pictures = [kq.quantize(image, k, cut).image for cut in ("global", "channel")]
        rows[k] = [kq.squared_error(image, picture) for picture in pictures]
    return np.array(list(rows.values()))


# %% slip: Return an array of shape `(len(ks), 2)`: a row for each entry of `ks`, in that order. | from the last entry to the first
def error_sweep(image, ks):
    cuts = ("global", "channel")
    rows = [[kq.squared_error(image, kq.quantize(image, k, c).image) for c in cuts] for k in ks]
    return np.array(rows[::-1])


# %% slip: Each entry is the mean squared error | in decibels
def error_sweep(image, ks):
    cuts = ("global", "channel")
    rows = [[kq.squared_error(image, kq.quantize(image, k, c).image) for c in cuts] for k in ks]
    return 10 * np.log10(255**2 / np.array(rows))


# %% chaff: forgets .image
# says: \.image
def error_sweep(image, ks):
    cuts = ("global", "channel")
    return np.array([[kq.squared_error(image, kq.quantize(image, k, c)) for c in cuts] for k in ks])


# %% chaff: one flat row
# says: row for each k
def error_sweep(image, ks):
    errors = []
    for k in ks:
        for cut in ("global", "channel"):
            errors.append(kq.squared_error(image, kq.quantize(image, k, cut).image))
    return np.array(errors)


# %% slip: Each entry is the mean squared error | rounded to whole numbers
# says: keep the decimals
def error_sweep(image, ks):
    cuts = ("global", "channel")
    rows = [[kq.squared_error(image, kq.quantize(image, k, cut).image) for cut in cuts] for k in ks]
    return np.rint(rows)
