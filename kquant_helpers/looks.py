"""One look for each method and each channel, in explorers and in printed figures alike.

A look is a color, a line style and a marker, so that nothing is told by color alone. The colors
stand out from a light page and from a dark one (3 : 1 and more, which a test computes), and no
method has the color of a channel: red is the red channel.
"""

from dataclasses import dataclass

INK = "#767676"
"""Of axes, words and bars in figures: readable on a light page and on a dark one."""

HIGHLIGHT = (230, 159, 0)
"""Frames what is picked in a picture."""


# The dashes of SVG, and what matplotlib calls them.
_LINES = {"": "-", "6 3": "--", "2 2": ":", "8 2 2 2": "-."}


@dataclass(frozen=True)
class Look:
    """How a curve, a bar or a histogram is drawn.

    Attributes
    ----------
    color : str
        Such as "#767676".
    dash : str
        An SVG ``stroke-dasharray``; empty is solid.
    marker : str
        One of matplotlib's markers, of which `PATHS` knows the shapes.
    """

    color: str
    dash: str = ""
    marker: str = "o"

    @property
    def line(self):
        """The line style for matplotlib."""
        return _LINES[self.dash]


RED, GREEN, BLUE = "#D9363E", "#15863F", "#2E72D2"

PATHS = {
    "o": "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "s": "M-3-3h6v6h-6z",
    "^": "M0-4l4 7h-8z",
    "D": "M0-4l4 4-4 4-4-4z",
    "v": "M0 4l4-7h-8z",
    "P": "M-1-4h2v3h3v2h-3v3h-2v-3h-3v-2h3z",
    "*": "M0-5l1.5 3.5 3.5 1.5-3.5 1.5-1.5 3.5-1.5-3.5-3.5-1.5 3.5-1.5z",
    "X": "M-4-2l2-2 2 2 2-2 2 2-2 2 2 2-2 2-2-2-2 2-2-2 2-2z",
}
"""The markers as SVG paths around (0, 0)."""

_GRAY, _ORANGE, _PURPLE, _TEAL = "#767676", "#C2700A", "#9C5BC2", "#008B92"
_BLUE = "#5A7FA6"
_BROWN, _PINK, _INDIGO, _OLIVE, _VERMILION = "#A0703C", "#D14F94", "#6A6FD8", "#7E8000", "#D0551B"

LOOKS = {
    "R": Look(RED, "", "o"),
    "G": Look(GREEN, "6 3", "s"),
    "B": Look(BLUE, "2 2", "^"),
    "gray": Look(INK, "", "o"),
    # The cuts, and the formats that they are measured against.
    "global": Look(_GRAY, "", "o"),
    "channel": Look(_ORANGE, "6 3", "s"),
    "rgb": Look(_PURPLE, "", "D"),
    "block": Look(_TEAL, "8 2 2 2", "^"),
    "equal steps": Look(_BLUE, "2 2", "o"),
    "JPEG": Look(_BROWN, "2 2", "v"),
    "WebP": Look(_PINK, "6 3", "P"),
    "frequency, flat": Look(_INDIGO, "", "X"),
    "frequency, JPEG's table": Look(_OLIVE, "8 2 2 2", "s"),
    # The learners.
    "exact": Look(_GRAY, "", "o"),
    "k-means": Look(_ORANGE, "6 3", "s"),
    "CentNN": Look(_TEAL, "", "D"),
    "random": Look(_OLIVE, "2 2", "v"),
    "equal bins": Look(_BROWN, "8 2 2 2", "^"),
    "mini-batch k-means": Look(_PINK, "6 3", "P"),
    "median cut": Look(_INDIGO, "2 2", "X"),
    "octree": Look(_BROWN, "6 3", "v"),
    "histogram k-means": Look(_PURPLE, "", "D"),
    "sample k-means": Look(_ORANGE, "8 2 2 2", "^"),
    "yours": Look(_VERMILION, "", "*"),
}
"""The look of each channel, cut, format and learner, by its name."""

_OTHER_NAMES = {
    "channel-wise": "channel",
    "RGB": "rgb",
    "palette": "rgb",
    "blocks": "block",
    "centnn": "CentNN",
    "k-means++": "k-means",
    "random start": "random",
}

_SPARE = (
    Look(_GRAY, "", "o"),
    Look(_ORANGE, "6 3", "s"),
    Look(_PURPLE, "2 2", "D"),
    Look(_TEAL, "8 2 2 2", "^"),
    Look(_PINK, "", "v"),
    Look(_OLIVE, "6 3", "P"),
    Look(_INDIGO, "2 2", "X"),
    Look(_BROWN, "8 2 2 2", "*"),
)


def look_of(name, order=0):
    """Return the look of a method or channel; of any other name, a look by its place.

    Parameters
    ----------
    name : str
        What is drawn.
    order : int
        Its place among the others, which a name that is not in the table goes by.

    Returns
    -------
    Look

    Examples
    --------
    >>> look_of("rgb") == look_of("RGB", 5), look_of("R").color
    (True, '#D9363E')
    """
    name = _OTHER_NAMES.get(name, name)
    return LOOKS.get(name, _SPARE[order % len(_SPARE)])
