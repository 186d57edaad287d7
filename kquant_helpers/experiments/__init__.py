"""Experiments: every method on one photo from few bits to many, and learners side by side.

`methods` is the table of what is compared, `sweeps` sets error against size for lesson 07, and
`comparisons` sets learners side by side, as lesson 06 does.
"""

from kquant_helpers.experiments.comparisons import LearnerRow, compare_learners
from kquant_helpers.experiments.methods import (
    METHODS,
    OUTSIDERS,
    SETTINGS,
    find_method,
    sensible_methods,
)
from kquant_helpers.experiments.sweeps import SweepRow, rate_distortion_sweep, sweep_point

KS, QUALITIES = SETTINGS["k"], SETTINGS["quality"]

__all__ = [
    "KS",
    "METHODS",
    "OUTSIDERS",
    "QUALITIES",
    "SETTINGS",
    "LearnerRow",
    "SweepRow",
    "compare_learners",
    "find_method",
    "rate_distortion_sweep",
    "sensible_methods",
    "sweep_point",
]
