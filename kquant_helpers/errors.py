"""How far a quantized image is from the original: absolute, squared, PSNR, SSIM.

Every measure is right for uint8 images: no difference wraps around. Lesson 02 shows what
goes wrong when it does.
"""

import numpy as np

from kquant_helpers.photos import check_image
from kquant_helpers.vectors import intensity_counts


def absolute_error(original, quantized):
    """Return the mean absolute difference, in intensities.

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape
        Two images.

    Returns
    -------
    float
        Between 0 and 255.

    Examples
    --------
    >>> import numpy as np
    >>> absolute_error(np.uint8([[10, 0]]), np.uint8([[12, 0]]))
    1.0
    """
    counts = _difference_counts(original, quantized)
    return float(counts @ np.arange(256) / counts.sum())


def squared_error(original, quantized):
    """Return the mean squared difference, the distortion that k-means makes small.

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape
        Two images.

    Returns
    -------
    float
        In squared intensities.

    Examples
    --------
    >>> import numpy as np
    >>> squared_error(np.uint8([[10, 0]]), np.uint8([[12, 0]]))
    2.0
    """
    counts = _difference_counts(original, quantized)
    return float(counts @ np.arange(256) ** 2 / counts.sum())


def root_squared_error(original, quantized):
    """Return the root of the mean squared difference, in intensities.

    Examples
    --------
    >>> import numpy as np
    >>> root_squared_error(np.uint8([[10, 0]]), np.uint8([[12, 2]]))
    2.0
    """
    return squared_error(original, quantized) ** 0.5


def peak_snr(original, quantized):
    """Return the peak signal-to-noise ratio, 10 · log10(255² / mean squared error).

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape
        Two images.

    Returns
    -------
    float
        In decibels; infinite for equal images.

    Examples
    --------
    >>> import numpy as np
    >>> peak_snr(np.uint8([[0]]), np.uint8([[255]]))
    0.0
    """
    error = squared_error(original, quantized)
    return float(10 * np.log10(255**2 / error)) if error else float("inf")


def _difference_counts(original, quantized):
    """How often each absolute difference 0..255 occurs: exact, and small."""
    check_same_shape(original, quantized)
    # Larger minus smaller never leaves 0..255, so uint8 cannot wrap.
    return intensity_counts(np.maximum(original, quantized) - np.minimum(original, quantized))


def check_same_shape(original, quantized):
    """Raise TypeError or ValueError unless both are images of one shape."""
    check_image(original, "The original")
    check_image(quantized, "The quantized image")
    if original.shape != quantized.shape:
        raise ValueError(
            f"The images have the shapes {original.shape} and {quantized.shape}, but an error "
            "compares pixel with pixel: give two images of one shape."
        )
