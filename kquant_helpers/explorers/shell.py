"""The ipywidgets shell around an explorer: the only place that knows about widgets."""

import contextlib
import html

import ipywidgets as widgets
from traitlets import Tuple, Unicode

from kquant_helpers.checks.ladder import NotYet
from kquant_helpers.explorers.controls import Buttons, Pick, Slider

_STYLE = """<style>
.kq-explorer { max-width: 1040px; padding: 10px 12px 12px; gap: 8px;
  border: 1px solid var(--jp-border-color2, #ccc); border-radius: 6px; }
.kq-title { font-size: 15px; font-weight: 600; }
.kq-controls { flex-flow: row wrap; gap: 2px 20px; }
.kq-controls .widget-hslider { width: 440px; max-width: 100%; }
.kq-controls .kq-played { flex: 1 1 100%; }
.kq-played .widget-hslider { flex: 1 1 440px; }
.kq-controls .widget-readout { min-width: 64px; }
.kq-body { flex-flow: row wrap; gap: 14px; align-items: flex-start; }
.kq-stage { flex: 1 1 480px; min-width: 280px; max-width: 660px; }
.kq-side { flex: 1 1 290px; min-width: 250px; }
.kq-compare { display: grid; container-type: inline-size; overflow: hidden; }
.kq-compare > * { grid-area: 1 / 1; margin: 0; }
.kq-compare img, .kq-extra img { width: 100%; height: auto; max-width: none; margin: 0;
  image-rendering: auto; }
.kq-small img, .kq-extra img.kq-small { image-rendering: pixelated; }
.kq-clip { overflow: hidden; z-index: 1; justify-self: start; border-right: 2px solid #fff;
  box-shadow: 1px 0 0 #000; }
.kq-clip img { width: 100cqw; }
.kq-captions { display: flex; justify-content: space-between; gap: 12px; font-size: 12px;
  color: var(--jp-ui-font-color1, #222); line-height: 1.4; }
.kq-readouts { margin: 0 0 8px; font-size: 13px; line-height: 1.35; }
.kq-readouts > div { display: flex; justify-content: space-between; gap: 14px; padding: 3px 0;
  border-bottom: 1px solid var(--jp-border-color3, #e4e4e4); }
.kq-readouts span { color: var(--jp-ui-font-color1, #444); }
.kq-readouts b { font-variant-numeric: tabular-nums; font-weight: 600; text-align: right;
  color: var(--jp-ui-font-color0, #000); }
.kq-divider { width: 100%; margin: 2px 0; }
.kq-message { padding: 14px 16px; margin: 4px 0; font-size: 14px; line-height: 1.5;
  border-left: 4px solid #0072b2; background: var(--jp-layout-color2, #f2f2f2);
  color: var(--jp-ui-font-color0, #000); }
.kq-plot svg { width: 100%; height: auto; display: block; }
.kq-plots .widget-html-content { display: grid; gap: 6px 14px;
  grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); }
.kq-extra { max-width: 100%; }
.kq-extra.kq-below { display: grid; grid-auto-flow: column; grid-template-rows: auto auto;
  grid-auto-columns: minmax(0, 1fr); gap: 0 12px; align-items: end; }
.kq-pair .kq-stage { flex: 1 1 400px; max-width: 470px; }
.kq-pair .kq-side { flex: 1 1 400px; }
.kq-pair .kq-side .kq-extra { display: grid; grid-auto-flow: column; align-items: start;
  grid-template-rows: auto auto; grid-auto-columns: minmax(0, 1fr); gap: 0 12px; }
</style>"""


class PictureWidget(widgets.Image):
    """An image widget whose tooltip reaches the page: there it is the text alternative."""

    # The front end asks for a description before it sets a tooltip; plain images have none.
    description = Unicode("").tag(sync=True)


class _ButtonRow(widgets.HBox):
    """A row of buttons whose value is the tuple of all presses so far."""

    value = Tuple()

    def __init__(self, control):
        label = widgets.Label(control.label, layout={"width": _LABEL["description_width"]})
        buttons = [widgets.Button(description=each) for each in control.buttons]
        super().__init__([label, *buttons])
        self.value = control.value
        for button in buttons:
            button.on_click(self._remember)

    def _remember(self, button):
        self.value = (*self.value, button.description)


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
    controls = {
        control.name: _control(control, explorer.live)
        for control in explorer.controls
        if not isinstance(control, Pick)
    }
    stage, progress = _Stage(), _Progress()

    def update(change=None):
        _clear_buttons(controls.values(), change, update)
        state = {name: each.value for name, each in controls.items()}
        progress.during(explorer.prepare, state)
        stage.show(explorer.render(state).finished())

    for each in controls.values():
        each.observe(update, names="value")
    title = widgets.HTML(f'{_STYLE}<div class="kq-title">{html.escape(explorer.title)}</div>')
    rows = [
        _with_play(control, controls[control.name])
        for control in explorer.controls
        if control.name in controls
    ]
    parts = [title, _box("kq-controls", rows), progress.widget, stage.widget]
    widget = _box("kq-explorer", parts, widgets.VBox)
    if show and explorer.prepare:
        show(widget)
    update()
    if show and not explorer.prepare:
        show(widget)
    return widget


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


