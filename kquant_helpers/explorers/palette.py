"""The first explorer of lesson 04: a photo in a palette of k colors, learned in several ways."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.cuts import cut_image
from kquant_helpers.errors import error_map
from kquant_helpers.explorers.frame import (
    Choice,
    Explorer,
    View,
    colors_slider,
    palette_picture,
    picture,
)
from kquant_helpers.explorers.plots import palette_svg
from kquant_helpers.explorers.readouts import error_readouts, file_readouts
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.learners.palettes import palette_order
from kquant_helpers.nearest import nearest_palette_index
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import index_bits

METHODS = (
    "histogram k-means",
    "sample k-means",
    "mini-batch k-means",
    "random",
    "median cut",
    "octree",
)

# Where a detail's center lies, as shares of (height, width).
_PLACES = {
    "center": (0.5, 0.5),
    "top left": (0, 0),
    "top right": (0, 1),
    "bottom left": (1, 0),
    "bottom right": (1, 1),
}
_LARGEST = "largest error"
_DETAIL = Choice("detail", "Detail", (*_PLACES, _LARGEST), "center")
_DETAIL_SHAPE = (60, 48)
_ZOOM = 4

# The difference picture shows every second pixel, so many times brighter.
_SKIP = 2
_BRIGHTER = 8
_GRAYS = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(256, 3)

# Each keeps the indices of a photo, or what is drawn of it: about a megabyte.
_REMEMBERED = 32


def explore_palette(photo=None, function=None):
    """Explore palettes: a photo in k colors, its palette, what is lost, and a detail.

    Lesson 04 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes, in color. The default is a menu of
        samples.
    function : callable, optional
        A student's ``learn_palette(image, k)``; each pixel gets its nearest color. The
        default is a menu of the package's own learners.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_palette("flower").render({"k": 8}).readouts[0]
    ('Colors in use', '8')
    """
    subject = choose_subject(photo)
    methods = () if function else (Choice("method", "Palette by", METHODS, METHODS[0]),)

    @lru_cache(_REMEMBERED)
    def indexed(name, method, k):
        image = subject.image({"photo": name})
        if function is not None:
            return student_indexed(function, image, k)
        return indexed_photo(image, k, method)

    @lru_cache(_REMEMBERED)
    def without_detail(name, method, k):
        state = {"photo": name}
        found = indexed(name, method, k)
        return _view(subject.before(state), subject.image(state), *found, k)

    def draw(state):
        known = state.get("photo"), state.get("method"), state["k"]
        view, difference = without_detail(*known)
        detail = _detail_picture(
            subject.image(state), *indexed(*known), state["detail"], difference
        )
        return replace(view, below=(detail, *view.below))

    title = "RGB palettes" + (": your learn_palette" if function else "")
    controls = (*subject.controls, *methods, colors_slider(), _DETAIL)
    return Explorer(title, controls, draw, live=function is None)


def indexed_photo(image, k, method=None):
    """Return the indices of a photo's pixels and the palette that they point into.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width, 3)
        The photo.
    k : int
        Number of colors.
    method : str, optional
        One of `METHODS`.

    Returns
    -------
    indices : ndarray of integers, shape (height, width)
    palette : ndarray of uint8, shape (k', 3), k' ≤ k
    """
    quantized = quantize(image, k, "rgb", method)
    return quantized.indices, rounded_codebook(quantized.codebooks[0])


def student_indexed(function, image, k):
    """Return what `indexed_photo` does, with the palette of a student's ``learn_palette``.

    Raises
    ------
    NotYet
        With the sentence to show in place of the picture.
    """
    (pixels,) = cut_image(image, "rgb")
    answer = ask("learn_palette", function, image, k, shown=f"learn_palette(photo, {k})")
    palette = np.asarray(answer.is_array((k, 3), np.uint8).value)
    return nearest_palette_index(pixels, palette).reshape(image.shape[:2]), palette


def palette_plot(indices, palette, title):
    """Draw a palette in its order, with the share of the pixels that each color paints."""
    shares = np.bincount(indices.ravel(), minlength=len(palette)) / indices.size
    order = palette_order(palette)
    return palette_svg(palette[order], shares[order], title)


def _view(before, image, indices, palette, k):
    """Return the view but for its detail, and how far every second pixel is off."""
    result = np.take(palette, indices, axis=0)
    after = palette_picture(indices, palette, f"{k} colors", f"The photo in {k} colors")
    difference = error_map(image[::_SKIP, ::_SKIP], result[::_SKIP, ::_SKIP]).astype(np.float32)
    view = View(
        before=before,
        after=after,
        plots=(palette_plot(indices, palette, "The palette, and how much each color paints"),),
        below=(_difference_picture(difference),),
        readouts=(
            ("Colors in use", f"{np.count_nonzero(np.bincount(indices.ravel())):,}"),
            ("Bits per pixel", f"{index_bits(len(palette))}, without the palette"),
            ("Palette", f"{3 * len(palette)} bytes"),
            *file_readouts(before, after, "Indexed PNG on disk"),
            *error_readouts(image, result),
        ),
    )
    return view, difference


def _difference_picture(difference):
    bright = np.minimum(np.rint(_BRIGHTER * difference), 255).astype(np.uint8)
    return palette_picture(
        bright,
        _GRAYS,
        f"Difference, {_BRIGHTER} × brighter: black is none",
        "How far each pixel is from the original: the brighter, the further",
    )


def _detail_picture(image, indices, palette, place, difference):
    """Return a detail of the photo and, right of it, the same detail of the result."""
    shape = np.minimum(_DETAIL_SHAPE, image.shape[:2])
    top, left = _corner(place, image.shape[:2], shape, difference)
    window = np.s_[top : top + shape[0], left : left + shape[1]]
    gap = np.full((shape[0], 1, 3), 255, np.uint8)
    pair = np.concatenate([image[window], gap, palette[indices[window]]], axis=1)
    zoomed = pair.repeat(_ZOOM, axis=0).repeat(_ZOOM, axis=1)
    words = f"Detail ({place}), enlarged: original | result"
    return picture(zoomed, words, f"A detail of the photo, {place}: the original, then the result")


def _corner(place, shape, detail, difference):
    """Return the first row and column of a detail."""
    if place == _LARGEST:
        rows, columns = (
            np.arange(0, n, size // _SKIP or 1)
            for n, size in zip(difference.shape, detail, strict=True)
        )
        sums = np.add.reduceat(np.add.reduceat(difference, rows, axis=0), columns, axis=1)
        row, column = np.unravel_index(sums.argmax(), sums.shape)
        corner = _SKIP * np.array([rows[row], columns[column]])
        return np.minimum(corner, np.subtract(shape, detail))
    return np.rint(_PLACES[place] * np.subtract(shape, detail)).astype(int)
