"""Static matplotlib figures; every function takes Axes and returns them."""

import math

import numpy as np

from kquant_helpers import door
from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.counts import intensity_counts

# Okabe and Ito's colors hold up for the color-blind; dashes and markers tell curves apart too.
_CHANNEL_COLORS = {"R": "#D55E00", "G": "#009E73", "B": "#0072B2"}
MARK = (230, 159, 0)

# No gray, so that lines and codewords are told apart; dark, so that a frame stands out.
_LINES = (36, 72, 110)

_CURVE_STYLES = ("o-", "s--", "^:", "D-.", "v-", "P--", "X:", "*-.")


def image_grid(rows, columns, image_shape=(600, 960), width=9.0):
    """Return Axes without ticks in a grid that suits pictures of one shape.

    Parameters
    ----------
    rows, columns : int
        How many pictures.
    image_shape : tuple of int
        (height, width, …) of the pictures.
    width : float
        Width of the figure in inches.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (rows * columns,)

    Examples
    --------
    >>> len(image_grid(2, 3))
    6
    """
    import matplotlib.pyplot as plt

    height = rows * (width / columns * image_shape[0] / image_shape[1] + 0.3)
    _, axes = plt.subplots(
        rows, columns, figsize=(width, height), squeeze=False, layout="constrained"
    )
    for ax in axes.flat:
        ax.set_axis_off()
    return axes.ravel()


def show_image(image, ax=None, title=""):
    """Show an image with its true intensities, a gray one in grays.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        What to show.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title : str
        What stands above it.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError, ValueError
        Where it is no such image.

    Examples
    --------
    >>> show_image(np.zeros((2, 2), np.uint8), title="black").get_title()
    'black'
    """
    image = door.image(image)
    ax = image_grid(1, 1, image.shape, width=6)[0] if ax is None else ax
    ax.imshow(image, cmap="gray", vmin=0, vmax=255, interpolation="antialiased")
    ax.set_title(title, fontsize=10)
    ax.set_axis_off()
    return ax


def show_points(points, codebook, ax=None, title=""):
    """Show points in the plane in the colors of their nearest codewords, and these as crosses.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        The vectors.
    codebook : ndarray, shape (k, 2)
        The codewords.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title : str
        What stands above it.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> show_points(np.zeros((3, 2)), np.zeros((1, 2)), title="one place").get_title()
    'one place'
    """
    ax = image_grid(1, 1, (1, 1), width=4)[0] if ax is None else ax
    points, codebook = np.asarray(points, dtype=float), np.asarray(codebook, dtype=float)
    labels = np.square(points[:, np.newaxis] - codebook).sum(axis=2).argmin(axis=1)
    for j, place in enumerate(codebook):
        own = points[labels == j]
        (line,) = ax.plot(*own.T, "os^DvP*X"[j % 8], markersize=5, alpha=0.6)
        ax.plot(*place, "X", markersize=13, color=line.get_color(), markeredgecolor="white")
    ax.set_title(title, fontsize=10)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def show_histogram(image, ax=None, title="", *, levels=(), per_channel=False):
    """Show the histogram of an image's intensities.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The image.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title : str
        What stands above it.
    levels : sequence of float
        Intensities to mark below the axis.
    per_channel : bool
        Whether to draw one outline for each of R, G, B; a gray image has one anyway.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> show_histogram(np.zeros((2, 2), np.uint8)).get_xlabel()
    'intensity'
    """
    ax = _plain_axes(ax)
    if per_channel and np.ndim(image) == 3:
        for i, (name, color) in enumerate(_CHANNEL_COLORS.items()):
            counts = intensity_counts(image[..., i])
            ax.step(range(256), counts, where="mid", color=color, label=name, lw=1, ls=_lines(i))
    else:
        # The edges keep a lone bar visible in Axes that are less than 256 pixels wide.
        ax.bar(range(256), intensity_counts(image), width=1, color="#555555", ec="#555555", lw=0.5)
    ax.set_axis_on()
    if len(levels):
        ax.plot(levels, np.zeros(len(levels)), "^", color="#D55E00", clip_on=False, label="levels")
    ax.set(xlabel="intensity", ylabel="how often", title=title, xlim=(-1, 256), ylim=(0, None))
    return _with_legend(ax)


def show_counts(counts, ax=None, title="", *, names=None, ylabel="how often", top=None):
    """Show histograms that are counted already, or densities, one outline each.

    Lesson 01 introduces it.

    Parameters
    ----------
    counts : array_like, shape (256,) or (n, 256), or None
        The heights. None, which `kquant_helpers.try_out` returns for a function that is not
        written yet, shows nothing.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title : str
        What stands above it.
    names : sequence of str, optional
        A name for each outline. Three without names are R, G and B.
    ylabel : str
        What stands beside it.
    top : float, optional
        Where the axis ends.

    Returns
    -------
    matplotlib.axes.Axes or None

    Raises
    ------
    ValueError
        Where the shape is another one.

    Examples
    --------
    >>> len(show_counts(np.ones((3, 256))).lines)
    3
    """
    if counts is None:
        return None
    rows = np.atleast_2d(np.asarray(counts))
    if rows.ndim != 2 or rows.shape[1] != 256 or rows.dtype.kind not in "iufb":
        raise ValueError(
            f"counts has the shape {np.shape(counts)}, but it must be numbers of shape (256,) or "
            "(n, 256): one for each intensity."
        )
    ax = _plain_axes(ax)
    channels = names is None and len(rows) == 3
    names = names or (tuple(_CHANNEL_COLORS) if channels else [None] * len(rows))
    for i, (name, row) in enumerate(zip(names, rows, strict=True)):
        color = _CHANNEL_COLORS[name] if channels else None if len(rows) > 1 else "#555555"
        ax.step(range(256), row, where="mid", color=color, lw=1.2, ls=_lines(i), label=name)
    if len(rows) == 1:
        ax.fill_between(range(256), rows[0], step="mid", color="#555555")
    ax.set(xlabel="intensity", ylabel=ylabel, title=title, xlim=(-1, 256), ylim=(0, top))
    return _with_legend(ax)


