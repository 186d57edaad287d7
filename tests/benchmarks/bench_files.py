"""Measure packing, files and the sweep: ``python tests/benchmarks/bench_files.py``.

Packing is compared with ``np.packbits`` on the bits of ``np.unpackbits``, in one run; times
are the least of the repeats. Files are compared with the fixed-rate formula, before and after
deflate. The sweep is that of lesson 07: all methods, k = 2 … 256, china.jpg at 300×480, the
first time in this process. It runs on one thread, so that the processor's time, which is what
is judged, is what it takes on a machine with nothing else to do. Exits 1 when a target is
missed.
"""

import sys
import time
import zlib

import numpy as np

from kquant_helpers.cuts import CUTS
from kquant_helpers.experiments import rate_distortion_sweep
from kquant_helpers.files import quantized_bytes
from kquant_helpers.packing import pack_indices, unpack_indices
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize
from kquant_helpers.sizes import fixed_rate_bits

COUNT = 10_000_000
REPEATS = 5

LEAST_SPEED = 100  # MB of indices a second
LEAST_RATIO = 1.0  # of the peer's speed
MOST_OVERHEAD = 64  # bytes beside the formula, before deflate
MOST_SECONDS = 10  # for the sweep


def peer_pack(indices, bits):
    size = indices.itemsize
    as_bytes = indices.astype(f">u{size}").view(np.uint8).reshape(-1, size)
    return np.packbits(np.unpackbits(as_bytes, axis=1)[:, 8 * size - bits :]).tobytes()


def peer_unpack(data, bits, count):
    size = 1 if bits <= 8 else 2
    written = np.unpackbits(np.frombuffer(data, np.uint8), count=count * bits)
    padded = np.zeros((count, 8 * size), np.uint8)
    padded[:, 8 * size - bits :] = written.reshape(count, bits)
    return np.packbits(padded, axis=1).view(f">u{size}").ravel().astype(f"u{size}")


def timed(function, *arguments):
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def speed(function, size, *arguments):
    """MB a second, of the fastest repeat."""
    return size / min(timed(function, *arguments)[0] for _ in range(REPEATS)) / 1e6


def report_packing(bits):
    """Print one row; return whether the targets were reached."""
    dtype = np.uint8 if bits <= 8 else np.uint16
    indices = np.random.default_rng(0).integers(0, 1 << bits, COUNT, dtype=dtype)
    data = pack_indices(indices, bits)
    assert data == peer_pack(indices, bits)
    np.testing.assert_array_equal(unpack_indices(data, bits, COUNT), indices)
    ours = [
        speed(pack_indices, indices.nbytes, indices, bits),
        speed(unpack_indices, indices.nbytes, data, bits, COUNT),
    ]
    peers = [
        speed(peer_pack, indices.nbytes, indices, bits),
        speed(peer_unpack, indices.nbytes, data, bits, COUNT),
    ]
    ratios = [our / peer for our, peer in zip(ours, peers, strict=True)]
    reached = min(ours) >= LEAST_SPEED and min(ratios) >= LEAST_RATIO
    print(
        f"  {bits:2} bits   pack {ours[0]:6.0f} MB/s ({ratios[0]:5.1f}× packbits)   "
        f"unpack {ours[1]:6.0f} MB/s ({ratios[1]:5.1f}×)   {'ok' if reached else 'MISSED'}"
    )
    return reached


def report_file(photo, cut, k):
    """Print one row; return whether the target was reached."""
    quantized = quantize(photo, k, cut)
    content = quantized_bytes(quantized)
    before = len(content) + undone_by_deflate(content, quantized)
    formula = fixed_rate_bits(quantized) / 8
    reached = 0 <= before - formula <= MOST_OVERHEAD
    print(
        f"  {cut:8} k={k:<4} formula {formula:11,.0f}   before deflate {before - formula:+5.0f}   "
        f"file {len(content):9,} ({len(content) / formula:4.0%})   {'ok' if reached else 'MISSED'}"
    )
    return reached


def undone_by_deflate(content, quantized):
    """How many bytes deflate saved."""
    books = sum(codebook.size for codebook in quantized.codebooks)
    start = 18 + content[7] + 4 * len(quantized.codebooks) + books
    return len(zlib.decompress(content[start:-8])) - (len(content) - 8 - start)


def report_sweep(photo):
    """Print the time of the sweep; return whether it was short enough."""
    start = time.process_time()
    waited, rows = timed(lambda: list(rate_distortion_sweep(photo)))
    spent = time.process_time() - start
    reached = spent <= MOST_SECONDS
    print(
        f"  {len(rows)} points in {spent:.1f} s ({waited:.1f} s on this machine now)   "
        f"{'ok' if reached else 'MISSED'}"
    )
    return reached


def main():
    photo = load_photo("china", (300, 480))
    print("The sweep of lesson 07")
    reached = [report_sweep(photo)]
    print(f"\nPacking {COUNT:,} indices, best of {REPEATS}")
    reached += [report_packing(bits) for bits in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16)]
    print("\nFiles of china 300×480, in bytes")
    reached += [report_file(photo, cut, k) for cut in CUTS for k in (1, 6, 64, 256)]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
