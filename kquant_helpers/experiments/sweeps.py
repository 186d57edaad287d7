"""Every method on one photo, from few bits to many: error against size.

Lesson 07 draws what `rate_distortion_sweep` yields.
"""

import math
from dataclasses import dataclass

from kquant_helpers import door, quiet
from kquant_helpers.errors import SSIM_WINDOW, peak_snr, squared_error, ssim
from kquant_helpers.experiments.methods import SETTINGS, find_method, sensible_methods
from kquant_helpers.files import quantized_bytes
from kquant_helpers.formats import encoded_bytes
from kquant_helpers.photos import load_photo
from kquant_helpers.sizes import entropy_bits, fixed_rate_bits, huffman_bits

# What `rate_distortion_sweep` calls several settings of a kind.
_NAMES = {"k": "ks", "quality": "qualities", "step": "steps"}


@dataclass(frozen=True)
class SweepRow:
    """What one method at one setting costs, and how far it is off.

    Attributes
    ----------
    method : str
        One of `kquant_helpers.experiments.METHODS`.
    setting : int or float
        k, a quality or a step.
    fixed_rate_bits_per_pixel : float
        By the formula, with the codebooks; NaN for a format, which has none.
    entropy_bits_per_pixel : float
        What no code of single indices can be shorter than, with the codebooks; NaN for a
        format.
    huffman_bits_per_pixel : float
        What Huffman codes of single indices take, with codes and codebooks; NaN for a format.
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
    setting: float
    fixed_rate_bits_per_pixel: float
    entropy_bits_per_pixel: float
    huffman_bits_per_pixel: float
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
    method : str or Cut
        One of `kquant_helpers.experiments.METHODS`, or a cut.
    setting : int or float
        k for a cut, a quality for a format and for JPEG's table, a step for equal steps.
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
    image, method = door.image(image), find_method(method)
    method.check(image)
    setting, pixels = method.checked(setting), math.prod(image.shape[:2])
    if method.cut is None:
        content, formulas = encoded_bytes(image, method.name, setting), (math.nan,) * 3
        picture = load_photo(content, gray=image.ndim == 2)
    else:
        with quiet.one_thread():
            quantized = method.quantized(image, setting, block_size)
        content, picture = quantized_bytes(quantized), quantized.image
        sizes = (fixed_rate_bits, entropy_bits, huffman_bits)
        formulas = [size(quantized) / pixels for size in sizes]
    measures = (squared_error(image, picture), peak_snr(image, picture), _ssim(image, picture))
    file_size = (len(content), 8 * len(content) / pixels)
    return SweepRow(method.name, setting, *formulas, *file_size, *measures), picture


def rate_distortion_sweep(
    image, methods=None, *, ks=None, qualities=None, steps=None, block_size=4, progress=None
):
    """Yield a `SweepRow` for every method at every setting.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    methods : sequence of str or Cut, optional
        Some of `kquant_helpers.experiments.METHODS`, and any cuts. The default is all that make
        sense: a gray photo has no colors, and its one channel is what "global" cuts.
    ks : sequence of int, optional
        Lengths of the codebooks, for the cuts.
    qualities : sequence of int, optional
        0 to 100, for the formats; from 1 up for JPEG's table.
    steps : sequence of float, optional
        For equal steps. The defaults of all three go from few bits to many.
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
    image, block_size = door.image(image), door.block_size(block_size)
    progress = door.function(progress, "progress", "progress=print")
    settings = _Settings(k=ks, quality=qualities, step=steps)
    points = [
        (method, setting)
        for method in _checked_methods(image, methods)
        for setting in settings.of(find_method(method))
    ]
    return _rows(image, points, block_size, progress)


def _rows(image, points, block_size, progress):
    progress(0, len(points))
    for done, (method, setting) in enumerate(points, start=1):
        row, _ = sweep_point(image, method, setting, block_size=block_size)
        progress(done, len(points))
        yield row


def _ssim(image, picture):
    return ssim(image, picture) if min(image.shape[:2]) >= SSIM_WINDOW else math.nan


def _checked_methods(image, methods):
    """Return the methods, once each is known to suit the image."""
    if methods is None:
        return sensible_methods(image)
    if isinstance(methods, str):
        methods = [methods]
    methods = door.listed(methods, "methods", "names of methods", 'methods=["rgb", "JPEG"]')
    for method in methods:
        find_method(method).check(image)
    return methods


class _Settings:
    """The settings of each kind; what was given is walked once, and only if a method needs it."""

    def __init__(self, **given):
        self._given = {
            kind: SETTINGS[kind] if values is None else values for kind, values in given.items()
        }

    def of(self, method):
        """Return the settings of a method as plain numbers."""
        kind, name = method.setting, _NAMES[method.setting]
        what, example = "numbers", f"{name}={SETTINGS[kind]}"
        self._given[kind] = door.listed(self._given[kind], name, what, example)
        return [method.checked(each) for each in self._given[kind]]