def show_densities(images, ax=None, title=""):
    """Show which share of each image's intensities falls on 0 to 255, one outline an image.

    Shares can be compared where images differ in size. Lesson 01 introduces them.

    Parameters
    ----------
    images : dict of str to ndarray of uint8
        A name and an image of any shape for each outline.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title : str
        What stands above it.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> len(show_densities({"black": np.zeros((2, 2), np.uint8)}).lines)
    1
    """
    ax = _plain_axes(ax)
    for i, (name, image) in enumerate(images.items()):
        shares = intensity_counts(image) / np.size(image)
        ax.step(range(256), shares, where="mid", lw=1.2, ls=_lines(i), label=name)
    ax.set(xlabel="intensity", ylabel="share", title=title, xlim=(-1, 256), ylim=(0, None))
    return _with_legend(ax)


def show_curves(x, curves, ax=None, title="", *, xlabel="k", ylabel="", log_x=True, log_y=False):
    """Show curves over k, told apart by color, dash and marker.

    Parameters
    ----------
    x : sequence of float
        The values of k.
    curves : dict of str to sequence of float
        A curve's name and its values.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title, xlabel, ylabel : str
        What stands above, below and beside.
    log_x, log_y : bool
        Whether an axis is logarithmic; log_x doubles from tick to tick.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> len(show_curves([1, 2], {"error": [4, 1]}).lines)
    1
    """
    ax = _plain_axes(ax)
    for (name, values), style in zip(curves.items(), _cycle_styles(len(curves)), strict=True):
        ax.plot(x, values, style, label=name, ms=4)
    if log_x:
        ax.set_xscale("log", base=2)
        ax.set_xticks(list(x), labels=[f"{value:g}" for value in x])
        ax.minorticks_off()
    if log_y:
        ax.set_yscale("log")
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(alpha=0.3)
    return _with_legend(ax)


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
    columns = math.ceil(math.sqrt(count)) if columns is None else columns
    rows = math.ceil(count / columns)
    mosaic = np.full((rows * (side + 1) + 1, columns * (side + 1) + 1, 3), _LINES, np.uint8)
    corners = [((side + 1) * (i // columns), (side + 1) * (i % columns)) for i in range(count)]
    if mark is not None:
        y, x = corners[mark]
        mosaic[y : y + side + 2, x : x + side + 2] = MARK
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


def show_rate_distortion(rows, ax=None, title="", *, size="file"):
    """Show PSNR against bits per pixel, a curve for each method. Lesson 07 introduces it.

    Parameters
    ----------
    rows : sequence of SweepRow
        What `kquant_helpers.rate_distortion_sweep` yields.
    ax : matplotlib.axes.Axes, optional
        Where. The default is a figure of its own.
    title : str
        What stands above it.
    size : {"file", "fixed_rate", "entropy", "huffman"}
        Which bits; a method without a formula stands by its file. A picture without any
        error, whose PSNR is infinite, is left out.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        Where there is no such size.

    Examples
    --------
    >>> show_rate_distortion([]).get_ylabel()
    'PSNR in dB'
    """
    door.one_of(
        size, "size", ("file", "fixed_rate", "entropy", "huffman"), "sizes are of four kinds"
    )
    rows = list(rows)
    ax = _plain_axes(ax)
    methods = list(dict.fromkeys(row.method for row in rows))
    for method, style in zip(methods, _cycle_styles(len(methods)), strict=True):
        own = [row for row in rows if row.method == method and np.isfinite(row.peak_snr)]
        bits = [getattr(row, f"{size}_bits_per_pixel") for row in own]
        bits = [
            row.file_bits_per_pixel if np.isnan(b) else b for row, b in zip(own, bits, strict=True)
        ]
        ax.plot(bits, [row.peak_snr for row in own], style, label=method, ms=4)
    ax.set(xlabel="bits per pixel", ylabel="PSNR in dB", title=title, xscale="log")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.grid(alpha=0.3)
    return _with_legend(ax)


def _plain_axes(ax):
    """Return these Axes with their ticks, which `image_grid` hides, or a wide figure's."""
    import matplotlib.pyplot as plt

    if ax is None:
        return plt.subplots(figsize=(7, 3), layout="constrained")[1]
    ax.set_axis_on()
    return ax


def _with_legend(ax):
    if ax.get_legend_handles_labels()[1]:
        ax.legend(frameon=False)
    return ax


def _lines(i):
    return ("-", "--", ":", "-.")[i % 4]


def _cycle_styles(count):
    return [_CURVE_STYLES[i % len(_CURVE_STYLES)] for i in range(count)]
