"""The first explorer of lesson 08: how dense levels should stand where intensities are dense."""

from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Explorer, Slider, View, picture
from kquant_helpers.explorers.gray import choose_gray
from kquant_helpers.explorers.plots import curve_svg, histogram_svg
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.looks import look_of

_EXPONENTS = (*(n / 20 for n in range(7)), 1 / 3, *(n / 20 for n in range(7, 21)))
_EVERY = np.arange(256)


def explore_level_density(photo=None, function=None):
    """Explore levels at equal shares of density to some power: 0 is equal bins, 1 is equal mass.

    Lesson 08 introduces it.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is made gray. The default is a menu
        of samples.
    function : callable, optional
        A student's ``cube_root_levels(counts, k)``, in the place of the exponents.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_level_density("rocket").render({"exponent": 0.0, "k": 2}).readouts[0]
    ('Exponent', '0: equal bins')
    """
    subject = choose_gray(photo, ("rocket", "camera", "china", "flower", "astronaut", "chelsea"))
    exponent = Slider("exponent", "Exponent", _EXPONENTS, 1.0, text=_exponent_text)
    controls = (
        *subject.controls,
        *(() if function else (exponent,)),
        Slider("k", "Levels k", (2, 4, 8, 16, 32), 16),
    )

    def draw(state):
        image = subject.image(state)
        counts, k = np.bincount(image.ravel(), minlength=256), state["k"]
        power = state.get("exponent", 1 / 3)
        levels = (
            share_levels(counts, k, power)
            if function is None
            else _student_levels(function, counts, k)
        )
        return _view(subject, state, image, counts, levels, power, function)

    title = "Where do the best levels stand?" + (": your cube_root_levels" if function else "")
    return Explorer(title, controls, draw, live=function is None)


def share_levels(counts, k, exponent):
    """Return k levels at the middles of equal shares of density^exponent.

    Parameters
    ----------
    counts : ndarray of integers, shape (256,)
        A histogram.
    k : int
        Number of levels.
    exponent : float
        0 for equal bins, 1 for equal shares of the intensities.

    Returns
    -------
    ndarray of float64, shape (k,)

    Examples
    --------
    >>> share_levels(np.ones(256), 2, 1.0).tolist()
    [63.5, 191.5]
    """
    density = np.asarray(counts, dtype=float) ** exponent
    heights = np.concatenate([[0], np.cumsum(density)])
    return np.interp((np.arange(k) + 0.5) / k * heights[-1], heights, np.arange(257) - 0.5)


def _student_levels(function, counts, k):
    shown = f"cube_root_levels(counts, {k})"
    answer = ask("cube_root_levels", function, counts, k, shown=shown).is_array((k,))
    return np.asarray(answer.value, dtype=float)


def _view(subject, state, image, counts, levels, power, function):
    table = _nearest(levels)
    result = np.clip(np.rint(table), 0, 255).astype(np.uint8)[image]
    k, best = state["k"], _best_error(tuple(counts.tolist()), state["k"])
    errors = [level_error(counts, share_levels(counts, k, each)) for each in _EXPONENTS]
    extreme = {0.0: "0: equal bins", 1.0: "1: equal mass"}
    words = "your levels" if function else f"density^{_exponent_text(power)}"
    told = "yours" if function else extreme.get(power, _exponent_text(power))
    return View(
        before=subject.before(state),
        after=picture(
            result, f"{k} levels by {words}", f"The photo in {k} levels", of=subject.photo(state)
        ),
        plots=(
            histogram_svg(counts, "Histogram, levels marked", marks=levels),
            curve_svg(
                [_exponent_text(each) for each in _EXPONENTS],
                [
                    ("these levels", errors, look_of("levels", 2)),
                    ("the best", [best] * len(errors), look_of("exact")),
                ],
                "Squared error for every exponent",
                x_label="exponent",
                mark=_exponent_text(power),
                log_y=True,
            ),
        ),
        readouts=(
            ("Exponent", told),
            *error_readouts(image, result)[1:],
            ("Before rounding", f"{level_error(counts, levels):.1f}"),
            ("Equal bins' error", f"{errors[0]:.1f}"),
            ("The best there is", f"{best:.1f}"),
        ),
    )


def level_error(counts, levels):
    """Return the mean squared error of a histogram's intensities from their nearest levels.

    Examples
    --------
    >>> level_error(np.eye(256)[4], [1, 6])
    4.0
    """
    return float(counts @ (_EVERY - _nearest(levels)) ** 2 / counts.sum())


def _nearest(levels):
    levels = np.asarray(levels, dtype=float)
    return levels[abs(_EVERY[:, np.newaxis] - levels).argmin(axis=1)]


@lru_cache(maxsize=64)
def _best_error(counts, k):
    from kquant_helpers.quantize import quantize

    counts = np.array(counts)
    vectors = np.repeat(_EVERY.astype(np.uint8), counts).reshape(1, -1)
    return level_error(counts, quantize(vectors, k).codebooks[0][:, 0])


def _exponent_text(exponent):
    return "1/3" if exponent == 1 / 3 else f"{exponent:g}"
