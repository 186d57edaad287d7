"""Rate-distortion rows of a photo, measured once and shared by the explorers of lesson 07."""

import hashlib
import math
from dataclasses import replace
from functools import lru_cache

from kquant_helpers.experiments import (
    OUTSIDERS,
    find_method,
    rate_distortion_sweep,
    sensible_methods,
)
from kquant_helpers.explorers.plots import Curve
from kquant_helpers.explorers.readouts import in_kilobytes
from kquant_helpers.explorers.subject import Subject, choose_subject, menu_photo
from kquant_helpers.looks import look_of
from kquant_helpers.photos import load_photo

# (height, width) of the photos that are measured: all methods take seconds there.
MEASURED = (300, 480)

# What lesson 07 sets side by side; steps and frequencies are met later.
COMPARED = ("global", "channel", "rgb", "block", *OUTSIDERS)

SAMPLES = ("china", "flower", "astronaut")

# A few dozen rows each.
_REMEMBERED = 8
_ROWS = {}


def choose_measured(photo=None, frame=MEASURED):
    """Return the subject of an explorer that measures all methods: a photo of modest size.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    frame : (int, int)
        (height, width) that a photo has to fit into.

    Returns
    -------
    Subject
    """
    if isinstance(photo, str) and photo in SAMPLES:
        return Subject((), _fitted_sample(photo, frame))
    subject = choose_subject(photo, SAMPLES)
    if subject.own is not None:
        return replace(subject, own=_fitted(subject.own, frame))
    return replace(subject, sample=lambda name: _fitted_sample(name, frame))


def measured_rows(image, progress=None):
    """Return the rows of the methods of lesson 07 that make sense for a photo, measured once.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    progress : callable, optional
        As for `kquant_helpers.rate_distortion_sweep`.

    Returns
    -------
    tuple of SweepRow
    """
    key = (image.shape, hashlib.blake2b(image.tobytes()).digest())
    if key not in _ROWS:
        methods = [each for each in sensible_methods(image) if each in COMPARED]
        rows = tuple(rate_distortion_sweep(image, methods, progress=progress))
        if len(_ROWS) >= _REMEMBERED:
            _ROWS.pop(next(iter(_ROWS)))
        _ROWS[key] = rows
    return _ROWS[key]


def method_curve(rows, method, cost):
    """Return a method's curve: PSNR over a cost.

    Parameters
    ----------
    rows : sequence of SweepRow
        Of all methods.
    method : str
        Which of them to draw.
    cost : callable
        ``cost(row)``, what stands on the axis.

    Returns
    -------
    Curve
    """
    own = [row for row in rows if row.method == method]
    return Curve(
        method,
        look_of(method),
        [cost(row) for row in own],
        [row.peak_snr for row in own],
        [
            f"{words(row)}: {decibels(row.peak_snr)} in {in_kilobytes(row.file_bytes)}"
            for row in own
        ],
    )


def words(row):
    """Return a row's method and setting in words.

    Examples
    --------
    >>> image = load_photo("camera", (8, 8), gray=True)
    >>> words(next(rate_distortion_sweep(image, ["block"], ks=[4])))
    'block, k = 4'
    """
    return f"{row.method}, {find_method(row.method).setting} = {row.setting:g}"


def decibels(psnr):
    """Return a PSNR in words.

    Examples
    --------
    >>> decibels(31.27), decibels(math.inf)
    ('31.3 dB', 'no error')
    """
    return "no error" if math.isinf(psnr) else f"{psnr:.1f} dB"


def size_readouts(row, image):
    """Return the sizes of a row: by the formula, by the entropy, of a real file, and raw.

    Parameters
    ----------
    row : SweepRow
        Of one method at one setting.
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.

    Returns
    -------
    tuple of (str, str)
    """
    pixels = image.shape[0] * image.shape[1]
    if row.method in OUTSIDERS:
        fixed = entropy = "no codebook, no formula"
    else:
        fixed = _bits(row.fixed_rate_bits_per_pixel, pixels)
        entropy = _bits(row.entropy_bits_per_pixel, pixels)
    return (
        ("Fixed rate", fixed),
        ("By entropy", entropy),
        ("Real file", _bits(row.file_bits_per_pixel, pixels)),
        ("Raw, 8 bits a value", _bits(8 * image.size / pixels, pixels)),
    )


def _bits(bits_per_pixel, pixels):
    return f"{bits_per_pixel:.2f} bits/pixel, {in_kilobytes(bits_per_pixel * pixels / 8)}"


@lru_cache(maxsize=8)
def _fitted_sample(name, frame):
    # As in lesson 02, china fills its frame.
    photo = menu_photo(name)
    image = load_photo(photo, frame) if name == "china" else _fitted(load_photo(photo), frame)
    image.setflags(write=False)
    return image


def _fitted(image, frame):
    """Return a photo reduced until it fits into a frame."""
    height, width = image.shape[:2]
    scale = min(frame[0] / height, frame[1] / width, 1)
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    return load_photo(image, size)
