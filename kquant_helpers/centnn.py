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
from collections.abc import Mapping
from itertools import chain
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

# A bound is believed only with this much to spare, far more than float64 rounding.
_SPARE = 1e-9

# The typical number of moves of a neuron that a segment leaves room for. It sets the
# balance between planning (small) and looking at samples one by one (large).
_ROOM = 3.0

# The squares of larger numbers add up to infinity.
_LARGEST = 1e150

_SHORTEST_SEGMENT = 256
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
        about 150 bytes a sample and half the size of the data.
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
        self._add(codebook, network.labels.copy(), float(network.errors().sum()))

    def _add(self, codebook, labels, inertia):
        self.codebook, self.labels, self.inertia = codebook, labels, inertia
        self.codebooks.append(codebook + self.shift)
        self.inertias.append(inertia)

    def stop_early(self, network):
        """Take over a network in which samples still move, but no neuron without samples."""
        used = np.flatnonzero(network.counts)
        self.codebook = network.codebook[used]
        self.labels = np.searchsorted(used, network.labels)
        self.inertia = float(network.errors().sum())

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

    `weights` and `sums` are lists, of floats for samples of one feature and of rows
    otherwise: single steps on them are much faster than on slices of an array.
    `codebook` holds the weights once more, as an array with room to grow.
    """

    def __init__(self, samples, epsilon):
        self.samples, self.epsilon = samples, epsilon
        self.one_feature = samples.shape[1] == 1
        self.square = _square_number if self.one_feature else _square_row
        self.zero = _ZERO * float(np.einsum("ij,ij->i", samples, samples).max())
        self.labels = np.full(len(samples), -1, dtype=np.intp)
        mean = samples.mean(axis=0)
        self.codebook = np.array([mean + epsilon, mean - epsilon])
        self.weights = self.as_list(self.codebook)
        self.sums = self.as_list(np.zeros_like(self.codebook))
        self.counts = [0, 0]
        self.parent = None

    @property
    def k(self):
        return len(self.counts)

    def as_list(self, rows):
        return rows[:, 0].tolist() if self.one_feature else list(rows.copy())

    def winner(self, x, candidates):
        """Return the nearest of the candidates, which ascend; the lowest on a tie."""
        distances = [self.square(x - self.weights[j]) for j in candidates]
        limit = min(distances) * (1 + _SAME) + self.zero
        for j, distance in zip(candidates, distances, strict=True):
            if distance <= limit:
                return j

    def winner_of_all(self, x):
        distances = np.square(self.codebook[: self.k] - x).sum(axis=1)
        limit = distances.min() * (1 + _SAME) + self.zero
        return int((distances <= limit).argmax())

    def gain(self, j, x):
        """Give neuron j the sample x, and return how far that moves its weight."""
        count = self.counts[j] + 1
        length = math.sqrt(self.square(x - self.weights[j])) / count
        self._put(j, self.sums[j] + x, count)
        return length

    def lose(self, j, x):
        """Take the sample x from neuron j, and return how far that moves its weight."""
        count = self.counts[j] - 1
        length = math.sqrt(self.square(x - self.weights[j])) / count
        self._put(j, self.sums[j] - x, count)
        return length

    def _put(self, j, total, count):
        self.sums[j], self.counts[j] = total, count
        self.weights[j] = self.codebook[j] = total / count

    def errors(self):
        """Return the sum of squared distances of each neuron to its own samples."""
        distances = np.square(self.own_distances())
        return np.bincount(self.labels, weights=distances, minlength=self.k)

    def own_distances(self):
        """Return the distance of each sample to its own neuron, piece by piece for memory."""
        result = np.empty(len(self.samples))
        for start in range(0, len(result), 1 << 14):
            piece = slice(start, start + (1 << 14))
            step = self.samples[piece] - np.take(self.codebook, self.labels[piece], axis=0)
            result[piece] = np.sqrt(np.einsum("ij,ij->i", step, step))
        return result

    def empty_neuron(self):
        return self.counts.index(0) if 0 in self.counts else None

    def split(self):
        """Give the neuron with the largest error a twin at its weight + epsilon."""
        errors = self.errors()
        self.parent = int((errors >= errors.max() * (1 - _SAME_ERROR)).argmax())
        self._add_neuron(self.codebook[self.parent] + self.epsilon)

    def _add_neuron(self, weight):
        if self.k == len(self.codebook):
            self.codebook = np.concatenate([self.codebook, np.empty_like(self.codebook)])
        self.codebook[self.k] = weight
        self.sums.append(self.sums[0] * 0)
        self.weights.append(self.as_list(self.codebook[self.k : self.k + 1])[0])
        self.counts.append(0)

    def relocate(self):
        """Put the empty neuron onto its parent's farthest sample, and return that sample."""
        empty = self.empty_neuron()
        parent = 1 - empty if self.k == 2 else self.parent
        own = np.flatnonzero(self.labels == parent)
        distances = np.square(self.samples[own] - self.codebook[parent]).sum(axis=1)
        farthest = int(own[(distances >= distances.max() * (1 - _SAME)).argmax()])
        self.codebook[empty] = self.samples[farthest]
        self.weights[empty] = self.as_list(self.codebook[empty : empty + 1])[0]
        return farthest, empty, parent


