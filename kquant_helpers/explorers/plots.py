"""Light SVG plots that follow a slider; a matplotlib figure takes too long to redraw.

Colors are Okabe and Ito's, which hold up for the color-blind, and no plot tells two things
apart by color alone.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RED, GREEN, BLUE, INK = "#D55E00", "#009E73", "#0072B2", "#555555"
PURPLE, ORANGE, SKY = "#CC79A7", "#E69F00", "#56B4E9"

_WIDTH, _HEIGHT = 320, 110
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 6, 18, 16


def histogram_svg(
    counts, title, *, marks=(), window=None, dashed_at=None, color=INK, height=_HEIGHT
):
    """Draw a histogram of the 256 intensities.

    Parameters
    ----------
    counts : array_like, shape (256,)
        The histogram.
    title : str
        What stands above it.
    marks : sequence of float
        Intensities to mark with a tick below the axis, such as levels.
    window : (int, int), optional
        First and last intensity of a run to shade.
    dashed_at : float, optional
        The count at which to draw a dashed line, such as that of a flat histogram.
    color : str
        Of the bars.
    height : int
        Of the plot; it is 320 wide.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> import numpy as np
    >>> histogram_svg(np.ones(256), "All alike").startswith("<svg")
    True
    """
    counts = np.asarray(counts, dtype=float)
    base = height - _BOTTOM
    unit = (base - _TOP) / max(counts.max(), 1)
    parts = [
        "" if window is None else _window(*window, base),
        _bars(counts * unit, color, base),
        "" if dashed_at is None else _dashed(base - dashed_at * unit),
        _ticks(marks, base),
        _axis(base, height),
        _title(title),
    ]
    alt = f"{title}: a histogram with its peak at intensity {int(counts.argmax())}"
    return svg("".join(parts), alt, height=height)


def histogram_pair_svg(before, after, title, *, color=INK):
    """Draw two histograms on one axis: one upward, and below it that of what is left of it.

    Each is as high as its own peak. Ticks on the axis mark the intensities that are left.

    Parameters
    ----------
    before, after : array_like, each of shape (256,)
        The histograms of an image and of the quantized one.
    title : str
        What stands above.
    color : str
        Of the upper bars.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> import numpy as np
    >>> histogram_pair_svg(np.ones(256), np.eye(256)[7], "One level").startswith("<svg")
    True
    """
    base, height = _TOP + 48, _TOP + 48 + 40 + _BOTTOM
    levels = np.flatnonzero(after)
    stems = "".join(
        f"M{_x(level + 0.5):.2f} {base}v{share:.1f}"
        for level, share in zip(levels, _heights(after, 38)[levels], strict=True)
    )
    parts = [
        _bars(_heights(before, 46), color, base),
        f'<path d="{stems}" stroke="{INK}" stroke-width="1.8"/>' if stems else "",
        _ticks(levels, base),
        _axis(base, height),
        _title(title),
    ]
    alt = f"{title}: above, the histogram before; below, the {len(levels)} levels that are left"
    return svg("".join(parts), alt, height=height)


def bars_svg(rows, title):
    """Draw a few numbers as bars, one below the other, each with its name and its value.

    Parameters
    ----------
    rows : sequence of (str, float, str)
        Name, value from 0 up, and color of each bar.
    title : str
        What stands above.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> bars_svg([("global", 8.0, INK), ("channel-wise", 4.0, BLUE)], "Error")[-6:]
    '</svg>'
    """
    top = max([value for _, value, _ in rows]) or 1
    start, span, row = _LEFT + 92, _WIDTH - _LEFT - _RIGHT - 92 - 50, 14
    bars = "".join(
        f'<g transform="translate({start} {_TOP + row * i + 4})">'
        f'<text x="-6" y="9" text-anchor="end">{html.escape(name)}</text>'
        f'<rect width="{span * value / top:.1f}" height="10" fill="{color}"/>'
        f'<text x="{span * value / top + 4:.1f}" y="9">{value:,.1f}</text></g>'
        for i, (name, value, color) in enumerate(rows)
    )
    alt = f"{title}: {', '.join(f'{name} {value:,.1f}' for name, value, _ in rows)}"
    content = f'<g font-size="10" fill="currentColor">{bars}</g>{_title(title)}'
    return svg(content, alt, height=_TOP + row * len(rows) + 6)


def palette_svg(colors, shares, title):
    """Draw a palette: swatches of one size, and below them a strip as wide as their shares.

    Parameters
    ----------
    colors : ndarray of uint8, shape (k, 3)
        The palette, in the order in which it is drawn.
    shares : array_like, shape (k,)
        Each color's share of the pixels, 0 to 1.
    title : str
        What stands above.

    Returns
    -------
    str
        An SVG element with its text alternative; a color under the mouse tells its share.

    Examples
    --------
    >>> palette_svg(np.uint8([[0, 0, 0]]), [1.0], "One color").startswith("<svg")
    True
    """
    span, columns = _WIDTH - _LEFT - _RIGHT, 16 if len(colors) > 16 else 8
    rows = -(-len(colors) // columns)
    wide, high = span / columns, min(26, 128 / rows)
    ends = np.concatenate([[0], np.cumsum(shares)])
    strip = _TOP + 6 + rows * high + 6
    swatches, parts = [], []
    for i, (color, share) in enumerate(zip(colors, shares, strict=True)):
        x, y = _LEFT + i % columns * wide, _TOP + 6 + i // columns * high
        swatches.append(_swatch(x, y, wide - 1, high - 1, color, share))
        width = span * (ends[i + 1] - ends[i])
        parts.append(_swatch(_LEFT + span * ends[i], strip, width, 22, color, share))
    frame = (
        f'<rect x="{_LEFT}" y="{strip:.1f}" width="{span}" height="22" fill="none" '
        'stroke="currentColor" stroke-width=".5"/>'
    )
    most = int(np.argmax(shares))
    alt = (
        f"{title}: {len(colors)} colors, the most frequent with {shares[most]:.1%} of the pixels "
        f"is {_rgb(colors[most])}"
    )
    content = f"{_title(title)}{''.join(swatches)}{''.join(parts)}{frame}"
    return svg(content, alt, height=round(strip + 28))


def svg(content, alt, width=_WIDTH, height=_HEIGHT):
    """Wrap SVG content in an element with a text alternative.

    Examples
    --------
    >>> svg("<path/>", "a line", 10, 5)
    '<svg viewBox="0 0 10 5" role="img" aria-label="a line"><path/></svg>'
    """
    label = html.escape(alt, quote=True)
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{content}</svg>'


def curve_svg(xs, series, title, *, x_label="", mark=None, log_y=False):
    """Draw curves over the positions of the values xs, evenly spaced as on a slider.

    Parameters
    ----------
    xs : sequence
        What the positions stand for; the first and the last are written below.
    series : sequence of (str, sequence of float, str)
        Name, values (nan where unknown) and color of each curve; they are told apart by
        dashes and by their name at the right end too.
    title, x_label : str
        What stands above and below.
    mark : object, optional
        The value among xs at which a line is drawn.
    log_y : bool
        Whether the values are drawn on a logarithmic scale.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> curve_svg([1, 2], [("error", [4.0, 1.0], "#000000")], "Error").startswith("<svg")
    True
    """
    height = _HEIGHT + 30
    xs = list(xs)
    table = np.array([values for _, values, _ in series], dtype=float)
    table = np.log10(np.maximum(table, 1e-3)) if log_y else table
    low, high = np.nanmin(table), np.nanmax(table)
    span = (high - low) or 1
    columns = np.linspace(_LEFT, _WIDTH - 76, len(xs))
    rows = _TOP + (high - table) / span * (height - _TOP - _BOTTOM)
    parts = [_title(title), _ends(xs, columns, x_label, height)]
    if mark in xs:
        at = columns[xs.index(mark)]
        parts.append(
            f'<path d="M{at:.1f} {_TOP}V{height - _BOTTOM}" stroke="currentColor" opacity=".4"/>'
        )
    names = _apart([_end(each) for each in rows])
    for i, (name, _, color) in enumerate(series):
        parts.append(_curve(columns, rows[i], names[i], name, color, i))
    return svg(
        "".join(parts), f"{title}: {', '.join(name for name, _, _ in series)}", height=height
    )


@dataclass(frozen=True)
class Curve:
    """A curve of `xy_svg`, told apart by its marker and dashes as well as by its color.

    Attributes
    ----------
    name, color : str
        Its name in the legend, and its color.
    xs, ys : sequence of float
        Its points; nan is left out, and an infinite y stands at the upper edge.
    tips : sequence of str
        What each point says under the mouse.
    look : int
        Which marker and dashes.
    """

    name: str
    color: str
    xs: Sequence
    ys: Sequence
    tips: Sequence
    look: int = 0


def xy_svg(curves, title, *, x_label, y_label, mark=None, limit=None):
    """Draw curves over a logarithmic axis, each point with its tip, and a legend below.

    Parameters
    ----------
    curves : sequence of Curve
        The curves.
    title, x_label, y_label : str
        What stands above, below and at the left axis.
    mark : (float, float), optional
        A point to draw a ring around.
    limit : float, optional
        An x at which to draw a dashed line.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> curve = Curve("rgb", BLUE, [1, 2], [20, 30], ["k = 2", "k = 4"])
    >>> xy_svg([curve], "Error", x_label="bits", y_label="dB").startswith("<svg")
    True
    """
    scale = _Scale.of(curves, limit)
    legend = -(-len(curves) // _LEGEND_COLUMNS) * 15
    parts = [
        _title(title),
        _grid(scale, x_label, y_label),
        *(_xy_curve(each, scale) for each in curves),
        *(_legend_entry(each, i) for i, each in enumerate(curves)),
    ]
    if limit is not None:
        at = scale.x(limit)
        parts.append(
            f'<path d="M{at:.1f} {_XY_TOP}V{_XY_BASE}" stroke="currentColor" '
            'stroke-dasharray="4 3"/>'
        )
    if mark is not None:
        x, y = scale.x(mark[0]), scale.y(mark[1])
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="none" stroke="currentColor" '
            'stroke-width="2"/>'
        )
    names = ", ".join(each.name for each in curves)
    alt = f"{title}: {y_label} over {x_label} for {names}"
    return svg("".join(parts), alt, height=_XY_BASE + 34 + legend)


_XY_LEFT, _XY_TOP, _XY_BASE = 26, 30, 214
_LEGEND_COLUMNS = 3

# Paths around (0, 0).
_MARKERS = (
    "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "M-3-3h6v6h-6z",
    "M0-4l4 7h-8z",
    "M0-4l4 4-4 4-4-4z",
    "M0 4l4-7h-8z",
    "M-1-4h2v3h3v2h-3v3h-2v-3h-3v-2h3z",
    "M0-5l1.5 3.5 3.5 1.5-3.5 1.5-1.5 3.5-1.5-3.5-3.5-1.5 3.5-1.5z",
)


@dataclass(frozen=True)
class _Scale:
    """From values to places in the drawing."""

    left: float
    right: float
    low: float
    high: float

    @classmethod
    def of(cls, curves, limit):
        """Return the scale that holds all points of some curves, and a limit."""
        xs = [x for each in curves for x in each.xs if x > 0] + ([limit] if limit else [])
        ys = [y for each in curves for y in each.ys if np.isfinite(y)]
        left, right = (np.log10(min(xs)), np.log10(max(xs))) if xs else (0, 1)
        low, high = (min(ys), max(ys)) if ys else (0, 10)
        return cls(left - 0.05, right + 0.05, 5 * np.floor(low / 5), 5 * np.ceil(high / 5 + 0.5))

    def x(self, value):
        """Return the column of a value."""
        share = (np.log10(value) - self.left) / (self.right - self.left)
        return _XY_LEFT + (_WIDTH - _RIGHT - _XY_LEFT) * share

    def y(self, value):
        """Return the row of a value."""
        return _XY_BASE - (_XY_BASE - _XY_TOP) * (min(value, self.high) - self.low) / (
            self.high - self.low
        )


def _grid(scale, x_label, y_label):
    tens = range(int(np.ceil(scale.left)), int(np.floor(scale.right)) + 1)
    steps = range(int(-(-scale.low // 10) * 10), int(scale.high) + 1, 10)
    columns = "".join(
        f'<text x="{scale.x(10.0**n):.1f}" y="{_XY_BASE + 12}" text-anchor="middle">'
        f"{10.0**n:,g}</text>"
        for n in tens
    )
    rows = "".join(
        f'<text x="{_XY_LEFT - 4}" y="{scale.y(y) + 3:.1f}" text-anchor="end">{y}</text>'
        for y in steps
    )
    lines = "".join(f"M{scale.x(10.0**n):.1f} {_XY_TOP}V{_XY_BASE}" for n in tens) + "".join(
        f"M{_XY_LEFT} {scale.y(y):.1f}H{_WIDTH - _RIGHT}" for y in steps
    )
    return (
        f'<path d="{lines}" stroke="currentColor" opacity=".15"/>'
        f'<path d="M{_XY_LEFT} {_XY_TOP}V{_XY_BASE}H{_WIDTH - _RIGHT}" fill="none" '
        'stroke="currentColor" opacity=".5"/>'
        f'<g font-size="10" fill="currentColor">{columns}{rows}'
        f'<text x="4" y="25">{html.escape(y_label)}</text>'
        f'<text x="{(_XY_LEFT + _WIDTH) / 2}" y="{_XY_BASE + 25}" text-anchor="middle">'
        f"{html.escape(x_label)}</text></g>"
    )


def _xy_curve(curve, scale):
    points = [
        (scale.x(x), scale.y(y), tip)
        for x, y, tip in zip(curve.xs, curve.ys, curve.tips, strict=True)
        if x > 0 and not np.isnan(y)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    markers = "".join(
        f'<path transform="translate({x:.1f} {y:.1f})" d="{_MARKERS[curve.look % len(_MARKERS)]}">'
        f"<title>{html.escape(tip)}</title></path>"
        for x, y, tip in points
    )
    return (
        f'<polyline points="{line}" fill="none" stroke="{curve.color}" stroke-width="1.4" '
        f'stroke-dasharray="{_DASHES[curve.look % len(_DASHES)]}"/>'
        f'<g fill="{curve.color}">{markers}</g>'
    )


def _legend_entry(curve, order):
    wide = (_WIDTH - _LEFT - _RIGHT) / _LEGEND_COLUMNS
    x = _LEFT + order % _LEGEND_COLUMNS * wide
    y = _XY_BASE + 40 + order // _LEGEND_COLUMNS * 15
    return (
        f'<g transform="translate({x:.1f} {y})"><path d="M0 0h22" stroke="{curve.color}" '
        f'stroke-width="1.4" stroke-dasharray="{_DASHES[curve.look % len(_DASHES)]}"/>'
        f'<path transform="translate(11 0)" d="{_MARKERS[curve.look % len(_MARKERS)]}" '
        f'fill="{curve.color}"/><text x="27" y="3.5" font-size="10" fill="currentColor">'
        f"{html.escape(curve.name)}</text></g>"
    )


_DASHES = ("", "6 3", "2 2", "8 2 2 2")


def _end(rows):
    known = rows[np.isfinite(rows)]
    return known[-1] if len(known) else _TOP


def _apart(heights, gap=12):
    """Return heights that leave room for a line of text each, in the same order."""
    order, placed = np.argsort(heights, kind="stable"), np.array(heights, dtype=float)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + gap)
    return placed - (placed - heights).mean()


def _curve(columns, rows, name_at, name, color, order):
    known = np.isfinite(rows)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(columns[known], rows[known], strict=True))
    return (
        f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2" '
        f'stroke-dasharray="{_DASHES[order % len(_DASHES)]}"/>'
        f'<text x="{_WIDTH - 72}" y="{name_at + 3:.1f}" font-size="10" fill="{color}">'
        f"{html.escape(name)}</text>"
    )


def _ends(xs, columns, label, height):
    y = height - 4
    return (
        f'<g font-size="10" fill="currentColor"><text x="{columns[0]:.0f}" y="{y}">{xs[0]}</text>'
        f'<text x="{columns[len(xs) // 2]:.0f}" y="{y}" text-anchor="middle">{html.escape(label)}'
        f'</text><text x="{columns[-1]:.0f}" y="{y}" text-anchor="end">{xs[-1]}</text></g>'
    )


def _x(intensity):
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * intensity / 256


def _heights(counts, highest):
    counts = np.asarray(counts, dtype=float)
    return counts / max(counts.max(), 1) * highest


def _bars(heights, color, base):
    bar = _x(1) - _x(0)
    path = "".join(
        f"M{_x(v):.2f} {base}v-{h:.1f}h{bar:.2f}v{h:.1f}" for v, h in enumerate(heights) if h > 0.05
    )
    return f'<path d="{path}" fill="{color}"/>'


def _window(first, last, base):
    x, width = _x(first), _x(last + 1) - _x(first)
    return (
        f'<rect x="{x:.1f}" y="{_TOP}" width="{width:.1f}" height="{base - _TOP}" '
        f'fill="{BLUE}" opacity=".25"/>'
    )


def _dashed(y):
    return (
        f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="currentColor" '
        'stroke-dasharray="4 3"/>'
    )


def _ticks(marks, base):
    path = "".join(f"M{_x(mark + 0.5):.1f} {base}l-2.5 6h5z" for mark in marks)
    return f'<path d="{path}" fill="{RED}"/>' if path else ""


def _swatch(x, y, width, height, color, share):
    return (
        f'<rect x="{x:.2f}" y="{y:.1f}" width="{width:.2f}" height="{height:.1f}" '
        f'fill="rgb({_rgb(color)})"><title>{_rgb(color)}: {share:.2%}</title></rect>'
    )


def _rgb(color):
    return ", ".join(map(str, color))


def _axis(base, height):
    labels = "".join(
        f'<text x="{_x(v):.0f}" y="{height - 2}" text-anchor="{anchor}">{v}</text>'
        for v, anchor in ((0, "start"), (128, "middle"), (255, "end"))
    )
    return (
        f'<path d="M{_LEFT} {base}H{_WIDTH - _RIGHT}" stroke="currentColor" opacity=".5"/>'
        f'<g font-size="9" fill="currentColor">{labels}</g>'
    )


def _title(title):
    return (
        f'<text x="{_LEFT}" y="12" font-size="12" fill="currentColor">{html.escape(title)}</text>'
    )
