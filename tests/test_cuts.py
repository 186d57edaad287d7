"""Cutting an image into vectors and joining them again loses nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.util import view_as_blocks
from strategies import cut_images, images, read_only, refusal

from kquant_helpers.counts import intensity_counts
from kquant_helpers.cuts import CUTS, Block, cut_image, find_cut, join_vectors

modest = settings(deadline=None, max_examples=60)
COLOR = np.arange(6 * 4 * 3, dtype=np.uint8).reshape(6, 4, 3)
GRAY = COLOR[..., 0]


# Cut and join


@modest
@given(cut_images())
def test_join_undoes_every_cut(case):
    image, cut, size = case
    vectors = cut_image(image, cut, block_size=size)
    joined = join_vectors(vectors, image.shape, cut, block_size=size)
    assert joined.dtype == np.uint8
    np.testing.assert_array_equal(joined, image)


@modest
@given(cut_images())
def test_every_cut_keeps_every_intensity_once(case):
    image, cut, size = case
    vectors = cut_image(image, cut, block_size=size)
    assert all(each.ndim == 2 and each.dtype == np.uint8 for each in vectors)
    together = np.concatenate([each.ravel() for each in vectors])
    np.testing.assert_array_equal(np.sort(together), np.sort(image.ravel()))


@modest
@given(cut_images())
def test_the_grid_has_one_place_for_each_vector(case):
    image, cut, size = case
    vectors = cut_image(image, cut, block_size=size)
    places = np.prod(find_cut(cut, size).grid(image.shape))
    assert places == sum(len(each) for each in vectors)


@pytest.mark.parametrize(
    ("cut", "shapes"),
    [
        ("global", [(72, 1)]),
        ("channel", [(24, 1)] * 3),
        ("rgb", [(24, 3)]),
        ("block", [(6, 12)]),
    ],
)
def test_a_color_image_is_cut_as_the_table_says(cut, shapes):
    assert [each.shape for each in cut_image(COLOR, cut, block_size=2)] == shapes


def test_a_gray_image_has_one_channel():
    assert [each.shape for each in cut_image(GRAY, "channel")] == [(24, 1)]


def test_channels_come_in_the_order_r_g_b():
    for i, vectors in enumerate(cut_image(COLOR, "channel")):
        np.testing.assert_array_equal(vectors[:, 0], COLOR[..., i].ravel())


def test_pixels_come_row_by_row():
    np.testing.assert_array_equal(cut_image(COLOR, "rgb")[0][5], COLOR[1, 1])


@pytest.mark.parametrize("image", [GRAY, COLOR], ids=["gray", "color"])
def test_blocks_are_scikit_images_blocks_row_by_row(image):
    window = (2, 2, *image.shape[2:])
    expected = view_as_blocks(np.ascontiguousarray(image), window)
    [blocks] = cut_image(image, "block", block_size=2)
    np.testing.assert_array_equal(blocks, expected.reshape(6, -1))
    np.testing.assert_array_equal(join_vectors([blocks], image.shape, "block", block_size=2), image)


@pytest.mark.parametrize("cut", CUTS)
def test_read_only_and_non_contiguous_images_are_cut_alike(cut):
    image = read_only(np.arange(8 * 6 * 3, dtype=np.uint8).reshape(8, 6, 3))
    view = image[::2, ::-1]
    for given_vectors, expected in zip(
        cut_image(view, cut, block_size=2),
        cut_image(view.copy(), cut, block_size=2),
        strict=True,
    ):
        np.testing.assert_array_equal(given_vectors, expected)


def test_colors_and_intensities_are_cut_without_a_copy():
    for cut in ("global", "rgb"):
        assert np.shares_memory(cut_image(COLOR, cut)[0], COLOR)


def test_any_dtype_can_be_joined_so_that_indices_can():
    vectors = [np.arange(24, dtype=np.uint16)[:, np.newaxis]]
    assert join_vectors(vectors, (6, 4)).dtype == np.uint16


# Padding


@modest
@given(images(), st.integers(1, 12))
def test_padding_repeats_the_edge_until_blocks_fit(image, size):
    padded = Block(size).padded(image)
    height, width = image.shape[:2]
    assert padded.shape[0] % size == padded.shape[1] % size == 0
    assert 0 <= padded.shape[0] - height < size and 0 <= padded.shape[1] - width < size
    rows = np.minimum(np.arange(padded.shape[0]), height - 1)
    columns = np.minimum(np.arange(padded.shape[1]), width - 1)
    np.testing.assert_array_equal(padded, image[rows][:, columns])


def test_padding_that_would_fill_the_memory_is_refused():
    message = refusal(ValueError, Block(10**6).padded, GRAY)
    assert "1000000 rows" in message and "50,000,000 pixels" in message


# Counting


@modest
@given(images())
def test_intensities_are_counted_as_bincount_does(image):
    for values in (image, image[::-1, ::2], read_only(image)):
        counts = intensity_counts(values)
        assert counts.dtype == np.int64
        np.testing.assert_array_equal(counts, np.bincount(values.ravel(), minlength=256))


def test_no_values_count_as_nothing():
    np.testing.assert_array_equal(intensity_counts(np.zeros((0, 3), np.uint8)), np.zeros(256))


@pytest.mark.parametrize(
    "values", [np.zeros(4), np.zeros(4, bool), np.zeros(4, np.int64), [1, 2], None]
)
def test_only_uint8_intensities_are_counted(values):
    assert "uint8" in refusal(TypeError, intensity_counts, values)


# Refusals


@pytest.mark.parametrize("cut", ["RGB", "blocks", "", None, 3, ["rgb"], np.array(["rgb", "block"])])
def test_an_unknown_cut_is_refused_with_the_four_names(cut):
    for call in (
        lambda: cut_image(COLOR, cut),
        lambda: join_vectors([np.zeros(1)], (1, 1), cut),
        lambda: find_cut(cut),
    ):
        message = refusal(ValueError, call)
        assert all(f'"{name}"' in message for name in CUTS)


def test_a_gray_image_has_no_colors_to_cut():
    message = refusal(ValueError, cut_image, GRAY, "rgb")
    assert "(6, 4)" in message and "(height, width, 3)" in message


def test_the_mending_that_a_gray_image_is_told_of_works():
    color = np.stack([GRAY] * 3, axis=-1)
    assert cut_image(color, "rgb")[0].shape == (24, 3)


@pytest.mark.parametrize("size", [4, 5, 24, 10**6])
def test_blocks_that_do_not_fit_are_told_which_sizes_do(size):
    message = refusal(ValueError, cut_image, np.zeros((24, 18), np.uint8), "block", block_size=size)
    assert f"{size}×{size}" in message
    assert "(1, 2, 3, 6)" in message
    assert "pad=True" in message


@pytest.mark.parametrize("size", [0, -4])
def test_a_block_has_at_least_one_pixel(size):
    for function in (lambda: cut_image(GRAY, "block", block_size=size), pad_with(size)):
        assert str(size) in refusal(ValueError, function)


@pytest.mark.parametrize("size", [2.0, "4", True, None, (4, 4), np.ones((3, 3))])
def test_a_block_size_is_a_whole_number(size):
    for function in (lambda: cut_image(GRAY, "block", block_size=size), pad_with(size)):
        assert "whole number" in refusal(TypeError, function)


def pad_with(size):
    return lambda: Block(size)


def test_a_numpy_integer_is_a_block_size():
    assert cut_image(GRAY, "block", block_size=np.int64(2))[0].shape == (6, 4)


@pytest.mark.parametrize(
    ("vectors", "cut"),
    [
        ([np.zeros((23, 1))], "global"),
        ([np.zeros((24, 1))] * 2, "channel"),
        ([np.zeros((24, 3)), np.zeros((24, 3))], "rgb"),
        ([np.zeros((5, 12))], "block"),
    ],
)
def test_vectors_that_do_not_fill_the_image_are_refused(vectors, cut):
    message = refusal(ValueError, join_vectors, vectors, COLOR.shape, cut, block_size=2)
    assert "(6, 4, 3)" in message and f"'{cut}'" in message