class _Epochs:
    """Runs whole epochs: which samples are looked at, and in what steps of growth."""

    def __init__(self, network, wanted, working_memory):
        self.network = network
        self.screen = _Screen(network, _block_rows(working_memory, wanted))
        self.visit = network.samples[:, 0].tolist() if network.one_feature else network.samples
        self.n_epochs = 0
        self.segment = len(network.samples)
        self._start_step()

    def _start_step(self):
        self.epochs_in_step = 0
        self.relocated = False
        self.lowest_error = math.inf

    def run(self):
        """Run one epoch, and return how many samples changed neuron."""
        self.n_epochs += 1
        self.epochs_in_step += 1
        if self.n_epochs == 1:
            return self._first()
        n_samples = len(self.network.samples)
        self.screen.start_epoch()
        position = moved = 0
        while position < n_samples:
            stop = min(n_samples, position + self.segment)
            reached, moved_here = self._run_segment(position, stop)
            longest = max(_SHORTEST_SEGMENT, 2 * (reached - position))
            self.segment = min(n_samples, longest)
            position = reached
            moved += moved_here
        return moved

    def _first(self):
        network = self.network
        for i, x in enumerate(self.visit):
            j = network.winner(x, (0, 1))
            network.gain(j, x)
            network.labels[i] = j
        self.screen.measure_radius()
        return len(network.samples)

    def _run_segment(self, start, stop):
        """Look at samples start to stop, or fewer where a weight moves farther than planned."""
        network, screen, visit = self.network, self.screen, self.visit
        drift = _Drift(screen.allowance(stop - start))
        lengths = drift.lengths
        moved = 0
        for i, loser, rival, near, young, far in screen.plan(start, stop, drift.allowed):
            way = lengths[loser]
            others_stay_away = way + drift.farthest < far
            # The loop's one hot line: nobody can have come nearer than the sample's own neuron.
            if others_stay_away and way + lengths[rival] < near and way + lengths[-1] < young:
                continue
            winner = self._winner(visit[i], loser, rival, not others_stay_away)
            if winner == loser or network.counts[loser] == 1:
                continue
            drift.add(loser, network.lose(loser, visit[i]))
            drift.add(winner, network.gain(winner, visit[i]))
            network.labels[i] = winner
            screen.forget(i)
            moved += 1
            if drift.exceeded(loser) or drift.exceeded(winner):
                stop = i + 1
                break
        screen.moved(drift.lengths, stop - start)
        return stop, moved

    def _winner(self, x, own, rival, anyone):
        if anyone:
            return self.network.winner_of_all(x)
        candidates = {own, rival, self.network.k - 1}
        return self.network.winner(x, sorted(candidates))

    def going_in_circles(self):
        """Tell whether many epochs moved samples without any gain: only rounding is left."""
        if self.epochs_in_step % _EPOCHS_PER_ERROR_CHECK:
            return False
        error = float(self.network.errors().sum())
        circles = error >= self.lowest_error
        self.lowest_error = error
        return circles

    def split(self):
        self.screen.adopt_youngest()
        self.network.split()
        self.screen.start_growth()
        self._start_step()

    def relocate(self):
        """Move the empty neuron onto a sample; return False where that was in vain before."""
        if self.relocated:
            return False
        self.network.relocate()
        self.screen.start_growth()
        self.relocated = True
        return True


