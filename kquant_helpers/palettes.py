"""Colors: histograms of them, palettes learned from them, the nearest one, their order.

A palette is a codebook whose codewords are RGB colors; lesson 04 introduces it. Pixels
are uint8 arrays of shape (n, 3), as ``cut_image(image, "rgb")`` makes them.
"""

import math

import numpy as np

# Rows handled at a time: small enough for the cache, and it bounds the memory.
_PIECE = 1 << 15

# Distances held at a time. OpenBLAS multiplies matrices of this size on one thread; with
# more, its threads wait for each other, up to ten times as long on a busy machine.
_TABLE = 1 << 16

# For longer palettes, nothing is computed for each pair of their colors.
_LONG_PALETTE = 512

# Cells of the histogram that k-means runs on. More cells take longer and gain little.
_MOST_CELLS = 40_000

# While a palette grows, its steps run on a histogram of this many bits per channel.
_COARSE_BITS = 5

# Each round of growing adds this share of the codewords. Doubling is faster, but it
# splits clusters that should have stayed whole.
_GROWTH = 0.3

# It grows by this share too long, and loses the codewords that are missed least.
_SPARE = 0.2

_SPARE_STEPS = 2
_COARSE_STEPS = 10
_FINE_STEPS = 3

# The color cube is cut into cells of this many bits per channel to find nearest colors.
_CELL_BITS = 5
_CELLS_AT_A_TIME = 128
_COLORS_PER_CELL = 1 << 3 * (8 - _CELL_BITS)

# The table of all colors of unsure cells may take so many bytes for each pixel before it is
# better to compare every pixel with every color.
_MOST_TABLE_BYTES = 5

# Degrees of hue that one family of a palette spans, and the chroma below which a color
# looks gray: chosen by eye on palettes of four photos.
_HUE_STEP = 30
_GRAY_CHROMA = 25


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
    check_pixels(pixels)
    if bits not in range(1, 9):
        raise ValueError(
            f"bits is {bits!r}, but a channel has 1 to 8 bits: try bits=5, for 32 slices."
        )
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

    `histogram_k_means` learns from it. Small or plain photos get all their colors, others
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
    check_pixels(pixels)
    codes = _sorted_codes(pixels)
    for bits in (8, 7, 6):
        if _count_cells(codes, bits) <= _MOST_CELLS:
            return _cell_means(codes, _cell_starts(codes, bits))
    return _cell_means(codes, _cell_starts(codes, _COARSE_BITS))


def histogram_k_means(pixels, k, random_state=None, *, histogram=None):
    """Learn a palette by k-means on a weighted color histogram.

    The palette starts as the mean color. In each round the clusters that vary most along
    one direction are split in two along it, and all codewords move to their means, until
    there are a fifth more than k. Those that are missed least go, and k-means steps on
    coarse and then fine cells follow. Nothing is random.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted.
    random_state : None
        Nothing is drawn at random.
    histogram : tuple of ndarray, optional
        What `palette_histogram` returned for these pixels, to learn palettes of several
        lengths without counting again; the pixels are not read then.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette; the distinct colors themselves where there are at most k.

    References
    ----------
    Y. Linde, A. Buzo and R. Gray, "An algorithm for vector quantizer design", IEEE Trans.
    Communications 28(1), 1980 (growing by splits). M. E. Celebi, "Improving the
    performance of k-means for color quantization", Image and Vision Computing 29(4), 2011
    (weighted colors, a deterministic start).

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> histogram_k_means(pixels, 2)
    array([[255.,   0.,   0.],
           [  1.,   2.,   0.]])
    """
    fine = palette_histogram(pixels) if histogram is None else histogram
    if len(fine[0]) <= k:
        return fine[0].copy()
    coarse = _merge_cells(*fine, _COARSE_BITS)
    # Too few cells would leave no room to choose where the codewords go.
    cells = coarse if len(coarse[0]) >= 8 * k else fine
    spare = min(math.ceil(_SPARE * k), len(cells[0]) - k) if k <= _LONG_PALETTE else 0
    palette = _lloyd_steps(*cells, _grow(*cells, k + spare), _SPARE_STEPS)
    palette = _lloyd_steps(*cells, _drop_spare(*cells, palette, k), _COARSE_STEPS)
    return _lloyd_steps(*fine, palette, _FINE_STEPS)


