"""Learn a codebook from vectors; encode vectors with it; decode indices to vectors.

A learner is a function ``learner(vectors, k, random_state)`` that returns a codebook of
at most k codewords. `LEARNERS` holds them by name; a new one is one more entry there.
"""

import numbers
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kquant_helpers import palettes
from kquant_helpers.photos import quoted
from kquant_helpers.vectors import intensity_counts

# Rows that are turned to floats at a time: it bounds the memory of encode.
_PIECE = 1 << 16

# scikit-learn's MiniBatchKMeans draws over all samples at every step, so it gets a sample.
_MINI_BATCH_SAMPLE = 20_000


def learn(vectors, k, learner=None, *, random_state=0):
    """Learn a codebook of at most k codewords.

    Parameters
    ----------
    vectors : ndarray of uint8, shape (n, d)
        What `kquant_helpers.vectors.cut_image` makes of an image.
    k : int
        Number of codewords wanted. Where there are fewer distinct vectors, the codebook
        holds just those; equal bins alone ignore the vectors.
    learner : str or scikit-learn clusterer, optional
        A name in `LEARNERS`, or an estimator with ``n_clusters`` and ``cluster_centers_``,
        which is cloned. The default is the best that we know for d: exact for
        intensities, k-means on a color histogram for colors, k-means otherwise.
    random_state : int or None
        Seed of the learners that draw at random; the same seed gives the same codebook,
        None another one each time. An estimator with a seed of its own keeps that.

    Returns
    -------
    ndarray of float64, shape (k', d) with k' ≤ k
        The codebook. Codebooks of intensities ascend.

    Raises
    ------
    TypeError, ValueError
        Where k is not a whole number from 1 up, the vectors are not uint8 of shape
        (n, d), the learner is unknown or does not fit vectors of d entries, or the seed
        is none.

    Examples
    --------
    >>> import numpy as np
    >>> vectors = np.array([[0], [1], [1], [9]], dtype=np.uint8)
    >>> learn(vectors, 2).ravel()
    array([0.66666667, 9.        ])
    """
    k = check_k(k)
    check_vectors(vectors)
    _check_seed(random_state)
    if learner is None or isinstance(learner, str):
        return find_learner(learner, vectors.shape[1]).function(vectors, k, random_state)
    return _from_estimator(vectors, k, learner, random_state)


def encode(vectors, codebook):
    """Replace each vector by the index of its nearest codeword.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
        Intensities, colors or blocks.
    codebook : ndarray, shape (k, d)
        The codewords.

    Returns
    -------
    ndarray of the smallest unsigned integer type that holds k - 1, shape (n,)
        Indices into the codebook, nearest by squared distance; ties fall either way.

    Raises
    ------
    TypeError, ValueError
        Where the vectors are no numbers of shape (n, d), the codebook is empty, or its
        codewords have another length.

    Examples
    --------
    >>> import numpy as np
    >>> encode(np.array([[3], [250]], dtype=np.uint8), np.array([[0.0], [100.0], [255.0]]))
    array([0, 2], dtype=uint8)
    """
    _check_numbers(vectors)
    codebook = check_codebook(codebook, vectors.shape[1])
    dtype = index_dtype(len(codebook))
    if vectors.dtype == np.uint8 and vectors.shape[1] == 1:
        every_intensity = np.arange(256.0)[:, np.newaxis]
        return _look_up(_nearest(every_intensity, codebook).astype(dtype), vectors[:, 0])
    if vectors.dtype == np.uint8 and vectors.shape[1] == 3:
        return palettes.nearest_palette_index(vectors, codebook)
    pieces = [vectors[start : start + _PIECE] for start in range(0, len(vectors), _PIECE)]
    return np.concatenate([_nearest(piece, codebook).astype(dtype) for piece in pieces])


