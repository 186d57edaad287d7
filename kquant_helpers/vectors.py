"""Cut an image into vectors, and join vectors to an image again.

Every method of the course quantizes vectors; the four cuts say which ones:

========== ============================ ==================== =========
cut        vectors                      shape                codebooks
========== ============================ ==================== =========
"global"   all intensities              (h * w * 3, 1)       1
"channel"  the intensities of a channel 3 times (h * w, 1)   3
"rgb"      the colors of the pixels     (h * w, 3)           1
"block"    square blocks                (h * w / b², b²)     1
========== ============================ ==================== =========
"""

import math
import numbers

import numpy as np
from PIL import Image

from kquant_helpers.photos import MAX_PIXELS, check_image, quoted

CUTS = ("global", "channel", "rgb", "block")


def cut_image(image, cut="global", *, block_size=4):
    """Cut an image into one set of vectors for each codebook.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo; it is not changed.
    cut : {"global", "channel", "rgb", "block"}
        Which vectors to make.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.

    Returns
    -------
    tuple of ndarray of uint8, each of shape (n, d)
        Views of the image wherever NumPy can make them.

    Raises
    ------
    TypeError, ValueError
        Where the image or the cut is not one of the above, where a gray image
        is to be cut into colors, or where a block does not fit.

    Examples
    --------
    >>> import numpy as np
    >>> image = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    >>> [vectors.shape for vectors in cut_image(image, "channel")]
    [(4, 1), (4, 1), (4, 1)]
    >>> cut_image(image, "rgb")[0][0]
    array([0, 1, 2], dtype=uint8)
    """
    check_cut(cut)
    check_image(image)
    if cut == "global":
        return (image.reshape(-1, 1),)
    if cut == "channel":
        channels = image.reshape(*image.shape[:2], -1)
        return tuple(np.moveaxis(channels, -1, 0).reshape(channels.shape[-1], -1, 1))
    if cut == "rgb":
        check_color(image)
        return (image.reshape(-1, 3),)
    check_blocks_fit(image.shape, block_size)
    return (_blocks(image, block_size),)


def join_vectors(vectors, shape, cut="global", *, block_size=4):
    """Put vectors back into an image: the inverse of `cut_image`.

    Parameters
    ----------
    vectors : sequence of ndarray, each of shape (n, d)
        As `cut_image` returns them.
    shape : tuple of int
        Shape of the image, (height, width) or (height, width, 3).
    cut : {"global", "channel", "rgb", "block"}
        How the image was cut.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.

    Returns
    -------
    ndarray, shape `shape`
        The image, of the vectors' dtype.

    Raises
    ------
    TypeError, ValueError
        Where the cut is unknown, or the vectors do not fill an image of this shape.

    Examples
    --------
    >>> import numpy as np
    >>> image = np.arange(16, dtype=np.uint8).reshape(4, 4)
    >>> vectors = cut_image(image, "block", block_size=2)
    >>> np.array_equal(join_vectors(vectors, (4, 4), "block", block_size=2), image)
    True
    """
    check_cut(cut)
    _check_vectors_fill(vectors, shape, cut)
    if cut == "channel":
        channels = [channel.reshape(shape[:2]) for channel in vectors]
        return np.stack(channels, axis=-1).reshape(shape)
    if cut == "block":
        check_blocks_fit(shape, block_size)
        rows, columns = grid_shape(shape, cut, block_size=block_size)
        depth = shape[2:]
        blocks = vectors[0].reshape(rows, columns, block_size, block_size, *depth)
        return blocks.swapaxes(1, 2).reshape(shape)
    return vectors[0].reshape(shape)


def grid_shape(shape, cut="global", *, block_size=4):
    """Return the shape of an image's indices: one index for each vector, in place.

    Parameters
    ----------
    shape : tuple of int
        Shape of the image, (height, width) or (height, width, 3).
    cut : {"global", "channel", "rgb", "block"}
        How the image is cut.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.

    Returns
    -------
    tuple of int
        The image's own shape for global and channel, (height, width) for rgb,
        (height / block_size, width / block_size) for block.

    Examples
    --------
    >>> grid_shape((600, 960, 3), "block", block_size=4)
    (150, 240)
    """
    check_cut(cut)
    if cut == "rgb":
        return tuple(shape[:2])
    if cut == "block":
        return shape[0] // block_size, shape[1] // block_size
    return tuple(shape)


