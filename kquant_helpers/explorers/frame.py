"""The frame that all explorers share: controls, pictures, readouts, and a pure render.

An explorer is data: a few controls and a function ``draw(state)`` from the controls' values
to a `View`. It needs no browser and no widgets; `kquant_helpers.explorers.shell` puts it into
a notebook.

**Pictures.** A `Picture` knows its pixels in the smallest of three forms, and the page shows
exactly these:

- *tables*: the original, which the page keeps (a `Photo`), and 256 bytes a channel;
- *indices* and a palette of at most 256 colors;
- whole *pixels*.

``picture(image, caption, alt, of=photo)`` finds out by itself whether tables do, so that an
explorer does not have to care; ``palette_picture(indices, palette, …)`` makes the second form,
and ``photo_picture(photo, …)`` shows the original itself. What is small (a mosaic of codewords,
a map of coefficients) goes into ``View.extras`` or ``View.below``: pictures that are not
compared with another, drawn with their pixels as squares. A drawing (a tree, a plane) is SVG, in
``View.drawing`` or ``View.plots``.

**Picking.** A picture whose pixels have an index (a codeword's, a palette color's) carries a map
of them: ``picture(…, picks=map)``. The map may be coarser than the picture, as one of blocks is;
an SVG says ``data-index="7"``. An explorer with the control ``Pick()`` then finds in
``state["pick"]`` what was picked last, wherever it was: a `Picked` of index, row and column, or
None. All pictures on the page light up its index at once. ``View.lit`` does the same from
the other side: it is the index to light up, such as the one that a slider chose.

**Readouts** that take longer than the picture are `Later`: they follow.

Examples
--------
An explorer of two slider values, without any browser:

>>> import numpy as np
>>> photo = Photo(np.uint8([[10, 200], [90, 30]]))
>>> def draw(state):
...     dark = photo.pixels // state["parts"]
...     return View(photo_picture(photo, "Original", "A photo"),
...                 picture(dark, "Darker", "The photo, darker", of=photo))
>>> explorer = Explorer("Darker", (Slider("parts", "Parts", (1, 2), 2),), draw)
>>> explorer.render({"parts": 2}).after.image.tolist()
[[5, 100], [45, 15]]
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kquant_helpers.checks.ladder import NotYet
from kquant_helpers.explorers.controls import (
    Buttons,
    Choice,
    Pick,
    Picked,
    Slider,
    colors_slider,
    levels_slider,
)
from kquant_helpers.explorers.pictures import (
    Photo,
    Picture,
    palette_picture,
    photo_picture,
    picture,
    spotlight_picture,
    tables_picture,
)

__all__ = [
    "Buttons",
    "Choice",
    "Explorer",
    "Later",
    "Photo",
    "Pick",
    "Picked",
    "Picture",
    "Slider",
    "View",
    "colors_slider",
    "levels_slider",
    "palette_picture",
    "photo_picture",
    "picture",
    "spotlight_picture",
    "tables_picture",
]


class Later(str):
    """A readout that is computed once the picture is on its way; until then it reads "…".

    Examples
    --------
    >>> later = Later(lambda: "12 kB")
    >>> later, later.text()
    ('…', '12 kB')
    """

    def __new__(cls, text):
        """Keep the function that computes the text."""
        self = super().__new__(cls, "…")
        self.text = text
        return self


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
    lit : int or None
        The index that is lit up in all pictures that have it.
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
    lit: int | None = None

    def finished(self):
        """Return the view with all readouts computed."""
        readouts = tuple(
            (label, text.text() if isinstance(text, Later) else text)
            for label, text in self.readouts
        )
        return replace(self, readouts=readouts)


@dataclass(frozen=True)
class Explorer:
    """Controls and the function that renders their state; shows itself in a notebook.

    Attributes
    ----------
    title : str
        The heading.
    controls : tuple of Slider, Choice, Buttons or Pick
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

    # Enough for the ends of a slider and back; a view of a large photo takes 2 MB at most.
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

        from kquant_helpers.explorers.ahead import still_bundle
        from kquant_helpers.explorers.shell import build_widget

        def show(widget):
            # Where a saved notebook is read without a kernel, the still picture stands in.
            display(widget._repr_mimebundle_() | still_bundle(self), raw=True)

        build_widget(self, show=show)