def decode(indices, codebook):
    """Replace each index by its codeword, rounded to whole intensities.

    Parameters
    ----------
    indices : ndarray of integers, any shape
        What `encode` returns.
    codebook : ndarray, shape (k, d)
        The codewords.

    Returns
    -------
    ndarray of uint8, shape (*indices.shape, d)
        The codewords, rounded and clipped to 0..255.

    Raises
    ------
    TypeError, ValueError
        Where the indices are not whole numbers, or one is below 0 or not below k.

    Examples
    --------
    >>> import numpy as np
    >>> decode(np.array([1, 0]), np.array([[0.0], [99.7]])).ravel()
    array([100,   0], dtype=uint8)
    """
    codebook = check_codebook(codebook)
    indices = np.asarray(indices)
    if indices.dtype.kind not in "ui":
        raise TypeError(
            f"The indices are {indices.dtype}, but they are whole numbers: give what "
            "encode(vectors, codebook) returns."
        )
    lowest, highest = (indices.min(), indices.max()) if indices.size else (0, 0)
    if lowest < 0 or highest >= len(codebook):
        raise ValueError(
            f"The indices run from {lowest} to {highest}, but a codebook of {len(codebook)} "
            f"codewords takes 0 to {len(codebook) - 1}: encode with the codebook that you "
            "decode with."
        )
    codewords = rounded_codebook(codebook)
    if codewords.shape[1] == 1:
        return _look_up(codewords[:, 0], indices)[..., np.newaxis]
    return np.take(codewords, indices, axis=0)


def rounded_codebook(codebook):
    """Return the codebook as uint8, rounded and clipped to 0..255, as it is painted and stored.

    Examples
    --------
    >>> rounded_codebook([[0.4, 254.6]])
    array([[  0, 255]], dtype=uint8)
    """
    return np.clip(np.rint(codebook), 0, 255).astype(np.uint8)


def index_dtype(k):
    """Return the smallest unsigned integer type that holds the indices of k codewords.

    Examples
    --------
    >>> index_dtype(256), index_dtype(257)
    (dtype('uint8'), dtype('uint16'))
    """
    return np.min_scalar_type(k - 1)


def equal_bin_levels(vectors, k, random_state=None):
    """Place k levels at the centers of k equal bins of 0..255, whatever the photo.

    Lesson 02 starts from these. The formula is (i + 0.5) · 255 / k for i = 0 … k - 1.

    Examples
    --------
    >>> equal_bin_levels(None, 2).ravel()
    array([ 63.75, 191.25])
    """
    k = min(k, 256)
    return ((np.arange(k) + 0.5) * 255 / k)[:, np.newaxis]


def random_codewords(vectors, k, random_state=0):
    """Draw k different vectors at random: the codebook that any learner has to beat.

    A vector that occurs twice as often is drawn twice as readily.

    Examples
    --------
    >>> import numpy as np
    >>> random_codewords(np.array([[5], [5], [7]], dtype=np.uint8), 4).ravel()
    array([5., 7.])
    """
    distinct, weights = weighted_vectors(vectors)
    if len(distinct) <= k:
        return distinct
    generator = np.random.default_rng(random_state)
    shares = weights / weights.sum()
    return distinct[np.sort(generator.choice(len(distinct), k, replace=False, p=shares))]


def exact_levels(vectors, k, random_state=None):
    """Find the k levels with the smallest possible squared error for these intensities.

    One-dimensional clusters are intervals, so dynamic programming over the 256-bin
    histogram finds the optimum: the best split of 0..j into m intervals extends the
    best split of 0..i into m - 1.

    Parameters
    ----------
    vectors : ndarray of uint8, shape (n, 1)
        Intensities.
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
    >>> import numpy as np
    >>> exact_levels(np.array([[0], [1], [100], [102], [255]], dtype=np.uint8), 3).ravel()
    array([  0.5, 101. , 255. ])
    """
    values, weights = weighted_vectors(vectors)
    values = values[:, 0]
    if len(values) <= k:
        return values[:, np.newaxis]
    starts = _best_interval_starts(values, weights, k)
    sums = np.add.reduceat(values * weights, starts)
    return (sums / np.add.reduceat(weights, starts))[:, np.newaxis]


def k_means(vectors, k, random_state=0):
    """Run scikit-learn's k-means (k-means++ start, one run) on all vectors.

    Equal vectors are merged and weighted, which gives the same error and takes less time.

    References
    ----------
    S. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28(2), 1982;
    D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.

    Examples
    --------
    >>> import numpy as np
    >>> k_means(np.array([[0], [2], [250]], dtype=np.uint8), 2).ravel()
    array([  1., 250.])
    """
    from sklearn.cluster import KMeans

    model = KMeans(k, n_init=1, random_state=random_state)
    return _fit_weighted(model, vectors, k)


