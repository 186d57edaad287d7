"""The gray photos of lessons 08 and 09: a menu of samples, or the student's own made gray."""

from functools import lru_cache

import numpy as np

from kquant_helpers.explorers.subject import Subject, _menu, menu_photo, reduced
from kquant_helpers.photos import load_photo

# camera is taken at the size at which it has been printed for decades.
_SIDES = {"camera": (512, 512)}

# (height, width) that a photo of one's own is reduced to.
_FRAME = (512, 768)


def choose_gray(photo=None, samples=("camera", "rocket", "china", "flower", "astronaut")):
    """Return the subject of an explorer of gray photos at their own size.

    Parameters
    ----------
    photo : optional
        Anything that `kquant_helpers.load_photo` takes; it is made gray, and reduced where it
        is large. The default is a menu of samples.
    samples : tuple of str
        The menu.

    Returns
    -------
    Subject

    Examples
    --------
    >>> choose_gray("camera").image({}).shape
    (512, 512)
    """
    if photo is None:
        return Subject((_menu(samples),), sample=gray_sample)
    try:
        if isinstance(photo, str) and photo in _SIDES:
            return Subject((), gray_sample(photo))
        return Subject((), np.ascontiguousarray(reduced(load_photo(photo, gray=True), _FRAME)))
    except (TypeError, ValueError) as error:
        return Subject((), problem=str(error))


@lru_cache(maxsize=8)
def gray_sample(name):
    """Return a sample photo in gray, read-only."""
    image = load_photo(menu_photo(name), _SIDES.get(name), gray=True)
    if max(image.shape) > max(_FRAME):  # one of the student's own
        image = np.ascontiguousarray(reduced(image, _FRAME))
    image.setflags(write=False)
    return image
