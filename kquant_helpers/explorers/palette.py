"""The first explorer of lesson 04: a photo in a palette of k colors, learned in several ways."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.counts import palette_histogram
from kquant_helpers.cuts import cut_image
from kquant_helpers.errors import error_map
from kquant_helpers.explorers.frame import (
    Choice,
    Explorer,
    Pick,
    View,
    colors_slider,
    palette_picture,
    picture,
)
from kquant_helpers.explorers.plots import palette_svg
from kquant_helpers.explorers.readouts import file_readouts, step_readouts
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.learners.palettes import histogram_k_means, palette_order
from kquant_helpers.nearest import nearest, nearest_palette_index
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
_CLICKED, _LARGEST = "where you click", "largest error"
_DETAIL = Choice("detail", "Detail", (_CLICKED, *_PLACES, _LARGEST), _CLICKED)
_DETAIL_SHAPE = (48, 44)

# The largest error is looked for in every second pixel.
_SKIP = 2

# Each keeps the indices of a photo, or what is drawn of it: about a megabyte.
_REMEMBERED = 32
_PHOTOS = 4


def explore_palette(photo=None, function=None):
    """Explore palettes: a photo in k colors, its palette, and a detail of both.

    A click in the photo or on a color lights up all pixels that have this color.

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
        return indexed_photo(image, k, method, histogram(name) if method == METHODS[0] else None)

    @lru_cache(_PHOTOS)
    def histogram(name):
        (pixels,) = cut_image(subject.image({"photo": name}), "rgb")
        return palette_histogram(pixels)

    @lru_cache(_REMEMBERED)
    def without_detail(name, method, k):
        return _view(subject.before({"photo": name}), *indexed(name, method, k), k)

    def draw(state):
        known = state.get("photo"), state.get("method"), state["k"]
        view = without_detail(*known)
        image, (indices, palette) = subject.image(state), indexed(*known)
        corner = _corner(state, image, indices, palette)
        detail = _detail_picture(image, indices, palette, corner, _place(state))
        return replace(view, extras=(detail,), lit=_lit(state["pick"], indices, palette))

    title = "RGB palettes" + (": your learn_palette" if function else "")
    controls = (*subject.controls, *methods, colors_slider(), _DETAIL, Pick())
    return Explorer(title, controls, draw, live=function is None)


def indexed_photo(image, k, method=None, histogram=None):
    """Return the indices of a photo's pixels and the palette that they point into.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width, 3)
        The photo.
    k : int
        Number of colors.
    method : str, optional
        One of `METHODS`.
    histogram : tuple of ndarray, optional
        That of the photo's colors, which "histogram k-means" need not count again.

    Returns
    -------
    indices : ndarray of integers, shape (height, width)
    palette : ndarray of uint8, shape (k', 3), k' ≤ k
    """
    if histogram is not None:
        (pixels,) = cut_image(image, "rgb")
        codebook = histogram_k_means(pixels, k, histogram=histogram)
        return nearest(pixels, codebook).reshape(image.shape[:2]), rounded_codebook(codebook)
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
    return palette_svg(palette[order], shares[order], title, indices=order)


def _view(before, indices, palette, k):
    """Return the view but for its detail."""
    alt = f"The photo in {k} colors"
    after = palette_picture(indices, palette, f"{k} colors", alt, pickable=True)
    return View(
        before=before,
        after=after,
        plots=(palette_plot(indices, palette, "The palette, and how much each color paints"),),
        readouts=(
            ("Colors in use", f"{np.count_nonzero(np.bincount(indices.ravel())):,}"),
            ("Bits per pixel", f"{index_bits(len(palette))} + palette"),
            ("Palette", f"{3 * len(palette)} bytes"),
            *file_readouts(before, after, "Indexed PNG on disk"),
            *step_readouts(before, after),
        ),
    )


def _lit(picked, indices, palette):
    """Return the index that is lit up: that of the pixel picked, whatever k is now."""
    if picked is None:
        return None
    if picked.row is not None and picked.row < len(indices) and picked.column < len(indices[0]):
        return int(indices[picked.row, picked.column])
    return picked.index if picked.index < len(palette) else None


def _place(state):
    """Return in words where the detail lies."""
    if state["detail"] != _CLICKED:
        return state["detail"]
    return "center" if _clicked(state) is None else "where you clicked"


def _clicked(state):
    """Return the pixel that was clicked, or None."""
    picked = state["pick"]
    return None if picked is None or picked.row is None else (picked.row, picked.column)


def _detail_picture(image, indices, palette, corner, place):
    """Return a detail of the photo and, right of it, the same detail of the result."""
    height, width = np.minimum(_DETAIL_SHAPE, image.shape[:2])
    window = np.s_[corner[0] : corner[0] + height, corner[1] : corner[1] + width]
    gap = np.full((height, 1, 3), 255, np.uint8)
    pair = np.concatenate([image[window], gap, palette[indices[window]]], axis=1)
    words = f"Detail, {place}: original | result"
    return picture(pair, words, f"A detail of the photo, {place}: the original, then the result")


def _corner(state, image, indices, palette):
    """Return the first row and column of a detail."""
    shape = image.shape[:2]
    detail, place = np.minimum(_DETAIL_SHAPE, shape), state["detail"]
    if place == _LARGEST:
        some = np.s_[::_SKIP, ::_SKIP]
        difference = error_map(image[some], np.take(palette, indices[some], axis=0))
        rows, columns = (
            np.arange(0, n, size // _SKIP or 1)
            for n, size in zip(difference.shape, detail, strict=True)
        )
        sums = np.add.reduceat(np.add.reduceat(difference, rows, axis=0), columns, axis=1)
        row, column = np.unravel_index(sums.argmax(), sums.shape)
        corner = _SKIP * np.array([rows[row], columns[column]])
        return np.minimum(corner, np.subtract(shape, detail))
    if place == _CLICKED and _clicked(state) is not None:
        corner = np.subtract(_clicked(state), detail // 2)
        return np.clip(corner, 0, np.subtract(shape, detail))
    share = _PLACES.get(place, _PLACES["center"])
    return np.rint(share * np.subtract(shape, detail)).astype(int)
