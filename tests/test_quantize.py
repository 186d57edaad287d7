"""Quantizing an image: every cut, every learner, every odd input; nothing is changed or copied."""

import tracemalloc
import warnings
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans, MiniBatchKMeans
from strategies import colors, cut_images, grays, images, read_only, refusal

from kquant_helpers.codebooks import decode, rounded_codebook
from kquant_helpers.cuts import CUTS, Block, cut_image, find_cut
from kquant_helpers.learners import LEARNERS
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import Quantized, decode_image, quantize

modest = settings(deadline=None, max_examples=40)
few = settings(deadline=None, max_examples=15)

ENTRIES = {"global": 1, "channel": 1, "rgb": 3, "block": 48}
FITTING = [
    (cut, name)
    for cut, entries in ENTRIES.items()
    for name, learner in LEARNERS.items()
    if learner.dimensions in (None, entries)
]
REFUSED = [(c, n) for c in ENTRIES for n in LEARNERS if (c, n) not in FITTING]
every_fitting = pytest.mark.parametrize(("cut", "name"), FITTING)
every_cut = pytest.mark.parametrize("cut", sorted(CUTS))


@pytest.fixture(autouse=True)
def nothing_is_printed_or_warned(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def photo():
    return read_only(load_photo("china", size=(24, 36)))


def assert_consistent(quantized, original):
    """Check what holds for every Quantized."""
    image, indices, codebooks = quantized.image, quantized.indices, quantized.codebooks
    assert image.shape == original.shape and image.dtype == np.uint8
    assert not np.shares_memory(image, original)
    assert isinstance(codebooks, tuple)
    assert all(each.dtype == np.float64 and each.ndim == 2 for each in codebooks)
    assert indices.shape == quantized.cut.grid(image.shape)
    assert indices.dtype == np.min_scalar_type(max(len(each) for each in codebooks) - 1)
    np.testing.assert_array_equal(
        image, decode_image(indices, codebooks, image.shape, quantized.cut)
    )


def learned_error(quantized, original):
    """Mean squared error of the unrounded codewords."""
    vectors = cut_image(original, quantized.cut)
    nearest = [
        cdist(each.astype(float), codebook, "sqeuclidean").min(axis=1).sum()
        for each, codebook in zip(vectors, quantized.codebooks, strict=True)
    ]
    return sum(nearest) / original.size


def squared_error(original, quantized):
    return np.mean((original.astype(float) - quantized.image) ** 2)


# What comes back


@modest
@given(cut_images(), st.integers(1, 20))
def test_a_quantized_image_is_its_indices_decoded(case, k):
    image, cut, size = case
    quantized = quantize(image, k, cut, block_size=size)
    assert_consistent(quantized, image)
    assert all(len(codebook) <= k for codebook in quantized.codebooks)
    assert quantized.cut == find_cut(cut, size)


@modest
@given(cut_images(), st.integers(1, 20))
def test_each_vector_gets_its_nearest_codeword(case, k):
    image, cut, size = case
    quantized = quantize(image, k, cut, block_size=size)
    vectors = cut_image(image, cut, block_size=size)
    parts = quantized.cut.take_apart(quantized.indices, image.shape)
    for each, indices, codebook in zip(vectors, parts, quantized.codebooks, strict=True):
        distances = cdist(each.astype(float), codebook, "sqeuclidean")
        chosen = distances[np.arange(len(each)), indices]
        np.testing.assert_allclose(chosen, distances.min(axis=1), rtol=1e-9, atol=1e-9)


@few
@given(cut_images())
def test_as_many_codewords_as_vectors_lose_nothing(case):
    image, cut, size = case
    quantized = quantize(image, image.size, cut, block_size=size)
    np.testing.assert_array_equal(quantized.image, image)


@pytest.mark.parametrize(
    ("cut", "shape", "codebooks"),
    [
        ("global", (24, 36, 3), [(5, 1)]),
        ("channel", (24, 36, 3), [(5, 1)] * 3),
        ("rgb", (24, 36), [(5, 3)]),
        ("block", (6, 9), [(5, 48)]),
    ],
)
def test_shapes_are_as_documented(photo, cut, shape, codebooks):
    quantized = quantize(photo, 5, cut)
    assert quantized.indices.shape == shape
    assert [each.shape for each in quantized.codebooks] == codebooks


def test_many_codewords_take_indices_of_two_bytes():
    image = load_photo("color ramp", size=(20, 20))
    assert quantize(image, 256, "rgb").indices.dtype == np.uint8
    assert quantize(image, 257, "rgb").indices.dtype == np.uint16


@every_fitting
def test_every_learner_that_fits_the_cut_works(photo, cut, name):
    quantized = quantize(photo, 6, cut, name)
    assert_consistent(quantized, photo)
    assert all(1 <= len(codebook) <= 6 for codebook in quantized.codebooks)
    assert quantized.learner == name


@pytest.mark.parametrize(("cut", "name"), REFUSED)
def test_every_learner_that_does_not_fit_the_cut_is_refused(photo, cut, name):
    message = refusal(ValueError, quantize, photo, 6, cut, name)
    assert f"'{name}' does not work" in message
    assert {each for each in LEARNERS if f'"{each}"' in message} == {
        each for fitting_cut, each in FITTING if fitting_cut == cut
    }


@pytest.mark.parametrize("learner", [KMeans(n_init=3), MiniBatchKMeans(n_init=3)], ids=repr)
@every_cut
def test_every_cut_takes_an_estimator_and_leaves_it_alone(photo, cut, learner):
    before = learner.get_params()
    quantized = quantize(photo, 6, cut, learner)
    assert_consistent(quantized, photo)
    assert quantized.learner == type(learner).__name__
    assert learner.get_params() == before and not hasattr(learner, "labels_")


@pytest.mark.parametrize(
    ("cut", "learner"),
    [
        ("global", "exact"),
        ("channel", "exact"),
        ("rgb", "histogram k-means"),
        ("block", "k-means"),
    ],
)
def test_the_default_learner_is_told_by_name(photo, cut, learner):
    assert quantize(photo, 3, cut).learner == learner


def test_a_quantized_image_tells_what_it_is_and_cannot_be_changed(photo):
    quantized = quantize(photo, 5, "channel")
    assert repr(quantized) == "Quantized(channel, exact, 5 + 5 + 5 codewords, 24×36 pixels)"
    with pytest.raises(FrozenInstanceError):
        quantized.image = photo


# Levels, colors, errors


@modest
@given(images(), st.integers(1, 12))
def test_global_quantization_leaves_at_most_k_intensities(image, k):
    assert len(np.unique(quantize(image, k).image)) <= k


@modest
@given(colors(), st.integers(1, 12))
def test_channel_quantization_leaves_at_most_k_intensities_a_channel(image, k):
    result = quantize(image, k, "channel").image
    assert all(len(np.unique(result[..., i])) <= k for i in range(3))


@modest
@given(colors(), st.integers(1, 12))
def test_rgb_quantization_leaves_at_most_k_colors(image, k):
    assert len(np.unique(quantize(image, k, "rgb").image.reshape(-1, 3), axis=0)) <= k


@few
@given(grays())
def test_channel_and_global_quantization_of_a_gray_image_are_the_same(image):
    one, other = quantize(image, 3, "global"), quantize(image, 3, "channel")
    np.testing.assert_array_equal(one.image, other.image)
    np.testing.assert_array_equal(one.indices, other.indices)


@few
@given(images(), st.sampled_from(["global", "channel"]))
def test_the_error_of_exact_levels_never_grows_with_k(image, cut):
    results = [quantize(image, k, cut) for k in range(1, 20)]
    assert np.all(np.diff([learned_error(each, image) for each in results]) <= 1e-9)
    # Whole intensities are at most half a level off: a quarter of a squared intensity.
    for result in results:
        assert squared_error(image, result) <= learned_error(result, image) + 0.25 + 1e-9


@pytest.mark.parametrize("name", ["china", "flower", "camera", "gray ramp"])
@pytest.mark.parametrize("cut", ["global", "channel"])
def test_the_error_of_a_photo_falls_with_every_doubling_of_k(name, cut):
    image = load_photo(name, size=160)
    errors = [squared_error(image, quantize(image, 2**i, cut)) for i in range(9)]
    assert np.all(np.diff(errors) < 0) and errors[-1] == 0


@few
@given(colors())
def test_levels_for_each_channel_are_at_least_as_good_as_common_ones(image):
    common, own = (learned_error(quantize(image, 3, cut), image) for cut in ("global", "channel"))
    assert own <= common + 1e-9


def test_the_exact_learner_is_not_worse_than_any_other(photo):
    best = learned_error(quantize(photo, 6), photo)
    for cut, name in FITTING:
        if cut == "global":
            assert best <= learned_error(quantize(photo, 6, "global", name), photo) + 1e-9


# Odd but right


@every_fitting
@pytest.mark.parametrize("color", [0, 77, 255])
def test_a_constant_image_has_one_codeword(cut, name, color):
    image = np.full((8, 12, 3), color, np.uint8)
    quantized = quantize(image, 4, cut, name)
    assert_consistent(quantized, image)
    if name != "equal bins":
        np.testing.assert_array_equal(quantized.image, image)
        assert all(len(codebook) == 1 for codebook in quantized.codebooks)


@every_cut
def test_one_pixel_is_an_image(cut):
    image = np.array([[[1, 2, 255]]], np.uint8)
    quantized = quantize(image, 8, cut, block_size=1)
    assert_consistent(quantized, image)
    np.testing.assert_array_equal(quantized.image, image)
    if cut != "rgb":
        gray = image[..., 2]
        np.testing.assert_array_equal(quantize(gray, 8, cut, block_size=1).image, gray)


@every_fitting
def test_an_image_is_never_changed(photo, cut, name):
    image = photo.copy()
    quantize(image, 5, cut, name)
    np.testing.assert_array_equal(image, photo)


@every_fitting
def test_a_view_is_quantized_as_its_copy_is(photo, cut, name):
    view = photo.repeat(2, axis=0)[::2, ::-1]
    seen, copied = (quantize(each, 5, cut, name) for each in (view, view.copy()))
    np.testing.assert_array_equal(seen.image, copied.image)
    np.testing.assert_array_equal(seen.indices, copied.indices)


def test_a_fortran_ordered_image_is_quantized_alike(photo):
    for cut in CUTS:
        turned = quantize(np.asfortranarray(photo), 5, cut)
        np.testing.assert_array_equal(turned.image, quantize(photo, 5, cut).image)


@every_fitting
def test_the_same_seed_gives_the_same_result(photo, cut, name):
    one, other = (quantize(photo, 5, cut, name, random_state=3) for _ in range(2))
    np.testing.assert_array_equal(one.indices, other.indices)
    for codebook, twin in zip(one.codebooks, other.codebooks, strict=True):
        np.testing.assert_array_equal(codebook, twin)


@every_cut
def test_another_seed_may_give_another_result(photo, cut):
    drawn = {quantize(photo, 5, cut, "random", random_state=s).image.tobytes() for s in range(4)}
    assert len(drawn) > 1


def test_the_global_random_state_is_neither_read_nor_changed(photo):
    before = np.random.get_state()[1].copy()
    for cut, name in FITTING:
        quantize(photo, 5, cut, name)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


# Padding


@modest
@given(images(), st.integers(1, 5), st.integers(1, 6))
def test_padded_blocks_cover_any_image(image, size, k):
    quantized = quantize(image, k, "block", block_size=size, pad=True)
    height, width = image.shape[:2]
    rows, columns = -(-height // size), -(-width // size)
    assert quantized.image.shape == image.shape
    assert quantized.indices.shape == (rows, columns)
    shape = (rows * size, columns * size, *image.shape[2:])
    whole = decode_image(quantized.indices, quantized.codebooks, shape, Block(size))
    np.testing.assert_array_equal(quantized.image, whole[:height, :width])


def test_padding_changes_nothing_where_blocks_fit(photo):
    padded, plain = (quantize(photo, 6, "block", pad=pad) for pad in (True, False))
    np.testing.assert_array_equal(padded.image, plain.image)


@pytest.mark.parametrize("cut", ["global", "channel", "rgb"])
def test_only_blocks_are_padded(photo, cut):
    padded, plain = (quantize(photo, 6, cut, pad=pad, block_size=7) for pad in (True, False))
    np.testing.assert_array_equal(padded.indices, plain.indices)


# The halves of the way


@modest
@given(cut_images())
def test_split_undoes_join_for_indices(case):
    image, cut, size = case
    vectors = cut_image(image, cut, block_size=size)
    parts = [np.arange(len(each)) + i for i, each in enumerate(vectors)]
    joined = find_cut(cut, size).lay_out(parts, image.shape)
    for part, back in zip(parts, find_cut(cut, size).take_apart(joined, image.shape), strict=True):
        np.testing.assert_array_equal(part, back)


def test_the_decoder_is_one_look_up(photo):
    quantized = quantize(photo, 9, "rgb")
    palette = rounded_codebook(quantized.codebooks[0])
    np.testing.assert_array_equal(quantized.image, palette[quantized.indices])
    np.testing.assert_array_equal(
        quantized.image, decode(quantized.indices, quantized.codebooks[0])
    )


def test_a_quantized_image_is_quantized_to_itself(photo):
    for cut in ("global", "channel", "rgb"):
        once = quantize(photo, 6, cut).image
        np.testing.assert_array_equal(quantize(once, 6, cut).image, once)


# Refusals


@every_cut
@pytest.mark.parametrize("k", [0, -1])
def test_a_k_below_1_is_refused(photo, cut, k):
    assert f"k is {k}," in refusal(ValueError, quantize, photo, k, cut)


@every_cut
@pytest.mark.parametrize("k", [2.5, 8.0, np.nan, "8", True, None, [4], np.ones((3, 3))])
def test_a_k_that_is_no_whole_number_is_refused(photo, cut, k):
    message = refusal(TypeError, quantize, photo, k, cut)
    assert message.startswith("k is ") and "whole number" in message


@pytest.mark.parametrize(
    ("image", "told"),
    [
        (np.zeros((4, 4)), "float64"),
        (np.full((4, 4), np.nan), "NaN"),
        (np.zeros((4, 4), np.uint16), "uint16"),
        (np.zeros((4, 4), bool), "bool"),
        (np.zeros(16, np.uint8), "(16,)"),
        (np.zeros((4, 4, 4), np.uint8), "(4, 4, 4)"),
        (np.zeros((4, 4, 1), np.uint8), "(4, 4, 1)"),
        (np.zeros((3, 4, 5), np.uint8), "(3, 4, 5)"),
        (np.zeros((2, 4, 4, 3), np.uint8), "(2, 4, 4, 3)"),
        (np.zeros((0, 4), np.uint8), "(0, 4)"),
        ([[1, 2], [3, 4]], "list"),
        ("china", "str"),
        (None, "None"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
@pytest.mark.parametrize("pad", [False, True])
@every_cut
def test_what_is_no_image_is_refused(image, told, pad, cut):
    assert told in refusal((TypeError, ValueError), quantize, image, 4, cut, pad=pad)


@pytest.mark.parametrize("cut", ["RGB", "blocks", None, 3, ["rgb"]])
@pytest.mark.parametrize("pad", [False, True])
def test_an_unknown_cut_is_refused(photo, cut, pad):
    assert f"cut is {cut!r}," in refusal(ValueError, quantize, photo, 4, cut, pad=pad)


@every_cut
def test_an_unknown_learner_is_refused(photo, cut):
    assert "'kmeans' is unknown" in refusal(ValueError, quantize, photo, 4, cut, "kmeans")


def test_a_gray_image_has_no_colors(photo):
    assert "(24, 36)" in refusal(ValueError, quantize, photo[..., 0], 4, "rgb")


def test_blocks_that_do_not_fit_are_told_what_does_and_pad_does(photo):
    message = refusal(ValueError, quantize, photo, 4, "block", block_size=5)
    assert "5×5" in message and "(1, 2, 3, 4, 6, 12)" in message and "pad=True" in message
    assert quantize(photo, 4, "block", block_size=5, pad=True).image.shape == photo.shape


@pytest.mark.parametrize("size", [0, -1, 2.5, "4", True])
@pytest.mark.parametrize("pad", [False, True])
def test_a_block_size_that_is_no_whole_number_from_1_up_is_refused(photo, size, pad):
    message = refusal(
        (TypeError, ValueError), quantize, photo, 4, "block", block_size=size, pad=pad
    )
    assert repr(size) in message


def test_palettes_above_256_colors_are_refused_by_the_learners_that_make_none():
    image = load_photo("color ramp", size=(20, 20))
    for name in ("median cut", "octree"):
        assert "k is 300" in refusal(ValueError, quantize, image, 300, "rgb", name)


# Memory

# Measured: 3.0 (global, channel) and 4.0 (rgb) bytes for each intensity. The result alone
# takes 2 (image and indices) or 1.3; one copy as floats would take 8.
MOST_BYTES = 6


@pytest.mark.parametrize("cut", ["global", "channel", "rgb"])
def test_a_photo_is_quantized_without_a_copy_in_floats(cut):
    image = load_photo("china", size=(600, 960))
    quantize(image[:64, :64], 8, cut)
    tracemalloc.start()
    try:
        quantize(image, 8, cut)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES * image.size


def test_a_quantized_is_what_quantize_returns(photo):
    assert isinstance(quantize(photo, 2), Quantized)