class _Stage:
    """The pictures, plots and readouts; each is sent only when it changes."""

    def __init__(self):
        self.before, self.after = PictureWidget(), PictureWidget()
        self.captions, self.message = widgets.HTML(), widgets.HTML()
        self.readouts, self.plots = widgets.HTML(), widgets.HTML()
        self.plots.add_class("kq-plot")
        self.many_plots = widgets.HTML()
        for css_class in ("kq-plot", "kq-plots"):
            self.many_plots.add_class(css_class)
        self.drawing = widgets.HTML()
        self.drawing.add_class("kq-plot")
        self.extras, self.below = (_box("kq-extra", [], widgets.VBox) for _ in range(2))
        self.below.add_class("kq-below")
        self.clip = _box("kq-clip", [self.before])
        self.divider = widgets.IntSlider(
            50, 0, 100, description="Original | result", readout=False, style=_LABEL
        )
        self.divider.add_class("kq-divider")
        self.divider.observe(self._move_divider, names="value")
        self._move_divider()
        self.compare = _box("kq-compare", [self.after, self.clip])
        pictures = [self.compare, self.captions, self.divider]
        main = [self.message, self.drawing, *pictures, self.below, self.many_plots]
        stage = _box("kq-stage", main, widgets.VBox)
        side = _box("kq-side", [self.readouts, self.plots, self.extras], widgets.VBox)
        self.widget = _box("kq-body", [stage, side])

    def show(self, view):
        """Draw a view."""
        _set(self.message, _message_html(view.message))
        _set(self.readouts, _readouts_html(view.readouts))
        _set(self.drawing, view.drawing)
        self._show_plots(view.plots)
        self._show_pictures(view)
        self._make_room(view.extras)
        _show_row(self.extras, view.extras)
        _show_row(self.below, view.below)

    def _show_plots(self, plots):
        """Draw up to three plots beside the pictures, more of them below, where there is room."""
        few = len(plots) <= 3
        _set(self.plots, "".join(plots) if few else "")
        _set(self.many_plots, "" if few else "".join(plots))

    def _make_room(self, extras):
        """Put two small extras side by side, so that they are seen along with the sliders."""
        pair = len(extras) == 2 and max(max(each.shape) for each in extras) < 300
        (self.widget.add_class if pair else self.widget.remove_class)("kq-pair")

    def _show_pictures(self, view):
        both = view.before is not None and view.after is not None
        for widget, each in ((self.before, view.before), (self.after, view.after)):
            if each is not None:
                _set_picture(widget, each)
        self.compare.layout.display = "none" if view.after is None else None
        self.divider.description = view.sides
        self.clip.layout.display = None if both else "none"
        self.divider.layout.display = None if both else "none"
        _set(self.captions, _captions_html(view))
        if view.after is not None:
            _show_pixels(self.compare, view.after)

    def _move_divider(self, _change=None):
        self.clip.layout.width = f"{self.divider.value}%"


_LABEL = {"description_width": "130px"}


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


def _with_play(control, slider):
    """Return the slider, with a play button before it where the control asks for one."""
    if not getattr(control, "play", False):
        return slider
    play = widgets.Play(min=0, max=len(control.values) - 1, interval=control.interval)
    play.value = slider.index
    widgets.link((play, "value"), (slider, "index"))
    return _box("kq-played", [slider, play])


def _box(css_class, children, kind=widgets.Box):
    box = kind(children)
    box.add_class(css_class)
    return box


def _show_row(box, pictures):
    """Fill a box with pictures, each followed by its caption."""
    if len(box.children) != 2 * len(pictures):
        box.children = [part() for _ in pictures for part in (PictureWidget, widgets.HTML)]
    for i, each in enumerate(pictures):
        _set_picture(box.children[2 * i], each)
        _show_pixels(box.children[2 * i], each)
        caption = f'<div class="kq-captions">{html.escape(each.caption)}</div>'
        _set(box.children[2 * i + 1], caption)


def _set(widget, value):
    if widget.value != value:
        widget.value = value


def _set_picture(widget, each):
    _set(widget, each.png)
    if widget.tooltip != each.alt:
        widget.tooltip = each.alt


def _show_pixels(widget, each):
    """Let the pixels of a small picture be seen as squares."""
    (widget.add_class if max(each.shape) < 300 else widget.remove_class)("kq-small")


def _message_html(message):
    return f'<div class="kq-message" role="status">{html.escape(message)}</div>' if message else ""


def _readouts_html(readouts):
    rows = "".join(
        f"<div><span>{html.escape(label)}</span><b>{html.escape(text)}</b></div>"
        for label, text in readouts
    )
    return f'<div class="kq-readouts" role="status">{rows}</div>' if rows else ""


def _captions_html(view):
    captions = [each.caption for each in (view.before, view.after) if each is not None]
    return "".join(
        [
            '<div class="kq-captions">',
            *(f"<span>{html.escape(c)}</span>" for c in captions),
            "</div>",
        ]
    )