def sample_k_means(pixels, k, random_state=0, *, n_samples=1000):
    """Learn a palette by k-means on pixels drawn at random.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted.
    random_state : int
        Seed of the draw and of k-means.
    n_samples : int
        Number of pixels drawn, without replacement.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette. It has fewer than k colors where the sample has.

    References
    ----------
    scikit-learn, "Color Quantization using K-Means", an example in its gallery.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> len(sample_k_means(pixels, 2))
    2
    """
    from sklearn.cluster import KMeans

    few = _few_colors(pixels, k)
    if few is not None:
        return few
    generator = np.random.default_rng(random_state)
    chosen = generator.choice(len(pixels), min(n_samples, len(pixels)), replace=False)
    colors, weights = distinct_colors(pixels[chosen])
    if len(colors) <= k:
        return colors
    model = KMeans(k, n_init=1, random_state=random_state).fit(colors, sample_weight=weights)
    return model.cluster_centers_


def median_cut(pixels, k, random_state=None):
    """Learn a palette with Pillow's median cut.

    The box of colors with the most pixels is cut at its median, over and over.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted, at most 256.
    random_state : None
        Nothing is drawn at random.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette.

    Raises
    ------
    ValueError
        Where k is above 256 and there are more than k distinct colors.

    References
    ----------
    P. Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> len(median_cut(pixels, 2))
    2
    """
    from PIL import Image

    return _pillow_palette(pixels, k, Image.Quantize.MEDIANCUT, "median cut")


def octree(pixels, k, random_state=None):
    """Learn a palette with Pillow's fast octree.

    The color cube is cut into eight, and each part again, where there are pixels. It is
    the fastest learner and the one with the largest error.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted, at most 256.
    random_state : None
        Nothing is drawn at random.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette.

    Raises
    ------
    ValueError
        Where k is above 256 and there are more than k distinct colors.

    References
    ----------
    M. Gervautz and W. Purgathofer, "A simple method for color quantization: octree
    quantization", New Trends in Computer Graphics, 1988.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> len(octree(pixels, 2))
    2
    """
    from PIL import Image

    return _pillow_palette(pixels, k, Image.Quantize.FASTOCTREE, "octree")


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
    check_pixels(pixels)
    palette = check_palette(palette)
    dtype = np.min_scalar_type(len(palette) - 1)
    if len(pixels) >= _PIECE and len(palette) <= _LONG_PALETTE:
        cells = _occupied_cells(pixels)
        candidates, counts = _candidates(cells, palette, dtype)
        entries = (np.count_nonzero(counts > 1) + len(palette)) * _COLORS_PER_CELL
        if entries * dtype.itemsize <= _MOST_TABLE_BYTES * len(pixels):
            table, columns = _color_table(cells, candidates, counts, palette)
            return _look_up(pixels, table, columns)
    return _nearest(pixels, palette)


def palette_order(palette):
    """Return the order in which a palette is shown: like a paint box, not by chance.

    Near-grays come first, then the hues from red through orange, yellow, green and blue
    to pink in twelve families; each family runs from dark to light.

    Parameters
    ----------
    palette : array_like, shape (k, 3)
        RGB colors in 0..255.

    Returns
    -------
    ndarray of intp, shape (k,)
        A permutation: ``palette[palette_order(palette)]`` is in order.

    References
    ----------
    Lightness is the luma of ITU-R BT.601. Hue and chroma are the angle and the radius on
    the plane across the gray axis of the color cube (A. Hanbury, "Constructing cylindrical
    coordinate color spaces", Pattern Recognition Letters 29(4), 2008).

    Examples
    --------
    >>> palette_order([[255, 0, 0], [255, 255, 255], [90, 0, 0], [0, 0, 0]])
    array([3, 1, 2, 0])
    """
    colors = check_palette(palette)
    red, green, blue = colors.T
    across, along = red - (green + blue) / 2, math.sqrt(3) / 2 * (green - blue)
    family = np.rint(np.degrees(np.arctan2(along, across)) / _HUE_STEP) % (360 / _HUE_STEP)
    family[np.hypot(across, along) < _GRAY_CHROMA] = -1
    return np.lexsort((colors @ [0.299, 0.587, 0.114], family))


def check_pixels(pixels):
    """Raise TypeError or ValueError unless the pixels are uint8 of shape (n, 3), n ≥ 1.

    Examples
    --------
    >>> check_pixels(np.zeros((4, 1), dtype=np.uint8))
    Traceback (most recent call last):
    ValueError: The pixels have the shape (4, 1), but colors need the shape (n, 3): take a \
color photo and cut it with cut_image(image, "rgb").
    """
    if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8:
        given = getattr(pixels, "dtype", type(pixels).__name__)
        raise TypeError(
            f"The pixels are {given}, but colors are whole numbers of 0 to 255 in a uint8 array: "
            "load the photo with load_photo."
        )
    if pixels.ndim != 2 or pixels.shape[1] != 3:
        raise ValueError(
            f"The pixels have the shape {pixels.shape}, but colors need the shape (n, 3): "
            'take a color photo and cut it with cut_image(image, "rgb").'
        )
    if not len(pixels):
        raise ValueError("There are no pixels, but a palette needs at least one: take a photo.")


