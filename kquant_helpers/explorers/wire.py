"""A view on its way to the page: a little text, and the bytes of its pictures.

The front end in ``front/explorer.js`` unpacks what is packed here; both name the protocol, so
that a page kept from an older version is told so.
"""

import hashlib
import json
import zlib

import numpy as np

PROTOCOL = 1
"""Counts up when what is sent changes its meaning."""


def packed_view(view, serial=0, *, pick=False):
    """Pack a view: the originals are only named in it.

    Parameters
    ----------
    view : View
        What to show.
    serial : int
        A number of its own, by which readouts that follow find it.
    pick : bool
        Whether the explorer wants to know what is picked.

    Returns
    -------
    dict
        "about", JSON packed by zlib, and "data", a list of the bytes that it points into.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import View
    >>> packed_view(View(message="Nothing yet."))["data"]
    []
    """
    about, data = described_view(view, serial, pick=pick)
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return {"about": zlib.compress(text.encode(), 6), "data": data}


def described_view(view, serial=0, *, pick=False):
    """Return what `packed_view` packs: a view as plain data, and the bytes that this points into.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import View
    >>> described_view(View(message="Nothing yet."))[0]["message"]
    'Nothing yet.'
    """
    data = []
    about = {
        "protocol": PROTOCOL,
        "serial": serial,
        "pick": pick,
        "message": view.message,
        "before": _packed_picture(view.before, data),
        "after": _packed_picture(view.after, data),
        "extras": [_packed_picture(each, data) for each in view.extras],
        "below": [_packed_picture(each, data) for each in view.below],
        "drawing": view.drawing,
        "plots": list(view.plots),
        "readouts": [[label, str(text)] for label, text in view.readouts],
        "lit": None if view.lit is None else int(view.lit),
    }
    return about, data


def packed_photo(photo):
    """Pack an original: each row as the difference to the one above, which is smaller.

    Parameters
    ----------
    photo : Photo
        The original.

    Returns
    -------
    dict
        Its shape, its number of channels and its packed pixels.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import Photo
    >>> packed_photo(Photo(np.zeros((2, 3), np.uint8)))["shape"]
    [2, 3]
    """
    pixels = photo.pixels
    return {
        "shape": list(pixels.shape[:2]),
        "channels": 1 if pixels.ndim == 2 else 3,
        "data": _packed_rows(pixels),
    }


def photos_of(view):
    """Return the originals that a view points to, by their keys.

    Examples
    --------
    >>> from kquant_helpers.explorers.frame import View
    >>> photos_of(View())
    {}
    """
    pictures = (view.before, view.after, *view.extras, *view.below)
    photos = [each.photo for each in pictures if each is not None and each.photo is not None]
    return {photo.key: photo for photo in photos}


def _packed_picture(picture, data):
    """Return a picture's description; its bytes are appended to the data."""
    if picture is None:
        return None
    first = len(data)
    form = _packed_form(picture, data)
    picks = _packed_picks(picture, data)
    name = hashlib.blake2b(repr((form, picks, picture.shape)).encode(), digest_size=8)
    for each in data[first:]:
        name.update(each)
    return {
        "name": name.hexdigest(),
        "caption": picture.caption,
        "alt": picture.alt,
        "shape": [int(side) for side in picture.shape],
        "form": form,
        "picks": picks,
    }


def _packed_form(picture, data):
    def place(array):
        if array is None:
            return None
        data.append(np.ascontiguousarray(array, np.uint8).tobytes())
        return len(data) - 1

    if picture.photo is not None:
        return {
            "kind": "photo",
            "photo": picture.photo.key,
            "tables": None if picture.is_the_photo else place(picture.tables),
            "lit": place(picture.lit),
            "otherwise": place(picture.otherwise),
        }
    if picture.indices is not None:
        data.append(zlib.compress(picture.indices.tobytes(), 1))
        return {"kind": "indices", "data": len(data) - 1, "palette": place(picture.palette)}
    data.append(_packed_rows(picture.pixels))
    channels = 1 if picture.pixels.ndim == 2 else 3
    return {"kind": "pixels", "data": len(data) - 1, "channels": channels}


def _packed_picks(picture, data):
    if picture.picks is None:
        return None
    about = {"columns": int(picture.picks.shape[1]), "block": int(picture.block), "data": None}
    # A palette picture's map is its own indices, which are sent anyway.
    if picture.picks is not picture.indices:
        data.append(zlib.compress(picture.picks.astype("<i2").tobytes(), 1))
        about["data"] = len(data) - 1
    return about


def _packed_rows(pixels):
    rows = np.array(pixels)
    rows[1:] -= pixels[:-1]
    packer = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    return packer.compress(rows.tobytes()) + packer.flush()
