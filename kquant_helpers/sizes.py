"""What an image costs: bits by the formula, entropy, bytes on disk.

Lesson 07 puts the three side by side. A *fixed-rate* code spends the same bits on every
index; an *entropy* code would spend few on frequent ones, and the entropy is what it can
reach; a *file* is what is left of both once headers are paid for.
"""

import io
import math
import numbers
import zlib

import numpy as np

from kquant_helpers.codebooks import check_k, rounded_codebook
from kquant_helpers.palettes import check_palette, distinct_colors, nearest_palette_index
from kquant_helpers.photos import check_image, quoted
from kquant_helpers.quantize import Quantized, split_indices
from kquant_helpers.vectors import intensity_counts

# Where Pillow finds what it needs for a format, and the longest side the format allows.
_CODECS = {"JPEG": "jpg", "WebP": "webp"}
_LONGEST_SIDES = {"GIF": 65_535, "JPEG": 65_500, "WebP": 16_383}

FORMATS = ("PNG", "indexed PNG", "GIF", "JPEG", "WebP")
"""Names of the file formats, for `encoded_bytes`."""


def index_bits(k):
    """Return the bits of one index into a codebook of k codewords, ceil(log2 k).

    Parameters
    ----------
    k : int
        Number of codewords, from 1 up.

    Returns
    -------
    int
        0 for k = 1: where there is no choice, there is nothing to write down.

    Raises
    ------
    TypeError, ValueError
        Where k is not a whole number from 1 up.

    Examples
    --------
    >>> [index_bits(k) for k in (1, 2, 3, 64, 65)]
    [0, 1, 2, 6, 7]
    """
    return (check_k(k) - 1).bit_length()


def fixed_rate_bits(quantized):
    """Return the bits that a quantized image takes: its indices and its codebooks.

    Each index takes `index_bits` of its codebook's length, each codeword 8 bits an entry.
    An RGB palette of k colors thus takes h · w · ceil(log2 k) + 24 · k bits. Blocks that
    pad the image are paid for like the others.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        Where it is something else.

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> fixed_rate_bits(quantize(np.uint8([[0, 1], [8, 9]]), 2))
    20
    """
    return _codebook_bits(quantized) + sum(
        indices.size * index_bits(len(codebook))
        for indices, codebook in _indices_and_codebooks(quantized)
    )


def entropy_bits(quantized):
    """Return the bits that the best entropy code of single indices would need, with codebooks.

    As `fixed_rate_bits`, but an index takes the `index_entropy` of its codebook's indices.
    Lesson 07 sets both against a file.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.

    Returns
    -------
    float
        At most `fixed_rate_bits`.

    Raises
    ------
    TypeError
        Where it is something else.

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> round(entropy_bits(quantize(np.uint8([[0, 9], [9, 9]]), 2)), 3)
    19.245
    """
    return _codebook_bits(quantized) + sum(
        indices.size * index_entropy(indices) for indices, _ in _indices_and_codebooks(quantized)
    )


def bits_per_pixel(quantized):
    """Return `fixed_rate_bits` for each pixel of the image.

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> bits_per_pixel(quantize(np.uint8([[0, 1], [8, 9]]), 2))
    5.0
    """
    bits = fixed_rate_bits(quantized)
    height, width = quantized.image.shape[:2]
    return bits / (height * width)


