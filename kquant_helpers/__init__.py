"""kquant_helpers: the small package behind the kquant notebooks.

Every method of the course is the same four steps: cut an image into vectors, learn a
codebook, encode the vectors as indices, decode the indices to an image. `quantize` does
all four.
"""

from importlib import import_module

from kquant_helpers.explorers import EXPLORERS as _EXPLORERS

# Not on first use like the rest: its module has the same name and would take its place.
from kquant_helpers.quantize import Quantized, quantize

# What ``import kquant_helpers as kq`` offers, and the module that holds it. Each is loaded
# on first use, so that the import is fast and widgets and plots load only where shown.
_HOMES = {
    "SAMPLES": "photos",
    "load_photo": "photos",
    "Global": "cuts",
    "Channel": "cuts",
    "RGB": "cuts",
    "Block": "cuts",
    "Frequency": "frequencies",
    "jpeg_table": "frequencies",
    "cut_image": "cuts",
    "join_vectors": "cuts",
    "intensity_counts": "counts",
    "count_colors_used": "counts",
    "LEARNERS": "learners",
    "learn": "learners",
    "EqualSteps": "learners.steps",
    "JPEGTable": "learners.steps",
    "encode": "codebooks",
    "decode": "codebooks",
    "CentroidNeuralNetwork": "learners.centnn.estimator",
    "Splitting": "learners.splitting",
    "growth_events": "learners.centnn.growth",
    "absolute_error": "errors",
    "squared_error": "errors",
    "root_squared_error": "errors",
    "peak_snr": "errors",
    "ssim": "errors",
    "error_map": "errors",
    "index_bits": "sizes",
    "fixed_rate_bits": "sizes",
    "bits_per_pixel": "sizes",
    "index_entropy": "sizes",
    "entropy_bits": "sizes",
    "huffman_bits": "sizes",
    "code_lengths": "prefix_codes",
    "canonical_code": "prefix_codes",
    "write_coded": "prefix_codes",
    "read_coded": "prefix_codes",
    "png_bytes": "formats",
    "palette_png_bytes": "formats",
    "FORMATS": "formats",
    "encoded_bytes": "formats",
    "pack_indices": "packing",
    "unpack_indices": "packing",
    "quantized_bytes": "files",
    "save_quantized": "files",
    "load_quantized": "files",
    "sweep_point": "experiments.sweeps",
    "rate_distortion_sweep": "experiments.sweeps",
    "compare_learners": "experiments.comparisons",
    "show_image": "figures",
    "show_points": "figures",
    "show_histogram": "figures",
    "show_counts": "figures",
    "show_curves": "figures",
    "show_densities": "figures",
    "show_rate_distortion": "figures",
    "image_grid": "figures",
    "codebook_mosaic": "mosaic",
    "points_in_plane": "explorers.growing",
    "share_levels": "explorers.level_density",
    "level_error": "explorers.level_density",
    "step_levels": "explorers.index_price",
    "steps_within": "explorers.index_price",
    "try_out": "checks.ladder",
    "ready_to_hand_in": "grading.ready",
    "check": "checks.exercises",
    "predict": "predictions",
    "measured": "predictions",
    **{name: f"explorers.{module}" for name, module in _EXPLORERS.items()},
}

__all__ = ["Quantized", "quantize", *_HOMES]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"kquant_helpers has no {name!r}: see dir(kquant_helpers).")
    return getattr(import_module(f"kquant_helpers.{_HOMES[name]}"), name)


def __dir__():
    return __all__
