"""Frequencies are cut and joined without loss, and quantized as Pillow's JPEG does."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from strategies import images, refusal

from kquant_helpers.container import packed
from kquant_helpers.errors import peak_snr, squared_error
from kquant_helpers.files import load_quantized, quantized_bytes
from kquant_helpers.frequencies import CHROMAS, Frequency, jpeg_table
from kquant_helpers.learners.steps import EqualSteps, JPEGTable
from kquant_helpers.photos import load_photo
from kquant_helpers.prefix_codes import code_lengths, read_coded, write_coded
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import entropy_bits, huffman_bits

PHOTOS = ("china", "flower", "astronaut", "camera", "coffee", "rocket")
WAYS = [(8, None), (8, "full"), (8, "half"), (4, None), (3, "half"), (1, None)]
modest = settings(deadline=None, max_examples=30)


def by_pillow(image, quality):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=quality)
    return Image.open(file)


# The cut


@modest
@given(images(), st.sampled_from(WAYS))
def test_frequencies_of_whole_blocks_are_joined_to_the_same_image(image, way):
    cut = Frequency(*way)
    padded = cut.padded(image)
    vectors = cut.cut(padded)
    assert [each.shape for each in vectors] == [(n, 1) for n in cut.counts(padded.shape)]
    assert len(vectors) == cut.codebooks(padded.shape)
    joined = cut.join(vectors, padded.shape)
    if cut.chroma == "half":
        assert joined.shape == padded.shape
    else:
        np.testing.assert_array_equal(joined, padded)


@modest
@given(images(), st.sampled_from(WAYS))
def test_indices_of_frequencies_are_taken_apart_as_they_were_laid_out(image, way):
    cut = Frequency(*way)
    shape = cut.padded_shape(image.shape)
    parts = [np.arange(count) + i for i, count in enumerate(cut.counts(shape))]
    laid_out = cut.lay_out(parts, shape)
    assert laid_out.shape == cut.grid(shape)
    for part, back in zip(parts, cut.take_apart(laid_out, shape), strict=True):
        np.testing.assert_array_equal(part, back)


def test_a_white_block_has_its_mean_and_nothing_else():
    vectors = Frequency(8).cut(np.full((8, 8), 255, np.uint8))
    values = np.concatenate(vectors).ravel()
    np.testing.assert_allclose(values, [1016] + [0] * 63, atol=1e-9)


def test_frequencies_keep_all_squares_so_that_errors_are_those_of_pixels():
    image = load_photo("camera", 64)
    energy = sum(np.sum(each**2) for each in Frequency(8).cut(image))
    np.testing.assert_allclose(energy, np.sum((image - 128.0) ** 2))


def test_halved_chroma_is_smooth_again_and_gray_stays_gray():
    ramp = np.repeat(load_photo("gray ramp", (32, 64))[..., np.newaxis], 3, axis=-1)
    cut = Frequency(8, "half")
    np.testing.assert_array_equal(cut.join(cut.cut(ramp), ramp.shape), ramp)


@pytest.mark.parametrize("chroma", ["quarter", 2, "", ["full"]])
def test_an_unknown_chroma_is_refused(chroma):
    assert '"full"' in refusal((TypeError, ValueError), Frequency, 8, chroma)


# The table of JPEG


def test_tables_are_those_of_pillow_at_every_quality():
    for quality in range(1, 101):
        tables = by_pillow(np.zeros((8, 8, 3), np.uint8), quality).quantization
        for number, chroma in ((0, False), (1, True)):
            assert jpeg_table(quality, chroma).ravel().tolist() == list(tables[number]), quality


@pytest.mark.parametrize("quality", [0, 101, -1, 50.0, "50", None])
def test_a_quality_outside_of_1_to_100_is_refused(quality):
    for make in (jpeg_table, JPEGTable):
        message = refusal((TypeError, ValueError), make, quality)
        assert "from 1 to 100" in message


@pytest.mark.parametrize("name", PHOTOS)
def test_gray_photos_come_out_as_good_as_pillows_jpeg(name):
    image = load_photo(name, gray=True)
    for quality in range(5, 100, 5):
        ours = quantize(image, cut=Frequency(8), learner=JPEGTable(quality)).image
        theirs = np.array(by_pillow(image, quality))
        assert peak_snr(image, ours) == pytest.approx(peak_snr(image, theirs), abs=0.05)


@pytest.mark.parametrize(
    ("quality", "psnr", "bits"), [(10, 28.43, 0.205), (50, 32.60, 0.715), (90, 40.34, 1.926)]
)
def test_camera_costs_what_the_lesson_says(quality, psnr, bits):
    image = load_photo("camera")
    quantized = quantize(image, cut=Frequency(8), learner=JPEGTable(quality))
    assert peak_snr(image, quantized.image) == pytest.approx(psnr, abs=0.005)
    assert entropy_bits(quantized) / image.size == pytest.approx(bits, abs=0.0005)


def test_equal_steps_of_frequencies_beat_the_best_levels_at_the_same_bits():
    image = load_photo("camera")
    steps = quantize(image, cut=Frequency(8), learner=EqualSteps(21.5))
    levels = quantize(image, 4, Frequency(8))
    assert entropy_bits(steps) < entropy_bits(levels)
    assert peak_snr(image, steps.image) > 10 + peak_snr(image, levels.image)


def test_jpegs_table_is_for_8_by_8_frequencies_alone():
    image = np.zeros((8, 8), np.uint8)
    for cut in ("global", "block", Frequency(4)):
        assert "Frequency(8)" in refusal(ValueError, quantize, image, None, cut, JPEGTable(50))


# Equal steps


@modest
@given(images(), st.sampled_from([0.5, 1, 7, 16.25, 300]), st.sampled_from(["global", "channel"]))
def test_equal_steps_take_each_intensity_to_the_nearest_multiple(image, step, cut):
    quantized = quantize(image, cut=cut, learner=EqualSteps(step))
    off = np.abs(quantized.image.astype(float) - image)
    assert off.max() <= step / 2 + 0.5
    assert set(quantized.steps) == {step}


def test_equal_steps_learn_nothing_and_cost_nothing_but_their_indices():
    image = load_photo("camera")
    for cut, error, bits in (("global", 22.0, 3.45), (Frequency(8), 10.3, 1.26)):
        quantized = quantize(image, cut=cut, learner=EqualSteps(16))
        assert squared_error(image, quantized.image) == pytest.approx(error, abs=0.05)
        assert entropy_bits(quantized) / image.size == pytest.approx(bits, abs=0.005)


@pytest.mark.parametrize("step", [0, -1, float("nan"), float("inf"), "16", None, True])
def test_a_step_is_a_number_above_0(step):
    assert "above 0" in refusal((TypeError, ValueError), EqualSteps, step)


def test_steps_too_small_for_two_bytes_are_refused_and_a_larger_one_helps():
    image = load_photo("camera", 16)
    message = refusal(ValueError, quantize, image, None, "global", EqualSteps(1e-9))
    assert "larger step" in message
    assert quantize(image, None, "global", EqualSteps(0.01)).image.tolist() == image.tolist()


def test_steps_take_no_k_and_everything_else_needs_one():
    image = np.zeros((8, 8), np.uint8)
    assert "leave k out" in refusal(ValueError, quantize, image, 4, "global", EqualSteps(4))
    assert "k is None" in refusal(TypeError, quantize, image)


def test_colors_and_blocks_have_no_equal_steps():
    image = np.zeros((8, 8, 3), np.uint8)
    for cut in ("rgb", "block"):
        assert "single numbers" in refusal(ValueError, quantize, image, None, cut, EqualSteps(4))


# Files and real codes


@modest
@given(
    images(),
    st.sampled_from(CHROMAS),
    st.sampled_from([(3, "exact"), (None, EqualSteps(9.7)), (None, JPEGTable(30))]),
)
def test_quantized_frequencies_go_through_a_file(image, chroma, way):
    k, learner = way
    quantized = quantize(image, k, Frequency(8, chroma), learner)
    loaded = load_quantized(quantized_bytes(quantized))
    np.testing.assert_array_equal(loaded.image, quantized.image, strict=True)
    np.testing.assert_array_equal(loaded.indices, quantized.indices, strict=True)
    assert (loaded.cut, loaded.learner) == (quantized.cut, quantized.learner)
    assert loaded.steps == quantized.steps
    for ours, theirs in zip(loaded.codebooks, quantized.codebooks, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_a_file_of_frequencies_with_a_byte_flipped_or_missing_is_refused():
    content = packed(quantize(load_photo("camera", 16), cut=Frequency(8), learner=JPEGTable(20)))
    for place in range(len(content)):
        for change in (1, 128, 255):
            damaged = bytearray(content)
            damaged[place] ^= change
            refusal(ValueError, load_quantized, bytes(damaged))
        refusal(ValueError, load_quantized, content[:place])
    refusal(ValueError, load_quantized, content + b"\0")


@pytest.mark.parametrize(
    ("k", "cut", "learner"),
    [
        (48, "global", None),
        (16, "channel", None),
        (64, "rgb", None),
        (64, "block", "k-means"),
        (None, "channel", EqualSteps(16)),
        (None, Frequency(8, "half"), JPEGTable(75)),
        (None, Frequency(8), EqualSteps(16)),
    ],
)
def test_the_size_of_huffman_codes_is_that_of_the_bits_that_they_write(k, cut, learner):
    image = load_photo("china", (208, 320))
    quantized = quantize(image, k, cut, learner)
    entry = 8 * quantized.cut.entry.itemsize
    real = 0 if quantized.steps else entry * sum(book.size for book in quantized.codebooks)
    parts = quantized.cut.take_apart(quantized.indices, image.shape)
    for part, book in zip(parts, quantized.codebooks, strict=True):
        if len(book) == 1:
            continue
        lengths = code_lengths(np.bincount(part, minlength=len(book)))
        written = write_coded(part, lengths)
        np.testing.assert_array_equal(read_coded(written, lengths, part.size), part)
        real += 8 * (len(written) + len(lengths))
    assert huffman_bits(quantized) == pytest.approx(real, rel=0.01)
    assert entropy_bits(quantized) <= huffman_bits(quantized) + 1e-6
