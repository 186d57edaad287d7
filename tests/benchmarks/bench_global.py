"""Compare global quantization with MiniBatchKMeans: ``python tests/benchmarks/bench_global.py``.

Set OMP_NUM_THREADS=1. The peer is scikit-learn's MiniBatchKMeans, fit and predict on all
intensities of china at (600, 960), in the same run; its times are the least of the repeats.
Explorer updates are medians of the processor time of fresh draws, nothing from memory, as a
ratio to encoding their picture as a PNG, which the step itself does not wait for any more.
Exits 1 when a target is missed.
"""

import statistics
import sys
import time
import tracemalloc

import numpy as np
from sklearn.cluster import MiniBatchKMeans

import kquant_helpers as kq
from kquant_helpers.explorers.frame import Later
from kquant_helpers.explorers.subject import framed_sample
from kquant_helpers.explorers.wire import packed_view

REPEATS = 5
LEAST_RATIO = 20
MOST_RATIO = 2


def seconds_of(function, repeats=REPEATS, clock=time.perf_counter):
    times = []
    for _ in range(repeats):
        start = clock()
        function()
        times.append(clock() - start)
    return times


def median_seconds(function):
    """Return the median processor time: an update runs on one core, others may be busy."""
    return statistics.median(seconds_of(function, clock=time.process_time))


def mini_batch(image, k):
    """Return the image quantized as in most tutorials, but rounded."""
    column = image.reshape(-1, 1)
    model = MiniBatchKMeans(k, n_init=3, random_state=0).fit(column)
    levels = np.rint(model.cluster_centers_).astype(np.uint8)
    return levels[model.predict(column)].reshape(image.shape)


def compare_with_mini_batch(image):
    """Print time and error of both for a few k; return what is missed."""
    missed = []
    print(f"{'k':>3} {'exact':>10} {'mini-batch':>12} {'ratio':>8}   mean squared errors")
    for k in (2, 8, 32):
        own = min(seconds_of(lambda k=k: kq.quantize(image, k, cut="global")))
        peer = min(seconds_of(lambda k=k: mini_batch(image, k), 2))
        errors = [kq.squared_error(image, kq.quantize(image, k).image)]
        errors.append(kq.squared_error(image, mini_batch(image, k)))
        print(
            f"{k:3} {1000 * own:7.1f} ms {1000 * peer:9.0f} ms {peer / own:7.0f}x   "
            f"{errors[0]:.2f} against {errors[1]:.2f}"
        )
        if k == 8 and peer / own < LEAST_RATIO:
            missed.append(f"k=8: {peer / own:.0f} times faster, wanted {LEAST_RATIO}")
        if errors[0] > errors[1]:
            missed.append(f"k={k}: the exact levels have the larger error")
    return missed


def measure_memory(image):
    """Print the peak of one call; indices and image take a byte an intensity each."""
    kq.quantize(image, 8)
    tracemalloc.start()
    kq.quantize(image, 8)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(
        f"\npeak memory {peak / 1e6:.1f} MB: {peak / image.nbytes:.2f} times the photo; "
        f"a float64 copy alone is 8, a float32 copy 4"
    )
    return [] if peak < 4 * image.nbytes else [f"{peak} bytes, as much as a float copy"]


def time_explorer(photo):
    """Print the update for every k against the encoding of its picture; return what is missed."""
    explorer = kq.explore_global("china")
    slider = next(control for control in explorer.controls if control.name == "k")
    missed = []
    print("\nupdate of the explorer and encoding of its picture, medians in ms")
    for k in slider.values:
        state = explorer.start | {"k": k}
        view = explorer.draw(state)
        update = median_seconds(lambda state=state: packed_view(explorer.draw(state)))
        encoding = median_seconds(lambda k=k: kq.png_bytes(kq.quantize(photo, k).image, fast=True))
        print(f"k={k:3}  {1000 * update:5.1f}  {1000 * encoding:5.1f}  {update / encoding:4.2f}x")
        if update > MOST_RATIO * encoding:
            missed.append(f"update k={k}: {update / encoding:.2f} times, wanted {MOST_RATIO}")
        if not isinstance(dict(view.readouts)["PNG on disk"], Later):
            missed.append(f"update k={k}: the picture waits for the bytes on disk")
    return missed


def main():
    china = framed_sample("china")
    missed = compare_with_mini_batch(china) + measure_memory(china) + time_explorer(china)
    print("\n".join(["", *(f"MISSED {line}" for line in missed)]) if missed else "\nAll reached.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
