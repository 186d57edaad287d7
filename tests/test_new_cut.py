"""A new cut is one class: quantize, sizes, files and sweeps take it as it is."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from strategies import refusal

import kquant_helpers as kq
from kquant_helpers.cuts import Cut


@dataclass(frozen=True)
class Row(Cut):
    """Pieces of rows, 1 × width pixels."""

    width: int = 4
    name: ClassVar[str] = "row"
    tile = property(lambda self: (1, self.width))

    def cut(self, image):
        return (image.reshape(int(np.prod(self.grid(image.shape))), -1),)

    def join(self, vectors, shape):
        return vectors[0].reshape(shape)

    def grid(self, shape):
        return shape[0], shape[1] // self.width


@pytest.fixture(params=["camera", "china"])
def photo(request):
    return kq.load_photo(request.param, (30, 42))


def test_it_is_quantized_by_every_learner_that_takes_any_vectors(photo):
    for learner in ("k-means", "random", "mini-batch k-means", "centnn"):
        quantized = kq.quantize(photo, 8, Row(6), learner)
        assert quantized.cut == Row(6) and quantized.indices.shape == (30, 7)
        [vectors] = kq.cut_image(photo, Row(6))
        assert vectors.shape == (210, 6 * (photo.ndim == 2) or 18)
        np.testing.assert_array_equal(kq.encode(vectors, quantized.codebooks[0]),
                                      quantized.indices.ravel())  # fmt: skip


def test_it_is_padded_and_joined_and_lossless_with_enough_codewords(photo):
    quantized = kq.quantize(photo, photo.size, Row(5), pad=True)
    np.testing.assert_array_equal(quantized.image, photo)
    vectors = kq.cut_image(photo, Row(6))
    np.testing.assert_array_equal(kq.join_vectors(vectors, photo.shape, Row(6)), photo)


def test_it_has_sizes_by_the_formula(photo):
    quantized = kq.quantize(photo, 16, Row(6))
    book = quantized.codebooks[0]
    assert kq.fixed_rate_bits(quantized) == 210 * 4 + 8 * book.size
    assert kq.entropy_bits(quantized) <= kq.huffman_bits(quantized)


def test_it_goes_through_a_file(photo, tmp_path):
    quantized = kq.quantize(photo, 16, Row(5), pad=True)
    kq.save_quantized(quantized, tmp_path / "rows.kqi")
    loaded = kq.load_quantized(tmp_path / "rows.kqi")
    assert loaded.cut == Row(5)
    np.testing.assert_array_equal(loaded.image, photo * 0 + quantized.image)
    np.testing.assert_array_equal(loaded.indices, quantized.indices)


def test_it_is_swept_beside_the_others(photo):
    rows = list(kq.rate_distortion_sweep(photo, [Row(4), "block"], ks=[2, 8]))
    assert [(row.method, row.setting) for row in rows] == [
        ("row", 2), ("row", 8), ("block", 2), ("block", 8),
    ]  # fmt: skip
    assert rows[0].squared_error > rows[1].squared_error


def test_what_it_cannot_tile_is_refused_and_padding_helps(photo):
    message = refusal(ValueError, kq.quantize, photo, 4, Row(5))
    assert "1×5" in message and "pad=True" in message
    assert kq.quantize(photo, 4, Row(5), pad=True).image.shape == photo.shape
