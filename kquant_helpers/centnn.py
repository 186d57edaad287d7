"""The Centroid Neural Network (CentNN) as a scikit-learn estimator.

`CentroidNeuralNetwork` grows a codebook one neuron at a time. It gives the labels of a plain
loop over the samples, and is fast because it looks only at samples which might move.
`growth_events` is that plain loop, event by event, for pictures.

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

import math
import numbers
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from scipy.sparse import issparse
from sklearn.base import (
    BaseEstimator,
    ClassNamePrefixFeaturesOutMixin,
    ClusterMixin,
    TransformerMixin,
)
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import pairwise_distances
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

__all__ = ["CentroidNeuralNetwork", "Codebooks", "GrowthEvent", "Progress", "growth_events"]

# Equal up to rounding: relative, and relative to the largest squared length of a sample.
_SAME = 1e-11
_ZERO = 1e-19
_SAME_ERROR = 1e-9

# Distances this close to each other, relative to the largest squared length of a sample, are
# compared by the exact rules. It is far more than the rounding of any way to compute them.
_CLOSE = 1e-10

# The squares of larger numbers add up to infinity.
_LARGEST = 1e150

# Up to so many samples, it is faster to look at all after each move than to keep bounds.
_FEW_SAMPLES = 2048
_LOOKS = 8

# Passes over all samples take so many at a time, to bound what they keep in memory.
_PIECE = 1 << 12

# A bound is believed only with this much to spare, far more than float64 rounding.
_SPARE = 1e-9
_FAR_AWAY = np.float32(1e30)
_EPS = float(np.finfo(np.float32).eps)

# A segment leaves room for so many times the moves of the last one, and for so many moves of
# a neuron besides. Little room means many plans; much, many visits one by one.
_HASTE = 2.0
_ROOM = 3.0
_SHORTEST_SEGMENT = 1024
_EPOCHS_PER_ERROR_CHECK = 100


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


class GrowthEvent(NamedTuple):
    """One event of a growing network, see `growth_events`.

    Attributes
    ----------
    kind : {"start", "move", "split", "relocate"}
        Two first neurons; a sample that changes neuron; a new twin; a twin that attracted
        nobody moves onto a sample.
    epoch : int
        Epochs begun so far.
    sample : int or None
        Index of the sample that moves, or onto which a twin relocates.
    winner : int or None
        The neuron that gains the sample, or the twin.
    loser : int or None
        The neuron that loses the sample (None in the first epoch), or the twin's parent.
    weights : ndarray of float64, shape (k, d)
        A copy of the weights after the event.
    labels : ndarray of int, shape (n,)
        A copy of the labels after the event; -1 has no neuron yet.
    """

    kind: str
    epoch: int
    sample: int | None
    winner: int | None
    loser: int | None
    weights: np.ndarray
    labels: np.ndarray


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
    working_memory : float, default=2.0
        MiB that one block of sample-to-neuron distances may take. Besides it, a fit needs
        about 150 bytes a sample and half the size of the data; for samples of one feature,
        which are all different, 370 bytes a sample.
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
        self, n_clusters=8, epsilon=0.05, *, max_epochs=None, working_memory=2.0, callback=None
    ):
        self.n_clusters = n_clusters
        self.epsilon = epsilon
        self.max_epochs = max_epochs
        self.working_memory = working_memory
        self.callback = callback

    def fit(self, X, y=None):  # noqa: N803
        """Grow the network.

        Parameters
        ----------
        X : array-like, shape (n_samples, n_features)
            The samples, in the order in which the network sees them.
        y : ignored

        Returns
        -------
        self

        Raises
        ------
        TypeError, ValueError
            Where a parameter or the samples cannot be used; the message says how to mend it.
        """
        self._check_parameters()
        samples = _checked(self, X, reset=True)
        _check_enough(samples, self.n_clusters)
        shift = _exact_shift(samples)
        self._record = _Record(samples.dtype, shift)
        values = samples.astype(np.float64, copy=False)
        network = _Network(values - shift if shift.any() else values, self.epsilon)
        wanted = self._reachable(network.samples)
        try:
            self._grow(network, wanted)
        finally:
            self._record.hand_over(self)
            del self._record
        return self

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
        samples = _checked(self, X, reset=False)
        rows = _block_rows(self.working_memory, len(self.cluster_centers_))
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
        samples = _checked(self, X, reset=False)
        return pairwise_distances(samples, self.cluster_centers_).astype(samples.dtype)

    @property
    def _n_features_out(self):
        return len(self.cluster_centers_)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags

    def _check_parameters(self):
        _check_whole(self.n_clusters, "n_clusters", "n_clusters=8")
        if self.max_epochs is not None:
            _check_whole(self.max_epochs, "max_epochs", "max_epochs=1000, or None for no limit")
        _check_positive(self.epsilon, "epsilon", "epsilon=0.05")
        _check_positive(self.working_memory, "working_memory", "working_memory=2.0 (MiB)")
        if self.callback is not None and not callable(self.callback):
            raise TypeError(
                f"callback is {self.callback!r}, but it must be a function that takes a "
                "Progress: try callback=print, or None."
            )

    def _reachable(self, samples):
        """Return how many neurons can have a place of their own."""
        n_distinct = _count_distinct(samples, self.n_clusters)
        if n_distinct < self.n_clusters:
            _warn_fewer(n_distinct, self.n_clusters)
        return min(self.n_clusters, n_distinct)

    def _grow(self, network, wanted):
        record = self._record
        record.one_neuron(network.samples)
        if wanted == 1:
            return
        epochs = _Epochs(network, wanted, self.working_memory)
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
        self._add(mean, labels, float(np.square(samples - mean).sum()))

    def add(self, network):
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


class _Network:
    """Neurons, their samples, and the rules by which samples change neuron.

    A neuron without samples has a place instead: it stands in `sums` as well.
    """

    def __init__(self, samples, epsilon):
        self.samples, self.epsilon = samples, epsilon
        largest = float(np.einsum("ij,ij->i", samples, samples).max())
        self.zero = _ZERO * largest
        self.close = _CLOSE * largest
        self.labels = np.full(len(samples), -1, dtype=np.intp)
        mean = samples.mean(axis=0)
        self.codebook = np.array([mean + epsilon, mean - epsilon])
        self.sums = self.codebook.copy()
        self.counts = [0, 0]
        self.parent = None

    @property
    def k(self):
        return len(self.counts)

    def winner(self, x):
        """Return the nearest neuron, the lowest index on a tie."""
        distances = np.square(self.codebook[: self.k] - x).sum(axis=1)
        limit = distances.min() * (1 + _SAME) + self.zero
        return int((distances <= limit).argmax())

    def gain(self, j, x):
        if not self.counts[j]:
            self.sums[j] = 0
        self.sums[j] += x
        self.counts[j] += 1
        self.codebook[j] = self.sums[j] / self.counts[j]

    def lose(self, j, x):
        self.sums[j] -= x
        self.counts[j] -= 1
        self.codebook[j] = self.sums[j] / self.counts[j]

    def refresh(self):
        """Bring the codebook up to date after changes of sums and counts."""
        k = self.k
        np.divide(self.sums[:k], np.maximum(self.counts, 1)[:, None], out=self.codebook[:k])

    def measure(self):
        """Return the sum of squared distances of each neuron to its own samples."""
        self.squares = self._own_squares()
        self.errors = np.bincount(self.labels, weights=self.squares, minlength=self.k)
        return self.errors

    def _own_squares(self):
        """Return each sample's squared distance to its neuron, piece by piece for memory."""
        result = np.empty(len(self.samples))
        for start in range(0, len(result), _PIECE):
            piece = slice(start, start + _PIECE)
            step = self.samples[piece] - np.take(self.codebook, self.labels[piece], axis=0)
            np.einsum("ij,ij->i", step, step, out=result[piece])
        return result

    def empty_neuron(self):
        return self.counts.index(0) if 0 in self.counts else None

    def split(self):
        """Give the neuron with the largest error, as last measured, a twin at weight + epsilon."""
        errors = self.errors
        self.parent = int((errors >= errors.max() * (1 - _SAME_ERROR)).argmax())
        if self.k == len(self.codebook):
            self.codebook = np.concatenate([self.codebook, np.empty_like(self.codebook)])
            self.sums = np.concatenate([self.sums, np.empty_like(self.sums)])
        self.counts.append(0)
        self._place(self.k - 1, self.codebook[self.parent] + self.epsilon)

    def relocate(self):
        """Put the empty neuron onto its parent's farthest sample, and return that sample."""
        empty = self.empty_neuron()
        parent = 1 - empty if self.k == 2 else self.parent
        own = np.flatnonzero(self.labels == parent)
        distances = np.square(self.samples[own] - self.codebook[parent]).sum(axis=1)
        farthest = int(own[(distances >= distances.max() * (1 - _SAME)).argmax()])
        self._place(empty, self.samples[farthest])
        return farthest, empty, parent

    def _place(self, j, weight):
        self.sums[j] = self.codebook[j] = weight