def pad_to_blocks(image, block_size):
    """Repeat the last row and column until blocks of `block_size` fit.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo; it is not changed.
    block_size : int
        Side of a block in pixels.

    Returns
    -------
    ndarray of uint8
        The image, up to ``block_size - 1`` rows and columns larger.

    Raises
    ------
    TypeError, ValueError
        Where the image or the block size is not one of the above, or the padded image
        would be larger than a photo may be.

    Examples
    --------
    >>> import numpy as np
    >>> pad_to_blocks(np.zeros((5, 8), np.uint8), 4).shape
    (8, 8)
    """
    check_image(image)
    check_block_size(block_size)
    height, width = image.shape[:2]
    down, right = -height % block_size, -width % block_size
    if (height + down) * (width + right) > max(MAX_PIXELS, height * width):
        raise ValueError(
            f"block_size is {block_size}, but an image padded to {height + down} rows and "
            f"{width + right} columns would have more than {MAX_PIXELS:,} pixels: try "
            "block_size=4."
        )
    return np.pad(image, [(0, down), (0, right), (0, 0)][: image.ndim], mode="edge")


def intensity_counts(values):
    """Count how often each of the 256 intensities occurs.

    Parameters
    ----------
    values : ndarray of uint8, any shape
        A photo, a channel, or vectors.

    Returns
    -------
    ndarray of int64, shape (256,)
        Entry v counts the entries of `values` that equal v.

    Raises
    ------
    TypeError
        Where the values are not a uint8 array.

    Examples
    --------
    >>> import numpy as np
    >>> intensity_counts(np.array([[0, 2], [2, 2]], dtype=np.uint8))[:4]
    array([1, 0, 3, 0])
    """
    if not isinstance(values, np.ndarray) or values.dtype != np.uint8:
        given = getattr(values, "dtype", type(values).__name__)
        raise TypeError(
            f"The values are {given}, but intensities are counted in a uint8 array: round and "
            "convert them with np.rint(values).clip(0, 255).astype(np.uint8)."
        )
    # Pillow counts bytes as they are; NumPy's bincount would make 8-byte integers of them first.
    row = Image.fromarray(np.ascontiguousarray(values).reshape(1, -1))
    return np.array(row.histogram(), dtype=np.int64)


def count_colors_used(image):
    """Return the number of distinct colors, or of intensities in a gray image.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The image.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        Where this is not an image.

    Examples
    --------
    >>> count_colors_used(np.zeros((2, 2, 3), np.uint8))
    1
    """
    check_image(image)
    if image.ndim == 2:
        return int(np.count_nonzero(intensity_counts(image)))
    red, green, blue = np.moveaxis(image.reshape(-1, 3).astype(np.uint32), -1, 0)
    seen = np.zeros(1 << 24, dtype=bool)
    seen[(red << 16) | (green << 8) | blue] = True
    return int(np.count_nonzero(seen))


def check_cut(cut):
    """Raise ValueError unless `cut` names one of the four cuts."""
    if not isinstance(cut, str) or cut not in CUTS:
        names = ", ".join(f'"{name}"' for name in CUTS)
        raise ValueError(
            f"cut is {quoted(cut)}, but an image is cut in one of four ways: use {names}."
        )


def check_color(image):
    """Raise ValueError unless the image has three channels."""
    if image.ndim != 3:
        raise ValueError(
            f"The image is gray, of shape {image.shape}, but colors need the shape "
            "(height, width, 3): take a color photo, or repeat the gray channel with "
            "np.stack([image] * 3, axis=-1)."
        )


def check_block_size(block_size):
    """Raise TypeError or ValueError unless `block_size` is a whole number from 1 up."""
    if not isinstance(block_size, numbers.Integral) or isinstance(block_size, bool):
        raise TypeError(
            f"block_size is {quoted(block_size)}, but the side of a block is a whole number of "
            "pixels: try block_size=4."
        )
    if block_size < 1:
        raise ValueError(
            f"block_size is {block_size}, but a block has at least one pixel: try block_size=4."
        )


def check_blocks_fit(shape, block_size):
    """Raise ValueError unless blocks of `block_size` tile an image of this shape."""
    check_block_size(block_size)
    height, width = shape[:2]
    if height % block_size or width % block_size:
        common = math.gcd(height, width)
        sizes = ", ".join(str(size) for size in range(1, min(common, 64) + 1) if common % size == 0)
        raise ValueError(
            f"Blocks of {block_size}×{block_size} pixels do not tile an image of {height} rows "
            f"and {width} columns: use a block_size that divides both ({sizes}), or pad the "
            "image with pad=True."
        )


def _check_vectors_fill(vectors, shape, cut):
    count = math.prod(shape[2:]) if cut == "channel" else 1
    if [np.size(each) for each in vectors] != [math.prod(shape) // count] * count:
        given = ", ".join(str(np.shape(each)) for each in vectors) or "none"
        raise ValueError(
            f"The vectors, of shape {given}, do not fill an image of shape {tuple(shape)}: give "
            f'what cut_image(image, "{cut}") returns for an image of that shape.'
        )


def _blocks(image, block_size):
    rows, columns = grid_shape(image.shape, "block", block_size=block_size)
    depth = image.shape[2:]
    blocks = image.reshape(rows, block_size, columns, block_size, *depth).swapaxes(1, 2)
    return blocks.reshape(rows * columns, -1)
