"""Lesson 08: what its tests take for right is right, and its explorers tell no more than is so."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kquant_helpers as kq
from kquant_helpers.checks import entropy_coding as judge
from kquant_helpers.explorers.code_tree import explore_code_tree
from kquant_helpers.explorers.index_price import step_levels, steps_within
from kquant_helpers.explorers.level_density import level_error, share_levels

HISTOGRAMS = st.lists(st.integers(0, 10**6), min_size=256, max_size=256).filter(any)
FEW = st.lists(st.integers(0, 9), min_size=1, max_size=5)


def best_by_trying(counts):
    """The fewest bits of any prefix code, by all lengths that Kraft's sum allows."""
    used = [count for count in counts if count]
    if len(used) < 2:
        return sum(used)
    return min(
        sum(length * count for length, count in zip(lengths, used, strict=True))
        for lengths in itertools.product(range(1, len(used)), repeat=len(used))
        if sum(2.0**-length for length in lengths) <= 1
    )


@settings(deadline=None, max_examples=60)
@given(FEW)
def test_the_best_lengths_are_those_found_by_trying_all(counts):
    counts = np.array(counts)
    lengths = judge._best_lengths(counts)
    assert lengths @ counts == best_by_trying(counts.tolist())
    assert ((lengths > 0) == (counts > 0)).all()


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_the_package_needs_as_many_bits_as_the_lessons_reference(counts):
    counts = np.array(counts, np.int64)
    lengths = kq.code_lengths(counts).astype(np.int64)
    assert lengths @ counts == judge._best_lengths(counts) @ counts


@settings(deadline=None)
@given(HISTOGRAMS, st.integers(1, 40))
def test_levels_of_the_cube_root_lie_where_the_judge_wants_them(counts, k):
    counts = np.array(counts)
    low, high = judge._cube_root_places(counts, k)
    levels = share_levels(counts, k, 1 / 3)
    assert (low <= high + 1e-9).all()
    assert (levels >= low - 0.05).all() and (levels <= high + 0.05).all()


def test_any_point_of_a_flat_is_right_for_the_judge():
    counts = np.zeros(256, dtype=np.int64)
    counts[[20, 220]] = 7
    for level in (20.0, 20.5, 100, 219.5, 220):
        assert judge._judge_levels(lambda counts, k, level=level: [level], counts, 1)
    for level in (19.9, 220.1, 19, 221):
        with pytest.raises(judge.NotYet):
            judge._judge_levels(lambda counts, k, level=level: [level], counts, 1)


@settings(deadline=None)
@given(HISTOGRAMS, st.integers(2, 60))
def test_steps_within_some_bits_keep_to_them(counts, k):
    counts = np.array(counts)
    bits = float(np.log2(k))
    levels, indices = steps_within(counts, bits)
    shares = np.bincount(indices, counts, len(levels)) / counts.sum()
    shares = shares[shares > 0]
    assert shares @ np.log2(1 / shares) <= bits + 1e-6


@settings(deadline=None)
@given(HISTOGRAMS, st.integers(1, 64))
def test_means_are_never_worse_than_centers(counts, k):
    counts, every = np.array(counts), np.arange(256)
    errors = []
    for means in (True, False):
        levels, indices = step_levels(counts, k, means)
        errors.append(counts @ (every - levels[indices]) ** 2 / counts.sum())
    assert errors[0] <= errors[1] + 1e-6


@pytest.mark.parametrize("name", ["rocket", "camera", "china", "flower", "astronaut", "chelsea"])
def test_the_cube_root_is_far_better_than_equal_mass_and_close_to_the_best(name):
    photo = kq.load_photo(name, gray=True)
    counts = kq.intensity_counts(photo)
    mass, bins, root = (
        level_error(counts, share_levels(counts, 16, each)) for each in (1, 0, 1 / 3)
    )
    best = level_error(counts, kq.quantize(photo, 16).codebooks[0][:, 0])
    assert mass > bins > root >= best
    assert root < 1.13 * best


def test_the_tree_ends_in_a_best_code_and_shows_each_symbol():
    for k in range(2, 9):
        view = explore_code_tree("rocket").render({"k": k, "merges": 7})
        told = dict(view.readouts)
        assert told["Groups"] == "1"
        mean, bits = float(told["Bits per index, this code"]), float(told["Entropy"])
        assert bits - 1e-3 <= mean < bits + 1
        assert len(told["In this code"].split()) == 16


def best_functions():
    def encode_bits(indices, code):
        return "".join(code[i] for i in indices)

    def decode_bits(bits, code):
        symbols, found, word = {w: i for i, w in enumerate(code) if w}, [], ""
        for bit in bits:
            word += bit
            if word in symbols:
                found.append(symbols[word])
                word = ""
        return np.array(found, dtype=int)

    return judge._best_lengths, judge._canonical, encode_bits, decode_bits


def test_a_students_code_is_drawn_and_used():
    view = explore_code_tree("camera", best_functions()).render({"k": 4})
    told = dict(view.readouts)
    assert told["Your decode_bits brings back"] == "all of them"
    assert view.drawing.startswith("<svg")


@pytest.mark.parametrize("missing", range(4))
def test_a_function_that_is_not_written_shows_one_friendly_line(missing):
    def stub(*arguments):
        raise NotImplementedError

    functions = list(best_functions())
    functions[missing] = stub
    view = explore_code_tree("camera", tuple(functions)).render()
    assert view.message.endswith(".")
    assert "\n" not in view.message


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_codes_that_hidden_tests_draw_are_prefix_codes(lengths, seed):
    counts = np.array(lengths)
    code = judge._canonical(judge._best_lengths(counts))
    if any(code):
        code = judge._flipped(code, np.random.default_rng(seed))
    for one, other in itertools.permutations([word for word in code if word], 2):
        assert not other.startswith(one)