class _Drift:
    """How far each weight has moved within a segment, against what the plan allowed."""

    def __init__(self, allowed):
        self.allowed = allowed
        self.limits = allowed.tolist()
        self.lengths = [0.0] * len(allowed)
        self.youngest = len(allowed) - 1
        self.farthest = 0.0

    def add(self, j, length):
        self.lengths[j] += length
        if j != self.youngest and self.lengths[j] > self.farthest:
            self.farthest = self.lengths[j]

    def exceeded(self, j):
        return self.lengths[j] > self.limits[j]


class _Screen:
    """Bounds on distances, which tell most samples that they stay where they are.

    For each sample: `own`, at least the distance to its own neuron; `rival`, the nearest
    other neuron when last looked at; `near`, at most the distance to the rival; `far`, at
    most the distance to all the rest. A weight that moves makes them wrong by the length of
    its way at most, so they are stored relative to how far weights had moved by then:
    `ways` for each weight, `reach` for the one that moved farthest in each epoch.

    The youngest neuron moves most, and its distances are computed afresh each time. All
    distances to many neurons are float32, made smaller by all the rounding there can be.
    """

    def __init__(self, network, block_rows):
        n = len(network.samples)
        self.network, self.block_rows = network, block_rows
        self.origin = network.samples.mean(axis=0)
        self.unit = float(np.abs(network.samples - self.origin).max()) or 1.0
        self.points = self._scaled(network.samples)
        self.squares = np.einsum("ij,ij->i", self.points, self.points)
        self.size = float(self.squares.max())
        self.spare = _SPARE * math.sqrt(network.zero / _ZERO)
        self.own = np.full(n, np.inf)
        self.near = np.full(n, np.inf)
        self.far = np.full(n, np.inf)
        self.rival = np.zeros(n, dtype=np.intp)
        self.ways = np.zeros(2)
        self.rates = np.zeros(2)
        self.reach = 0.0

    def _scaled(self, rows):
        # No sample is beyond 1, so a far-off weight is at least as far as its clipped place.
        return np.clip((rows - self.origin) / self.unit, -4, 4).astype(np.float32)

    def _places(self):
        places = self._scaled(self.network.codebook[: self.network.k])
        squares = np.einsum("ij,ij->i", places, places)
        rounding = np.finfo(np.float32).eps * (2 * places.shape[1] + 16)
        return places, squares, rounding * max(self.size, float(squares.max()))

    def measure_radius(self):
        self.errors = self.network.errors()
        self.radius = math.sqrt(self.errors.sum() / len(self.own))

    def start_epoch(self):
        self.epoch_ways = self.ways.copy()
        self.epoch_reach = self.reach

    def start_growth(self):
        """Make room for a new neuron whose place has nothing to do with the bounds yet."""
        new = self.network.k - len(self.ways)
        self.ways = np.append(self.ways, np.zeros(new))
        self.rates = np.append(self.rates, np.zeros(new))
        self.rates[-1] = 0.0
        # After a relocation of neuron 0 the bounds are about another place.
        if self.network.k == 2:
            self.own[:] = np.inf

    def allowance(self, n_samples):
        """Return how far each weight may move before the plan of a segment is void."""
        shift = self.radius * self.network.k / len(self.own)
        allowed = 2 * self.rates * n_samples + _ROOM * shift
        if self.network.counts[-1] == 0:
            allowed[-1] = 0.0
        return allowed

    def forget(self, i):
        self.own[i] = np.inf

    def moved(self, lengths, n_samples):
        lengths = np.array(lengths)
        self.ways += lengths
        self.rates = lengths / n_samples
        # The reach of an epoch counts from its start, for bounds made within it do so too.
        reach = self.epoch_reach + (self.ways - self.epoch_ways)[:-1].max()
        self.reach = max(self.reach, reach)

    def plan(self, start, stop, allowed):
        """Return (sample, own, rival, near, young, far) of each sample that may move.

        The last three say how much farther than its own neuron the rival, the youngest and
        all the rest are from the sample at least.
        """
        places = self._places()
        rows = self._unsafe(start, stop, allowed, places)
        step = self.block_rows
        blocks = [rows[i : i + step] for i in range(0, len(rows), step)]
        columns = [self._look(block, allowed, places) for block in blocks]
        lists = [[values.tolist() for values in column] for column in columns]
        return chain.from_iterable(zip(*block, strict=True) for block in lists)

    def _unsafe(self, start, stop, allowed, places):
        """Return the samples that their old bounds cannot vouch for."""
        piece = slice(start, stop)
        labels = self.network.labels[piece]
        ways = self.ways + allowed
        upper = np.take(ways, labels)
        upper += self.own[piece]
        lower = self.near[piece] - np.take(ways, self.rival[piece])
        np.minimum(lower, self.far[piece] - (self.reach + allowed[:-1].max()), out=lower)
        young = self._young(self.points[piece], self.squares[piece], places)
        young -= allowed[-1]
        np.putmask(young, labels == len(allowed) - 1, np.inf)
        np.minimum(lower, young, out=lower)
        lower *= 1 - _SPARE
        lower -= self.spare
        return start + np.flatnonzero(upper >= lower)

    def _young(self, points, squares, places):
        """Return at most the distance to the youngest neuron."""
        codewords, lengths, rounding = places
        distances = points @ (-2 * codewords[-1])
        distances += squares
        distances += lengths[-1] - rounding
        np.maximum(distances, 0, out=distances)
        return np.sqrt(distances, out=distances).astype(np.float64) * self.unit

    def _look(self, rows, allowed, places):
        """Compute the bounds of some samples afresh, and return the plan's columns."""
        labels = np.take(self.network.labels, rows)
        points, squares = np.take(self.points, rows, axis=0), np.take(self.squares, rows)
        own = self._own(points, labels, places)
        rival, near, far = self._others(points, squares, labels, places)
        young = self._young(points, squares, places)
        young[labels == len(allowed) - 1] = np.inf
        self.own[rows] = own - self.ways[labels]
        self.rival[rows] = rival
        self.near[rows] = near + self.ways[rival]
        self.far[rows] = far + self.epoch_reach
        near, young, far = (other * (1 - _SPARE) - own - self.spare for other in (near, young, far))
        room = allowed[labels]
        risky = (near <= room + allowed[rival]) | (young <= room + allowed[-1])
        risky |= far <= room + allowed[:-1].max()
        return tuple(v[risky] for v in (rows, labels, rival, near, young, far))

    def _own(self, points, labels, places):
        """Return at least the distance to the own neuron."""
        step = points - np.take(places[0], labels, axis=0)
        squares = np.einsum("ij,ij->i", step, step).astype(np.float64)
        # A difference of float32 coordinates up to 1 is off by 2 eps at most.
        off = 4 * np.finfo(np.float32).eps * points.shape[1] ** 0.5
        return (np.sqrt(squares) * (1 + points.shape[1] * 1e-7) + off) * self.unit

    def _others(self, points, squares, labels, places):
        """Return the rival, and at most the distances to it and to the rest."""
        codewords, lengths, rounding = places
        distances = points @ (-2 * codewords[:-1]).T
        distances += lengths[:-1]
        every = np.arange(len(points))
        old = np.flatnonzero(labels < len(lengths) - 1)
        distances[old, labels[old]] = np.inf
        rival = distances.argmin(axis=1)
        near = distances[every, rival]
        distances[every, rival] = np.inf
        far = distances.min(axis=1)
        rest = squares - np.float32(rounding)
        near, far = (np.sqrt(np.maximum(value + rest, 0)) for value in (near, far))
        return rival, near.astype(np.float64) * self.unit, far.astype(np.float64) * self.unit

    def adopt_youngest(self):
        """Take the youngest neuron into the bounds, before a younger one comes."""
        youngest = self.network.k - 1
        labels = self.network.labels
        young = self._young(self.points, self.squares, self._places())
        near = self.near - self.ways[self.rival]
        nearer = (young < near) & (labels != youngest)
        rest = np.where(nearer, near, young) + self.reach
        np.minimum(self.far, rest, out=self.far, where=labels != youngest)
        self.rival[nearer] = youngest
        self.near[nearer] = young[nearer] + self.ways[youngest]
        self.own = self.network.own_distances() - self.ways[labels]
        self.measure_radius()


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
            network.split()
            relocated = False
            yield event("split", None, network.k - 1, network.parent)


def _plain_epoch(network):
    """Yield (sample, winner, loser) of each sample that changes neuron."""
    visit = network.as_list(network.samples)
    for i, x in enumerate(visit):
        winner, loser = network.winner(x, range(network.k)), int(network.labels[i])
        if winner == loser or (loser >= 0 and network.counts[loser] == 1):
            continue
        network.gain(winner, x)
        if loser >= 0:
            network.lose(loser, x)
        network.labels[i] = winner
        yield i, winner, loser if loser >= 0 else None


def _square_number(difference):
    return difference * difference


def _square_row(difference):
    return difference.dot(difference)


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