def check_palette(palette):
    """Return the palette as float64; raise TypeError or ValueError unless it holds colors.

    Examples
    --------
    >>> check_palette([[0, 0, 300]])
    Traceback (most recent call last):
    ValueError: The palette runs from 0 to 300, but its colors lie in 0 to 255: clip it with \
np.clip(palette, 0, 255).
    """
    try:
        colors = np.asarray(palette, dtype=np.float64)
    except (TypeError, ValueError):
        raise TypeError(
            f"The palette is {type(palette).__name__} that is no array of numbers, but a palette "
            "has the shape (k, 3): give one row of R, G and B for each color."
        ) from None
    if colors.ndim != 2 or colors.shape[1] != 3 or not len(colors):
        raise ValueError(
            f"The palette has the shape {colors.shape}, but a palette has the shape (k, 3) and "
            "at least one color: give one row of R, G and B for each color."
        )
    # Rounding noise just outside of 0..255 is no mistake: it rounds to 0 or 255.
    if not (colors.min() >= -0.5 and colors.max() <= 255.5):
        raise ValueError(
            f"The palette runs from {colors.min():g} to {colors.max():g}, but its colors lie in "
            "0 to 255: clip it with np.clip(palette, 0, 255)."
        )
    return colors


def _pieces(length):
    return [slice(start, start + _PIECE) for start in range(0, length, _PIECE)]


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
    for piece in _pieces(len(pixels)):
        red, green, blue = (_spread_bits(channel.astype(np.uint32)) for channel in pixels[piece].T)
        codes[piece] = red << 2 | green << 1 | blue
    codes.sort()
    return codes


def _cell_changes(codes, bits):
    """Yield, a piece at a time, where a code lies in another cell than the code before it."""
    for piece in _pieces(len(codes) - 1):
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
    for piece in _pieces(len(codes)):
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


def _cell_codes(values, bits):
    """Return cell numbers made of three whole coordinates of so many bits."""
    red, green, blue = values.T
    return red.astype(np.intp) << 2 * bits | green.astype(np.intp) << bits | blue


def _merge_cells(colors, weights, bits):
    """Merge the cells of a histogram into larger ones, of so many bits per channel."""
    codes = _cell_codes(colors.astype(np.uint8) >> (8 - bits), bits)
    totals = np.bincount(codes, weights)
    occupied = np.flatnonzero(totals)
    sums = [np.bincount(codes, column * weights)[occupied] for column in colors.T]
    return np.stack(sums, axis=1) / totals[occupied, np.newaxis], totals[occupied]


def _few_colors(pixels, k):
    """Return the distinct colors where there are at most k, or None."""
    check_pixels(pixels)
    if _count_cells(_sorted_codes(pixels), 8) > k:
        return None
    return distinct_colors(pixels)[0]