class _Epochs:
    """Runs whole epochs, and the steps of growth between them."""

    def __init__(self, network, wanted, working_memory):
        self.network = network
        self.stream = _stream(network, wanted, working_memory)
        self.n_epochs = 0
        self._start_step()

    def _start_step(self):
        self.epochs_in_step = 0
        self.relocated = False
        self.lowest_error = math.inf

    def run(self):
        """Run one epoch, and return how many samples changed neuron."""
        self.n_epochs += 1
        self.epochs_in_step += 1
        if self.n_epochs > 1:
            return self.stream.run()
        _first_epoch(self.network)
        self.network.measure()
        self.stream.start()
        return len(self.network.samples)

    def going_in_circles(self):
        """Tell whether many epochs moved samples without any gain: only rounding is left."""
        if self.epochs_in_step % _EPOCHS_PER_ERROR_CHECK:
            return False
        error = float(self.network.measure().sum())
        circles = error >= self.lowest_error
        self.lowest_error = error
        return circles

    def split(self):
        self.network.split()
        self.stream.place(self.network.k - 1)
        self._start_step()

    def relocate(self):
        """Move the empty neuron onto a sample; return False where that was in vain before."""
        if self.relocated:
            return False
        self.stream.place(self.network.relocate()[1])
        self.relocated = True
        return True


