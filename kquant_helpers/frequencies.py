"""Frequencies: blocks of pixels as sums of waves, each frequency quantized for itself.

`Frequency` is the cut that lesson 09 introduces; `jpeg_table` says how coarsely JPEG takes each
frequency. Frequencies stand row by row: entry 0 is the mean of a block, and the further right
or down, the finer the waves.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from kquant_helpers import door
from kquant_helpers.cuts import Cut

CHROMAS = (None, "full", "half")

# ITU-T T.81, Annex K: how coarsely the eye lets each frequency of an 8×8 block be taken.
_LUMA = """
    16 11 10 16  24  40  51  61    12 12 14 19  26  58  60  55
    14 13 16 24  40  57  69  56    14 17 22 29  51  87  80  62
    18 22 37 56  68 109 103  77    24 35 55 64  81 104 113  92
    49 64 78 87 103 121 120 101    72 92 95 98 112 100 103  99
"""
_CHROMA = """
    17 18 24 47 99 99 99 99    18 21 26 66 99 99 99 99
    24 26 56 99 99 99 99 99    47 66 99 99 99 99 99 99
    99 99 99 99 99 99 99 99    99 99 99 99 99 99 99 99
    99 99 99 99 99 99 99 99    99 99 99 99 99 99 99 99
"""


@dataclass(frozen=True)
class Frequency(Cut):
    """Each frequency of square blocks for itself. Lesson 09 introduces it.

    A block becomes as many frequencies as it has pixels, by the discrete cosine transform, and
    each of them, of each channel, has a codebook of its own. Images are padded by repeating the
    last row and column, and cropped again.

    Parameters
    ----------
    size : int
        Side of a block in pixels.
    chroma : {None, "full", "half"}
        What becomes of the colors of a color image: None takes R, G and B as they are,
        "full" takes brightness and two color differences, Y, Cb and Cr, and "half" takes the
        differences at half the height and width, as JPEG mostly does.

    References
    ----------
    N. Ahmed, T. Natarajan and K. Rao, "Discrete cosine transform", IEEE Trans. Computers
    23(1), 1974. ITU-T T.81 (JPEG), 1992.
    """

    size: int = 8
    chroma: str | None = None
    name: ClassVar[str] = "frequency"
    learner: ClassVar[str] = "exact"
    pads: ClassVar[bool] = True
    entry: ClassVar[np.dtype] = np.dtype("<f4")

    def __post_init__(self):
        object.__setattr__(self, "size", door.block_size(self.size))
        if self.chroma is not None:
            what = 'colors are taken as they are (None), as "full" or as "half" chroma'
            door.one_of(self.chroma, "chroma", CHROMAS[1:], what)

    def cut(self, image):
        """Return one array of numbers, of shape (blocks, 1), for each frequency of each channel."""
        parts = [_frequencies(plane, self.size) for plane in self._planes(image)]
        return tuple(part[:, np.newaxis] for frequencies in parts for part in frequencies)

    def join(self, vectors, shape):
        """Return the image of these frequencies, rounded and clipped to 0..255."""
        each = self.size**2
        planes = [
            _plane([part[:, 0] for part in vectors[each * i : each * (i + 1)]], sides)
            for i, sides in enumerate(self._sides(shape))
        ]
        if len(planes) == 1:
            image = planes[0]
        else:
            image = np.stack(planes, axis=-1) if self.chroma is None else self._colors(planes)
        return np.clip(np.rint(image + 128), 0, 255).astype(np.uint8)

    def grid(self, shape):
        """Return (rows, columns, frequencies); with halved chroma, the number of all of them."""
        counts = self.counts(shape)
        if counts[0] != counts[-1]:
            return (sum(counts),)
        return shape[0] // self.size, shape[1] // self.size, len(counts)

    def codebooks(self, shape):
        """Return the number of frequencies of all channels."""
        return len(self._sides(shape)) * self.size**2

    def counts(self, shape):
        """Return how many numbers there are of each frequency of each channel."""
        blocks = [height * width // self.size**2 for height, width in self._sides(shape)]
        return [count for count in blocks for _ in range(self.size**2)]

    def dimensions(self, shape):
        """Return 1, for single numbers."""
        return 1

    @property
    def tile(self):
        """A block's height and width; twice that where the chroma is halved."""
        side = 2 * self.size if self.chroma == "half" else self.size
        return side, side

    def lay_out(self, indices, shape):
        """Lay the indices out in the order of the blocks; with halved chroma, one after another."""
        if len(self.grid(shape)) == 1:
            return np.concatenate(indices)
        return super().lay_out(indices, shape)

    def take_apart(self, indices, shape):
        """Return the indices of each frequency of each channel."""
        if len(self.grid(shape)) == 1:
            return tuple(np.split(indices, np.cumsum(self.counts(shape))[:-1]))
        return super().take_apart(indices, shape)

    def stored(self, codebook):
        """Return a codebook in single precision."""
        return codebook.astype(self.entry)

    def restored(self, stored):
        """Return a stored codebook in double precision."""
        return stored.astype(np.float64)

    def _sides(self, shape):
        """Return the height and width of each channel."""
        whole, step = tuple(shape[:2]), 2 if self.chroma == "half" else 1
        less = (whole[0] // step, whole[1] // step)
        return [whole] if len(shape) == 2 else [whole, less, less]

    def _planes(self, image):
        """Return the channels around 0, as floats."""
        centered = image.astype(np.float64) - 128
        if image.ndim == 2:
            return [centered]
        if self.chroma is None:
            return list(np.moveaxis(centered, -1, 0))
        luma = centered @ [0.299, 0.587, 0.114]
        blue, red = (centered[..., 2] - luma) / 1.772, (centered[..., 0] - luma) / 1.402
        return [luma, blue, red] if self.chroma == "full" else [luma, _halved(blue), _halved(red)]

    def _colors(self, planes):
        luma, blue, red = planes
        if self.chroma == "half":
            blue, red = _doubled(blue), _doubled(red)
        green = luma - (0.114 * 1.772 * blue + 0.299 * 1.402 * red) / 0.587
        return np.stack([luma + 1.402 * red, green, luma + 1.772 * blue], axis=-1)


def jpeg_table(quality, chroma=False):
    """Return the table of JPEG for a quality: the step of each frequency of an 8×8 block.

    Parameters
    ----------
    quality : int
        1 (coarsest) to 100; the files of Pillow and libjpeg use just these steps.
    chroma : bool
        Whether the table is for color differences, rather than for brightness.

    Returns
    -------
    ndarray of int64, shape (8, 8)

    Raises
    ------
    TypeError, ValueError
        Where the quality is none.

    Examples
    --------
    >>> jpeg_table(50)[0]
    array([16, 11, 10, 16, 24, 40, 51, 61])
    >>> jpeg_table(100).max()
    np.int64(1)
    """
    quality = door.quality(quality, least=1)
    base = np.array((_CHROMA if door.flag(chroma, "chroma") else _LUMA).split(), np.int64)
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((base * scale + 50) // 100, 1, 255).reshape(8, 8)


def _frequencies(plane, size):
    """Return the frequencies of a plane's blocks, shape (size², blocks)."""
    from scipy.fft import dctn

    height, width = plane.shape
    blocks = plane.reshape(height // size, size, width // size, size)
    waves = dctn(blocks, axes=(1, 3), norm="ortho")
    return waves.transpose(1, 3, 0, 2).reshape(size**2, -1)


def _plane(frequencies, sides):
    """Return the plane of these sides from its frequencies, shape (size², blocks)."""
    from scipy.fft import idctn

    size = round(len(frequencies) ** 0.5)
    waves = np.reshape(frequencies, (size, size, sides[0] // size, sides[1] // size))
    return idctn(waves.transpose(2, 0, 3, 1), axes=(1, 3), norm="ortho").reshape(sides)


def _halved(plane):
    """Average pixels two by two in both directions."""
    height, width = plane.shape
    return plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))


def _doubled(plane):
    """Put two pixels in the place of one in both directions, each nearer to it than to the next."""
    for _ in range(2):
        padded = np.pad(plane, [(1, 1), (0, 0)], mode="edge")
        pairs = np.stack([3 * plane + padded[:-2], 3 * plane + padded[2:]], axis=1) / 4
        plane = pairs.reshape(-1, plane.shape[1]).T
    return plane
