"""Pictures in their smallest form: tables of an original, indices and a palette, or pixels."""

import hashlib
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from kquant_helpers.formats import palette_png_bytes, png_bytes


@dataclass(frozen=True, eq=False)
class Photo:
    """An original that the page keeps: it is sent once, however many pictures are tables of it.

    Attributes
    ----------
    pixels : ndarray of uint8, shape (height, width) or (height, width, 3)
        Must not be written to any more.
    """

    pixels: np.ndarray

    @cached_property
    def key(self):
        """A name made of its pixels: equal photos have equal names."""
        shape = repr(self.pixels.shape).encode()
        return hashlib.blake2b(shape + self.pixels.tobytes(), digest_size=8).hexdigest()

    @cached_property
    def counts(self):
        """How often each value occurs, shape (channels, 256)."""
        channels = self.pixels.reshape(-1, 1 if self.pixels.ndim == 2 else 3).T
        return np.stack([np.bincount(each, minlength=256) for each in channels])

    @cached_property
    def png(self):
        """The photo as the bytes of a PNG."""
        return png_bytes(self.pixels, fast=True)

    def __eq__(self, other):
        return isinstance(other, Photo) and self.key == other.key

    def __hash__(self):
        return hash(self.key)


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in its smallest form, with its caption and its text alternative.

    Make one with `picture`, `palette_picture` or `photo_picture`.

    Attributes
    ----------
    caption : str
        The words below it.
    alt : str
        What it shows, for those who cannot see it.
    shape : tuple of int
        (height, width).
    photo, tables : Photo, ndarray of uint8 of shape (channels, 256)
        First form: each value of the photo is looked up in the table of its channel.
    lit, otherwise : ndarray of bool, and of uint8, both of shape (channels, 256)
        Of a spotlight only: where no channel's value is lit, ``otherwise`` takes the place of the
        tables.
    indices, palette : ndarray of uint8 of shape (height, width), and of shape (k, 3)
        Second form.
    pixels : ndarray of uint8
        Third form.
    picks : ndarray of int, shape (rows, columns)
        The index of each pixel, or of each block of them; −1 has none.
    block : int
        Side of the blocks that share an index; the last ones may reach beyond the picture.
    """

    caption: str
    alt: str
    shape: tuple
    photo: Photo | None = None
    tables: np.ndarray | None = None
    lit: np.ndarray | None = None
    otherwise: np.ndarray | None = None
    indices: np.ndarray | None = None
    palette: np.ndarray | None = None
    pixels: np.ndarray | None = None
    picks: np.ndarray | None = None
    block: int = 1

    @property
    def image(self):
        """The pixels that the page shows, as an array; a palette's have three channels."""
        if self.photo is not None:
            return self._looked_up()
        if self.indices is not None:
            return np.take(self.palette, self.indices, axis=0)
        return self.pixels

    def _looked_up(self):
        image = self.photo.pixels
        result = look_up(image, self.tables)
        if self.lit is None:
            return result
        lit = look_up(image, self.lit).reshape(*self.shape, -1).any(axis=-1)
        lit = lit.reshape(lit.shape + (1,) * (image.ndim - 2))
        return np.where(lit, result, look_up(image, self.otherwise))

    @property
    def png(self):
        """The picture as the bytes of a PNG, which keeps every pixel."""
        if self.is_the_photo:
            return self.photo.png
        if self.indices is not None:
            return palette_png_bytes(self.indices, self.palette, fast=True)
        return png_bytes(np.ascontiguousarray(self.image), fast=True)

    @property
    def is_the_photo(self):
        """Whether it shows the original as it is."""
        return self.photo is not None and self.lit is None and (self.tables == np.arange(256)).all()

    def __eq__(self, other):
        if not isinstance(other, Picture):
            return NotImplemented
        return all(
            np.array_equal(getattr(self, each.name), getattr(other, each.name))
            for each in fields(self)
        )

    __hash__ = None


def picture(image, caption, alt, *, of=None, picks=None, block=1):
    """Make a `Picture` of an image, in the smallest form that it has.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        What to show.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.
    of : Photo, optional
        The original. Where each of its values always became the same value, as in all levels and
        bits, the picture is only the tables of them.
    picks : ndarray of int, shape (rows, columns), optional
        The index of each pixel, or block.
    block : int
        Side of the blocks that share an index.

    Returns
    -------
    Picture
    """
    tables = None if of is None else tables_between(of.pixels, image)
    if tables is None:
        return Picture(caption, alt, image.shape[:2], pixels=image, picks=picks, block=block)
    return Picture(caption, alt, image.shape[:2], photo=of, tables=tables, picks=picks, block=block)