def _nearest(colors, palette, dtype=np.float64):
    """Index of the nearest palette color for each color, by |p|² - 2 x·p.

    Single precision is twice as fast and good enough for learning.
    """
    table = np.vstack([-2 * palette.T, np.sum(palette**2, axis=1)]).astype(dtype)
    indices = np.empty(len(colors), np.min_scalar_type(len(palette) - 1))
    step = max(1, _TABLE // len(palette))
    for start in range(0, len(colors), step):
        piece = colors[start : start + step]
        extended = np.ones((len(piece), 4), dtype)
        extended[:, :3] = piece
        indices[start : start + step] = np.argmin(extended @ table, axis=1)
    return indices


def _lloyd_steps(colors, weights, palette, steps):
    """Take so many k-means steps, or fewer when nothing moves any more."""
    weighted = (colors * weights[:, np.newaxis]).T.copy()
    previous = None
    for _ in range(steps):
        indices = _nearest(colors, palette, np.float32)
        if previous is not None and np.array_equal(indices, previous):
            break
        palette = _means(indices, weighted, np.bincount(indices, weights, len(palette)), palette)
        previous = indices
    return palette


def _grow(colors, weights, k):
    """Grow a palette from the mean color to k colors by splitting the widest clusters.

    Each round assigns the colors once, for the clusters' means and for their widths.
    """
    palette = np.average(colors, axis=0, weights=weights)[np.newaxis]
    while len(palette) < k:
        palette, errors, offsets = _clusters(colors, weights, palette)
        most = min(int(_GROWTH * len(palette)), np.count_nonzero(errors), k - len(palette))
        split = np.argsort(-errors, kind="stable")[: max(1, most)]
        halves = palette[split] + offsets[split]
        palette[split] -= offsets[split]
        palette = np.vstack([palette, halves])
    return palette


def _drop_spare(colors, weights, palette, k):
    """Drop codewords until k are left, those first whose merger costs the least error.

    Clusters of a and b colors at the distance d merge at the cost d² a b / (a + b) (Ward,
    1963). In one round no codeword loses its neighbor and goes as well.
    """
    while len(palette) > k:
        indices = _nearest(colors, palette, np.float32)
        totals = np.maximum(np.bincount(indices, weights, len(palette)), 1e-9)
        costs = sum(np.subtract.outer(column, column) ** 2 for column in palette.T)
        costs *= 1 / np.add.outer(1 / totals, 1 / totals)
        np.fill_diagonal(costs, np.inf)
        order = np.argsort(np.min(costs, axis=1), kind="stable")
        dropped, merged = [], set()
        for index, neighbor in zip(order, np.argmin(costs, axis=1)[order], strict=True):
            if len(dropped) < len(palette) - k and not merged & {index, neighbor}:
                pair = [index, neighbor]
                palette[neighbor] = np.average(palette[pair], axis=0, weights=totals[pair])
                dropped.append(index)
                merged.update(pair)
        palette = np.delete(palette, dropped, axis=0)
    return palette


def _clusters(colors, weights, palette):
    """Assign the colors to the palette, and describe its clusters.

    Returns
    -------
    means : ndarray, shape (k, 3)
    errors : ndarray, shape (k,), squared error along each cluster's widest direction
    offsets : ndarray, shape (k, 3), one standard deviation along that direction
    """
    indices = _nearest(colors, palette, np.float32)
    totals = np.bincount(indices, weights, len(palette))
    means = _means(indices, (colors * weights[:, np.newaxis]).T, totals, palette)
    deviations = (colors - means[indices]).T
    scatter = np.empty((len(palette), 3, 3))
    for i, j in ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)):
        products = deviations[i] * deviations[j] * weights
        scatter[:, i, j] = scatter[:, j, i] = np.bincount(indices, products, len(palette))
    values, directions = np.linalg.eigh(scatter)
    errors = np.maximum(values[:, -1], 0)
    deviation = np.sqrt(errors / np.maximum(totals, 1))
    return means, errors, directions[:, :, -1] * deviation[:, np.newaxis]


def _means(indices, weighted, totals, palette):
    """Return the mean color of each cluster; one without colors keeps its codeword."""
    sums = [np.bincount(indices, column, len(palette)) for column in weighted]
    occupied = (totals > 0)[:, np.newaxis]
    return np.divide(
        np.stack(sums, axis=1), totals[:, np.newaxis], out=palette.copy(), where=occupied
    )


def _pillow_palette(pixels, k, method, name):
    """Palette of Pillow's quantize, without the entries that no pixel uses."""
    from PIL import Image

    few = _few_colors(pixels, k)
    if few is not None:
        return few
    if k > 256:
        raise ValueError(
            f'k is {k}, but the learner "{name}" makes palettes of at most 256 colors: '
            'use "histogram k-means" for longer ones.'
        )
    column = Image.fromarray(np.ascontiguousarray(pixels)[:, np.newaxis])
    quantized = column.quantize(k, method)
    used = [index for _, index in quantized.getcolors()]
    return np.array(quantized.getpalette(), np.float64).reshape(-1, 3)[np.sort(used)]


def _occupied_cells(pixels):
    occupied = np.zeros(1 << 3 * _CELL_BITS, bool)
    for piece in _pieces(len(pixels)):
        occupied[_cell_codes(pixels[piece] >> (8 - _CELL_BITS), _CELL_BITS)] = True
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


def _look_up(pixels, table, columns):
    indices = np.empty(len(pixels), table.dtype)
    mask = (1 << (8 - _CELL_BITS)) - 1
    for piece in _pieces(len(pixels)):
        colors = pixels[piece]
        place = _cell_codes(colors & mask, 8 - _CELL_BITS) * table.shape[1]
        place += columns.take(_cell_codes(colors >> (8 - _CELL_BITS), _CELL_BITS))
        indices[piece] = table.take(place)
    return indices
