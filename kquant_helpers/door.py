"""The door of the package: what people hand in is checked here, and turned into the plain thing.

Each function takes what somebody gave and returns what the parts behind the door work with: an
int, a plain uint8 array, a list. Where that is impossible it raises a TypeError or ValueError
of one sentence that says what was given, what is accepted and how to mend it. Whatever stands
behind the door trusts what came through it.
"""

import math
import numbers
import os
from collections.abc import Iterable, Mapping

import numpy as np

MAX_PIXELS = 50_000_000
"""Larger photos are refused: their pixels alone would fill a small computer's memory."""

_LONGEST_QUOTE = 100


# Numbers, names and lists


def quoted(value):
    """Write a value as Python does, on one line and not too long.

    Examples
    --------
    >>> quoted("four")
    "'four'"
    >>> quoted([0] * 1000)
    'a list of 1,000 entries'
    """
    if isinstance(value, (list, tuple, set, frozenset, Mapping)) and len(value) > _LONGEST_QUOTE:
        return f"a {type(value).__name__} of {len(value):,} entries"
    if isinstance(value, (str, bytes, bytearray)):
        value = value[: 2 * _LONGEST_QUOTE]
    try:
        text = " ".join(repr(value).split())
    # Whatever the repr of somebody's object raises, a message about it is due.
    except Exception:
        text = _a_type(value)
    half = _LONGEST_QUOTE // 2
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:half]}…{text[-half:]}"


def _a_type(value):
    return f"of type {type(value).__name__[:40]}"


def whole(value, name, what, example, *, least=1, most=None):
    """Return a whole number as an int, whatever kind of integer it came as.

    Examples
    --------
    >>> whole(np.uint8(4), "block_size", "the side of a block", "block_size=4")
    4
    >>> whole(0, "block_size", "the side of a block", "block_size=4")
    Traceback (most recent call last):
    ValueError: block_size is 0, but the side of a block is a whole number from 1 up: try \
block_size=4.
    """
    reach = f"{least} up" if most is None else f"{least} to {most:,}"
    told = f"{name} is {{}}, but {what} is a whole number from {reach}: try {example}."
    if not isinstance(value, numbers.Integral) or isinstance(value, bool):
        raise TypeError(told.format(quoted(value)))
    number = int(value)
    if number < least or (most is not None and number > most):
        raise ValueError(told.format(quoted(number)))
    return number


def k(value):
    """Return a number of codewords as an int.

    Examples
    --------
    >>> k(0)
    Traceback (most recent call last):
    ValueError: k is 0, but the number of codewords is a whole number from 1 up: try k=8.
    """
    return whole(value, "k", "the number of codewords", "k=8")


def block_size(value):
    """Return the side of a block as an int."""
    return whole(value, "block_size", "the side of a block in pixels", "block_size=4")


def quality(value, least=0):
    """Return a quality as an int.

    Examples
    --------
    >>> quality(101)
    Traceback (most recent call last):
    ValueError: quality is 101, but it is a whole number from 0 to 100: try quality=75.
    """
    return whole(value, "quality", "it", "quality=75", least=least, most=100)


def seed(value):
    """Return a seed as an int; None, for another draw each time, stays None."""
    if value is None:
        return None
    example = "random_state=0"
    return whole(value, "random_state", "a seed", example, least=0, most=2**32 - 1)


def positive(value, name, what, example):
    """Return a finite number above 0 as a float.

    Examples
    --------
    >>> positive(np.float32(0.5), "step", "a step", "step=16")
    0.5
    """
    told = f"{name} is {{}}, but {what} is a number above 0: try {example}."
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        raise TypeError(told.format(quoted(value)))
    number = float(value)
    if not 0 < number < math.inf:
        raise ValueError(told.format(quoted(number)))
    return number


def flag(value, name):
    """Return a yes or no as a bool.

    Examples
    --------
    >>> flag("no", "pad")
    Traceback (most recent call last):
    TypeError: pad is 'no', but it is a yes or no: use True or False.
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {quoted(value)}, but it is a yes or no: use True or False.")
    return bool(value)


def one_of(value, name, names, what):
    """Return a name, if it is one of these.

    Examples
    --------
    >>> one_of("cubed", "kind", ("absolute", "squared"), "a map shows one of two differences")
    Traceback (most recent call last):
    ValueError: kind is 'cubed', but a map shows one of two differences: use "absolute" or \
"squared".
    """
    if not isinstance(value, str) or value not in names:
        *others, last = (f'"{each}"' for each in names)
        told = f"{', '.join(others)} or {last}" if others else last
        raise ValueError(f"{name} is {quoted(value)}, but {what}: use {told}.")
    return value


def text(value, name, example):
    """Return a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {quoted(value)}, but it is a text: try {example}.")
    return value


