"""The widgets around an explorer: the only place that knows about them.

Controls are ipywidgets; all that they move is one widget of our own, whose front end is
``front/explorer.js``. A step sends one message to it: the view, in which originals are only
named. Readouts that take longer follow once nobody has moved anything for a moment.
"""

import asyncio
import contextlib
import html
import sys
from pathlib import Path

import anywidget
import ipywidgets as widgets
from traitlets import Any, Dict, Tuple

from kquant_helpers.checks.ladder import NotYet
from kquant_helpers.explorers.controls import Buttons, Pick, Picked, Slider
from kquant_helpers.explorers.own_photo import OwnPhoto
from kquant_helpers.explorers.wire import packed_photo, packed_view, photos_of

_FRONT = Path(__file__).parent / "front"
_LABEL = {"description_width": "130px"}

# The front end's styles hide this once they are there.
_NO_FRONT_END = (
    '<div class="kq-no-front-end">The pictures are on their way. If they do not come, the page is '
    "older than the installed packages: save, reload the page and run the cell again.</div>"
)

# Seconds without a new value after which the readouts that take longer are computed.
_REST = 0.15


class Front(anywidget.AnyWidget):
    """The part of an explorer that the front end draws.

    Attributes
    ----------
    view : dict
        The newest view, packed.
    photos : dict
        The originals that were sent last; the page keeps some more.
    later : dict
        Readouts that followed, with the serial number of their view.
    pick : list or None
        [index, row, column] of what was picked last.
    """

    _esm = _FRONT / "explorer.js"
    _css = _FRONT / "explorer.css"
    view = Dict().tag(sync=True)
    photos = Dict().tag(sync=True)
    later = Dict().tag(sync=True)
    pick = Any(None, allow_none=True).tag(sync=True)


def build_widget(explorer, show=None):
    """Return the widget of an explorer, drawn in its first state.

    Parameters
    ----------
    explorer : Explorer
        Controls and a render function.
    show : callable, optional
        Puts the widget on the page: before the first drawing where that is slow, so that
        its progress is seen.

    Returns
    -------
    ipywidgets.VBox
    """
    _allow_front_ends()
    picks = [control for control in explorer.controls if isinstance(control, Pick)]
    moved = [control for control in explorer.controls if not isinstance(control, Pick)]
    controls = {control.name: _control(control, explorer.live) for control in moved}
    stage, progress = _Stage(pick=bool(picks)), _Progress()

    def state():
        values = {name: each.value for name, each in controls.items()}
        return values | {control.name: stage.picked for control in picks}

    def update(change=None):
        _clear_buttons(controls.values(), change, update)
        progress.during(explorer.prepare, state())
        stage.show(explorer.render(state()))

    for each in controls.values():
        each.observe(update, names="value")
    stage.front.observe(update, names="pick")
    title = widgets.HTML(f'<div class="kq-title">{html.escape(explorer.title)}</div>')
    rows = _box("kq-controls", [_row(each, controls[each.name], state) for each in moved])
    parts = [title, rows, progress.widget, widgets.HTML(_NO_FRONT_END), stage.front]
    widget = _box("kq-explorer", parts, widgets.VBox)
    if show and explorer.prepare:
        show(widget)
    update()
    if show and not explorer.prepare:
        show(widget)
    return widget


def _allow_front_ends():
    """Let Google Colab load front ends that are not its own; elsewhere there is nothing to do."""
    if "google.colab" in sys.modules:
        from google.colab import output

        output.enable_custom_widget_manager()


