"""The photo that an explorer works on: a sample chosen from a menu, or the student's own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Choice, picture
from kquant_helpers.photos import SAMPLES, load_photo

# The photos of a menu fill this frame, (height, width), as far as their shape allows.
FRAME = (600, 960)

COLOR_PHOTOS = ("china", "flower", "astronaut", "coffee", "chelsea", "rocket")

# (height, width) of the photos of the article on the Centroid Neural Network.
SMALL = (128, 128)


@dataclass(frozen=True)
class Subject:
    """The photo of an explorer.

    Attributes
    ----------
    controls : tuple of Choice
        A menu of samples, or nothing where the photo is given.
    own : ndarray or None
        The photo that was given.
    problem : str
        Why what was given is no photo; the explorer shows it in the pictures' place.
    sample : callable
        Returns the sample of a name, read-only.
    """

    controls: tuple
    own: np.ndarray | None = None
    problem: str = ""
    sample: Callable | None = None

    def image(self, state):
        """Return the photo of a state, uint8; it must not be written to."""
        self._check()
        return self.sample(state["photo"]) if self.own is None else self.own

    def before(self, state):
        """Return the `Picture` of the original; one of a sample is made once."""
        self._check()
        if self.own is None:
            return _sample_picture(self.sample, state["photo"])
        return self._own_picture

    def _check(self):
        if self.problem:
            raise ValueError(self.problem)

    @cached_property
    def _own_picture(self):
        return picture(self.own, "Original", "The original photo")


def choose_subject(photo=None, samples=COLOR_PHOTOS):
    """Return the subject of an explorer.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes. The default is a menu of samples.
    samples : tuple of str
        The menu.

    Returns
    -------
    Subject
    """
    if photo is None:
        return Subject((_menu(samples),), sample=framed_sample)
    return _given(photo, None if isinstance(photo, np.ndarray) else max(FRAME))


def choose_small_gray(photo=None, samples=("camera", *COLOR_PHOTOS)):
    """Return the subject of an explorer that takes its time with each pixel: small and gray.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is reduced to `SMALL`, and made
        gray. The default is a menu of samples.
    samples : tuple of str
        The menu.

    Returns
    -------
    Subject
    """
    if photo is None:
        return Subject((_menu(samples),), sample=small_gray_sample)
    return _given(photo, SMALL, gray=True)


def _given(photo, size, **how):
    try:
        if size == max(FRAME) and isinstance(photo, str) and photo in SAMPLES:
            return Subject((), framed_sample(photo))
        return Subject((), load_photo(photo, size, **how))
    except (TypeError, ValueError) as error:
        return Subject((), problem=str(error))


def _menu(samples):
    return Choice("photo", "Photo", samples, samples[0])


@lru_cache(maxsize=8)
def framed_sample(name):
    """Return a sample photo enlarged or reduced to `FRAME`, read-only.

    china is stretched to fill it, as in the article that lesson 02 redoes; the others keep
    their shape.
    """
    image = load_photo(name)
    height, width = image.shape[:2]
    scale = min(FRAME[0] / height, FRAME[1] / width)
    size = FRAME if name == "china" else (round(height * scale), round(width * scale))
    image = load_photo(name, size)
    image.setflags(write=False)
    return image


@lru_cache(maxsize=8)
def small_gray_sample(name):
    """Return a sample photo in gray, stretched to `SMALL`, read-only."""
    image = load_photo(name, SMALL, gray=True)
    image.setflags(write=False)
    return image


@lru_cache(maxsize=16)
def _sample_picture(sample, name):
    return picture(sample(name), "Original", f"The original photo, {name}")


def student_image(name, function, image, *arguments):
    """Return the image that a student's function makes of a photo, checked for its kind.

    Raises
    ------
    NotYet
        With the sentence to show in place of the picture.
    """
    shown = f"{name}({', '.join(['photo', *map(str, arguments)])})"
    answer = ask(name, function, image, *arguments, shown=shown)
    return np.asarray(answer.is_array(image.shape, np.uint8).value)
