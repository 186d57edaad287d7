"""The explorer of lesson 01: which pixels a part of the histogram stands for."""

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.counts import intensity_counts
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, spotlight_picture
from kquant_helpers.explorers.plots import INK, histogram_svg
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.looks import BLUE, GREEN, RED

_CHANNELS = {"All three": (slice(None), INK), "R": (0, RED), "G": (1, GREEN), "B": (2, BLUE)}
_WIDTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256)

# What becomes of the intensities of pixels outside the window.
_DIMMED = (48 + np.arange(256) // 64 * 5).astype(np.uint8)

_START = Slider("first", "Window starts at", tuple(range(256)), 64)


def explore_histogram(photo=None, function=None, *, busiest_range=None):
    """Explore which pixels of a photo a window on its histogram stands for.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``intensity_histogram(image)``. The default is the package's own.
    busiest_range : callable, optional
        A student's ``busiest_range(counts, width)``, which then places the window. The
        default is a slider.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> view = explore_histogram("china").render({"first": 192, "width": 64})
    >>> view.readouts[:2]
    (('Window', 'intensities 192 to 255'), ('Share in the window', '42.4 %'))
    """
    subject = choose_subject(photo)
    controls = (
        *subject.controls,
        Choice("channel", "Channel", tuple(_CHANNELS), "All three"),
        *(() if busiest_range else (_START,)),
        Slider("width", "Window width", _WIDTHS, 8 if busiest_range else 64),
    )

    def draw(state):
        image = subject.image(state)
        channel = _CHANNELS[state["channel"]][0]
        values = image if image.ndim == 2 else image[..., channel]
        counts = _counts(values, function)
        first = _first(counts, state, busiest_range)
        return _view(image, counts, first, subject.before(state), state)

    title = "Where the mass of a histogram sits"
    title += ": your intensity_histogram" if function else ""
    title += ": your busiest_range" if busiest_range else ""
    return Explorer(title, controls, draw, live=not (function or busiest_range))


def _view(image, counts, first, before, state):
    last = first + state["width"] - 1
    window = f"intensities {first} to {last}" if first < last else f"intensity {first}"
    channels = 1 if image.ndim == 2 else 3
    lit = np.zeros((channels, 256), bool)
    lit[_CHANNELS[state["channel"]][0] if channels == 3 else 0, first : last + 1] = True
    alt = f"The photo, dimmed but for the pixels with {window}"
    dimmed = np.tile(_DIMMED, (channels, 1))
    after = spotlight_picture(before.photo, lit, dimmed, f"Bright: {window}", alt)
    share = counts[first : last + 1].sum() / max(counts.sum(), 1)
    readouts = (
        ("Window", window),
        ("Share in the window", f"{100 * share:.1f} %"),
        ("Share if all were equally frequent", f"{(last - first + 1) / 2.56:.1f} %"),
        ("Intensities that occur", f"{np.count_nonzero(counts)} of 256"),
        ("The most frequent one", str(int(counts.argmax()))),
        ("Intensities counted", f"{int(counts.sum()):,}"),
    )
    channel = state["channel"]
    color = _CHANNELS[channel][1]
    plot = histogram_svg(
        counts,
        f"Histogram: {channel}, and dashed a flat one",
        window=(first, last),
        dashed_at=counts.sum() / 256,
        color=color,
        height=190,
    )
    return View(before=before, after=after, plots=(plot,), readouts=readouts)


def _counts(values, function):
    if function is None:
        return intensity_counts(values)
    answer = ask("intensity_histogram", function, values, shown="intensity_histogram(photo)")
    return np.asarray(answer.is_array((256,), whole=True).value)


def _first(counts, state, busiest_range):
    """Return where the window starts; it keeps its width and stays within 0 to 255."""
    width = state["width"]
    if busiest_range is None:
        return min(state["first"], 256 - width)
    shown = f"busiest_range(counts of the photo, {width})"
    answer = ask("busiest_range", busiest_range, counts, width, shown=shown).is_number(whole=True)
    first = int(answer.value)
    fits = 0 <= first <= 256 - width
    answer.is_true(fits, f"is {first}, but the window must start at 0 to {256 - width}.")
    return first