def listed(values, name, what, example):
    """Return what an iterable gives as a list that is not empty; it is walked once.

    Examples
    --------
    >>> listed((k for k in (2, 4)), "ks", "whole numbers", "ks=(2, 4, 8)")
    [2, 4]
    >>> listed("24", "ks", "whole numbers", "ks=(2, 4, 8)")
    Traceback (most recent call last):
    TypeError: ks is '24', but it is a list of whole numbers: try ks=(2, 4, 8).
    """
    told = f"{name} is {{}}, but it is a list of {what}: try {example}."
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(told.format(quoted(values)))
    try:
        found = list(values)
    except TypeError:  # An array without dimensions says that it is iterable.
        raise TypeError(told.format(quoted(values))) from None
    if not found:
        raise ValueError(f"{name} is empty, but it has at least one entry: try {example}.")
    return found


def path(value):
    """Return a path as text, with the home folder in place of ~."""
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(
            f"The path is {quoted(value)}, but a file is named by a text or a path: "
            'try "photo.kqi".'
        )
    return os.path.expanduser(os.fsdecode(value))


# Images


def image(value, name="image"):
    """Return an image that the course works on, as a plain array of uint8.

    Parameters
    ----------
    value : ndarray of uint8, shape (height, width) or (height, width, 3)
        What was given; it is not changed.
    name : str
        What the message calls it.

    Returns
    -------
    ndarray of uint8
        The very pixels, not copied; of a subclass of ndarray, the plain array.

    Raises
    ------
    TypeError
        Where it is no array or a masked one, or its dtype is not uint8.
    ValueError
        Where its shape is another one, or it has no pixels.

    Examples
    --------
    >>> image(np.uint8([[0, 255]]))
    array([[  0, 255]], dtype=uint8)
    >>> image([[0, 255]])
    Traceback (most recent call last):
        ...
    TypeError: image is of type list, but it must be a uint8 array of shape (height, width) or \
(height, width, 3): convert it with np.array(image, dtype=np.uint8).
    """
    accepted = "it must be a uint8 array of shape (height, width) or (height, width, 3)"
    if not isinstance(value, np.ndarray):
        given = "None" if value is None else _a_type(value)
        raise TypeError(f"{name} is {given}, but {accepted}: {_mend_type(value)}.")
    value = unmasked(value, name)
    given = f"an array of {value.dtype} of shape {_shape(value)}"
    if value.dtype != np.uint8:
        raise TypeError(f"{name} is {given}, but {accepted}: {_mend_dtype(value)}.")
    if value.size == 0 or not (value.ndim == 2 or (value.ndim == 3 and value.shape[2] == 3)):
        raise ValueError(f"{name} is {given}, but {accepted}: {_mend_shape(value.shape)}.")
    return value


def images(original, quantized):
    """Return two images of one shape as plain arrays of uint8."""
    original, quantized = image(original, "The original"), image(quantized, "The quantized image")
    if original.shape != quantized.shape:
        raise ValueError(
            f"The images have the shapes {original.shape} and {quantized.shape}, but an error "
            "compares pixel with pixel: give two images of one shape."
        )
    return original, quantized


def unmasked(array, name):
    """Return an array as a plain one; refuse a masked one, whose mask would be lost."""
    if isinstance(array, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array, but every entry counts here: fill the masked ones "
            "with .filled(0)."
        )
    return np.asarray(array)


def _shape(array):
    text = str(array.shape)
    return text if len(text) <= 60 else f"with {array.ndim} dimensions"


def _mend_type(value):
    """Say how to make an image of something that is no array."""
    if value is None:
        return "if a function made it, let that function return its result"
    if isinstance(value, (str, bytes, os.PathLike)) or hasattr(value, "getbands"):
        return "load_photo makes such an array of it"
    if hasattr(value, "codebooks"):
        return "its .image is such an array"
    return "convert it with np.array(image, dtype=np.uint8)"


def _mend_dtype(array):
    """Say how to make uint8 of an array of another dtype."""
    if array.dtype == bool or (array.dtype.kind == "u" and array.itemsize == 2):
        return "load_photo(image) scales it to 0..255"
    if array.dtype.kind not in "iuf":
        return "convert it with np.array(image, dtype=np.uint8)"
    if not np.isfinite(array).all():
        return "replace its NaN and infinite entries, then round and convert it"
    low, high = (array.min(), array.max()) if array.size else (0, 0)
    # A float image of 0..1 may be a hair outside of it, by somebody's resizing.
    if low >= -0.1 and high <= 1.1:
        return "take it as 0..1 with np.rint(image.clip(0, 1) * 255).astype(np.uint8)"
    if low >= -0.5 and high <= 255.5:
        return "round and convert it with np.rint(image).clip(0, 255).astype(np.uint8)"
    if low >= 0 and high <= 65535 and array.dtype.kind != "f":
        return "take it as 16 bits with load_photo(image.astype(np.uint16))"
    return (
        "stretch it to 0..255 with np.rint(np.interp(image, (image.min(), image.max()), "
        "(0, 255))).astype(np.uint8)"
    )


