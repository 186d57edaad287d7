"""Lesson 09: the chain that it teaches is JPEG's, to a few hundredths of a decibel."""

import io
from functools import lru_cache

import numpy as np
import pytest
from PIL import Image
from scipy.fft import dctn, idctn

import kquant_helpers as kq
from kquant_helpers.checks import frequency_quantization as judge
from kquant_helpers.explorers.chroma import explore_chroma
from kquant_helpers.explorers.frame import Picked
from kquant_helpers.explorers.frequencies import column_bits, explore_frequencies, grid_svg

PHOTOS = ("camera", "astronaut", "china", "flower", "rocket", "chelsea")


@lru_cache
def gray(name):
    photo = kq.load_photo(name, (512, 512) if name == "camera" else None, gray=True)
    height, width = (side // 8 * 8 for side in photo.shape)
    return np.ascontiguousarray(photo[:height, :width])


def pillows(photo, quality):
    with Image.open(io.BytesIO(kq.encoded_bytes(photo, "JPEG", quality))) as picture:
        return np.array(picture), dict(picture.quantization)


@pytest.mark.parametrize("name", PHOTOS)
def test_the_whole_chain_comes_within_a_twentieth_of_a_decibel_of_pillow(name):
    photo = gray(name)
    explorer = explore_frequencies(photo)
    for quality in range(5, 100, 5):
        own = explorer.render({"quality": quality}).after.image
        theirs = pillows(photo, quality)[0]
        assert abs(kq.peak_snr(photo, own) - kq.peak_snr(photo, theirs)) < 0.05, quality


def test_the_table_that_the_judge_expects_is_pillows_at_every_quality():
    color = kq.load_photo("china", (16, 16))
    for quality in range(1, 101):
        tables = pillows(color, quality)[1]
        for base, number in ((judge._LUMA, 0), (judge._CHROMA, 1)):
            expected = np.reshape(tables[number], (8, 8))
            assert np.array_equal(judge._table(quality, base), expected), quality
            assert np.array_equal(kq.jpeg_table(quality, chroma=bool(number)), expected), quality


@pytest.mark.parametrize("n", [1, 2, 3, 8, 13])
def test_the_matrix_that_the_judge_expects_is_a_rotation_and_scipys(n):
    matrix = judge._matrix(n)
    assert np.allclose(matrix @ matrix.T, np.eye(n), atol=1e-12)
    block = np.random.default_rng(n).normal(size=(n, n))
    assert np.allclose(matrix @ block @ matrix.T, dctn(block, norm="ortho"), atol=1e-12)
    assert np.allclose(matrix.T @ block @ matrix, idctn(block, norm="ortho"), atol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 8, 9])
def test_a_zigzag_visits_each_place_once_and_steps_to_a_neighbor(n):
    order = judge._zigzag(n)
    assert sorted(order) == list(range(n * n))
    rows, columns = np.divmod(order, n)
    assert (np.abs(np.diff(rows)) <= 1).all() and (np.abs(np.diff(columns)) <= 1).all()
    assert n == 1 or order[1] == 1


def test_bits_of_columns_are_their_entropies():
    quantized = np.rint(np.random.default_rng(0).normal(0, 3, (200, 64))).astype(np.int16)
    expected = np.mean([kq.index_entropy(column) for column in quantized.T])
    assert column_bits(quantized) == pytest.approx(expected)


@pytest.mark.parametrize("shape", [(1, 1), (7, 9), (8, 8), (30, 17)])
def test_photos_whose_sides_are_no_multiples_of_8_keep_their_shape(shape):
    photo = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    view = explore_frequencies(photo).render({"quality": 100}).finished()
    assert view.after.image.shape == shape
    assert np.abs(view.after.image.astype(int) - photo).max() <= 4


def test_a_block_that_is_picked_is_the_one_under_the_pointer():
    explorer = explore_frequencies("camera")
    view = explorer.render({"pick": Picked(None, 9, 50)})
    assert dict(view.readouts)["Block at"] == "row 8, column 48"
    gray_levels = gray("camera")[8:16, 48:56].ravel()
    assert f"rgb({','.join([str(gray_levels[0])] * 3)})" in view.plots[0]


def test_a_pick_outside_of_another_photo_is_let_go():
    small = explore_frequencies(gray("camera")[:64, :64].copy())
    assert small.render({"pick": Picked(None, 300, 300)}) == small.render()


def test_one_coefficient_kept_leaves_the_mean_of_each_block():
    result = explore_frequencies("camera").render({"kept": 1, "quality": 100}).after.image
    blocks = result.reshape(64, 8, 64, 8).swapaxes(1, 2).reshape(-1, 64)
    means = gray("camera").reshape(64, 8, 64, 8).mean(axis=(1, 3)).ravel()
    assert (np.ptp(blocks, axis=1) == 0).all()
    assert np.abs(blocks[:, 0] - means).max() <= 1


def solved():
    def forth(blocks):
        cut = blocks.reshape(-1, 8, 8) - 128.0
        return (judge._matrix(8) @ cut @ judge._matrix(8).T).reshape(-1, 64)

    def back(coefficients):
        cut = coefficients.reshape(-1, 8, 8)
        return (judge._matrix(8).T @ cut @ judge._matrix(8)).reshape(-1, 64) + 128

    return (
        forth,
        back,
        judge._zigzag,
        lambda base, quality: judge._table(quality, base),
        lambda coefficients, table: np.rint(coefficients / table.ravel()).astype(int),
        lambda quantized, table: quantized * table.ravel(),
        column_bits,
    )


def test_a_students_chain_shows_what_the_package_shows():
    own, students = explore_frequencies("camera"), explore_frequencies("camera", solved())
    for state in ({}, {"table": "flat", "kept": 10}):
        pair = own.render(state).after.image, students.render(state).after.image
        # Halves may fall either way, and take the 64 pixels of their block along.
        assert np.mean(pair[0] == pair[1]) > 0.98
        assert kq.peak_snr(*pair) > 55


@pytest.mark.parametrize("missing", range(7))
def test_a_function_that_is_not_written_shows_one_friendly_line(missing):
    def stub(*arguments):
        raise NotImplementedError

    functions = list(solved())
    functions[missing] = stub
    view = explore_frequencies("camera", tuple(functions)).render()
    assert "not written yet" in view.message
    assert "\n" not in view.message


def test_coarse_color_costs_less_than_coarse_brightness():
    explorer = explore_chroma("coffee")
    color, brightness = (
        kq.peak_snr(explorer.render({}).before.image, explorer.render(state).after.image)
        for state in ({"chroma": 4, "luma": 1}, {"chroma": 1, "luma": 4})
    )
    assert color > brightness + 6


def test_a_table_of_numbers_says_how_many_are_not_0():
    assert "1 of 64 numbers are not 0" in grid_svg(np.eye(64)[3] * 7, "Numbers")
