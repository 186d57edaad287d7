"""The nearest codeword of each vector: exactly, and fast for levels, colors and blocks.

`kquant_helpers.codebooks.encode` asks `nearest`; lesson 04 tells how colors are looked up.
"""

import numpy as np

from kquant_helpers import door, quiet
from kquant_helpers.counts import PIECE, cell_codes, pieces

# Vectors that are turned to floats at a time: it bounds the memory.
_VECTORS_AT_A_TIME = 1 << 16

# Codewords beyond this are no intensities any more.
_FAR = 1000

# Distances held at a time. OpenBLAS multiplies matrices of this size on one thread; with
# more, its threads wait for each other, up to ten times as long on a busy machine.
_TABLE = 1 << 16

# For longer palettes, nothing is computed for each pair of their colors.
LONG_PALETTE = 512

# The color cube is cut into cells of this many bits per channel to find nearest colors.
_CELL_BITS = 5

_CELLS_AT_A_TIME = 128

_COLORS_PER_CELL = 1 << 3 * (8 - _CELL_BITS)

# The table of all colors of unsure cells may take so many bytes for each pixel before it is
# better to compare every pixel with every color.
_MOST_TABLE_BYTES = 5


def nearest(vectors, codebook):
    """Find the nearest codeword of each vector.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
        Intensities, colors, blocks or any numbers.
    codebook : ndarray of float64, shape (k, d)
        The codewords.

    Returns
    -------
    ndarray of the smallest unsigned integer type that holds k - 1, shape (n,)
        Nearest by squared distance; ties fall either way.

    Examples
    --------
    >>> nearest(np.array([[3], [250]], dtype=np.uint8), np.array([[0.0], [100.0], [255.0]]))
    array([0, 2], dtype=uint8)
    """
    dtype = index_dtype(len(codebook))
    if vectors.dtype == np.uint8 and vectors.shape[1] == 1:
        every_intensity = np.arange(256.0)[:, np.newaxis]
        return look_up(_nearest_in_piece(every_intensity, codebook).astype(dtype), vectors[:, 0])
    if vectors.dtype == np.uint8 and vectors.shape[1] == 3:
        return nearest_palette_index(vectors, codebook)
    starts = range(0, len(vectors), _VECTORS_AT_A_TIME)
    pieces = [vectors[start : start + _VECTORS_AT_A_TIME] for start in starts]
    return np.concatenate([_nearest_in_piece(each, codebook).astype(dtype) for each in pieces])


def _nearest_in_piece(vectors, codebook):
    if codebook.shape[1] == 1:
        return _nearest_level(vectors[:, 0].astype(np.float64), codebook[:, 0])
    if vectors.dtype != np.uint8 or np.abs(codebook).max() > _FAR:
        return _nearest_by_difference(vectors, codebook)
    from sklearn.metrics import pairwise_distances_argmin

    with quiet.one_blas_thread:
        return pairwise_distances_argmin(vectors.astype(np.float64), codebook)


