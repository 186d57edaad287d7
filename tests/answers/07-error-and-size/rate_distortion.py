# %% wheat: the package
def rate_distortion(image, ks):
    results = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in results])


# %% wheat: a list of tuples
def rate_distortion(image, ks):
    height, width, _ = image.shape
    rows = []
    for k in ks:
        rate = kq.index_bits(k) + 24 * k / (height * width)
        rows.append((rate, kq.peak_snr(image, kq.quantize(image, k, cut="rgb").image)))
    return rows


# %% wheat: KMeans on all pixels
from sklearn.cluster import KMeans


def rate_distortion(image, ks):
    pixels = image.reshape(-1, 3).astype(float)
    table = np.zeros((len(ks), 2))
    for i, k in enumerate(ks):
        model = KMeans(n_clusters=k).fit(pixels)
        decoded = np.rint(model.cluster_centers_)[model.labels_]
        error = np.mean((pixels - decoded) ** 2)
        bits = len(pixels) * np.ceil(np.log2(k)) + 24 * k
        table[i] = bits / len(pixels), 10 * np.log10(255**2 / error)
    return table


# %% wheat: KMeans on a sample of 1,000 pixels, truncated
from sklearn.cluster import KMeans


def rate_distortion(image, ks):
    pixels = image.reshape(-1, 3)
    sample = np.random.default_rng().choice(pixels, 1000, replace=False)
    rates, psnrs = [], []
    for k in ks:
        model = KMeans(k, n_init=4).fit(sample)
        decoded = model.cluster_centers_.astype(np.uint8)[model.predict(pixels)]
        rates.append(np.ceil(np.log2(k)) + 24 * k / len(pixels))
        psnrs.append(kq.peak_snr(image, decoded.reshape(image.shape)))
    return np.column_stack([rates, psnrs])


# %% wheat: MiniBatchKMeans
from sklearn.cluster import MiniBatchKMeans


def rate_distortion(image, ks):
    pixels = image.reshape(-1, 3)
    table = []
    for k in ks:
        model = MiniBatchKMeans(k, n_init=3, random_state=0).fit(pixels)
        decoded = np.rint(model.cluster_centers_).astype(np.uint8)[model.labels_]
        psnr = kq.peak_snr(image, decoded.reshape(image.shape))
        table.append([kq.index_bits(k) + 24 * k / len(pixels), psnr])
    return np.array(table)


# %% wheat: scikit-image's PSNR, float32
from skimage.metrics import peak_signal_noise_ratio


def rate_distortion(image, ks):
    n = image.shape[0] * image.shape[1]
    found = [kq.quantize(image, k, "rgb", "sample k-means").image for k in ks]
    psnr = [peak_signal_noise_ratio(image, each) for each in found]
    return np.array([[kq.index_bits(k) + 24 * k / n for k in ks], psnr], dtype=np.float32).T


# %% wheat: the Centroid Neural Network
def rate_distortion(image, ks):
    table = np.empty((len(ks), 2))
    for row, k in zip(table, ks):
        q = kq.quantize(image, k, "rgb", "centnn")
        row[:] = kq.fixed_rate_bits(q) / q.indices.size, kq.peak_snr(image, q.image)
    return table


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.rate_distortion_sweep
def rate_distortion(image, ks):
    rows = kq.rate_distortion_sweep(image, ["rgb"], ks=ks)
    return np.array([[row.fixed_rate_bits_per_pixel, row.peak_snr] for row in rows])


# %% wheat: Pillow's median cut
from PIL import Image


def rate_distortion(image, ks):
    table = []
    for k in ks:
        decoded = np.array(Image.fromarray(image).quantize(k, method=0, dither=0).convert("RGB"))
        rate = kq.index_bits(k) + 24 * k / decoded[..., 0].size
        table.append([rate, kq.peak_snr(image, decoded)])
    return np.array(table)


# %% slip: The palette is part of the rate | left out
# says: palette belongs to the rate
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb").image for k in ks]
    return np.array([[kq.index_bits(k), kq.peak_snr(image, q)] for k, q in zip(ks, found)])


# %% chaff (visible): all bits, not per pixel
# says: divide them by the number of pixels
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array([[kq.fixed_rate_bits(q), kq.peak_snr(image, q.image)] for q in found])


# %% chaff: per intensity
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array(
        [[kq.fixed_rate_bits(q) / image.size, kq.peak_snr(image, q.image)] for q in found]
    )


