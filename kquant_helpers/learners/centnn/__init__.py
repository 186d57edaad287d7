"""The Centroid Neural Network: a codebook that grows one neuron at a time.

`CentroidNeuralNetwork` (`estimator`) is for work, and `growth_events` (`growth`) the plain loop
behind it, event by event, for pictures. `samples` checks what comes in, and `network` holds the
neurons and the rules.

`epochs` runs the samples past the neurons. It finds the labels of the plain loop by one of three
ways, each with the same three methods: `start` takes in the first two neurons, `place` a neuron
that was put somewhere, and `run` runs one epoch and returns how many samples moved.

- `values` is for samples of one feature (levels, lessons 05 and 06). Without it they would go
  by `many_samples`, and 48 levels of a photo of 128×128 would take two to three times as long.
- `few_samples` is for up to 20 samples a neuron (blocks of 4×4 in lesson 06). Without it, 512
  codewords for 1,024 blocks would take seven times as long.
- `many_samples` is for more (blocks of 2×2, colors). Without it, 8 codewords for the 4,096
  blocks of 2×2 in lesson 06's explorer take 3.3 times as long, 16 colors ten times.
"""

from kquant_helpers.learners.centnn.estimator import CentroidNeuralNetwork
from kquant_helpers.learners.centnn.growth import growth_events

__all__ = ["CentroidNeuralNetwork", "growth_events"]
