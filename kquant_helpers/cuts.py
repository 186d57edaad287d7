"""The cuts: how an image becomes vectors, and vectors an image again.

Every method of the course quantizes vectors; a cut says which ones:

================  ============================ ==================== =========
cut               vectors                      shape                codebooks
================  ============================ ==================== =========
`Global` ()       all intensities              (h * w * 3, 1)       1
`Channel` ()      the intensities of a channel 3 times (h * w, 1)   3
`RGB` ()          the colors of the pixels     (h * w, 3)           1
`Block` (b)       square blocks                (h * w / b², b²)     1
================  ============================ ==================== =========

A cut is a value that knows both ways, and the names in `CUTS` stand for the usual ones. A new
cut is one more class here: it says its `name`, how it cuts and joins, and the shape of its
indices, and everything else of the course takes it.
"""

import json
import math
from dataclasses import asdict, dataclass
from typing import ClassVar

import numpy as np

from kquant_helpers import door

# Every class of cuts by its name, so that files can tell which one theirs is.
_KINDS = {}


@dataclass(frozen=True)
class Cut:
    """A way to cut images into vectors. What a class of its own has to define stands first.

    Attributes
    ----------
    name : str
        What the course calls it.
    learner : str
        The learner that serves its vectors best.
    pads : bool
        Whether images are padded without being asked.
    entry : dtype
        What an entry of a codebook is stored as.
    """

    name: ClassVar[str]
    learner: ClassVar[str] = "k-means"
    pads: ClassVar[bool] = False
    entry: ClassVar[np.dtype] = np.dtype("u1")

    def __init_subclass__(cls):
        _KINDS[cls.name] = cls

    def cut(self, image):
        """Return one array of vectors, of shape (n, d), for each codebook."""
        raise NotImplementedError

    def join(self, vectors, shape):
        """Return the image of this shape whose vectors these are."""
        raise NotImplementedError

    def grid(self, shape):
        """Return the shape of an image's indices: one index for each vector, in place.

        With more than one codebook, the last axis has an entry for each.
        """
        raise NotImplementedError

    def codebooks(self, shape):
        """Return how many codebooks an image of this shape takes."""
        return 1

    def counts(self, shape):
        """Return how many vectors there are for each codebook."""
        books = self.codebooks(shape)
        return [math.prod(self.grid(shape)) // books] * books

    @property
    def tile(self):
        """Height and width of the pixels that stay together: they have to tile the image."""
        return 1, 1

    def sized(self, size):
        """Return the cut of this kind with blocks of another side, if it has blocks."""
        return self

    def check(self, shape):
        """Raise ValueError unless images of this shape can be cut."""
        down, right = self.tile
        height, width = shape[:2]
        if height % down or width % right:
            raise ValueError(
                f"Blocks of {down}×{right} pixels do not tile an image of {height} rows and "
                f"{width} columns: {self._mend(height, width)}pad the image with pad=True."
            )

    def _mend(self, height, width):
        return ""

    def dimensions(self, shape):
        """Return the number of entries of a vector."""
        return math.prod(shape) // math.prod(self.grid(shape))

    def padded_shape(self, shape):
        """Return the least shape from this one up that can be cut."""
        sides = (-(-side // unit) * unit for side, unit in zip(shape[:2], self.tile, strict=True))
        return (*sides, *shape[2:])

    def padded(self, image):
        """Repeat the last row and column of an image until it can be cut."""
        height, width = self.padded_shape(image.shape)[:2]
        if height * width > max(door.MAX_PIXELS, math.prod(image.shape[:2])):
            raise ValueError(
                f"An image padded to {height} rows and {width} columns would have more than "
                f"{door.MAX_PIXELS:,} pixels: try smaller blocks, such as block_size=4."
            )
        missing = [(0, height - image.shape[0]), (0, width - image.shape[1]), (0, 0)]
        return np.pad(image, missing[: image.ndim], mode="edge")

    def lay_out(self, indices, shape):
        """Lay one array of indices for each codebook out as the image is laid out."""
        if len(indices) == 1:
            return indices[0].reshape(self.grid(shape))
        return np.stack(indices, axis=-1).reshape(self.grid(shape))

    def take_apart(self, indices, shape):
        """Return one array of indices for each codebook: the inverse of `lay_out`."""
        count = self.codebooks(shape)
        if count == 1:
            return (indices.ravel(),)
        return tuple(np.moveaxis(indices, -1, 0).reshape(count, -1))

    def stored(self, codebook):
        """Return a codebook as it is painted and stored: here rounded and clipped to 0..255."""
        return np.clip(np.rint(codebook), 0, 255).astype(self.entry)

    def restored(self, stored):
        """Return what a stored codebook paints with."""
        return stored


@dataclass(frozen=True)
class Global(Cut):
    """All intensities together, whatever their channel. Lesson 02 introduces it."""

    name: ClassVar[str] = "global"
    learner: ClassVar[str] = "exact"

    def cut(self, image):
        """Return the intensities as one array."""
        return (image.reshape(-1, 1),)

    def join(self, vectors, shape):
        """Return the image of these intensities."""
        return vectors[0].reshape(shape)

    def grid(self, shape):
        """Return the image's own shape."""
        return tuple(shape)


@dataclass(frozen=True)
class Channel(Cut):
    """The intensities of each channel, with a codebook each. Lesson 03 introduces it."""

    name: ClassVar[str] = "channel"
    learner: ClassVar[str] = "exact"

    def cut(self, image):
        """Return the intensities, one array for each channel."""
        channels = image.reshape(*image.shape[:2], -1)
        return tuple(np.moveaxis(channels, -1, 0).reshape(channels.shape[-1], -1, 1))

    def join(self, vectors, shape):
        """Return the image of these channels."""
        return np.stack([each.reshape(shape[:2]) for each in vectors], axis=-1).reshape(shape)

    def grid(self, shape):
        """Return the image's own shape."""
        return tuple(shape)

    def codebooks(self, shape):
        """Return the number of channels."""
        return math.prod(shape[2:])


@dataclass(frozen=True)
class RGB(Cut):
    """The colors of the pixels. Lesson 04 introduces it."""

    name: ClassVar[str] = "rgb"
    learner: ClassVar[str] = "histogram k-means"

    def check(self, shape):
        """Raise ValueError for gray images."""
        if len(shape) != 3:
            raise ValueError(
                f"The image is gray, of shape {tuple(shape)}, but colors need the shape (height, "
                "width, 3): take a color photo, or repeat the gray channel with "
                "np.stack([image] * 3, axis=-1)."
            )

    def cut(self, image):
        """Return the pixels as one array."""
        return (image.reshape(-1, 3),)

    def join(self, vectors, shape):
        """Return the image of these pixels."""
        return vectors[0].reshape(shape)

    def grid(self, shape):
        """Return the image's height and width."""
        return tuple(shape[:2])


@dataclass(frozen=True)
class Block(Cut):
    """Square blocks of pixels, in the order of the image. Lesson 06 introduces it.

    Parameters
    ----------
    size : int
        Side of a block in pixels.
    """

    size: int = 4
    name: ClassVar[str] = "block"

    def __post_init__(self):
        object.__setattr__(self, "size", door.block_size(self.size))

    def cut(self, image):
        """Return the blocks as one array, each row by row."""
        rows, columns = self.grid(image.shape)
        pieces = image.reshape(rows, self.size, columns, self.size, *image.shape[2:])
        return (pieces.swapaxes(1, 2).reshape(rows * columns, -1),)

    def join(self, vectors, shape):
        """Return the image of these blocks."""
        rows, columns = self.grid(shape)
        blocks = vectors[0].reshape(rows, columns, self.size, self.size, *shape[2:])
        return blocks.swapaxes(1, 2).reshape(shape)

    def grid(self, shape):
        """Return how many blocks there are below and beside each other."""
        return shape[0] // self.size, shape[1] // self.size

    @property
    def tile(self):
        """A block's height and width."""
        return self.size, self.size

    def sized(self, size):
        """Return the cut into blocks of another side."""
        return Block(size)

    def _mend(self, height, width):
        common = math.gcd(height, width)
        sizes = ", ".join(str(size) for size in range(1, min(common, 64) + 1) if common % size == 0)
        return f"use a block_size that divides both ({sizes}), or "


CUTS = {cut.name: cut for cut in (Global(), Channel(), RGB(), Block())}
"""The usual cuts, by the names that stand for them."""


def find_cut(cut, block_size=4):
    """Return the cut that a name stands for; a cut stands for itself.

    Parameters
    ----------
    cut : str or Cut
        A name in `CUTS`, or any cut.
    block_size : int
        Side of a block in pixels, for the name "block".

    Returns
    -------
    Cut

    Raises
    ------
    TypeError, ValueError
        Where there is no such cut, or the size is none.

    Examples
    --------
    >>> find_cut("block", 8)
    Block(size=8)
    """
    if isinstance(cut, Cut):
        return cut
    if not isinstance(cut, str) or cut not in CUTS:
        names = ", ".join(f'"{name}"' for name in CUTS)
        raise ValueError(
            f"cut is {door.quoted(cut)}, but an image is cut in one of four ways: use {names}, or "
            "a cut such as Block(8)."
        )
    return CUTS[cut].sized(door.block_size(block_size))


def written_cut(cut):
    """Return a cut's name and settings as text, for a file.

    Examples
    --------
    >>> written_cut(Block(8))
    '["block", {"size": 8}]'
    """
    return json.dumps([cut.name, asdict(cut)])


def read_cut(text):
    """Return the cut that `written_cut` wrote; raise ValueError where there is none.

    Examples
    --------
    >>> read_cut('["block", {"size": 8}]')
    Block(size=8)
    """
    try:
        name, settings = json.loads(text)
        return _KINDS[name](**settings)
    # Whatever somebody's text makes of a class that it names, it is no cut.
    except Exception:
        raise ValueError(f"{door.quoted(text)} is no cut that is known here.") from None


def cut_image(image, cut="global", *, block_size=4):
    """Cut an image into one set of vectors for each codebook.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The photo; it is not changed.
    cut : {"global", "channel", "rgb", "block"} or Cut
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
    >>> image = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    >>> [vectors.shape for vectors in cut_image(image, "channel")]
    [(4, 1), (4, 1), (4, 1)]
    >>> cut_image(image, RGB())[0][0]
    array([0, 1, 2], dtype=uint8)
    """
    cut = find_cut(cut, block_size)
    image = door.image(image)
    cut.check(image.shape)
    return cut.cut(image)


def join_vectors(vectors, shape, cut="global", *, block_size=4):
    """Put vectors back into an image: the inverse of `cut_image`.

    Parameters
    ----------
    vectors : sequence of ndarray, each of shape (n, d)
        As `cut_image` returns them.
    shape : tuple of int
        Shape of the image, (height, width) or (height, width, 3).
    cut : {"global", "channel", "rgb", "block"} or Cut
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
    >>> image = np.arange(16, dtype=np.uint8).reshape(4, 4)
    >>> vectors = cut_image(image, "block", block_size=2)
    >>> np.array_equal(join_vectors(vectors, (4, 4), "block", block_size=2), image)
    True
    """
    cut, shape = find_cut(cut, block_size), door.shape(shape)
    cut.check(shape)
    parts = door.vector_sets(vectors)
    count = cut.codebooks(shape)
    if [each.size for each in parts] != [math.prod(shape) // count] * count:
        given = ", ".join(str(each.shape) for each in parts[:4])
        raise ValueError(
            f"There are {len(parts)} arrays of vectors, of shape {given}, which do not fill an "
            f"image of shape {shape}: give what cut_image(image, {door.quoted(cut.name)}) returns "
            "for an image of that shape."
        )
    return cut.join(parts, shape)
