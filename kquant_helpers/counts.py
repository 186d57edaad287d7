"""What is there, and how often: histograms of intensities, colors and vectors.

Lesson 01 counts intensities; the learners run on distinct vectors and their weights.
"""

import numpy as np
from PIL import Image

from kquant_helpers import door

# Rows handled at a time: small enough for the cache, and it bounds the memory.
PIECE = 1 << 15

# Cells of the histogram that k-means runs on. More cells take longer and gain little.
_MOST_CELLS = 40_000

# The coarsest histogram that palettes are learned from has so many bits per channel.
COARSE_BITS = 5


def intensity_counts(values):
    """Count how often each of the 256 intensities occurs.

    Parameters
    ----------
    values : ndarray of uint8, any shape
        A photo, a channel, or vectors.

    Returns
    -------
    ndarray of int64, shape (256,)
        Entry v counts the entries of `values` that equal v.

    Raises
    ------
    TypeError
        Where the values are not a uint8 array.

    Examples
    --------
    >>> intensity_counts(np.array([[0, 2], [2, 2]], dtype=np.uint8))[:4]
    array([1, 0, 3, 0])
    """
    values = door.intensities(values)
    # Pillow counts bytes as they are; NumPy's bincount would make 8-byte integers of them first.
    row = Image.fromarray(np.ascontiguousarray(values).reshape(1, -1))
    return np.array(row.histogram(), dtype=np.int64)


def count_colors_used(image):
    """Return the number of distinct colors, or of intensities in a gray image.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The image.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        Where this is not an image.

    Examples
    --------
    >>> count_colors_used(np.zeros((2, 2, 3), np.uint8))
    1
    """
    image = door.image(image)
    if image.ndim == 2:
        return int(np.count_nonzero(intensity_counts(image)))
    red, green, blue = np.moveaxis(image.reshape(-1, 3).astype(np.uint32), -1, 0)
    seen = np.zeros(1 << 24, dtype=bool)
    seen[(red << 16) | (green << 8) | blue] = True
    return int(np.count_nonzero(seen))


def weighted_vectors(vectors):
    """Return the distinct vectors in ascending order and how often each occurs.

    Parameters
    ----------
    vectors : ndarray of uint8 or float64, shape (n, d)
        Intensities, colors, blocks or frequencies.

    Returns
    -------
    values : ndarray of float64, shape (m, d)
    weights : ndarray of float64, shape (m,)

    Examples
    --------
    >>> weighted_vectors(np.array([[7], [5], [7]], dtype=np.uint8))
    (array([[5.],
           [7.]]), array([1., 2.]))
    """
    if vectors.dtype != np.uint8:
        values, weights = np.unique(vectors, axis=0, return_counts=True)
        return values.astype(np.float64), weights.astype(np.float64)
    if vectors.shape[1] == 1:
        counts = intensity_counts(vectors)
        values = np.flatnonzero(counts)
        return values[:, np.newaxis].astype(np.float64), counts[values].astype(np.float64)
    if vectors.shape[1] == 3:
        return distinct_colors(vectors)
    # As bytes, whole vectors are compared at once: five times as fast as unique(axis=0).
    row = np.dtype((np.void, vectors.shape[1]))
    rows, weights = np.unique(np.ascontiguousarray(vectors).view(row), return_counts=True)
    values = rows.view(np.uint8).reshape(len(rows), -1)
    return values.astype(np.float64), weights.astype(np.float64)


def color_histogram(pixels, bits=5):
    """Count the pixels in each cell of the color cube, and average their colors.

    The cube is cut into 2**bits slices along each of R, G and B. Lesson 04 learns
    palettes from this histogram in place of the pixels.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    bits : int
        1 to 8 bits per channel; at 8, each color is a cell of its own.

    Returns
    -------
    colors : ndarray of float64, shape (m, 3)
        The mean color of the pixels in each occupied cell.
    weights : ndarray of float64, shape (m,)
        The number of pixels in each occupied cell.

    Raises
    ------
    TypeError, ValueError
        Where the pixels are not uint8 of shape (n, 3), or bits is not in 1 to 8.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> color_histogram(pixels, bits=5)
    (array([[  1.,   2.,   0.],
           [255.,   0.,   0.]]), array([2., 1.]))
    """
    pixels = door.pixels(pixels)
    bits = door.whole(bits, "bits", "the bits of a channel", "bits=5, for 32 slices", most=8)
    codes = _sorted_codes(pixels)
    return _cell_means(codes, _cell_starts(codes, bits))


