"""Palettes: codebooks of colors, learned from a color histogram; and their order.

Lesson 04 introduces palettes. Pixels are uint8 arrays of shape (n, 3), as
``cut_image(image, "rgb")`` makes them.
"""

import math

import numpy as np

from kquant_helpers import door
from kquant_helpers.counts import COARSE_BITS, distinct_colors, merged_cells, palette_histogram
from kquant_helpers.nearest import LONG_PALETTE, nearest_by_product

# Each round of growing adds this share of the codewords. Doubling is faster, but it
# splits clusters that should have stayed whole.
_GROWTH = 0.3

# It grows by this share too long, and loses the codewords that are missed least.
_SPARE = 0.2

_SPARE_STEPS = 2

_COARSE_STEPS = 10

_FINE_STEPS = 3

# Degrees of hue that one family of a palette spans, and the chroma below which a color
# looks gray: chosen by eye on palettes of four photos.
_HUE_STEP = 30

_GRAY_CHROMA = 25


def histogram_k_means(pixels, k, random_state=None, *, histogram=None):
    """Learn a palette by k-means on a weighted color histogram.

    The palette starts as the mean color. In each round the clusters that vary most along
    one direction are split in two along it, and all codewords move to their means, until
    there are a fifth more than k. Those that are missed least go, and k-means steps on
    coarse and then fine cells follow. Nothing is random.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted.
    random_state : None
        Nothing is drawn at random.
    histogram : tuple of ndarray, optional
        What `palette_histogram` returned for these pixels, to learn palettes of several
        lengths without counting again.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette; the distinct colors themselves where there are at most k.

    References
    ----------
    Y. Linde, A. Buzo and R. Gray, "An algorithm for vector quantizer design", IEEE Trans.
    Communications 28(1), 1980 (growing by splits). M. E. Celebi, "Improving the
    performance of k-means for color quantization", Image and Vision Computing 29(4), 2011
    (weighted colors, a deterministic start).

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> histogram_k_means(pixels, 2)
    array([[255.,   0.,   0.],
           [  1.,   2.,   0.]])
    """
    fine = palette_histogram(pixels) if histogram is None else histogram
    if len(fine[0]) <= k:
        return _thinned(*distinct_colors(pixels), k)
    coarse = merged_cells(*fine, COARSE_BITS)
    # Too few cells would leave no room to choose where the codewords go.
    cells = coarse if len(coarse[0]) >= 8 * k else fine
    spare = min(math.ceil(_SPARE * k), len(cells[0]) - k) if k <= LONG_PALETTE else 0
    palette = _lloyd_steps(*cells, _grow(*cells, k + spare), _SPARE_STEPS)
    palette = _lloyd_steps(*cells, _drop_spare(*cells, palette, k), _COARSE_STEPS)
    return _lloyd_steps(*fine, palette, _FINE_STEPS)


def _thinned(colors, weights, k):
    """Merge neighbors in the order of the colors, the cheapest first, until k are left."""
    while len(colors) > k:
        steps = np.sum(np.diff(colors, axis=0) ** 2, axis=1)
        costs = steps / (1 / weights[1:] + 1 / weights[:-1])
        taken, merged = np.zeros(len(colors), bool), []
        for i in np.argsort(costs, kind="stable"):
            if len(colors) - len(merged) > k and not taken[i] and not taken[i + 1]:
                taken[i : i + 2] = True
                merged.append(i)
        merged = np.array(merged)
        pairs = weights[merged] + weights[merged + 1]
        shares = (weights[merged] / pairs)[:, np.newaxis]
        colors[merged] = shares * colors[merged] + (1 - shares) * colors[merged + 1]
        weights[merged] = pairs
        colors, weights = np.delete(colors, merged + 1, 0), np.delete(weights, merged + 1)
    return colors


