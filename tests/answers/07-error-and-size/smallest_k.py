# %% wheat: the package
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
    raise ValueError("no palette reaches that")


# %% wheat: a while loop
def smallest_k(image, target_psnr):
    k = 2
    while k <= 256:
        result = kq.quantize(image, k, cut="rgb", learner="sample k-means").image
        if kq.peak_snr(image, result) >= target_psnr:
            return k
        k *= 2
    raise ValueError(target_psnr)


# %% wheat: all at once
def smallest_k(image, target_psnr):
    ks = 2 ** np.arange(1, 9)
    psnrs = [kq.peak_snr(image, kq.quantize(image, int(k), "rgb").image) for k in ks]
    good = ks[np.array(psnrs) >= target_psnr]
    if len(good) == 0:
        raise ValueError("none of them")
    return good.min()


# %% wheat: KMeans on all pixels, warnings and all
from sklearn.cluster import KMeans


def smallest_k(image, target_psnr):
    pixels = image.reshape(-1, 3)
    for k in [2, 4, 8, 16, 32, 64, 128, 256]:
        model = KMeans(min(k, len(pixels)), n_init=1, random_state=1).fit(pixels)
        palette = np.rint(model.cluster_centers_).astype(np.uint8)
        decoded = palette[model.labels_].reshape(image.shape)
        error = np.mean((image.astype(float) - decoded) ** 2)
        if 10 * np.log10(255**2 / error) >= target_psnr:
            return k
    raise ValueError


# %% wheat: KMeans on a sample of 1,000 pixels at most
from sklearn.cluster import KMeans


def smallest_k(image, target_psnr):
    pixels = image.reshape(-1, 3)
    some = min(1000, len(pixels))
    sample = np.random.default_rng(0).choice(pixels, some, replace=False)
    for power in range(1, 9):
        k = 2**power
        model = KMeans(min(k, some), random_state=0).fit(sample)
        palette = np.rint(model.cluster_centers_).astype(np.uint8)
        decoded = palette[model.predict(pixels)].reshape(image.shape)
        if kq.peak_snr(image, decoded) >= target_psnr:
            return k
    raise ValueError(f"{target_psnr} dB is too much")


# %% wheat: by halves
def smallest_k(image, target_psnr):
    def reaches(power):
        result = kq.quantize(image, 2**power, "rgb").image
        return kq.peak_snr(image, result) >= target_psnr

    if not reaches(8):
        raise ValueError("not even 256 colors")
    low, high = 1, 8
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle + 1, high)
    return 2**low


# %% wheat: by squared errors, from the top down
def smallest_k(image, target_psnr):
    most = 255**2 / 10 ** (target_psnr / 10)
    best = None
    for k in (256, 128, 64, 32, 16, 8, 4, 2):
        if kq.squared_error(image, kq.quantize(image, k, "rgb").image) <= most:
            best = k
        else:
            break
    if best is None:
        raise ValueError("no such k")
    return float(best)


# %% wheat: the next of a generator
def smallest_k(image, target_psnr):
    found = (
        k
        for k in (2, 4, 8, 16, 32, 64, 128, 256)
        if kq.peak_snr(image, kq.quantize(image, k, "rgb", "centnn").image) >= target_psnr
    )
    try:
        return next(found)
    except StopIteration:
        raise ValueError("not reached") from None


# %% slip: Return the smallest k in 2, 4, 8, …, 256 whose palette reaches the target | the largest
# says: colors reach the target already
def smallest_k(image, target_psnr):
    best = None
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            best = k
    if best is None:
        raise ValueError("none")
    return best


# %% chaff: the largest that does not reach it
def smallest_k(image, target_psnr):
    best = None
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) < target_psnr:
            best = k
    if best in (None, 256):
        raise ValueError("none")
    return best


# %% slip: A PSNR of exactly `target_psnr` reaches it | only more does
# says: a palette of 4 colors reaches the target
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) > target_psnr:
            return k
    raise ValueError("none")


# %% slip: Raise a `ValueError` if none does | returns nothing
# says: should raise ValueError
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k


# %% slip: Raise a `ValueError` if none does | returns 256
# says: should raise ValueError
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
    return 256


# %% slip: Return the smallest k in 2, 4, 8, …, 256 whose palette reaches the target | never tries 256
# says: a palette of 256 colors reaches the target
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
    raise ValueError("none")


# %% slip: Return the smallest k in 2, 4, 8, …, 256 whose palette reaches the target | starts at 1
def smallest_k(image, target_psnr):
    for k in (1, 2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
    raise ValueError("none")


# %% slip: Return the smallest k in 2, 4, 8, …, 256 whose palette reaches the target | starts at 4
# says: 2 colors reach the target already
def smallest_k(image, target_psnr):
    for k in (4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
    raise ValueError("none")


# %% slip: Return the smallest k in 2, 4, 8, …, 256 whose palette reaches the target | tries every k
# says: only 2, 4, 8
def smallest_k(image, target_psnr):
    for k in range(2, 257):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
    raise ValueError("none")


# %% chaff: the power
def smallest_k(image, target_psnr):
    for power in range(1, 9):
        if kq.peak_snr(image, kq.quantize(image, 2**power, "rgb").image) >= target_psnr:
            return power
    raise ValueError("none")


# %% chaff: levels, not colors
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k).image) >= target_psnr:
            return k
    raise ValueError("none")


# %% chaff: random palettes
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb", "random").image) >= target_psnr:
            return k
    raise ValueError("none")


# %% chaff: the squared error for the PSNR
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.squared_error(image, kq.quantize(image, k, "rgb").image) <= target_psnr:
            return k
    raise ValueError("none")


# %% slip: Raise a `ValueError` if none does | an IndexError
# says: should raise ValueError, but it stops with IndexError
def smallest_k(image, target_psnr):
    ks = (2, 4, 8, 16, 32, 64, 128, 256)
    return [k for k in ks if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr][
        0
    ]


# %% chaff: the PSNR
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        psnr = kq.peak_snr(image, kq.quantize(image, k, "rgb").image)
        if psnr >= target_psnr:
            return psnr
    raise ValueError("none")


# %% chaff: always 8
def smallest_k(image, target_psnr):
    return 8


# %% chaff: the first that does not reach it
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) <= target_psnr:
            return k
    raise ValueError("none")


# %% chaff (visible): raises in the loop
# says: after the loop
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb").image) >= target_psnr:
            return k
        else:
            raise ValueError("none")


# %% chaff (visible): forgets .image
# says: \.image
def smallest_k(image, target_psnr):
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        if kq.peak_snr(image, kq.quantize(image, k, "rgb")) >= target_psnr:
            return k
    raise ValueError("none")


# %% slip: Return the smallest k in 2, 4, 8, …, 256 whose palette reaches the target | goes on
# says: even a palette .* of 256 colors stays below
def smallest_k(image, target_psnr):
    for k in 2 ** np.arange(1, 11):
        if kq.peak_snr(image, kq.quantize(image, int(k), "rgb").image) >= target_psnr:
            return k
    raise ValueError("no k reaches the target")
