"""The explorer of lesson 01: which pixels a part of the histogram stands for."""

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, picture
from kquant_helpers.explorers.plots import BLUE, GREEN, INK, RED, histogram_svg
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.vectors import intensity_counts

_CHANNELS = {"All three": (None, INK), "R": (0, RED), "G": (1, GREEN), "B": (2, BLUE)}


def explore_histogram(photo=None, function=None):
    """Explore which pixels of a photo a window on its histogram stands for.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``intensity_histogram(image)``. The default is the package's own.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> view = explore_histogram("china").render({"first": 0, "width": 256})
    >>> view.readouts[1]
    ('Share of all intensities', '100.0 %')
    """
    subject = choose_subject(photo)
    controls = (
        *subject.controls,
        Choice("channel", "Channel", tuple(_CHANNELS), "All three"),
        Slider("first", "Window starts at", tuple(range(0, 256, 4)), 192),
        Slider("width", "Window width", (1, 2, 4, 8, 16, 32, 64, 128, 256), 64),
    )

    def draw(state):
        return _view(subject.image(state), subject.before(state), state, function)

    title = "Where the mass of a histogram sits" + (
        ": your intensity_histogram" if function else ""
    )
    return Explorer(title, controls, draw, live=function is None)


def _view(image, before, state, function):
    channel, color = _CHANNELS[state["channel"]]
    values = image if channel is None or image.ndim == 2 else image[..., channel]
    first, last = state["first"], min(state["first"] + state["width"], 256) - 1
    counts = _counts(values, function)
    caption = f"Only intensities {first} to {last}; the rest is dimmed"
    after = picture(_spotlight(image, values, first, last), caption, caption)
    inside = counts[first : last + 1].sum() / max(counts.sum(), 1)
    if_alike = (last - first + 1) / 256
    readouts = (
        ("Window", f"intensities {first} to {last}"),
        ("Share of all intensities", f"{100 * inside:.1f} %"),
        ("If all intensities were alike", f"{100 * if_alike:.1f} %"),
        ("Intensities that occur", f"{np.count_nonzero(counts)} of 256"),
        ("The most frequent intensity", str(int(counts.argmax()))),
    )
    plot = histogram_svg(
        counts, f"Histogram: {state['channel']}", window=(first, last), color=color
    )
    return View(before=before, after=after, plots=(plot,), readouts=readouts)


def _counts(values, function):
    if function is None:
        return intensity_counts(values)
    answer = ask("intensity_histogram", function, values, shown="intensity_histogram(photo)")
    return np.asarray(answer.is_array((256,)).value)


def _spotlight(image, values, first, last):
    """Dim the pixels none of whose values lies in first..last."""
    inside = (values >= first) & (values <= last)
    inside = inside.any(axis=-1) if inside.ndim == 3 else inside
    inside = inside.reshape(*inside.shape, *(1,) * (image.ndim - 2))
    return np.where(inside, image, 48 + image // 16)
