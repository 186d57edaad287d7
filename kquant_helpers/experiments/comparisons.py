"""Learners side by side on one photo: PSNR and time, and how both vary with the seed.

Lesson 06 repeats an article's comparison with `compare_learners`.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kquant_helpers import door, quiet
from kquant_helpers.cuts import find_cut
from kquant_helpers.errors import peak_snr
from kquant_helpers.learners import LEARNERS
from kquant_helpers.quantize import quantize


@dataclass(frozen=True)
class LearnerRow:
    """What one learner reaches on a photo, run by run.

    Attributes
    ----------
    learner : str
        Its name in the table.
    psnrs : tuple of float
        PSNR in dB of each run; a learner that draws nothing at random is run once.
    seconds : tuple of float
        How long each run took.
    """

    learner: str
    psnrs: tuple
    seconds: tuple

    @property
    def psnr(self):
        """The mean PSNR of the runs, in dB."""
        return float(np.mean(self.psnrs))

    @property
    def spread(self):
        """The best run's PSNR less the worst one's, in dB."""
        return max(self.psnrs) - min(self.psnrs)

    @property
    def time(self):
        """The mean time of a run, in seconds."""
        return float(np.mean(self.seconds))


def compare_learners(image, k, learners, *, cut="global", block_size=4, seeds=(0, 1, 2)):
    """Quantize a photo with several learners, each with several seeds, on one thread.

    Lesson 06 introduces it.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    k : int
        Number of codewords.
    learners : sequence of str, or dict of str to learner
        Names in `kquant_helpers.learners.LEARNERS`; or names for the table, and what
        `kquant_helpers.learners.learn` takes.
    cut : {"global", "channel", "rgb", "block"}
        Which vectors to quantize.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.
    seeds : sequence of int
        One run for each, of the learners that draw at random.

    Returns
    -------
    list of LearnerRow
        In the order of the learners.

    Raises
    ------
    TypeError, ValueError
        Where one of the above is not as it should be.

    Examples
    --------
    >>> image = np.arange(64, dtype=np.uint8).reshape(8, 8)
    >>> for row in compare_learners(image, 4, ["exact", "equal bins"]):
    ...     print(f"{row.learner:10} {row.psnr:.1f} dB")
    exact      34.8 dB
    equal bins 22.8 dB
    """
    image, k, cut = door.image(image), door.k(k), find_cut(cut, block_size)
    if not isinstance(learners, Mapping):
        names = door.listed(learners, "learners", "learners' names", 'learners=["k-means"]')
        learners = {door.text(name, "learners", '["k-means"]'): name for name in names}
    seeds = door.listed(seeds, "seeds", "whole numbers", "seeds=(0, 1, 2)")
    # Outside of the first run's time.
    import sklearn.cluster  # noqa: F401

    rows = []
    for name, learner in learners.items():
        runs = [
            _timed_run(image, k, learner, cut, seed)
            for seed in (seeds if _is_seeded(learner) else seeds[:1])
        ]
        rows.append(LearnerRow(name, *zip(*runs, strict=True)))
    return rows


def _timed_run(image, k, learner, cut, seed):
    with quiet.one_thread():
        start = time.perf_counter()
        quantized = quantize(image, k, cut, learner, random_state=seed)
        seconds = time.perf_counter() - start
    return peak_snr(image, quantized.image), seconds


def _is_seeded(learner):
    if isinstance(learner, str) and learner in LEARNERS:
        return LEARNERS[learner].seeded
    return not hasattr(learner, "get_params") or "random_state" in learner.get_params()