def _stream(network, wanted, working_memory):
    """Return what runs the epochs fastest."""
    n_samples, n_features = network.samples.shape
    if n_features == 1:
        return _Values(network)
    if n_samples <= _FEW_SAMPLES:
        return _FewSamples(network, wanted, working_memory)
    return _ManySamples(network, wanted, working_memory)


def _first_epoch(network):
    """Give each sample to the nearer of the two first neurons.

    The squared distance to a neuron with sum s of n samples is |x|² + |s|²/n² - (2/n) x·s, so
    that two products tell the nearer one, and no weight needs to be divided out.
    """
    sums, counts = network.sums, network.counts
    first, second = sums
    heights, slopes = [float(s.dot(s)) for s in sums], [2.0, 2.0]
    for i, x in enumerate(network.samples):
        nearer = heights[0] - slopes[0] * x.dot(first) - heights[1] + slopes[1] * x.dot(second)
        if abs(nearer) <= network.close:
            network.refresh()
            j = network.winner(x)
        else:
            j = 0 if nearer < 0 else 1
        total = (first, second)[j]
        if counts[j]:
            total += x
        else:
            total[:] = x
        counts[j] += 1
        heights[j] = float(total.dot(total)) / counts[j] ** 2
        slopes[j] = 2 / counts[j]
        network.labels[i] = j
    network.refresh()


class _FewSamples:
    """Runs epochs by looking, after each move, at what it means for all samples.

    Where neurons have few samples, a move carries two weights far, and bounds on distances
    do not last. But then all samples are few, and one product tells which of them
    the two new weights concern. All others are passed over, in this epoch and in the next.

    Distances are squared and lack |x|², which is the same for all neurons: with a 1 after
    each sample they are one product. `own` is the distance to the own neuron, and `rest` at
    most that to any other.
    """

    def __init__(self, network, wanted, working_memory):
        n_samples, n_features = network.samples.shape
        self.network = network
        self.points = np.hstack([network.samples, np.ones((n_samples, 1))])
        self.planes = np.empty((wanted, n_features + 1))
        self.own = np.empty(n_samples)
        self.rest = np.full(n_samples, -np.inf)
        self.rows = min(_LOOKS, _block_rows(working_memory, wanted))
        self.every = np.arange(self.rows)

    def start(self):
        for j in range(self.network.k):
            self.place(j)

    def place(self, j):
        """Take in the new place of one neuron."""
        self._set_plane(j)
        self._meet(j, self.points.dot(self.planes[j]))

    def _set_plane(self, j):
        weight = self.network.codebook[j]
        np.multiply(weight, -2, out=self.planes[j, :-1])
        self.planes[j, -1] = weight.dot(weight)

    def _meet(self, j, distances):
        mine = np.flatnonzero(self.network.labels == j)
        # What is close counts as nearer, for the exact rules decide then.
        self.own[mine] = distances[mine] + self.network.close
        distances[mine] = np.inf
        np.minimum(self.rest, distances, out=self.rest)

    def run(self):
        """Run one epoch, and return how many samples changed neuron."""
        position = moved = 0
        while True:
            rows = np.flatnonzero(self.rest[position:] <= self.own[position:])[: self.rows]
            if not len(rows):
                return moved
            rows += position
            first, winner = self._first_mover(rows)
            position = rows[first] + 1
            if winner is not None:
                moved += self._move(position - 1, winner)

    def _first_mover(self, rows):
        """Return which of the rows is the first to move, and its winner if there is one."""
        labels = np.take(self.network.labels, rows)
        distances = np.take(self.points, rows, axis=0) @ self.planes[: self.network.k].T
        distances[self.every[: len(rows)], labels] = np.inf
        nearest = distances.min(axis=1)
        self.rest[rows] = nearest
        movers = nearest <= np.take(self.own, rows)
        first = int(movers.argmax())
        if not movers[first]:
            return len(rows) - 1, None
        close = self.network.close
        rivals = distances[first] <= nearest[first] + close
        if np.count_nonzero(rivals) == 1 and nearest[first] < self.own[rows[first]] - 2 * close:
            return first, int(rivals.argmax())
        return first, self.network.winner(self.network.samples[rows[first]])

    def _move(self, i, winner):
        network, loser = self.network, int(self.network.labels[i])
        if winner == loser or network.counts[loser] == 1:
            return 0
        x = network.samples[i]
        network.lose(loser, x)
        network.gain(winner, x)
        network.labels[i] = winner
        self._set_plane(loser)
        self._set_plane(winner)
        distances = self.planes[[loser, winner]] @ self.points.T
        self._meet(loser, distances[0])
        self._meet(winner, distances[1])
        return 1