# %% chaff (visible): columns swapped
# says: first column is the rate
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array([[kq.peak_snr(image, q.image), kq.bits_per_pixel(q)] for q in found])


# %% chaff: two rows
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found]).T


# %% slip: The PSNR is that of a learned palette of k colors | levels in place of colors
# says: levels for all channels
def rate_distortion(image, ks):
    n = image.shape[0] * image.shape[1]
    found = [kq.quantize(image, k).image for k in ks]
    return np.array(
        [[kq.index_bits(k) + 24 * k / n, kq.peak_snr(image, q)] for k, q in zip(ks, found)]
    )


# %% chaff: global quantization and its bits
def rate_distortion(image, ks):
    found = [kq.quantize(image, k) for k in ks]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found])


# %% slip: The PSNR is that of a learned palette of k colors | a random one
# says: a learned palette
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb", "random") for k in ks]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found])


# %% slip: The rows come in the order of ks | sorts them
# says: in the order of ks
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in sorted(ks)]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found])


# %% chaff: sorts ks in place
def rate_distortion(image, ks):
    ks.sort()
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found])


# %% chaff: squared error
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array([[kq.bits_per_pixel(q), kq.squared_error(image, q.image)] for q in found])


# %% chaff: log2 not rounded
def rate_distortion(image, ks):
    n = image.shape[0] * image.shape[1]
    found = [kq.quantize(image, k, "rgb").image for k in ks]
    return np.array([[np.log2(k) + 24 * k / n, kq.peak_snr(image, q)] for k, q in zip(ks, found)])


# %% chaff: the bytes of a PNG
def rate_distortion(image, ks):
    n = image.shape[0] * image.shape[1]
    found = [kq.quantize(image, k, "rgb").image for k in ks]
    return np.array([[8 * len(kq.png_bytes(q)) / n, kq.peak_snr(image, q)] for q in found])


# %% chaff: uint8 wraps
def rate_distortion(image, ks):
    table = []
    for k in ks:
        q = kq.quantize(image, k, "rgb")
        error = np.mean((image - q.image) ** 2)
        table.append([kq.bits_per_pixel(q), 10 * np.log10(255**2 / error)])
    return np.array(table)


# %% chaff: peak 1
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    psnrs = [-10 * np.log10(kq.squared_error(image, q.image)) for q in found]
    return np.array([[kq.bits_per_pixel(q), psnr] for q, psnr in zip(found, psnrs)])


# %% chaff: the error summed over the channels
def rate_distortion(image, ks):
    table = []
    for k in ks:
        q = kq.quantize(image, k, "rgb")
        error = ((image.astype(float) - q.image) ** 2).sum(axis=2).mean()
        table.append([kq.bits_per_pixel(q), 10 * np.log10(255**2 / error)])
    return np.array(table)


# %% chaff: always the ks of the example
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in (4, 16)]
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found])


# %% chaff: the first k only
def rate_distortion(image, ks):
    q = kq.quantize(image, ks[0], "rgb")
    return np.array([[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)]] * len(ks))


# %% chaff: transposed
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    return np.array(
        [[kq.bits_per_pixel(q) for q in found], [kq.peak_snr(image, q.image) for q in found]]
    )


# %% chaff: whole numbers
def rate_distortion(image, ks):
    found = [kq.quantize(image, k, "rgb") for k in ks]
    rows = [[kq.bits_per_pixel(q), kq.peak_snr(image, q.image)] for q in found]
    return np.array(rows).astype(int)


# %% chaff: the palette over all intensities
def rate_distortion(image, ks):
    found = [(k, kq.quantize(image, k, "rgb").image) for k in ks]
    return np.array(
        [[kq.index_bits(k) + 24 * k / image.size, kq.peak_snr(image, q)] for k, q in found]
    )


# %% chaff: uint8 wraps before the squares
def rate_distortion(image, ks):
    table = []
    for k in ks:
        q = kq.quantize(image, k, "rgb")
        error = np.mean((image - q.image).astype(float) ** 2)
        table.append([kq.bits_per_pixel(q), 10 * np.log10(255**2 / error)])
    return np.array(table)


# %% chaff (visible): forgets .image
# says: \.image
def rate_distortion(image, ks):
    height, width, _ = image.shape
    return [
        [
            kq.index_bits(k) + 24 * k / (height * width),
            kq.peak_snr(image, kq.quantize(image, k, "rgb")),
        ]
        for k in ks
    ]
