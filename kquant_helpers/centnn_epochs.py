"""Fast epochs for a Centroid Neural Network: the labels of a plain loop, found sooner.

A stream runs the samples of an epoch in their order and looks only at those which might move.
There are three: by a table of values for samples of one feature, by looking at all samples
after each move where they are few, and by bounds on how far weights may travel where they are
many. Each keeps to the rules of `kquant_helpers.centnn_network`.
"""

import math
from bisect import bisect_left, bisect_right
from heapq import heappop, heappush

import numpy as np

from kquant_helpers.centnn_network import PIECE, SAME, ZERO

# Up to so many samples, it is faster to look at all after each move than to keep bounds.
FEW_SAMPLES = 2048
_LOOKS = 8

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


class Epochs:
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
        """Give the neuron with the largest error a twin."""
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
    if n_samples <= FEW_SAMPLES:
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
        self.rows = min(_LOOKS, block_rows(working_memory, wanted))
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
        self.blur = 1e-10 * math.sqrt(network.zero / ZERO)
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
        step = max(1, PIECE // len(weights))
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
        self.piece_rows = block_rows(working_memory / 4, wanted)
        self.origin = network.samples.mean(axis=0)
        self.unit = float(np.abs(network.samples - self.origin).max()) or 1.0
        points = self._scaled(network.samples)
        squares = np.einsum("ij,ij->i", points, points)[:, None]
        self.size = float(squares.max())
        # With these two more features, one product gives squared distances.
        self.points = np.hstack([points, np.ones_like(squares), squares])
        self.spare = _SPARE * math.sqrt(network.zero / ZERO)
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
        for at in range(0, len(stale), self.piece_rows):
            self._look(stale[at : at + self.piece_rows])
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


def block_rows(working_memory, k):
    """Return how many rows of k distances fit into so many MiB."""
    return max(1, int(working_memory * 2**20 / (8 * k)))