def _mend_shape(shape):
    """Say how to make an image's shape of another one."""
    if 0 in shape:
        return "give one with at least one pixel"
    if len(shape) < 3:
        return "arrange its pixels with image.reshape(height, width)"
    if len(shape) > 3:
        return "take one image of them, such as images[0]"
    if shape[2] == 4:
        return "load_photo(image) lays its transparent pixels on white"
    if shape[0] in (1, 3) and shape[2] != 1:
        return "put the channels last with np.moveaxis(image, 0, 2)"
    return "take one channel of it with image[:, :, 0]"


# Vectors, codebooks, indices


def intensities(values, name="The values"):
    """Return a plain uint8 array of any shape."""
    if not isinstance(values, np.ndarray) or values.dtype != np.uint8:
        raise TypeError(
            f"{name} are {_kind(values)}, but intensities are whole numbers in a uint8 array: "
            "round and convert them with np.rint(values).clip(0, 255).astype(np.uint8)."
        )
    return unmasked(values, name)


def vectors(values):
    """Return uint8 vectors of shape (n, d), n and d ≥ 1, from which a codebook is learned."""
    if not isinstance(values, np.ndarray) or values.dtype != np.uint8:
        raise TypeError(
            f"The vectors are {_kind(values)}, but a codebook is learned from uint8 "
            "intensities: cut a uint8 image with cut_image."
        )
    return _rows(unmasked(values, "The array of vectors"), "a codebook is learned from")


def pixels(values):
    """Return uint8 colors of shape (n, 3), n ≥ 1.

    Examples
    --------
    >>> pixels(np.zeros((4, 1), dtype=np.uint8))
    Traceback (most recent call last):
    ValueError: The pixels have the shape (4, 1), but colors need the shape (n, 3): take a \
color photo and cut it with cut_image(image, "rgb").
    """
    values = intensities(values, "The pixels")
    if values.ndim != 2 or values.shape[1] != 3:
        raise ValueError(
            f"The pixels have the shape {_shape(values)}, but colors need the shape (n, 3): "
            'take a color photo and cut it with cut_image(image, "rgb").'
        )
    if not len(values):
        raise ValueError("There are no pixels, but a palette needs at least one: take a photo.")
    return values


def samples(values):
    """Return vectors of any finite numbers, of shape (n, d), which are to be encoded."""
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "uif":
        raise TypeError(
            f"The vectors are {_kind(values)}, but an array of numbers is encoded: cut a uint8 "
            "image with cut_image."
        )
    values = _rows(unmasked(values, "The array of vectors"), "is encoded: here")
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise ValueError(
            "The vectors hold entries that are not finite (nan or inf), but only numbers have a "
            "nearest codeword: cut a uint8 image with cut_image."
        )
    return values


def _rows(values, why):
    if values.ndim != 2 or not values.size:
        raise ValueError(
            f"The vectors have the shape {_shape(values)}, but {why} an array of shape (number "
            "of vectors, entries of each): cut an image with cut_image."
        )
    return values