def photo_picture(photo, caption, alt):
    """Make a `Picture` of an original itself.

    Parameters
    ----------
    photo : Photo
        The original.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.

    Returns
    -------
    Picture
    """
    identity = np.arange(256, dtype=np.uint8)[np.newaxis]
    return Picture(caption, alt, photo.pixels.shape[:2], photo=photo, tables=identity)


def tables_picture(photo, tables, caption, alt):
    """Make a `Picture` of what tables make of an original.

    Parameters
    ----------
    photo : Photo
        The original.
    tables : ndarray of uint8, shape (1 or channels, 256)
        What becomes of each value: in all channels, or in each.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.

    Returns
    -------
    Picture
    """
    return Picture(caption, alt, photo.pixels.shape[:2], photo=photo, tables=tables)


def spotlight_picture(photo, lit, otherwise, caption, alt):
    """Make a `Picture` of an original in which only some values stay as they are.

    Parameters
    ----------
    photo : Photo
        The original.
    lit : ndarray of bool, shape (channels, 256)
        The values of each channel that light their pixel up.
    otherwise : ndarray of uint8, shape (channels, 256)
        What becomes of the values of all other pixels.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.

    Returns
    -------
    Picture
    """
    plain = photo_picture(photo, caption, alt)
    return replace(plain, lit=np.asarray(lit, bool), otherwise=np.asarray(otherwise, np.uint8))


def palette_picture(indices, palette, caption, alt, *, pickable=False):
    """Make a `Picture` of an indexed image, smaller and faster than one of its pixels.

    Parameters
    ----------
    indices : ndarray of integers, shape (height, width)
        Index of each pixel's color.
    palette : ndarray of uint8, shape (k, 3), k ≤ 256
        The colors.
    caption, alt : str
        The words below it, and what it shows for those who cannot see it.
    pickable : bool
        Whether a color can be picked: its index is the one into this palette.

    Returns
    -------
    Picture
    """
    indices = np.asarray(indices, np.uint8)
    picks = indices if pickable else None
    return Picture(caption, alt, indices.shape, indices=indices, palette=palette, picks=picks)


def picture_counts(picture):
    """Return the histogram of each channel of a picture: from its tables, where it has some.

    Parameters
    ----------
    picture : Picture
        In any form.

    Returns
    -------
    ndarray of int, shape (channels, 256)

    Examples
    --------
    >>> picture_counts(Picture("c", "a", (1, 2), pixels=np.uint8([[7, 7]])))[0, 7]
    np.int64(2)
    """
    if picture.photo is None or picture.lit is not None:
        return Photo(picture.image).counts
    counts = picture.photo.counts
    tables = np.broadcast_to(picture.tables, counts.shape)
    rows = [np.bincount(*pair, minlength=256) for pair in zip(tables, counts, strict=True)]
    return np.stack(rows).astype(int)


def tables_between(image, result):
    """Return the tables that turn an image into a result, or None where there are none.

    Parameters
    ----------
    image, result : ndarray of uint8, of one shape
        Before and after.

    Returns
    -------
    ndarray of uint8, shape (channels, 256), or None
        Values that do not occur stay as they are.

    Examples
    --------
    >>> tables_between(np.uint8([[1, 2]]), np.uint8([[7, 7]]))[0, :4].tolist()
    [0, 7, 7, 3]
    >>> tables_between(np.uint8([[1, 1]]), np.uint8([[7, 8]])) is None
    True
    """
    if image.shape != result.shape:
        return None
    before = image.reshape(*image.shape[:2], -1)
    after = result.reshape(before.shape)
    tables = np.tile(np.arange(256, dtype=np.uint8), (before.shape[2], 1))
    for channel, table in enumerate(tables):
        # A few rows refuse most pictures that no table makes.
        for rows in (np.s_[:8], np.s_[:]):
            values, wanted = before[rows, :, channel], after[rows, :, channel]
            table[values] = wanted
            if not np.array_equal(table[values], wanted):
                return None
    return tables


def look_up(image, tables):
    """Return an image with each value replaced by that of a table, one for all or a channel each.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
        The image.
    tables : ndarray, shape (1 or channels, 256)
        What becomes of each value.

    Returns
    -------
    ndarray, of the image's shape and the tables' dtype

    Examples
    --------
    >>> look_up(np.uint8([[1, 2]]), 255 - np.arange(256)[np.newaxis]).tolist()
    [[254, 253]]
    """
    if len(tables) == 1:
        return np.take(tables[0], image)
    return np.stack([table[image[..., i]] for i, table in enumerate(tables)], axis=-1)
