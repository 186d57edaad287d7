"""What the visible tests of lesson 02 say, and how its hidden ones judge."""

import numpy as np

from kquant_helpers.checks.ladder import ask, correct, near
from kquant_helpers.errors import squared_error
from kquant_helpers.quantize import quantize

# The best possible error, and a tenth more: plain k-means does not always find the optimum.
_SLACK = 1.1

_IDLE = "a level that got no intensity stays where it is"


def check_uniform_levels(function):
    """Check a student's ``uniform_levels(k)``."""
    for k, expected in (
        (4, [31.875, 95.625, 159.375, 223.125]),
        (2, [63.75, 191.25]),
        (1, [127.5]),
    ):
        i = np.arange(k)
        single = ((), "a single number, so perhaps the return line stands inside the loop")
        ask("uniform_levels", function, k).is_array((k,), hints=(single,)).equals(
            expected,
            hints=(
                (expected[::-1], "start with the lowest level"),
                (i * 255 / k, "these are the left ends of the bins, take their centers"),
                ((i + 1) * 255 / k, "these are the right ends of the bins, take their centers"),
                ((i + 1.5) * 255 / k, "i runs from 0 to k - 1"),
                (i + 0.5 * 255 / k, "* comes before +, so i + 0.5 needs its parentheses"),
                ((i + 0.5) * 256 / k, "the bins run from 0 to 255, so each is 255 / k wide"),
                (np.linspace(0, 255, k), "levels at 0 and 255 are at the ends, not at centers"),
                (np.floor(expected), "keep the decimals, levels are floats"),
                (np.rint(expected), "keep the decimals, levels are floats"),
            ),
        )
    return correct("uniform_levels")


def check_nearest_level_table(function):
    """Check a student's ``nearest_level_table(levels)``."""
    judge_table(function, [30.3, 100.6, 200.8])
    judge_table(function, [200.8, 30.3, 100.6])
    judge_table(function, [127.7])
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
    answer = _without_indices(ask("nearest_level_table", function, levels), (256,), len(levels))
    answer.is_array((256,), np.uint8)
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


def check_lloyd_step(function):
    """Check a student's ``lloyd_step(counts, levels)``."""
    values = [0, 0, 0, 5, 10, 11]
    for levels, expected, hints in (
        ([2, 9], [1.25, 10.5], (([2.5, 10.5], "weight each intensity by its count"),)),
        ([9, 2], [10.5, 1.25], (([1.25, 10.5], "keep the levels in their order"),)),
        (
            [2, 200, 9],
            [1.25, 200, 10.5],
            (([1.25, 0, 10.5], _IDLE),),
        ),
        (
            [0, 10],
            [1.25, 10.5],
            (([0, 26 / 3], "5 is as near to 0 as to 10, and the lower index gets it"),),
        ),
    ):
        judge_step(function, values, levels, expected, hints)
    judge_step(function, [10, 20, 30, 31, 31, 40, 90, 110], [30.3, 30.4, 120.6], [20, 34, 100])
    return correct("lloyd_step", "Repeat it until nothing moves, and you have k-means.")