def index_entropy(indices, *, per_channel=False):
    """Return the entropy of indices, Σ p · log2(1 / p), p being the share of each index.

    No code that writes index by index gets below it. One that looks at several together
    can, as PNG does.

    Parameters
    ----------
    indices : ndarray of integers, any shape
        ``quantized.indices``, or an image's intensities.
    per_channel : bool
        Whether each channel (entry of the last axis) has a codebook of its own, as with
        ``cut="channel"``.

    Returns
    -------
    float, or ndarray of float64, shape (channels,)
        In bits per index.

    Raises
    ------
    TypeError, ValueError
        Where these are not whole numbers, or there are none, or there are no channels.

    References
    ----------
    C. E. Shannon, "A Mathematical Theory of Communication", Bell System Technical
    Journal 27, 1948.

    Examples
    --------
    >>> import numpy as np
    >>> index_entropy(np.array([0, 0, 1, 1, 2, 2, 3, 3]))
    2.0
    >>> index_entropy(np.array([5, 5, 5]))
    0.0
    """
    indices = _check_indices(indices)
    if not per_channel:
        return _entropy(indices)
    if indices.ndim != 3:
        raise ValueError(
            f"The indices have the shape {indices.shape}, but channels need the shape (height, "
            'width, 3): quantize a color photo with cut="channel", or leave per_channel out.'
        )
    return np.array([_entropy(each) for each in np.moveaxis(indices, -1, 0)])


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
    >>> import numpy as np
    >>> png_bytes(np.zeros((2, 2), np.uint8))[1:4]
    b'PNG'
    """
    check_image(image)
    return _saved(_true_picture(image), "PNG", _png_options(fast))


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
    >>> import numpy as np
    >>> palette_png_bytes(np.array([[0, 1]]), np.uint8([[0, 0, 0], [255, 0, 0]]))[1:4]
    b'PNG'
    """
    check_palette(palette)
    if len(palette) > 256:
        raise ValueError(
            f"The palette has {len(palette)} colors, but an indexed PNG holds 1 to 256: "
            "use a smaller k, or save the image itself as a PNG."
        )
    _check_palette_indices(indices, len(palette))
    return _saved(_indexed_picture(indices, palette), "PNG", _png_options(fast))


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
    check_image(image)
    name = _check_format(format)
    _check_quality(name, quality)
    _check_sides(name, image.shape)
    if name == "PNG":
        return png_bytes(image)
    if name in ("indexed PNG", "GIF"):
        picture = _indexed_picture(*_distinct_indices(image, name))
    else:
        picture = _true_picture(image)
    return _saved(picture, name, _quality_options(name, quality))


def check_quantized(quantized):
    """Raise TypeError unless this is what `quantize` returns."""
    if not isinstance(quantized, Quantized):
        raise TypeError(
            f"The quantized image is of type {type(quantized).__name__}, but its indices and "
            "codebooks are needed: give what quantize(image, k) returns."
        )


def check_quality(quality):
    """Return a quality as an int; raise TypeError or ValueError unless it is one of 0 to 100.

    Examples
    --------
    >>> check_quality(101)
    Traceback (most recent call last):
    ValueError: quality is 101, but it is a whole number from 0 to 100: try quality=75.
    """
    mended = (
        f"quality is {quoted(quality)}, but it is a whole number from 0 to 100: try quality=75."
    )
    if not isinstance(quality, numbers.Integral) or isinstance(quality, bool):
        raise TypeError(mended)
    if not 0 <= quality <= 100:
        raise ValueError(mended)
    return int(quality)


def _indices_and_codebooks(quantized):
    indices = split_indices(quantized.indices, quantized.cut)
    return zip(indices, quantized.codebooks, strict=True)


def _codebook_bits(quantized):
    check_quantized(quantized)
    return sum(8 * codebook.size for codebook in quantized.codebooks)


def _check_indices(indices):
    """Return an array of integers that is not empty, or refuse it."""
    indices = np.asarray(indices)
    if indices.dtype.kind not in "ui":
        raise TypeError(
            f"The indices are of {indices.dtype}, but they are whole numbers: give "
            "quantized.indices."
        )
    if not indices.size:
        raise ValueError("There are no indices, but an entropy is of at least one: give some.")
    return indices


def _entropy(indices):
    """Entropy in bits of the distribution of some integers."""
    if indices.dtype == np.uint8:
        counts = intensity_counts(indices)
    else:
        counts = np.unique(indices, return_counts=True)[1]
    shares = counts[counts > 0] / indices.size
    return float(shares @ np.log2(1 / shares))


def _check_palette_indices(indices, k):
    whole = isinstance(indices, np.ndarray) and indices.dtype.kind in "ui" and indices.ndim == 2
    if not whole or not indices.size or indices.min() < 0 or indices.max() >= k:
        raise ValueError(
            f"The indices do not all point into the palette of {k} colors: give whole numbers "
            f"from 0 to {k - 1}, in an array of shape (height, width)."
        )


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
    if quality is not None:
        check_quality(quality)


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
    return {} if quality is None else {"quality": int(quality)}


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