class _Stage:
    """The front end's side of the widget: what it has, and what it still needs."""

    def __init__(self, pick=False):
        self.front = Front()
        self.pick, self.serial, self.sent, self.waiting = pick, 0, set(), None
        self.view = None
        self.front.on_msg(self._answer)

    @property
    def picked(self):
        """What was picked last, or None."""
        return None if self.front.pick is None else Picked(*self.front.pick)

    def show(self, view):
        """Send a view, and the originals that the page has not seen."""
        self.view, self.serial = view, self.serial + 1
        new = {key: photo for key, photo in photos_of(view).items() if key not in self.sent}
        with self.front.hold_sync():
            if new:
                self._send(new)
            self.front.view = packed_view(view, self.serial, pick=self.pick)
        self._follow(view, self.serial)

    def _send(self, photos):
        self.sent |= set(photos)
        self.front.photos = {key: packed_photo(photo) for key, photo in photos.items()}

    def _answer(self, _front, content, _buffers):
        """Send an original again to a page that has lost it, as one that was reloaded has."""
        photos = photos_of(self.view)
        if content.get("need") in photos:
            self.front.photos = {}
            self._send({content["need"]: photos[content["need"]]})

    def _follow(self, view, serial):
        """Compute the readouts that take longer, unless something newer comes first."""
        if self.waiting is not None:
            self.waiting.cancel()
        later = [(label, text) for label, text in view.readouts if hasattr(text, "text")]

        def compute():
            texts = {label: text.text() for label, text in later}
            self.front.later = {"serial": serial, "texts": texts}

        if later:
            self.waiting = _soon(compute)


def _soon(run):
    """Run a function after a rest; at once where no event loop would."""
    try:
        return asyncio.get_running_loop().call_later(_REST, run)
    except RuntimeError:
        run()
        return None


class _ButtonRow(widgets.HBox):
    """A row of buttons whose value is the tuple of all presses so far."""

    value = Tuple()

    def __init__(self, control):
        label = widgets.Label(control.label, layout={"width": _LABEL["description_width"]})
        label.add_class("kq-label")
        buttons = [widgets.Button(description=each) for each in control.buttons]
        super().__init__([label, *buttons])
        self.add_class("kq-buttons")
        self.value = control.value
        for button in buttons:
            button.on_click(self._remember)

    def _remember(self, button):
        self.value = (*self.value, button.description)


def _clear_buttons(controls, change, update):
    """Forget which buttons were pressed once another control has been moved."""
    if change is None or isinstance(change["owner"], _ButtonRow):
        return
    for each in controls:
        if isinstance(each, _ButtonRow):
            each.unobserve(update, names="value")
            each.value = ()
            each.observe(update, names="value")


class _Progress:
    """A progress bar that is seen only while something slow is prepared."""

    def __init__(self):
        self.widget = widgets.IntProgress(description="Working", style=_LABEL)
        self.widget.layout.display = "none"

    def during(self, prepare, state):
        """Prepare a state; what it refuses is told when it is drawn."""
        if prepare is not None:
            with contextlib.suppress(NotYet, ValueError, TypeError):
                prepare(state, self._move)
            self.widget.layout.display = "none"

    def _move(self, done, total):
        percent = 100 * done // total
        if percent != self.widget.value or self.widget.layout.display:
            self.widget.value = percent
            self.widget.layout.display = None


def _control(control, live):
    if isinstance(control, Slider):
        options = [(control.text(value), value) for value in control.values]
        return widgets.SelectionSlider(
            options=options,
            value=control.value,
            description=control.label,
            continuous_update=live,
            style=_LABEL,
        )
    if isinstance(control, Buttons):
        return _ButtonRow(control)
    return widgets.Dropdown(
        options=control.values, value=control.value, description=control.label, style=_LABEL
    )


def _row(control, slider, state):
    """Return a control with what belongs to it: a button for an own photo, or a play button."""
    if control.name == "photo":
        return _box("kq-played", [slider, OwnPhoto(slider)])
    if not getattr(control, "play", False):
        return slider
    play = widgets.Play(min=0, max=len(control.values) - 1, interval=control.interval)
    play.value = slider.index
    widgets.link((play, "value"), (slider, "index"))
    return _box("kq-played", [slider, play, *_stop_button(control, slider, state)])


def _stop_button(control, slider, state):
    if control.stops is None:
        return []
    button = widgets.Button(description=control.stop_label)

    def move(_button):
        stops = [control.values.index(value) for value in control.stops(state())]
        slider.index = next((stop for stop in stops if stop > slider.index), stops[0])

    button.on_click(move)
    return [button]


def _box(css_class, children, kind=widgets.Box):
    box = kind(children)
    box.add_class(css_class)
    return box