def judge_step(function, values, levels, expected, hints=()):
    """Check one step of a student's k-means on the histogram of some intensities.

    Parameters
    ----------
    function : callable
        A student's ``lloyd_step(counts, levels)``.
    values : array_like of int
        The intensities that are counted.
    levels, expected : sequence of float
        Where the levels stand before and after the step.
    hints : sequence of (array_like, str)
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
    answer.is_array(levels.shape, hints=(((int(np.sum((mine * counts).any(axis=1))),), _IDLE),))
    return answer.equals(
        expected,
        hints=(
            *hints,
            *_step_hints(counts, levels, mine),
            (np.rint(expected), "levels are floats, do not round them here"),
            (np.floor(expected), "levels are floats, keep the decimals"),
            (levels, "no level has moved: each goes to the mean of its intensities"),
        ),
    )


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


def _step_hints(counts, levels, mine):
    """List what known mistakes make of one step of k-means, and how to mend them."""
    weight = "each intensity v counts counts[v] times, so its weight is counts[v]"
    alike = "find the intensities of a level by its index, not by its rounded value"
    once, steps, turns = np.ones(256), levels, levels.copy()
    for _ in range(100):
        steps = _moved(counts, steps, _owned(steps))
    for i in range(len(levels)):
        turns[i] = _moved(counts, turns, _owned(turns))[i]
    rounded = np.rint(levels) @ mine
    return (
        (_moved(once, levels, mine), weight),
        (_moved(counts > 0, levels, mine), weight),
        (mine @ counts / np.maximum(mine.sum(axis=1), 1), "these are mean counts, not intensities"),
        (np.where((mine @ counts) > 0, _moved(counts, levels, mine), 0), _IDLE),
        (_moved(counts, levels, rounded == levels[:, np.newaxis]), alike),
        (_moved(counts, levels, rounded == np.rint(levels)[:, np.newaxis]), alike),
        (steps, "take one step only, not one after the other"),
        (turns, "deal out all intensities first, then move the levels"),
    )


def check_mean_squared_error(function):
    """Check a student's ``mean_squared_error(original, quantized)``."""
    for original, quantized in (
        ([[12, 20]], [[10, 16]]),
        ([[10, 16]], [[12, 20]]),
        ([[0, 255, 90]], [[255, 0, 90]]),
    ):
        judge_error(function, np.array(original, np.uint8), np.array(quantized, np.uint8))
    color = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    judge_error(function, color, color * 9)
    return correct("mean_squared_error")


def judge_error(function, original, quantized):
    """Check a student's ``mean_squared_error`` on two uint8 images.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    difference = original.astype(float) - quantized
    expected = np.mean(difference**2)
    wrapped = original - quantized
    wraps = "a uint8 difference or square wraps around, convert both images to float first"
    half = original.astype(np.float16) - quantized.astype(np.float16)
    answer = ask("mean_squared_error", function, original, quantized).is_number()
    return answer.equals(
        expected,
        hints=(
            (np.mean(wrapped**2), wraps),
            (np.mean(wrapped.astype(float) ** 2), wraps),
            (np.mean((quantized - original).astype(float) ** 2), wraps),
            (
                np.mean(difference.astype(np.int16) ** 2),
                "a square up to 255² does not fit into int16, convert to float first",
            ),
            (np.sum(difference**2), "this is the sum, take the mean"),
            (expected**0.5, "this is its root, so leave the root out"),
            (
                np.sum(difference**2) ** 0.5,
                "this is the L2 norm, the root of the sum; take the mean, and no root",
            ),
            (np.mean(difference) ** 2, "this is the square of the mean; square first"),
            (np.mean(half**2), "float16 has too few digits, convert to float"),
            (np.mean(abs(difference)), "this is the absolute error, square the differences"),
            (expected * 3, "divide by the number of intensities, not of pixels"),
            (expected / 255**2, "intensities run from 0 to 255 here, do not scale them to 1"),
        ),
    )


def check_quantize_global(function):
    """Check a student's ``quantize_global(image, k)``."""
    few = np.resize(np.array([20, 90, 130, 200, 200], np.uint8), (40, 60))
    excess = []
    for image, k, described in (
        (skewed_image((40, 60)), 2, "a skewed gray image"),
        (skewed_image((20, 40, 3)), 2, "a skewed color image"),
        (skewed_image((40, 60)), 1, "a skewed gray image"),
        (clustered_image((40, 60)), 3, "an image with three clusters"),
        (few, 8, "an image with only four intensities"),
    ):
        result = judge_quantized(function, image, k, described).value
        error, best = _errors(image, result, k)
        excess.append(error / best - 1 if best else 0)
    own = f"Your error is at most {100 * max(0, *excess):.1f} % above the best"
    return correct("quantize_global", f"{own} ({100 * (_SLACK - 1):.0f} % would be accepted).")


def _errors(image, result, k):
    """Return the squared error of a result, and the best possible one."""
    return squared_error(image, np.asarray(result)), squared_error(image, quantize(image, k).image)


