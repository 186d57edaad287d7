"""SSIM, PSNR, errors by channel and error maps agree with peers and with each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from strategies import colors, image_pairs, images, refusal

from kquant_helpers.errors import (
    absolute_error,
    error_map,
    peak_snr,
    root_squared_error,
    squared_error,
    ssim,
)
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize

MEASURES = (absolute_error, squared_error, root_squared_error, peak_snr, ssim)

NOISE = np.random.default_rng(0).integers(0, 256, (2, 7, 9, 3), dtype=np.uint8)


@pytest.mark.parametrize("k", [2, 16, 128])
@pytest.mark.parametrize("gray", [False, True])
def test_ssim_and_psnr_are_those_of_scikit_image(k, gray):
    photo = load_photo("coffee", 120, gray=gray)
    quantized = quantize(photo, k).image
    axis = None if gray else -1
    peer = structural_similarity(photo, quantized, channel_axis=axis, data_range=255)
    assert ssim(photo, quantized) == pytest.approx(peer, abs=1e-9)
    assert peak_snr(photo, quantized) == pytest.approx(
        peak_signal_noise_ratio(photo, quantized), abs=1e-9
    )


def test_ssim_of_the_smallest_images_is_that_of_scikit_image():
    peer = structural_similarity(*NOISE, channel_axis=-1)
    assert ssim(*NOISE) == pytest.approx(peer, abs=1e-9)


@pytest.mark.parametrize("shape", [(6, 7), (7, 6), (1, 1), (6, 100, 3)])
def test_images_smaller_than_a_window_of_ssim_are_refused(shape):
    image = np.zeros(shape, np.uint8)
    assert "7×7" in refusal(ValueError, ssim, image, image)


@pytest.mark.parametrize("measure", MEASURES)
def test_errors_of_gray_images_have_one_channel(measure):
    pair = NOISE[..., 0]
    assert measure(*pair, per_channel=True) == pytest.approx([measure(*pair)], abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_errors_by_channel_are_those_of_the_channels(measure):
    first, second = NOISE
    channels = [measure(first[..., i], second[..., i]) for i in range(3)]
    np.testing.assert_allclose(measure(first, second, per_channel=True), channels, rtol=1e-12)


@pytest.mark.parametrize("measure", [absolute_error, squared_error, ssim])
def test_the_error_of_a_color_image_is_the_mean_of_its_channels(measure):
    assert measure(*NOISE) == pytest.approx(measure(*NOISE, per_channel=True).mean())


@settings(deadline=None)
@given(images())
def test_equal_images_have_no_error_in_any_channel(image):
    assert not squared_error(image, image, per_channel=True).any()
    assert np.isposinf(peak_snr(image, image, per_channel=True)).all()
    assert not error_map(image, image).any()


def test_equal_images_are_as_similar_as_can_be():
    assert ssim(NOISE[0], NOISE[0]) == 1
    assert (ssim(NOISE[0], NOISE[0], per_channel=True) == 1).all()


@settings(deadline=None)
@given(image_pairs())
def test_the_mean_of_a_map_is_the_error(pair):
    for per_channel in (False, True):
        absolute = error_map(*pair, per_channel=per_channel)
        squared = error_map(*pair, "squared", per_channel=per_channel)
        assert absolute.shape == pair[0].shape[: 3 if per_channel else 2]
        assert absolute.mean() == pytest.approx(absolute_error(*pair))
        assert squared.mean() == pytest.approx(squared_error(*pair))


@settings(deadline=None)
@given(image_pairs())
def test_a_map_does_not_wrap(pair):
    signed = pair[0].astype(int) - pair[1].astype(int)
    np.testing.assert_array_equal(error_map(*pair, per_channel=True), abs(signed))
    np.testing.assert_array_equal(error_map(*pair, "squared", per_channel=True), signed**2)


@settings(deadline=None, max_examples=20)
@given(colors())
def test_a_change_in_one_channel_shows_in_that_channel_alone(image):
    changed = image.copy()
    changed[..., 1] ^= 1
    assert absolute_error(image, changed, per_channel=True).tolist() == [0, 1, 0]


@pytest.mark.parametrize("measure", [*MEASURES, error_map])
def test_two_shapes_are_refused_with_both_in_the_sentence(measure):
    message = refusal(ValueError, measure, NOISE[0], NOISE[0, :, :-1])
    assert "(7, 9, 3)" in message and "(7, 8, 3)" in message


@pytest.mark.parametrize("measure", [*MEASURES, error_map])
def test_what_is_no_image_is_refused(measure):
    refusal(TypeError, measure, NOISE[0], NOISE[0] / 255)


def test_an_unknown_kind_of_map_is_refused():
    assert "'cubed'" in refusal(ValueError, error_map, *NOISE, "cubed")
