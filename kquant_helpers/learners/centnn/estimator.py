"""The Centroid Neural Network (CentNN) as a scikit-learn estimator.

`CentroidNeuralNetwork` grows a codebook one neuron at a time. It gives the labels of a plain
loop over the samples, and is fast because it looks only at samples which might move.
`kquant_helpers.learners.centnn.growth` is that plain loop, event by event, for pictures.

The rules, where the article leaves them open
---------------------------------------------
First epoch. The two first neurons stand at mean + epsilon and mean - epsilon with no samples,
and no sample has a neuron yet: it is won by one neuron and lost by none.

Weights. A weight is the sum of its samples divided by their count. Sums of whole numbers are
exact, so gray levels give the same labels on every machine.

Ties. Squared distances (and, at a split, errors) that differ by no more than rounding can
explain are equal, and the lowest index wins. A loop that adds ``(x - w) / (N + 1)`` instead
of keeping sums then has the same winners, though its weights differ in the last digits.

A twin that attracts nobody. Epsilon in every feature can point away from all samples. The twin
then moves onto the sample of its parent that is farthest from the parent (the first on a tie),
which the next epoch gives to it. So no neuron stays empty.

An end. In exact arithmetic each move lowers the total squared error or, at distance 0, an
index, so nobody moves for ever. Rounding could still let samples of (almost) equal neurons
circle; every 100 epochs with the same neurons must lower the error, or they count as quiet.
"""

import numbers
import warnings
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.base import (
    BaseEstimator,
    ClassNamePrefixFeaturesOutMixin,
    ClusterMixin,
    TransformerMixin,
)
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import check_is_fitted

from kquant_helpers import door
from kquant_helpers.learners.centnn.epochs import Epochs
from kquant_helpers.learners.centnn.network import SAME, Network, block_rows, own_squares
from kquant_helpers.learners.centnn.samples import (
    check_enough,
    check_settings,
    checked,
    count_distinct,
    exact_shift,
    whole_weights,
)


class Progress(NamedTuple):
    """What `CentroidNeuralNetwork` tells its callback after each epoch.

    Attributes
    ----------
    epoch : int
        Epochs so far.
    n_moved : int
        Samples that changed neuron in this epoch.
    n_neurons : int
        Neurons so far.
    n_clusters : int
        Neurons wanted.
    """

    epoch: int
    n_moved: int
    n_neurons: int
    n_clusters: int


class Codebooks(Mapping):
    """The codebook of every k on the way: ``codebooks[k]`` has shape (k, d).

    Only codewords that differ from those of k - 1 are kept, for most stay as they are.

    Examples
    --------
    >>> import numpy as np
    >>> books = CentroidNeuralNetwork(3).fit(np.array([[0.0], [1.0], [8.0], [9.0]])).codebooks_
    >>> list(books)
    [1, 2, 3]
    >>> books[1]
    array([[4.5]])
    """

    def __init__(self, dtype=np.float64):
        self._dtype = dtype
        self._changes = []
        self._last = None

    def append(self, codebook):
        """Add the codebook that has one codeword more than the last."""
        k = len(codebook)
        changed = np.ones(k, dtype=bool)
        if self._last is not None:
            changed[:-1] = (codebook[:-1] != self._last).any(axis=1)
        indices = np.flatnonzero(changed)
        self._changes.append((indices, codebook[indices]))
        self._last = codebook.copy()

    def __getitem__(self, k):
        if not isinstance(k, numbers.Integral) or not 1 <= k <= len(self):
            raise KeyError(k)
        codebook = np.empty((int(k), self._last.shape[1]))
        for indices, codewords in self._changes[: int(k)]:
            codebook[indices] = codewords
        return codebook.astype(self._dtype)

    def __iter__(self):
        return iter(range(1, len(self) + 1))

    def __len__(self):
        return len(self._changes)