def judge_quantized(function, image, k, described):
    """Check that a quantized image has at most k intensities and nearly the least error.

    Parameters
    ----------
    function : callable
        A student's ``quantize_global(image, k)``.
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    k : int
        How many intensities are allowed.
    described : str
        What the photo is, for the message.

    Returns
    -------
    Answer
        Or `NotYet` is raised.
    """
    shown = f"quantize_global({described}, {k})"
    answer = ask("quantize_global", function, image, k, shown=shown)
    _without_indices(answer, image.shape, k)
    answer.is_array(image.shape, np.uint8, meaning="that of the image")
    result = np.asarray(answer.value)
    used = len(np.unique(result))
    answer.is_true(
        used <= k,
        f"has {used} distinct intensities, but at most {k} can be: all intensities of all "
        "channels share one set of levels.",
    )
    error, best = _errors(image, result, k)
    return answer.is_true(
        error <= _SLACK * best,
        f"has a mean squared error of {error:.4g}, but {best:.4g} is possible with {k} "
        f"{'level' if k == 1 else 'levels'} and at most {_SLACK * best:.4g} is accepted: "
        f"{_quantized_hint(image, result, k)}.",
    )


def skewed_image(shape):
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


def clustered_image(shape):
    """Return an image whose intensities cluster at 20.8, 100.8 and 200.8: cutting decimals costs.

    Examples
    --------
    >>> np.unique(clustered_image((40, 60)))
    array([ 20,  21, 100, 101, 200, 201], dtype=uint8)
    """
    size = int(np.prod(shape))
    centers = np.repeat([20, 100, 200], [size - 2 * (size // 4), size // 4, size // 4])
    return (centers + np.resize([0, 1, 1, 1, 1], size)).astype(np.uint8).reshape(shape)


def _fits(table, levels):
    """Whether each entry of a table is a level nearest to its intensity, rounded."""
    distance = abs(np.arange(256)[:, np.newaxis] - levels)
    nearest = distance <= distance.min(axis=1, keepdims=True) + 1e-6
    rounded = abs(table[:, np.newaxis] - levels) <= 0.5 + 1e-6
    return (nearest & rounded).any(axis=1)


def _table_hint(table, levels):
    order, v = np.sort(levels), np.arange(256)[:, np.newaxis]
    distance, whole = abs(v - levels), np.rint(levels)
    wraps = "without abs a level above v is nearer than v itself, and uint8 differences wrap"
    for wrong, sentence in (
        (np.floor(levels)[distance.argmin(axis=1)], "np.uint8 cuts decimals off, round first"),
        (distance.argmin(axis=1), "this is the index of the level, look up the level itself"),
        (abs(v - order).argmin(axis=1), "this is the level's index"),
        (whole[distance.argmax(axis=1)], "this is the level that is farthest away"),
        (whole[abs(v - whole).argmin(axis=1)], "find the nearest level first, then round it"),
        (whole[(v - levels).argmin(axis=1)], wraps),
        (whole[((v - whole) % 256).argmin(axis=1)], wraps),
    ):
        if near(table, wrong):
            return f": {sentence}"
    if _fits(table, order[:1]).all() and len(order) > 1:
        return ": all entries are the lowest level"
    return "" if np.array_equal(levels, order) else ": the levels may come in any order"


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


def _quantized_hint(image, result, k):
    levels = np.unique(result)
    nearest = levels[abs(np.arange(256)[:, np.newaxis] - levels).argmin(axis=1)][image]
    if 1 < len(levels) == levels.max() + 1 and not np.array_equal(nearest, result):
        return "these are indices of levels, look up the levels themselves"
    means = np.array([image[result == level].mean() for level in levels])
    if np.array_equal(levels, np.floor(means)) and not np.array_equal(levels, np.rint(means)):
        return "np.uint8 cuts decimals off, round the levels with np.rint first"
    bins = (np.arange(k) + 0.5) * 255 / k
    if abs(levels[:, np.newaxis] - bins).min(axis=1).max() < 1:
        return "equal bins waste levels, put them where the intensities are"
    frequent = np.bincount(image.ravel(), minlength=256)
    if len(levels) == k and frequent[levels].sum() == np.sort(frequent)[-k:].sum():
        return "the most frequent intensities may be neighbors, and levels are means of many"
    if squared_error(image, nearest) < 0.9 * squared_error(image, result):
        return "some intensities do not get their nearest level"
    if len(levels) < min(k, len(np.unique(image))):
        return f"it uses {len(levels)} of {k} levels"
    if abs(levels - means).max() >= 1:
        return (
            "a level is not the mean of its intensities yet; learn from all intensities of the "
            "image that is given, each as often as it occurs, and step until nothing moves"
        )
    return "learn the levels from the intensities of the whole image, each as often as it occurs"