def random_start_k_means(vectors, k, random_state=0):
    """Run scikit-learn's k-means once on all vectors, from k of them drawn at random.

    Lessons 05 and 06 set it against better starts. Equal vectors are not merged: many of
    them may be drawn, as in the articles that start this way.

    Examples
    --------
    >>> import numpy as np
    >>> random_start_k_means(np.array([[0], [2], [250]], dtype=np.uint8), 2).shape
    (2, 1)
    """
    from sklearn.cluster import KMeans

    return _from_estimator(vectors, k, KMeans(init="random", n_init=1), random_state)


def mini_batch_k_means(vectors, k, random_state=0):
    """Run scikit-learn's MiniBatchKMeans on a random sample of up to 20,000 vectors.

    References
    ----------
    D. Sculley, "Web-scale k-means clustering", WWW 2010.

    Examples
    --------
    >>> import numpy as np
    >>> mini_batch_k_means(np.array([[0], [2], [250]], dtype=np.uint8), 2).shape
    (2, 1)
    """
    from sklearn.cluster import MiniBatchKMeans

    generator = np.random.default_rng(random_state)
    if len(vectors) > _MINI_BATCH_SAMPLE:
        vectors = vectors[generator.choice(len(vectors), _MINI_BATCH_SAMPLE, replace=False)]
    model = MiniBatchKMeans(k, n_init=3, random_state=random_state)
    return _fit_weighted(model, vectors, k)


def centroid_neural_network(vectors, k, random_state=None):
    """Grow a centroid neural network to k neurons; lesson 05 builds it.

    Nothing is drawn at random: the samples come in the order of the image.

    Examples
    --------
    >>> import numpy as np
    >>> centroid_neural_network(np.array([[0], [2], [250]], dtype=np.uint8), 2).ravel()
    array([  1., 250.])
    """
    from kquant_helpers.centnn import CentroidNeuralNetwork

    distinct, _ = weighted_vectors(vectors)
    if len(distinct) <= k:
        return distinct
    model = CentroidNeuralNetwork(n_clusters=k).fit(vectors.astype(np.float64))
    return _sorted_if_scalar(model.cluster_centers_)


@dataclass(frozen=True)
class Learner:
    """A way to learn a codebook.

    Attributes
    ----------
    name : str
        What `learn` and ``quantize`` call it.
    function : callable
        ``function(vectors, k, random_state)`` → codebook.
    dimensions : int or None
        The only vector length it works for, or None for any.
    seeded : bool
        Whether it draws at random, so that another seed gives another codebook.
    """

    name: str
    function: Callable
    dimensions: int | None = None
    seeded: bool = True


LEARNERS = {
    learner.name: learner
    for learner in (
        Learner("equal bins", equal_bin_levels, dimensions=1, seeded=False),
        Learner("exact", exact_levels, dimensions=1, seeded=False),
        Learner("random", random_codewords),
        Learner("k-means", k_means),
        Learner("random-start k-means", random_start_k_means),
        Learner("mini-batch k-means", mini_batch_k_means),
        Learner("centnn", centroid_neural_network, seeded=False),
        Learner("histogram k-means", palettes.histogram_k_means, dimensions=3),
        Learner("sample k-means", palettes.sample_k_means, dimensions=3),
        Learner("median cut", palettes.median_cut, dimensions=3, seeded=False),
        Learner("octree", palettes.octree, dimensions=3, seeded=False),
    )
}

_DEFAULTS = {1: "exact", 3: "histogram k-means"}


def find_learner(name, dimensions):
    """Return the learner of this name, or the best one for vectors of this length.

    Examples
    --------
    >>> find_learner(None, 1).name
    'exact'
    """
    name = _DEFAULTS.get(dimensions, "k-means") if name is None else name
    fitting = [item.name for item in LEARNERS.values() if item.dimensions in (None, dimensions)]
    if name not in fitting:
        names = ", ".join(f'"{item}"' for item in fitting)
        problem = "does not work" if name in LEARNERS else "is unknown"
        raise ValueError(
            f"The learner {quoted(name)} {problem} for vectors of {dimensions} "
            f"{'entry' if dimensions == 1 else 'entries'}: use one of {names}."
        )
    return LEARNERS[name]


