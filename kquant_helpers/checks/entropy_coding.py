"""What the tests of lesson 08 say: the visible ones, and those that run in grading."""

import heapq
import itertools
import math

import numpy as np

from kquant_helpers.checks.ladder import Answer, NotYet, ask, correct, describe, refuses

REFUSED = {
    "entropy": {"index_entropy": "count with np.unique, and add the terms up yourself"},
    "cube_root_levels": ("share_levels",),
    "huffman_lengths": {"code_lengths": "merge the two rarest groups yourself"},
    "prefix_code": {"canonical_code": "count up in binary yourself"},
    "encode_bits": ("write_coded",),
    "decode_bits": ("read_coded",),
}

HINTS = {
    "entropy": (
        "np.unique(indices, return_counts=True) returns the different indices and how often each "
        "occurs, whatever their signs and shapes.",
        "Divide the counts by their sum; then add up p · log2(1/p) over these shares.",
    ),
    "predicted_error": (
        "Make the shares p first: an array of 256 numbers whose sum is 1.",
        "np.cbrt takes cube roots of a whole array. Sum the roots, take the third power of the "
        "sum, and divide by (12 * k**2), with its parentheses.",
    ),
    "cube_root_levels": (
        "np.cumsum(np.cbrt(counts)) is C at the right ends of the intensities, v + 0.5.",
        "np.interp(shares, heights, places) reads a rising curve backwards: at which place does it "
        "reach each share? Put a 0 in front of the heights, for the place -0.5.",
    ),
    "huffman_lengths": (
        "Keep a list of groups; each is a count and the list of its symbols. At first every symbol "
        "that occurs is a group of its own.",
        "Take out the two groups with the smallest counts, add 1 to the length of each of their "
        "symbols, and put them back as one group. Stop when one group is left.",
    ),
    "prefix_code": (
        "Hand out the codes from the shortest length to the longest, and put each at the place of "
        "its symbol.",
        "Count up in binary: the next code is the one before plus 1, with zeros added behind where "
        "it has to be longer. format(5, '04b') is '0101'.",
    ),
    "encode_bits": (
        "code[i] is the string of the index i.",
        "''.join(strings) puts any number of strings together.",
    ),
    "decode_bits": (
        "A dictionary from the strings to their symbols, without the empty string, says at once "
        "whether what was read so far is a code.",
        "Read bit by bit and add each to a string. Where the string is a code, note its symbol and "
        "start with an empty string again. What is left at the end must be empty.",
    ),
}


# --- entropy ---------------------------------------------------------------------------------


def check_entropy(function):
    """Check a student's ``entropy(indices)``."""
    for indices in (
        [0, 0, 1, 1],
        [0, 0, 0, 0, 1, 1, 2, 3],
        [7, 7, 7],
        [[3, 200], [90, 3]],
        [[255, 254], [255, 254]],
        [261, 261, 5, 5, 5, 299, 7],
        [-2, -2, -2, 0, 0, 1, 2],
    ):
        _judge_entropy(function, np.array(indices))
    return correct("entropy")


