"""Fast epochs of a Centroid Neural Network whose neurons have many samples each.

To decide about one sample after the other takes long, and nearly all stay where they are. So
all moves in a stretch of samples are decided at once, over and over, until nothing changes:

1. Suppose that certain samples move. Cumulative sums tell where this takes the weights, and
   so what each neuron weighs at each moment of the stretch.
2. Decide anew about each sample, by the weights at its own moment.
3. Where that is another decision than supposed, suppose it and begin again.

A decision depends on those before it only. So each round makes at least one more of them
final, and decisions that no longer change are those of the plain loop. A handful of rounds
does, and each is a few operations on whole arrays.

Only candidates take part: samples that another neuron could win if no weight goes farther
than is allowed. If one does, more is allowed, and there are more candidates.
"""

from itertools import count
from typing import NamedTuple

import numpy as np

from kquant_helpers.learners.centnn.network import PIECE_BYTES, SAME, block_rows

# Stretches double while few rounds decide them, and halve when it takes many.
_SHORTEST_STRETCH = 64
_FEW_ROUNDS, _MANY_ROUNDS = 8, 20

# How far weights may go, as multiples of how far they went by the first moves that show: of
# their own ways, and of the longest one for those that did not move yet.
_ROOM, _ROOM_FOR_ALL = 1.5, 0.02

# What the screen keeps of each sample of a stretch besides distances, in numbers of 8 bytes.
_BESIDES = 4

# Float32 rounding: relative to a sum's largest term, and more than any of a few operations.
_EPS = float(np.finfo(np.float32).eps)
_LARGER = np.float32(1 + 1e-5)