def weighted_vectors(vectors):
    """Return the distinct vectors in ascending order and how often each occurs.

    Parameters
    ----------
    vectors : ndarray of uint8, shape (n, d)
        Intensities, colors or blocks.

    Returns
    -------
    values : ndarray of float64, shape (m, d)
    weights : ndarray of float64, shape (m,)

    Examples
    --------
    >>> import numpy as np
    >>> weighted_vectors(np.array([[7], [5], [7]], dtype=np.uint8))
    (array([[5.],
           [7.]]), array([1., 2.]))
    """
    if vectors.shape[1] == 1:
        counts = intensity_counts(vectors)
        values = np.flatnonzero(counts)
        return values[:, np.newaxis].astype(np.float64), counts[values].astype(np.float64)
    if vectors.shape[1] == 3:
        return palettes.distinct_colors(vectors)
    # As bytes, whole vectors are compared at once: five times as fast as unique(axis=0).
    row = np.dtype((np.void, vectors.shape[1]))
    rows, weights = np.unique(np.ascontiguousarray(vectors).view(row), return_counts=True)
    values = rows.view(np.uint8).reshape(len(rows), -1)
    return values.astype(np.float64), weights.astype(np.float64)


def check_k(k):
    """Return k as an int; raise TypeError or ValueError unless it is a whole number from 1 up.

    Examples
    --------
    >>> check_k(0)
    Traceback (most recent call last):
    ValueError: k is 0, but a codebook needs at least one codeword: try k=8.
    """
    if not isinstance(k, numbers.Integral) or isinstance(k, bool):
        raise TypeError(
            f"k is {quoted(k)}, but the number of codewords is a whole number from 1 up: try k=8."
        )
    if k < 1:
        raise ValueError(f"k is {k}, but a codebook needs at least one codeword: try k=8.")
    return int(k)


def check_vectors(vectors):
    """Raise TypeError or ValueError unless the vectors are uint8 of shape (n, d), n and d ≥ 1."""
    if not isinstance(vectors, np.ndarray) or vectors.dtype != np.uint8:
        given = getattr(vectors, "dtype", type(vectors).__name__)
        raise TypeError(
            f"The vectors are {given}, but a codebook is learned from uint8 intensities: "
            "cut a uint8 image with cut_image."
        )
    if vectors.ndim != 2 or not vectors.size:
        raise ValueError(
            f"The vectors have the shape {vectors.shape}, but a codebook is learned from an "
            "array of shape (number of vectors, entries of each): cut an image with cut_image."
        )


def check_codebook(codebook, dimensions=None):
    """Return the codebook as float64; raise an error unless it is (k, dimensions) numbers."""
    try:
        codebook = np.asarray(codebook, dtype=np.float64)
    except (TypeError, ValueError):
        raise TypeError(
            f"The codebook is of type {type(codebook).__name__} and no array of numbers, but it "
            "needs one row for each codeword: learn one with learn(vectors, k)."
        ) from None
    if codebook.ndim != 2 or not codebook.size or not np.isfinite(codebook).all():
        raise ValueError(
            f"The codebook has the shape {codebook.shape} and "
            f"{np.count_nonzero(~np.isfinite(codebook))} entries that are not finite, but it "
            "needs a row of finite numbers for each codeword: learn one with learn(vectors, k)."
        )
    if dimensions is not None and codebook.shape[1] != dimensions:
        raise ValueError(
            f"The codewords have {codebook.shape[1]} entries, but the vectors have {dimensions}: "
            "learn the codebook from vectors that are cut the same way."
        )
    return codebook


def _check_seed(random_state):
    whole = isinstance(random_state, numbers.Integral) and not isinstance(random_state, bool)
    if random_state is not None and not (whole and 0 <= random_state < 2**32):
        raise ValueError(
            f"random_state is {quoted(random_state)}, but a seed is a whole number from 0 to "
            "4,294,967,295: try random_state=0."
        )


