"""Levels: codebooks of single numbers. Lesson 02 introduces them."""

import numpy as np

from kquant_helpers.counts import weighted_vectors

# The exact learner keeps a table of the costs of all intervals of so many values.
_MOST_VALUES = 1024


def equal_bin_levels(vectors, k, random_state=None):
    """Place k levels at the centers of k equal bins of 0..255, whatever the photo.

    Numbers that are no intensities get bins from their least to their largest.

    Lesson 02 starts from these. The formula is (i + 0.5) · 255 / k for i = 0 … k - 1.

    Examples
    --------
    >>> equal_bin_levels(None, 2).ravel()
    array([ 63.75, 191.25])
    """
    low, high = 0, 255
    if vectors is None or vectors.dtype == np.uint8:
        k = min(k, 256)
    else:
        low, high, k = vectors.min(), vectors.max(), min(k, max(256, len(vectors)))
    return (low + (np.arange(k) + 0.5) * (high - low) / k)[:, np.newaxis]


def exact_levels(vectors, k, random_state=None):
    """Find the k levels with the smallest possible squared error for these intensities.

    One-dimensional clusters are intervals, so dynamic programming over the 256-bin
    histogram finds the optimum: the best split of 0..j into m intervals extends the
    best split of 0..i into m - 1. Of more than 1,024 different numbers, which are no
    intensities, neighbors are merged first.

    Parameters
    ----------
    vectors : ndarray of uint8 or float64, shape (n, 1)
        Intensities, or any numbers.
    k : int
        Number of levels wanted.
    random_state : None
        Nothing is drawn at random.

    Returns
    -------
    ndarray of float64, shape (k', 1), ascending
        The levels, each the mean of its intensities.

    References
    ----------
    H. Wang and M. Song, "Ckmeans.1d.dp: Optimal k-means Clustering in One Dimension by
    Dynamic Programming", The R Journal 3(2), 2011.

    Examples
    --------
    >>> exact_levels(np.array([[0], [1], [100], [102], [255]], dtype=np.uint8), 3).ravel()
    array([  0.5, 101. , 255. ])
    """
    values, weights = weighted_vectors(vectors)
    values = values[:, 0]
    if len(values) <= k:
        return values[:, np.newaxis]
    if len(values) > _MOST_VALUES:
        values, weights = _merged(values, weights)
    starts = _best_interval_starts(values, weights, k)
    sums = np.add.reduceat(values * weights, starts)
    return (sums / np.add.reduceat(weights, starts))[:, np.newaxis]


def _merged(values, weights):
    """Return the means and weights of the values in equal cells between the ends."""
    low, high = values[0], values[-1]
    cells = np.minimum((values - low) * (_MOST_VALUES / (high - low)), _MOST_VALUES - 1)
    starts = np.flatnonzero(np.diff(cells.astype(np.intp), prepend=-1))
    totals = np.add.reduceat(weights, starts)
    return np.add.reduceat(values * weights, starts) / totals, totals


def _best_interval_starts(values, weights, k):
    """Where the k intervals of smallest squared error start, by dynamic programming."""
    cost = _interval_costs(values, weights)
    # No interval is empty, so interval m ends at one of m..m + n - k: a narrow band for large k.
    band = len(values) - k + 1
    best, rows = cost[:band, 0], np.arange(band)
    last_starts = []
    for m in range(1, k):
        # Entry [j, i]: interval m is m+i..m+j, after the best split of 0..m+i-1.
        totals = cost[m : m + band, m : m + band] + best
        choice = np.argmin(totals, axis=1)
        best = totals[rows, choice]
        last_starts.append(choice)
    starts, end = [], band - 1
    for m, choice in zip(range(k - 1, 0, -1), reversed(last_starts), strict=True):
        end = choice[end]
        starts.append(m + end)
    return np.array([0, *reversed(starts)])


def _interval_costs(values, weights):
    """cost[j, i]: squared error of values i..j around their mean, infinite for i > j."""
    centered = values - np.average(values, weights=weights)
    prefix = np.zeros((3, len(values) + 1))
    np.cumsum([weights, weights * centered, weights * centered**2], axis=1, out=prefix[:, 1:])
    count, first, second = prefix[:, 1:, np.newaxis] - prefix[:, np.newaxis, :-1]
    not_empty = np.tri(len(values), dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = np.maximum(second - first**2 / count, 0)
    return np.where(not_empty, cost, np.inf)
