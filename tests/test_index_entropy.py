"""Entropy and fixed-rate bits agree with SciPy and with the formulas of lesson 07."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy.stats import entropy
from strategies import colors, cut_images, refusal

from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import (
    bits_per_pixel,
    entropy_bits,
    fixed_rate_bits,
    index_bits,
    index_entropy,
)

INDICES = npst.arrays(
    st.sampled_from([np.uint8, np.uint16, np.int64]),
    npst.array_shapes(max_dims=3, max_side=6),
    elements=st.integers(0, 255),
)


@settings(deadline=None)
@given(INDICES)
def test_entropy_is_that_of_scipy(indices):
    _, counts = np.unique(indices, return_counts=True)
    assert index_entropy(indices) == pytest.approx(entropy(counts, base=2), abs=1e-9)


@given(INDICES)
def test_entropy_lies_between_nothing_and_a_fixed_rate(indices):
    distinct = len(np.unique(indices))
    assert 0 <= index_entropy(indices) <= math.log2(distinct) + 1e-12


@given(st.integers(1, 300), st.integers(1, 5))
def test_equally_frequent_indices_need_log2_k_bits(k, times):
    assert index_entropy(np.repeat(np.arange(k), times)) == pytest.approx(math.log2(k))


def test_one_index_needs_no_bits_and_no_minus_sign():
    assert str(index_entropy(np.zeros((3, 3), np.uint8))) == "0.0"


@settings(deadline=None)
@given(colors())
def test_entropy_by_channel_is_that_of_the_channels(indices):
    channels = [index_entropy(indices[..., i]) for i in range(3)]
    assert index_entropy(indices, per_channel=True).tolist() == channels


@pytest.mark.parametrize("indices", [np.array([0.5]), [0.1], ["a"], None])
def test_indices_that_are_no_whole_numbers_are_refused(indices):
    refusal(TypeError, index_entropy, indices)


def test_no_indices_and_no_channels_are_refused():
    refusal(ValueError, index_entropy, np.zeros((0, 3), np.uint8))
    refusal(ValueError, index_entropy, np.zeros((2, 3), np.uint8), per_channel=True)


@given(st.integers(1, 10**6))
def test_an_index_takes_the_fewest_bits_that_tell_all_codewords_apart(k):
    assert 2 ** index_bits(k) >= k
    assert k == 1 or 2 ** (index_bits(k) - 1) < k


@pytest.mark.parametrize(("error", "k"), [(ValueError, 0), (TypeError, 2.5), (TypeError, True)])
def test_bits_for_no_codewords_are_refused(error, k):
    refusal(error, index_bits, k)


@settings(deadline=None, max_examples=60)
@given(cut_images(), st.sampled_from([1, 2, 3, 8, 300]))
def test_fixed_rate_bits_are_indices_and_codebooks(cut_image, k):
    image, cut, size = cut_image
    quantized = quantize(image, k, cut, block_size=size)
    lengths = [len(codebook) for codebook in quantized.codebooks]
    count = {
        "global": image.size,
        "channel": math.prod(image.shape[:2]),
        "rgb": math.prod(image.shape[:2]),
        "block": math.prod(image.shape[:2]) // size**2,
    }[cut]
    entries = {"rgb": 3, "block": size**2 * (3 if image.ndim == 3 else 1)}.get(cut, 1)
    expected = sum(count * math.ceil(math.log2(each)) + 8 * entries * each for each in lengths)
    assert fixed_rate_bits(quantized) == expected
    assert bits_per_pixel(quantized) == expected / math.prod(image.shape[:2])


@pytest.mark.parametrize(("k", "bits"), [(64, 6), (128, 7)])
def test_palettes_of_a_photo_of_750_by_1000_take_6_and_7_bits_a_pixel(k, bits):
    image = np.random.default_rng(0).integers(0, 256, (750, 1000, 3), dtype=np.uint8)
    quantized = quantize(image, k, "rgb")
    assert fixed_rate_bits(quantized) == 750 * 1000 * bits + 24 * k


def test_channels_with_codebooks_of_different_lengths_are_counted_one_by_one():
    image = np.zeros((4, 4, 3), np.uint8)
    image[..., 1].flat = np.arange(16)
    quantized = quantize(image, 16, "channel")
    assert fixed_rate_bits(quantized) == 16 * 4 + 8 * (1 + 16 + 1)


def test_padded_blocks_are_paid_for():
    quantized = quantize(np.arange(25, dtype=np.uint8).reshape(5, 5), 2, "block", pad=True)
    assert fixed_rate_bits(quantized) == 4 * 1 + 2 * 16 * 8
    assert bits_per_pixel(quantized) == fixed_rate_bits(quantized) / 25


@settings(deadline=None, max_examples=60)
@given(cut_images(), st.sampled_from([1, 2, 3, 8, 300]))
def test_an_entropy_code_never_needs_more_than_a_fixed_rate(cut_image, k):
    image, cut, size = cut_image
    quantized = quantize(image, k, cut, block_size=size)
    books = sum(8 * codebook.size for codebook in quantized.codebooks)
    assert books <= entropy_bits(quantized) <= fixed_rate_bits(quantized) + 1e-9


def test_entropy_bits_of_channels_are_counted_codebook_by_codebook():
    image = np.random.default_rng(0).integers(0, 256, (8, 9, 3), dtype=np.uint8)
    quantized = quantize(image, 5, "channel")
    indices = 8 * 9 * index_entropy(quantized.indices, per_channel=True).sum()
    assert entropy_bits(quantized) == pytest.approx(indices + 3 * 5 * 8)


@pytest.mark.parametrize("size", [fixed_rate_bits, entropy_bits, bits_per_pixel])
@pytest.mark.parametrize("given", [None, np.zeros((2, 2), np.uint8), SimpleNamespace()])
def test_what_is_not_quantized_has_no_size(size, given):
    refusal(TypeError, size, given)
