"""The explorer of lesson 02: k levels for all intensities, by several methods."""

import numpy as np

from kquant_helpers.codebooks import encode, rounded_codebook
from kquant_helpers.counts import count_colors_used
from kquant_helpers.cuts import cut_image
from kquant_helpers.explorers.frame import (
    Choice,
    Explorer,
    Later,
    View,
    levels_slider,
    picture,
    tables_picture,
)
from kquant_helpers.explorers.pictures import picture_counts
from kquant_helpers.explorers.plots import histogram_svg
from kquant_helpers.explorers.readouts import file_readouts, step_readouts
from kquant_helpers.explorers.subject import choose_subject, student_image
from kquant_helpers.learners import learn
from kquant_helpers.sizes import index_bits

_EVERY = np.arange(256, dtype=np.uint8)[:, np.newaxis]
_METHODS = ("exact", "equal bins", "k-means", "mini-batch k-means", "random")


def explore_global(photo=None, function=None):
    """Explore global quantization: a photo in k levels, and its histogram before and after.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``quantize_global(image, k)``. The default is the package's own, with
        a menu of methods.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_global("china").render({"k": 2}).readouts[0]
    ('Levels', '2')
    """
    subject = choose_subject(photo)
    methods = () if function else (Choice("method", "Method", _METHODS, "exact"),)
    controls = (*subject.controls, *methods, levels_slider())

    def draw(state):
        before = subject.before(state)
        return _view(before, _quantized(before.photo, state, function), state["k"])

    title = "Global quantization" + (": your quantize_global" if function else "")
    return Explorer(title, controls, draw, live=function is None)


def _quantized(photo, state, function):
    """Return the picture in k levels; of the package's own, only the table is computed."""
    words = f"{state['k']} {'level' if state['k'] == 1 else 'levels'}"
    alt = f"The photo in {words}"
    if function is not None:
        result = student_image("quantize_global", function, photo.pixels, state["k"])
        return picture(result, words, alt, of=photo)
    codebook = learn(cut_image(photo.pixels)[0], state["k"], state["method"])
    levels = rounded_codebook(codebook)[:, 0]
    return tables_picture(photo, levels[encode(_EVERY, codebook)][np.newaxis], words, alt)


def _view(before, after, k):
    counts, after_counts = picture_counts(before).sum(axis=0), picture_counts(after).sum(axis=0)
    levels = after_counts.nonzero()[0]
    channels, used = len(before.photo.counts), len(levels)

    def colors():
        text = f"{count_colors_used(after.image):,}"
        return text if channels == 1 or used > k else f"{text} of {k}³ = {k**3:,} possible"

    readouts = (
        ("Levels", str(used) if used <= k else f"{used}, but at most {k} are asked for"),
        ("Colors in use", Later(colors)),
        ("Bits per pixel", f"{channels * index_bits(k)} + codebook"),
        *step_readouts(before, after),
        *file_readouts(before, after),
    )
    plots = (
        histogram_svg(counts, "Histogram before, levels marked", marks=levels),
        histogram_svg(after_counts, "Histogram after", marks=levels),
    )
    return View(before=before, after=after, plots=plots, readouts=readouts)
