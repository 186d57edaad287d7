"""The door of the package: what people hand in is checked here, and turned into the plain thing.

Each function takes what somebody gave and returns what the parts behind the door work with: an
int, a plain uint8 array, a list. Where that is impossible it raises a TypeError or ValueError
of one sentence that says what was given, what is accepted and how to mend it. Whatever stands
behind the door trusts what came through it.
"""

from kquant_helpers.door.arrays import (
    codebook,
    indices,
    intensities,
    palette,
    pixels,
    row,
    samples,
    sweep_rows,
    unmasked,
    unmasked_if_array,
    vector_sets,
    vectors,
)
from kquant_helpers.door.images import (
    MAX_PIXELS,
    axes,
    image,
    images,
    shape,
)
from kquant_helpers.door.plain import (
    block_size,
    content,
    flag,
    function,
    k,
    listed,
    named,
    one_of,
    path,
    positive,
    quality,
    quoted,
    seed,
    text,
    whole,
)

__all__ = [
    "MAX_PIXELS",
    "axes",
    "block_size",
    "codebook",
    "content",
    "flag",
    "function",
    "image",
    "images",
    "indices",
    "intensities",
    "k",
    "listed",
    "named",
    "one_of",
    "palette",
    "path",
    "pixels",
    "positive",
    "quality",
    "quoted",
    "row",
    "samples",
    "seed",
    "shape",
    "sweep_rows",
    "text",
    "unmasked",
    "unmasked_if_array",
    "vector_sets",
    "vectors",
    "whole",
]
