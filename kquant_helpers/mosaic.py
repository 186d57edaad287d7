"""A block codebook as a picture: each codeword a small one. Lesson 06 introduces it."""

import math

import numpy as np

from kquant_helpers import door
from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.looks import HIGHLIGHT

# No gray, so that lines and codewords are told apart; dark, so that a frame stands out.
_LINES = (36, 72, 110)


def codebook_mosaic(codebook, *, columns=None, mark=None):
    """Lay the codewords of a block codebook out as small pictures, row by row.

    Lesson 06 introduces it.

    Parameters
    ----------
    codebook : array_like, shape (k, b²) or (k, 3 b²)
        Codewords of blocks of b × b pixels, gray or in color.
    columns : int, optional
        How many stand in a row. The default makes the mosaic nearly square.
    mark : int, optional
        Index of a codeword to frame.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
        One pixel of picture for each entry, and lines of one pixel between the codewords.

    Raises
    ------
    TypeError, ValueError
        Where it is no codebook of square blocks.

    Examples
    --------
    >>> codebook_mosaic(np.zeros((6, 16))).shape
    (11, 16, 3)
    """
    blocks = _block_pictures(rounded_codebook(door.codebook(codebook)))
    count, side = blocks.shape[:2]
    if columns is None:
        columns = math.ceil(math.sqrt(count))
    columns = door.whole(columns, "columns", "how many stand in a row", "columns=16", most=4096)
    if mark is not None:
        mark = door.whole(mark, "mark", "a codeword's index", "mark=0", least=0, most=count - 1)
    rows = math.ceil(count / columns)
    mosaic = np.full((rows * (side + 1) + 1, columns * (side + 1) + 1, 3), _LINES, np.uint8)
    corners = [((side + 1) * (i // columns), (side + 1) * (i % columns)) for i in range(count)]
    if mark is not None:
        y, x = corners[mark]
        mosaic[y : y + side + 2, x : x + side + 2] = HIGHLIGHT
    for (y, x), block in zip(corners, blocks, strict=True):
        mosaic[y + 1 : y + 1 + side, x + 1 : x + 1 + side] = block
    return mosaic


def _block_pictures(codebook):
    """Return the codewords as RGB pictures, shape (k, b, b, 3)."""
    k, entries = codebook.shape
    for channels in (1, 3):
        side = math.isqrt(entries // channels)
        if channels * side**2 == entries:
            blocks = codebook.reshape(k, side, side, channels)
            return np.broadcast_to(blocks, (k, side, side, 3))
    raise ValueError(
        f"The codewords have {entries} entries, but square blocks have b·b, or 3·b·b in color: "
        'give the codebook of quantize(image, k, cut="block").'
    )
