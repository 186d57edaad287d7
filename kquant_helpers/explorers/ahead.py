"""An explorer on a page without a kernel: the views of its states, computed ahead.

Since `Explorer.render` is pure, the views can be drawn beforehand and played by the same front
end. Computed are all values of the main slider, and each value of every other control alone. A
large picture is thinned on the way: every second pixel, say, of every second row, with the
tables, the indices and all readouts of the whole photo.
"""

import base64
import hashlib
from dataclasses import replace

import numpy as np
from PIL import Image

from kquant_helpers.explorers.controls import Buttons, Pick, Slider
from kquant_helpers.explorers.pictures import Photo
from kquant_helpers.explorers.wire import packed_photo, packed_view, photos_of
from kquant_helpers.formats import png_bytes

# Pictures up to this side are small enough as they are.
_SMALL = 300


def states_ahead(explorer):
    """Return the states that a page without a kernel can show, the first one first.

    Parameters
    ----------
    explorer : Explorer
        Controls and a render function.

    Returns
    -------
    list of dict

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import Explorer
    >>> sliders = Slider("k", "Levels", (1, 2), 2), Slider("m", "More", (5, 6), 5)
    >>> states_ahead(Explorer("Two", sliders, None))
    [{'k': 2, 'm': 5}, {'k': 1, 'm': 5}, {'k': 2, 'm': 6}]
    """
    states = [explorer.start]
    for control in explorer.controls:
        states += [explorer.start | {control.name: value} for value in control.values]
    return [state for i, state in enumerate(states) if state not in states[:i]]


def played_ahead(explorer, step=1):
    """Return everything that a page without a kernel needs to play an explorer.

    Parameters
    ----------
    explorer : Explorer
        Controls and a render function.
    step : int
        Of a large picture each step-th row and column is kept.

    Returns
    -------
    dict
        Ready for JSON: "title", "controls", "states" (for each the place of each control's value,
        and its view), "photos", and "bytes", base64 by name, which the views point to.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import Explorer, View
    >>> drawn = Explorer("One", (Slider("k", "Levels", (1, 2), 2),), lambda state: View())
    >>> [state["places"] for state in played_ahead(drawn)["states"]]
    [[1], [0]]
    """
    controls = [each for each in explorer.controls if not isinstance(each, Pick)]
    stored, photos, states = {}, {}, []
    for serial, state in enumerate(states_ahead(explorer)):
        view = thinned_view(explorer.render(state).finished(), step)
        wire = packed_view(view, serial)
        places = [control.values.index(state[control.name]) for control in controls]
        packed = {
            "about": _kept(wire["about"], stored),
            "data": [_kept(each, stored) for each in wire["data"]],
        }
        states.append({"places": places, "view": packed})
        for key, photo in photos_of(view).items():
            if key not in photos:
                about = packed_photo(photo)
                photos[key] = about | {"data": _kept(about["data"], stored)}
    return {
        "title": explorer.title,
        "controls": [_described(control) for control in controls],
        "states": states,
        "photos": photos,
        "bytes": stored,
    }


def thinned_view(view, step):
    """Return a view whose large pictures keep each step-th row and column."""
    small = [None if each is None else _thinned(each, step) for each in (view.before, view.after)]
    rest = {
        name: tuple(_thinned(each, step) for each in getattr(view, name))
        for name in ("extras", "below")
    }
    return replace(view, before=small[0], after=small[1], **rest)


def still_picture(view, side=480):
    """Return a view's picture for where nothing moves: the original's left half, then the result.

    Parameters
    ----------
    view : View
        What to show.
    side : int
        The longer side at most, in pixels.

    Returns
    -------
    ndarray of uint8, or None where the view has no picture to compare
    """
    if view.after is None:
        return None
    image = np.array(view.after.image)
    if view.before is not None and view.before.image.shape[:2] == image.shape[:2]:
        before = view.before.image
        if before.ndim < image.ndim:
            before = np.repeat(before[:, :, np.newaxis], 3, axis=2)
        elif image.ndim < before.ndim:
            image = np.repeat(image[:, :, np.newaxis], 3, axis=2)
        half = image.shape[1] // 2
        image[:, :half] = before[:, :half]
        image[:, half] = 255
    scale = min(1, side / max(image.shape[:2]))
    size = [max(1, round(each * scale)) for each in image.shape[1::-1]]
    return np.array(Image.fromarray(np.ascontiguousarray(image)).resize(size))


def still_bundle(explorer):
    """Return what a saved notebook shows of an explorer in the place of a dead widget.

    Parameters
    ----------
    explorer : Explorer
        Whatever takes long to draw is not drawn for this.

    Returns
    -------
    dict
        By MIME type: the words, and the picture where there is one.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import Explorer, View
    >>> still_bundle(Explorer("Empty", (), lambda state: View()))
    {'text/plain': 'Empty'}
    """
    if explorer.prepare is not None:
        return {"text/plain": explorer.title}
    view = explorer.render()
    image = still_picture(view, 360)
    bundle = {"text/plain": told(view, explorer.title)}
    if image is not None:
        bundle["image/png"] = base64.b64encode(png_bytes(image)).decode()
    return bundle


def told(view, title=""):
    """Return a view in words: its title, captions and readouts, a line each."""
    captions = [each.caption for each in (view.before, view.after) if each is not None]
    readouts = [f"{label}: {text}" for label, text in view.finished().readouts]
    lines = [title, view.message, " | ".join(captions), *readouts]
    return "\n".join(line for line in lines if line)


def _kept(content, stored):
    """Store bytes once, by a name that is made of them."""
    name = hashlib.blake2b(content, digest_size=8).hexdigest()
    stored[name] = base64.b64encode(content).decode()
    return name


def _described(control):
    """Return a control as data: what a page needs to draw it."""
    kinds = {Slider: "slider", Buttons: "buttons"}
    text = getattr(control, "text", str)
    values = control.buttons if isinstance(control, Buttons) else map(text, control.values)
    return {
        "kind": kinds.get(type(control), "choice"),
        "label": control.label,
        "values": list(values),
        "start": control.values.index(control.value),
        "interval": control.interval if getattr(control, "play", False) else None,
    }


def _thinned(picture, step):
    if step == 1 or max(picture.shape) <= _SMALL:
        return picture
    few = {"shape": tuple(-(-side // step) for side in picture.shape)}
    if picture.photo is not None:
        few["photo"] = Photo(np.ascontiguousarray(picture.photo.pixels[::step, ::step]))
    for name in ("indices", "pixels"):
        if getattr(picture, name) is not None:
            few[name] = np.ascontiguousarray(getattr(picture, name)[::step, ::step])
    if picture.picks is not None and picture.block == 1:
        same = picture.picks is picture.indices
        few["picks"] = few["indices"] if same else picture.picks[::step, ::step]
    elif picture.picks is not None:
        few["picks"] = None
    return replace(picture, **few)
