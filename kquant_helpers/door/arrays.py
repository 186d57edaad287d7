"""Vectors, codebooks, palettes, indices."""

import numpy as np

from kquant_helpers.door.plain import a_type, listed, quoted, walked

LARGEST = np.float64(1e150)
"""The squares of larger numbers add up to infinity."""


def unmasked(array, name):
    """Return an array as a plain one; refuse a masked one, whose mask would be lost."""
    if isinstance(array, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array, but every entry counts here: fill the masked ones "
            "with .filled(0)."
        )
    return np.asarray(array)


def unmasked_if_array(value, name):
    """Return a value, as a plain array where it is an array."""
    return unmasked(value, name) if isinstance(value, np.ndarray) else value


def shape_text(array):
    """Write a shape, if it is not too long."""
    text = str(array.shape)
    return text if len(text) <= 60 else f"with {array.ndim} dimensions"


def _kind(values):
    return str(values.dtype) if isinstance(values, np.ndarray) else a_type(values)


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
            f"The pixels have the shape {shape_text(values)}, but colors need the shape (n, 3): "
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
    if _count_odd(values):
        raise ValueError(
            f"The vectors hold entries that are not finite (nan or inf) or beyond {LARGEST:g}, but "
            "only other numbers have a nearest codeword: cut a uint8 image with cut_image."
        )
    return values


def _count_odd(values):
    """Count the entries that are not finite, or too large to be squared."""
    return np.count_nonzero(~(np.abs(values) <= LARGEST)) if values.dtype.kind == "f" else 0


def floats(value, name, needed):
    """Return an array of numbers, or what can be made one, as a plain array of float64."""
    try:
        array = np.asarray(unmasked_if_array(value, name))
        if array.dtype.kind in "buifO":
            return array.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        if isinstance(value, np.ma.MaskedArray):
            raise
    raise TypeError(f"{name} is {a_type(value)} and no array of numbers, but {needed}.") from None


def _rows(values, why):
    if values.ndim != 2 or not values.size:
        raise ValueError(
            f"The vectors have the shape {shape_text(values)}, but {why} an array of shape (number "
            "of vectors, entries of each): cut an image with cut_image."
        )
    return values


def codebook(value, dimensions=None):
    """Return a codebook as a plain float64 array of shape (k, d)."""
    needed = "it needs one row for each codeword: learn one with learn(vectors, k)"
    book = floats(value, "The codebook", needed)
    if book.ndim != 2 or not book.size or _count_odd(book):
        raise ValueError(
            f"The codebook has the shape {shape_text(book)} and {_count_odd(book)} entries that "
            f"are not finite or beyond {LARGEST:g}, but it needs a row of other numbers for each "
            "codeword: learn one with learn(vectors, k)."
        )
    if dimensions is not None and book.shape[1] != dimensions:
        raise ValueError(
            f"The codewords have {book.shape[1]} entries, but the vectors have {dimensions}: "
            "learn the codebook from vectors that are cut the same way."
        )
    return book


def palette(value):
    """Return a palette as a plain float64 array of shape (k, 3).

    Examples
    --------
    >>> palette([[0, 0, 300]])
    Traceback (most recent call last):
    ValueError: The palette runs from 0 to 300, but its colors lie in 0 to 255: clip it with \
np.clip(palette, 0, 255).
    """
    needed = "a palette has the shape (k, 3): give a row of R, G and B for at least one color"
    colors = floats(value, "The palette", needed)
    if colors.ndim != 2 or colors.shape[1] != 3 or not len(colors):
        raise ValueError(f"The palette has the shape {shape_text(colors)}, but {needed}.")
    # Rounding noise just outside of 0..255 is no mistake: it rounds to 0 or 255.
    if not (colors.min() >= -0.5 and colors.max() <= 255.5):
        raise ValueError(
            f"The palette runs from {colors.min():g} to {colors.max():g}, but its colors lie in "
            "0 to 255: clip it with np.clip(palette, 0, 255)."
        )
    return colors


def points(value, name):
    """Return points in the plane as a plain float64 array of shape (n, 2), n ≥ 1."""
    needed = f"points in the plane have the shape (n, 2): give {name} one row of x and y for each"
    places = floats(value, name, needed)
    if places.ndim != 2 or places.shape[1] != 2 or not len(places) or _count_odd(places):
        raise ValueError(
            f"{name} has the shape {shape_text(places)} and {_count_odd(places)} entries that are "
            f"not finite or beyond {LARGEST:g}, but {needed}."
        )
    return places


def indices(values, mend="give what encode(vectors, codebook) returns"):
    """Return whole numbers of any shape as a plain array of them."""
    try:
        array = np.asarray(unmasked_if_array(values, "The array of indices"))
    except ValueError:  # Rows of different lengths.
        array = np.empty(0, object)
    if array.dtype.kind not in "ui":
        raise TypeError(f"The indices are {_kind(values)}, but they are whole numbers: {mend}.")
    return array


def vector_sets(values):
    """Return arrays of vectors, one for each codebook, as a list of plain arrays."""
    told = "arrays, as cut_image returns them"
    if isinstance(values, np.ndarray):
        raise TypeError(
            f"The vectors are one array of shape {shape_text(values)}, but there is one array for "
            "each codebook: put it in a tuple, as in (vectors,)."
        )
    sets = listed(values, "vectors", told, "vectors=cut_image(image)")
    if not all(isinstance(each, np.ndarray) for each in sets):
        raise TypeError(
            f"The vectors are {quoted(values)}, but they are {told}: give what cut_image(image) "
            "returns."
        )
    return [unmasked(each, "An array of vectors") for each in sets]


def row(values, name):
    """Return some numbers in a row, of any iterable, as a plain float64 array."""
    told = f"{name} is {{}}, but it is a row of numbers: give a list such as [2, 4, 8]."
    given = values if isinstance(values, np.ndarray) else walked(values, told)
    found = floats(given, name, "it is a row of numbers: give a list such as [2, 4, 8]")
    if found.ndim == 2 and 1 in found.shape:
        found = found.ravel()
    if found.ndim != 1:
        raise ValueError(told.format(f"an array of shape {shape_text(found)}"))
    return found


def count_rows(values):
    """Return one or more histograms as a plain float64 array of shape (n, 256).

    Examples
    --------
    >>> count_rows(range(256)).shape
    (1, 256)
    """
    needed = "it must be numbers of shape (256,) or (n, 256): give one for each intensity"
    rows = np.atleast_2d(floats(values, "counts", needed))
    if rows.ndim != 2 or rows.shape[1] != 256 or not len(rows):
        raise ValueError(f"counts has the shape {shape_text(np.asarray(values))}, but {needed}.")
    return rows


def sweep_rows(rows):
    """Return the rows of a sweep, of any iterable, as a list; there may be none."""
    told = "rows is {}, but it is a list of rows: give what rate_distortion_sweep(image) yields."
    found = walked(rows, told)
    if not all(hasattr(row, "peak_snr") for row in found):
        raise TypeError(told.format(quoted(rows)))
    return found
