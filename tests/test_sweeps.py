"""The sweep of all methods says what each function says by itself."""

import math

import numpy as np
import pytest
from strategies import read_only, refusal

from kquant_helpers.cuts import CUTS
from kquant_helpers.errors import peak_snr, squared_error, ssim
from kquant_helpers.experiments import (
    METHODS,
    OUTSIDERS,
    find_method,
    rate_distortion_sweep,
    sweep_point,
)
from kquant_helpers.files import quantized_bytes
from kquant_helpers.formats import encoded_bytes
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import bits_per_pixel, entropy_bits

# Blocks of 4×4 do not divide it.
COLOR = read_only(load_photo("coffee", (30, 41)))
GRAY = read_only(load_photo("camera", (30, 41)))


def test_rows_come_method_by_method_in_the_order_of_the_settings():
    rows = list(rate_distortion_sweep(COLOR, ks=[8, 2], qualities=[50], steps=[30, 2.5]))
    settings = {"k": (8, 2), "quality": (50,), "step": (30, 2.5)}
    asked = [(name, setting) for name in METHODS for setting in settings[find_method(name).setting]]
    assert [(row.method, row.setting) for row in rows] == asked


def test_a_gray_photo_has_no_channels_and_no_colors():
    rows = rate_distortion_sweep(GRAY, ks=[2], qualities=[50], steps=[8])
    assert [row.method for row in rows] == [
        *("global", "block", "equal steps", "frequency, flat", "frequency, JPEG's table"),
        *("JPEG", "WebP"),
    ]


@pytest.mark.parametrize("image", [COLOR, GRAY], ids=["color", "gray"])
@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_costs_what_its_parts_cost(image, cut):
    if cut == "rgb" and image.ndim == 2:
        assert "gray" in refusal(ValueError, sweep_point, image, cut, 5)
        return
    row, picture = sweep_point(image, cut, 5)
    quantized = quantize(image, 5, cut, pad=True)
    np.testing.assert_array_equal(picture, quantized.image)
    assert row.fixed_rate_bits_per_pixel == bits_per_pixel(quantized)
    assert row.entropy_bits_per_pixel == pytest.approx(entropy_bits(quantized) / (30 * 41))
    assert row.file_bytes == len(quantized_bytes(quantized))
    assert_errors_are_those_of(row, image, picture)


@pytest.mark.parametrize("image", [COLOR, GRAY], ids=["color", "gray"])
@pytest.mark.parametrize("method", OUTSIDERS)
def test_a_format_costs_the_bytes_of_its_file_alone(image, method):
    row, picture = sweep_point(image, method, 40)
    content = encoded_bytes(image, method, 40)
    np.testing.assert_array_equal(picture, load_photo(content, gray=image.ndim == 2))
    assert row.file_bytes == len(content)
    assert math.isnan(row.fixed_rate_bits_per_pixel) and math.isnan(row.entropy_bits_per_pixel)
    assert_errors_are_those_of(row, image, picture)


def assert_errors_are_those_of(row, image, picture):
    assert picture.shape == image.shape
    assert row.file_bits_per_pixel == pytest.approx(8 * row.file_bytes / (30 * 41))
    assert row.squared_error == squared_error(image, picture)
    assert row.peak_snr == peak_snr(image, picture)
    assert row.ssim == ssim(image, picture)


def test_more_codewords_are_never_worse_where_the_learner_is_exact():
    rows = list(rate_distortion_sweep(COLOR, "channel", ks=range(1, 40, 3)))
    errors = [row.squared_error for row in rows]
    assert errors == sorted(errors, reverse=True)


def test_the_best_codebook_of_a_plain_photo_has_infinite_psnr():
    plain = np.full((9, 9, 3), 7, np.uint8)
    for row in rate_distortion_sweep(plain, CUTS, ks=[1, 256]):
        assert row.peak_snr == math.inf and row.ssim == 1 and row.squared_error == 0


def test_photos_smaller_than_a_window_of_ssim_have_none():
    for row in rate_distortion_sweep(COLOR[:1, :1], ks=[1], qualities=[90], steps=[4]):
        assert math.isnan(row.ssim) and row.file_bytes > 0


def test_progress_starts_at_nothing_and_tells_of_every_row():
    seen = []
    sweep = rate_distortion_sweep(
        GRAY, ["global", "JPEG"], ks=[2, 4], qualities=[9], progress=lambda *told: seen.append(told)
    )
    assert seen == []
    next(sweep)
    assert seen == [(0, 3), (1, 3)]
    assert len(list(sweep)) == 2
    assert seen[-1] == (3, 3)


@pytest.mark.parametrize(
    ("error", "options"),
    [
        (ValueError, {"ks": []}),
        (ValueError, {"qualities": []}),
        (ValueError, {"methods": []}),
        (ValueError, {"methods": ["octree"]}),
        (ValueError, {"methods": [None]}),
        (ValueError, {"ks": [2, 0]}),
        (TypeError, {"ks": [2.5]}),
        (TypeError, {"ks": "8"}),
        (ValueError, {"qualities": [101]}),
        (TypeError, {"qualities": [True]}),
        (TypeError, {"block_size": 2.5}),
        (ValueError, {"block_size": 0}),
    ],
)
def test_what_cannot_be_swept_is_refused_at_once(error, options):
    refusal(error, rate_distortion_sweep, COLOR, **options)


def test_settings_that_no_method_asks_for_may_be_missing():
    assert len(list(rate_distortion_sweep(GRAY, ["JPEG"], ks=[], qualities=[50]))) == 1
    assert len(list(rate_distortion_sweep(GRAY, ["global"], ks=[2], qualities=[]))) == 1


def test_colors_of_a_gray_photo_are_refused_at_once():
    assert "gray" in refusal(ValueError, rate_distortion_sweep, GRAY, ["global", "rgb"])


@pytest.mark.parametrize("image", [None, COLOR / 255])
def test_what_is_no_photo_is_refused(image):
    refusal(TypeError, rate_distortion_sweep, image)
    refusal(TypeError, sweep_point, image, METHODS[0], 2)
