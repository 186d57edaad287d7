"""The explorer of lesson 02 in which levels walk: k-means, one Lloyd step at a time."""

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.codebooks import decode, encode
from kquant_helpers.counts import intensity_counts
from kquant_helpers.cuts import cut_image
from kquant_helpers.explorers.frame import Explorer, Slider, View, picture
from kquant_helpers.explorers.plots import curve_svg, histogram_svg
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.learners import learn
from kquant_helpers.learners.levels import equal_bin_levels
from kquant_helpers.looks import look_of

_STEPS = 20
_EVERY = np.arange(256, dtype=np.uint8)[:, np.newaxis]


def explore_lloyd(photo=None, function=None):
    """Explore how k-means moves levels from equal bins to where the intensities are.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    function : callable, optional
        A student's ``lloyd_step(counts, levels)``. The default is the package's own.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_lloyd("flower").render({"step": 0, "k": 2}).readouts[0]
    ('Levels', '63.8, 191.2')
    """
    subject = choose_subject(photo)
    controls = (
        *subject.controls,
        Slider("k", "Levels k", (1, 2, 3, 4, 5, 6, 7, 8, 12, 16), 8),
        Slider("step", "Steps", tuple(range(_STEPS + 1)), 0, play=True),
    )

    def draw(state):
        image = subject.image(state)
        return _view(subject.before(state), image, state, function or _step)

    title = "k-means, step by step" + (": your lloyd_step" if function else "")
    return Explorer(title, controls, draw, live=function is None)


def _view(before, image, state, function):
    vectors, counts = cut_image(image)[0], intensity_counts(image)
    walk = _walk(counts, equal_bin_levels(vectors, state["k"])[:, 0], function)
    errors = [_error(counts, levels) for levels in walk]
    best = _error(counts, learn(vectors, state["k"])[:, 0])
    levels = walk[state["step"]]
    codebook = levels[:, np.newaxis]
    result = decode(encode(vectors, codebook), codebook).reshape(image.shape)
    words = f"{state['step']} {'step' if state['step'] == 1 else 'steps'} from equal bins"
    after = picture(result, words, f"The photo in {state['k']} levels", of=before.photo)
    return View(
        before=before,
        after=after,
        plots=(
            histogram_svg(counts, f"Levels after {words}", marks=levels),
            curve_svg(
                range(_STEPS + 1),
                [("error", errors, look_of("gray"))],
                "Mean squared error",
                x_label="steps",
                mark=state["step"],
            ),
        ),
        readouts=(
            ("Levels", _listed(levels)),
            *error_readouts(image, result),
            ("Above the best", _above(errors[state["step"]], best)),
        ),
    )


def _walk(counts, levels, function):
    """Return the levels before the first step and after each."""
    walk = [levels]
    for _ in range(_STEPS):
        answer = ask("lloyd_step", function, counts, walk[-1], shown="lloyd_step(counts, levels)")
        walk.append(np.asarray(answer.is_array(levels.shape).value, dtype=float))
    return walk


def _step(counts, levels):
    """Move each level to the mean of the intensities nearest to it."""
    nearest = encode(_EVERY, levels[:, np.newaxis])
    members = np.bincount(nearest, counts, len(levels))
    sums = np.bincount(nearest, counts * _EVERY[:, 0], len(levels))
    return np.divide(sums, members, out=levels.copy(), where=members > 0)


def _error(counts, levels):
    nearest = levels[encode(_EVERY, levels[:, np.newaxis])]
    return float(counts @ (_EVERY[:, 0] - nearest) ** 2 / counts.sum())


def _above(error, best):
    return f"{100 * (error / best - 1):.1f} %" if best else f"{error:.1f}, the best is 0"


def _listed(levels):
    if len(levels) > 5:
        return f"{levels[0]:.1f} to {levels[-1]:.1f}"
    return ", ".join(f"{level:.1f}" for level in levels)
