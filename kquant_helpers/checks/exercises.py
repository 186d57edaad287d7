"""The exercises of all lessons by name, and the one call that a test cell makes."""

import collections
import html
import sys
from dataclasses import dataclass
from importlib import import_module

from kquant_helpers.checks import calls
from kquant_helpers.checks.ladder import NotYet, describe

# The module of each lesson, and the functions that its students write.
LESSONS = {
    "start_here": ("keep_top_bits", "gray_ramp"),
    "histograms": (
        "intensity_histogram",
        "channel_histograms",
        "density",
        "count_colors",
        "busiest_range",
    ),
    "global_quantization": (
        "uniform_levels",
        "nearest_level_table",
        "lloyd_step",
        "mean_squared_error",
        "quantize_global",
    ),
    "channel_quantization": (
        "channel_levels",
        "quantize_channels",
        "error_sweep",
        "photo_where_channels_win",
    ),
    "rgb_vector_quantization": (
        "image_to_pixels",
        "pixels_to_image",
        "random_palette",
        "learn_palette",
        "nearest_color",
        "paint",
        "indexed_png",
    ),
    "centroid_neural_network": (
        "winner",
        "gain_sample",
        "lose_sample",
        "neuron_to_split",
        "run_epoch",
        "centnn",
    ),
    "block_vector_quantization": (
        "image_to_blocks",
        "blocks_to_image",
        "spread_start",
        "codebook_step",
        "encode",
        "decode",
        "psnr",
    ),
    "error_and_size": (
        "mean_absolute_error",
        "bits_per_index",
        "palette_bits",
        "block_bits",
        "png_size",
        "rate_distortion",
        "smallest_k",
    ),
    "entropy_coding": (
        "entropy",
        "predicted_error",
        "cube_root_levels",
        "huffman_lengths",
        "prefix_code",
        "encode_bits",
        "decode_bits",
    ),
    "frequency_quantization": (
        "dct_matrix",
        "blocks_to_coefficients",
        "coefficients_to_blocks",
        "zigzag",
        "quality_table",
        "quantize_coefficients",
        "dequantize_coefficients",
        "coefficient_bits",
    ),
}

_MODULES = {name: module for module, names in LESSONS.items() for name in names}

# How often each exercise was tried in vain since it was last right, and when a hint is offered.
_FAILED = collections.Counter()
_HINTS_AFTER = (2, 4)


def check(name, *more):
    """Check the function of an exercise: the one call of a test cell.

    The function is looked up by its name where the call stands, so a test cell stores nothing
    and reads nothing of what a student may have named. Lesson 00 introduces it.

    Parameters
    ----------
    name : str
        The exercise, which is the name of its function.
    *more
        Further inputs, for a hidden test: plain literals that the exercise's judge knows.

    Returns
    -------
    True

    Raises
    ------
    NotYet
        In one sentence, where the answer is not right yet.
    ValueError
        Where there is no exercise of this name.

    Examples
    --------
    >>> def keep_top_bits(image, bits):
    ...     return image >> (8 - bits) << (8 - bits)
    >>> check("keep_top_bits")
    ✓ keep_top_bits is correct. It keeps 4 levels with 2 bits.
    True
    """
    if name not in _MODULES:
        raise ValueError(
            f"check was given {describe(name)}, but it takes the name of an exercise, such as "
            '"keep_top_bits": look for its spelling in the lesson.'
        )
    lesson = import_module(f"kquant_helpers.checks.{_MODULES[name]}")
    function = _written(name, sys._getframe(1).f_globals)
    student = Student(name, function, getattr(lesson, "REFUSED", {}).get(name, ()))
    judge = getattr(lesson, f"{'more' if more else 'check'}_{name}")
    try:
        _judged(judge, student, more)
    except NotYet:
        _FAILED[name] += 1
        _offer_hints(getattr(lesson, "HINTS", {}).get(name, ()), _FAILED[name])
        raise
    _FAILED[name] = 0
    return True


def _judged(judge, student, more):
    """Run a judge; what no judge can compare with anything is told in a sentence, too."""
    try:
        judge(student, *more)
    except NotYet:
        raise
    except Exception as error:
        kind = "something that no test can read: return plain numbers, strings, lists or arrays"
        if "inhomogeneous" in str(error):
            kind = "a list whose rows differ in length: no array can be made of it"
        elif isinstance(error, OverflowError) or "digits" in str(error):
            kind = "a number that is too large to compare: it has hundreds of digits"
        raise NotYet(f"{student.name} returns {kind}.") from error


@dataclass(frozen=True)
class Student:
    """A student's function that may not have its work done by the package.

    Attributes
    ----------
    name : str
        Name of the exercise.
    function : callable
        What the student wrote, or a stand-in for it.
    refused : collection of str, or dict from str to str
        Functions of the package that it may not call, and what to use instead.
    """

    name: str
    function: object
    refused: object = ()

    @property
    def __name__(self):
        return self.name

    def __kquant_call__(self, arguments, *, limit):
        """Call the function, and refuse what it had done by the package."""
        function, watch = self.function, bool(self.refused)
        outcome = calls.call(function, arguments, limit=limit, watch=watch)
        for called in outcome.package_calls:
            if called in self.refused:
                raise NotYet(self._refusal(called))
        return outcome

    def _refusal(self, called):
        instead = self.refused[called] if isinstance(self.refused, dict) else ""
        return (
            f"{self.name} leaves its work to kq.{called}, and this exercise is about building it: "
            f"{instead or 'write the steps yourself, with the helpers that its text names'}."
        )


def _written(name, namespace):
    """Return the student's function, or say which cell to run."""
    restart = "after a restart, run all cells above this one, too"
    if name not in namespace:
        raise NotYet(
            f"there is no {name} yet: run the cell that begins with def {name}, then this one "
            f"({restart})."
        )
    if not callable(namespace[name]):
        raise NotYet(
            f"{name} is {describe(namespace[name])} now, but a function is expected: give that "
            f"another name, run the cell that begins with def {name}, then this one."
        )
    return namespace[name]


def _offer_hints(hints, failed):
    """Show the hints that are due after so many tries, folded."""
    due = [hint for hint, after in zip(hints, _HINTS_AFTER, strict=False) if failed >= after]
    if due and "ipykernel" in sys.modules:
        from IPython.display import HTML, display

        folded = (
            f"<details><summary>Hint {i}</summary>{html.escape(hint)}</details>"
            for i, hint in enumerate(due, 1)
        )
        display(HTML("".join(folded)))
