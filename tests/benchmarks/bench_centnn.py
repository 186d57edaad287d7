"""Compare CentNN with peers: ``python tests/benchmarks/bench_centnn.py [--growth]``.

Set OMP_NUM_THREADS=1. The peer is a plain loop over samples in NumPy, which takes the
distances of one sample to all weights at each step; for many blocks also k-means with ten
restarts. Times are the least of the repeats, of the plain loop its only run: it takes
minutes. Exits 1 when a target is missed. ``--growth`` prints only how time and memory grow
with the number of samples and of neurons. At most 8 bytes a sample and neuron, besides the
data: memory beyond that is a target missed.
"""

import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data
from sklearn.cluster import KMeans

from kquant_helpers.learners.centnn import CentroidNeuralNetwork

sys.path.insert(0, str(Path(__file__).parents[1]))
from plain_centnn import plain_centnn, strictly_nearest

REPEATS = 3
# What was reached with room for a busy machine; more would cost more code than it is worth, since
# simpler now beats faster.
MOST_TIMES_K_MEANS = 2


def blocks(image, size=4):
    height, width = image.shape
    cut = image.reshape(height // size, size, width // size, size)
    return cut.swapaxes(1, 2).reshape(-1, size * size).astype(np.float64)


def small(image, side):
    return np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC))


def least_seconds(function, repeats=REPEATS):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return min(times), result


def peak_bytes(function):
    tracemalloc.start()
    function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def psnr(inertia, samples):
    return 10 * np.log10(255**2 * samples.size / inertia)


def compare(name, samples, k, target):
    """Print one line; return the fit's seconds and the targets missed."""
    seconds, network = least_seconds(lambda: CentroidNeuralNetwork(k).fit(samples))
    plain = least_seconds(lambda: plain_centnn(samples, k, winner_of=strictly_nearest), 1)
    ratio, same = plain[0] / seconds, np.array_equal(plain[1][0], network.labels_)
    print(
        f"{name:28} {network.n_iter_:6} {seconds:8.2f} s {plain[0]:8.1f} s {ratio:6.1f} x "
        f"(target {target})  {'same' if same else 'OTHER'} labels  "
        f"{psnr(network.inertia_, samples):.2f} dB",
        flush=True,
    )
    missed = [] if same else [f"{name}: other labels than the plain loop"]
    if ratio < target:
        missed.append(f"{name}: {ratio:.1f} times faster than the plain loop, wanted {target}")
    return seconds, missed


def compare_k_means(samples, k, seconds):
    peer, model = least_seconds(lambda: KMeans(k, n_init=10, random_state=0).fit(samples))
    times = seconds / peer
    print(
        f"KMeans({k}, n_init=10): {peer:.2f} s, {psnr(model.inertia_, samples):.2f} dB; "
        f"CentNN takes {times:.2f} of that (at most {MOST_TIMES_K_MEANS})"
    )
    wanted = f"{times:.2f} times as long as k-means, wanted {MOST_TIMES_K_MEANS}"
    return [wanted] if times > MOST_TIMES_K_MEANS else []


def growth(image):
    """Print seconds, epochs and memory for three sizes and three ks; return what is missed."""
    head = f"{'samples':>8} {'k':>4} {'epochs':>7} {'seconds':>8} {'ns / n k epoch':>15}"
    print(f"{head} {'MB':>6} {'most':>6}")
    missed, costs = [], {}
    for side in (128, 256, 512):
        samples = blocks(small(image, side))
        for k in (16, 32, 64):
            seconds, network = least_seconds(lambda s=samples, k=k: CentroidNeuralNetwork(k).fit(s))
            peak = peak_bytes(lambda s=samples, k=k: CentroidNeuralNetwork(k).fit(s))
            most = 8 * len(samples) * k + samples.nbytes
            costs[side, k] = cost = seconds / (len(samples) * k * network.n_iter_) * 1e9
            print(
                f"{len(samples):8} {k:4} {network.n_iter_:7} {seconds:8.3f} {cost:15.2f} "
                f"{peak / 1e6:6.1f} {most / 1e6:6.1f}"
            )
            if peak > most:
                missed.append(
                    f"{len(samples)} samples, k={k}: {peak / 1e6:.1f} MB, wanted {most / 1e6:.1f}"
                )
    if costs[512, 64] > costs[128, 16]:
        missed.append("the cost grows faster than samples × neurons × epochs")
    return missed


def main():
    camera = data.camera()
    missed = growth(camera)
    if "--growth" not in sys.argv:
        tiny = small(camera, 128)
        print(f"\n{'':28} epochs     CentNN plain loop")
        one_by_one = tiny.reshape(-1, 1).astype(np.float64)
        missed += compare("camera 128×128, 48 levels", one_by_one, 48, 20)[1]
        missed += compare("camera 128×128, 512 blocks", blocks(tiny), 512, 30)[1]
        seconds, missed_too = compare("camera 512×512, 64 blocks", blocks(camera), 64, 30)
        missed += missed_too + compare_k_means(blocks(camera), 64, seconds)
    print("\n".join(["", *(f"MISSED {line}" for line in missed)]) if missed else "\nAll reached.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