def more_entropy(function, *seeds):
    """Check a student's ``entropy`` of indices that seeds draw."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for shape, most, kind in (
            ((1,), 5, int),
            ((40,), 3, np.uint8),
            ((12, 7), 300, np.int64),
            ((6, 8, 3), 256, np.uint8),
            ((30, 20), 60_000, np.uint16),
            ((5, 4, 3), 1, np.uint8),
        ):
            drawn = np.minimum(rng.exponential(most / 4, shape), most - 1)
            _judge_entropy(function, drawn.astype(kind))
        _judge_entropy(function, np.rint(rng.normal(0, 3, (50, 64))).astype(np.int64))
    _judge_entropy(function, np.arange(256, dtype=np.uint8).reshape(16, 16))
    _judge_entropy(function, np.repeat(np.array([253, 254, 255], np.uint8), [1, 5, 20]))
    _judge_entropy(function, np.repeat([100_000, -3], [7, 2]))
    return correct("entropy")


def _judge_entropy(function, indices):
    answer = _ask_unsigned("entropy", function, indices)
    nan = isinstance(answer.value, float) and math.isnan(answer.value)
    answer.is_true(
        not nan,
        "is nan: the share of an index that does not occur is 0, and 0 · log2(0) is nan, so leave "
        "it out.",
    ).is_number()
    return answer.equals(_bits(indices), hints=_entropy_hints(indices))


def _ask_unsigned(name, function, *arguments, shown=None):
    """As `ask`, with advice where np.bincount meets an index below 0."""
    try:
        return ask(name, function, *arguments, shown=shown)
    except NotYet as reply:
        if "no negative elements" not in str(reply):
            raise
        raise NotYet(
            f"{str(reply).rstrip('.')}: np.bincount counts from 0 up, but indices may be below 0; "
            "np.unique(indices, return_counts=True) counts any integers."
        ) from None


def _entropy_hints(indices):
    bits, distinct = _bits(indices), len(np.unique(indices))
    columns, alike = indices.size / len(indices), "frequent indices need fewer bits than rare ones"
    shares = _shares(indices)
    hints = [
        (bits * math.log(2), "np.log is the natural logarithm; np.log2 counts bits"),
        (bits * math.log10(2), "np.log10 counts decimal digits; np.log2 counts bits"),
        (bits * indices.size, "give the bits of one index, not of all"),
        (-bits, "the logarithm of a share is negative, so the sum needs a minus sign"),
        ((distinct - 1).bit_length(), alike),
        (math.log2(distinct), alike),
        (bits / distinct, "add the terms up; np.mean divides by their number"),
        (
            _bits(np.where(indices == 254, 255, indices)),
            "np.arange(256) makes 255 bins: 254 and 255 share the last",
        ),
        (columns * (bits - math.log2(columns)), "len counts rows; indices.size counts all indices"),
        (float(np.mean(-np.log2(shares))), "weight each index's bits by its share p"),
        (float(np.sum(-np.log2(shares))), "weight each index's bits by its share p"),
        (round(bits, 3), "do not round"),
        (round(bits, 2), "do not round"),
    ]
    if indices.max() > 255:
        some = indices[indices < 256]
        large = "indices may be larger than 255"
        hints[:0] = [
            (_part_bits(some, some.size), large),
            (_part_bits(some, indices.size), large),
            (_bits(indices.astype(np.uint8)), f"{large}, and a uint8 holds none of those"),
        ]
    if indices.min() < 0:
        some = indices[indices >= 0]
        small = "indices may be below 0"
        hints[:0] = [
            (_part_bits(some, some.size), small),
            (_part_bits(some, indices.size), small),
            (_bits(abs(indices)), "an index and its negative are two different ones"),
        ]
    return hints


def _shares(indices):
    return np.unique(indices, return_counts=True)[1] / np.size(indices)


def _bits(indices):
    shares = _shares(indices)
    return float(shares @ np.log2(1 / shares))


def _part_bits(indices, total):
    """Return what comes out where only these of all indices are counted."""
    shares = np.unique(indices, return_counts=True)[1] / max(total, 1)
    return float(np.sum(-shares * np.log2(shares)))


# --- predicted_error -------------------------------------------------------------------------


def check_predicted_error(function):
    """Check a student's ``predicted_error(counts, k)``."""
    _judge_prediction(function, _counts({10: 1, 20: 8, 30: 27}), 2)
    _judge_prediction(function, _counts({0: 5, 60: 8, 200: 125, 255: 64}), 3)
    _judge_prediction(function, _counts({77: 9}), 4)
    _judge_prediction(function, np.full(256, 3), 16, "256 counts of 3")
    _judge_prediction(function, _counts({0: 64, 1: 27, 255: 1000}), 1)
    return correct("predicted_error")


