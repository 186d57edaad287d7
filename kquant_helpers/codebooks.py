"""Encode vectors with a codebook; decode indices to vectors."""

import numpy as np

from kquant_helpers import door
from kquant_helpers.nearest import look_up, nearest


def encode(vectors, codebook):
    """Replace each vector by the index of its nearest codeword.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
        Intensities, colors or blocks.
    codebook : ndarray, shape (k, d)
        The codewords.

    Returns
    -------
    ndarray of the smallest unsigned integer type that holds k - 1, shape (n,)
        Indices into the codebook, nearest by squared distance; ties fall either way.

    Raises
    ------
    TypeError, ValueError
        Where the vectors are no numbers of shape (n, d), the codebook is empty, or its
        codewords have another length.

    Examples
    --------
    >>> encode(np.array([[3], [250]], dtype=np.uint8), np.array([[0.0], [100.0], [255.0]]))
    array([0, 2], dtype=uint8)
    """
    vectors = door.samples(vectors)
    return nearest(vectors, door.codebook(codebook, vectors.shape[1]))


def decode(indices, codebook):
    """Replace each index by its codeword, rounded to whole intensities.

    Parameters
    ----------
    indices : ndarray of integers, any shape
        What `encode` returns.
    codebook : ndarray, shape (k, d)
        The codewords.

    Returns
    -------
    ndarray of uint8, shape (*indices.shape, d)
        The codewords, rounded and clipped to 0..255.

    Raises
    ------
    TypeError, ValueError
        Where the indices are not whole numbers, or one is below 0 or not below k.

    Examples
    --------
    >>> decode(np.array([1, 0]), np.array([[0.0], [99.7]])).ravel()
    array([100,   0], dtype=uint8)
    """
    return codewords_at(door.indices(indices), rounded_codebook(door.codebook(codebook)))


def codewords_at(indices, codewords):
    """Return the codeword of each index, of the codewords' dtype; refuse an index without one.

    Examples
    --------
    >>> codewords_at(np.array([1, 0]), np.array([[0.5], [7.5]])).ravel()
    array([7.5, 0.5])
    """
    lowest, highest = (int(indices.min()), int(indices.max())) if indices.size else (0, 0)
    if lowest < 0 or highest >= len(codewords):
        raise ValueError(
            f"The indices run from {lowest} to {highest}, but a codebook of {len(codewords)} "
            f"codewords takes 0 to {len(codewords) - 1}: encode with the codebook that you "
            "decode with."
        )
    if codewords.shape[1] == 1:
        return look_up(codewords[:, 0], indices)[..., np.newaxis]
    return np.take(codewords, indices, axis=0)


def rounded_codebook(codebook):
    """Return the codebook as uint8, rounded and clipped to 0..255, as it is painted and stored.

    Examples
    --------
    >>> rounded_codebook([[0.4, 254.6]])
    array([[  0, 255]], dtype=uint8)
    """
    return np.clip(np.rint(codebook), 0, 255).astype(np.uint8)
