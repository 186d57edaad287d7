"""The controls of an explorer, as data: each has a name, a label, its values and a start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


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
    stops : callable, optional
        ``stops(state)`` returns the values, in order, that a button beside a play button
        goes to, such as those at which something happens.
    stop_label : str
        What that button says.
    """

    name: str
    label: str
    values: tuple
    value: object
    text: Callable = str
    play: bool = False
    interval: int = 600
    stops: Callable | None = None
    stop_label: str = "Next"


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


class Picked(NamedTuple):
    """What was picked: an index, and where.

    Attributes
    ----------
    index : int or None
        The index under the pointer: of a codeword, of a palette color; None where there are none.
    row, column : int or None
        The pixel of the compared pictures; None where another picture was clicked.
    """

    index: int | None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Pick:
    """What is picked in a picture, as a control: its value is a `Picked` or None.

    Attributes
    ----------
    name, label : str
        Its key in the state, and what is picked, in words.
    value : Picked or None
        What is picked at the start.
    values : tuple
        Some of its values, for tests and for pages without a kernel.
    """

    name: str = "pick"
    label: str = "Picked"
    value: Picked | None = None
    values: tuple = (None,)
