"""What a quantized image costs: bits by the formula, by the entropy, by real codes.

Lesson 07 puts the three side by side. A *fixed-rate* code spends the same bits on every
index; an *entropy* code would spend few on frequent ones, and the entropy is what it can
reach; a *file* is what is left of both once headers are paid for.
"""

import numpy as np

from kquant_helpers import door
from kquant_helpers.counts import intensity_counts
from kquant_helpers.prefix_codes import code_lengths
from kquant_helpers.quantize import Quantized


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
    return (door.k(k) - 1).bit_length()


def fixed_rate_bits(quantized):
    """Return the bits that a quantized image takes: its indices and its codebooks.

    Each index takes `index_bits` of its codebook's length, each codeword 8 bits an entry (32
    for frequencies). Levels at the multiples of a known step cost nothing beside their indices.
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

    Its parameter and errors are those of `fixed_rate_bits`, which it never exceeds.

    Examples
    --------
    >>> from kquant_helpers.quantize import quantize
    >>> round(entropy_bits(quantize(np.uint8([[0, 9], [9, 9]]), 2)), 3)
    19.245
    """
    return _codebook_bits(quantized) + sum(
        indices.size * index_entropy(indices) for indices, _ in _indices_and_codebooks(quantized)
    )


def huffman_bits(quantized):
    """Return the bits that Huffman codes of single indices need, with codes and codebooks.

    As `entropy_bits`, but in whole bits for each index: by the best prefix code of each
    codebook's indices. A code is told by its lengths, one byte for each codeword.

    Its parameter and errors are those of `fixed_rate_bits`.

    Examples
    --------
    >>> from kquant_helpers.quantize import quantize
    >>> huffman_bits(quantize(np.uint8([[0, 9], [9, 9]]), 2))
    36
    """
    bits = _codebook_bits(quantized)
    for indices, codebook in _indices_and_codebooks(quantized):
        if len(codebook) > 1:
            counts = np.bincount(indices, minlength=len(codebook))
            bits += int(counts @ code_lengths(counts).astype(np.int64)) + 8 * len(codebook)
    return bits


def bits_per_pixel(quantized):
    """Return `fixed_rate_bits` for each pixel of the image.

    Examples
    --------
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
    >>> index_entropy(np.array([0, 0, 1, 1, 2, 2, 3, 3]))
    2.0
    >>> index_entropy(np.array([5, 5, 5]))
    0.0
    """
    indices = door.indices(indices, "give quantized.indices")
    if not indices.size:
        raise ValueError("There are no indices, but an entropy is of at least one: give some.")
    if not door.flag(per_channel, "per_channel"):
        return _entropy(indices)
    if indices.ndim != 3:
        raise ValueError(
            f"The indices have the shape {indices.shape}, but channels need the shape (height, "
            'width, 3): quantize a color photo with cut="channel", or leave per_channel out.'
        )
    return np.array([_entropy(each) for each in np.moveaxis(indices, -1, 0)])


def check_quantized(quantized):
    """Raise TypeError unless this is what `quantize` returns."""
    if not isinstance(quantized, Quantized):
        raise TypeError(
            f"The quantized image is of type {type(quantized).__name__}, but its indices and "
            "codebooks are needed: give what quantize(image, k) returns."
        )


def _indices_and_codebooks(quantized):
    whole = quantized.cut.padded_shape(quantized.image.shape)
    indices = quantized.cut.take_apart(quantized.indices, whole)
    return zip(indices, quantized.codebooks, strict=True)


def _codebook_bits(quantized):
    check_quantized(quantized)
    if quantized.steps is not None:
        return 0
    entry_bits = 8 * quantized.cut.entry.itemsize
    return sum(entry_bits * codebook.size for codebook in quantized.codebooks)


def _entropy(indices):
    """Entropy in bits of the distribution of some integers."""
    if indices.dtype == np.uint8:
        counts = intensity_counts(indices)
    else:
        counts = np.unique(indices, return_counts=True)[1]
    shares = counts[counts > 0] / indices.size
    return float(shares @ np.log2(1 / shares))
