"""The explorer of lesson 00: fewer bits per channel."""

import numpy as np

from kquant_helpers.explorers.frame import Explorer, Slider, View, picture, tables_picture
from kquant_helpers.explorers.readouts import colors_readout, file_readouts, step_readouts
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
        before = subject.before(state)
        return _view(before, _reduced(before.photo, state["bits"], function), state["bits"])

    title = "Fewer bits per channel" + (": your keep_top_bits" if function else "")
    return Explorer(title, (*subject.controls, bits), draw, live=function is None)


def _reduced(photo, bits, function):
    unit = "bit" if bits == 1 else "bits"
    words = f"{bits} {unit} per channel", f"The photo with {bits} {unit} a channel"
    if function is not None:
        result = student_image("keep_top_bits", function, photo.pixels, bits)
        return picture(result, *words, of=photo)
    table = np.arange(256, dtype=np.uint8) & np.uint8(0xFF << (8 - bits) & 0xFF)
    return tables_picture(photo, table[np.newaxis], *words)


def _view(before, after, bits):
    channels = len(before.photo.counts)
    readouts = (
        ("Bits per pixel", f"{channels * bits} of {channels * 8}"),
        ("Levels per channel", str(2**bits)),
        colors_readout(after),
        *step_readouts(before, after),
        *file_readouts(before, after),
    )
    return View(before=before, after=after, readouts=readouts)
