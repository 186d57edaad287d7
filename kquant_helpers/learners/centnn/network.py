"""The neurons of a Centroid Neural Network, and the rules by which samples change neuron.

`kquant_helpers.learners.centnn` says what the rules are; this is where they are written down.
"""

import numpy as np
from scipy.sparse import csr_array

# Equal up to rounding: relative, and relative to the largest squared length of a sample.
SAME = 1e-11
ZERO = 1e-19
_SAME_ERROR = 1e-9

# Distances this close to each other, relative to the largest squared length of a sample, are
# compared by the exact rules. It is far more than the rounding of any way to compute them.
_CLOSE = 1e-10

# Passes over all samples take so many bytes of them at a time, to bound what they keep.
PIECE_BYTES = 1 << 15


def block_rows(working_memory, k):
    """Return how many rows of k distances fit into so many MiB."""
    return max(1, int(float(working_memory) * 2**20 / (8 * k)))


def own_squares(samples, codebook, labels):
    """Return each sample's squared distance to its neuron, piece by piece for memory."""
    result = np.empty(len(samples))
    rows = max(1, PIECE_BYTES // samples[0].nbytes)
    for start in range(0, len(result), rows):
        piece = slice(start, start + rows)
        step = np.take(codebook, labels[piece], axis=0)
        step -= samples[piece]
        np.einsum("ij,ij->i", step, step, out=result[piece])
    return result


class Network:
    """Neurons, their samples, and the rules by which samples change neuron.

    A neuron without samples has a place instead: it stands in `sums` as well.
    """

    def __init__(self, samples, epsilon):
        self.samples, self.epsilon = samples, epsilon
        largest = float(np.einsum("ij,ij->i", samples, samples).max())
        self.zero = ZERO * largest
        self.close = _CLOSE * largest
        self.labels = np.full(len(samples), -1, dtype=np.intp)
        mean = samples.mean(axis=0)
        self.codebook = np.array([mean + epsilon, mean - epsilon])
        self.sums = self.codebook.copy()
        self.counts = [0, 0]
        self.parent = None

    @property
    def k(self):
        """Number of neurons."""
        return len(self.counts)

    def winner(self, x):
        """Return the nearest neuron, the lowest index on a tie."""
        distances = np.square(self.codebook[: self.k] - x).sum(axis=1)
        limit = distances.min() * (1 + SAME) + self.zero
        return int((distances <= limit).argmax())

    def gain(self, j, x):
        """Let neuron j win the sample x."""
        if not self.counts[j]:
            self.sums[j] = 0
        self.sums[j] += x
        self.counts[j] += 1
        self.codebook[j] = self.sums[j] / self.counts[j]

    def lose(self, j, x):
        """Let neuron j lose its sample x."""
        self.sums[j] -= x
        self.counts[j] -= 1
        self.codebook[j] = self.sums[j] / self.counts[j]

    def refresh(self):
        """Bring the codebook up to date after changes of sums and counts."""
        k = self.k
        np.divide(self.sums[:k], np.maximum(self.counts, 1)[:, None], out=self.codebook[:k])

    def recount(self):
        """Add up the samples of each neuron anew, in their order; all neurons must have some.

        So weights depend on which samples a neuron has, and not on the way there.
        """
        n_samples = len(self.samples)
        parts = (np.ones(n_samples), self.labels, np.arange(n_samples + 1))
        self.sums[: self.k] = csr_array(parts, shape=(n_samples, self.k)).T @ self.samples
        self.refresh()

    def measure(self):
        """Return the sum of squared distances of each neuron to its own samples."""
        squares = own_squares(self.samples, self.codebook, self.labels)
        self.errors = np.bincount(self.labels, weights=squares, minlength=self.k)
        return self.errors

    def empty_neuron(self):
        """Return a neuron without samples, or None."""
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
        farthest = int(own[(distances >= distances.max() * (1 - SAME)).argmax()])
        self._place(empty, self.samples[farthest])
        return farthest, empty, parent

    def _place(self, j, weight):
        self.sums[j] = self.codebook[j] = weight
