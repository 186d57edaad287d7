"""Learners that learn nothing: levels at the multiples of a step.

Both sides know the steps, so that no codebook has to be stored. Lesson 08 pays equal steps by
their entropy, and lesson 09 gives each frequency a step of its own, by the table of JPEG.
"""

from dataclasses import dataclass

import numpy as np

from kquant_helpers import door
from kquant_helpers.frequencies import Frequency, jpeg_table
from kquant_helpers.nearest import index_dtype

MOST_LEVELS = 1 << 16
"""Smaller steps are refused: their indices would not fit into two bytes."""


class Steps:
    """A learner whose levels are the multiples of steps that are known beforehand."""

    def steps(self, cut, shape):
        """Return the step of each codebook of an image of this shape."""
        raise NotImplementedError


@dataclass(frozen=True)
class EqualSteps(Steps):
    """Levels at all multiples of one step that the vectors come near.

    Parameters
    ----------
    step : float
        The distance of neighboring levels, in intensities.

    Examples
    --------
    >>> from kquant_helpers.quantize import quantize
    >>> quantize(np.uint8([[3, 30], [44, 250]]), learner=EqualSteps(16)).image
    array([[  0,  32],
           [ 48, 255]], dtype=uint8)
    """

    step: float = 16

    def __post_init__(self):
        step = door.positive(self.step, "step", "the distance of two levels", "step=16")
        object.__setattr__(self, "step", step)

    def __str__(self):
        return f"equal steps of {self.step:g}"

    def steps(self, cut, shape):
        """Return the one step for each codebook."""
        return (self.step,) * cut.codebooks(shape)


@dataclass(frozen=True)
class JPEGTable(Steps):
    """Levels at the multiples of JPEG's steps, for the cut `Frequency(8)`.

    Parameters
    ----------
    quality : int
        1 (coarsest) to 100.

    Examples
    --------
    >>> from kquant_helpers.quantize import quantize
    >>> ramp = np.arange(64, dtype=np.uint8).reshape(8, 8)
    >>> quantize(ramp, cut=Frequency(8), learner=JPEGTable(50))
    Quantized(frequency, JPEG's table at quality 50, 64 codewords, 8×8 pixels)
    """

    quality: int = 75

    def __post_init__(self):
        object.__setattr__(self, "quality", door.quality(self.quality, least=1))

    def __str__(self):
        return f"JPEG's table at quality {self.quality}"

    def steps(self, cut, shape):
        """Return the steps of each channel's frequencies."""
        if not isinstance(cut, Frequency) or cut.size != 8:
            raise ValueError(
                f"The cut is {door.quoted(cut)}, but JPEG's table holds the steps of 8×8 "
                "frequencies: use cut=Frequency(8)."
            )
        luma, differences = jpeg_table(self.quality), jpeg_table(self.quality, chroma=True)
        others = luma if cut.chroma is None else differences
        tables = [luma] + [others] * (cut.codebooks(shape) // 64 - 1)
        return tuple(np.concatenate(tables).ravel().astype(float).tolist())


def levels_at(step, lowest, count):
    """Return so many multiples of a step as a codebook; the lowest is `lowest` steps from 0.

    Examples
    --------
    >>> levels_at(0.5, -1, 3).ravel()
    array([-0.5,  0. ,  0.5])
    """
    return step * np.arange(lowest, lowest + count, dtype=np.float64)[:, np.newaxis]


def stepped_codebook(vectors, step):
    """Return the multiples of a step from the one nearest to the least vector to the largest's."""
    if vectors.shape[1] != 1:
        raise ValueError(
            f"The vectors have {vectors.shape[1]} entries, but equal steps are for single numbers: "
            'use the cut "global", "channel" or Frequency(8).'
        )
    lowest, highest = (float(np.rint(end / step)) for end in (vectors.min(), vectors.max()))
    if not highest - lowest < MOST_LEVELS:
        raise ValueError(
            f"A step of {step:g} makes more than {MOST_LEVELS:,} levels of these vectors: use a "
            "larger step."
        )
    return levels_at(step, int(lowest), int(highest - lowest) + 1)


def on_steps(vectors, codebook, step):
    """Return the index of the nearest level of each vector, where levels are multiples of a step.

    Examples
    --------
    >>> on_steps(np.array([[0.2], [1.4]]), levels_at(0.5, 0, 4), 0.5)
    array([0, 3], dtype=uint8)
    """
    lowest = np.rint(codebook[0, 0] / step)
    return (np.rint(vectors[:, 0] / step) - lowest).astype(index_dtype(len(codebook)))