def distinct_colors(pixels):
    """Return the distinct colors in ascending order, and how many pixels have each.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.

    Returns
    -------
    colors : ndarray of float64, shape (m, 3)
    weights : ndarray of float64, shape (m,)

    Examples
    --------
    >>> distinct_colors(np.array([[9, 0, 0], [0, 5, 0], [9, 0, 0]], dtype=np.uint8))
    (array([[0., 5., 0.],
           [9., 0., 0.]]), array([1., 2.]))
    """
    colors, weights = color_histogram(pixels, bits=8)
    order = np.argsort(colors @ [65536.0, 256.0, 1.0])
    return colors[order], weights[order]


def palette_histogram(pixels):
    """Return the finest color histogram that has at most 40,000 cells.

    The learner "histogram k-means" runs on it. Small or plain photos get all their colors, others
    5 to 7 bits per channel.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.

    Returns
    -------
    colors : ndarray of float64, shape (m, 3)
    weights : ndarray of float64, shape (m,)
        As `color_histogram` returns them.

    Examples
    --------
    >>> colors, weights = palette_histogram(np.zeros((5, 3), dtype=np.uint8))
    >>> colors, weights
    (array([[0., 0., 0.]]), array([5.]))
    """
    codes = _sorted_codes(door.pixels(pixels))
    fitting = (bits for bits in (8, 7, 6) if _count_cells(codes, bits) <= _MOST_CELLS)
    return _cell_means(codes, _cell_starts(codes, next(fitting, COARSE_BITS)))


def merged_cells(colors, weights, bits):
    """Merge the cells of a histogram into larger ones, of so many bits per channel."""
    codes = cell_codes(colors.astype(np.uint8) >> (8 - bits), bits)
    totals = np.bincount(codes, weights)
    occupied = np.flatnonzero(totals)
    sums = [np.bincount(codes, column * weights)[occupied] for column in colors.T]
    return np.stack(sums, axis=1) / totals[occupied, np.newaxis], totals[occupied]


def pieces(length):
    """Return slices of so many rows that are handled at a time."""
    return [slice(start, start + PIECE) for start in range(0, length, PIECE)]


def _spread_bits(values):
    """Move bit i of each 8-bit value to bit 3 i."""
    values = (values | values << 8) & 0x00F00F
    values = (values | values << 4) & 0x0C30C3
    return (values | values << 2) & 0x249249


def _gather_bits(values):
    """Move bit 3 i of each value to bit i: the inverse of `_spread_bits`."""
    values = values & 0x249249
    values = (values | values >> 2) & 0x0C30C3
    values = (values | values >> 4) & 0x00F00F
    return (values | values >> 8) & 0xFF


def _sorted_codes(pixels):
    """Return one 24-bit number for each pixel, sorted, with the bits of R, G, B interleaved.

    In this order (Morton, 1966) the pixels of a cell stand together, for cells of every size.
    """
    codes = np.empty(len(pixels), np.uint32)
    for piece in pieces(len(pixels)):
        red, green, blue = (_spread_bits(channel.astype(np.uint32)) for channel in pixels[piece].T)
        codes[piece] = red << 2 | green << 1 | blue
    codes.sort()
    return codes


def _cell_changes(codes, bits):
    """Yield, a piece at a time, where a code lies in another cell than the code before it."""
    for piece in pieces(len(codes) - 1):
        before = codes[:-1][piece]
        yield piece.start + 1, (before ^ codes[1:][piece]) >> 3 * (8 - bits) != 0


def _count_cells(codes, bits):
    return 1 + sum(np.count_nonzero(changes) for _, changes in _cell_changes(codes, bits))


def _cell_starts(codes, bits):
    """Return where each cell starts among the sorted codes."""
    found = [start + np.flatnonzero(changes) for start, changes in _cell_changes(codes, bits)]
    return np.concatenate([[0], *found])


def _cell_means(codes, starts):
    """Return the mean color and the number of pixels of each cell."""
    sums = np.zeros((3, len(starts)))
    for piece in pieces(len(codes)):
        some = codes[piece]
        first = np.searchsorted(starts, piece.start, side="right") - 1
        last = np.searchsorted(starts, piece.start + len(some))
        within = np.maximum(starts[first:last] - piece.start, 0)
        for shift, total in zip((2, 1, 0), sums, strict=True):
            channel = _gather_bits(some >> shift)
            total[first:last] += np.add.reduceat(channel, within)
    weights = np.diff(starts, append=len(codes)).astype(np.float64)
    sums /= weights
    return sums.T, weights


def cell_codes(values, bits):
    """Return cell numbers made of three whole coordinates of so many bits."""
    red, green, blue = values.T
    return red.astype(np.intp) << 2 * bits | green.astype(np.intp) << bits | blue


def few_vectors(vectors, k):
    """Return the distinct vectors where there are at most k, or None."""
    colors = vectors.dtype == np.uint8 and vectors.shape[1] == 3
    if colors and _count_cells(_sorted_codes(vectors), 8) > k:
        return None
    distinct = weighted_vectors(vectors)[0]
    return distinct if len(distinct) <= k else None
