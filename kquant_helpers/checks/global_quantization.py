"""What the tests of lesson 02 say to a student, and how they judge."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct, near
from kquant_helpers.errors import squared_error
from kquant_helpers.quantize import quantize

# The best possible error, and a tenth more: plain k-means does not always find the optimum.
_SLACK = 1.1

REFUSED = {
    "uniform_levels": {"learn": "the formula above its cell makes the levels in one line"},
    "nearest_level_table": {
        "quantize": "np.abs(v - levels).argmin() is the index of the level nearest to v",
    },
    "lloyd_step": {
        "learn": "take one step from the levels that are given",
        "quantize": "take one step from the levels that are given",
    },
    "mean_squared_error": dict.fromkeys(
        ("squared_error", "root_squared_error", "peak_snr"),
        "convert to float, subtract, square, and take the mean",
    ),
    "quantize_global": {
        "quantize": "learn the levels with scikit-learn or kq.learn, then replace the intensities"
    },
}

HINTS = {
    "uniform_levels": (
        "np.arange(k) holds 0, 1, …, k - 1. Put it in the place of i in the formula.",
        "Mind the parentheses: (np.arange(k) + 0.5) comes first, then * 255 / k.",
    ),
    "nearest_level_table": (
        "Start with table = np.zeros(256, dtype=np.uint8), and fill table[v] in a loop over "
        "range(256).",
        "In the loop: i = np.abs(v - levels).argmin(), then np.rint(levels[i]).",
    ),
    "lloyd_step": (
        "nearest = np.array([np.abs(v - levels).argmin() for v in range(256)]) tells of each "
        "intensity which level it goes to. Start the result with levels.copy().",
        "In a loop over the levels, mine = nearest == i. Their number is counts[mine].sum(), and "
        "where that is above 0, their mean is (counts * np.arange(256))[mine].sum() divided by it.",
    ),
    "mean_squared_error": (
        "Convert before you subtract: original.astype(float) - quantized.astype(float).",
        "Square with ** 2, then np.mean(…) over all entries.",
    ),
    "quantize_global": (
        "Four steps: a column of all intensities, levels for it, an index for each row, and the "
        "rounded levels at these indices in the image's shape.",
        "column = image.reshape(-1, 1), then levels = kq.learn(column, k), then "
        "indices = kq.encode(column, levels).",
    ),
}

_IDLE = "a level that got no intensity stays where it is"
_INSIDE = "a single number, so perhaps the return line stands inside the loop"


def certain(hints):
    """Leave out hints that match by coincidence: one wrong value, two different causes.

    Examples
    --------
    >>> certain([(1, "a"), (1.0, "b"), (2, "c"), (2, "c")])
    [(2, 'c'), (2, 'c')]
    """
    return [
        (wrong, sentence)
        for wrong, sentence in hints
        if not any(near(wrong, other) for other, told in hints if told != sentence)
    ]


# Exercise 1


def check_uniform_levels(function):
    """Check a student's ``uniform_levels(k)``."""
    for k in (4, 2, 3, 7, 1):
        judge_bins(function, k)
    return correct("uniform_levels")


def more_uniform_levels(function, *ks):
    """Check a student's ``uniform_levels`` for more numbers of levels."""
    for k in ks:
        judge_bins(function, k)
    return correct("uniform_levels")


