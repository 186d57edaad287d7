"""Splitting: a codebook that grows by one codeword at a time, without any luck.

Lesson 06 sets it beside k-means and CentNN.
"""

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin

from kquant_helpers import door
from kquant_helpers.learners.centnn.samples import checked, count_distinct

# A twin is set this part of the way toward the farthest sample, so that it gets at least that.
_STEP = 0.01

# k-means settles long before; rounding may make it go in circles.
_ROUNDS = 1000


class Splitting(ClusterMixin, BaseEstimator):
    """Grow a codebook: split the codeword with the largest error, run k-means, split again.

    Linde, Buzo and Gray split all codewords at once; here it is one at a time, which ends at
    a smaller error, and holds the codebook of every k on the way.

    Parameters
    ----------
    n_clusters : int
        Number of codewords wanted; there are fewer where there are fewer different samples.

    Attributes
    ----------
    cluster_centers_ : ndarray of float64, shape (k, d)
        The codewords, each the mean of its samples.
    labels_ : ndarray of int, shape (n,)
        The codeword of each sample.
    codebooks_ : dict of int to ndarray
        The codebook of every k up to ``n_clusters``.

    References
    ----------
    Y. Linde, A. Buzo and R. M. Gray, "An algorithm for vector quantizer design", IEEE
    Transactions on Communications 28(1), 1980.

    Examples
    --------
    >>> grown = Splitting(2).fit([[0.0], [1.0], [8.0], [9.0]])
    >>> np.sort(grown.cluster_centers_, axis=0).ravel(), grown.codebooks_[1].ravel()
    (array([0.5, 8.5]), array([4.5]))
    """

    def __init__(self, n_clusters=8):
        self.n_clusters = n_clusters

    def fit(self, X, y=None):  # noqa: N803
        """Grow the codebook.

        Parameters
        ----------
        X : array-like, shape (n, d)
            The samples.
        y : ignored

        Returns
        -------
        self

        Raises
        ------
        TypeError, ValueError
            Where ``n_clusters`` is not a whole number from 1 up, or the samples are no finite
            numbers of shape (n, d).
        """
        wanted = door.k(self.n_clusters)
        samples = checked(self, X, reset=True).astype(np.float64)
        wanted = min(wanted, count_distinct(samples, wanted))
        codebook = samples.mean(axis=0, keepdims=True)
        labels = np.zeros(len(samples), dtype=int)
        distances = _squared_distances(samples, codebook[0])[:, np.newaxis]
        self.codebooks_ = {1: codebook}
        while len(codebook) < wanted:
            errors = distances[np.arange(len(samples)), labels]
            if not errors.any():
                break
            twin = _twin(samples, codebook, labels, errors)
            codebook = np.vstack([codebook, twin])
            distances = np.column_stack([distances, _squared_distances(samples, twin)])
            labels = _settle(samples, codebook, labels, distances)
            self.codebooks_[len(codebook)] = codebook
        self.cluster_centers_, self.labels_ = codebook, labels
        return self


def _twin(samples, codebook, labels, errors):
    """Return a codeword beside the one with the largest error."""
    worst = np.bincount(labels, errors, minlength=len(codebook)).argmax()
    farthest = samples[np.where(labels == worst, errors, -1).argmax()]
    return codebook[worst] + _STEP * (farthest - codebook[worst])


def _settle(samples, codebook, labels, distances):
    """Run k-means until nothing moves; change codebook and distances, and return the labels."""
    for _ in range(_ROUNDS):
        nearest = distances.argmin(axis=1)
        moving = nearest != labels
        if not moving.any():
            break
        for i in np.union1d(nearest[moving], labels[moving]):
            own = samples[nearest == i]
            if len(own):
                codebook[i] = own.mean(axis=0)
                distances[:, i] = _squared_distances(samples, codebook[i])
        labels = nearest
    return labels


def _squared_distances(samples, codeword):
    return np.square(samples - codeword).sum(axis=1)
