"""The explorer of lesson 00: fewer bits per channel."""

import numpy as np

from kquant_helpers.counts import count_colors_used
from kquant_helpers.explorers.frame import Explorer, Slider, View, picture
from kquant_helpers.explorers.readouts import error_readouts, file_readouts
from kquant_helpers.explorers.subject import choose_subject, student_image


def explore_bits(photo=None, function=None):
    """Explore a photo with fewer bits per channel.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``keep_top_bits(image, bits)``. The default is the package's own.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> view = explore_bits("china").render({"bits": 1})
    >>> view.readouts[1]
    ('Levels per channel', '2')
    """
    subject = choose_subject(photo)
    bits = Slider("bits", "Bits per channel", tuple(range(1, 9)), 8)

    def draw(state):
        image = subject.image(state)
        reduced = _reduce(image, state["bits"], function)
        return _view(subject.before(state), image, reduced, state["bits"])

    title = "Fewer bits per channel" + (": your keep_top_bits" if function else "")
    return Explorer(title, (*subject.controls, bits), draw, live=function is None)


def _reduce(image, bits, function):
    if function is not None:
        return student_image("keep_top_bits", function, image, bits)
    return np.bitwise_and(image, np.uint8(0xFF << (8 - bits) & 0xFF))


def _view(before, image, reduced, bits):
    channels = 1 if image.ndim == 2 else 3
    unit = "bit" if bits == 1 else "bits"
    caption, alt = f"{bits} {unit} per channel", f"The photo with {bits} {unit} a channel"
    after = picture(reduced, caption, alt, of=before.photo)
    readouts = (
        ("Bits per pixel", f"{channels * bits} of {channels * 8}"),
        ("Levels per channel", str(2**bits)),
        ("Colors in use", f"{count_colors_used(reduced):,}"),
        *error_readouts(image, reduced),
        *file_readouts(before, after),
    )
    return View(before=before, after=after, readouts=readouts)