class _Values:
    """Runs epochs over samples of one feature, as lists of plain numbers.

    Samples of the same value have the same winner. So a table from distinct values to
    winners is kept, in which a move changes only what lies next to its two neurons; the next
    sample to move is the first one, among the values that changed winner, with another
    neuron than its value has in the table. `dirty` are the values that may have such samples.

    Where neighboring weights are all `apart`, the table is a list of cuts between neurons in
    ascending order. Where they are not (they may even coincide), all of it is computed anew
    by the rules for ties.
    """

    def __init__(self, network):
        self.network = network
        samples = network.samples[:, 0]
        values, which = np.unique(samples, return_inverse=True)
        self.distinct = values
        self.values = values.tolist()
        self.which = which.tolist()
        order = np.argsort(which, kind="stable")
        self.positions = [
            part.tolist() for part in np.split(order, np.cumsum(np.bincount(which))[:-1])
        ]
        self.samples = samples.tolist()
        self.table = [-1] * len(values)
        self.blur = 1e-10 * math.sqrt(network.zero / _ZERO)
        self.apart = 10 * self.blur

    def start(self):
        self.labels = self.network.labels.tolist()
        self.dirty = set()
        self._read()

    def place(self, j):
        self._read()

    def _read(self):
        network = self.network
        self.weights = network.codebook[: network.k, 0].tolist()
        self.sums = network.sums[: network.k, 0].tolist()
        self.counts = network.counts
        self._sort(-1, [])

    def _write(self):
        network = self.network
        network.sums[: network.k, 0] = self.sums
        network.refresh()
        network.labels[:] = self.labels

    def _sort(self, position, heap):
        """Compute the whole table anew."""
        weights = self.weights
        self.order = sorted(range(len(weights)), key=weights.__getitem__)
        self.rank = [0] * len(weights)
        for r, j in enumerate(self.order):
            self.rank[j] = r
        gaps = zip(self.order, self.order[1:], strict=False)
        self.sorted = all(weights[b] - weights[a] > self.apart for a, b in gaps)
        if self.sorted:
            pairs = zip(self.order, self.order[1:], strict=False)
            inner = [self._cut(a, b) for a, b in pairs]
            self.cuts = [0, *inner, len(self.values)]
            winners = np.repeat(self.order, np.diff(self.cuts)).tolist()
        else:
            winners = self._winners()
        for v, (old, new) in enumerate(zip(self.table, winners, strict=True)):
            if old != new:
                self._change(v, new, position, heap)

    def _winners(self):
        """Return the winner of each value by the rules for ties, piece by piece for memory."""
        weights, winners = np.array(self.weights), []
        step = max(1, _PIECE // len(weights))
        for start in range(0, len(self.distinct), step):
            distances = np.square(self.distinct[start : start + step, None] - weights)
            limits = distances.min(axis=1, keepdims=True) * (1 + _SAME) + self.network.zero
            winners += (distances <= limits).argmax(axis=1).tolist()
        return winners

    def _cut(self, left, right):
        """Return how many values are below the border between two neurons next to each other."""
        values, border = self.values, (self.weights[left] + self.weights[right]) / 2
        cut = bisect_left(values, border - self.blur)
        while cut < len(values) and values[cut] <= border + self.blur:
            if not self._goes_left(values[cut], left, right):
                break
            cut += 1
        return cut

    def _goes_left(self, x, left, right):
        squares = [(x - self.weights[j]) ** 2 for j in (left, right)]
        limit = min(squares) * (1 + _SAME) + self.network.zero
        return squares[0] <= limit and (left < right or squares[1] > limit)

    def _change(self, v, winner, position, heap):
        """Give a value another winner, and note the next sample that has not."""
        self.table[v] = winner
        self.dirty.add(v)
        self._note_next(v, position, heap)

    def _note_next(self, v, position, heap):
        labels, winner, here = self.labels, self.table[v], self.positions[v]
        for at in range(bisect_right(here, position), len(here)):
            if labels[here[at]] != winner:
                heappush(heap, here[at])
                return True
        return False

    def run(self):
        """Run one epoch, and return how many samples changed neuron."""
        heap, moved = [], 0
        self.dirty = {v for v in self.dirty if self._note_next(v, -1, heap)}
        labels, table, which, counts = self.labels, self.table, self.which, self.counts
        while heap:
            i = heappop(heap)
            v, loser = which[i], labels[i]
            winner = table[v]
            if winner == loser:
                continue
            if counts[loser] > 1:
                self._move(i, loser, winner)
                moved += 1
                self._update(loser, winner, i, heap)
            self._note_next(v, i, heap)
        if moved:
            self._write()
        return moved

    def _move(self, i, loser, winner):
        x, sums, counts, weights = self.samples[i], self.sums, self.counts, self.weights
        sums[loser] -= x
        sums[winner] = sums[winner] + x if counts[winner] else x
        counts[loser] -= 1
        counts[winner] += 1
        weights[loser] = sums[loser] / counts[loser]
        weights[winner] = sums[winner] / counts[winner]
        self.labels[i] = winner

    def _update(self, loser, winner, position, heap):
        """Bring the table up to date after the weights of two neurons have changed."""
        if not self.sorted:
            return self._sort(position, heap)
        order, cuts, weights, values = self.order, self.cuts, self.weights, self.values
        first, second = self.rank[loser], self.rank[winner]
        changed = []
        for r in {first, first + 1, second, second + 1}:
            if r == 0 or r == len(order):
                continue
            low, high = weights[order[r - 1]], weights[order[r]]
            if high - low <= self.apart:
                return self._sort(position, heap)
            border, cut = (low + high) / 2, cuts[r]
            above = cut == 0 or values[cut - 1] < border - self.blur
            if above and (cut == len(values) or values[cut] > border + self.blur):
                continue
            cuts[r] = self._cut(order[r - 1], order[r])
            changed += range(min(cut, cuts[r]), max(cut, cuts[r]))
        for v in changed:
            self._change(v, order[bisect_right(cuts, v) - 1], position, heap)


class _ManySamples:
    """Runs epochs by bounds, which tell most samples that they stay where they are.

    For each sample, `rival` is the nearest other neuron when last looked at. Three bounds
    tell how much farther than the sample's own neuron others are at least: `near` is about the
    rival, `young` about the youngest neuron, which moves most, and `far` about all the rest.
    A weight that moves makes a bound wrong by the length of its way at most. So bounds are
    stored as limits that ways may reach: those of the own neuron and of the rival together
    for `near`, of the own and the youngest for `young`; for `far` that of the own neuron and
    `reach`, which adds up how far the weight that moved farthest came in each segment.

    An epoch is run in segments. Each begins with a plan: how far weights are `allowed` to move
    in it, and which samples may move if they do. Only these are visited one by one. A weight
    that goes farther ends the segment early.
    """

    def __init__(self, network, wanted, working_memory):
        n = len(network.samples)
        self.network = network
        # A look takes some float32 copies of its distances.
        self.block_rows = _block_rows(working_memory / 4, wanted)
        self.origin = network.samples.mean(axis=0)
        self.unit = float(np.abs(network.samples - self.origin).max()) or 1.0
        points = self._scaled(network.samples)
        squares = np.einsum("ij,ij->i", points, points)[:, None]
        self.size = float(squares.max())
        # With these two more features, one product gives squared distances.
        self.points = np.hstack([points, np.ones_like(squares), squares])
        self.spare = _SPARE * math.sqrt(network.zero / _ZERO)
        self.near, self.far, self.young = np.empty((3, n))
        self.rival = np.zeros(n, dtype=np.intp)
        self.looked = np.empty(n, dtype=np.intp)
        self.epoch = 0
        self.segment = n

    def _scaled(self, rows):
        # No sample is beyond 1, so a far-off weight is at least as far as its clipped place.
        return np.minimum(np.maximum((rows - self.origin) / self.unit, -4), 4).astype(np.float32)

    def start(self):
        self.ways = np.zeros(self.network.k)
        self.rates = np.zeros(self.network.k)
        self.reach = 0.0
        for bound in (self.near, self.far, self.young):
            bound[:] = -np.inf
        self.looked[:] = -1
        self._read()

    def _read(self):
        network = self.network
        self.sums = list(network.sums[: network.k])
        counts = [count or 1 for count in network.counts]
        self.heights = [float(s.dot(s)) / c**2 for s, c in zip(self.sums, counts, strict=True)]
        self.slopes = [2 / count for count in counts]
        self.radius = math.sqrt(network.squares.mean())

    def place(self, j):
        """Take in the new place of a neuron."""
        network = self.network
        network.measure()
        if network.k == 2:
            return self.start()
        if j == len(self.ways):
            rest = self.young - (self.ways[-1] - self.reach)
            np.minimum(self.far, rest, out=self.far)
            self.ways = np.append(self.ways, 0.0)
            self.rates = np.append(self.rates, 0.0)
        self._read()
        self.rates[-1] = 0.0
        step = self._distances(slice(None), self._planes()[-1:])[0] - np.sqrt(network.squares)
        self.young = step - self.spare + self.ways.take(network.labels) + self.ways[-1]

    def _planes(self):
        """Return what gives squared distances to the weights by a product with `points`."""
        self.network.refresh()
        places = self._scaled(self.network.codebook[: self.network.k])
        squares = np.einsum("ij,ij->i", places, places)
        rounding = _EPS * (2 * places.shape[1] + 16)
        self.rounding = np.float32(rounding * max(self.size, float(squares.max())))
        planes = np.ones((len(places), places.shape[1] + 2), dtype=np.float32)
        np.multiply(places, -2, out=planes[:, :-2])
        planes[:, -2] = squares
        return planes

    def _distances(self, rows, planes):
        """Return at most the distances of some samples to some neurons."""
        return self._roots(planes @ self.points[rows].T - self.rounding)

    def _roots(self, squares):
        return np.sqrt(np.maximum(squares, 0)).astype(np.float64) * (self.unit * (1 - 1e-6))

    def _look(self, rows):
        """Compute the bounds of some samples afresh."""
        labels, every = self.network.labels.take(rows), np.arange(len(rows))
        squares = self._planes() @ np.take(self.points, rows, axis=0).T
        own = self._roots(squares[labels, every] + self.rounding) * (1 + 4e-6)
        squares -= self.rounding
        np.maximum(squares, 0, out=squares)
        squares[labels, every] = _FAR_AWAY
        rival, near, far = _two_least(squares[:-1], every)
        ways = self.ways.take(labels) - own - self.spare
        self.rival[rows] = rival
        self.near[rows] = self._roots(near) + ways + self.ways.take(rival)
        self.far[rows] = self._roots(far) + ways + self.reach
        self.young[rows] = self._roots(squares[-1]) + ways + self.ways[-1]
        self.looked[rows] = self.epoch

    def run(self):
        """Run one epoch, and return how many samples changed neuron."""
        n_samples = len(self.network.samples)
        self.epoch += 1
        position = moved = 0
        while position < n_samples:
            stop = min(n_samples, position + self.segment)
            reached, moved_here = self._run_segment(position, stop)
            longest = max(_SHORTEST_SEGMENT, 2 * (reached - position))
            self.segment = min(n_samples, longest)
            position = reached
            moved += moved_here
        self.network.refresh()
        return moved

    def _run_segment(self, start, stop):
        """Visit samples start to stop, or fewer where a weight moves farther than planned."""
        allowed = self._allowed(stop - start)
        limits, drift = allowed.tolist(), [0.0] * len(allowed)
        moved, farthest = 0, 0.0
        for i, own, rival, quick, near, far, young in self._plan(start, stop, allowed):
            way = drift[own]
            # The one hot line: the rival cannot have come nearer than the own neuron.
            if way + drift[rival] < quick:
                continue
            if way + farthest >= far:
                winner = self._winner_of_all(i)
            elif way + drift[-1] >= young:
                winner = self._winner(i, own, rival, len(drift) - 1)
            elif way + drift[rival] >= near:
                winner = self._winner(i, own, rival)
            else:
                continue
            if winner == own or self.network.counts[own] == 1:
                continue
            self._move(i, own, winner, drift)
            moved += 1
            if drift[winner] > farthest or drift[own] > farthest:
                farthest = max(drift[:-1])
            if drift[own] > limits[own] or drift[winner] > limits[winner]:
                stop = i + 1
                break
        self._moved(np.array(drift), stop - start)
        return stop, moved

    def _allowed(self, n_samples):
        """Return how far each weight may move before the plan of a segment is void."""
        shift = self.radius * self.network.k / len(self.near)
        return _HASTE * self.rates * n_samples + _ROOM * shift

    def _plan(self, start, stop, allowed):
        """Return what to know about each sample that may move: a row of plain numbers."""
        piece = slice(start, stop)
        ways, reach = self.ways + allowed, self.reach + allowed[:-1].max()
        way = ways.take(self.network.labels[piece])
        wide = np.minimum(self.far[piece] - reach, self.young[piece] - ways[-1])
        near = self.near[piece] - ways.take(self.rival[piece])
        rows = np.flatnonzero(way >= np.minimum(near, wide))
        # A bound of this epoch is good enough where only the rival matters.
        stale = (self.looked[piece].take(rows) != self.epoch) | (way[rows] >= wide[rows])
        rows += start
        stale = rows[stale]
        for at in range(0, len(stale), self.block_rows):
            self._look(stale[at : at + self.block_rows])
        return self._columns(rows, allowed)

    def _columns(self, rows, allowed):
        own, rival = self.network.labels.take(rows), self.rival.take(rows)
        way, room = self.ways.take(own), allowed.take(own)
        near = self.near.take(rows) - way - self.ways.take(rival)
        far = self.far.take(rows) - way - self.reach
        young = self.young.take(rows) - way - self.ways[-1]
        # Most samples need to mind their rival only; the others fail the quick test.
        wide = (far <= room + allowed[:-1].max()) | (young <= room + allowed[-1])
        quick = np.where(wide, -1.0, near)
        risky = np.flatnonzero(quick <= room + allowed.take(rival))
        columns = (rows, own, rival, quick, near, far, young)
        return zip(*(column.take(risky).tolist() for column in columns), strict=True)

    def _square(self, x, j):
        """Return the squared distance to neuron j without |x|², which is the same for all."""
        return self.heights[j] - self.slopes[j] * float(x.dot(self.sums[j]))

    def _winner(self, i, own, *rivals):
        x = self.network.samples[i]
        least, winner = self._square(x, own), own
        close = self.network.close
        for j in rivals:
            square = self._square(x, j)
            if abs(square - least) <= close and j != winner:
                return self._exact_winner(x)
            if square < least:
                least, winner = square, j
        return winner

    def _winner_of_all(self, i):
        x = self.network.samples[i]
        k = self.network.k
        squares = np.array(self.heights) - np.array(self.slopes) * (self.network.sums[:k] @ x)
        rivals = squares <= squares.min() + self.network.close
        if np.count_nonzero(rivals) > 1:
            return self._exact_winner(x)
        return int(rivals.argmax())

    def _exact_winner(self, x):
        self.network.refresh()
        return self.network.winner(x)

    def _move(self, i, loser, winner, drift):
        x, counts, sums = self.network.samples[i], self.network.counts, self.sums
        square = float(x.dot(x)) + self.network.close
        for j, count in ((loser, counts[loser] - 1), (winner, counts[winner] + 1)):
            total = sums[j]
            drift[j] += math.sqrt(max(0.0, square + self._square(x, j))) / count
            if j == loser:
                np.subtract(total, x, out=total)
            elif count == 1:
                total[:] = x
            else:
                np.add(total, x, out=total)
            counts[j] = count
            self.heights[j] = float(total.dot(total)) / count**2
            self.slopes[j] = 2 / count
        self.network.labels[i] = winner
        self.near[i] = -np.inf
        self.looked[i] = -1

    def _moved(self, drift, n_samples):
        self.ways += drift
        # One segment says little about rare movers, so that rates remember the ones before.
        self.rates = (self.rates + drift / n_samples) / 2
        self.reach += drift[:-1].max()


def _two_least(squares, every):
    """Return the row of the least number in each column, and the two least numbers.

    Positive float32 numbers are in the same order as their bits. With the row instead of the
    last bits, a plain minimum tells number and row at once, and faster than argmin. The
    numbers come out a bit too small, which a bound may be.
    """
    mask = (1 << (len(squares) - 1).bit_length()) - 1
    bits = squares.view(np.int32) & ~mask
    bits |= np.arange(len(squares), dtype=np.int32)[:, None]
    least = bits.min(axis=0)
    rows = least & mask
    bits[rows, every] = np.float32(_FAR_AWAY).view(np.int32)
    return rows, (least & ~mask).view(np.float32), (bits.min(axis=0) & ~mask).view(np.float32)


def growth_events(samples, n_clusters, epsilon=0.05):
    """Yield what happens in a growing network, sample by sample. Lesson 05 plays it back.

    This is the plain loop: readable, slow, and meant for some hundred points. It ends with
    the labels of `CentroidNeuralNetwork`.

    Parameters
    ----------
    samples : array-like, shape (n, d)
        The samples, in the order in which the network sees them.
    n_clusters : int
        Number of neurons, at least 1. No more neurons grow than there are distinct samples.
    epsilon : float
        What is added to each feature of a weight to place its twin.

    Yields
    ------
    GrowthEvent
        A start, then moves, splits and relocations in the order in which they happen.

    Examples
    --------
    >>> events = list(growth_events([[0.0], [1.0], [8.0], [9.0]], n_clusters=2))
    >>> [(event.kind, event.sample, event.winner) for event in events]
    [('start', None, None), ('move', 0, 1), ('move', 1, 1), ('move', 2, 0), ('move', 3, 0)]
    >>> events[-1].weights
    array([[8.5],
           [0.5]])
    """
    CentroidNeuralNetwork(n_clusters, epsilon)._check_parameters()
    samples = _checked_array(samples)
    _check_enough(samples, n_clusters)
    return _events(samples, min(n_clusters, _count_distinct(samples, n_clusters)), epsilon)


def _events(samples, wanted, epsilon):
    shift = _exact_shift(samples)
    network = _Network(samples - shift, epsilon)
    epoch, relocated = 0, False

    def event(kind, sample=None, winner=None, loser=None):
        weights = network.codebook[: network.k] + shift
        return GrowthEvent(kind, epoch, sample, winner, loser, weights, network.labels.copy())

    if wanted == 1:
        return
    yield event("start")
    while True:
        epoch += 1
        quiet = True
        for move in _plain_epoch(network):
            quiet = False
            yield event("move", *move)
        if not quiet:
            continue
        if network.empty_neuron() is not None:
            if relocated:
                return
            relocated = True
            yield event("relocate", *network.relocate())
        elif network.k == wanted:
            return
        else:
            network.measure()
            network.split()
            relocated = False
            yield event("split", None, network.k - 1, network.parent)


def _plain_epoch(network):
    """Yield (sample, winner, loser) of each sample that changes neuron."""
    for i, x in enumerate(network.samples):
        winner, loser = network.winner(x), int(network.labels[i])
        if winner == loser or (loser >= 0 and network.counts[loser] == 1):
            continue
        network.gain(winner, x)
        if loser >= 0:
            network.lose(loser, x)
        network.labels[i] = winner
        yield i, winner, loser if loser >= 0 else None


def _nearest(samples, codebook):
    """Return the lowest index among the nearest codewords of each sample."""
    samples, codebook = samples.astype(np.float64), codebook.astype(np.float64)
    origin = codebook.mean(axis=0)
    distances = pairwise_distances(samples - origin, codebook - origin, metric="sqeuclidean")
    # These come from products, and rounding there goes with the length of the vectors.
    rounding = 1e-14 * np.square(samples - origin).sum(axis=1, keepdims=True)
    ties = distances <= distances.min(axis=1, keepdims=True) * (1 + _SAME) + rounding
    return ties.argmax(axis=1)


def _block_rows(working_memory, k):
    return max(1, int(working_memory * 2**20 / (8 * k)))


def _exact_shift(samples):
    """Return what to subtract from each feature, so that sums of far-off values stay precise.

    Only where values are far from 0 compared to their range: subtracting is exact there.
    Whole numbers that add up exactly stay as they are.
    """
    low, high = samples.min(axis=0).astype(np.float64), samples.max(axis=0).astype(np.float64)
    biggest = np.maximum(np.abs(low), np.abs(high))
    far_off = biggest > 1000 * (high - low)
    return np.where(far_off, low, 0.0)


def _count_distinct(samples, enough):
    """Return the number of distinct samples, or some number from `enough` up."""
    rows = 2 * enough
    while rows < len(samples):
        n_distinct = len(np.unique(samples[:rows], axis=0))
        if n_distinct >= enough:
            return n_distinct
        rows *= 4
    return len(np.unique(samples, axis=0))


def _check_whole(value, name, example):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(
            f"{name} is {value!r}, but it must be a whole number from 1 up: try {example}."
        )
    if value < 1:
        raise ValueError(
            f"{name} is {value}, but it must be a whole number from 1 up: try {example}."
        )


def _check_positive(value, name, example):
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} is {value!r}, but it must be a number above 0: try {example}.")
    if not 0 < value < math.inf:
        raise ValueError(f"{name} is {value}, but it must be a number above 0: try {example}.")