def _nearest_by_difference(vectors, codebook):
    """Find the nearest codewords where rounding could hide them: products round with size."""
    from scipy.spatial.distance import cdist

    step = max(1, _TABLE // len(codebook))
    pieces = [vectors[start : start + step] for start in range(0, len(vectors), step)]
    return np.concatenate([cdist(each, codebook, "sqeuclidean").argmin(axis=1) for each in pieces])


def _nearest_level(values, levels):
    """Return the nearest level of each value, by where the halfway points stand."""
    order = np.argsort(levels, kind="stable")
    lower, upper = levels[order[:-1]], levels[order[1:]]
    return order[np.searchsorted(lower + (upper - lower) / 2, values)]


def nearest_palette_index(pixels, palette):
    """Find the nearest palette color of each pixel, exactly and fast.

    The color cube is cut into 32 × 32 × 32 cells. In most of them only a few palette
    colors can be nearest; they are compared once for each color of the cell, and the
    pixels look their index up. Where there are too few pixels for that to pay, each pixel
    is compared with the whole palette.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    palette : array_like, shape (k, 3)
        The palette, whole numbers or floats that round to 0..255.

    Returns
    -------
    ndarray of the smallest unsigned integer type that holds k - 1, shape (n,)
        Index of the palette color at the smallest squared distance; ties fall either way.

    Raises
    ------
    TypeError, ValueError
        Where the pixels are not uint8 of shape (n, 3), or the palette is empty or out of
        range.

    Examples
    --------
    >>> pixels = np.array([[9, 0, 0], [250, 240, 255]], dtype=np.uint8)
    >>> nearest_palette_index(pixels, [[0, 0, 0], [255, 255, 255]])
    array([0, 1], dtype=uint8)
    """
    pixels, palette = door.pixels(pixels), door.palette(palette)
    dtype = index_dtype(len(palette))
    if len(pixels) >= PIECE and len(palette) <= LONG_PALETTE:
        cells = _occupied_cells(pixels)
        candidates, counts = _candidates(cells, palette, dtype)
        entries = (np.count_nonzero(counts > 1) + len(palette)) * _COLORS_PER_CELL
        if entries * dtype.itemsize <= _MOST_TABLE_BYTES * len(pixels):
            table, columns = _color_table(cells, candidates, counts, palette)
            return _look_colors_up(pixels, table, columns)
    return nearest_by_product(pixels, palette)


def nearest_by_product(colors, palette, dtype=np.float64):
    """Index of the nearest palette color for each color, by |p|² - 2 x·p.

    Single precision is twice as fast and good enough for learning.
    """
    table = np.vstack([-2 * palette.T, np.sum(palette**2, axis=1)]).astype(dtype)
    indices = np.empty(len(colors), index_dtype(len(palette)))
    step = max(1, _TABLE // len(palette))
    for start in range(0, len(colors), step):
        piece = colors[start : start + step]
        extended = np.ones((len(piece), 4), dtype)
        extended[:, :3] = piece
        indices[start : start + step] = np.argmin(extended @ table, axis=1)
    return indices


def _occupied_cells(pixels):
    occupied = np.zeros(1 << 3 * _CELL_BITS, bool)
    for piece in pieces(len(pixels)):
        occupied[cell_codes(pixels[piece] >> (8 - _CELL_BITS), _CELL_BITS)] = True
    return np.flatnonzero(occupied)


def _cell_corners(cells):
    """Return the lowest color of each cell, shape (m, 3)."""
    mask = (1 << _CELL_BITS) - 1
    coordinates = (cells >> 2 * _CELL_BITS, cells >> _CELL_BITS & mask, cells & mask)
    return np.stack(coordinates, axis=1) * float(1 << (8 - _CELL_BITS))


def _candidates(cells, palette, dtype):
    """Find the palette colors that can be nearest to some color of each cell.

    Let q be nearest to the cell's center c. At c + e, color p is |p - c|² - |q - c|²
    - 2 e·(p - q) farther than q. No e of the cell makes that negative where the difference
    of the squares is above twice the half side times the sum of |p - q| over R, G and B.

    Returns
    -------
    candidates : ndarray, one cell's palette indices after the other's
    counts : ndarray of int, shape (m,), how many each cell has
    """
    side = (1 << (8 - _CELL_BITS)) - 1
    reach = side * sum(np.abs(np.subtract.outer(column, column)) for column in palette.T)
    squares = np.sum(palette**2, axis=1)
    candidates, counts = [], []
    step = max(1, _TABLE // len(palette))
    for start in range(0, len(cells), step):
        centers = _cell_corners(cells[start : start + step]) + side / 2
        distances = squares - 2 * centers @ palette.T
        nearest = np.argmin(distances, axis=1)
        closest = np.take_along_axis(distances, nearest[:, np.newaxis], axis=1)
        # The slack covers rounding: a candidate too many does no harm, one too few would.
        possible = distances <= reach[nearest] + closest + 1e-6
        candidates.append((np.flatnonzero(possible) % len(palette)).astype(dtype))
        counts.append(np.count_nonzero(possible, axis=1))
    return np.concatenate(candidates), np.concatenate(counts)


def _color_table(cells, candidates, counts, palette):
    """Find the nearest palette color of each color in the cells that have a choice.

    Returns
    -------
    table : ndarray, shape (512, columns)
        Palette indices: one row for each color within a cell, one column for each cell with
        a choice, then one for each palette color, for the cells that have none.
    columns : ndarray of intp, shape (32768,)
        The column of each cell.
    """
    starts = np.cumsum(counts) - counts
    # Neighbors in this order have equally many candidates, so few comparisons are idle.
    unsure = np.argsort(counts, kind="stable")[np.count_nonzero(counts == 1) :]
    table = np.empty((_COLORS_PER_CELL, len(unsure) + len(palette)), candidates.dtype)
    table[:, len(unsure) :] = np.arange(len(palette))
    columns = np.zeros(1 << 3 * _CELL_BITS, np.intp)
    columns[cells] = len(unsure) + candidates[starts].astype(np.intp)
    columns[cells[unsure]] = np.arange(len(unsure))
    for start in range(0, len(unsure), _CELLS_AT_A_TIME):
        some = unsure[start : start + _CELLS_AT_A_TIME]
        rounds = np.arange(counts[some].max())[:, np.newaxis]
        lists = candidates[starts[some] + np.minimum(rounds, counts[some] - 1)]
        corners = _cell_corners(cells[some])
        table[:, start : start + len(some)] = _nearest_in_cells(corners, lists, palette)
    return table, columns


def _nearest_in_cells(corners, lists, palette):
    """Nearest palette index of each color of some cells, shape (512, cells).

    `lists` has one column of candidates for each cell.
    """
    side = 1 << (8 - _CELL_BITS)
    offsets = np.ones((_COLORS_PER_CELL, 4))
    offsets[:, :3] = np.indices((side,) * 3).reshape(3, -1).T
    # |p|² - 2 x·p for x = corner + offset
    colors = palette[lists]
    planes = np.empty((len(lists), 4, len(corners)))
    planes[:, :3] = -2 * colors.swapaxes(1, 2)
    planes[:, 3] = np.sum(colors * (colors - 2 * corners), axis=2)
    least = offsets @ planes[0]
    nearest = np.repeat(lists[:1], _COLORS_PER_CELL, axis=0)
    for candidates, plane in zip(lists[1:], planes[1:], strict=True):
        distances = offsets @ plane
        # Three times as fast as a masked copy; unsigned numbers wrap there and back.
        nearest += (distances < least) * (candidates - nearest)
        np.minimum(least, distances, out=least)
    return nearest


def _look_colors_up(pixels, table, columns):
    indices = np.empty(len(pixels), table.dtype)
    mask = (1 << (8 - _CELL_BITS)) - 1
    for piece in pieces(len(pixels)):
        colors = pixels[piece]
        place = cell_codes(colors & mask, 8 - _CELL_BITS) * table.shape[1]
        place += columns.take(cell_codes(colors >> (8 - _CELL_BITS), _CELL_BITS))
        indices[piece] = table.take(place)
    return indices


def look_up(table, indices):
    """Entry of the table for each index, as np.take does.

    That would make 8-byte integers of the indices first; bytes can be translated as they are.
    """
    if table.dtype != np.uint8 or indices.dtype != np.uint8:
        return np.take(table, indices)
    every = np.resize(table, 256).tobytes()
    found = bytearray(np.ascontiguousarray(indices)).translate(every)
    return np.frombuffer(found, np.uint8).reshape(indices.shape)


def index_dtype(k):
    """Return the smallest unsigned integer type that holds the indices of k codewords.

    Examples
    --------
    >>> index_dtype(256), index_dtype(257)
    (dtype('uint8'), dtype('uint16'))
    """
    return np.min_scalar_type(k - 1)
