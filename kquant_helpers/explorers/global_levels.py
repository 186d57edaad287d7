"""The explorer of lesson 02: k levels for all intensities, by several methods."""

from kquant_helpers.counts import count_colors_used, intensity_counts
from kquant_helpers.explorers.frame import Choice, Explorer, View, levels_slider, picture
from kquant_helpers.explorers.plots import histogram_svg
from kquant_helpers.explorers.readouts import error_readouts, file_readouts
from kquant_helpers.explorers.subject import choose_subject, student_image
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import index_bits

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
        image = subject.image(state)
        result = _quantized(image, state, function)
        return _view(subject.before(state), image, result, state["k"])

    title = "Global quantization" + (": your quantize_global" if function else "")
    return Explorer(title, controls, draw, live=function is None)


def _quantized(image, state, function):
    if function is not None:
        return student_image("quantize_global", function, image, state["k"])
    return quantize(image, state["k"], "global", state["method"]).image


def _view(before, image, result, k):
    after_counts = intensity_counts(result)
    levels = after_counts.nonzero()[0]
    channels = 1 if image.ndim == 2 else 3
    words = f"{k} {'level' if k == 1 else 'levels'}"
    after = picture(result, words, f"The photo in {words}", of=before.photo)
    colors, used = f"{count_colors_used(result):,}", len(levels)
    readouts = (
        ("Levels", str(used) if used <= k else f"{used}, but at most {k} are asked for"),
        (
            "Colors in use",
            colors if channels == 1 or used > k else f"{colors} of {k}³ = {k**3:,} possible",
        ),
        ("Bits per pixel", f"{channels * index_bits(k)}, without the codebook"),
        *error_readouts(image, result),
        *file_readouts(before, after),
    )
    plots = (
        histogram_svg(intensity_counts(image), "Histogram before, levels marked", marks=levels),
        histogram_svg(after_counts, "Histogram after", marks=levels),
    )
    return View(before=before, after=after, plots=plots, readouts=readouts)
