"""Static matplotlib figures; every function takes Axes and returns them.

They have no background and a gray ink, so that they suit a light page and a dark one. Curves,
channels and methods look as in the explorers: see `kquant_helpers.looks`.
"""

import numpy as np

from kquant_helpers import door
from kquant_helpers.counts import intensity_counts
from kquant_helpers.looks import INK, LOOKS, look_of
from kquant_helpers.nearest import nearest

_CHANNELS = ("R", "G", "B")


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

    what = "how many pictures stand below each other"
    rows = door.whole(rows, "rows", what, "rows=1", most=100)
    what = "how many pictures stand in a row"
    columns = door.whole(columns, "columns", what, "columns=2", most=100)
    what = "the width of the figure in inches"
    width = door.positive(width, "width", what, "width=9", most=100)
    image_shape = door.shape(image_shape)
    height = rows * (width / columns * image_shape[0] / image_shape[1] + 0.3)
    figure, axes = plt.subplots(
        rows, columns, figsize=(width, height), squeeze=False, layout="constrained"
    )
    figure.patch.set_alpha(0)
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
    image, title = door.image(image), door.text(title, "title", 'title="china"')
    ax = image_grid(1, 1, image.shape, width=6)[0] if door.axes(ax) is None else ax
    ax.imshow(image, cmap="gray", vmin=0, vmax=255, interpolation="antialiased")
    ax.set_title(title, fontsize=10, color=INK)
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
    points, codebook = door.points(points, "points"), door.points(codebook, "codebook")
    title, labels = door.text(title, "title", 'title="20 points"'), nearest(points, codebook)
    ax = image_grid(1, 1, (1, 1), width=4)[0] if door.axes(ax) is None else ax
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
    image, levels = door.intensities(image, "The intensities"), door.row(levels, "levels")
    ax = _plain_axes(ax, title)
    if door.flag(per_channel, "per_channel") and image.ndim == 3:
        for i, name in enumerate(_CHANNELS):
            counts = intensity_counts(image[..., i])
            ax.step(range(256), counts, where="mid", label=name, lw=1, **_line(name))
    else:
        # The edges keep a lone bar visible in Axes that are less than 256 pixels wide.
        ax.bar(range(256), intensity_counts(image), width=1, color=INK, ec=INK, lw=0.5)
    ax.set(xlabel="intensity", ylabel="how often", xlim=(-1, 256), ylim=(0, None))
    if len(levels):
        _mark_levels(ax, levels)
    return _finished(ax)


