"""Slider explorers, one or more for each lesson, on one shared frame."""

# Where each explorer lives; the package loads it when it is first asked for.
EXPLORERS = {
    "explore_bits": "bits",
    "explore_histogram": "histogram",
    "explore_global": "global_levels",
    "explore_lloyd": "lloyd",
    "explore_channels": "channels",
    "explore_palette": "palette",
    "explore_color_cloud": "color_cloud",
    "explore_centnn": "growing",
    "explore_centnn_levels": "centnn_levels",
    "explore_blocks": "blocks",
    "explore_rate_distortion": "rate_distortion",
    "explore_difference": "difference",
    "explore_budget": "budget",
    "explore_level_density": "level_density",
    "explore_index_price": "index_price",
    "explore_code_tree": "code_tree",
    "explore_frequencies": "frequencies",
    "explore_chroma": "chroma",
}
