"""Compare RGB palettes with peers: ``python tests/benchmarks/bench_palettes.py [--sweep]``.

One run, china.jpg and astronaut at 600×960, k=64; each peer learns a palette, maps all
pixels and paints them. Times are the least of the repeats, errors are mean squared errors
of the painted uint8 image. Exits 1 when a target is missed. ``--sweep`` also prints time and
error for k = 2 … 256 on four photos. Needs the package imagequant.
"""

import functools
import sys
import time
import tracemalloc

import imagequant
import numpy as np
from PIL import Image
from sklearn.cluster import KMeans

from kquant_helpers.counts import distinct_colors
from kquant_helpers.counts import palette_histogram as histogram_of
from kquant_helpers.learners.palettes import histogram_k_means
from kquant_helpers.nearest import nearest_palette_index
from kquant_helpers.photos import load_photo

SIZE = (600, 960)
K = 64
REPEATS = 5

OURS = "histogram k-means"
FULL = "k-means, all pixels"
RECIPE = "k-means, 1,000 pixels"
MEDIAN_CUT = "Pillow median cut"
OCTREE = "Pillow fast octree"
IMAGEQUANT = "imagequant, no dither"


def paint(palette, indices):
    return np.take(np.rint(palette).astype(np.uint8), indices, axis=0)


def ours(pixels, k=K, histogram=None):
    palette = histogram_k_means(pixels, k, histogram=histogram)
    return paint(palette, nearest_palette_index(pixels, palette))


def full_k_means(pixels):
    model = KMeans(K, n_init=1, random_state=0).fit(pixels.astype(np.float64))
    return paint(model.cluster_centers_, model.labels_)


def thousand_pixels(pixels):
    values = pixels.astype(np.float64)
    sample = np.random.default_rng(0).choice(len(values), 1000, replace=False)
    model = KMeans(K, n_init=1, random_state=0).fit(values[sample])
    return paint(model.cluster_centers_, model.predict(values))


def pillow(pixels, method):
    image = Image.fromarray(pixels.reshape(*SIZE, 3))
    quantized = image.quantize(K, method, dither=Image.Dither.NONE)
    return np.asarray(quantized.convert("RGB")).reshape(-1, 3)


def libimagequant(pixels):
    image = Image.fromarray(pixels.reshape(*SIZE, 3))
    quantized = imagequant.quantize_pil_image(image, dithering_level=0.0, max_colors=K)
    return np.asarray(quantized.convert("RGB")).reshape(-1, 3)


PEERS = {
    OURS: ours,
    FULL: full_k_means,
    RECIPE: thousand_pixels,
    MEDIAN_CUT: functools.partial(pillow, method=Image.Quantize.MEDIANCUT),
    OCTREE: functools.partial(pillow, method=Image.Quantize.FASTOCTREE),
    IMAGEQUANT: libimagequant,
}


def mean_square(pixels, painted):
    return np.mean((pixels.astype(np.float64) - painted) ** 2)


def timed(function, *arguments, **options):
    start = time.perf_counter()
    result = function(*arguments, **options)
    return time.perf_counter() - start, result


def measure(pixels):
    """Return {peer: (seconds, error)}; the peers take turns."""
    seconds = {name: [] for name in PEERS}
    errors = {}
    for _ in range(REPEATS):
        for name, peer in PEERS.items():
            spent, painted = timed(peer, pixels)
            seconds[name].append(spent)
            errors[name] = mean_square(pixels, painted)
    return {name: (min(seconds[name]), errors[name]) for name in PEERS}


def bytes_per_pixel(pixels, k=K):
    """Return the most memory that learning and mapping take beyond the photo and the indices."""
    tracemalloc.start()
    palette = histogram_k_means(pixels, k)
    learning = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    indices = nearest_palette_index(pixels, palette)
    mapping = tracemalloc.get_traced_memory()[1] - indices.nbytes
    tracemalloc.stop()
    return max(learning, mapping) / len(pixels)


def targets(results, memory):
    """Return [(what, measured, limit, reached)]."""
    time_of = {name: spent for name, (spent, _) in results.items()}
    error_of = {name: error for name, (_, error) in results.items()}
    at_most = [
        ("error / k-means on all pixels", error_of[OURS] / error_of[FULL], 1.04),
        ("time / k-means on all pixels", time_of[OURS] / time_of[FULL], 1 / 25),
        ("time / 1,000 pixels", time_of[OURS] / time_of[RECIPE], 2.0),
        ("error / 1,000 pixels", error_of[OURS] / error_of[RECIPE], 0.95),
        ("error / median cut", error_of[OURS] / error_of[MEDIAN_CUT], 1.0),
        ("error / imagequant", error_of[OURS] / error_of[IMAGEQUANT], 1.0),
        ("time / imagequant", time_of[OURS] / time_of[IMAGEQUANT], 1.0),
        ("bytes per pixel, k=64", memory, 8.0),
    ]
    return [(what, value, limit, value <= limit) for what, value, limit in at_most]


def report(photo):
    """Print one photo's tables; return whether all targets were reached."""
    pixels = load_photo(photo, size=SIZE).reshape(-1, 3)
    results = measure(pixels)
    print(f"\n{photo} {SIZE[0]}×{SIZE[1]}, k={K}, best of {REPEATS}")
    for name, (spent, error) in results.items():
        print(f"  {name:24}{1000 * spent:9.1f} ms   error {error:7.2f}")
    rows = targets(results, bytes_per_pixel(pixels))
    for what, value, limit, reached in rows:
        print(f"  {what:32}{value:8.3f}  at most {limit:.2f}  {'ok' if reached else 'MISSED'}")
    return all(reached for *_, reached in rows)


def sweep(photo):
    """Print time and error for k = 2 … 256, with the histogram counted before."""
    pixels = load_photo(photo, size=SIZE).reshape(-1, 3)
    spent, histogram = min((timed(histogram_of, pixels) for _ in range(3)), key=lambda run: run[0])
    print(f"\n{photo}: histogram of {len(histogram[0])} cells in {1000 * spent:.1f} ms")
    print("    k   learn, map, paint   error   / k-means on all pixels")
    colors, weights = distinct_colors(pixels)
    for k in (2, 4, 8, 16, 32, 64, 128, 256):
        runs = [timed(ours, pixels, k, histogram=histogram) for _ in range(3)]
        error = mean_square(pixels, runs[0][1])
        # The distinct colors, weighted, are the same task as all pixels, and sooner done.
        model = KMeans(k, n_init=1, random_state=0).fit(colors, sample_weight=weights)
        palette = model.cluster_centers_
        peer = mean_square(pixels, paint(palette, nearest_palette_index(pixels, palette)))
        least = 1000 * min(spent for spent, _ in runs)
        print(f"  {k:3}   {least:14.1f} ms {error:9.2f}   {error / peer:.3f}")


def main():
    reached = [report(photo) for photo in ("china", "astronaut")]
    if "--sweep" in sys.argv[1:]:
        for photo in ("china", "astronaut", "coffee", "flower"):
            sweep(photo)
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