def more_predicted_error(function, *seeds):
    """Check a student's ``predicted_error`` of histograms that seeds draw."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for k in (1, 2, 7, 16, 64, 256):
            counts = (rng.integers(0, 2, 256) * rng.exponential(2000, 256)).astype(np.int64)
            counts[rng.integers(256)] += 1
            _judge_prediction(function, counts, k)
    return correct("predicted_error")


def _judge_prediction(function, counts, k, named=None):
    shown = f"predicted_error({named or _named(counts)}, {k})"
    answer = ask("predicted_error", function, counts, k, shown=shown).is_number()
    p, roots = counts / counts.sum(), np.cbrt(counts / counts.sum())
    expected = roots.sum() ** 3 / (12 * k**2)
    return answer.equals(
        expected,
        rtol=1e-6,
        atol=0,
        hints=(
            (expected * counts.sum(), "p is a share: divide the counts by their sum first"),
            (roots.sum() / (12 * k**2), "take the third power of the sum"),
            (np.sum(roots**3) / (12 * k**2), "sum the roots first, then take the third power"),
            (expected * k**4, "12 k² is all below the line: give it parentheses"),
            (expected * 144, "12 k² is all below the line: give it parentheses"),
            (expected * 144 * k**4, "12 k² is all below the line: give it parentheses"),
            (expected * k, "the k below the line is squared"),
            (expected * 12, "12 stands below the line, too"),
            ((p.sum() / 3) ** 3 / (12 * k**2), "** comes before /, so write p ** (1 / 3)"),
            (np.sum(p**3) ** (1 / 3) / (12 * k**2), "the roots are inside, the power outside"),
            (np.sum(np.sqrt(p)) ** 2 / (12 * k**2), "these are square roots, take cube roots"),
            (np.sum(np.sqrt(p)) ** 3 / (12 * k**2), "these are square roots, take cube roots"),
            (roots.mean() ** 3 / (12 * k**2), "sum the roots; np.mean divides by 256"),
            (roots[:255].sum() ** 3 / (12 * k**2), "intensity 255 counts, too"),
            (roots[1:].sum() ** 3 / (12 * k**2), "intensity 0 counts, too"),
            (255**2 / (12 * k**2), "this is the error of equal bins, for any histogram"),
            (256**2 / (12 * k**2), "this is the error of equal bins, for any histogram"),
            (expected**0.5, "this is its root, so leave the root out"),
            (round(expected), "do not round"),
            (round(expected, 2), "do not round"),
        ),
    )


def _counts(given):
    """Return a histogram, from a dict of intensity and count."""
    counts = np.zeros(256, dtype=np.int64)
    counts[list(given)] = list(given.values())
    return counts


def _named(counts):
    places = np.flatnonzero(counts)
    if len(places) > 5:
        return f"a histogram of {len(places)} intensities"
    return "counts of " + ", ".join(f"{counts[v]} at {v}" for v in places)


# --- cube_root_levels ------------------------------------------------------------------------

# As far as levels may be off: whole numbers will do, and so will intensities with no width.
_NEAR = 0.51

# Where a share falls on the end of a flat, rounding decides; so closely, in shares of the whole.
_ROUNDING = 1e-6


def check_cube_root_levels(function):
    """Check a student's ``cube_root_levels(counts, k)``."""
    for counts, k in (
        (_counts({10: 1, 20: 8, 30: 27}), 3),
        (_counts({10: 1, 20: 8, 30: 27}), 2),
        (_counts({0: 1, 40: 1000, 90: 8, 140: 1, 200: 27, 255: 64}), 4),
        (_counts({50: 3}), 2),
        (_counts({20: 7, 220: 7}), 1),
        (np.ones(256, dtype=np.int64), 8),
        (2 ** (np.arange(256) // 16), 6),
    ):
        _judge_levels(function, counts, k)
    return correct("cube_root_levels")


def more_cube_root_levels(function, *seeds):
    """Check a student's ``cube_root_levels`` of histograms that seeds draw."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for k, busy in ((1, 3), (2, 40), (5, 256), (16, 200), (40, 12), (100, 256)):
            counts = np.zeros(256, dtype=np.int64)
            places = rng.choice(256, busy, replace=False)
            counts[places] = 1 + rng.exponential(20 + 3000 * (places < 100)).astype(np.int64)
            _judge_levels(function, counts, k)
    return correct("cube_root_levels")


def _judge_levels(function, counts, k):
    shown = f"cube_root_levels({_named(counts)}, {k})"
    answer = ask("cube_root_levels", function, counts, k, shown=shown).is_array((k,))
    levels = np.asarray(answer.value, dtype=float)
    low, high = _cube_root_places(counts, k)
    wrong = np.flatnonzero((levels < low - _NEAR) | (levels > high + _NEAR))
    if len(wrong):
        i = int(wrong[0])
        place = (
            f"{(low[i] + high[i]) / 2:.4g}"
            if high[i] - low[i] < 0.1
            else f"anything from {low[i]:.4g} to {high[i]:.4g}"
        )
        raise NotYet(
            f"Entry [{i}] of {shown} is {levels[i]:.4g}, but {place} is expected, give or take a "
            f"half{_levels_hint(levels, counts, k)}."
        )
    return answer.is_true(
        not (np.diff(levels) < -1e-9).any(), "is not ascending: start with the lowest level."
    )


def _cube_root_places(counts, k):
    """Return between which places each level may lie: flats make a range of it."""
    heights = np.concatenate([[0], np.cumsum(np.cbrt(counts))])
    slack = _ROUNDING * heights[-1]
    targets = (np.arange(k) + 0.5) / k * heights[-1]
    return _first_place(heights, targets - slack), 255 - _first_place(
        heights[-1] - heights[::-1], heights[-1] - targets - slack
    )


def _first_place(heights, targets):
    """Return where a running sum that starts at the place -0.5 first reaches each target."""
    v = np.clip(np.searchsorted(heights, targets), 1, 256)
    rise = heights[v] - heights[v - 1]
    return v - 1.5 + (targets - heights[v - 1]) / np.where(rise > 0, rise, 1)


def _levels_hint(levels, counts, k):
    def places(density, shares):
        heights = np.concatenate([[0], np.cumsum(density)])
        return np.interp(shares * heights[-1], heights, np.arange(257) - 0.5)

    roots, i = np.cbrt(counts), np.arange(k)
    middle = (i + 0.5) / k
    both_ends = np.linspace(0, 1, k)
    known = (
        (places(roots, middle)[::-1], "start with the lowest level"),
        (places(counts, middle), "these are equal shares of the counts, not of their cube roots"),
        (places(np.sqrt(counts), middle), "these are square roots of the counts, take cube roots"),
        (places(roots**9, middle), "this is the third power of the counts, take cube roots"),
        (places(np.ones(256), middle), "these are equal bins, for any histogram"),
        (places(counts > 0, middle), "each intensity weighs as much as the cube root of its count"),
        (places(roots, i / k), "take the middle of each share, (i + 0.5) / k"),
        (places(roots, (i + 1) / k), "take the middle of each share, (i + 0.5) / k"),
        (places(roots, both_ends), "take the middle of each share, (i + 0.5) / k"),
        (places(roots, (i + 1) / (k + 1)), "take the middle of each share, (i + 0.5) / k"),
        (middle, "these are shares; look up at which intensity C reaches each"),
        (middle * roots.sum(), "these are heights of C; look up at which intensity it has them"),
    )
    for near in (0.01, _NEAR):
        fitting = {
            words
            for wrong, words in known
            if k > 1 and np.allclose(levels, wrong, rtol=0, atol=near)
        }
        # Where two mistakes come to the same, which one it was is not certain.
        if len(fitting) == 1:
            return f": {fitting.pop()}"
    return ""


# --- huffman_lengths -------------------------------------------------------------------------


def check_huffman_lengths(function):
    """Check a student's ``huffman_lengths(counts)``."""
    for counts in (
        [8, 4, 2, 1, 1],
        [4, 2, 1, 1],
        [1, 6, 2, 1],
        [5, 5, 5, 5],
        [1, 1, 1, 1, 1],
        [0, 3, 0, 1],
        [0, 9, 0],
        [0, 0, 0],
        [15, 7, 6, 6, 5],
        [1, 2, 8, 3, 21, 5, 1, 13],
    ):
        _judge_lengths(function, np.array(counts))
    return correct("huffman_lengths")


def more_huffman_lengths(function, *seeds):
    """Check a student's ``huffman_lengths`` of counts that seeds draw."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for n, spread in ((1, 5), (2, 9), (7, 3), (16, 2), (40, 30), (100, 400), (256, 10**6)):
            drawn = rng.exponential(spread, n) * rng.integers(0, 3, n)
            _judge_lengths(function, drawn.astype(np.int64))
        _judge_lengths(function, np.eye(9, dtype=np.int64)[rng.integers(9)] * 4)
    return correct("huffman_lengths")


def _judge_lengths(function, counts):
    call = f"huffman_lengths({describe(counts)})"
    answer = ask("huffman_lengths", function, counts, shown=call)
    lengths = _integers(answer, counts.shape, "a length for each count")
    used, spent = counts > 0, int(lengths @ counts)
    absent = np.flatnonzero(~used & (lengths != 0))
    answer.is_true(
        not len(absent),
        f"is {describe(lengths)}, but a symbol that never occurs gets the length 0.",
    )
    if used.sum() == 1:
        return answer.is_true(
            lengths[used][0] == 1,
            f"is {describe(lengths)}, but where one symbol only occurs, its length is 1: something "
            "has to be written.",
        )
    short = used & (lengths < 1)
    answer.is_true(
        not short.any(),
        f"is {describe(lengths)}, but a symbol that occurs needs at least one bit"
        f"{_lengths_hint(lengths, counts)}.",
    )
    kraft = _kraft(lengths)
    answer.is_true(
        kraft[0] <= kraft[1],
        f"is {describe(lengths)}, but no prefix code has lengths as short as these"
        f"{_lengths_hint(lengths, counts)}.",
    )
    best = int(_best_lengths(counts) @ counts)
    return answer.is_true(
        spent <= best,
        f"is {describe(lengths)}, which takes {spent:,} bits for all {counts.sum():,} symbols, but "
        f"{best:,} are possible{_lengths_hint(lengths, counts)}.",
    )


def _best_lengths(counts):
    """Return the lengths of a best prefix code, as Huffman found them."""
    lengths = np.zeros(len(counts), dtype=np.int64)
    groups = [(int(counts[i]), int(i), [int(i)]) for i in np.flatnonzero(counts)]
    heapq.heapify(groups)
    if len(groups) == 1:
        lengths[groups[0][2]] = 1
    while len(groups) > 1:
        first, second = heapq.heappop(groups), heapq.heappop(groups)
        members = first[2] + second[2]
        lengths[members] += 1
        heapq.heappush(groups, (first[0] + second[0], first[1], members))
    return lengths


def _kraft(lengths):
    """Return Kraft's sum exactly, as a numerator and a denominator."""
    used = [int(length) for length in lengths if length]
    longest = max(used, default=0)
    return sum(2 ** (longest - length) for length in used), 2**longest


def _lengths_hint(lengths, counts):
    used = counts > 0
    best, n = _best_lengths(counts), int(used.sum())
    shares = counts[used] / counts.sum()
    shannon, flat, ranked = np.zeros((3, len(counts)), dtype=np.int64)
    shannon[used] = np.maximum(np.ceil(np.log2(1 / shares) - 1e-9), 1)
    flat[used] = max((n - 1).bit_length(), 1)
    ranked[np.argsort(-counts, kind="stable")[:n]] = np.minimum(np.arange(n) + 1, max(n - 1, 1))
    for wrong, words in (
        (flat, "frequent symbols get shorter codes than rare ones"),
        (shannon, "log2(1/p), rounded up, is not the best; merge the two rarest, again and again"),
        (ranked, "1, 2, 3, … is the best for some counts only; merge the two rarest each time"),
        (best - used, "count each merge of a symbol, the last one too"),
        (best + used, "the last group is not merged any more"),
    ):
        if np.array_equal(lengths, wrong):
            return f": {words}"
    in_order = (np.diff(lengths[used]) >= 0).all()
    if n > 1 and in_order and np.array_equal(np.sort(lengths), np.sort(best)):
        return ": the lengths stand in the order of the counts"
    return ""


# --- prefix_code -----------------------------------------------------------------------------


def check_prefix_code(function):
    """Check a student's ``prefix_code(lengths)``."""
    for lengths in (
        [1, 2, 3, 3],
        [3, 1, 3, 2],
        np.array([2, 3, 3, 2, 2]),
        [0, 1, 0, 1],
        [2, 2, 2],
        np.array([4, 0, 2]),
        [1],
        [0, 0],
    ):
        _judge_code(function, lengths)
    for lengths in ([1, 1, 1], [2, 1, 2, 2], [0, 3, 1, 2, 2, 0]):
        _judge_no_code(function, lengths)
    return correct("prefix_code")


def more_prefix_code(function, *seeds):
    """Check a student's ``prefix_code`` of lengths that seeds draw, and of too short ones."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for n in (2, 5, 9, 20):
            lengths = np.minimum(_best_lengths(rng.geometric(0.3, n) * rng.integers(0, 4, n)), 12)
            _judge_code(function, lengths)
            _judge_code(function, (lengths + (lengths > 0) * rng.integers(0, 3, n)).tolist())
            full = rng.permutation([*range(1, n % 11 + 1), n % 11])
            _judge_code(function, full)
            _judge_no_code(function, [*full.tolist(), 12])
    return correct("prefix_code")


def _judge_code(function, lengths):
    answer = ask("prefix_code", function, lengths)
    code = answer.value
    answer.is_true(
        isinstance(code, (list, tuple)),
        f"is {describe(code)}, but a list of strings is expected, one for each length.",
    )
    answer.is_true(
        len(code) == len(lengths),
        f"has {len(code)} entries, but {len(lengths)} are expected, one for each length.",
    )
    for i, (word, length) in enumerate(zip(code, lengths, strict=True)):
        answer.is_true(
            isinstance(word, str) and set(word) <= {"0", "1"},
            f"has {describe(word)} at [{i}], but a string of '0' and '1' is expected.",
        )
        answer.is_true(
            len(word) == length,
            f"is {_listed(code)}: entry [{i}] has {len(word)} bits, but {length} "
            f"{'is' if length == 1 else 'are'} asked for"
            f"{'' if length else ', the empty string'}.",
        )
    for i, j in itertools.permutations([i for i, word in enumerate(code) if word], 2):
        same = "is also" if code[i] == code[j] else "begins"
        answer.is_true(
            not code[j].startswith(code[i]),
            f"is {_listed(code)}: entry [{i}], {code[i]!r}, {same} entry [{j}], {code[j]!r}, so "
            "that nobody can tell them apart.",
        )
    return answer


def _judge_no_code(function, lengths):
    numerator, denominator = _kraft(lengths)
    because = (
        f": so many codes as short as these do not fit, since Kraft's sum is "
        f"{numerator}/{denominator}, above 1"
    )
    return refuses("prefix_code", function, lengths, because=because)


def _listed(code):
    return describe(list(code))


# --- encode_bits, decode_bits ----------------------------------------------------------------

_CODE = ["0", "10", "110", "111"]


def check_encode_bits(function):
    """Check a student's ``encode_bits(indices, code)``."""
    for indices, code in (
        ([0, 2, 0, 1], _CODE),
        ([3, 3], _CODE),
        ([1, 0, 2, 0], ["11", "0", "10"]),
        ([2, 0, 2], ["1", "", "0"]),
        ([0, 0, 0], ["0"]),
        ([], _CODE),
    ):
        _judge_bits(function, np.array(indices, dtype=np.int64), code)
    return correct("encode_bits")


def more_encode_bits(function, *seeds):
    """Check a student's ``encode_bits`` of indices and codes that seeds draw."""
    for indices, code in _drawn(seeds):
        _judge_bits(function, indices, code)
        _judge_bits(function, indices.astype(np.uint8), code)
    _judge_bits(function, np.array([300, 44, 0, 256]), [format(i, "09b") for i in range(301)])
    return correct("encode_bits")


def _judge_bits(function, indices, code):
    call = f"encode_bits({_shown_indices(indices)}, {describe(code)})"
    answer = ask("encode_bits", function, indices, code, shown=call)
    expected = "".join(code[i] for i in indices)
    bits = answer.value
    hint = ': "".join(strings) puts them together' if isinstance(bits, (list, tuple)) else ""
    answer.is_true(
        isinstance(bits, str), f"is {describe(bits)}, but one string of bits is expected{hint}."
    )
    for wrong, words in (
        ("".join(code[i] for i in indices[::-1]), "the first index comes first"),
        (" ".join(code[i] for i in indices), "put nothing between the codes"),
        (",".join(code[i] for i in indices), "put nothing between the codes"),
        ("".join(map(str, indices)), "these are the indices; put down the code of each"),
    ):
        answer.is_true(
            bits == expected or bits != wrong,
            f"is {_short(bits)}, but {_short(expected)} is expected: {words}.",
        )
    return answer.is_true(
        bits == expected, f"is {_short(bits)}, but {_short(expected)} is expected."
    )


def check_decode_bits(function):
    """Check a student's ``decode_bits(bits, code)``."""
    for indices, code in (
        ([0, 2, 0, 1], _CODE),
        ([3, 3, 1], _CODE),
        ([1, 0, 2, 0], ["11", "0", "10"]),
        ([2, 0, 2], ["1", "", "0"]),
        ([0, 0, 0], ["0"]),
        ([1, 0, 1], ["000", "01"]),
        ([], _CODE),
    ):
        _judge_symbols(function, np.array(indices, dtype=np.int64), code)
    for bits, code, why in (
        ("01011", _CODE, "the bits end in the middle of a code"),
        ("1", _CODE, "the bits end in the middle of a code"),
        ("0110", ["00", "01"], "no code begins with the bits '10' behind '01'"),
        ("001", ["0"], "no code begins with the last bit"),
    ):
        refuses("decode_bits", function, bits, code, because=f": {why}")
    return correct("decode_bits")


def more_decode_bits(function, *seeds):
    """Check a student's ``decode_bits`` of bits and codes that seeds draw."""
    for indices, code in _drawn(seeds):
        _judge_symbols(function, indices, code)
        longest = max(code, key=len)
        if len(longest) > 1:
            bits = "".join(code[i] for i in indices) + longest[:-1]
            _judge_no_symbols(function, bits, code, "the bits end in the middle of a code")
        loose = ["0" + word if word else "" for word in code]
        bits = "".join(loose[i] for i in indices) + "1" + loose[int(indices[0])]
        _judge_no_symbols(function, bits, loose, "no code begins with a 1")
    _judge_symbols(function, np.zeros(0, dtype=np.int64), ["", ""])
    _judge_no_symbols(function, "0", ["", ""], "there is no code")
    return correct("decode_bits")


def _judge_symbols(function, indices, code):
    bits = "".join(code[i] for i in indices)
    call = f"decode_bits({_short(bits)}, {describe(code)})"
    answer = ask("decode_bits", function, bits, code, shown=call)
    got = _integers(answer, None, "the symbols")
    answer.is_true(
        got.shape == indices.shape,
        f"has the shape {got.shape}, but the shape {indices.shape} is expected: the bits stand for "
        f"{len(indices)} {'symbol' if len(indices) == 1 else 'symbols'}.",
    )
    return answer.equals(
        indices, rtol=0, atol=0, hints=((indices[::-1], "the first symbol comes first"),)
    )


def _judge_no_symbols(function, bits, code, why):
    call = f"decode_bits({_short(bits)}, {describe(code)})"
    return refuses("decode_bits", function, bits, code, because=f": {why}", shown=call)


def _drawn(seeds):
    """Yield indices and a prefix code of some lengths, as seeds draw them."""
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for n, size in ((2, 30), (6, 100), (20, 300)):
            counts = 1 + rng.geometric(0.2, n) * rng.integers(1, 4, n)
            code = _flipped(_canonical(_best_lengths(counts)), rng)
            absent = int(rng.integers(n + 1))
            code.insert(absent, "")
            present = np.delete(np.arange(n + 1), absent)
            yield rng.choice(present, size, p=counts / counts.sum()), code


def _canonical(lengths):
    """Return a prefix code that counts up in binary, from the shortest length to the longest."""
    code, number, before = [""] * len(lengths), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        length = int(lengths[i])
        if length:
            number <<= length - before
            code[i], number, before = format(number, f"0{length}b"), number + 1, length
    return code


def _flipped(code, rng):
    """Return the code with some of its bits, at the same places of all codes, turned over."""
    flips = rng.integers(0, 2, max(map(len, code)))
    return [
        "".join(str(int(bit) ^ int(flip)) for bit, flip in zip(word, flips, strict=False))
        for word in code
    ]


def _shown_indices(indices):
    return describe(indices) if indices.size else "no indices"


def _short(text):
    return repr(text) if len(text) <= 40 else f"{text[:30]!r}… of {len(text):,} bits"


def _integers(answer: Answer, shape, meaning):
    """Climb the rung "an integer array of this shape"; return it."""
    value = answer.value
    answer.is_true(
        isinstance(value, np.ndarray) and value.dtype.kind in "iu",
        f"is {_kind(value)}, but an integer array is expected: make one with "
        "np.array(result, dtype=int).",
    )
    if shape is not None:
        answer.is_array(shape, meaning=meaning)
    return value.astype(np.int64)


def _kind(value):
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype}"
    return describe(value)
