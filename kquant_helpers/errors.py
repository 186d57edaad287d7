"""How far a quantized image is from the original: absolute, squared, PSNR, SSIM.

Every measure is right for uint8 images: no difference wraps around. Lesson 02 shows what
goes wrong when it does; lesson 07 compares the measures with each other and with the eye.
"""

import numpy as np

from kquant_helpers import door
from kquant_helpers.counts import intensity_counts
from kquant_helpers.cuts import cut_image

SSIM_WINDOW = 7
"""SSIM compares windows of so many pixels a side: smaller images have none."""


def absolute_error(original, quantized, *, per_channel=False):
    """Return the mean absolute difference, in intensities.

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape
        Two images.
    per_channel : bool
        Whether to measure each channel for itself.

    Returns
    -------
    float, or ndarray of float64, shape (channels,)
        Between 0 and 255.

    Raises
    ------
    TypeError, ValueError
        Where these are not two images of one shape.

    Examples
    --------
    >>> absolute_error(np.uint8([[10, 0]]), np.uint8([[12, 0]]))
    1.0
    >>> absolute_error(np.uint8([[[10, 0, 7]]]), np.uint8([[[12, 0, 0]]]), per_channel=True)
    array([2., 0., 7.])
    """
    return _mean_difference(original, quantized, np.arange(256), per_channel)


def squared_error(original, quantized, *, per_channel=False):
    """Return the mean squared difference, the distortion that k-means makes small.

    It is in squared intensities; its parameters and errors are those of `absolute_error`.

    Examples
    --------
    >>> squared_error(np.uint8([[10, 0]]), np.uint8([[12, 0]]))
    2.0
    """
    return _mean_difference(original, quantized, np.arange(256) ** 2, per_channel)


def root_squared_error(original, quantized, *, per_channel=False):
    """Return the root of the mean squared difference, in intensities.

    Its parameters and errors are those of `absolute_error`.

    Examples
    --------
    >>> root_squared_error(np.uint8([[10, 0]]), np.uint8([[12, 2]]))
    2.0
    """
    return squared_error(original, quantized, per_channel=per_channel) ** 0.5


def peak_snr(original, quantized, *, per_channel=False):
    """Return the peak signal-to-noise ratio, 10 · log10(255² / mean squared error).

    It is in decibels, and infinite for equal images; its parameters and errors are those of
    `absolute_error`.

    Examples
    --------
    >>> peak_snr(np.uint8([[0]]), np.uint8([[255]]))
    0.0
    >>> peak_snr(np.uint8([[0]]), np.uint8([[0]]))
    inf
    """
    decibels = in_decibels(squared_error(original, quantized, per_channel=per_channel))
    return decibels if per_channel else float(decibels)


def in_decibels(mean_squared):
    """Return the peak signal-to-noise ratio that belongs to a mean squared error.

    Parameters
    ----------
    mean_squared : float or ndarray of float64
        What `squared_error` returns.

    Returns
    -------
    float64 or ndarray of float64
        In decibels; infinite for an error of 0.

    Examples
    --------
    >>> float(in_decibels(650.25))
    20.0
    """
    with np.errstate(divide="ignore"):
        return 10 * np.log10(np.divide(255**2, mean_squared))


def ssim(original, quantized, *, per_channel=False):
    """Return the structural similarity, which looks at small windows as the eye does.

    In each window of 7×7 pixels it compares brightness, contrast and pattern. Lesson 07
    shows where it sides with the eye against PSNR. This is scikit-image's
    ``structural_similarity``; a color image gets the mean of its channels.

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape, at least 7×7 pixels
        Two images.
    per_channel : bool
        Whether to measure each channel for itself.

    Returns
    -------
    float, or ndarray of float64, shape (channels,)
        At most 1, and that for equal images only.

    Raises
    ------
    TypeError, ValueError
        Where these are not two images of one shape, or smaller than a window.

    References
    ----------
    Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, "Image quality assessment: from error
    visibility to structural similarity", IEEE Trans. Image Processing 13(4), 2004.

    Examples
    --------
    >>> ramp = np.arange(64, dtype=np.uint8).reshape(8, 8)
    >>> ssim(ramp, ramp)
    1.0
    """
    from skimage.metrics import structural_similarity

    original, quantized = door.images(original, quantized)
    per_channel = door.flag(per_channel, "per_channel")
    _check_holds_a_window(original.shape)
    pairs = zip(_channels(original), _channels(quantized), strict=True)
    similarities = np.array(
        [structural_similarity(*pair, win_size=SSIM_WINDOW, data_range=255) for pair in pairs]
    )
    return similarities if per_channel else float(similarities.mean())


def error_map(original, quantized, kind="absolute", *, per_channel=False):
    """Return the error pixel by pixel, to be drawn; its mean is the image's error.

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape
        Two images.
    kind : {"absolute", "squared"}
        Which difference.
    per_channel : bool
        Whether to keep the channels of a color image apart. Otherwise a pixel's error is
        the mean over its channels.

    Returns
    -------
    ndarray of float64, shape (height, width), or the images' shape where `per_channel`
        Zero where the images agree.

    Raises
    ------
    TypeError, ValueError
        Where these are not two images of one shape, or there is no such kind.

    Examples
    --------
    >>> error_map(np.uint8([[10, 0]]), np.uint8([[12, 0]]), "squared")
    array([[4., 0.]])
    """
    what, per_channel = "a map shows one of two differences", door.flag(per_channel, "per_channel")
    door.one_of(kind, "kind", ("absolute", "squared"), what)
    differences = _differences(original, quantized).astype(np.float64)
    if kind == "squared":
        differences **= 2
    return differences if per_channel or differences.ndim == 2 else differences.mean(axis=-1)


def _check_holds_a_window(shape):
    if min(shape[:2]) < SSIM_WINDOW:
        raise ValueError(
            f"The images have the shape {shape}, but SSIM compares windows of "
            f"{SSIM_WINDOW}×{SSIM_WINDOW} pixels: give larger images, or use peak_snr."
        )


def _mean_difference(original, quantized, weights, per_channel):
    """Average of weights[d] over the absolute differences d: exact, since it only counts."""
    differences = _differences(original, quantized)
    parts = _channels(differences) if door.flag(per_channel, "per_channel") else [differences]
    counts = np.stack([intensity_counts(part) for part in parts])
    means = counts @ weights / counts.sum(axis=1)
    return means if per_channel else float(means[0])


def _differences(original, quantized):
    """Absolute differences, as uint8."""
    original, quantized = door.images(original, quantized)
    # Larger minus smaller never leaves 0..255, so uint8 cannot wrap.
    return np.maximum(original, quantized) - np.minimum(original, quantized)


def _channels(image):
    return [vectors.reshape(image.shape[:2]) for vectors in cut_image(image, "channel")]