class CentroidNeuralNetwork(
    ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator
):
    """Cluster samples with Park's Centroid Neural Network. Lessons 05 and 06 introduce it.

    Two neurons start at the mean ± epsilon. Samples come one by one, in the order given; a
    sample that changes neuron pulls the winner and pushes the loser, so that each weight
    stays the mean of its samples, and a neuron never loses its last sample. When an epoch
    moves nobody, the neuron with the largest squared error gets a twin. Nothing is random.

    Parameters
    ----------
    n_clusters : int, default=8
        Number of neurons, at least 1 and at most the number of samples.
    epsilon : float, default=0.05
        What is added to each feature of a weight to place its twin, in units of the data.
    max_epochs : int, default=None
        The most epochs over the samples; None for as many as it takes. A fit that this
        stops says so with a ConvergenceWarning.
    working_memory : float, default=8.0
        MiB that working arrays may take, however many samples and neurons there are; they
        take what 64 samples need at least. Besides them, a fit needs about 50 bytes a sample
        and a copy of the data at most; for samples of one feature, which are all different,
        370 bytes a sample.
    callback : callable, default=None
        Called with a `Progress` after each epoch.

    Attributes
    ----------
    cluster_centers_ : ndarray, shape (k, n_features)
        The weights: each is the mean of its samples.
    labels_ : ndarray of int, shape (n_samples,)
        The neuron of each sample.
    inertia_ : float
        Sum of squared distances of the samples to their neurons.
    n_iter_ : int
        Epochs.
    codebooks_ : Codebooks
        ``codebooks_[k]`` is the codebook of k neurons once nobody moves: the one that a fit
        with ``n_clusters=k`` ends with.
    inertias_ : ndarray, shape (len(codebooks_),)
        The inertia of each of them; that of k neurons stands at k - 1.
    n_features_in_ : int
        Number of features.

    Notes
    -----
    A KeyboardInterrupt goes on to the caller, but the attributes then hold the largest
    network in which nobody moved. The module's docstring lists the rules in detail.

    References
    ----------
    D.-C. Park, "Centroid neural network for unsupervised competitive learning", IEEE
    Transactions on Neural Networks 11(2), 2000.

    Examples
    --------
    >>> import numpy as np
    >>> samples = np.array([[0.0, 0.0], [0.0, 1.0], [8.0, 8.0], [8.0, 9.0]])
    >>> network = CentroidNeuralNetwork(n_clusters=2).fit(samples)
    >>> network.labels_
    array([1, 1, 0, 0])
    >>> network.cluster_centers_
    array([[8. , 8.5],
           [0. , 0.5]])
    """

    def __init__(
        self, n_clusters=8, epsilon=0.05, *, max_epochs=None, working_memory=8.0, callback=None
    ):
        self.n_clusters = n_clusters
        self.epsilon = epsilon
        self.max_epochs = max_epochs
        self.working_memory = working_memory
        self.callback = callback

    def fit(self, X, y=None, sample_weight=None):  # noqa: N803
        """Grow the network.

        Parameters
        ----------
        X : array-like, shape (n_samples, n_features)
            The samples, in the order in which the network sees them.
        y : ignored
        sample_weight : array-like of whole numbers, shape (n_samples,), optional
            How often each sample comes, one time right after the other.

        Returns
        -------
        self

        Raises
        ------
        TypeError, ValueError
            Where a parameter or the samples cannot be used; the message says how to mend it.
        """
        self._check_parameters()
        n_clusters = int(self.n_clusters)
        given = checked(self, X, reset=True)
        times = whole_weights(sample_weight, len(given))
        samples = given if times is None else given.repeat(times, axis=0)
        check_enough(samples, n_clusters)
        shift = exact_shift(samples)
        self._record = _Record(samples.dtype, shift)
        values = samples.astype(np.float64, copy=False)
        network = Network(values - shift if shift.any() else values, float(self.epsilon))
        wanted = _reachable(network.samples, n_clusters)
        try:
            self._grow(network, wanted)
        finally:
            self._record.hand_over(self)
            del self._record
        if times is not None:
            self._merge_labels(given, times)
        return self

    def _merge_labels(self, samples, times):
        """Keep one label for each sample; one that never came has that of its nearest neuron."""
        labels = self.predict(samples)
        came = times > 0
        labels[came] = self.labels_[(np.cumsum(times) - times)[came]]
        self.labels_ = labels

    def predict(self, X):  # noqa: N803
        """Return the index of the nearest neuron of each sample, the lowest on a tie.

        Parameters
        ----------
        X : array-like, shape (n_samples, n_features)

        Returns
        -------
        ndarray of int, shape (n_samples,)
        """
        check_is_fitted(self)
        samples = checked(self, X, reset=False)
        rows = block_rows(self.working_memory, len(self.cluster_centers_))
        pieces = [samples[i : i + rows] for i in range(0, len(samples), rows)]
        return np.concatenate([_nearest(piece, self.cluster_centers_) for piece in pieces])

    def transform(self, X):  # noqa: N803
        """Return the distance of each sample to each neuron.

        Parameters
        ----------
        X : array-like, shape (n_samples, n_features)

        Returns
        -------
        ndarray, shape (n_samples, k)
        """
        check_is_fitted(self)
        samples = checked(self, X, reset=False)
        return cdist(samples, self.cluster_centers_).astype(samples.dtype)

    def score(self, X, y=None, sample_weight=None):  # noqa: N803
        """Return minus the sum of squared distances of the samples to their nearest neurons.

        Parameters
        ----------
        X : array-like, shape (n_samples, n_features)
        y : ignored
        sample_weight : array-like of whole numbers, shape (n_samples,), optional
            How often each sample counts.

        Returns
        -------
        float
            The larger, the better; never above 0.
        """
        squares = self.transform(X).astype(np.float64).min(axis=1) ** 2
        times = whole_weights(sample_weight, len(squares))
        return -float(squares.sum() if times is None else squares @ times)

    @property
    def _n_features_out(self):
        return len(self.cluster_centers_)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags

    def _check_parameters(self):
        check_settings(self.n_clusters, self.epsilon)
        if self.max_epochs is not None:
            example = "max_epochs=1000, or None for no limit"
            door.whole(self.max_epochs, "max_epochs", "the number of epochs", example)
        memory = ("what working arrays may take, in MiB,", "working_memory=8.0")
        door.positive(self.working_memory, "working_memory", *memory)
        if self.callback is not None and not callable(self.callback):
            raise TypeError(
                f"callback is {door.quoted(self.callback)}, but it must be a function that takes a "
                "Progress: try callback=print, or None."
            )

    def _grow(self, network, wanted):
        record = self._record
        record.one_neuron(network.samples)
        if wanted == 1:
            return
        epochs = Epochs(network, wanted, self.working_memory)
        while True:
            moved = epochs.run()
            record.n_epochs = epochs.n_epochs
            if self.callback is not None:
                self.callback(Progress(epochs.n_epochs, moved, network.k, self.n_clusters))
            quiet = moved == 0 or epochs.going_in_circles()
            if quiet and network.empty_neuron() is None:
                record.add(network)
                if network.k == wanted:
                    return
                epochs.split()
            elif quiet and not epochs.relocate():
                return _warn_fewer(len(record.codebooks), self.n_clusters)
            if epochs.n_epochs == self.max_epochs:
                record.stop_early(network)
                return _warn_early(self.max_epochs, len(record.codebook), self.n_clusters)