def _mark_levels(ax, levels):
    """Mark levels below the axis, their tips on it, and make room for that."""
    tip = [(-3, -6), (3, -6), (0, 0)]
    below = ax.get_xaxis_transform()
    style = {"marker": tip, "ms": 7, "ls": "", "color": LOOKS["yours"].color, "clip_on": False}
    ax.plot(levels, np.zeros(len(levels)), transform=below, label="levels", **style)
    ax.tick_params(axis="x", pad=9)


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
    TypeError, ValueError
        Where the shape is another one, or there is not one name for each outline.

    Examples
    --------
    >>> len(show_counts(np.ones((3, 256))).lines)
    3
    """
    if counts is None:
        return None
    rows = door.count_rows(counts)
    ylabel = door.text(ylabel, "ylabel", 'ylabel="share"')
    names = _names(names, len(rows))
    if top is not None:
        top = door.positive(top, "top", "the end of the axis", "top=0.05")
    ax = _plain_axes(ax, title)
    for i, (name, row) in enumerate(zip(names, rows, strict=True)):
        ax.step(range(256), row, where="mid", lw=1.2, label=name, **_line(name, i))
    if len(rows) == 1:
        ax.fill_between(range(256), rows[0], step="mid", color=INK)
    ax.set(xlabel="intensity", ylabel=ylabel, xlim=(-1, 256), ylim=(0, top))
    return _finished(ax)


def _names(names, count):
    """Return a name for each outline; three without names are R, G and B."""
    if names is None:
        return _CHANNELS if count == 3 else [None] * count
    found = door.listed(names, "names", "names", 'names=["china", "rocket"]')
    if len(found) != count:
        raise ValueError(
            f"names has {len(found):,} entries, but there are {count:,} outlines: give a name for "
            "each."
        )
    return [door.text(name, "A name", '"china"') for name in found]


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
    images = door.named(images, "images", "images", '{"china": photo}')
    ax = _plain_axes(ax, title)
    for i, (name, image) in enumerate(images.items()):
        shares = intensity_counts(image) / np.size(image)
        ax.step(range(256), shares, where="mid", lw=1.2, label=name, **_line(name, i))
    ax.set(xlabel="intensity", ylabel="share", xlim=(-1, 256), ylim=(0, None))
    return _finished(ax)


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
    x, curves = door.row(x, "x"), door.named(curves, "curves", "curves", '{"error": [4, 1]}')
    log_x, log_y = door.flag(log_x, "log_x"), door.flag(log_y, "log_y")
    xlabel, ylabel = door.text(xlabel, "xlabel", '"k"'), door.text(ylabel, "ylabel", '"error"')
    curves = {name: door.row(values, "A curve") for name, values in curves.items()}
    if {len(values) for values in curves.values()} - {len(x)}:
        lengths = [len(values) for values in curves.values()]
        raise ValueError(
            f"x has {len(x)} entries and the curves have {door.quoted(lengths)}, but a curve has "
            "one value for each x: give lists of one length."
        )
    ax = _plain_axes(ax, title)
    for i, (name, values) in enumerate(curves.items()):
        ax.plot(x, values, label=name, ms=4, marker=look_of(name, i).marker, **_line(name, i))
    if log_x:
        ax.set_xscale("log", base=2)
        ax.set_xticks(list(x), labels=[f"{value:g}" for value in x])
        ax.minorticks_off()
    ax.set(xlabel=xlabel, ylabel=ylabel)
    if log_y:
        ax.set_yscale("log")
    else:
        _start_at_zero(ax, [value for values in curves.values() for value in values])
    ax.grid(alpha=0.3)
    return _finished(ax)


def _start_at_zero(ax, values):
    """Let an axis of errors start at 0; one of values that are far from 0 is marked as cut."""
    known = [value for value in values if np.isfinite(value)]
    if not known or min(known) < 0:
        return
    if min(known) <= max(known) / 2:
        ax.set_ylim(0, None)
    else:
        _mark_cut(ax)


def _mark_cut(ax):
    ax.text(0, 0.03, "≈", transform=ax.transAxes, ha="center", rotation=90, color=INK, size=14)


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
        error, whose PSNR is infinite, stands at the upper edge, marked ∞.

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
    rows = door.sweep_rows(rows)
    ax = _plain_axes(ax, title)
    methods = list(dict.fromkeys(row.method for row in rows))
    for i, method in enumerate(methods):
        own = [row for row in rows if row.method == method]
        bits = np.array([_bits(row, size) for row in own], dtype=float)
        psnr = np.array([row.peak_snr for row in own], dtype=float)
        known, marker = np.isfinite(psnr), look_of(method, i).marker
        style = _line(method, i)
        ax.plot(bits[known], psnr[known], label=method, ms=4, marker=marker, **style)
        _mark_infinite(ax, bits[np.isposinf(psnr)], marker, style["color"])
    ax.set(xlabel="bits per pixel", ylabel="PSNR in dB", xscale="log")
    ax.xaxis.set_major_formatter("{x:g}")
    _mark_cut(ax)
    ax.grid(alpha=0.3)
    return _finished(ax)


def _bits(row, size):
    """Return the bits of a row; a method without a formula stands by its file."""
    bits = getattr(row, f"{size}_bits_per_pixel")
    return row.file_bits_per_pixel if np.isnan(bits) else bits


def _mark_infinite(ax, bits, marker, color):
    """Mark pictures without any error at the upper edge."""
    if len(bits):
        edge = ax.get_xaxis_transform()
        style = {"marker": marker, "color": color, "s": 20, "clip_on": False, "zorder": 3}
        ax.scatter(bits, np.ones(len(bits)), transform=edge, **style)
        ax.text(1.01, 1, "∞", transform=ax.transAxes, va="center", color=INK)


def _plain_axes(ax, title):
    """Return these Axes with their ticks, which `image_grid` hides, or a wide figure's."""
    import matplotlib.pyplot as plt

    title = door.text(title, "title", 'title="china"')
    if door.axes(ax) is None:
        figure, ax = plt.subplots(figsize=(7, 3), layout="constrained")
        figure.patch.set_alpha(0)
    ax.set_axis_on()
    ax.set_title(title)
    return ax


def _finished(ax):
    """Return Axes in the ink of the figures, with a legend where there are names."""
    ax.set_facecolor("none")
    ax.tick_params(which="both", colors=INK)
    for spine in ax.spines.values():
        spine.set_color(INK)
    for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
        text.set_color(INK)
    if ax.get_legend_handles_labels()[1]:
        ax.legend(frameon=False, labelcolor=INK)
    return ax


def _line(name, order=0):
    """Return the color and the line style of a name, as arguments of matplotlib."""
    look = look_of(name, order)
    return {"color": look.color, "ls": look.line}
