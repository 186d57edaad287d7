"""Light SVG plots that follow a slider; a matplotlib figure takes too long to redraw.

They are small on the way to the page: bars are one outline, in steps of an intensity. Colors and
dashes are those of `kquant_helpers.looks`; ink is the page's own.
"""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from kquant_helpers.looks import PATHS, Look

INK = "currentColor"

_WIDTH, _HEIGHT = 320, 104
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 6, 18, 20
_UNIT = (_WIDTH - _LEFT - _RIGHT) / 256

# More ticks than this would touch: then each is a line.
_MOST_TRIANGLES = 64


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
        _axis(base),
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
    base, height = _TOP + 34, _TOP + 34 + 36 + 14
    levels = np.flatnonzero(after)
    parts = [
        _bars(_heights(before, 32), color, base),
        _bars(_heights(after, 22), INK, base + 10, down=True),
        _ticks(levels, base),
        _axis(base, numbers_at=height - 3),
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
    >>> bars_svg([("global", 8.0, INK), ("channel-wise", 4.0, INK)], "Error")[-6:]
    '</svg>'
    """
    top = max([value for _, value, _ in rows]) or 1
    start, span, row = _LEFT + 92, _WIDTH - _LEFT - _RIGHT - 92 - 50, 12
    bars = "".join(
        f'<g transform="translate({start} {_TOP + row * i + 2})">'
        f'<text x="-6" y="9" text-anchor="end">{html.escape(name)}</text>'
        f'<rect width="{span * value / top:.1f}" height="9" fill="{color}"/>'
        f'<text x="{span * value / top + 4:.1f}" y="9">{value:,.1f}</text></g>'
        for i, (name, value, color) in enumerate(rows)
    )
    alt = f"{title}: {', '.join(f'{name} {value:,.1f}' for name, value, _ in rows)}"
    content = f'<g font-size="10" fill="currentColor">{bars}</g>{_title(title)}'
    return svg(content, alt, height=_TOP + row * len(rows) + 6)


def palette_svg(colors, shares, title, *, indices=None):
    """Draw a palette: swatches of one size, and below them a strip as wide as their shares.

    Parameters
    ----------
    colors : ndarray of uint8, shape (k, 3)
        The palette, in the order in which it is drawn.
    shares : array_like, shape (k,)
        Each color's share of the pixels, 0 to 1.
    title : str
        What stands above.
    indices : sequence of int, optional
        The index that is picked where a color is clicked; by default its place.

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
    names = range(len(colors)) if indices is None else indices
    swatches, parts = [], []
    for i, (color, share) in enumerate(zip(colors, shares, strict=True)):
        x, y = _LEFT + i % columns * wide, _TOP + 6 + i // columns * high
        swatches.append(_swatch(x, y, wide - 1, high - 1, color, share, names[i]))
        width = span * (ends[i + 1] - ends[i])
        parts.append(_swatch(_LEFT + span * ends[i], strip, width, 22, color, share, names[i]))
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

    The axis starts at 0, or is logarithmic and says so.

    Parameters
    ----------
    xs : sequence
        What the positions stand for.
    series : sequence of (str, sequence of float, Look)
        Name, values (nan where unknown) and look of each curve; its name stands at its right end.
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
    >>> curve_svg([1, 2], [("error", [4.0, 1.0], Look("#767676"))], "Error").startswith("<svg")
    True
    """
    height, xs = _HEIGHT + 36, list(xs)
    values = np.array([values for _, values, _ in series], dtype=float)
    axis = _Axis.of(values, height - _BOTTOM - 10, log=log_y)
    columns = np.linspace(_AXIS + 4, _WIDTH - 76, len(xs))
    rows = axis.place(values)
    parts = [_title(title + (", logarithmic" if log_y else "")), axis.draw(_WIDTH - 76)]
    parts.append(_below(xs, columns, x_label, height))
    if mark in xs:
        at = columns[xs.index(mark)]
        parts.append(
            f'<path d="M{at:.1f} {_TOP}V{axis.base}" stroke="currentColor" stroke-width="2" '
            'opacity=".35"/>'
        )
    names = _apart([_end(each) for each in rows])
    parts += [
        _curve(columns, rows[i], names[i], name, look) for i, (name, _, look) in enumerate(series)
    ]
    alt = f"{title}: {', '.join(name for name, _, _ in series)}"
    return svg("".join(parts), alt, height=height)


@dataclass(frozen=True)
class Curve:
    """A curve of `xy_svg`, told apart by its marker and dashes as well as by its color.

    Attributes
    ----------
    name : str
        Its name in the legend.
    look : Look
        Its color, dashes and marker.
    xs, ys : sequence of float
        Its points; nan is left out, and an infinite y stands at the upper edge, marked ∞.
    tips : sequence of str
        What each point says under the mouse.
    """

    name: str
    look: Look
    xs: Sequence
    ys: Sequence
    tips: Sequence


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
    >>> curve = Curve("rgb", Look("#767676"), [1, 2], [20, 30], ["k = 2", "k = 4"])
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


_AXIS = 34


@dataclass(frozen=True)
class _Axis:
    """The vertical axis of `curve_svg`: from values to rows, with its numbers."""

    low: float
    high: float
    base: float
    ticks: tuple
    log: bool

    @classmethod
    def of(cls, values, base, log):
        """Return the axis that holds some values, and 0 unless it is logarithmic."""
        known = values[np.isfinite(values)]
        if log:
            known = np.maximum(known, 1e-3)
            low, high = (known.min(), known.max()) if known.size else (1, 10)
            tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            steps = [step * 10.0**n for n in tens for step in (1, 2, 5)]
            low = max(step for step in steps if step <= low * 1.0001)
            high = min([step for step in steps if step >= high * 0.9999] or [steps[-1]])
            ticks = [step for step in steps if low <= step <= high]
            return cls(low, max(high, 1.01 * low), base, tuple(ticks[:: -(-len(ticks) // 6)]), True)
        low, high = min([0, *known]), max([0, *known])
        step = _nice((high - low) / 4 or 0.25)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        ticks = tuple(step * n for n in range(first, max(last, first + 1) + 1))
        return cls(ticks[0], ticks[-1], base, ticks, False)

    def place(self, values):
        """Return the rows of some values."""
        low, high = self.low, self.high
        if self.log:
            values, low, high = np.log(np.maximum(values, 1e-3)), math.log(low), math.log(high)
        return self.base - (self.base - _TOP - 4) * (values - low) / (high - low)

    def draw(self, right):
        """Draw the axis with its numbers and a fine line at each."""
        rows = [float(self.place(np.array(tick))) for tick in self.ticks]
        lines = "".join(f"M{_AXIS} {row:.1f}H{right}" for row in rows)
        numbers = "".join(
            f'<text x="{_AXIS - 4}" y="{row + 3.5:.1f}" text-anchor="end">{tick:,g}</text>'
            for tick, row in zip(self.ticks, rows, strict=True)
        )
        return (
            f'<path d="{lines}" stroke="currentColor" opacity=".18"/>'
            f'<path d="M{_AXIS} {_TOP}V{self.base}H{right}" fill="none" stroke="currentColor" '
            f'opacity=".6"/><g font-size="10" fill="currentColor">{numbers}</g>'
        )


def _nice(step):
    """Return 1, 2 or 5 times a power of ten, no smaller than a step."""
    ten = 10.0 ** math.floor(math.log10(step))
    return next(ten * each for each in (1, 2, 5, 10) if ten * each >= step * 0.9999)


_XY_LEFT, _XY_TOP, _XY_BASE = 26, 24, 190
_LEGEND_COLUMNS = 3


@dataclass(frozen=True)
class _Scale:
    """From values to places in the drawing; the infinite have a line of their own."""

    left: float
    right: float
    low: float
    high: float
    top: float

    @classmethod
    def of(cls, curves, limit):
        """Return the scale that holds all points of some curves, and a limit."""
        xs = [x for each in curves for x in each.xs if x > 0] + ([limit] if limit else [])
        ys = [y for each in curves for y in each.ys if np.isfinite(y)]
        infinite = any(y == np.inf for each in curves for y in each.ys)
        left, right = (np.log10(min(xs)), np.log10(max(xs))) if xs else (0, 1)
        low, high = (min(ys), max(ys)) if ys else (0, 10)
        low = 5 * np.floor(low / 5)
        high = max(5 * np.ceil(high / 5), low + 5)
        return cls(left - 0.05, right + 0.05, low, high, _XY_TOP + (18 if infinite else 6))

    @property
    def infinite(self):
        """Whether there is a line for values without an end."""
        return self.top > _XY_TOP + 6

    def x(self, value):
        """Return the column of a value."""
        share = (np.log10(value) - self.left) / (self.right - self.left)
        return _XY_LEFT + (_WIDTH - _RIGHT - _XY_LEFT) * share

    def y(self, value):
        """Return the row of a value."""
        if value == np.inf:
            return _XY_TOP + 4
        share = (value - self.low) / (self.high - self.low)
        return _XY_BASE - (_XY_BASE - self.top) * share


def _grid(scale, x_label, y_label):
    tens = range(int(np.ceil(scale.left)), int(np.floor(scale.right)) + 1)
    step = 10 if scale.high - scale.low > 20 else 5
    steps = range(int(-(-scale.low // step) * step), int(scale.high) + 1, step)
    rows = [(str(y), scale.y(y)) for y in steps]
    if scale.infinite:
        rows.append(("∞", scale.y(np.inf)))
    columns = "".join(
        f'<text x="{scale.x(10.0**n):.1f}" y="{_XY_BASE + 12}" text-anchor="middle">'
        f"{10.0**n:,g}</text>"
        for n in tens
    )
    numbers = "".join(
        f'<text x="{_XY_LEFT - 4}" y="{y + 3:.1f}" text-anchor="end">{text}</text>'
        for text, y in rows
    )
    lines = "".join(f"M{scale.x(10.0**n):.1f} {_XY_TOP}V{_XY_BASE}" for n in tens) + "".join(
        f"M{_XY_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" for _, y in rows
    )
    # The axis does not start at 0: a zigzag says so.
    cut = "" if scale.low == 0 else "l-3-2 6-3-6-3 3-2"
    return (
        f'<path d="{lines}" stroke="currentColor" opacity=".18"/>'
        f'<path d="M{_WIDTH - _RIGHT} {_XY_BASE}H{_XY_LEFT}{cut}V{_XY_TOP}" fill="none" '
        'stroke="currentColor" opacity=".6"/>'
        f'<g font-size="10" fill="currentColor">{columns}{numbers}'
        f'<text x="{_WIDTH - _RIGHT}" y="12" text-anchor="end">{html.escape(y_label)}</text>'
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
        f'<path transform="translate({x:.1f} {y:.1f})" d="{PATHS[curve.look.marker]}">'
        f"<title>{html.escape(tip)}</title></path>"
        for x, y, tip in points
    )
    return (
        f'<polyline points="{line}" fill="none" stroke="{curve.look.color}" stroke-width="1.4" '
        f'stroke-dasharray="{curve.look.dash}"/><g fill="{curve.look.color}">{markers}</g>'
    )


def _legend_entry(curve, order):
    wide = (_WIDTH - _LEFT - _RIGHT) / _LEGEND_COLUMNS
    x = _LEFT + order % _LEGEND_COLUMNS * wide
    y = _XY_BASE + 40 + order // _LEGEND_COLUMNS * 15
    return (
        f'<g transform="translate({x:.1f} {y})"><path d="M0 0h22" stroke="{curve.look.color}" '
        f'stroke-width="1.4" stroke-dasharray="{curve.look.dash}"/>'
        f'<path transform="translate(11 0)" d="{PATHS[curve.look.marker]}" '
        f'fill="{curve.look.color}"/><text x="27" y="3.5" font-size="10" fill="currentColor">'
        f"{html.escape(curve.name)}</text></g>"
    )


def _end(rows):
    known = rows[np.isfinite(rows)]
    return known[-1] if len(known) else _TOP


def _apart(heights, gap=12):
    """Return heights that leave room for a line of text each, in the same order."""
    order, placed = np.argsort(heights, kind="stable"), np.array(heights, dtype=float)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + gap)
    return placed - (placed - heights).mean()


def _curve(columns, rows, name_at, name, look):
    known = np.isfinite(rows)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(columns[known], rows[known], strict=True))
    return (
        f'<polyline points="{points}" fill="none" stroke="{look.color}" stroke-width="2" '
        f'stroke-dasharray="{look.dash}"/>'
        f'<text x="{_WIDTH - 72}" y="{name_at + 3:.1f}" font-size="10" fill="currentColor">'
        f"{html.escape(name)}</text>"
    )


def _below(xs, columns, label, height):
    """Write what the positions stand for: as many numbers as there is room for."""
    every = -(-len(xs) // 9)
    numbers = "".join(
        f'<text x="{column:.0f}" y="{height - 16}" text-anchor="middle">{x}</text>'
        for x, column in list(zip(xs, columns, strict=True))[::every]
    )
    middle = (columns[0] + columns[-1]) / 2
    return (
        f'<g font-size="10" fill="currentColor">{numbers}<text x="{middle:.0f}" y="{height - 4}" '
        f'text-anchor="middle">{html.escape(label)}</text></g>'
    )


def _heights(counts, highest):
    counts = np.asarray(counts, dtype=float)
    return counts / max(counts.max(), 1) * highest


def _bars(heights, color, base, *, down=False):
    """Draw bars side by side as one outline, in steps of an intensity."""
    sign = 1 if down else -1
    steps, at = [], 0.0
    for height, run in groupby(np.round(np.asarray(heights), 1).tolist()):
        steps.append(f"v{_short(sign * (height - at))}h{len(list(run))}")
        at = height
    path = "".join(step.removeprefix("v0") for step in steps)
    return (
        f'<g transform="translate({_LEFT} {base})scale({_UNIT:.4f} 1)">'
        f'<path d="M0 0{path}V0z" fill="{color}"/></g>'
    )


def _short(number):
    """Write a number with a decimal, if it needs one, as SVG allows."""
    text = f"{number:.1f}".removesuffix(".0")
    return text.replace("0.", ".") if abs(number) < 1 else text


def _window(first, last, base):
    x, width = _LEFT + _UNIT * first, _UNIT * (last + 1 - first)
    return (
        f'<rect x="{x:.1f}" y="{_TOP}" width="{width:.1f}" height="{base - _TOP}" '
        f'fill="#e69f00" opacity=".35"/>'
    )


def _dashed(y):
    return (
        f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="currentColor" '
        'stroke-dasharray="4 3"/>'
    )


def _ticks(marks, base):
    """Mark intensities below the axis: by triangles, or by lines where these would touch."""
    marks = np.asarray(marks, dtype=float)
    if not len(marks):
        return ""
    gaps = np.diff(np.round(marks + 0.5, 1), prepend=0)
    shape = "l-2 7h4z" if len(marks) <= _MOST_TRIANGLES else "v7m0-7"
    path = "".join(f"m{_short(gap)} 0{shape}" for gap in gaps)
    style = 'fill="currentColor"' if shape.endswith("z") else 'stroke="currentColor"'
    return (
        f'<g transform="translate({_LEFT} {base + 1})scale({_UNIT:.4f} 1)">'
        f'<path d="M0 0{path}" {style} stroke-width=".6"/></g>'
    )


def _swatch(x, y, width, height, color, share, index):
    return (
        f'<rect x="{x:.2f}" y="{y:.1f}" width="{width:.2f}" height="{height:.1f}" '
        f'fill="rgb({_rgb(color)})" data-index="{index}">'
        f"<title>{_rgb(color)}: {share:.2%}</title></rect>"
    )


def _rgb(color):
    return ", ".join(map(str, color))


def _axis(base, numbers_at=None):
    y = base + 17 if numbers_at is None else numbers_at
    anchors = {0: "start", 64: "middle", 128: "middle", 192: "middle", 255: "end"}
    labels = "".join(
        f'<text x="{_LEFT + _UNIT * (value + 0.5):.0f}" y="{y}" text-anchor="{anchor}">{value}'
        "</text>"
        for value, anchor in anchors.items()
    )
    return (
        f'<path d="M{_LEFT} {base}H{_WIDTH - _RIGHT}" stroke="currentColor" opacity=".6"/>'
        f'<g font-size="9" fill="currentColor">{labels}</g>'
    )


def _title(title):
    return (
        f'<text x="{_LEFT}" y="12" font-size="12" fill="currentColor">{html.escape(title)}</text>'
    )