def palette_order(palette):
    """Return the order in which a palette is shown: like a paint box, not by chance.

    Near-grays come first, then the hues from red through orange, yellow, green and blue
    to pink in twelve families; each family runs from dark to light.

    Parameters
    ----------
    palette : array_like, shape (k, 3)
        RGB colors in 0..255.

    Returns
    -------
    ndarray of intp, shape (k,)
        A permutation: ``palette[palette_order(palette)]`` is in order.

    References
    ----------
    Lightness is the luma of ITU-R BT.601. Hue and chroma are the angle and the radius on
    the plane across the gray axis of the color cube (A. Hanbury, "Constructing cylindrical
    coordinate color spaces", Pattern Recognition Letters 29(4), 2008).

    Examples
    --------
    >>> palette_order([[255, 0, 0], [255, 255, 255], [90, 0, 0], [0, 0, 0]])
    array([3, 1, 2, 0])
    """
    colors = door.palette(palette)
    red, green, blue = colors.T
    across, along = red - (green + blue) / 2, math.sqrt(3) / 2 * (green - blue)
    family = np.rint(np.degrees(np.arctan2(along, across)) / _HUE_STEP) % (360 / _HUE_STEP)
    family[np.hypot(across, along) < _GRAY_CHROMA] = -1
    return np.lexsort((colors @ [0.299, 0.587, 0.114], family))


def _lloyd_steps(colors, weights, palette, steps):
    """Take so many k-means steps, or fewer when nothing moves any more."""
    weighted = (colors * weights[:, np.newaxis]).T.copy()
    previous = None
    for _ in range(steps):
        indices = nearest_by_product(colors, palette, np.float32)
        if previous is not None and np.array_equal(indices, previous):
            break
        palette = _means(indices, weighted, np.bincount(indices, weights, len(palette)), palette)
        previous = indices
    return palette


def _grow(colors, weights, k):
    """Grow a palette from the mean color to k colors by splitting the widest clusters.

    Each round assigns the colors once, for the clusters' means and for their widths.
    """
    palette = np.average(colors, axis=0, weights=weights)[np.newaxis]
    while len(palette) < k:
        palette, errors, offsets = _clusters(colors, weights, palette)
        most = min(int(_GROWTH * len(palette)), np.count_nonzero(errors), k - len(palette))
        split = np.argsort(-errors, kind="stable")[: max(1, most)]
        halves = palette[split] + offsets[split]
        palette[split] -= offsets[split]
        palette = np.vstack([palette, halves])
    return palette


def _drop_spare(colors, weights, palette, k):
    """Drop codewords until k are left, those first whose merger costs the least error.

    Clusters of a and b colors at the distance d merge at the cost d² a b / (a + b) (Ward,
    1963). In one round no codeword loses its neighbor and goes as well.
    """
    while len(palette) > k:
        indices = nearest_by_product(colors, palette, np.float32)
        totals = np.maximum(np.bincount(indices, weights, len(palette)), 1e-9)
        costs = sum(np.subtract.outer(column, column) ** 2 for column in palette.T)
        costs *= 1 / np.add.outer(1 / totals, 1 / totals)
        np.fill_diagonal(costs, np.inf)
        order = np.argsort(np.min(costs, axis=1), kind="stable")
        dropped, merged = [], set()
        for index, neighbor in zip(order, np.argmin(costs, axis=1)[order], strict=True):
            if len(dropped) < len(palette) - k and not merged & {index, neighbor}:
                pair = [index, neighbor]
                palette[neighbor] = np.average(palette[pair], axis=0, weights=totals[pair])
                dropped.append(index)
                merged.update(pair)
        palette = np.delete(palette, dropped, axis=0)
    return palette


def _clusters(colors, weights, palette):
    """Assign the colors to the palette, and describe its clusters.

    Returns
    -------
    means : ndarray, shape (k, 3)
    errors : ndarray, shape (k,), squared error along each cluster's widest direction
    offsets : ndarray, shape (k, 3), one standard deviation along that direction
    """
    indices = nearest_by_product(colors, palette, np.float32)
    totals = np.bincount(indices, weights, len(palette))
    means = _means(indices, (colors * weights[:, np.newaxis]).T, totals, palette)
    deviations = (colors - means[indices]).T
    scatter = np.empty((len(palette), 3, 3))
    for i, j in ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)):
        products = deviations[i] * deviations[j] * weights
        scatter[:, i, j] = scatter[:, j, i] = np.bincount(indices, products, len(palette))
    values, directions = np.linalg.eigh(scatter)
    errors = np.maximum(values[:, -1], 0)
    deviation = np.sqrt(errors / np.maximum(totals, 1))
    return means, errors, directions[:, :, -1] * deviation[:, np.newaxis]


def _means(indices, weighted, totals, palette):
    """Return the mean color of each cluster; one without colors keeps its codeword."""
    sums = [np.bincount(indices, column, len(palette)) for column in weighted]
    occupied = (totals > 0)[:, np.newaxis]
    return np.divide(
        np.stack(sums, axis=1), totals[:, np.newaxis], out=palette.copy(), where=occupied
    )