def _check_numbers(vectors):
    """Raise TypeError or ValueError unless the vectors are numbers of shape (n, d)."""
    if not isinstance(vectors, np.ndarray) or vectors.dtype.kind not in "uif":
        given = getattr(vectors, "dtype", type(vectors).__name__)
        raise TypeError(
            f"The vectors are {given}, but an array of numbers is encoded: cut a uint8 image "
            "with cut_image."
        )
    if vectors.ndim != 2 or not vectors.size:
        raise ValueError(
            f"The vectors have the shape {vectors.shape}, but an array of shape (number of "
            "vectors, entries of each) is encoded: cut an image with cut_image."
        )
    if vectors.dtype.kind == "f" and not np.isfinite(vectors).all():
        raise ValueError(
            "The vectors hold entries that are not finite (nan or inf), but only numbers have a "
            "nearest codeword: cut a uint8 image with cut_image."
        )


def _look_up(table, indices):
    """Entry of the table for each index, as np.take does.

    That would make 8-byte integers of the indices first; bytes can be translated as they are.
    """
    if table.dtype != np.uint8 or indices.dtype != np.uint8:
        return np.take(table, indices)
    every = np.resize(table, 256).tobytes()
    found = bytearray(np.ascontiguousarray(indices)).translate(every)
    return np.frombuffer(found, np.uint8).reshape(indices.shape)


def _nearest(vectors, codebook):
    """Index of the nearest codeword for each vector, shape (n,)."""
    if codebook.shape[1] == 1 and np.all(np.diff(codebook[:, 0]) >= 0):
        boundaries = (codebook[1:, 0] + codebook[:-1, 0]) / 2
        return np.searchsorted(boundaries, vectors[:, 0])
    from sklearn.metrics import pairwise_distances_argmin

    return pairwise_distances_argmin(np.ascontiguousarray(vectors, dtype=np.float64), codebook)


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


def one_thread():
    """Return a context in which k-means keeps to one thread.

    On a busy machine, such as a shared hub, several threads wait for each other for seconds.

    Examples
    --------
    >>> with one_thread():
    ...     k_means(np.array([[0], [2], [250]], dtype=np.uint8), 2).ravel()
    array([  1., 250.])
    """
    # It comes with scikit-learn.
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def _fit_weighted(model, vectors, k):
    """Cluster centers of a scikit-learn model fitted to the distinct vectors."""
    values, weights = weighted_vectors(vectors)
    if len(values) <= k:
        return values
    with one_thread():
        model.fit(values, sample_weight=weights)
    return _sorted_if_scalar(model.cluster_centers_)


def _from_estimator(vectors, k, estimator, random_state):
    """Cluster centers of a clone of the caller's estimator."""
    model = _clone_with(estimator, k, random_state)
    distinct, _ = weighted_vectors(vectors)
    if len(distinct) <= k:
        return distinct
    try:
        with one_thread():
            centers = model.fit(vectors.astype(np.float64)).cluster_centers_
    # An estimator with wrong settings raises whatever it likes, in several sentences.
    except Exception as error:
        raise ValueError(
            f"The learner {quoted(estimator)} stops with {type(error).__name__}, but a learner "
            "has to fit vectors and leave its cluster_centers_: check its settings, or use "
            "KMeans()."
        ) from None
    return _sorted_if_scalar(centers)


def _clone_with(estimator, k, random_state):
    """Clone an estimator for k clusters; one without a seed of its own gets this one."""
    from sklearn.base import clone

    try:
        model = clone(estimator).set_params(n_clusters=k)
    except (AttributeError, TypeError, ValueError):
        raise TypeError(
            f"The learner is {quoted(estimator)}, but a learner is a name such as "
            '"k-means" or a scikit-learn clusterer with n_clusters, such as KMeans().'
        ) from None
    unseeded = model.get_params().get("random_state", 0) is None
    return model.set_params(random_state=random_state) if unseeded else model


def _sorted_if_scalar(codebook):
    codebook = np.asarray(codebook, dtype=np.float64)
    return np.sort(codebook, axis=0) if codebook.shape[1] == 1 else codebook
