"""An explorer on a page without a kernel: the views of its states, computed ahead.

Since `Explorer.render` is pure, the views can be drawn beforehand and played by the same front
end. Computed are all values of the main slider, and each value of every other control alone. A
large picture is made smaller on the way. Where it is tables of the photo or indices, every second
pixel, say, of every second row is kept. Blocks and waves would vanish by that, so of a picture that
is neither a part is kept as it is, the one with most contrast. Readouts are those of the whole.
"""

import base64
import hashlib
import itertools
import json
import zlib
from dataclasses import replace
from functools import lru_cache

import numpy as np
from PIL import Image

from kquant_helpers.explorers.controls import Buttons, Pick, Slider
from kquant_helpers.explorers.pictures import Photo
from kquant_helpers.explorers.wire import described_view, packed_photo, photos_of
from kquant_helpers.formats import png_bytes

# Pictures up to this side are small enough as they are.
_SMALL = 300
# The sizes of blocks divide this: a detail is cut out along their edges.
_WHOLE_BLOCKS = 16


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


def views_ahead(explorer):
    """Return the finished view of each of `states_ahead`, in their order.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import Explorer, View
    >>> drawn = Explorer("One", (Slider("k", "Levels", (1, 2), 2),), lambda state: View())
    >>> len(views_ahead(drawn))
    2
    """
    return [explorer.render(state).finished() for state in states_ahead(explorer)]


def played_ahead(explorer, views, step=1):
    """Return everything that a page without a kernel needs to play an explorer.

    Parameters
    ----------
    explorer : Explorer
        Controls and a render function.
    views : list of View
        Its `views_ahead`.
    step : int
        Large pictures get smaller by this factor.

    Returns
    -------
    dict
        Ready for JSON: "title", "controls", "states" (for each the place of each control's value,
        and the names of its view's bytes), "packed" (the views, see `_packed`), "photos", and
        "bytes", base64 by name. Equal bytes have equal names in all explorers.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import Explorer, View
    >>> drawn = Explorer("One", (Slider("k", "Levels", (1, 2), 2),), lambda state: View())
    >>> [state["places"] for state in played_ahead(drawn, views_ahead(drawn))["states"]]
    [[1], [0]]
    """
    controls = [each for each in explorer.controls if not isinstance(each, Pick)]
    detail = any(map(_needs_every_pixel, views))
    stored, photos, states, abouts = {}, {}, [], []
    for serial, (state, whole) in enumerate(zip(states_ahead(explorer), views, strict=True)):
        view = smaller_view(whole, step, detail)
        about, data = described_view(view, serial)
        abouts.append(about)
        places = [control.values.index(state[control.name]) for control in controls]
        states.append({"places": places, "data": [_kept(each, stored) for each in data]})
        for key, photo in photos_of(view).items():
            if key not in photos:
                described = packed_photo(photo)
                photos[key] = described | {"data": _kept(described["data"], stored)}
    return {
        "title": explorer.title,
        "controls": [_described(control) for control in controls],
        "states": states,
        "packed": _packed(abouts),
        "photos": photos,
        "bytes": stored,
    }


def smaller_view(view, step, detail=False):
    """Return a view whose large pictures are smaller by a factor.

    Parameters
    ----------
    view : View
        What to show.
    step : int
        Of large pictures each step-th row and column is kept.
    detail : bool
        Whether a part of what is compared is kept instead, with every pixel; captions say so.

    Returns
    -------
    View
    """
    original = view.before.photo if detail and view.before is not None else None

    def smaller(picture):
        if picture is None or step == 1 or max(picture.shape) <= _SMALL:
            return picture
        compared = original is not None and picture.shape == view.before.shape
        return _smaller(picture, step, _busiest_part(original, step) if compared else None)

    rows = {name: tuple(map(smaller, getattr(view, name))) for name in ("extras", "below")}
    return replace(view, before=smaller(view.before), after=smaller(view.after), **rows)


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


def _needs_every_pixel(view):
    """Say whether a photo's result is neither tables of it nor indices."""
    before, after = view.before, view.after
    compared = before is not None and before.photo is not None and after is not None
    return compared and after.pixels is not None


def _smaller(picture, step, part=None):
    """Return a picture with each step-th row and column, or a part with every pixel."""
    kept = part or tuple(slice(0, side, step) for side in picture.shape)
    few = {"shape": tuple(-(-(each.stop - each.start) // (each.step or 1)) for each in kept)}
    if part:
        few["caption"] = f"{picture.caption}, a detail"
    if picture.photo is not None:
        few["photo"] = Photo(np.ascontiguousarray(picture.photo.pixels[kept]))
    for name in ("indices", "pixels"):
        if getattr(picture, name) is not None:
            few[name] = np.ascontiguousarray(getattr(picture, name)[kept])
    if picture.picks is not None and picture.picks is picture.indices:
        few["picks"] = few["indices"]
    elif picture.picks is not None and (part or picture.block == 1):
        block = picture.block
        few["picks"] = picture.picks[
            tuple(slice(each.start // block, -(-each.stop // block), each.step) for each in kept)
        ]
    else:
        few["picks"] = None
    return replace(picture, **few)


@lru_cache(maxsize=64)
def _busiest_part(photo, step):
    """Return the part of a photo, smaller by a factor, in which most happens: two slices."""
    gray = photo.pixels.reshape(*photo.pixels.shape[:2], -1).mean(axis=2)
    lengths = [max(side // step // _WHOLE_BLOCKS, 1) * _WHOLE_BLOCKS for side in gray.shape]
    places = itertools.product(
        *(
            range(0, side - length + 1, _WHOLE_BLOCKS)
            for side, length in zip(gray.shape, lengths, strict=True)
        )
    )
    parts = [
        tuple(slice(at, at + length) for at, length in zip(place, lengths, strict=True))
        for place in places
    ]
    return max(parts, key=lambda part: gray[part].var())


def _packed(abouts):
    """Pack what is said of all views, base64 of zlib of JSON.

    Drawings stand in a list of their own, each once and equal places together, so that the
    packing finds how much alike they are; a view names them by their numbers.
    """
    texts = {}
    drawn = [[each["drawing"], *each["plots"]] for each in abouts]
    for place in range(max(map(len, drawn), default=0)):
        for texts_of_one in drawn:
            if place < len(texts_of_one):
                texts.setdefault(texts_of_one[place], len(texts))
    views = [
        about | {"drawing": texts[first], "plots": [texts[each] for each in plots]}
        for about, (first, *plots) in zip(abouts, drawn, strict=True)
    ]
    content = json.dumps([list(texts), views], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(content.encode(), 9)).decode()