def _check_enough(samples, n_clusters):
    if n_clusters > len(samples):
        raise ValueError(
            f"n_clusters is {n_clusters}, but n_samples={len(samples)} can have at most one "
            f"neuron each: try n_clusters={len(samples)} or more samples."
        )


def _checked(estimator, samples, reset):
    """Return the samples as float64, or float32 where they are that."""
    _refuse(samples)
    return validate_data(estimator, samples, reset=reset, dtype=[np.float64, np.float32], order="C")


def _checked_array(samples):
    _refuse(samples)
    return check_array(samples, dtype=np.float64, order="C")


def _refuse(samples):
    """Say in one sentence what scikit-learn would say in several."""
    if issparse(samples):
        return
    array = _as_array(samples)
    if array.dtype.kind in "US":
        raise ValueError("X holds text, but samples are numbers: convert them to floats first.")
    if array.ndim != 2:
        raise ValueError(
            f"X is {array.ndim}D, but samples are rows of a 2D array (n_samples, n_features): "
            "Reshape your data, with X.reshape(-1, 1) for samples of one feature."
        )
    if array.dtype.kind == "f" and array.size:
        _refuse_odd_floats(array)


def _as_array(samples):
    try:
        return np.asarray(samples)
    except ValueError:
        raise ValueError(
            "X has rows of different lengths, but samples are rows of the same length: give an "
            "array of shape (n_samples, n_features)."
        ) from None


def _refuse_odd_floats(array):
    largest = max(abs(float(array.min())), abs(float(array.max())))
    if largest <= _LARGEST:
        return
    what = "NaN" if np.isnan(largest) else "infinity" if np.isinf(largest) else f"{largest:g}"
    raise ValueError(
        f"X contains {what}, but samples are finite numbers up to {_LARGEST:g}: leave out or "
        "replace such entries."
    )


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
