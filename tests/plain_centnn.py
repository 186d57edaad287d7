"""The Centroid Neural Network as the article tells it: a plain loop, sample by sample.

Tests compare labels with it, and the benchmark takes its time. It shares no code with the
package and adds up no sums: winner and loser are moved by (x - w) / (N ± 1).
"""

import numpy as np


def nearest(weights, x, zero):
    """The lowest index among the nearest weights; equal up to rounding is equal."""
    distances = np.square(weights - x).sum(axis=1)
    return int(np.argmax(distances <= distances.min() * (1 + 1e-11) + zero))


def strictly_nearest(weights, x, zero):
    """What a student writes: the fastest, right wherever rounding decides nothing."""
    return np.square(weights - x).sum(axis=1).argmin()


def run_epoch(samples, weights, counts, labels, winner_of, zero):
    moved = 0
    for i, x in enumerate(samples):
        winner, loser = winner_of(weights, x, zero), labels[i]
        if winner == loser or (loser >= 0 and counts[loser] == 1):
            continue
        weights[winner] += (x - weights[winner]) / (counts[winner] + 1)
        counts[winner] += 1
        if loser >= 0:
            weights[loser] -= (x - weights[loser]) / (counts[loser] - 1)
            counts[loser] -= 1
        labels[i] = winner
        moved += 1
    return moved


def first_of_largest(values, same):
    return int(np.argmax(values >= values.max() * (1 - same)))


def neuron_to_split(samples, weights, labels):
    errors = [np.square(samples[labels == j] - w).sum() for j, w in enumerate(weights)]
    return first_of_largest(np.array(errors), 1e-9)


def farthest_sample(samples, weights, labels, parent):
    distances = np.square(samples - weights[parent]).sum(axis=1)
    return first_of_largest(np.where(labels == parent, distances, -1.0), 1e-11)


def plain_centnn(samples, n_clusters, epsilon=0.05, winner_of=nearest):
    """Return the labels, the weights and the number of epochs."""
    samples = np.asarray(samples, dtype=np.float64)
    n_clusters = min(n_clusters, len(np.unique(samples, axis=0)))
    zero = 1e-19 * np.square(samples).sum(axis=1).max()
    labels, mean = np.full(len(samples), -1), samples.mean(axis=0)
    if n_clusters == 1:
        return labels * 0, mean[np.newaxis], 0
    weights, counts = np.array([mean + epsilon, mean - epsilon]), np.zeros(2, dtype=int)
    epochs = 0
    parent = None
    while True:
        epochs += 1
        if run_epoch(samples, weights, counts, labels, winner_of, zero):
            continue
        if 0 in counts:
            empty = list(counts).index(0)
            mother = 1 - empty if len(counts) == 2 else parent
            weights[empty] = samples[farthest_sample(samples, weights, labels, mother)]
        elif len(weights) == n_clusters:
            return labels, weights, epochs
        else:
            parent = neuron_to_split(samples, weights, labels)
            weights = np.vstack([weights, weights[parent] + epsilon])
            counts = np.append(counts, 0)
