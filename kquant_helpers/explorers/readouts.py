"""Readouts in words and numbers, the same in every explorer."""

from kquant_helpers import errors
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
    squared = errors.squared_error(original, quantized)
    return (
        ("Mean absolute error", f"{errors.absolute_error(original, quantized):.2f}"),
        ("Mean squared error", f"{squared:.1f}"),
        ("PSNR", f"{errors.in_decibels(squared):.1f} dB" if squared else "infinite: no error"),
    )


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
