"""Prefix codes are the best ones, decode to what was written, and refuse what is none."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import refusal

from kquant_helpers.prefix_codes import canonical_code, code_lengths, read_coded, write_coded

modest = settings(deadline=None, max_examples=100)
COUNTS = st.lists(st.integers(0, 50), max_size=20).map(lambda counts: np.array(counts, np.int64))


def cost(counts, lengths):
    return int(np.sum(counts * lengths.astype(np.int64)))


@modest
@given(COUNTS)
def test_lengths_fill_a_tree_and_only_symbols_that_occur_have_one(counts):
    lengths = code_lengths(counts)
    np.testing.assert_array_equal(lengths > 0, counts > 0)
    used = lengths[lengths > 0].astype(float)
    if len(used) > 1:
        assert np.sum(0.5**used) == 1
    elif len(used):
        assert used[0] == 1


@modest
@given(st.lists(st.integers(1, 30), min_size=2, max_size=5))
def test_no_other_lengths_cost_less(counts):
    counts = np.array(counts)
    every = itertools.product(range(1, len(counts)), repeat=len(counts))
    possible = [np.array(each) for each in every if sum(0.5**n for n in each) <= 1]
    assert cost(counts, code_lengths(counts)) == min(cost(counts, each) for each in possible)


@modest
@given(COUNTS)
def test_no_code_begins_another_and_codes_ascend(counts):
    lengths = code_lengths(counts)
    codes = canonical_code(lengths)
    assert [len(code) for code in codes] == lengths.tolist()
    used = [code for code in codes if code]
    assert not any(b.startswith(a) for a, b in itertools.permutations(used, 2))
    by_length = sorted(used, key=len)
    assert by_length == sorted(by_length)


@modest
@given(st.lists(st.integers(0, 300), max_size=300))
def test_what_was_written_is_read(symbols):
    symbols = np.array(symbols, np.int64)
    lengths = code_lengths(np.bincount(symbols, minlength=301))
    written = write_coded(symbols, lengths)
    codes = canonical_code(lengths)
    text = "".join(codes[i] for i in symbols)
    assert written == bytes(int(text[i : i + 8].ljust(8, "0"), 2) for i in range(0, len(text), 8))
    np.testing.assert_array_equal(read_coded(written, lengths, len(symbols)), symbols)


def test_many_symbols_are_read_piece_by_piece():
    symbols = np.minimum(np.random.default_rng(0).geometric(0.1, 200_000) - 1, 99)
    lengths = code_lengths(np.bincount(symbols))
    np.testing.assert_array_equal(
        read_coded(write_coded(symbols, lengths), lengths, symbols.size), symbols
    )


def test_codes_may_be_very_long():
    fibonacci = [1, 1]
    while len(fibonacci) < 45:
        fibonacci.append(sum(fibonacci[-2:]))
    lengths = code_lengths(np.array(fibonacci))
    assert lengths.max() == 44
    symbols = np.arange(45)
    np.testing.assert_array_equal(read_coded(write_coded(symbols, lengths), lengths, 45), symbols)


@pytest.mark.parametrize("lengths", [[1, 1, 1], [0, 1, 2, 2, 9], [-1, 1], [57], [[1, 1]]])
def test_lengths_of_no_prefix_code_are_refused(lengths):
    for call in (
        lambda: canonical_code(np.array(lengths)),
        lambda: write_coded(np.array([0]), np.array(lengths)),
        lambda: read_coded(b"\0", np.array(lengths), 1),
    ):
        refusal(ValueError, call)


@pytest.mark.parametrize("counts", [[-1, 2], [[1, 2]], [1.0], ["a"], None])
def test_what_are_no_counts_is_refused(counts):
    refusal((TypeError, ValueError), code_lengths, counts)


@pytest.mark.parametrize("symbols", [[2], [3], [-1], [0.0]])
def test_a_symbol_without_a_code_is_refused(symbols):
    refusal((TypeError, ValueError), write_coded, np.array(symbols), np.array([1, 2, 0]))


@pytest.mark.parametrize(
    ("data", "lengths", "count"),
    [
        (b"", [1, 1], 1),
        (b"\0\0", [1, 1], 3),
        (b"\xff", [1, 2], 3),
        (b"\x01", [1, 1], 3),
        (b"\x00", [0, 0], 1),
        (b"\xfe", [4, 4], 3),
        (b"\0", [], 0),
    ],
)
def test_bits_that_are_no_symbols_are_refused(data, lengths, count):
    refusal(ValueError, read_coded, data, np.array(lengths, int), count)


@pytest.mark.parametrize("data", ["a", None, 3])
def test_only_bytes_are_read(data):
    refusal(TypeError, read_coded, data, np.array([1, 1]), 1)
