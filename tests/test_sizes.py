"""What an image costs: bits by the formula, entropy, and files that decode to the same pixels."""

import io
import math
import struct
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image
from scipy.stats import entropy
from strategies import colors, cut_images, images, read_only, refusal

from kquant_helpers.errors import peak_snr
from kquant_helpers.formats import FORMATS, encoded_bytes, palette_png_bytes, png_bytes
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import (
    bits_per_pixel,
    entropy_bits,
    fixed_rate_bits,
    index_bits,
    index_entropy,
)

modest = settings(deadline=None, max_examples=40)
LOSSLESS = ("PNG", "indexed PNG", "GIF", "WebP")
speeds = pytest.mark.parametrize("fast", [False, True], ids=["small", "fast"])


@pytest.fixture(autouse=True)
def nothing_is_warned():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def decoded(content):
    with Image.open(io.BytesIO(content)) as image:
        return np.array(image.convert("L" if image.mode == "L" else "RGB"))


def header(content):
    """Return width, height, bits and color type of a PNG's first chunk."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR"
    return struct.unpack(">IIBB", content[16:26])


@st.composite
def indexed_images(draw):
    palette = draw(npst.arrays(np.uint8, st.tuples(st.integers(1, 256), st.just(3))))
    shape = st.tuples(st.integers(1, 12), st.integers(1, 12))
    indices = npst.arrays(
        draw(st.sampled_from(["u1", "u2", "i8"])), shape, elements=st.integers(0, len(palette) - 1)
    )
    return draw(indices), palette


# Bits


@modest
@given(st.integers(1, 10**6))
def test_the_bits_of_an_index_are_the_logarithm_rounded_up(k):
    assert index_bits(k) == math.ceil(math.log2(k))
    assert 2 ** index_bits(k) >= k > 2 ** (index_bits(k) - 1) or k == 1


@pytest.mark.parametrize("exponent", range(64))
def test_one_codeword_more_than_a_power_of_two_takes_one_bit_more(exponent):
    assert index_bits(2**exponent) == exponent
    assert index_bits(2**exponent + 1) == exponent + 1


@pytest.mark.parametrize("k", [0, -1, 2.5, "8", True, None])
def test_bits_are_told_for_whole_numbers_from_1_up(k):
    assert f"k is {k!r}," in refusal((TypeError, ValueError), index_bits, k)


def test_the_courses_own_example_of_a_fixed_rate():
    image = load_photo("china", size=(75, 100))
    for k in (64, 128):
        assert fixed_rate_bits(quantize(image, k, "rgb")) == 75 * 100 * math.log2(k) + 24 * k


@modest
@given(cut_images(), st.integers(1, 20))
def test_fixed_rate_bits_pay_for_every_index_and_every_codeword(case, k):
    image, cut, size = case
    quantized = quantize(image, k, cut, block_size=size)
    lengths = [len(codebook) for codebook in quantized.codebooks]
    count = quantized.indices.size // len(lengths)
    expected = sum(count * math.ceil(math.log2(length)) for length in lengths)
    expected += 8 * sum(codebook.size for codebook in quantized.codebooks)
    assert fixed_rate_bits(quantized) == expected
    height, width = image.shape[:2]
    assert bits_per_pixel(quantized) == pytest.approx(expected / (height * width))


@modest
@given(cut_images(), st.integers(1, 20))
def test_entropy_bits_are_never_more_than_fixed_rate_bits(case, k):
    image, cut, size = case
    quantized = quantize(image, k, cut, block_size=size)
    assert entropy_bits(quantized) <= fixed_rate_bits(quantized) + 1e-6


@pytest.mark.parametrize("function", [fixed_rate_bits, entropy_bits, bits_per_pixel])
@pytest.mark.parametrize("given_instead", [np.zeros((2, 2), np.uint8), None, 8])
def test_bits_are_of_a_quantized_image_only(function, given_instead):
    message = refusal(TypeError, function, given_instead)
    assert type(given_instead).__name__ in message and "quantize(image, k)" in message


# Entropy


@modest
@given(
    npst.arrays(
        st.sampled_from(["u1", "u2", "i8"]),
        npst.array_shapes(max_dims=3, max_side=6),
        elements=st.integers(0, 9),
    )
)
def test_the_entropy_is_scipys(indices):
    counts = np.unique(indices, return_counts=True)[1]
    assert index_entropy(indices) == pytest.approx(entropy(counts, base=2), abs=1e-9)
    assert 0 <= index_entropy(indices) <= math.log2(len(counts)) + 1e-9


def test_each_channel_can_have_its_own_entropy():
    indices = np.array([[[0, 0, 0], [0, 1, 1]], [[0, 2, 0], [0, 3, 1]]])
    np.testing.assert_allclose(index_entropy(indices, per_channel=True), [0, 2, 1])


@pytest.mark.parametrize("indices", [np.zeros(3), np.zeros(3, bool), ["a"], None])
def test_the_entropy_is_of_whole_numbers(indices):
    assert "whole numbers" in refusal(TypeError, index_entropy, indices)


def test_there_is_no_entropy_of_nothing_or_of_channels_that_are_not_there():
    refusal(ValueError, index_entropy, np.zeros(0, int))
    assert "(2, 2)" in refusal(ValueError, index_entropy, np.eye(2, dtype=int), per_channel=True)


# PNG


@speeds
@modest
@given(images())
def test_a_png_keeps_every_pixel(fast, image):
    for each in (image, image[::-1, ::2], read_only(image)):
        content = png_bytes(each, fast=fast)
        np.testing.assert_array_equal(decoded(content), each)
        height, width = each.shape[:2]
        assert header(content) == (width, height, 8, 0 if each.ndim == 2 else 2)


@speeds
def test_a_png_of_a_photo_keeps_every_pixel(fast):
    image = load_photo("china", size=300)
    np.testing.assert_array_equal(decoded(png_bytes(image, fast=fast)), image)


@speeds
@modest
@given(indexed_images())
def test_an_indexed_png_decodes_to_its_colors(fast, case):
    indices, palette = case
    content = palette_png_bytes(indices, palette, fast=fast)
    np.testing.assert_array_equal(decoded(content), palette[indices])


@speeds
@pytest.mark.parametrize(
    ("k", "bits"),
    [(1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (16, 4), (17, 8), (255, 8), (256, 8)],
)
def test_an_indexed_png_takes_the_bits_that_k_needs(fast, k, bits):
    palette = np.arange(3 * k).reshape(k, 3).astype(np.uint8)
    indices = np.arange(35).reshape(5, 7) % k
    content = palette_png_bytes(indices, palette, fast=fast)
    assert header(content) == (7, 5, bits, 3)
    np.testing.assert_array_equal(decoded(content), palette[indices])


def test_the_colors_of_a_codebook_are_rounded_not_cut_off():
    content = palette_png_bytes(np.array([[0]]), np.array([[0.4, 99.6, 255.3]]))
    np.testing.assert_array_equal(decoded(content), [[[0, 100, 255]]])


def test_a_quantized_photo_is_the_indexed_png_of_its_indices():
    for k in (2, 16, 256):
        quantized = quantize(load_photo("coffee", size=60), k, "rgb")
        content = palette_png_bytes(quantized.indices, quantized.codebooks[0])
        np.testing.assert_array_equal(decoded(content), quantized.image)


@pytest.mark.parametrize("k", [257, 1000])
def test_an_indexed_png_holds_256_colors_at_most(k):
    message = refusal(ValueError, palette_png_bytes, np.zeros((2, 2), int), np.zeros((k, 3)))
    assert f"{k} colors" in message and "256" in message


@pytest.mark.parametrize("palette", [np.zeros((0, 3)), np.zeros(3), [[0, 0, 999]], [["a"]], None])
def test_what_is_no_palette_is_refused(palette):
    refusal((TypeError, ValueError), palette_png_bytes, np.zeros((2, 2), int), palette)


@pytest.mark.parametrize(
    "indices",
    [[[2]], [[-1]], [[256]], [0, 1], [[0.0]], [[True]], np.zeros((0, 2), int)],
)
def test_indices_that_do_not_point_into_the_palette_are_refused(indices):
    message = refusal(
        (TypeError, ValueError), palette_png_bytes, np.array(indices), np.zeros((2, 3))
    )
    assert "0 to 1" in message


@pytest.mark.parametrize("image", [np.zeros((2, 2)), [[1]], None, np.zeros((2, 2, 4), np.uint8)])
def test_what_is_no_image_has_no_size_on_disk(image):
    refusal((TypeError, ValueError), png_bytes, image)
    refusal((TypeError, ValueError), encoded_bytes, image, "PNG")


# Other files


@modest
@given(images())
def test_lossless_formats_keep_every_pixel(image):
    color = image if image.ndim == 3 else np.stack([image] * 3, axis=-1)
    for name in LOSSLESS:
        result = decoded(encoded_bytes(image, name))
        np.testing.assert_array_equal(
            np.broadcast_to(result.reshape(*result.shape[:2], -1), color.shape), color
        )


@pytest.mark.parametrize("name", ["JPEG", "WebP"])
def test_a_lower_quality_takes_fewer_bytes_and_errs_more(name):
    image = load_photo("china", size=200)
    files = [encoded_bytes(image, name, quality) for quality in (10, 50, 95)]
    assert np.all(np.diff([len(each) for each in files]) > 0)
    assert np.all(np.diff([peak_snr(image, decoded(each)) for each in files]) > 0)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_may_be_spelled_in_small_letters(name):
    image = np.zeros((4, 4, 3), np.uint8)
    assert encoded_bytes(image, name.lower()) == encoded_bytes(image, name)


@modest
@given(colors())
def test_encoding_does_not_change_the_image(image):
    image = read_only(image)
    for name in FORMATS:
        encoded_bytes(image, name)


@pytest.mark.parametrize("name", ["BMP", "", None, 3, ["PNG"]])
def test_an_unknown_format_is_refused_with_the_names(name):
    message = refusal(ValueError, encoded_bytes, np.zeros((2, 2), np.uint8), name)
    assert all(f'"{each}"' in message for each in FORMATS)


@pytest.mark.parametrize("quality", [-1, 101, 2.5, "75", True, np.eye(2)])
def test_a_quality_is_a_whole_number_from_0_to_100(quality):
    image = np.zeros((2, 2), np.uint8)
    message = refusal((TypeError, ValueError), encoded_bytes, image, "JPEG", quality)
    assert f"quality is {' '.join(repr(quality).split())}," in message


@pytest.mark.parametrize("name", ["PNG", "indexed PNG", "GIF"])
def test_a_format_without_a_quality_refuses_one(name):
    assert name in refusal(ValueError, encoded_bytes, np.zeros((2, 2), np.uint8), name, 75)


@pytest.mark.parametrize("name", ["indexed PNG", "GIF"])
def test_a_photo_of_many_colors_does_not_fit_a_palette(name):
    image = load_photo("color ramp", size=(20, 20))
    assert "400 colors" in refusal(ValueError, encoded_bytes, image, name)


def test_sides_beyond_the_format_are_refused():
    message = refusal(ValueError, encoded_bytes, np.zeros((1, 16_384), np.uint8), "WebP")
    assert "16384 columns" in message and "16,383" in message
