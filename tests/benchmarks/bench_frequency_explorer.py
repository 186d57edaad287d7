"""Time a quality step of lesson 09: ``python tests/benchmarks/bench_frequency_explorer.py``.

The kernel's side of a step at 512×512 gray, against the transform of all blocks and back alone,
in one run; medians over the slider, each in single precision. Exits 1 when a step takes more than
four times as long.
"""

import sys
import time
from statistics import median

import numpy as np
from scipy.fft import dctn, idctn

import kquant_helpers as kq

WANTED = 4


def milliseconds(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def main():
    photo = kq.load_photo("camera", (512, 512), gray=True)
    blocks = photo.reshape(64, 8, 64, 8).swapaxes(1, 2).reshape(-1, 8, 8).astype(np.float32) - 128
    explorer = kq.explore_frequencies("camera")
    explorer.render()
    both, steps = [], []
    for quality in range(1, 100):
        both.append(
            milliseconds(
                lambda: idctn(dctn(blocks, axes=(1, 2), norm="ortho"), axes=(1, 2), norm="ortho")
            )
        )
        if quality != explorer.start["quality"]:
            steps.append(milliseconds(lambda q=quality: explorer.render({"quality": q})))
    ratio = median(steps) / median(both)
    print(f"transform and back {median(both):.1f} ms, a step {median(steps):.1f} ms: {ratio:.1f} ×")
    return 0 if ratio <= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
