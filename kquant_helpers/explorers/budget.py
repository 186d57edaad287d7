"""The third explorer of lesson 07: the best that a budget of bytes can buy."""

import math

from kquant_helpers.experiments import OUTSIDERS, sweep_point
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View, picture
from kquant_helpers.explorers.measured import (
    choose_measured,
    decibels,
    measured_rows,
    method_curve,
    size_readouts,
    words,
)
from kquant_helpers.explorers.plots import xy_svg
from kquant_helpers.explorers.readouts import error_readouts, in_kilobytes

_BUDGETS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384)

_CUTS, _ALL = "the cuts of the course", "all, with JPEG and WebP"


def explore_budget(photo=None):
    """Explore a budget: so many bytes for a file, and the method and k that fit best.

    Lesson 07 introduces it. Best is the highest PSNR among the files that fit. The first
    look at a photo measures all methods, which takes some seconds; later ones are quick.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_budget("china").controls[0].label
    'Bytes allowed'
    """
    subject = choose_measured(photo)
    controls = (
        *subject.controls,
        Slider("budget", "Bytes allowed", _BUDGETS, 24, text=lambda kilo: f"{kilo},000"),
        Choice("allowed", "Methods", (_CUTS, _ALL), _CUTS),
    )

    def draw(state):
        return _view(subject, state, measured_rows(subject.image(state)))

    def prepare(state, progress):
        measured_rows(subject.image(state), progress)

    return Explorer("The best for a budget", controls, draw, prepare=prepare)


def best_row(rows, most_bytes):
    """Return the row with the highest PSNR among those whose file fits; the smaller on a tie.

    Parameters
    ----------
    rows : sequence of SweepRow
        What there is to choose from.
    most_bytes : int
        The budget.

    Returns
    -------
    SweepRow

    Raises
    ------
    ValueError
        Where none fits.
    """
    fitting = [row for row in rows if row.file_bytes <= most_bytes]
    if not fitting:
        least = min(row.file_bytes for row in rows)
        raise ValueError(
            f"Nothing fits into {most_bytes:,} bytes: the smallest file has {least:,}, so allow "
            "more."
        )
    return max(fitting, key=lambda row: (row.peak_snr, -row.file_bytes))


def _view(subject, state, rows):
    image, most = subject.image(state), 1000 * state["budget"]
    if state["allowed"] == _CUTS:
        rows = [row for row in rows if row.method not in OUTSIDERS]
    best = best_row(rows, most)
    result = sweep_point(image, best.method, best.setting)[1]
    before = subject.before(state)
    return View(
        before=before,
        after=picture(result, words(best), f"The photo by {words(best)}", of=before.photo),
        plots=(_plot(rows, best, most),),
        readouts=(
            ("Best", words(best)),
            ("Budget in use", f"{best.file_bytes:,} of {most:,} bytes"),
            *size_readouts(best, image),
            *error_readouts(image, result)[1:],
            ("SSIM", "needs 7 × 7 pixels" if math.isnan(best.ssim) else f"{best.ssim:.3f}"),
            *_second_readouts(rows, best, most),
        ),
    )


def _second_readouts(rows, best, most):
    """Name the best of the other methods, so that it is seen how close the choice was."""
    others = [row for row in rows if row.method != best.method and row.file_bytes <= most]
    if not others:
        return (("Second best", "nothing else fits"),)
    second = best_row(others, most)
    return (("Second best", f"{words(second)}: {decibels(second.peak_snr)}"),)


def _plot(rows, best, most):
    methods = dict.fromkeys(row.method for row in rows)
    return xy_svg(
        [method_curve(rows, method, lambda row: row.file_bytes / 1000) for method in methods],
        f"PSNR against size; dashed: {in_kilobytes(most)}",
        x_label="kB of a real file",
        y_label="dB",
        mark=(best.file_bytes / 1000, best.peak_snr),
        limit=most / 1000,
    )
