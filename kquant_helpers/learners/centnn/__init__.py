"""The Centroid Neural Network: a codebook that grows one neuron at a time.

`CentroidNeuralNetwork` is the estimator, and `growth_events` the plain loop behind it, event
by event. `network` holds the neurons and the rules, `epochs` runs the samples past them.
"""

from kquant_helpers.learners.centnn.estimator import CentroidNeuralNetwork, growth_events

__all__ = ["CentroidNeuralNetwork", "growth_events"]
