"""The whole course in one function: cut, learn, encode, decode."""

from dataclasses import dataclass

import numpy as np

from kquant_helpers.codebooks import check_k, decode, encode, find_learner, learn
from kquant_helpers.vectors import cut_image, grid_shape, join_vectors, pad_to_blocks


@dataclass(frozen=True, eq=False)
class Quantized:
    """An image that was quantized, and what it takes to store it.

    Attributes
    ----------
    image : ndarray of uint8
        The decoded image, of the original's shape.
    indices : ndarray of unsigned integers
        One index for each vector, in place: the image's shape for the cuts "global" and
        "channel", (height, width) for "rgb", (height / b, width / b) for "block".
    codebooks : tuple of ndarray of float64, each of shape (k', d)
        One codebook; three for the cut "channel" of a color image.
    cut : str
        How the image was cut: "global", "channel", "rgb" or "block".
    learner : str
        How the codebooks were learned.
    block_size : int or None
        Side of a block in pixels, for the cut "block".
    """

    image: np.ndarray
    indices: np.ndarray
    codebooks: tuple
    cut: str
    learner: str
    block_size: int | None = None

    def __repr__(self):
        codewords = " + ".join(str(len(codebook)) for codebook in self.codebooks)
        size = "×".join(str(side) for side in self.image.shape[:2])
        return f"Quantized({self.cut}, {self.learner}, {codewords} codewords, {size} pixels)"


def quantize(image, k, cut="global", learner=None, *, block_size=4, pad=False, random_state=0):
    """Quantize an image: cut it, learn a codebook, encode, decode.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo; it is not changed.
    k : int
        Number of codewords in each codebook. Where the image has fewer distinct
        vectors, the codebook holds just those.
    cut : {"global", "channel", "rgb", "block"}
        Which vectors to quantize; see `kquant_helpers.vectors`.
    learner : str or scikit-learn clusterer, optional
        How to learn a codebook; see `kquant_helpers.codebooks.learn`. Each cut has its
        best one as the default.
    block_size : int
        Side of a block in pixels, for ``cut="block"``; it has to divide both sides.
    pad : bool
        For ``cut="block"``: repeat the last row and column until the blocks fit. The
        result's image is cropped to the original; its indices cover the padding too.
    random_state : int
        Seed of the learners that draw at random.

    Returns
    -------
    Quantized
        The decoded image, the indices and the codebooks.

    Raises
    ------
    TypeError, ValueError
        In one sentence, where one of the above is not as it should be.

    Examples
    --------
    >>> import numpy as np
    >>> ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    >>> quantized = quantize(ramp, 2)
    >>> np.unique(quantized.image)
    array([ 64, 192], dtype=uint8)
    >>> quantized
    Quantized(global, exact, 2 codewords, 16×16 pixels)
    """
    check_k(k)
    padded = pad_to_blocks(image, block_size) if pad and cut == "block" else image
    vectors = cut_image(padded, cut, block_size=block_size)
    codebooks = tuple(learn(each, k, learner, random_state=random_state) for each in vectors)
    indices = join_indices(
        [encode(each, codebook) for each, codebook in zip(vectors, codebooks, strict=True)],
        padded.shape,
        cut,
        block_size=block_size,
    )
    decoded = decode_image(indices, codebooks, padded.shape, cut, block_size=block_size)
    return Quantized(
        image=decoded[: image.shape[0], : image.shape[1]],
        indices=indices,
        codebooks=codebooks,
        cut=cut,
        learner=_learner_name(learner, vectors[0].shape[1]),
        block_size=block_size if cut == "block" else None,
    )


def join_indices(indices, shape, cut="global", *, block_size=4):
    """Lay out one array of indices for each codebook as the image is laid out.

    Parameters
    ----------
    indices : sequence of ndarray of integers, each of shape (n,)
        What `kquant_helpers.codebooks.encode` returns, one array for each codebook.
    shape : tuple of int
        Shape of the image.
    cut : {"global", "channel", "rgb", "block"}
        How the image was cut.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.

    Returns
    -------
    ndarray of integers
        Shaped as `kquant_helpers.vectors.grid_shape` says.

    Examples
    --------
    >>> join_indices([np.array([0, 1, 1, 0])], (2, 2), "global")
    array([[0, 1],
           [1, 0]])
    """
    if cut == "channel":
        return join_vectors(indices, shape, cut)
    return indices[0].reshape(grid_shape(shape, cut, block_size=block_size))


def split_indices(indices, cut="global"):
    """Take an image's indices apart, codebook by codebook: the inverse of `join_indices`.

    Parameters
    ----------
    indices : ndarray of integers
        As in `Quantized`.
    cut : {"global", "channel", "rgb", "block"}
        How the image was cut.

    Returns
    -------
    tuple of ndarray of integers, each of shape (n,)
        One array for each codebook.

    Examples
    --------
    >>> [each.tolist() for each in split_indices(np.array([[[0, 1, 2], [3, 4, 5]]]), "channel")]
    [[0, 3], [1, 4], [2, 5]]
    """
    if cut == "channel" and indices.ndim == 3:
        return tuple(np.moveaxis(indices, -1, 0).reshape(indices.shape[-1], -1))
    return (indices.ravel(),)


def decode_image(indices, codebooks, shape, cut="global", *, block_size=4):
    """Decode indices to an image: the second half of `quantize`.

    Parameters
    ----------
    indices : ndarray of integers
        As in `Quantized`.
    codebooks : sequence of ndarray, each of shape (k', d)
        One codebook; three for the cut "channel" of a color image.
    shape : tuple of int
        Shape of the image.
    cut : {"global", "channel", "rgb", "block"}
        How the image was cut.
    block_size : int
        Side of a block in pixels, for ``cut="block"``.

    Returns
    -------
    ndarray of uint8, shape `shape`
        The image.

    Examples
    --------
    >>> decode_image(np.array([[0, 1]]), [np.array([[3.2], [8.0]])], (1, 2), "global")
    array([[3, 8]], dtype=uint8)
    """
    vectors = [
        decode(each, codebook)
        for each, codebook in zip(split_indices(indices, cut), codebooks, strict=True)
    ]
    return join_vectors(vectors, shape, cut, block_size=block_size)


def _learner_name(learner, dimensions):
    if learner is None or isinstance(learner, str):
        return find_learner(learner, dimensions).name
    return type(learner).__name__
