"""A Centroid Neural Network that grows event by event, for pictures: the plain loop itself."""

from typing import NamedTuple

import numpy as np

from kquant_helpers.learners.centnn.network import Network
from kquant_helpers.learners.centnn.samples import (
    check_enough,
    check_settings,
    checked_array,
    count_distinct,
    exact_shift,
)


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
    check_settings(n_clusters, epsilon)
    samples, n_clusters = checked_array(samples), int(n_clusters)
    check_enough(samples, n_clusters)
    return _events(samples, min(n_clusters, count_distinct(samples, n_clusters)), float(epsilon))


def _events(samples, wanted, epsilon):
    shift = exact_shift(samples)
    network = Network(samples - shift, epsilon)
    epoch, relocated = 0, False

    def event(kind, sample=None, winner=None, loser=None):
        weights = network.codebook[: network.k] + shift
        return GrowthEvent(kind, epoch, sample, winner, loser, weights, network.labels.copy())

    if wanted == 1:
        return
    yield event("start")
    while True:
        epoch += 1
        move = None
        for move in _plain_epoch(network):
            yield event("move", *move)
        if move is not None:
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
