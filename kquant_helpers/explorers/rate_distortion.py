"""The first explorer of lesson 07: error against size, for every method."""

import math
from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.experiments import (
    KS,
    OUTSIDERS,
    QUALITIES,
    sensible_methods,
    sweep_point,
)
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, picture
from kquant_helpers.explorers.measured import (
    COMPARED,
    MEASURED,
    choose_measured,
    decibels,
    measured_rows,
    method_curve,
    size_readouts,
    words,
)
from kquant_helpers.explorers.plots import Curve, xy_svg
from kquant_helpers.explorers.readouts import error_readouts, file_readouts
from kquant_helpers.looks import look_of

# A student's code may learn from every pixel, so its photo has a quarter of them.
_STUDENTS_FRAME = (MEASURED[0] // 2, MEASURED[1] // 2)

_COSTS = {
    "real file": lambda row: row.file_bits_per_pixel,
    "fixed rate": lambda row: _formula_or_file(row, row.fixed_rate_bits_per_pixel),
    "entropy": lambda row: _formula_or_file(row, row.entropy_bits_per_pixel),
}

_ALL, _CUTS, _ONE = "all methods", "the cuts of the course", "this method alone"


def explore_rate_distortion(photo=None, function=None):
    """Explore error against size: every method in one plot, one of its points as a picture.

    Lesson 07 introduces it. The first look at a photo measures all methods, which takes
    some seconds; later ones are quick.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``rate_distortion(image, ks)``, whose curve is drawn over the others.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explorer = explore_rate_distortion("china")
    >>> [control.name for control in explorer.controls]
    ['method', 'step', 'size', 'shown']
    """
    subject = choose_measured(photo, _STUDENTS_FRAME if function else MEASURED)
    methods = COMPARED
    if subject.own is not None:
        methods = tuple(each for each in sensible_methods(subject.own) if each in COMPARED)

    @lru_cache
    def students_points(name):
        return (
            None if function is None else _students_points(function, subject.image({"photo": name}))
        )

    def prepare(state, progress):
        students_points(state.get("photo"))
        measured_rows(subject.image(state), progress)

    def draw(state):
        points = students_points(state.get("photo"))
        return _view(subject, state, measured_rows(subject.image(state)), points)

    title = "Error against size" + (": your rate_distortion" if function else "")
    controls = (*subject.controls, *_controls(methods, function))
    return Explorer(title, controls, draw, live=function is None, prepare=prepare)


def _controls(methods, function):
    first = "rgb" if "rgb" in methods else methods[0]
    size = Choice("size", "Size", tuple(_COSTS), "real file")
    return (
        Choice("method", "Method", methods, first),
        Slider("step", "k, or quality", tuple(range(len(KS))), 3, text=_setting_text),
        *(() if function else (size,)),
        Choice("shown", "Show", (_ALL, _CUTS, _ONE), _ALL),
    )


def _setting_text(step):
    return f"k {KS[step]} · quality {QUALITIES[step]}"


def _view(subject, state, rows, points):
    image, method = subject.image(state), state["method"]
    # A student's numbers are those of the formula.
    size = state.get("size", "fixed rate")
    steps = [each for each in rows if each.method == method]
    if not steps:
        # The menu was made before anybody gave a gray photo of their own.
        raise ValueError(f"This photo is gray, but {method!r} needs color: choose another method.")
    row = steps[state["step"]]
    result = sweep_point(image, method, row.setting)[1]
    name = words(row)
    before = subject.before(state)
    after = picture(result, name, f"The photo by {name}", of=before.photo)
    return View(
        before=before,
        after=after,
        plots=(_plot(rows, row, size, state["shown"], points),),
        readouts=(
            ("Method", name),
            *size_readouts(row, image),
            *file_readouts(before, after, "Result as PNG"),
            *error_readouts(image, result)[1:],
            ("SSIM", "needs 7 × 7 pixels" if math.isnan(row.ssim) else f"{row.ssim:.3f}"),
            *_student_readouts(points, state["step"]),
        ),
    )


def _plot(rows, row, size, shown, points):
    cost = _COSTS[size]
    methods = dict.fromkeys(each.method for each in rows)
    if shown == _ONE:
        methods = (row.method,)
    elif shown == _CUTS:
        methods = [each for each in methods if each not in OUTSIDERS or each == row.method]
    curves = [method_curve(rows, method, cost) for method in methods]
    if points is not None:
        tips = [
            f"yours, k = {k}: {decibels(psnr)}" for k, (_, psnr) in zip(KS, points, strict=True)
        ]
        curves.append(Curve("yours", look_of("yours"), *points.T, tips))
    return xy_svg(
        curves,
        f"PSNR against size ({size})",
        x_label="bits per pixel",
        y_label="dB",
        mark=(cost(row), row.peak_snr),
    )


def _formula_or_file(row, cost):
    """Return what the formula says; a format has none, and stands by its file."""
    return row.file_bits_per_pixel if math.isnan(cost) else cost


def _students_points(function, image):
    shown = f"rate_distortion(photo, {list(KS)})"
    answer = ask("rate_distortion", function, image, list(KS), shown=shown)
    answer.is_array((len(KS), 2), infinite=True, meaning="a row for each k")
    return np.asarray(answer.value, dtype=float)


def _student_readouts(points, step):
    if points is None:
        return ()
    rate, psnr = points[step]
    return ((f"Yours, k = {KS[step]}", f"{rate:.2f} bits/pixel, {decibels(psnr)}"),)
