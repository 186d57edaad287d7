"""The whole course in one function: cut, learn, encode, decode."""

from dataclasses import dataclass

import numpy as np

from kquant_helpers import door
from kquant_helpers.codebooks import codewords_at
from kquant_helpers.cuts import Cut, find_cut
from kquant_helpers.learners import learn_all, learner_name
from kquant_helpers.learners.steps import on_steps
from kquant_helpers.nearest import nearest


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
    cut : Cut
        How the image was cut; see `kquant_helpers.cuts`.
    learner : str
        How the codebooks were learned.
    steps : tuple of float or None
        Where nothing was learned, the step of each codebook: its levels are multiples of it.
    """

    image: np.ndarray
    indices: np.ndarray
    codebooks: tuple
    cut: Cut
    learner: str
    steps: tuple | None = None

    def __repr__(self):
        codewords = " + ".join(str(len(codebook)) for codebook in self.codebooks)
        size = "×".join(str(side) for side in self.image.shape[:2])
        if len(self.codebooks) > 3:
            codewords = sum(len(codebook) for codebook in self.codebooks)
        return f"Quantized({self.cut.name}, {self.learner}, {codewords} codewords, {size} pixels)"


def quantize(image, k=None, cut="global", learner=None, *, block_size=4, pad=False, random_state=0):
    """Quantize an image: cut it, learn a codebook, encode, decode.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo; it is not changed.
    k : int
        Number of codewords in each codebook. Where the image has fewer distinct
        vectors, the codebook holds just those. A learner that learns nothing takes none.
    cut : {"global", "channel", "rgb", "block"} or Cut
        Which vectors to quantize; see `kquant_helpers.cuts`.
    learner : str, scikit-learn clusterer, EqualSteps or JPEGTable, optional
        How to learn a codebook; see `kquant_helpers.learners.learn`. Each cut has its
        best one as the default.
    block_size : int
        Side of a block in pixels, for ``cut="block"``; it has to divide both sides.
    pad : bool
        For blocks: repeat the last row and column until the blocks fit. The
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
    >>> ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    >>> quantized = quantize(ramp, 2)
    >>> np.unique(quantized.image)
    array([ 64, 192], dtype=uint8)
    >>> quantized
    Quantized(global, exact, 2 codewords, 16×16 pixels)
    """
    image, cut, pad = door.image(image), find_cut(cut, block_size), door.flag(pad, "pad")
    whole = cut.padded(image) if pad or cut.pads else image
    cut.check(whole.shape)
    vectors = cut.cut(whole)
    learner = cut.learner if learner is None else learner
    codebooks, steps = learn_all(vectors, k, learner, random_state, cut, whole.shape)
    each = zip(vectors, codebooks, steps or (None,) * len(codebooks), strict=True)
    parts = [
        nearest(some, book) if step is None else on_steps(some, book, step)
        for some, book, step in each
    ]
    indices = cut.lay_out(parts, whole.shape)
    decoded = decode_image(indices, codebooks, image.shape, cut)
    return Quantized(decoded, indices, codebooks, cut, learner_name(learner), steps)


def decode_image(indices, codebooks, shape, cut):
    """Decode indices to an image: the second half of `quantize`.

    Parameters
    ----------
    indices : ndarray of integers
        As in `Quantized`; they may cover a padded image.
    codebooks : sequence of ndarray, each of shape (k', d)
        One codebook; three for the cut "channel" of a color image.
    shape : tuple of int
        Shape of the image.
    cut : Cut
        How the image was cut.

    Returns
    -------
    ndarray of uint8, shape `shape`
        The image.

    Examples
    --------
    >>> decode_image(np.array([[0, 1]]), [np.array([[3.2], [8.0]])], (1, 2), find_cut("global"))
    array([[3, 8]], dtype=uint8)
    """
    whole = cut.padded_shape(shape)
    parts = zip(cut.take_apart(indices, whole), codebooks, strict=True)
    vectors = [codewords_at(each, cut.restored(cut.stored(book))) for each, book in parts]
    image = cut.join(vectors, whole)
    return image[: shape[0], : shape[1]]
