"""The frame that all explorers share: controls, pictures, readouts, and a pure render.

An explorer is data: a few controls and a function ``render(state)`` from the controls'
values to a `View`. It needs no browser and no widgets; `kquant_helpers.explorers.shell`
draws it in a notebook.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kquant_helpers.checks.ladder import NotYet
from kquant_helpers.sizes import palette_png_bytes, png_bytes


@dataclass(frozen=True)
class Slider:
    """A slider over a few ordered values.

    Attributes
    ----------
    name : str
        Its key in the state.
    label : str
        What stands beside it.
    values : tuple
        The values, from the left end to the right one.
    value : object
        Where it starts.
    text : callable
        How a value is shown.
    play : bool
        Whether a play button moves it along.
    interval : int
        Milliseconds between two steps of the play button.
    """

    name: str
    label: str
    values: tuple
    value: object
    text: Callable = str
    play: bool = False
    interval: int = 600


# Every k at first, then steps that a slider can still show.
_LEVELS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256)


def levels_slider(value=4, label="Levels k"):
    """Return the slider of k for intensities, 1 to 256.

    Examples
    --------
    >>> levels_slider().name, levels_slider().values[-1]
    ('k', 256)
    """
    return Slider("k", label, _LEVELS, value)


# A byte holds one of 256 indices.
_COLORS = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)


def colors_slider(value=16, label="Colors k"):
    """Return the slider of k for the colors of a palette, 2 to 256, each step about √2.

    Examples
    --------
    >>> colors_slider().name, colors_slider().values[0]
    ('k', 2)
    """
    return Slider("k", label, _COLORS, value)


@dataclass(frozen=True)
class Choice:
    """A menu of names.

    Attributes
    ----------
    name, label : str
        Its key in the state, and what stands beside it.
    values : tuple of str
        The names.
    value : str
        The one chosen at the start.
    """

    name: str
    label: str
    values: tuple
    value: str


@dataclass(frozen=True)
class Buttons:
    """A row of buttons that remembers which were pressed, so that a render stays pure.

    Its value is the tuple of all presses so far. Moving another control clears it.

    Attributes
    ----------
    name, label : str
        Its key in the state, and what stands beside it.
    buttons : tuple of str
        The words on the buttons.
    value : tuple of str
        The presses before anybody pressed one.
    """

    name: str
    label: str
    buttons: tuple
    value: tuple = ()

    @property
    def values(self):
        """Return some of its values: none pressed, and each button pressed once."""
        return ((), *((button,) for button in self.buttons))


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of a PNG, with its caption and its text alternative.

    Attributes
    ----------
    png : bytes
        A lossless PNG: JPEG would invent colors.
    caption : str
        The words below it.
    alt : str
        What it shows, for those who cannot see it.
    shape : tuple of int
        (height, width).
    """

    png: bytes
    caption: str
    alt: str
    shape: tuple


@dataclass(frozen=True)
class View:
    """What an explorer shows for one state of its controls.

    Attributes
    ----------
    before, after : Picture or None
        Two pictures of one shape that can be compared in place.
    sides : str
        What stands beside the divider between the two.
    extras : tuple of Picture
        Further pictures, beside them.
    below : tuple of Picture
        Further pictures, in a row below them.
    drawing : str
        A large SVG in the place of the two pictures, with its text alternative.
    plots : tuple of str
        Smaller SVG drawings beside it, each with its text alternative.
    readouts : tuple of (str, str)
        Labels and values, in words and numbers.
    message : str
        A friendly line that takes the pictures' place where something is not ready.
    """

    before: Picture | None = None
    after: Picture | None = None
    sides: str = "Original | result"
    extras: tuple = ()
    below: tuple = ()
    drawing: str = ""
    plots: tuple = ()
    readouts: tuple = ()
    message: str = ""


@dataclass(frozen=True)
class Explorer:
    """Controls and the function that renders their state; shows itself in a notebook.

    Attributes
    ----------
    title : str
        The heading.
    controls : tuple of Slider, Choice or Buttons
        In the order of the page.
    draw : callable
        ``draw(state) -> View``: pure, from a dict of the controls' values.
    live : bool
        Whether sliders follow the drag. An explorer that runs a student's code waits
        for the release.
    prepare : callable, optional
        ``prepare(state, progress)``: do what makes the first drawing of a state slow, and
        keep it for ``draw``; ``progress(done, total)`` moves a progress bar. Drawing works
        without it, only with no bar.
    """

    title: str
    controls: tuple
    draw: Callable
    live: bool = True
    prepare: Callable | None = None
    _seen: dict = field(default_factory=dict, repr=False)

    # Enough for the ends of a slider and back; a view of a large photo takes about 1 MB.
    _REMEMBERED = 48

    @property
    def start(self):
        """The state before anybody touches a control."""
        return {control.name: control.value for control in self.controls}

    def render(self, state=None):
        """Return the `View` of a state; one seen before comes from memory.

        Parameters
        ----------
        state : dict, optional
            Values by control name; what is missing stands as at the start.

        Returns
        -------
        View
            With a friendly message in place of pictures where a student's function is
            not written yet, or an input is refused.
        """
        state = self.start | (state or {})
        key = tuple(sorted(state.items()))
        if key not in self._seen:
            if len(self._seen) >= self._REMEMBERED:
                self._seen.pop(next(iter(self._seen)))
            self._seen[key] = self._draw_or_explain(state)
        return self._seen[key]

    def _draw_or_explain(self, state):
        try:
            return self.draw(state)
        except (NotYet, ValueError, TypeError) as error:
            return View(message=str(error))

    def _ipython_display_(self):
        from IPython.display import display

        from kquant_helpers.explorers.shell import build_widget

        build_widget(self, show=display)


def picture(image, caption, alt):
    """Make a `Picture` of an image.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        What to show.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.

    Returns
    -------
    Picture
    """
    return Picture(png_bytes(image, fast=True), caption, alt, image.shape[:2])


def palette_picture(indices, palette, caption, alt):
    """Make a `Picture` of an indexed image, smaller and faster than one of its pixels.

    Parameters
    ----------
    indices : ndarray of integers, shape (height, width)
        Index of each pixel's color.
    palette : ndarray of uint8, shape (k, 3), k ≤ 256
        The colors.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.

    Returns
    -------
    Picture
    """
    png = palette_png_bytes(indices, palette, fast=True)
    return Picture(png, caption, alt, np.shape(indices))
