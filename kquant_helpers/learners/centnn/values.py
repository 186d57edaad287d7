"""Fast epochs of a Centroid Neural Network over samples of one feature."""

import math
from bisect import bisect_left, bisect_right
from heapq import heappop, heappush

import numpy as np

from kquant_helpers.learners.centnn.network import PIECE_BYTES, SAME, ZERO


class Values:
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
        self.blur = 1e-10 * math.sqrt(network.zero / ZERO)
        self.apart = 10 * self.blur

    def start(self):
        """Take in the first two neurons, after the first epoch."""
        self.labels = self.network.labels.tolist()
        self.dirty = set()
        self._read()

    def place(self, j):
        """Take in the new place of a neuron."""
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
        step = max(1, PIECE_BYTES // (8 * len(weights)))
        for start in range(0, len(self.distinct), step):
            distances = np.square(self.distinct[start : start + step, None] - weights)
            limits = distances.min(axis=1, keepdims=True) * (1 + SAME) + self.network.zero
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
        limit = min(squares) * (1 + SAME) + self.network.zero
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
