# %% wheat: ten times the logarithm of squares
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return float(10 * np.log10(255**2 / error)) if error else np.inf


# %% wheat: twenty times the logarithm of roots
def psnr(original, decoded):
    difference = original.astype(float) - decoded.astype(float)
    root = np.sqrt((difference * difference).sum() / difference.size)
    if root == 0:
        return float("inf")
    return 20 * np.log10(255 / root)


# %% wheat: divides by zero and lets NumPy warn
def psnr(original, decoded):
    error = np.square(np.int64(original) - np.int64(decoded)).mean()
    return 10 * np.log10(np.float64(65025) / error)


# %% wheat: plain loops and math
import math


def psnr(original, decoded):
    total, count = 0, 0
    for a, b in zip(original.ravel().tolist(), decoded.ravel().tolist()):
        total += (a - b) ** 2
        count += 1
    return math.inf if total == 0 else 10 * math.log10(255 * 255 * count / total)


# %% wheat: scikit-image
import numpy as np
from skimage.metrics import peak_signal_noise_ratio


def psnr(original, decoded):
    return peak_signal_noise_ratio(original, decoded, data_range=255)


# %% chaff (visible): has the package do it
# says: leaves its work to kq\.peak_snr
def psnr(original, decoded):
    return np.array(kq.peak_snr(original, decoded))


# %% wheat: a difference of logarithms, scaled to 1
def psnr(original, decoded):
    if np.array_equal(original, decoded):
        return np.inf
    error = np.mean((original / 255 - decoded / 255) ** 2)
    return -10 * np.log(error) / np.log(10)


# %% wheat: in float32
def psnr(original, decoded):
    difference = original.astype(np.float32) - decoded.astype(np.float32)
    error = np.mean(difference**2)
    return np.float32(np.inf) if error == 0 else np.float32(10) * np.log10(255**2 / error)


# %% chaff (visible): differences of uint8 wrap
# says: wraps around
def psnr(original, decoded):
    error = np.mean((original - decoded).astype(float) ** 2)
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff (visible): squares of uint8 wrap
# says: wraps around
def psnr(original, decoded):
    error = np.mean((original - decoded) ** 2)
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff: squares in int16 wrap
def psnr(original, decoded):
    error = np.mean((original.astype(np.int16) - decoded.astype(np.int16)) ** 2)
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff (visible): the natural logarithm
# says: natural logarithm
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log(255**2 / error) if error else np.inf


# %% chaff: twenty times the logarithm of squares
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 20 * np.log10(255**2 / error) if error else np.inf


# %% chaff: the peak is not squared
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(255 / error) if error else np.inf


# %% chaff: ten times the logarithm of roots
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(255 / error**0.5) if error else np.inf


# %% slip: The peak is 255 whatever the image holds | the image's own peak
# says: the peak is 255
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(float(original.max()) ** 2 / error) if error else np.inf


# %% slip: The peak is 255 whatever the image holds | 256
# says: the peak is 255
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(256**2 / error) if error else np.inf


# %% slip: The peak is 255 whatever the image holds | 1
# says: peak is missing
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(1 / error) if error else np.inf


# %% chaff: the sum of the squares
def psnr(original, decoded):
    error = np.sum((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff: the absolute error
def psnr(original, decoded):
    error = np.mean(np.abs(original.astype(float) - decoded))
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff: the mean over pixels of color
def psnr(original, decoded):
    difference = original.astype(float) - decoded
    error = np.sum(difference**2) / (original.shape[0] * original.shape[1])
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff: the wrong sign
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(error / 255**2) if error else np.inf


# %% slip: For equal images the error is 0: return infinity, `np.inf` | returns 0
# says: infinite
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(255**2 / error) if error else 0.0


# %% slip: For equal images the error is 0: return infinity, `np.inf` | returns 100
# says: infinite
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(255**2 / error) if error else 100


# %% slip: For equal images the error is 0: return infinity, `np.inf` | a tiny number keeps it finite
# says: infinite
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2) + 1e-10
    return 10 * np.log10(255**2 / error)


# %% slip: For equal images the error is 0: return infinity, `np.inf` | returns nothing
# says: returns nothing
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    if error > 0:
        return 10 * np.log10(255**2 / error)


# %% chaff: returns the error
def psnr(original, decoded):
    return np.mean((original.astype(float) - decoded) ** 2)


# %% chaff: rounds to whole decibels
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return round(10 * np.log10(255**2 / error)) if error else np.inf


# %% chaff: one number for each row
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2, axis=1)
    return 10 * np.log10(255**2 / error)


# %% chaff: forgets the ten
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return np.log10(255**2 / error) if error else np.inf


# %% chaff: the logarithm to the base 2
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log2(255**2 / error) if error else np.inf


# %% chaff: the image's own peak, squared as uint8
def psnr(original, decoded):
    error = np.mean((original.astype(float) - decoded) ** 2)
    return 10 * np.log10(original.max() ** 2 / error) if error else np.inf


# %% wheat: the package's squared error, as a 0-d array
def psnr(original, decoded):
    error = kq.squared_error(original, decoded)
    return np.array(np.inf if error == 0 else 10 * np.log10(255**2 / error))


# %% chaff (visible): ^ in place of **
def psnr(original, decoded):
    error = np.mean((original.astype(int) - decoded.astype(int)) ^ 2)
    return 10 * np.log10(255**2 / error) if error else np.inf


# %% chaff (visible): uint8 in the decoded image alone
def psnr(original, decoded):
    error = np.mean((original - decoded.astype(np.uint8)).astype(int) ** 2)
    return 10 * np.log10(255**2 / error) if error else np.inf
