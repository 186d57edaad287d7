"""Epochs of a Centroid Neural Network, and the steps of growth between them.

A stream runs the samples of an epoch in their order, finds the labels of a plain loop, and
looks only at samples which might move. There are three: by a table of values for samples of
one feature, by looking at all samples after each move where neurons have few, and by deciding
all moves of a stretch at once where they have many.
"""

import math

from kquant_helpers.learners.centnn.few_samples import FewSamples
from kquant_helpers.learners.centnn.many_samples import ManySamples
from kquant_helpers.learners.centnn.values import Values

# Up to so many samples for each neuron, it is faster to look at all after each move.
FEW_PER_NEURON = 20
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
        return Values(network)
    if n_samples <= FEW_PER_NEURON * wanted:
        return FewSamples(network, wanted, working_memory)
    return ManySamples(network, wanted, working_memory)


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
