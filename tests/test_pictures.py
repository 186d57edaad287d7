"""A picture is exactly its pixels, in whichever form it is kept."""

import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from kquant_helpers.explorers.frame import (
    Later,
    Photo,
    View,
    palette_picture,
    photo_picture,
    picture,
    spotlight_picture,
)

photos = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(
    lambda shape: arrays(np.uint8, shape) | arrays(np.uint8, (*shape, 3))
)
tables = arrays(np.uint8, (3, 256))


def decoded(png):
    return np.asarray(Image.open(io.BytesIO(png)))


def through(image, tables):
    """Return an image looked up value by value."""
    result = image.copy()
    for place in np.ndindex(image.shape):
        result[place] = tables[place[2] if image.ndim == 3 else 0][image[place]]
    return result


@settings(deadline=None)
@given(photos, tables)
def test_what_tables_make_of_a_photo_is_kept_as_tables(image, tables):
    result = through(image, tables)
    shown = picture(result, "caption", "alt", of=Photo(image))
    assert shown.pixels is None
    assert shown.tables.nbytes <= 3 * 256
    assert np.array_equal(shown.image, result)


@settings(deadline=None)
@given(photos, st.data())
def test_any_picture_of_a_photo_is_its_pixels(image, data):
    result = data.draw(arrays(np.uint8, image.shape))
    shown = picture(result, "caption", "alt", of=Photo(image))
    assert np.array_equal(shown.image, result)
    assert np.array_equal(decoded(shown.png), result)


def test_a_picture_that_no_table_makes_is_kept_as_pixels():
    photo = Photo(np.zeros((40, 40), np.uint8))
    result = photo.pixels.copy()
    result[39, 39] = 1
    assert picture(result, "caption", "alt", of=photo).pixels is result


@settings(deadline=None)
@given(photos, tables, arrays(bool, (3, 256)))
def test_a_spotlight_leaves_pixels_with_a_lit_channel_and_dims_the_others(image, tables, lit):
    channels = 3 if image.ndim == 3 else 1
    shown = spotlight_picture(Photo(image), lit[:channels], tables[:channels], "caption", "alt")
    dimmed = through(image, tables)
    for place in np.ndindex(image.shape[:2]):
        values = np.atleast_1d(image[place])
        bright = any(lit[c][value] for c, value in enumerate(values))
        assert np.array_equal(shown.image[place], (image if bright else dimmed)[place])


def test_the_original_is_itself_and_its_png_is_made_once():
    photo = Photo(np.uint8([[1, 2], [3, 250]]))
    shown = photo_picture(photo, "Original", "The photo")
    assert np.array_equal(shown.image, photo.pixels)
    assert shown.png is photo.png


def test_equal_photos_have_equal_names_and_others_do_not():
    image = np.uint8([[1, 2, 3], [4, 5, 6]])
    assert Photo(image).key == Photo(image.copy()).key
    assert Photo(image).key != Photo(image.T.copy()).key
    assert Photo(image).key != Photo(image.reshape(1, 2, 3)).key


def test_an_indexed_picture_shows_its_palette_colors():
    palette = np.uint8([[9, 8, 7], [1, 2, 3]])
    shown = palette_picture(np.array([[1, 0]]), palette, "caption", "alt", pickable=True)
    assert shown.image.tolist() == [[[1, 2, 3], [9, 8, 7]]]
    assert shown.picks.tolist() == [[1, 0]]


def test_pictures_are_equal_when_all_of_them_is():
    image = np.uint8([[1, 2]])
    assert picture(image, "a", "b") == picture(image.copy(), "a", "b")
    assert picture(image, "a", "b") != picture(image + 1, "a", "b")
    assert picture(image, "a", "b") != picture(image, "a", "c")


def test_readouts_that_follow_are_computed_when_the_view_is_finished():
    computed = []

    def text():
        computed.append(1)
        return "12 kB"

    view = View(readouts=(("k", "2"), ("PNG", Later(text))))
    assert (dict(view.readouts)["PNG"], computed) == ("…", [])
    assert view.finished().readouts == (("k", "2"), ("PNG", "12 kB"))
