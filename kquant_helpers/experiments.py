"""Experiments: every method on one photo from few bits to many, and learners side by side.

`rate_distortion_sweep` sets error against size; lesson 07 draws what it yields. The methods are
the four cuts, whose setting is k, and two formats from outside the course, whose setting is a
quality. Lesson 06 repeats an article's comparison with `compare_learners`: PSNR and time, and
how both vary with the seed.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kquant_helpers import door, quiet
from kquant_helpers.cuts import CUTS, find_cut
from kquant_helpers.errors import SSIM_WINDOW, peak_snr, squared_error, ssim
from kquant_helpers.files import quantized_bytes
from kquant_helpers.formats import encoded_bytes
from kquant_helpers.learners import LEARNERS
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import bits_per_pixel, entropy_bits

OUTSIDERS = ("JPEG", "WebP")
"""Formats that do more than quantize vectors: an honest comparison needs them."""

METHODS = (*CUTS, *OUTSIDERS)
"""Names of the methods, for `sweep_point` and `rate_distortion_sweep`."""

KS = (2, 4, 8, 16, 32, 64, 128, 256)
QUALITIES = (5, 10, 20, 40, 60, 80, 90, 95)
_KS, _QUALITIES = f"ks={KS}", f"qualities={QUALITIES}"


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
    image = door.image(image)
    _check_method(image, method)
    if method in OUTSIDERS:
        return _format_point(image, method, setting)
    with quiet.one_thread():
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
    image, block_size = door.image(image), door.block_size(block_size)
    methods = _check_methods(image, methods)
    points = [
        (method, setting)
        for method in methods
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
    door.one_of(method, "method", METHODS, "a sweep knows six")
    if method in CUTS:
        cut = find_cut(method)
        cut.check(cut.padded_shape(image.shape))


def _check_methods(image, methods):
    """Return the methods, once each is known to suit the image."""
    if methods is None:
        return sensible_methods(image)
    if isinstance(methods, str):
        methods = [methods]
    methods = door.listed(methods, "methods", "names of methods", 'methods=["rgb", "JPEG"]')
    for method in methods:
        _check_method(image, method)
    return methods


def _check_settings(method, ks, qualities):
    """Return the settings of a method, once each is known to suit it."""
    what = "whole numbers"
    if method in OUTSIDERS:
        qualities = door.listed(qualities, "qualities", what, _QUALITIES)
        return [door.quality(each) for each in qualities]
    return [door.k(k) for k in door.listed(ks, "ks", what, _KS)]


@dataclass(frozen=True)
class LearnerRow:
    """What one learner reaches on a photo, run by run.

    Attributes
    ----------
    learner : str
        Its name in the table.
    psnrs : tuple of float
        PSNR in dB of each run; a learner that draws nothing at random is run once.
    seconds : tuple of float
        How long each run took.
    """

    learner: str
    psnrs: tuple
    seconds: tuple

    @property
    def psnr(self):
        """The mean PSNR of the runs, in dB."""
        return float(np.mean(self.psnrs))

    @property
    def spread(self):
        """The best run's PSNR less the worst one's, in dB."""
        return max(self.psnrs) - min(self.psnrs)

    @property
    def time(self):
        """The mean time of a run, in seconds."""
        return float(np.mean(self.seconds))


def compare_learners(image, k, learners, *, cut="global", block_size=4, seeds=(0, 1, 2)):
    """Quantize a photo with several learners, each with several seeds, on one thread.

    Lesson 06 introduces it.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    k : int
        Number of codewords.
    learners : sequence of str, or dict of str to learner
        Names in `kquant_helpers.learners.LEARNERS`; or names for the table, and what
        `kquant_helpers.learners.learn` takes.
    cut : {"global", "channel", "rgb", "block"}
        Which vectors to quantize.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.
    seeds : sequence of int
        One run for each, of the learners that draw at random.

    Returns
    -------
    list of LearnerRow
        In the order of the learners.

    Raises
    ------
    TypeError, ValueError
        Where one of the above is not as it should be.

    Examples
    --------
    >>> image = np.arange(64, dtype=np.uint8).reshape(8, 8)
    >>> for row in compare_learners(image, 4, ["exact", "equal bins"]):
    ...     print(f"{row.learner:10} {row.psnr:.1f} dB")
    exact      34.8 dB
    equal bins 22.8 dB
    """
    image, k, cut = door.image(image), door.k(k), find_cut(cut, block_size)
    if not isinstance(learners, Mapping):
        names = door.listed(learners, "learners", "learners' names", 'learners=["k-means"]')
        learners = {door.text(name, "learners", '["k-means"]'): name for name in names}
    seeds = door.listed(seeds, "seeds", "whole numbers", "seeds=(0, 1, 2)")
    # Outside of the first run's time.
    import sklearn.cluster  # noqa: F401

    rows = []
    for name, learner in learners.items():
        runs = [
            _timed_run(image, k, learner, cut, seed)
            for seed in (seeds if _is_seeded(learner) else seeds[:1])
        ]
        rows.append(LearnerRow(name, *zip(*runs, strict=True)))
    return rows


def _timed_run(image, k, learner, cut, seed):
    with quiet.one_thread():
        start = time.perf_counter()
        quantized = quantize(image, k, cut, learner, random_state=seed)
        seconds = time.perf_counter() - start
    return peak_snr(image, quantized.image), seconds


def _is_seeded(learner):
    if isinstance(learner, str) and learner in LEARNERS:
        return LEARNERS[learner].seeded
    return not hasattr(learner, "get_params") or "random_state" in learner.get_params()
