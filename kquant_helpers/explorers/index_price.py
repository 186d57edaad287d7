"""The second explorer of lesson 08: pay for each index the same, or by the entropy."""

from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.errors import in_decibels
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, picture
from kquant_helpers.explorers.gray import choose_gray
from kquant_helpers.explorers.plots import Curve, histogram_svg, xy_svg
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.looks import look_of
from kquant_helpers.sizes import index_entropy

_KS = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
_METHODS = ("steps: centers", "steps: means", "best levels")
_INDEX, _ENTROPY = "by index", "by entropy"
_EVERY = np.arange(256)


def explore_index_price(photo=None, function=None):
    """Explore what levels cost: equal steps against the best levels, by index or by entropy.

    Lesson 08 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is made gray. The default is a menu
        of samples.
    function : callable, optional
        A student's ``entropy(indices)``, which then says what the indices cost.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explorer = explore_index_price("rocket")
    >>> explorer.render({"price": "by entropy", "k": 4}).readouts[1]
    ('Levels', '4')
    """
    subject = choose_gray(photo, ("rocket", "camera", "flower", "chelsea", "china", "astronaut"))
    start = _INDEX if function is None else _ENTROPY
    controls = (
        *subject.controls,
        Choice("price", "Pay", (_INDEX, _ENTROPY), start),
        Choice("method", "Method", _METHODS, _METHODS[2]),
        Slider("k", "Levels k", _KS, 16),
    )

    def draw(state):
        image = subject.image(state)
        rows = _measured(image.tobytes(), image.shape, function)
        return _view(subject, state, image, rows)

    title = "What does an index cost?" + (": your entropy" if function else "")
    return Explorer(title, controls, draw, live=function is None)


def step_levels(counts, k, means):
    """Return k equal steps over the intensities that occur, at their centers or their means.

    Parameters
    ----------
    counts : ndarray of integers, shape (256,)
        A histogram.
    k : int
        Number of steps.
    means : bool
        Whether a level is the mean of the intensities of its step; else the step's center.

    Returns
    -------
    levels : ndarray of float64, shape (k,)
    indices : ndarray of integers, shape (256,)
        The step of each intensity.

    Examples
    --------
    >>> step_levels(np.ones(256), 2, means=True)[0].tolist()
    [63.5, 191.5]
    """
    used = np.flatnonzero(counts)
    low, width = used[0] - 0.5, (used[-1] - used[0] + 1) / k
    indices = np.clip((_EVERY - low) // width, 0, k - 1).astype(int)
    levels = low + (np.arange(k) + 0.5) * width
    if means:
        members = np.bincount(indices, counts, k)
        sums = np.bincount(indices, counts * _EVERY, k)
        levels = np.where(members > 0, sums / np.maximum(members, 1), levels)
    return levels, indices


def steps_within(counts, bits):
    """Return the most equal steps, at their means, whose indices have at most this entropy.

    Parameters
    ----------
    counts : ndarray of integers, shape (256,)
        A histogram.
    bits : float
        Bits per index.

    Returns
    -------
    levels, indices
        As of `step_levels`.

    Examples
    --------
    >>> steps_within(np.ones(256), 1.5)[0].tolist()
    [63.5, 191.5]
    """
    found = step_levels(counts, 1, means=True)
    for k in range(2, 257):
        levels, indices = step_levels(counts, k, means=True)
        shares = np.bincount(indices, counts, k) / counts.sum()
        shares = shares[shares > 0]
        if shares @ np.log2(1 / shares) <= bits + 1e-9:
            found = levels, indices
    return found


@lru_cache(maxsize=16)
def _measured(data, shape, function):
    """Return levels, price by index, price by entropy and error for each method and k."""
    image = np.frombuffer(data, np.uint8).reshape(shape)
    counts = np.bincount(image.ravel(), minlength=256)
    return {
        (method, k): _row(image, counts, method, k, function) for method in _METHODS for k in _KS
    }


def _row(image, counts, method, k, function):
    if method == _METHODS[2]:
        levels = _best_levels(image, k)
        indices = abs(_EVERY[:, np.newaxis] - levels).argmin(axis=1)
    else:
        levels, indices = step_levels(counts, k, method == _METHODS[1])
    error = float(counts @ (_EVERY - levels[indices]) ** 2 / counts.sum())
    bits = _bits(function, indices[image])
    return levels, levels[indices], {_INDEX: float(np.log2(k)), _ENTROPY: bits}, error


def _best_levels(image, k):
    from kquant_helpers.quantize import quantize

    return quantize(image, k).codebooks[0][:, 0]


def _bits(function, indices):
    if function is None:
        return index_entropy(indices)
    answer = ask("entropy", function, indices, shown="entropy(indices of the photo)").is_number()
    return float(answer.value)


def _view(subject, state, image, rows):
    method, k, price = state["method"], state["k"], state["price"]
    levels, table, costs, error = rows[method, k]
    result = np.clip(np.rint(table), 0, 255).astype(np.uint8)[image]
    curves = [_curve(rows, each, price) for each in _METHODS]
    return View(
        before=subject.before(state),
        after=picture(
            result, f"{k} levels: {method}", f"The photo in {k} levels", of=subject.photo(state)
        ),
        plots=(
            xy_svg(
                curves,
                f"PSNR against bits {price}",
                x_label="bits per pixel",
                y_label="dB",
                mark=(costs[price], in_decibels(error)),
            ),
            histogram_svg(np.bincount(image.ravel(), minlength=256), "Levels", marks=levels),
        ),
        readouts=(
            ("Method", method),
            ("Levels", str(k)),
            ("Bits by index, log2 k", f"{costs[_INDEX]:.2f}"),
            ("Bits by entropy", f"{costs[_ENTROPY]:.2f}"),
            *error_readouts(image, result)[1:],
            *_rival_readouts(rows, method, k, price),
        ),
    )


def _curve(rows, method, price):
    points = [(rows[method, k][2][price], in_decibels(rows[method, k][3]), k) for k in _KS]
    points = sorted(point for point in points if point[0] > 0)
    tips = [f"{method}, k = {k}: {bits:.2f} bits, {psnr:.1f} dB" for bits, psnr, k in points]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Curve(method, look_of(method, 1 + _METHODS.index(method)), xs, ys, tips)


def _rival_readouts(rows, method, k, price):
    """Say what each other method reaches at the same bits, between its points."""
    bits = rows[method, k][2][price]
    readouts = []
    for other in _METHODS:
        if other != method:
            curve = _curve(rows, other, price)
            inside = len(curve.xs) and curve.xs[0] <= bits <= curve.xs[-1]
            text = f"{np.interp(bits, curve.xs, curve.ys):.1f} dB" if inside else "—"
            readouts.append((f"At these bits, {other}", text))
    return tuple(readouts)