def codebook(value, dimensions=None):
    """Return a codebook as a plain float64 array of shape (k, d)."""
    try:
        book = np.asarray(unmasked_if_array(value, "The codebook"), dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        if isinstance(value, np.ma.MaskedArray):
            raise
        raise TypeError(
            f"The codebook is {_a_type(value)} and no array of numbers, but it "
            "needs one row for each codeword: learn one with learn(vectors, k)."
        ) from None
    if book.ndim != 2 or not book.size or not np.isfinite(book).all():
        raise ValueError(
            f"The codebook has the shape {_shape(book)} and "
            f"{np.count_nonzero(~np.isfinite(book))} entries that are not finite, but it "
            "needs a row of finite numbers for each codeword: learn one with learn(vectors, k)."
        )
    if dimensions is not None and book.shape[1] != dimensions:
        raise ValueError(
            f"The codewords have {book.shape[1]} entries, but the vectors have {dimensions}: "
            "learn the codebook from vectors that are cut the same way."
        )
    return book


def unmasked_if_array(value, name):
    """Return a value, as a plain array where it is an array."""
    return unmasked(value, name) if isinstance(value, np.ndarray) else value


def palette(value):
    """Return a palette as a plain float64 array of shape (k, 3).

    Examples
    --------
    >>> palette([[0, 0, 300]])
    Traceback (most recent call last):
    ValueError: The palette runs from 0 to 300, but its colors lie in 0 to 255: clip it with \
np.clip(palette, 0, 255).
    """
    try:
        colors = np.asarray(unmasked_if_array(value, "The palette"), dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        if isinstance(value, np.ma.MaskedArray):
            raise
        raise TypeError(
            f"The palette is {_a_type(value)} and no array of numbers, but a palette "
            "has the shape (k, 3): give one row of R, G and B for each color."
        ) from None
    if colors.ndim != 2 or colors.shape[1] != 3 or not len(colors):
        raise ValueError(
            f"The palette has the shape {_shape(colors)}, but a palette has the shape (k, 3) and "
            "at least one color: give one row of R, G and B for each color."
        )
    # Rounding noise just outside of 0..255 is no mistake: it rounds to 0 or 255.
    if not (colors.min() >= -0.5 and colors.max() <= 255.5):
        raise ValueError(
            f"The palette runs from {colors.min():g} to {colors.max():g}, but its colors lie in "
            "0 to 255: clip it with np.clip(palette, 0, 255)."
        )
    return colors


def indices(values, mend="give what encode(vectors, codebook) returns"):
    """Return whole numbers of any shape as a plain array of them."""
    try:
        array = np.asarray(unmasked_if_array(values, "The array of indices"))
    except ValueError:  # Rows of different lengths.
        array = np.empty(0, object)
    if array.dtype.kind not in "ui":
        raise TypeError(f"The indices are {_kind(values)}, but they are whole numbers: {mend}.")
    return array


def _kind(values):
    return str(values.dtype) if isinstance(values, np.ndarray) else _a_type(values)


def shape(value):
    """Return the shape of an image as a tuple of int.

    Examples
    --------
    >>> shape([np.int64(4), 6])
    (4, 6)
    """
    try:
        sides = tuple(whole(side, "A side", "a side of an image", "(600, 960)") for side in value)
    except (TypeError, ValueError):
        sides = ()
    if len(sides) not in (2, 3) or sides[2:] not in ((), (3,)):
        raise ValueError(
            f"The shape is {quoted(value)}, but an image has the shape (height, width) or "
            "(height, width, 3): give image.shape."
        )
    return sides


def vector_sets(values):
    """Return arrays of vectors, one for each codebook, as a list of plain arrays."""
    told = "arrays, as cut_image returns them"
    if isinstance(values, np.ndarray):
        raise TypeError(
            f"The vectors are one array of shape {_shape(values)}, but there is one array for "
            "each codebook: put it in a tuple, as in (vectors,)."
        )
    sets = listed(values, "vectors", told, "vectors=cut_image(image)")
    if not all(isinstance(each, np.ndarray) for each in sets):
        raise TypeError(
            f"The vectors are {quoted(values)}, but they are {told}: give what cut_image(image) "
            "returns."
        )
    return [unmasked(each, "An array of vectors") for each in sets]


def content(value):
    """Return bytes of any kind as bytes."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"The data is {_a_type(value)}, but it is read from bytes: give what was written."
        )
    return bytes(value)


def function(value, name, example):
    """Return a function; in place of None, one that does nothing."""
    if value is None:
        return _nothing
    if not callable(value):
        raise TypeError(f"{name} is {quoted(value)}, but it is a function: try {example}.")
    return value


def _nothing(*_):
    """Take the place of a function that nobody gave."""


# For figures


def row(values, name):
    """Return some numbers in a row, of any iterable, as a plain float64 array."""
    told = f"{name} is {{}}, but it is a row of numbers: give a list such as [2, 4, 8]."
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(told.format(quoted(values)))
    try:
        found = np.asarray(
            unmasked(values, name) if isinstance(values, np.ndarray) else list(values)
        )
        found = found.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(told.format(quoted(values))) from None
    if found.ndim == 2 and 1 in found.shape:
        found = found.ravel()
    if found.ndim != 1:
        raise ValueError(told.format(f"an array of shape {_shape(found)}"))
    return found


def named(values, name, what, example):
    """Return names and what stands under them as a dict."""
    if not isinstance(values, Mapping):
        raise TypeError(
            f"{name} is {quoted(values)}, but it is a dict of names and {what}: try "
            f"{name}={example}."
        )
    return dict(values)


def sweep_rows(rows):
    """Return the rows of a sweep, of any iterable, as a list; there may be none."""
    found = list(rows) if isinstance(rows, Iterable) else [rows]
    if not all(hasattr(row, "peak_snr") for row in found):
        raise TypeError(
            f"rows is {quoted(rows)}, but it is a list of rows: give what "
            "rate_distortion_sweep(image) yields."
        )
    return found


def axes(value):
    """Return Axes to draw into; None stays None."""
    if value is not None and not hasattr(value, "set_axis_on"):
        raise TypeError(
            f"ax is {quoted(value)}, but it is Axes of matplotlib: give one of "
            "image_grid(1, 2), or leave ax out."
        )
    return value
