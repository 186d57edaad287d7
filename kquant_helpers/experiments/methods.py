"""The methods that are compared on one photo: what each does with its setting.

The setting of a cut is k, that of equal steps is the step, and that of a format, and of JPEG's
table, is a quality.
"""

from dataclasses import dataclass

from kquant_helpers import door
from kquant_helpers.cuts import Channel, Cut, find_cut
from kquant_helpers.frequencies import Frequency
from kquant_helpers.learners.steps import EqualSteps, JPEGTable
from kquant_helpers.quantize import quantize

SETTINGS = {
    "k": (2, 4, 8, 16, 32, 64, 128, 256),
    "quality": (5, 10, 20, 40, 60, 80, 90, 95),
    "step": (128, 96, 64, 48, 32, 20, 12, 8),
}
"""Settings from few bits to many, by their kind."""

_GRAY_HAS_NONE = ("channel", "rgb")
_FREQUENCIES = Frequency(8, chroma="full")


@dataclass(frozen=True)
class Method:
    """A way to spend bits on a photo.

    Attributes
    ----------
    name : str
        What it is called in tables and plots.
    setting : str
        What it is told: "k", "quality" or "step", a key of `SETTINGS`.
    cut : str or Cut, optional
        How it cuts the photo; an outsider does not.
    learner : callable, optional
        What makes a learner of the setting, where that is no k.
    """

    name: str
    setting: str
    cut: str | Cut | None = None
    learner: type | None = None

    def checked(self, setting):
        """Return a setting of this method as a plain number."""
        if self.setting == "step":
            return door.positive(setting, "step", "the distance of two levels", "step=16")
        if self.setting == "quality":
            return door.quality(setting, least=0 if self.cut is None else 1)
        return door.k(setting)

    def check(self, image):
        """Raise ValueError where the method cannot do anything with this image."""
        if self.cut is not None:
            cut = find_cut(self.cut)
            cut.check(cut.padded_shape(image.shape))

    def quantized(self, image, setting, block_size):
        """Return the image quantized."""
        cut = find_cut(self.cut, block_size)
        if self.learner is None:
            return quantize(image, setting, cut, pad=True)
        return quantize(image, cut=cut, learner=self.learner(setting), pad=True)


_TABLE = {
    method.name: method
    for method in (
        Method("global", "k", "global"),
        Method("channel", "k", "channel"),
        Method("rgb", "k", "rgb"),
        Method("block", "k", "block"),
        Method("equal steps", "step", Channel(), EqualSteps),
        Method("frequency, flat", "step", _FREQUENCIES, EqualSteps),
        Method("frequency, JPEG's table", "quality", _FREQUENCIES, JPEGTable),
        Method("JPEG", "quality"),
        Method("WebP", "quality"),
    )
}

METHODS = tuple(_TABLE)
"""Names of the methods, for `sweep_point` and `rate_distortion_sweep`."""

OUTSIDERS = tuple(name for name, method in _TABLE.items() if method.cut is None)
"""Formats that do more than quantize vectors: an honest comparison needs them."""


def find_method(method):
    """Return the method of this name; a cut is a method of its own, whose setting is k.

    Examples
    --------
    >>> find_method("JPEG").setting, find_method(Frequency(4)).name
    ('quality', 'frequency')
    """
    if isinstance(method, Cut):
        return Method(method.name, "k", method)
    return _TABLE[door.one_of(method, "method", METHODS, "a sweep knows nine, and any cut")]


def sensible_methods(image):
    """Return the names of the methods that make sense for a photo.

    A gray photo has no colors, and its one channel is what "global" cuts.

    Examples
    --------
    >>> import numpy as np
    >>> sensible_methods(np.zeros((8, 8), np.uint8))[:3]
    ('global', 'block', 'equal steps')
    """
    return tuple(name for name in METHODS if image.ndim == 3 or name not in _GRAY_HAS_NONE)
