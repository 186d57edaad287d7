"""Readouts in words and numbers, the same in every explorer."""

import numpy as np

from kquant_helpers import errors
from kquant_helpers.counts import count_colors_used
from kquant_helpers.explorers.frame import Later


def error_readouts(original, quantized):
    """Return the readouts of the error: absolute, squared, PSNR.

    Parameters
    ----------
    original, quantized : ndarray of uint8, both of one shape
        Two images.

    Returns
    -------
    tuple of (str, str)
    """
    absolute = errors.absolute_error(original, quantized)
    return _error_rows(absolute, errors.squared_error(original, quantized))


def step_readouts(before, after):
    """Return the readouts of the error of a step: from the tables alone, where these tell it.

    Parameters
    ----------
    before, after : Picture
        The original and the result.

    Returns
    -------
    tuple of (str, str)
    """
    if after.photo is None or after.lit is not None:
        return error_readouts(before.image, after.image)
    counts = after.photo.counts
    apart = np.abs(after.tables.astype(np.int64) - np.arange(256))
    return _error_rows(*((counts * apart**power).sum() / counts.sum() for power in (1, 2)))


def _error_rows(absolute, squared):
    return (
        ("Mean absolute error", f"{absolute:.2f}"),
        ("Mean squared error", f"{squared:.1f}"),
        ("PSNR", f"{errors.in_decibels(squared):.1f} dB" if squared else "infinite: no error"),
    )


def colors_readout(after):
    """Return the readout of the colors in use; it follows the picture."""
    return ("Colors in use", Later(lambda: f"{count_colors_used(after.image):,}"))


def file_readouts(before, after, name="PNG on disk"):
    """Return the readout of the bytes on disk, against the original; it follows the picture.

    Parameters
    ----------
    before, after : Picture
        The original and the result.
    name : str
        What stands beside it.

    Returns
    -------
    tuple of (str, str)
    """

    def text():
        return f"{len(after.png) / 1000:,.1f} of {kilobytes(before.png)}"

    return ((name, Later(text)),)


def kilobytes(data):
    """Return the size of some bytes in words.

    Examples
    --------
    >>> kilobytes(bytes(12_345))
    '12.3 kB'
    """
    return in_kilobytes(len(data))


def in_kilobytes(count):
    """Return a number of bytes in words.

    Examples
    --------
    >>> in_kilobytes(12_345)
    '12.3 kB'
    """
    return f"{count / 1000:,.1f} kB"
