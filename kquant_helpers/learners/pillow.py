"""Palettes as Pillow learns them: median cut and octree. Lesson 04 compares them."""

import numpy as np

from kquant_helpers import door
from kquant_helpers.counts import few_vectors


def median_cut(pixels, k, random_state=None):
    """Learn a palette with Pillow's median cut.

    The box of colors with the most pixels is cut at its median, over and over.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k : int
        Number of colors wanted, at most 256.
    random_state : None
        Nothing is drawn at random.

    Returns
    -------
    ndarray of float64, shape (k', 3), k' ≤ k
        The palette.

    Raises
    ------
    ValueError
        Where k is above 256 and there are more than k distinct colors.

    References
    ----------
    P. Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> len(median_cut(pixels, 2))
    2
    """
    from PIL import Image

    return _pillow_palette(pixels, k, Image.Quantize.MEDIANCUT, "median cut")


def octree(pixels, k, random_state=None):
    """Learn a palette with Pillow's fast octree.

    The color cube is cut into eight, and each part again, where there are pixels. It is
    the fastest learner and the one with the largest error; of one to three colors, its palettes
    may be worse than colors drawn at random.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, 3)
        RGB colors.
    k, random_state, and what is returned and raised
        As for `median_cut`.

    References
    ----------
    M. Gervautz and W. Purgathofer, "A simple method for color quantization: octree
    quantization", New Trends in Computer Graphics, 1988.

    Examples
    --------
    >>> pixels = np.array([[0, 0, 0], [2, 4, 0], [255, 0, 0]], dtype=np.uint8)
    >>> len(octree(pixels, 2))
    2
    """
    from PIL import Image

    return _pillow_palette(pixels, k, Image.Quantize.FASTOCTREE, "octree")


def _pillow_palette(pixels, k, method, name):
    """Palette of Pillow's quantize, without the entries that no pixel uses."""
    from PIL import Image

    few = few_vectors(door.pixels(pixels), k)
    if few is not None:
        return few
    if k > 256:
        raise ValueError(
            f'k is {k}, but the learner "{name}" makes palettes of at most 256 colors: '
            'use "histogram k-means" for longer ones.'
        )
    column = Image.fromarray(np.ascontiguousarray(pixels)[:, np.newaxis])
    quantized = column.quantize(k, method)
    used = [index for _, index in quantized.getcolors()]
    palette = np.array(quantized.getpalette(), np.float64).reshape(-1, 3)
    return np.unique(palette[used], axis=0)
