"""Fast epochs of a Centroid Neural Network whose neurons have few samples each."""

import numpy as np

from kquant_helpers.learners.centnn.network import block_rows

_LOOKS = 8


class FewSamples:
    """Runs epochs by looking, after each move, at what it means for all samples.

    Where neurons have few samples, a move carries two weights far, and it is not worth while
    to think ahead. But one product tells which samples the two new weights concern. All
    others are passed over, in this epoch and in the next.

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
        self.rows = min(_LOOKS, block_rows(working_memory, wanted))
        self.every = np.arange(self.rows)

    def start(self):
        """Take in the first two neurons, after the first epoch."""
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
