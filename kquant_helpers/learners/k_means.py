"""scikit-learn's k-means in the course's ways, and vectors drawn at random to beat.

Lessons 04 to 06 set them side by side.
"""

import numpy as np

from kquant_helpers import door, quiet
from kquant_helpers.counts import few_vectors, weighted_vectors
from kquant_helpers.door import quoted
from kquant_helpers.nearest import nearest

# scikit-learn's MiniBatchKMeans draws over all samples at every step, so it gets a sample.
_MINI_BATCH_SAMPLE = 20_000


def random_codewords(vectors, k, random_state=0):
    """Draw k different vectors at random: the codebook that any learner has to beat.

    A vector that occurs twice as often is drawn twice as readily.

    Examples
    --------
    >>> random_codewords(np.array([[5], [5], [7]], dtype=np.uint8), 4).ravel()
    array([5., 7.])
    """
    distinct, weights = weighted_vectors(vectors)
    if len(distinct) <= k:
        return distinct
    generator = np.random.default_rng(random_state)
    shares = weights / weights.sum()
    return distinct[np.sort(generator.choice(len(distinct), k, replace=False, p=shares))]


def k_means(vectors, k, random_state=0):
    """Run scikit-learn's k-means (k-means++ start, one run) on all vectors.

    Equal vectors are merged and weighted, which gives the same error and takes less time.

    References
    ----------
    S. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28(2), 1982;
    D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007.

    Examples
    --------
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
    >>> random_start_k_means(np.array([[0], [2], [250]], dtype=np.uint8), 2).shape
    (2, 1)
    """
    from sklearn.cluster import KMeans

    return from_estimator(vectors, k, KMeans(init="random", n_init=1), random_state)


def mini_batch_k_means(vectors, k, random_state=0):
    """Run scikit-learn's MiniBatchKMeans on a random sample of up to 20,000 vectors.

    References
    ----------
    D. Sculley, "Web-scale k-means clustering", WWW 2010.

    Examples
    --------
    >>> mini_batch_k_means(np.array([[0], [2], [250]], dtype=np.uint8), 2).shape
    (2, 1)
    """
    from sklearn.cluster import KMeans, MiniBatchKMeans

    few = few_vectors(vectors, k)
    if few is not None:
        return few
    sample = _drawn(vectors, max(_MINI_BATCH_SAMPLE, 2 * k), random_state)
    # Where nearly each vector gets a codeword of its own, batches would leave some far off.
    crowded = 4 * k > 3 * len(weighted_vectors(sample)[0])
    kind = KMeans if crowded else MiniBatchKMeans
    model = kind(k, n_init=1 if crowded else 3, random_state=random_state)
    return _complete(_fit_weighted(model, sample, k), vectors, k)


def sample_k_means(pixels, k, random_state=0, *, n_samples=1000):
    """Learn a palette by k-means on pixels drawn at random.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted.
    random_state : int
        Seed of the draw and of k-means.
    n_samples : int
        Number of pixels drawn, without replacement; at least 2 k of them.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette.

    References
    ----------
    scikit-learn, "Color Quantization using K-Means", an example in its gallery.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> len(sample_k_means(pixels, 2))
    2
    """
    from sklearn.cluster import KMeans

    n_samples = door.whole(n_samples, "n_samples", "the number of pixels drawn", "n_samples=1000")
    few = few_vectors(door.pixels(pixels), k)
    if few is not None:
        return few
    model = KMeans(k, n_init=1, random_state=random_state)
    sample = _drawn(pixels, max(n_samples, 2 * k), random_state)
    return _complete(_fit_weighted(model, sample, k), pixels, k)


def from_estimator(vectors, k, estimator, random_state):
    """Cluster centers of a clone of the caller's estimator."""
    model = _clone_with(estimator, k, random_state)
    few = few_vectors(vectors, k)
    if few is not None:
        return few
    try:
        with quiet.one_thread():
            centers = model.fit(vectors.astype(np.float64)).cluster_centers_
        centers = door.codebook(centers, vectors.shape[1])
    # An estimator with wrong settings raises whatever it likes, in several sentences.
    except Exception as error:
        raise ValueError(
            f"The learner {quoted(estimator)} stops with {type(error).__name__}, but a learner "
            "has to fit vectors and leave its cluster_centers_: check its settings, or use "
            "KMeans()."
        ) from None
    return _complete(sorted_if_scalar(centers), vectors, k)


def _drawn(vectors, count, random_state):
    """Return so many of the vectors, or all."""
    if len(vectors) <= count:
        return vectors
    generator = np.random.default_rng(random_state)
    return vectors[generator.choice(len(vectors), count, replace=False)]


def _complete(codebook, vectors, k):
    """Put vectors that are far off in the place of equal codewords, and of missing ones."""
    different = np.unique(codebook, axis=0)
    if len(different) == k:
        return codebook
    distinct, weights = weighted_vectors(vectors)
    offsets = distinct - different[nearest(distinct, different)]
    costs = weights * np.sum(offsets**2, axis=1)
    farthest = np.argsort(-costs, kind="stable")[: k - len(different)]
    return sorted_if_scalar(np.vstack([different, distinct[farthest]]))


def _fit_weighted(model, vectors, k):
    """Cluster centers of a scikit-learn model fitted to the distinct vectors."""
    values, weights = weighted_vectors(vectors)
    if len(values) <= k:
        return values
    with quiet.one_thread():
        model.fit(values, sample_weight=weights)
    return sorted_if_scalar(model.cluster_centers_)


def _clone_with(estimator, k, random_state):
    """Clone an estimator for k clusters; one without a seed of its own gets this one."""
    from sklearn.base import clone

    try:
        model = clone(estimator).set_params(n_clusters=k)
    # scikit-learn tells of anything else in words of its own, with what that says of itself.
    except Exception:
        raise TypeError(
            f"The learner is {quoted(estimator)}, but a learner is a name such as "
            '"k-means" or a scikit-learn clusterer with n_clusters, such as KMeans().'
        ) from None
    unseeded = model.get_params().get("random_state", 0) is None
    return model.set_params(random_state=random_state) if unseeded else model


def sorted_if_scalar(codebook):
    """Return a codebook as float64, its codewords in ascending order where they are numbers."""
    codebook = np.asarray(codebook, dtype=np.float64)
    return np.sort(codebook, axis=0) if codebook.shape[1] == 1 else codebook
