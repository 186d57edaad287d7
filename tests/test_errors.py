"""Errors agree with plain float arithmetic and with scikit-image, and never wrap around."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity
from strategies import image_pairs, images, read_only, refusal

from kquant_helpers.errors import (
    absolute_error,
    error_map,
    peak_snr,
    root_squared_error,
    squared_error,
    ssim,
)
from kquant_helpers.photos import load_photo

modest = settings(deadline=None, max_examples=60)
DISTANCES = (absolute_error, squared_error, root_squared_error)
MEASURES = (*DISTANCES, peak_snr, ssim)
every_measure = pytest.mark.parametrize("measure", [*MEASURES, error_map])


@pytest.fixture(autouse=True)
def nothing_is_warned():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def pair():
    image = read_only(load_photo("china", size=(30, 40)))
    return image, read_only(image // 32 * 32 + 16)


def channels_of(image):
    return np.moveaxis(np.atleast_3d(image), -1, 0)


@modest
@given(image_pairs())
def test_errors_equal_float_arithmetic(pair):
    one, other = (image.astype(np.float64) for image in pair)
    absolute, squared = np.mean(np.abs(one - other)), np.mean((one - other) ** 2)
    assert absolute_error(*pair) == pytest.approx(absolute, rel=1e-9)
    assert squared_error(*pair) == pytest.approx(squared, rel=1e-9)
    assert root_squared_error(*pair) == pytest.approx(np.sqrt(squared), rel=1e-9)
    with np.errstate(divide="ignore"):
        decibels = 20 * np.log10(255) - 10 * np.log10(squared)
    assert peak_snr(*pair) == pytest.approx(decibels, rel=1e-9, abs=1e-9)


@modest
@given(image_pairs())
def test_errors_equal_scikit_images(pair):
    assert squared_error(*pair) == pytest.approx(mean_squared_error(*pair), rel=1e-9)
    with np.errstate(divide="ignore"):
        expected = peak_signal_noise_ratio(*pair, data_range=255)
    assert peak_snr(*pair) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_ssim_equals_scikit_images(pair):
    expected = structural_similarity(*pair, channel_axis=-1, data_range=255)
    assert ssim(*pair) == pytest.approx(expected, rel=1e-9)
    one, other = pair[0][..., 1], pair[1][..., 1]
    expected = structural_similarity(one, other, data_range=255)
    assert ssim(one, other) == pytest.approx(expected, rel=1e-9)


@modest
@given(image_pairs())
def test_errors_are_symmetric(pair):
    for measure in (*DISTANCES, peak_snr):
        assert measure(*pair) == measure(*pair[::-1])


def test_ssim_is_symmetric(pair):
    assert ssim(*pair) == pytest.approx(ssim(*pair[::-1]), rel=1e-12)


@modest
@given(image_pairs())
def test_errors_are_zero_where_images_are_equal_and_nowhere_else(pair):
    equal = np.array_equal(*pair)
    for measure in DISTANCES:
        assert measure(*pair) >= 0
        assert (measure(*pair) == 0) == equal
    assert np.isinf(peak_snr(*pair)) == equal
    assert np.any(error_map(*pair)) != equal


@modest
@given(images())
def test_an_image_does_not_differ_from_itself(image):
    assert [measure(image, image.copy()) for measure in DISTANCES] == [0, 0, 0]
    assert peak_snr(image, image.copy()) == np.inf


def test_ssim_is_1_for_equal_images_only(pair):
    image = pair[0]
    assert ssim(image, image) == 1
    changed = image.copy()
    changed[0, 0, 0] ^= 255
    assert ssim(image, changed) < 1


def test_differences_do_not_wrap_around():
    black, white = np.zeros((2, 3), np.uint8), np.full((2, 3), 255, np.uint8)
    for pair in ((black, white), (white, black)):
        assert absolute_error(*pair) == root_squared_error(*pair) == 255
        assert squared_error(*pair) == 255**2
        assert peak_snr(*pair) == 0


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_a_plain_float(measure, pair):
    assert type(measure(*pair)) is float


@pytest.mark.parametrize("measure", MEASURES)
def test_each_channel_can_be_measured_for_itself(measure, pair):
    each = measure(*pair, per_channel=True)
    expected = [
        measure(*map(np.ascontiguousarray, channels))
        for channels in zip(*map(channels_of, pair), strict=True)
    ]
    np.testing.assert_allclose(each, expected, rtol=1e-12)
    gray = [image[..., 0] for image in pair]
    np.testing.assert_allclose(measure(*gray, per_channel=True), [measure(*gray)], rtol=1e-12)


@modest
@given(image_pairs())
def test_the_mean_of_a_map_is_the_images_error(pair):
    for kind, measure in (("absolute", absolute_error), ("squared", squared_error)):
        drawn = error_map(*pair, kind)
        assert drawn.shape == pair[0].shape[:2] and drawn.dtype == np.float64
        assert drawn.mean() == pytest.approx(measure(*pair), rel=1e-9)


@modest
@given(image_pairs())
def test_a_map_can_keep_the_channels_apart(pair):
    one, other = (image.astype(float) for image in pair)
    np.testing.assert_array_equal(error_map(*pair, per_channel=True), abs(one - other))
    np.testing.assert_array_equal(error_map(*pair, "squared", per_channel=True), (one - other) ** 2)


@every_measure
def test_images_are_not_changed_and_may_be_views(measure, pair):
    views = [image[::2, ::-1] for image in pair]
    before = [view.copy() for view in views]
    np.testing.assert_array_equal(measure(*views), measure(*before))
    for view, copy in zip(views, before, strict=True):
        np.testing.assert_array_equal(view, copy)


# Refusals


@every_measure
def test_images_of_two_shapes_are_refused(measure, pair):
    message = refusal(ValueError, measure, pair[0], pair[0][1:])
    assert "(30, 40, 3)" in message and "(29, 40, 3)" in message


@every_measure
@pytest.mark.parametrize(
    ("image", "told"),
    [
        (np.zeros((9, 9)), "float64"),
        (np.full((9, 9), np.nan), "NaN"),
        (np.zeros((9, 9), bool), "bool"),
        (np.zeros(9, np.uint8), "(9,)"),
        (np.zeros((0, 9), np.uint8), "(0, 9)"),
        ([[1, 2]], "list"),
        (None, "None"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_image_is_refused_and_which_one_it_was_is_told(measure, image, told):
    good = np.zeros((9, 9), np.uint8)
    first = refusal((TypeError, ValueError), measure, image, good)
    second = refusal((TypeError, ValueError), measure, good, image)
    assert first.startswith("The original is") and told in first
    assert second.startswith("The quantized image is") and told in second


@pytest.mark.parametrize("shape", [(1, 1), (6, 40), (40, 6, 3)])
def test_images_smaller_than_a_window_have_no_ssim(shape):
    image = np.zeros(shape, np.uint8)
    message = refusal(ValueError, ssim, image, image)
    assert str(shape) in message and "7×7" in message


@pytest.mark.parametrize("kind", ["root", "", None, 2, ["absolute"], np.array(["a", "b"])])
def test_an_unknown_kind_of_map_is_refused(kind, pair):
    message = refusal(ValueError, error_map, *pair, kind)
    assert '"absolute"' in message and '"squared"' in message
