"""Points in the plane, neurons among them, and the cells where each neuron is the nearest."""

import html
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kquant_helpers.explorers.plots import INK, svg
from kquant_helpers.looks import BLUE, RED

_SIDE, _MARGIN = 480, 10

# Okabe and Ito's colors, and gray; neurons carry their number, so that color is not needed.
_FILLS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#F0E442",
    "#777777",
)


@dataclass(frozen=True)
class Move:
    """A sample that changes neuron: who it is, who gains it and who loses it.

    Attributes
    ----------
    sample : int
        Index of the sample.
    winner : int
        Index of the neuron that is pulled.
    loser : int or None
        Index of the neuron that is pushed; None where there is none.
    """

    sample: int
    winner: int
    loser: int | None


def plane_svg(points, weights, labels, title, *, move=None, twin=None, others=None, limits=(0, 10)):
    """Draw points in the colors of their neurons, the neurons, and their cells.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        The samples.
    weights : ndarray, shape (k, 2)
        The neurons, drawn as numbered disks.
    labels : ndarray of int, shape (n,)
        The neuron of each point; -1 has none yet and is drawn hollow.
    title : str
        The text alternative.
    move : Move, optional
        The sample that moves: a solid line to its winner, a dashed one to its loser.
    twin : int, optional
        A neuron to mark with a ring.
    others : ndarray, shape (m, 2), optional
        Other neurons to compare with, drawn as hollow squares.
    limits : (float, float)
        Both coordinates run from the first to the second.

    Returns
    -------
    str
        An SVG element with its text alternative.

    Examples
    --------
    >>> points = np.array([[1.0, 1.0], [9.0, 9.0]])
    >>> plane_svg(points, points, np.array([0, 1]), "Two points")[-6:]
    '</svg>'
    """
    place = _Place(limits)
    parts = [
        *(_cell(place, cell, j) for j, cell in enumerate(voronoi_cells(weights, limits))),
        *(_dot(place(point), label) for point, label in zip(points, labels, strict=True)),
        *([] if move is None else _move(place, points, weights, move)),
        *([] if twin is None else [_ring(place(weights[twin]), 17, INK)]),
        *(_disk(place(weight), j) for j, weight in enumerate(weights)),
        *([] if others is None else [_square(place(weight)) for weight in others]),
    ]
    return svg("".join(parts), title, width=_SIDE, height=_SIDE)


def voronoi_cells(weights, limits):
    """Return the polygon in which each weight is the nearest, inside a square.

    Parameters
    ----------
    weights : array_like, shape (k, 2)
        The neurons.
    limits : (float, float)
        The sides of the square.

    Returns
    -------
    list of ndarray, shape (corners, 2)
        Without corners where the cell is empty. Equal weights share a cell; the first has it.

    Examples
    --------
    >>> voronoi_cells([[1, 2], [3, 2]], (0, 4))[0].tolist()
    [[0.0, 0.0], [2.0, 0.0], [2.0, 4.0], [0.0, 4.0]]
    """
    low, high = limits
    square = [np.array(corner, float) for corner in ((low, low), (high, low), (high, high))]
    square.append(np.array((low, high), float))
    weights = np.asarray(weights, dtype=float)
    cells = []
    for j, weight in enumerate(weights):
        cell = square
        for i, other in enumerate(weights):
            if i < j and np.array_equal(weight, other):
                cell = []
            elif not np.array_equal(weight, other):
                cell = _nearer_part(cell, weight, other)
        cells.append(np.array(cell).reshape(-1, 2))
    return cells


def _nearer_part(polygon, weight, other):
    """Cut a polygon at the line halfway between two weights, and keep the first one's part."""
    normal, middle = other - weight, (other + weight) / 2
    kept = []
    for start, end in pairwise([*polygon[-1:], *polygon]):
        before, after = (start - middle) @ normal, (end - middle) @ normal
        if before * after < 0:
            kept.append(start + (end - start) * before / (before - after))
        if after <= 0:
            kept.append(end)
    return kept


class _Place:
    """From coordinates to places in the drawing, y upward."""

    def __init__(self, limits):
        self.low, high = limits
        self.unit = (_SIDE - 2 * _MARGIN) / (high - self.low)

    def __call__(self, point):
        x, y = (np.asarray(point) - self.low) * self.unit
        return _MARGIN + x, _SIDE - _MARGIN - y


def _fill(j):
    return _FILLS[j % len(_FILLS)]


def _cell(place, corners, j):
    path = " ".join("{:.1f},{:.1f}".format(*place(corner)) for corner in corners)
    return (
        f'<polygon points="{path}" fill="{_fill(j)}" fill-opacity=".16" stroke="currentColor" '
        'stroke-opacity=".45"/>'
    )


def _dot(at, label):
    fill = f'fill="{_fill(label)}"' if label >= 0 else 'fill="none"'
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="4.5" {fill} stroke="{INK}" '
        'stroke-width="1"/>'
    )


def _move(place, points, weights, move):
    """Draw the sample large, a solid line to the winner, a dashed one to the loser."""
    at = place(points[move.sample])
    lines = [_line(at, place(weights[move.winner]), BLUE, "", "+")]
    if move.loser is not None:
        lines.append(_line(at, place(weights[move.loser]), RED, "7 4", "−"))
    return [*lines, _ring(at, 9, INK)]


def _line(start, end, color, dash, sign):
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" stroke="{color}" '
        f'stroke-width="3" stroke-dasharray="{dash}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#fff" stroke="{color}" stroke-width="2"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="15" font-weight="700" fill="{color}" '
        f'text-anchor="middle">{sign}</text>'
    )


def _ring(at, radius, color):
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}" fill="none" stroke="{color}" '
        'stroke-width="3"/>'
    )


def _disk(at, j):
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="11" fill="#fff" stroke="{_fill(j)}" '
        f'stroke-width="4"/><text x="{at[0]:.1f}" y="{at[1] + 4.5:.1f}" font-size="13" '
        f'font-weight="700" fill="#000" text-anchor="middle">{html.escape(str(j))}</text>'
    )


def _square(at):
    return (
        f'<rect x="{at[0] - 15:.1f}" y="{at[1] - 15:.1f}" width="30" height="30" fill="none" '
        f'stroke="{INK}" stroke-width="2.5"/>'
    )
