"""The photo that an explorer works on: a sample chosen from a menu, or the student's own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from PIL import Image

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Choice, Photo, photo_picture
from kquant_helpers.photos import SAMPLES, load_photo

# The photos of a menu fill this frame, (height, width), as far as their shape allows.
FRAME = (600, 960)

COLOR_PHOTOS = ("china", "flower", "astronaut", "coffee", "chelsea", "rocket")

# Photos of the student's own, by the name that a menu shows: in memory only.
_OWN = {}

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

    def photo(self, state):
        """Return the photo of a state as a `Photo`, which the page keeps."""
        self._check()
        if self.own is None:
            return _sample_photo(self.sample, state["photo"])
        return self._own_photo

    def before(self, state):
        """Return the `Picture` of the original."""
        photo = self.photo(state)
        name = f", {state['photo']}" if self.own is None else ""
        return photo_picture(photo, "Original", f"The original photo{name}")

    def _check(self):
        if self.problem:
            raise ValueError(self.problem)

    @cached_property
    def _own_photo(self):
        return Photo(self.own)


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
    try:
        if isinstance(photo, str) and photo in SAMPLES:
            return Subject((), framed_sample(photo))
        return Subject((), reduced(load_photo(photo)))
    except (TypeError, ValueError) as error:
        return Subject((), problem=str(error))


def reduced(image, frame=FRAME):
    """Return a photo reduced until it fits into a frame, upright or turned; never enlarged.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    frame : (int, int)
        (height, width).

    Returns
    -------
    ndarray of uint8

    Examples
    --------
    >>> reduced(np.zeros((3000, 4000), np.uint8)).shape, reduced(np.zeros((9, 7), np.uint8)).shape
    ((720, 960), (9, 7))
    """
    size = max(frame)
    if max(image.shape[:2]) <= size:
        return image
    height, width = (max(1, round(side * size / max(image.shape[:2]))) for side in image.shape[:2])
    # Averages whole blocks of pixels first: as good, and fast for a camera's photo.
    small = Image.fromarray(image).resize(
        (width, height), Image.Resampling.BICUBIC, reducing_gap=3.0
    )
    return np.array(small)


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
    try:
        return Subject((), load_photo(photo, SMALL, gray=True))
    except (TypeError, ValueError) as error:
        return Subject((), problem=str(error))


def add_own_photo(content, file_name):
    """Read the photo that a student handed to a menu, and return its name there.

    Parameters
    ----------
    content : bytes
        The file.
    file_name : str
        What it is called.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        Where it is no photo that can be read; the message says why.
    """
    image = reduced(load_photo(content))
    # Views are remembered by name, so each photo gets one of its own.
    name = f"{file_name[:40] or 'photo'} (yours, {len(_OWN) + 1})"
    _OWN[name] = image
    return name


def menu_photo(name):
    """Return what `kquant_helpers.load_photo` takes for the name of a menu.

    Examples
    --------
    >>> menu_photo("china")
    'china'
    """
    return _OWN.get(name, name)


def _menu(samples):
    return Choice("photo", "Photo", samples, samples[0])


@lru_cache(maxsize=8)
def framed_sample(name):
    """Return a sample photo enlarged or reduced to `FRAME`, read-only.

    china is stretched to fill it, as in the article that lesson 02 redoes; the others keep
    their shape, and the student's own are never enlarged.
    """
    image = load_photo(menu_photo(name))
    if name not in _OWN:
        height, width = image.shape[:2]
        scale = min(FRAME[0] / height, FRAME[1] / width)
        size = FRAME if name == "china" else (round(height * scale), round(width * scale))
        image = load_photo(name, size)
    image.setflags(write=False)
    return image


@lru_cache(maxsize=8)
def small_gray_sample(name):
    """Return a sample photo in gray, stretched to `SMALL`, read-only."""
    image = load_photo(menu_photo(name), SMALL, gray=True)
    image.setflags(write=False)
    return image


@lru_cache(maxsize=16)
def _sample_photo(sample, name):
    return Photo(sample(name))


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