def judge_bins(function, k):
    """Check a student's centers of k equal bins."""
    i = np.arange(k)
    expected = [255 * (2 * j + 1) / (2 * k) for j in range(k)]
    shapes = (
        ((), _INSIDE),
        ((k + 1,), "k bins have k + 1 edges, but only k centers"),
        ((k, 1), "one row of k numbers, not a column"),
    )
    answer = ask("uniform_levels", function, k).is_array((k,), hints=shapes if k > 1 else ())
    return answer.equals(
        expected,
        hints=certain(
            [
                (expected[::-1], "start with the lowest level"),
                (i * 255 / k, "these are the left ends of the bins, take their centers"),
                ((i + 1) * 255 / k, "these are the right ends of the bins, take their centers"),
                ((i + 1.5) * 255 / k, "i runs from 0 to k - 1"),
                (i + 0.5 * 255 / k, "* comes before +, so i + 0.5 needs its parentheses"),
                ((i + 0.5) * 256 / k, "the bins run from 0 to 255, so each is 255 / k wide"),
                ((i + 0.5) * (255 // k), "// cuts decimals off, so divide with /"),
                ((i + 0.5) / k, "these lie between 0 and 1, but the bins run from 0 to 255"),
                (np.linspace(0, 255, k), "levels at 0 and 255 are at the ends, not at centers"),
                (np.floor(expected), "keep the decimals, levels are floats"),
                (np.rint(expected), "keep the decimals, levels are floats"),
            ]
        ),
    )


# Exercise 2


def check_nearest_level_table(function):
    """Check a student's ``nearest_level_table(levels)``."""
    judge_table(function, [30.3, 100.6, 200.8])
    judge_table(function, [200.8, 30.3, 100.6])
    judge_table(function, [127.7])
    # Rounded first, 15 and 115 are ties, and either way one of them goes wrong.
    judge_table(function, [9.6, 19.6, 110.4, 120.4])
    return correct("nearest_level_table")


def more_nearest_level_table(function, *lists):
    """Check a student's ``nearest_level_table`` for more lists of levels."""
    for levels in lists:
        judge_table(function, levels)
    return correct("nearest_level_table")


def judge_table(function, levels):
    """Check a student's table for some levels; a tie or a half may fall either way.

    Parameters
    ----------
    function : callable
        A student's ``nearest_level_table(levels)``.
    levels : sequence of float
        The levels, in any order.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    levels = np.array(levels, dtype=float)
    k = len(levels)
    answer = _without_indices(ask("nearest_level_table", function, levels), (256,), k)
    shapes = (
        ((), _INSIDE),
        ((k,), "an entry for each of the 256 intensities, not for each level"),
        ((255,), "0 to 255 are 256 intensities"),
        ((256, 1), "one row of 256 numbers, not a column"),
    )
    is_rounded(answer)
    answer.is_array((256,), np.uint8, hints=shapes)
    table = np.asarray(answer.value).astype(float)
    wrong = np.flatnonzero(~_fits(table, levels))
    if not len(wrong):
        return answer
    v = int(wrong[0])
    nearest = levels[np.argmin(abs(levels - v))]
    return answer.is_true(
        False,
        f"says {table[v]:.0f} at entry {v}, but the level nearest to {v} is {nearest:g}, "
        f"rounded {np.rint(nearest):.0f}{_table_hint(table, levels)}.",
    )


def is_rounded(answer):
    """Climb the rung "no decimals" of a uint8 answer: astype alone would cut them off."""
    value = answer.value
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
        fractions = value[value != np.rint(value)]
        answer.is_true(
            not fractions.size or not np.isfinite(value).all(),
            f"holds {fractions.ravel()[0] if fractions.size else 0:g}, but whole intensities are "
            "expected: round with np.rint, then convert with .astype(np.uint8).",
        )
    return answer


def _fits(table, levels):
    """Whether each entry of a table is a level nearest to its intensity, rounded."""
    distance = abs(np.arange(256)[:, np.newaxis] - levels)
    nearest = distance <= distance.min(axis=1, keepdims=True) + 1e-6
    rounded = abs(table[:, np.newaxis] - levels) <= 0.5 + 1e-6
    return (nearest & rounded).any(axis=1)


def _table_hint(table, levels):
    order, v = np.sort(levels), np.arange(256)[:, np.newaxis]
    distance, whole = abs(v - levels), np.rint(levels)
    first = "find the nearest level first, then round it"
    wraps = "without abs a level above v is nearer than v itself, and uint8 differences wrap"
    known = (
        (np.floor(levels)[distance.argmin(axis=1)], "np.uint8 cuts decimals off, round first"),
        (distance.argmin(axis=1), "this is the index of the level, look up the level itself"),
        (whole[distance.argmax(axis=1)], "this is the level that is farthest away"),
        (whole[abs(v - whole).argmin(axis=1)], first),
        (whole[::-1][abs(v - whole[::-1]).argmin(axis=1)], first),
        (whole[(v - levels).argmin(axis=1)], wraps),
        (whole[((v - whole) % 256).argmin(axis=1)], wraps),
        (np.repeat(whole[:1], 256), "all entries are the first level"),
        (np.rint(order)[np.searchsorted(order, v[:, 0]).clip(0, len(order) - 1)], _HALVES),
        (np.rint(order)[(np.searchsorted(order, v[:, 0], "right") - 1).clip(0)], _HALVES),
    )
    hint = next((words for wrong, words in certain(known) if near(table, wrong)), "")
    if not hint and not np.array_equal(levels, order):
        hint = "the levels may come in any order"
    return f": {hint}" if hint else ""


_HALVES = "the nearest level may lie below or above, so the border is halfway between two levels"


def _without_indices(answer, shape, k):
    """Climb the rung "levels, not the indices of levels", as of argmin or labels_."""
    value = answer.value
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iu" or value.shape != shape:
        return answer
    indices = value.dtype != np.uint8 and 0 <= value.min() <= value.max() < k
    return answer.is_true(
        k == 1 or not indices,
        f"holds numbers below {k}, as indices of levels are: look up the levels themselves.",
    )


# Exercise 3


def check_lloyd_step(function):
    """Check a student's ``lloyd_step(counts, levels)``."""
    values = [0, 0, 0, 3, 10, 11, 11, 11]
    tie = "5 is as near to 0 as to 10, and the lower index gets it"
    index = "5 is as near to 10 as to 0, and the lower index gets it, not the lower level"
    judge_step(function, values, [2, 9])
    judge_step(function, values, [9, 2], ([0.75, 10.75], "keep the levels in their order"))
    judge_step(function, values, [2, 200.4, 9])
    judge_step(function, [0, 0, 0, 5, 10, 11], [0, 10], ([0, 26 / 3], tie))
    judge_step(function, [0, 0, 0, 5, 10, 11], [10, 0], ([10.5, 1.25], index))
    last = "255 is an intensity, too, so v runs over range(256)"
    judge_step(function, [7, 250, 255, 255], [40, 130, 240], ([7, 130, 250], last))
    judge_step(function, [10, 20, 30, 31, 31, 40, 90, 110], [30.3, 30.4, 120.6])
    return correct("lloyd_step", "Repeat it until nothing moves, and you have k-means.")


def more_lloyd_step(function, *cases):
    """Check a student's ``lloyd_step`` in more cases.

    Parameters
    ----------
    function : callable
        A student's ``lloyd_step(counts, levels)``.
    *cases
        Pairs of intensities, or a seed to draw 500 of them, and levels. Levels with exact
        halves make "nearest" exact in floating point.
    """
    for values, levels in cases:
        if isinstance(values, int):
            drawn = np.random.default_rng(values).exponential(50, 500)
            values = np.minimum(drawn, 255).astype(int)
        judge_step(function, values, levels)
    return correct("lloyd_step")


def judge_step(function, values, levels, *hints):
    """Check one step of a student's k-means on the histogram of some intensities.

    Parameters
    ----------
    function : callable
        A student's ``lloyd_step(counts, levels)``.
    values : array_like of int
        The intensities that are counted.
    levels : sequence of float
        Where the levels stand before the step.
    *hints : (array_like, str)
        As for `Answer.equals`.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    counts = np.bincount(values, minlength=256)
    levels = np.array(levels, dtype=float)
    listed = ", ".join(map(str, values)) if len(values) <= 8 else f"{len(values)} intensities"
    shown = f"lloyd_step(counts of {listed}; levels {', '.join(f'{v:g}' for v in levels)})"
    mine = _owned(levels)
    answer = ask("lloyd_step", function, counts, levels, shown=shown)
    answer.is_true(not _has_nan(answer.value), f"holds a nan, the mean of nothing: {_IDLE}.")
    used = int(np.sum((mine * counts).any(axis=1)))
    shapes = [((), _INSIDE), ((used,), _IDLE), ((256,), "return the levels, not the intensities")]
    shapes = [(shape, words) for shape, words in shapes if shape != levels.shape]
    answer.is_array(levels.shape, hints=shapes)
    expected = _moved(counts, levels, mine)
    known = (*hints, *_step_hints(counts, levels, mine))
    rounding = (
        (np.rint(expected), "levels are floats, do not round them here"),
        (np.floor(expected), "levels are floats, keep the decimals"),
        (levels, "no level has moved: each goes to the mean of its intensities"),
    )
    return answer.equals(expected, hints=certain((*known, *rounding)))


def _has_nan(value):
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and np.isnan(value).any()


def _owned(levels):
    """Say of each level which intensities are nearest to it: bool, shape (k, 256)."""
    nearest = abs(np.arange(256)[:, np.newaxis] - levels).argmin(axis=1)
    return nearest == np.arange(len(levels))[:, np.newaxis]


def _moved(counts, levels, mine):
    """Move each level to the mean of its intensities; one that got none stays."""
    members, sums = mine @ counts, mine @ (counts * np.arange(256))
    return np.where(members > 0, sums / np.maximum(members, 1), levels)


def _walk(counts, levels, steps=100):
    """Return the levels after each of so many steps of k-means."""
    walk = [levels]
    for _ in range(steps):
        walk.append(_moved(counts, walk[-1], _owned(walk[-1])))
    return walk


def _step_hints(counts, levels, mine):
    """List what known mistakes make of one step of k-means, and how to mend them."""
    weight = "each intensity v counts counts[v] times, so its weight is counts[v]"
    alike = "find the intensities of a level by its index, not by its rounded value"
    once, turns = np.ones(256), levels.copy()
    for i in range(len(levels)):
        turns[i] = _moved(counts, turns, _owned(turns))[i]
    rounded = np.rint(levels) @ mine
    return (
        (_moved(once, levels, mine), weight),
        (_moved((counts > 0).astype(int), levels, mine), weight),
        (mine @ counts / np.maximum(mine.sum(axis=1), 1), "these are mean counts, not intensities"),
        (mine @ counts, "these are the numbers of intensities, not their means"),
        (mine @ (counts * np.arange(256)), "these are sums; divide by how many there are"),
        (np.where((mine @ counts) > 0, _moved(counts, levels, mine), 0), _IDLE),
        (np.where((mine @ counts) > 0, _moved(counts, levels, mine), np.rint(levels)), _IDLE),
        (_moved(counts, levels, rounded == levels[:, np.newaxis]), alike),
        (_moved(counts, levels, rounded == np.rint(levels)[:, np.newaxis]), alike),
        (_walk(counts, levels)[-1], "take one step only, not one after the other"),
        (turns, "deal out all intensities first, then move the levels"),
    )


# Exercise 4


def check_mean_squared_error(function):
    """Check a student's ``mean_squared_error(original, quantized)``."""
    for original, quantized in (
        ([[12, 20]], [[9, 26]]),
        ([[9, 26]], [[12, 20]]),
        ([[0, 255, 90, 40]], [[255, 0, 90, 60]]),
    ):
        judge_error(function, np.array(original, np.uint8), np.array(quantized, np.uint8))
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    judge_error(function, color, color * 9)
    judge_error(function, np.uint8([[7, 7, 7]]), np.uint8([[7, 8, 7]]))
    return correct("mean_squared_error")


def more_mean_squared_error(function, *shapes):
    """Check a student's ``mean_squared_error`` on more images, drawn in these shapes."""
    rng = np.random.default_rng(2)
    for shape in shapes:
        first, second = rng.integers(0, 256, (2, *shape), dtype=np.uint8)
        judge_error(function, first, second)
        judge_error(function, first, first)
        judge_error(function, np.zeros(shape, np.uint8), np.full(shape, 255, np.uint8))
    return correct("mean_squared_error")


def judge_error(function, original, quantized):
    """Check a student's ``mean_squared_error`` on two uint8 images.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    expected = np.mean((original.astype(float) - quantized) ** 2)
    answer = ask("mean_squared_error", function, original, quantized).is_number()
    return answer.equals(expected, hints=certain(_error_hints(original, quantized)))


def _error_hints(original, quantized):
    """List what known mistakes make of a mean squared error, and how to mend them."""
    wraps = "a uint8 difference or square wraps around, convert both images to float first"
    wrapped, difference = original - quantized, original.astype(float) - quantized
    half = original.astype(np.float16) - quantized.astype(np.float16)
    squares, pixels = difference**2, original.shape[0] * original.shape[1]
    hints = [
        (np.mean(wrapped**2), wraps),
        (np.mean(wrapped.astype(float) ** 2), wraps),
        (np.mean((quantized - original).astype(float) ** 2), wraps),
        (
            np.mean(difference.astype(np.int16) ** 2),
            "a square up to 255² does not fit into int16, convert to float first",
        ),
        (
            np.sum(squares),
            "this is the sum of the squares; divide it by how many intensities there are",
        ),
        (np.mean(squares) ** 0.5, "this is its root, so leave the root out"),
        (
            np.sum(squares) ** 0.5,
            "this is the L2 norm, the root of the sum; take the mean, and no root",
        ),
        (np.mean(difference) ** 2, "this is the square of the mean; square first"),
        (np.mean(half**2), "float16 has too few digits, convert to float"),
        (
            np.mean(abs(difference)),
            "take the mean of all squares, whichever image is the brighter one",
        ),
        (np.mean(difference), "these are the differences, square them first"),
        (np.mean(difference.astype(int) ^ 2), "^ is not a power in Python, write ** 2"),
        (np.mean(difference * 2), "* 2 doubles, ** 2 squares"),
        (np.floor(np.mean(squares)), "keep the decimals of the mean"),
        (np.rint(np.mean(squares)), "keep the decimals of the mean"),
        (np.round(np.mean(squares), 2), "keep the decimals of the mean"),
        (np.mean(squares) / 255**2, "intensities run from 0 to 255 here, do not scale them to 1"),
    ]
    if pixels < original.size:
        hints.append((np.sum(squares) / pixels, "divide by the number of intensities, not pixels"))
    right = np.mean(squares)
    return [(wrong, words) for wrong, words in hints if not near(wrong, right)]


# Exercise 5


def check_quantize_global(function):
    """Check a student's ``quantize_global(image, k)``."""
    excess = []
    for kind, shape, k in (
        ("skewed", (40, 60), 2),
        ("skewed", (20, 40, 3), 2),
        ("skewed", (40, 60), 1),
        ("night", (40, 60), 3),
        ("groups", (40, 60), 3),
        ("few", (40, 60), 8),
    ):
        error, best = judge_quantized(function, kind, shape, k)
        excess.append(error / best - 1 if best else 0)
    own = f"Your error is at most {100 * max(0, *excess):.1f} % above the best"
    return correct("quantize_global", f"{own} ({100 * (_SLACK - 1):.0f} % would be accepted).")


def more_quantize_global(function, *cases):
    """Check a student's ``quantize_global`` on more images: a kind, a shape and k each."""
    for kind, shape, k in cases:
        judge_quantized(function, kind, shape, k)
    return correct("quantize_global")


def judge_quantized(function, kind, shape, k):
    """Check that a quantized image has at most k intensities and nearly the least error.

    Parameters
    ----------
    function : callable
        A student's ``quantize_global(image, k)``.
    kind : str
        A name in `IMAGES`.
    shape : tuple of int
        Of the image.
    k : int
        How many intensities are allowed.

    Returns
    -------
    tuple of float
        The squared error of the result, and the best possible one; or `NotYet` is raised.
    """
    make, described = IMAGES[kind]
    image = make(shape, k)
    color = "color" if len(shape) == 3 else "gray"
    shown = f"quantize_global(a {color} image {described.format(k=k)}, {k})"
    answer = ask("quantize_global", function, image, k, shown=shown)
    is_rounded(_without_indices(answer, image.shape, k))
    flat = ((image.size,), (image.size, 1), (image.size // 3, 3))
    meaning = "bring it into the image's shape with .reshape(image.shape)"
    shapes = [(each, meaning) for each in flat if each != image.shape]
    answer.is_array(image.shape, np.uint8, meaning="that of the image", hints=shapes)
    result = np.asarray(answer.value)
    used = len(np.unique(result))
    answer.is_true(
        used <= k,
        f"has {used} distinct intensities, but at most {k} can be: all intensities of all "
        "channels share one set of levels.",
    )
    error, best = (squared_error(image, each) for each in (result, quantize(image, k).image))
    answer.is_true(
        error <= _SLACK * best,
        f"has a mean squared error of {error:.4g}, but {best:.4g} is possible with {k} "
        f"{'level' if k == 1 else 'levels'} and at most {_SLACK * best:.4g} is accepted: "
        f"{_quantized_hint(image, result, k)}.",
    )
    return error, best


def skewed_image(shape, k=None):
    """Return an image most of whose intensities are dark; they ascend row by row.

    A color image is dark in R and bright in B, so that no channel stands for all three.

    Examples
    --------
    >>> skewed_image((2, 2))
    array([[ 0,  0],
           [ 6, 88]], dtype=uint8)
    """
    share = (np.arange(np.prod(shape)) + 0.5) / np.prod(shape)
    values = np.rint(255 * share**8).astype(np.uint8)
    if len(shape) == 2:
        return values.reshape(shape)
    return np.ascontiguousarray(np.moveaxis(values.reshape(shape[2], *shape[:2]), 0, -1))


def bright_image(shape, k=None):
    """Return the negative of a skewed image.

    Examples
    --------
    >>> bright_image((2, 2)).min()
    np.uint8(167)
    """
    return 255 - skewed_image(shape)


def night_image(shape, k=None):
    """Return an image with half of its intensities at 5.8, four tenths at 40.8, the rest at 250.2.

    k-means finds three levels from any start of k-means++. Of equal bins, one stays idle, and
    two of the clusters never part. Cutting decimals off costs four times the error, and rounding
    all levels up a third.

    Examples
    --------
    >>> np.unique(night_image((20, 30)))
    array([  5,   6,  40,  41, 250, 251], dtype=uint8)
    """
    size = int(np.prod(shape))
    counts = size // 2, size * 2 // 5
    centers = np.repeat([5, 40, 250], [*counts, size - sum(counts)])
    higher = np.resize([0, 1, 1, 1, 1], size)
    higher[sum(counts) :] = 1 - higher[sum(counts) :]
    return (centers + higher).astype(np.uint8).reshape(shape)


def groups_image(shape, k):
    """Return an image with k groups of dark intensities, all of them in the lowest of k bins.

    The groups are twice as wide as the gaps between them: k-means finds their levels from any
    start among the intensities. From equal bins all levels but one stay idle.

    Examples
    --------
    >>> groups_image((20, 30), 3).max() < 255 / 3
    np.True_
    """
    size = int(np.prod(shape))
    place = (np.arange(size) + 0.5) / size * k
    pressed = np.floor(place) + 2 / 3 * (place - np.floor(place))
    values = np.rint((255 / k - 2) * pressed / (k - 1 / 3))
    # Neighbors come from all groups, so that no part of the image stands for the whole.
    step = next(step for step in range(size // 3, size) if np.gcd(step, size) == 1)
    return values[np.arange(size) * step % size].astype(np.uint8).reshape(shape)


def few_image(shape, k=None):
    """Return an image with four different intensities.

    Examples
    --------
    >>> np.unique(few_image((2, 5)))
    array([ 20,  90, 130, 200], dtype=uint8)
    """
    return np.resize(np.array([20, 90, 130, 200, 200], np.uint8), shape)


def flat_image(shape, k=None):
    """Return an image with one intensity.

    Examples
    --------
    >>> flat_image((1, 2))
    array([[77, 77]], dtype=uint8)
    """
    return np.full(shape, 77, np.uint8)


# How an image is made, and what it is for the messages.
IMAGES = {
    "skewed": (skewed_image, "with many dark intensities"),
    "bright": (bright_image, "with many bright intensities"),
    "night": (night_image, "with two dark clusters and a bright one"),
    "groups": (groups_image, "with {k} groups of dark intensities"),
    "few": (few_image, "with only four intensities"),
    "flat": (flat_image, "with only one intensity"),
}


def _quantized_hint(image, result, k):
    """Say what is surely so of a result whose error is too large."""
    levels = np.unique(result)
    nearest = _in_levels(image, levels)
    if 1 < len(levels) == levels.max() + 1 and not np.array_equal(nearest, result):
        return "these are indices of levels, look up the levels themselves"
    if _is_permuted(result, nearest):
        return (
            "each group of intensities has the level of another group; the indices of predict "
            "and labels_ belong to cluster_centers_ in their own order, so do not sort these"
        )
    best = quantize(image, k).codebooks[0].ravel()
    if np.array_equal(result, _in_levels(image, best, np.floor)):
        return "np.uint8 cuts decimals off, round the levels with np.rint first"
    if np.array_equal(result, _in_levels(image, best, np.ceil)):
        return "np.ceil rounds up, np.rint to the nearest integer"
    for wrong, sentence in _known_levels(image, k):
        tried = (_in_levels(image, wrong, rounding) for rounding in (np.rint, np.floor))
        if any(np.array_equal(result, each) for each in tried):
            return sentence
    means = np.array([image[result == level].mean() for level in levels])
    if squared_error(image, nearest) < 0.9 * squared_error(image, result):
        return "some intensities do not get their nearest level"
    if len(levels) < min(k, len(np.unique(image))):
        return f"it uses {len(levels)} of {k} levels"
    if abs(levels - means).max() >= 1:
        return "a level is not the mean of the intensities that have it"
    return "other levels are better, such as k-means finds from a good start"


def _known_levels(image, k):
    """List levels that known mistakes lead to, and how to mend them."""
    counts = np.bincount(image.ravel(), minlength=256)
    bins = (np.arange(k) + 0.5) * 255 / k
    idle = (
        "some Lloyd steps from equal bins end the same way; start from "
        "intensities of the image, as k-means does, and step until nothing moves"
    )
    once = quantize(np.unique(image)[:, np.newaxis], k).codebooks[0].ravel()
    known = [(bins, "equal bins do not get there, so learn the levels from the image")]
    known += [(levels, idle) for levels in _walk(counts, bins)[1:]]
    return [
        *known,
        (np.quantile(image, (np.arange(k) + 0.5) / k), "equal shares forget the rare intensities"),
        (
            np.argsort(counts)[-k:],
            "the most frequent intensities may be neighbors, and levels are means of many",
        ),
        (once, "each intensity counts as often as it occurs in the image"),
    ]


def _in_levels(image, levels, rounding=np.rint):
    """Return an image with each intensity in its nearest level, rounded in this way."""
    nearest = abs(np.arange(256)[:, np.newaxis] - levels).argmin(axis=1)
    return rounding(np.asarray(levels, dtype=float))[nearest].astype(np.uint8)[image]


def _is_permuted(result, nearest):
    """Say whether groups of intensities have each other's levels, and no other fault."""
    pairs = np.unique(np.stack([result.ravel(), nearest.ravel()]), axis=1)
    one_to_one = all(len(np.unique(side)) == pairs.shape[1] for side in pairs)
    return one_to_one and not np.array_equal(result, nearest)