class _Record:
    """The last whole state of a fit, and the way there."""

    def __init__(self, dtype, shift):
        self.dtype, self.shift = dtype, shift
        self.codebooks = Codebooks(dtype)
        self.inertias = []
        self.n_epochs = 0
        self.codebook = None

    def one_neuron(self, samples):
        mean = samples.mean(axis=0, keepdims=True)
        labels = np.zeros(len(samples), dtype=np.intp)
        self._add(mean, labels, float(own_squares(samples, mean, labels).sum()))

    def add(self, network):
        network.recount()
        codebook = network.codebook[: network.k].copy()
        self._add(codebook, network.labels.copy(), float(network.measure().sum()))

    def _add(self, codebook, labels, inertia):
        self.codebook, self.labels, self.inertia = codebook, labels, inertia
        self.codebooks.append(codebook + self.shift)
        self.inertias.append(inertia)

    def stop_early(self, network):
        """Take over a network in which samples still move, but no neuron without samples."""
        used = np.flatnonzero(network.counts)
        self.codebook = network.codebook[used]
        self.labels = np.searchsorted(used, network.labels)
        self.inertia = float(network.measure().sum())

    def hand_over(self, estimator):
        if self.codebook is None:
            return
        estimator.cluster_centers_ = (self.codebook + self.shift).astype(self.dtype)
        estimator.labels_ = self.labels
        estimator.inertia_ = self.inertia
        estimator.n_iter_ = self.n_epochs
        estimator.codebooks_ = self.codebooks
        estimator.inertias_ = np.array(self.inertias)


def _reachable(samples, n_clusters):
    """Return how many neurons can have a place of their own."""
    n_distinct = count_distinct(samples, n_clusters)
    if n_distinct < n_clusters:
        _warn_fewer(n_distinct, n_clusters)
    return min(n_clusters, n_distinct)


def _nearest(samples, codebook):
    """Return the lowest index among the nearest codewords of each sample."""
    distances = cdist(samples, codebook, "sqeuclidean")
    return (distances <= distances.min(axis=1, keepdims=True) * (1 + SAME)).argmax(axis=1)


def _warn_fewer(n_distinct, n_clusters):
    warnings.warn(
        f"Number of distinct samples ({n_distinct}) is smaller than n_clusters ({n_clusters}), "
        f"so there are {n_distinct} neurons: lower n_clusters or give more different samples.",
        ConvergenceWarning,
        stacklevel=4,
    )


def _warn_early(max_epochs, k, n_clusters):
    warnings.warn(
        f"Stopped early after max_epochs={max_epochs} with {k} of {n_clusters} neurons, and "
        "samples may still move: raise max_epochs, or use None for no limit.",
        ConvergenceWarning,
        stacklevel=4,
    )
