"""An image as a file that other programs read: PNG, GIF, JPEG, WebP, as Pillow writes them.

Lesson 07 compares their bytes with the course's own.
"""

import io
import math
import zlib

import numpy as np

from kquant_helpers import door
from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.counts import distinct_colors
from kquant_helpers.door import quoted
from kquant_helpers.nearest import nearest_palette_index

# Where Pillow finds what it needs for a format, and the longest side the format allows.
_CODECS = {"JPEG": "jpg", "WebP": "webp"}

_LONGEST_SIDES = {"GIF": 65_535, "JPEG": 65_500, "WebP": 16_383}

FORMATS = ("PNG", "indexed PNG", "GIF", "JPEG", "WebP")
"""Names of the file formats, for `encoded_bytes`."""


def png_bytes(image, *, fast=False):
    """Return the image as the bytes of a PNG file, which keeps every pixel.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    fast : bool
        Whether to favor speed, as an explorer does. The pixels are the same, the file
        is a few percent larger or smaller.

    Returns
    -------
    bytes

    Examples
    --------
    >>> png_bytes(np.zeros((2, 2), np.uint8))[1:4]
    b'PNG'
    """
    image = door.image(image)
    return _saved(_true_picture(image), "PNG", _png_options(door.flag(fast, "fast")))


def palette_png_bytes(indices, palette, *, fast=False):
    """Return an indexed PNG: 1, 2, 4 or 8 bits an index, and the palette beside them.

    Parameters
    ----------
    indices : ndarray of integers, shape (height, width)
        Index of each pixel's color.
    palette : ndarray, shape (k, 3), k ≤ 256
        The colors; those of a codebook are rounded.
    fast : bool
        Whether to favor speed, as an explorer does. The pixels are the same, the file
        is a few percent larger or smaller.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        Where the palette is empty or has more than 256 colors, or the indices are not whole
        numbers of shape (height, width) below k.

    Examples
    --------
    >>> palette_png_bytes(np.array([[0, 1]]), np.uint8([[0, 0, 0], [255, 0, 0]]))[1:4]
    b'PNG'
    """
    palette = door.palette(palette)
    if len(palette) > 256:
        raise ValueError(
            f"The palette has {len(palette)} colors, but an indexed PNG holds 1 to 256: "
            "use a smaller k, or save the image itself as a PNG."
        )
    indices = _palette_indices(indices, len(palette))
    return _saved(_indexed_picture(indices, palette), "PNG", _png_options(door.flag(fast, "fast")))


def encoded_bytes(image, format, quality=None):
    """Return the image as the bytes of a file, as Pillow writes it.

    Lesson 07 compares formats with it. PNG and WebP without a quality are lossless. An
    indexed PNG and a GIF hold 256 colors at most, and all of those exactly.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo.
    format : {"PNG", "indexed PNG", "GIF", "JPEG", "WebP"}
        Capital or small letters.
    quality : int, optional
        0 (smallest) to 100 (best), for JPEG and lossy WebP; for JPEG, 75 is the default.

    Returns
    -------
    bytes

    Raises
    ------
    TypeError, ValueError
        In one sentence, where one of the above is not as it should be, the image has too
        many colors or pixels for the format, or this Pillow cannot write it.

    Examples
    --------
    >>> from kquant_helpers.photos import load_photo
    >>> photo = load_photo("china", size=64)
    >>> len(encoded_bytes(photo, "JPEG", 30)) < len(encoded_bytes(photo, "WebP"))
    True
    """
    image = door.image(image)
    name = _check_format(format)
    quality = _check_quality(name, quality)
    _check_sides(name, image.shape)
    if name == "PNG":
        return png_bytes(image)
    if name in ("indexed PNG", "GIF"):
        picture = _indexed_picture(*_distinct_indices(image, name))
    else:
        picture = _true_picture(image)
    return _saved(picture, name, _quality_options(name, quality))


def _palette_indices(indices, k):
    told = f"give whole numbers from 0 to {k - 1}, in an array of shape (height, width)"
    indices = door.indices(indices, told)
    if indices.ndim != 2 or not indices.size or indices.min() < 0 or indices.max() >= k:
        raise ValueError(f"The indices do not all point into the palette of {k} colors: {told}.")
    return indices


def _check_format(format):
    """Return the format's name as `FORMATS` spells it, if this Pillow can write it."""
    from PIL import features

    names = {name.lower(): name for name in FORMATS}
    if not isinstance(format, str) or format.lower() not in names:
        raise ValueError(
            f"format is {quoted(format)}, but files are written in one of five: use "
            + ", ".join(f'"{name}"' for name in FORMATS)
            + "."
        )
    name = names[format.lower()]
    if name in _CODECS and not features.check(_CODECS[name]):
        raise ValueError(
            f"format is {format!r}, but this Pillow was built without {name}: install it again "
            "with pip install --force-reinstall pillow, or use another format."
        )
    return name


def _check_quality(name, quality):
    if quality is not None and name not in _CODECS:
        raise ValueError(
            f"quality is {quoted(quality)}, but {name} keeps every pixel as it is: leave quality "
            'out, or use the format "JPEG" or "WebP".'
        )
    return None if quality is None else door.quality(quality)


def _check_sides(name, shape):
    longest = _LONGEST_SIDES.get(name, math.inf)
    if max(shape[:2]) > longest:
        raise ValueError(
            f"The image has {shape[0]} rows and {shape[1]} columns, but a {name} has at most "
            f'{longest:,} of each: make it smaller, or use the format "PNG".'
        )


def _quality_options(name, quality):
    """Say a quality in Pillow's words; none at all is lossless WebP."""
    if name == "WebP" and quality is None:
        return {"lossless": True}
    return {} if quality is None else {"quality": quality}


def _distinct_indices(image, name):
    """Return the index of each pixel's color, and the distinct colors as a palette."""
    colors = image if image.ndim == 3 else np.stack([image] * 3, axis=-1)
    pixels = colors.reshape(-1, 3)
    palette = distinct_colors(pixels)[0]
    if len(palette) > 256:
        raise ValueError(
            f"The image has {len(palette):,} colors, but {name} holds 256 at most: quantize it "
            'first, for instance with quantize(image, 256, cut="rgb").'
        )
    return nearest_palette_index(pixels, palette).reshape(image.shape[:2]), palette


def _indexed_picture(indices, palette):
    picture = _true_picture(indices.astype(np.uint8, copy=False))
    picture.putpalette(rounded_codebook(palette).tobytes())
    return picture


def _true_picture(image):
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(image))


def _saved(picture, name, options):
    """Return the file that Pillow writes."""
    file = io.BytesIO()
    picture.save(file, name.removeprefix("indexed "), **options)
    return file.getvalue()


def _png_options(fast):
    # Run lengths alone find nearly all that deflate finds in a filtered photo.
    return {"compress_level": 1, "compress_type": zlib.Z_RLE} if fast else {}
