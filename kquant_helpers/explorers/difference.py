"""The second explorer of lesson 07: a game of spotting the quantized picture."""

from dataclasses import dataclass, replace

import numpy as np

from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.experiments import KS
from kquant_helpers.explorers.frame import (
    Buttons,
    Explorer,
    Slider,
    View,
    palette_picture,
    picture,
)
from kquant_helpers.explorers.readouts import error_readouts
from kquant_helpers.explorers.subject import choose_subject
from kquant_helpers.quantize import quantize

_SIDES = ("Left", "Right")
_NEXT = "Next round"


@dataclass(frozen=True)
class Game:
    """Where a game stands after some presses.

    Attributes
    ----------
    step : int
        Index of this round's k among the ks.
    results : tuple of (int, bool)
        The k of each answer, and whether it was right.
    answered : bool
        Whether this round has its answer, and the next has not begun.
    """

    step: int
    results: tuple = ()
    answered: bool = False

    @property
    def round(self):
        """The number of this round, from 1."""
        return len(self.results) + (not self.answered)


def explore_difference(photo=None, seed=0):
    """Spot the difference: one of two pictures is quantized, and you say which.

    Lesson 07 introduces it. Two right answers in a row double k, a wrong one halves it: with a
    single one, who only guesses would climb as often as fall (Levitt 1971).

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    seed : int
        Draws the sides: the same seed gives the same game.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_difference("china").render({"presses": ("Left",)}).readouts[0]
    ('Round', '1')
    """
    subject = choose_subject(photo)
    controls = (
        *subject.controls,
        Slider("start", "First k", KS, 8),
        Buttons("presses", "Quantized is", (*_SIDES, _NEXT)),
    )

    def draw(state):
        game = play(state["presses"], KS.index(state["start"]), seed)
        return _view(subject.before(state), subject.image(state), game, seed)

    return Explorer("Spot the difference", controls, draw)


def play(presses, step=0, seed=0):
    """Return where a game stands after some presses; those out of turn change nothing.

    Parameters
    ----------
    presses : sequence of str
        "Left", "Right" and "Next round", in order.
    step : int
        Index of the first round's k.
    seed : int
        Draws the sides.

    Returns
    -------
    Game

    Examples
    --------
    >>> play(["Left", "Next round", "Next round"]).round
    2
    """
    game = Game(step)
    for press in presses:
        if press in _SIDES and not game.answered:
            right = press == quantized_side(game.round, seed)
            results = (*game.results, (KS[game.step], right))
            game = replace(game, results=results, answered=True)
        elif press == _NEXT and game.answered:
            step = int(np.clip(game.step + _change(game), 0, len(KS) - 1))
            game = replace(game, step=step, answered=False)
    return game


def _change(game):
    """Return how many steps of k to go on: back after a wrong answer, on after two right ones."""
    if not game.results[-1][1]:
        return -1
    return int(game.results[-1:] == game.results[-2:-1])


def quantized_side(number, seed=0):
    """Return the side on which a round shows the quantized picture, "Left" or "Right"."""
    return _SIDES[np.random.default_rng((seed, number)).integers(2)]


def _view(original, image, game, seed):
    k, side = KS[game.step], quantized_side(game.round, seed)
    quantized = quantize(image, k, "rgb" if image.ndim == 3 else "global")
    result = quantized.image
    pictures = [original, _picture(quantized, original.photo, k)]
    if side == "Left":
        pictures.reverse()
    # Before the answer neither words nor alternatives may tell which is which.
    if not game.answered:
        pictures = [
            replace(each, caption=name, alt=f"The picture on the {name.lower()}, your guess")
            for each, name in zip(pictures, _SIDES, strict=True)
        ]
    before, after = pictures
    errors = error_readouts(image, result)
    if not game.answered:
        errors = tuple((label, "after your answer") for label, _ in errors)
    readouts = (
        ("Round", str(game.round)),
        ("Colors of one of the two", str(k)),
        ("Your answer", _verdict(game, side)),
        *_score_readouts(game.results),
        *errors,
    )
    return View(before=before, after=after, sides="Left | right", readouts=readouts)


def _picture(quantized, photo, k):
    caption, alt = f"Quantized, k = {k}", f"The photo in {k} colors"
    if quantized.image.ndim == 2:
        return picture(quantized.image, caption, alt, of=photo)
    palette = rounded_codebook(quantized.codebooks[0])
    return palette_picture(quantized.indices, palette, caption, alt)


def _verdict(game, side):
    if not game.answered:
        return "not given yet"
    verdict = "Yes" if game.results[-1][1] else "No"
    return f"{verdict}: the {side.lower()} one is quantized"


def _score_readouts(results):
    noticed = [k for k, right in results if right]
    missed = [k for k, right in results if not right]
    return (
        ("Score", f"{len(noticed)} of {len(results)}; by guessing, half"),
        ("Noticed up to", f"k = {max(noticed)}" if noticed else "none yet"),
        ("Missed from", f"k = {min(missed)}" if missed else "none yet"),
    )