class ManySamples:
    """Runs epochs stretch by stretch.

    `unseen` are the neurons that moved since the screen last saw all samples, and `moving`
    those that moved in this epoch.
    """

    def __init__(self, network, wanted, working_memory):
        n_samples, n_features = network.samples.shape
        self.network = network
        self.screen = _Screen(network)
        # One half is for what the screen sees of a stretch, one for the candidates in it.
        self.memory = min(working_memory, 8 * n_samples * wanted / 2**20) / 2
        self.most_candidates = self._rows(wanted + 12 * n_features)

    def _rows(self, n_numbers):
        """Return how many samples may take so many numbers each."""
        return max(_SHORTEST_STRETCH, block_rows(self.memory, n_numbers))

    def start(self):
        """Take in the first two neurons, after the first epoch."""
        self.unseen = np.ones(self.network.k, dtype=bool)
        self.longest = _SHORTEST_STRETCH
        self.screen.forget()

    def place(self, j):
        """Take in the new place of a neuron."""
        if j == len(self.unseen):
            self.unseen = np.append(self.unseen, True)
        self.unseen[j] = True
        self.longest = _SHORTEST_STRETCH

    def run(self):
        """Run one epoch, and return how many samples changed neuron."""
        position = moved = 0
        self.moving = np.zeros_like(self.unseen)
        while position < len(self.network.samples):
            position, moved_here = self._run_stretch(position)
            moved += moved_here
        self.unseen = self.moving
        return moved

    def _run_stretch(self, start):
        """Decide about the samples from start on, and return where it ends and how many moved."""
        seen = np.flatnonzero(self.unseen | self.moving)
        length = min(self.longest, self._rows(len(seen) + _BESIDES))
        view = self.screen.look(slice(start, start + length), seen)
        moves = self.screen.first_sight(view)
        stop, rounds = min(start + length, len(self.network.samples)), 0
        if len(moves.rows):
            stop, rounds, moves, course = self._settle(view, moves)
            self._carry_out(moves, course)
        if rounds > _MANY_ROUNDS:
            self.longest = max(_SHORTEST_STRETCH, (stop - start) // 2)
        elif rounds < _FEW_ROUNDS:
            self.longest = max(_SHORTEST_STRETCH, 2 * (stop - start))
        return stop, len(moves.rows)

    def _settle(self, view, moves):
        """Return where the stretch ends, the rounds it took, the moves, and their course."""
        begin, rounds = _Begin(self.network), 0
        travel = begin.first_course(moves).travel()
        allowed = _ROOM * travel + _ROOM_FOR_ALL * travel.max()
        while True:
            stop, rows, near = self.screen.candidates(view, allowed, self.most_candidates)
            contest = _Contest(begin, rows, near, moves.before(stop))
            course = contest.settle()
            rounds += contest.rounds
            moves, travel = contest.moves(), course.travel()
            if (travel <= allowed).all():
                return stop, rounds, moves, course
            del contest, course
            allowed = np.maximum(allowed, travel)

    def _carry_out(self, moves, course):
        network = self.network
        ends = np.append(course.starts[1:], len(course.neurons)) - 1
        moved = np.flatnonzero(ends > course.starts)
        totals = course.totals.take(ends.take(moved), axis=0)
        network.sums[moved] = totals[:, :-1]
        for j, total in zip(moved.tolist(), totals[:, -1].tolist(), strict=True):
            network.counts[j] = int(total)
        network.labels[moves.rows] = moves.winners
        network.refresh()
        self.moving[moved] = True


class _View(NamedTuple):
    """What the screen saw of a stretch: squared distances of some neurons to its samples.

    `squares` has a row for each of these neurons, a column for each sample, and infinity
    where the sample is the neuron's own.
    """

    stretch: slice
    neurons: np.ndarray
    squares: np.ndarray


class _Screen:
    """Tells which samples could change neuron, by float32 distances and their rounding.

    `own` is at least the distance of each sample to its neuron, and `rest` at most that to
    any other. All distances are in units of the largest number.
    """

    def __init__(self, network):
        self.network = network
        samples = network.samples
        n_samples, n_features = samples.shape
        self.origin = samples.mean(axis=0)
        extremes = np.array([samples.min(axis=0), samples.max(axis=0)])
        self.unit = float(np.abs(extremes - self.origin).max()) or 1.0
        # With two more features, a product gives squared distances.
        self.points = np.ones((n_features + 2, n_samples), dtype=np.float32)
        step = max(1, PIECE_BYTES // (8 * n_features))
        for start in range(0, n_samples, step):
            piece = slice(start, start + step)
            self.points[:-2, piece] = self._scaled(samples[piece]).T
        features = self.points[:-2]
        np.einsum("ij,ij->j", features, features, out=self.points[-1])
        self.size = float(self.points[-1].max())
        self.own, self.rest = np.empty((2, n_samples), dtype=np.float32)

    def _scaled(self, rows):
        # No sample is beyond 1, so a far-off weight is at least as far as its clipped place.
        return np.minimum(np.maximum((rows - self.origin) / self.unit, -4), 4).astype(np.float32)

    def forget(self):
        """Begin anew."""
        self.rest[:] = np.inf

    def _set_planes(self):
        """Compute what gives squared distances to the weights by a product with `points`."""
        places = self._scaled(self.network.codebook[: self.network.k])
        squares = np.vecdot(places, places)
        rounding = _EPS * (2 * places.shape[1] + 16)
        self.rounding = np.float32(rounding * max(self.size, float(squares.max())))
        self.planes = np.ones((len(places), len(self.points)), dtype=np.float32)
        np.multiply(places, -2, out=self.planes[:, :-2])
        np.subtract(squares, self.rounding, out=self.planes[:, -2])

    def look(self, stretch, neurons):
        """Bring the bounds of a stretch up to date after these neurons have moved."""
        self._set_planes()
        squares = self.planes.take(neurons, axis=0) @ self.points[:, stretch]
        own, rest = self.own[stretch], self.rest[stretch]
        row = np.full(self.network.k, -1)
        row[neurons] = np.arange(len(neurons))
        row = row.take(self.network.labels[stretch])
        mine = np.flatnonzero(row >= 0)
        mine_flat = row.take(mine) * len(own) + mine
        own[mine] = self._own(squares, mine_flat)
        if len(neurons):
            np.minimum(rest, _roots(squares.min(axis=0)), out=rest)
        return _View(stretch, neurons, squares)

    def _own(self, squares, flat):
        """Return at least the distances to own neurons, and make them infinite in `squares`."""
        squares = squares.ravel()
        own = _roots(squares.take(flat) + 2 * self.rounding) * _LARGER
        squares[flat] = np.inf
        return own

    def first_sight(self, view):
        """Return samples that would move if no other did, and their winners."""
        rows = np.flatnonzero(self.rest[view.stretch] <= self.own[view.stretch])
        rows += view.stretch.start
        squares, _ = self._squares(rows)
        winners = squares.argmin(axis=0)
        nearest = _roots(squares[winners, np.arange(len(rows))])
        self.rest[rows] = nearest
        moving = np.flatnonzero(nearest <= self.own.take(rows))
        return _Moves(rows.take(moving), winners.take(moving))

    def candidates(self, view, allowed, most):
        """Return samples that may move, and which neurons (rows) may be nearest to each.

        First comes where the stretch ends: sooner, if there would be more candidates.
        """
        room = (allowed / self.unit).astype(np.float32) * _LARGER
        reach = room.take(self.network.labels[view.stretch])
        reach += self.own[view.stretch]
        others = room.copy()
        others[view.neurons] = 0
        near = self.rest[view.stretch] <= reach + others.max()
        near |= _within(view.squares, reach, room.take(view.neurons)).any(axis=0)
        rows = np.flatnonzero(near)
        stop = view.stretch.start + (rows[most] if len(rows) > most else len(near))
        rows = rows[:most]
        return stop, *self._look_closer(rows + view.stretch.start, reach.take(rows), room)

    def _look_closer(self, rows, reach, room):
        squares, own = self._squares(rows)
        self.rest[rows] = _roots(squares.min(axis=0))
        near = _within(squares, reach, room)
        left = near.any(axis=0)
        near.ravel()[own] = left
        left = np.flatnonzero(left)
        if len(left) == len(rows):
            return rows, near
        return rows.take(left), near.take(left, axis=1)

    def _squares(self, rows):
        """Return at most the squared distances of some samples to all neurons but their own."""
        squares = self.planes @ self.points.take(rows, axis=1)
        own = self.network.labels.take(rows) * len(rows) + np.arange(len(rows))
        squares.ravel()[own] = np.inf
        return squares, own


def _roots(squares):
    return np.sqrt(np.maximum(squares, 0))


def _within(squares, reach, room):
    """Tell which distances of neurons (rows) are within reach of a sample, given their room."""
    limits = reach + room[:, None]
    return squares <= np.square(limits, out=limits)


class _Moves(NamedTuple):
    """Samples in their order, and the neurons that win them."""

    rows: np.ndarray
    winners: np.ndarray

    def before(self, stop):
        """Return the moves of samples before stop."""
        n_moves = self.rows.searchsorted(stop)
        return _Moves(self.rows[:n_moves], self.winners[:n_moves])


class _Course(NamedTuple):
    """Where neurons are, from each change to the next.

    Changes are in the order of neurons, and in that of time for each; the first is where the
    neuron begins, and `starts` are the places of these. Of each change, `totals` (n_changes,
    n_features + 1) are the sum of the neuron's samples and, last, their number, and
    `weights` are the totals divided by it.
    """

    moments: np.ndarray
    neurons: np.ndarray
    starts: np.ndarray
    totals: np.ndarray
    weights: np.ndarray

    def travel(self):
        """Return how far each neuron comes from where it begins."""
        steps = self.weights - self.weights.take(self.starts.take(self.neurons), axis=0)
        return np.sqrt(np.maximum.reduceat(np.vecdot(steps, steps), self.starts))


class _Begin:
    """Where the neurons begin a stretch, and what becomes of them as samples move."""

    def __init__(self, network):
        self.network = network
        self.neurons = np.arange(network.k)
        self.totals = np.empty((network.k, network.samples.shape[1] + 1))
        self.totals[:, :-1], self.totals[:, -1] = network.sums[: network.k], network.counts
        self.empty = [j for j, count in enumerate(network.counts) if not count]
        self.totals[self.empty] = 0
        self.no_step = np.zeros_like(self.totals)

    def samples(self, rows):
        """Return samples with a 1 at their end, which counts them."""
        samples = np.ones((len(rows), self.totals.shape[1]))
        samples[:, :-1] = self.network.samples.take(rows, axis=0)
        return samples

    def first_course(self, moves):
        """Return the course on which these moves lead."""
        losers, times = self.network.labels.take(moves.rows), np.arange(len(moves.rows))
        return self.course(losers, moves.winners, self.samples(moves.rows), times, len(times) + 1)

    def course(self, losers, winners, samples, times, span):
        """Return the course on which samples lead that change neuron at such times below span."""
        neurons = np.concatenate([self.neurons, losers, winners])
        moments = neurons * span
        later = moments[len(self.neurons) :].reshape(2, -1)
        later += times
        later += 1
        order = moments.argsort()
        moments, neurons = moments.take(order), neurons.take(order)
        totals = np.concatenate([self.no_step, -samples, samples]).take(order, axis=0)
        np.cumsum(totals, axis=0, out=totals)
        starts = neurons.searchsorted(self.neurons)
        totals += (self.totals - totals.take(starts, axis=0)).take(neurons, axis=0)
        weights = totals / np.maximum(totals[:, -1:], 1)
        for j in self.empty:
            weights[starts[j], :-1], weights[starts[j], -1] = self.network.codebook[j], 1
        return _Course(moments, neurons, starts, totals, weights)


class _Contest:
    """Candidates, and the pairs of candidate and neuron in which the neuron may win.

    Pairs are in the order of neurons, and in that of samples for each; `order` turns this
    into the order of samples. A moment is a neuron's number times `span`, plus the place of
    the candidate; so all pairs and changes of a neuron follow each other in time.
    """

    def __init__(self, begin, rows, near, moves):
        n_neurons, n_rows = near.shape
        self.network, self.begin, self.rows = begin.network, begin, rows
        self.labels = self.network.labels.take(rows)
        self.span = n_rows + 1
        flat = np.flatnonzero(near)
        neurons = flat // max(n_rows, 1)
        places = flat - neurons * n_rows
        self.moments = flat + neurons
        self.order = np.argsort(places * n_neurons + neurons)
        self.neurons, self.places = neurons.take(self.order), places.take(self.order)
        self.first = self.places.searchsorted(np.arange(n_rows))
        self.samples = begin.samples(rows)
        self.paired = self.samples.take(places, axis=0)
        self.winners = self._supposed(moves)

    def _supposed(self, moves):
        """Return the winners by what was decided before, where that is about candidates."""
        winners = self.labels.copy()
        if len(winners):
            at = self.rows.searchsorted(moves.rows)
            known = self.rows.take(at, mode="clip") == moves.rows
            winners[at[known]] = moves.winners[known]
        return winners

    def settle(self):
        """Decide until no decision changes, and return the course on which they lead."""
        for self.rounds in count(1):
            movers = self._movers()
            course = self.begin.course(
                self.labels.take(movers),
                self.winners.take(movers),
                self.samples.take(movers, axis=0),
                movers,
                self.span,
            )
            winners = self._decide(course)
            if (winners == self.winners).all():
                return course
            self.winners = winners

    def _movers(self):
        return np.flatnonzero(self.winners != self.labels)

    def moves(self):
        """Return who moves, as now decided."""
        movers = self._movers()
        return _Moves(self.rows.take(movers), self.winners.take(movers))

    def _decide(self, course):
        """Return the winner of each candidate, by the weights at its moment."""
        changes = self.moments.searchsorted(course.moments)
        n_pairs = np.empty_like(changes)
        n_pairs[:-1], n_pairs[-1] = changes[1:], len(self.moments)
        n_pairs -= changes
        steps = course.weights.repeat(n_pairs, axis=0)
        steps -= self.paired
        squares = np.vecdot(steps, steps).take(self.order)
        limits = np.minimum.reduceat(squares, self.first) * (1 + SAME) + self.network.zero
        nearest = np.flatnonzero(squares <= limits.take(self.places))
        winners = self.neurons.take(nearest)
        if len(nearest) > len(self.rows):
            # Of those equally near, the first one in the order of neurons wins.
            firsts = self.places.take(nearest).searchsorted(np.arange(len(self.rows)))
            winners = winners.take(firsts)
        return self._keep_last(winners, course)

    def _keep_last(self, winners, course):
        """Leave neurons their last sample."""
        counts = course.totals[:, -1]
        if counts.min() > 1:
            return winners
        now = self.labels * self.span + np.arange(len(self.rows))
        lonely = counts.take(course.moments.searchsorted(now, side="right") - 1) == 1
        return np.where(lonely, self.labels, winners)
