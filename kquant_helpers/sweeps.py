"""Every method on one photo, from few bits to many: error against size.

Lesson 07 draws what `rate_distortion_sweep` yields. The methods are the four cuts, whose
setting is k, and two formats from outside the course, whose setting is a quality.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kquant_helpers.codebooks import check_k, one_thread
from kquant_helpers.errors import SSIM_WINDOW, peak_snr, squared_error, ssim
from kquant_helpers.files import quantized_bytes
from kquant_helpers.photos import check_image, load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import bits_per_pixel, check_quality, encoded_bytes, entropy_bits
from kquant_helpers.vectors import CUTS, check_block_size, check_color

OUTSIDERS = ("JPEG", "WebP")
"""Formats that do more than quantize vectors: an honest comparison needs them."""

METHODS = (*CUTS, *OUTSIDERS)
"""Names of the methods, for `sweep_point` and `rate_distortion_sweep`."""

KS = (2, 4, 8, 16, 32, 64, 128, 256)
QUALITIES = (5, 10, 20, 40, 60, 80, 90, 95)


@dataclass(frozen=True)
class SweepRow:
    """What one method at one setting costs, and how far it is off.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    setting : int
        k for a cut, the quality for a format.
    fixed_rate_bits_per_pixel : float
        By the formula, with the codebooks; NaN for a format, which has none.
    entropy_bits_per_pixel : float
        What the best entropy code of single indices needs, with the codebooks; NaN for a
        format.
    file_bytes : int
        The bytes of a real file: of `kquant_helpers.files`, or of the format.
    file_bits_per_pixel : float
        The same for each pixel.
    squared_error, peak_snr : float
        The error; see `kquant_helpers.errors`.
    ssim : float
        NaN for photos smaller than its window.
    """

    method: str
    setting: int
    fixed_rate_bits_per_pixel: float
    entropy_bits_per_pixel: float
    file_bytes: int
    file_bits_per_pixel: float
    squared_error: float
    peak_snr: float
    ssim: float


def sweep_point(image, method, setting, *, block_size=4):
    """Run one method at one setting: return its row, and its picture.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    method : str
        One of `METHODS`: "global", "channel", "rgb", "block", "JPEG", "WebP".
    setting : int
        k for a cut, a quality from 0 to 100 for a format.
    block_size : int
        Side of a block in pixels; where it does not divide the photo, the photo is padded.

    Returns
    -------
    row : SweepRow
    picture : ndarray of uint8, shaped as the image

    Raises
    ------
    TypeError, ValueError
        Where one of the above is not as it should be.

    Examples
    --------
    >>> row, picture = sweep_point(load_photo("china", size=64), "rgb", 8)
    >>> picture.shape, round(row.fixed_rate_bits_per_pixel, 2)
    ((43, 64, 3), 3.07)
    """
    check_image(image)
    _check_method(image, method)
    if method in OUTSIDERS:
        return _format_point(image, method, setting)
    with one_thread():
        quantized = quantize(image, setting, method, block_size=block_size, pad=True)
    pixels = math.prod(image.shape[:2])
    fixed_rate, entropy = bits_per_pixel(quantized), entropy_bits(quantized) / pixels
    costs = (fixed_rate, entropy, len(quantized_bytes(quantized)))
    return _row(image, quantized.image, method, setting, *costs), quantized.image


def rate_distortion_sweep(
    image, methods=None, *, ks=KS, qualities=QUALITIES, block_size=4, progress=None
):
    """Yield a `SweepRow` for every method at every setting.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    methods : sequence of str, optional
        Some of `METHODS`. The default is all that make sense: a gray photo has no colors,
        and its one channel is what "global" cuts.
    ks : sequence of int
        Lengths of the codebooks, for the cuts.
    qualities : sequence of int
        0 to 100, for the formats.
    block_size : int
        Side of a block in pixels.
    progress : callable, optional
        ``progress(done, total)``, called with 0 at the start and before each row is yielded.

    Returns
    -------
    iterator of SweepRow
        Method by method, in the order of the settings. Rows are computed as they are asked
        for.

    Raises
    ------
    TypeError, ValueError
        At once, where one of the above is not as it should be, or nothing is asked for.

    Examples
    --------
    >>> photo = load_photo("camera", size=64)
    >>> for row in rate_distortion_sweep(photo, ["global", "block"], ks=[2, 16]):
    ...     print(f"{row.method:6} {row.setting:3} {row.fixed_rate_bits_per_pixel:.2f}")
    global   2 1.00
    global  16 4.03
    block    2 0.12
    block   16 0.75
    """
    check_image(image)
    check_block_size(block_size)
    points = [
        (method, setting)
        for method in _check_methods(image, methods)
        for setting in _check_settings(method, ks, qualities)
    ]
    return _rows(image, points, block_size, progress or _ignore)


def sensible_methods(image):
    """Return the methods that make sense for a photo.

    Examples
    --------
    >>> sensible_methods(load_photo("camera", size=8, gray=True))
    ('global', 'block', 'JPEG', 'WebP')
    """
    if image.ndim == 3:
        return METHODS
    return tuple(method for method in METHODS if method not in ("channel", "rgb"))


def _rows(image, points, block_size, progress):
    progress(0, len(points))
    for done, (method, setting) in enumerate(points, start=1):
        row, _ = sweep_point(image, method, setting, block_size=block_size)
        progress(done, len(points))
        yield row


def _format_point(image, method, quality):
    content = encoded_bytes(image, method, quality)
    picture = load_photo(content, gray=image.ndim == 2)
    costs = (math.nan, math.nan, len(content))
    return _row(image, picture, method, quality, *costs), picture


def _row(image, picture, method, setting, fixed_rate, entropy, file_bytes):
    return SweepRow(
        method=method,
        setting=int(setting),
        fixed_rate_bits_per_pixel=fixed_rate,
        entropy_bits_per_pixel=entropy,
        file_bytes=file_bytes,
        file_bits_per_pixel=8 * file_bytes / math.prod(image.shape[:2]),
        squared_error=squared_error(image, picture),
        peak_snr=peak_snr(image, picture),
        ssim=ssim(image, picture) if min(image.shape[:2]) >= SSIM_WINDOW else math.nan,
    )


def _ignore(done, total):
    """Take the place of a progress bar."""


def _check_method(image, method):
    if method not in METHODS:
        raise ValueError(
            f"method is {method!r}, but there are six: use "
            + ", ".join(f'"{name}"' for name in METHODS)
            + "."
        )
    if method == "rgb":
        check_color(image)


def _check_methods(image, methods):
    """Return the methods, once each is known to suit the image."""
    if methods is None:
        return sensible_methods(image)
    methods = [methods] if isinstance(methods, str) else list(methods)
    if not methods:
        raise ValueError("methods is empty, but a sweep needs one at least: leave it out for all.")
    for method in methods:
        _check_method(image, method)
    return methods


def _check_settings(method, ks, qualities):
    """Return the settings of a method, once each is known to suit it."""
    if method not in OUTSIDERS:
        return [check_k(k) for k in _listed("ks", ks, KS)]
    return [check_quality(quality) for quality in _listed("qualities", qualities, QUALITIES)]


def _listed(name, values, example):
    """Return some settings as a list that is not empty; text is no list of numbers."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(
            f"{name} is {values!r}, but a sweep needs a list of whole numbers: try "
            f"{name}={example}."
        )
    values = list(values)
    if not values:
        raise ValueError(f"{name} is empty, but a sweep needs at least one: try {name}={example}.")
    return values
