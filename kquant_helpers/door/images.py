"""Images, their shapes, and Axes to draw them into."""

import os

import numpy as np

from kquant_helpers.door.arrays import shape_text, unmasked
from kquant_helpers.door.plain import MAX_PIXELS, a_type, listed, quoted, whole


def image(value, name="image"):
    """Return an image that the course works on, as a plain array of uint8.

    Parameters
    ----------
    value : ndarray of uint8, shape (height, width) or (height, width, 3)
        What was given; it is not changed.
    name : str
        What the message calls it.

    Returns
    -------
    ndarray of uint8
        The very pixels, not copied; of a subclass of ndarray, the plain array.

    Raises
    ------
    TypeError
        Where it is no array or a masked one, or its dtype is not uint8.
    ValueError
        Where its shape is another one, or it has no pixels.

    Examples
    --------
    >>> image(np.uint8([[0, 255]]))
    array([[  0, 255]], dtype=uint8)
    >>> image([[0, 255]])
    Traceback (most recent call last):
        ...
    TypeError: image is of type list, but it must be a uint8 array of shape (height, width) or \
(height, width, 3): convert it with np.array(image, dtype=np.uint8).
    """
    accepted = "it must be a uint8 array of shape (height, width) or (height, width, 3)"
    if not isinstance(value, np.ndarray):
        given = "None" if value is None else a_type(value)
        raise TypeError(f"{name} is {given}, but {accepted}: {_mend_type(value)}.")
    value = unmasked(value, name)
    given = f"an array of {value.dtype} of shape {shape_text(value)}"
    if value.dtype != np.uint8:
        raise TypeError(f"{name} is {given}, but {accepted}: {_mend_dtype(value)}.")
    if value.size == 0 or not (value.ndim == 2 or (value.ndim == 3 and value.shape[2] == 3)):
        raise ValueError(f"{name} is {given}, but {accepted}: {_mend_shape(value.shape)}.")
    return value


def images(original, quantized):
    """Return two images of one shape as plain arrays of uint8."""
    original, quantized = image(original, "The original"), image(quantized, "The quantized image")
    if original.shape != quantized.shape:
        raise ValueError(
            f"The images have the shapes {original.shape} and {quantized.shape}, but an error "
            "compares pixel with pixel: give two images of one shape."
        )
    return original, quantized


def _mend_type(value):
    """Say how to make an image of something that is no array."""
    if value is None:
        return "if a function made it, let that function return its result"
    if isinstance(value, (str, bytes, os.PathLike)) or hasattr(value, "getbands"):
        return "load_photo makes such an array of it"
    if hasattr(value, "codebooks"):
        return "its .image is such an array"
    return "convert it with np.array(image, dtype=np.uint8)"


def _mend_dtype(array):
    """Say how to make uint8 of an array of another dtype."""
    if array.dtype == bool or (array.dtype.kind == "u" and array.itemsize == 2):
        return "load_photo(image) scales it to 0..255"
    if array.dtype.kind not in "iuf":
        return "convert it with np.array(image, dtype=np.uint8)"
    if not np.isfinite(array).all():
        return "replace its NaN and infinite entries, then round and convert it"
    low, high = (array.min(), array.max()) if array.size else (0, 0)
    # A float image of 0..1 may be a hair outside of it, by somebody's resizing.
    if low >= -0.1 and high <= 1.1:
        return "take it as 0..1 with np.rint(image.clip(0, 1) * 255).astype(np.uint8)"
    if low >= -0.5 and high <= 255.5:
        return "round and convert it with np.rint(image).clip(0, 255).astype(np.uint8)"
    if low >= 0 and high <= 65535 and array.dtype.kind != "f":
        return "take it as 16 bits with load_photo(image.astype(np.uint16))"
    return (
        "stretch it to 0..255 with np.rint(np.interp(image, (image.min(), image.max()), "
        "(0, 255))).astype(np.uint8)"
    )


def _mend_shape(shape):
    """Say how to make an image's shape of another one."""
    if 0 in shape:
        return "give one with at least one pixel"
    if len(shape) < 3:
        return "arrange its pixels with image.reshape(height, width)"
    if len(shape) > 3:
        return "take one image of them, such as images[0]"
    if shape[2] == 4:
        return "load_photo(image) lays its transparent pixels on white"
    if shape[0] in (1, 3) and shape[2] != 1:
        return "put the channels last with np.moveaxis(image, 0, 2)"
    return "take one channel of it with image[:, :, 0]"


def shape(value):
    """Return the shape of an image as a tuple of int.

    Examples
    --------
    >>> shape([np.int64(4), 6])
    (4, 6)
    """
    told = ("a side of an image", "(600, 960)")
    try:
        given = listed(value, "The shape", "sides", "(600, 960)")
        sides = tuple(whole(side, "A side", *told, most=MAX_PIXELS) for side in given)
    except (TypeError, ValueError):
        sides = ()
    if len(sides) not in (2, 3) or sides[2:] not in ((), (3,)):
        raise ValueError(
            f"The shape is {quoted(value)}, but an image has the shape (height, width) or "
            "(height, width, 3): give image.shape."
        )
    return sides


def axes(value):
    """Return Axes to draw into; None stays None."""
    if value is not None and not hasattr(value, "set_axis_on"):
        raise TypeError(
            f"ax is {quoted(value)}, but it is Axes of matplotlib: give one of "
            "image_grid(1, 2), or leave ax out."
        )
    return value
