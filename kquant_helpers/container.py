"""A quantized image as bytes, which decode back to the very same picture.

`kquant_helpers.files` writes them to files. Any cut and any learner goes in; nothing needed
for decoding stays outside.

The layout, version 1. Numbers are unsigned, their lowest byte first.

=========== ======================= ======================================================
bytes       what                    values
=========== ======================= ======================================================
0–3         magic                   89 4B 51 49: a byte that is no text, and "KQI"
4           version                 1
5           cut                     0 global, 1 channel, 2 rgb, 3 block
6           channels                1 gray, 3 color
7           length of the name      L, 1 to 255
8–11        height of the image     from 1 up
12–15       width of the image      from 1 up
16–17       side of a block         from 1 up for the cut "block", otherwise 0
18–(17+L)   name of the learner     UTF-8
4 each      codebook lengths        codewords of each codebook: three for the cut "channel"
                                    of a color image, one for the other three
d each      codewords               codebook by codebook, one byte for each of the d
                                    entries: d is 1, for rgb 3, for blocks their intensities
the rest    indices                 a zlib stream (RFC 1950, deflate) of the packed indices
last 8      digest                  BLAKE2b (RFC 7693) of all bytes before it, 8 bytes long
=========== ======================= ======================================================

Where a block does not divide the image, the image is padded to the next multiple at the
bottom and the right; the indices cover the padding, and the decoded image is cropped.

Indices stand in the order of the image, row by row; for the cut "channel" of a color image
first all of R, then G, then B. Each takes ceil(log2 k) bits for the k codewords of its
codebook, highest bit first, with no gap between them; each codebook's indices start on a
whole byte, and the spare bits before it are 0. Before deflate, header and digest add at
most 64 bytes to `kquant_helpers.sizes.fixed_rate_bits` where the learner's name takes up to
20 bytes, as those of the course do.

Codewords are stored as they are painted, rounded to whole intensities, since the formula
counts 8 bits an entry. The loaded image is the same to the last bit; the loaded codebooks
are the rounded ones.

Version 2 is for any other cut, and for levels that are multiples of steps, which need no
codebook. It differs from byte 4 on: the version is 2, the cut 255 and the side of a block 0.
Behind the name of the learner stand one byte, the length of what follows, and the name and the
settings of the cut as JSON. The rest up to the digest is one zlib stream of

- one byte: 0 where codebooks were learned, 1 where levels are multiples of steps;
- the codebook lengths, 4 bytes each;
- the codewords, as the cut stores them; or, for steps, the step of each codebook (8 bytes, IEEE
  754) and how many steps its lowest level is above 0 (4 bytes, signed);
- the indices, codebook by codebook, in as few whole bytes each (1, 2 or 4) as the codebook's
  length needs; none for a codebook of one codeword. For steps, what is lowest is added to each
  modulo their range, so that 0 stands for the level 0.

A header may claim `kquant_helpers.door.MAX_PIXELS` pixels at most, padding included, and
as many entries in its codebooks. Nothing is decoded before the digest fits, and no more is
inflated than the header claims, so that a damaged or hostile file takes no more memory than
an honest one of its size.
"""

import hashlib
import math
import struct
from dataclasses import dataclass, replace

import numpy as np

from kquant_helpers import door
from kquant_helpers.container_bodies import (
    USUAL_LENGTH,
    RefusedError,
    body_1,
    body_2,
    damaged,
    read_body_1,
    read_body_2,
)
from kquant_helpers.cuts import RGB, Block, Channel, Cut, Global, read_cut, written_cut
from kquant_helpers.door import MAX_PIXELS
from kquant_helpers.packing import packed_bytes
from kquant_helpers.quantize import Quantized, decode_image
from kquant_helpers.sizes import check_quantized, index_bits

_MAGIC = b"\x89KQI"
_CUTS = (Global, Channel, RGB, Block)
_OTHER_CUT = 255
_START = struct.Struct("<4sBBBBIIH")
_DIGEST_BYTES = 8


def packed(quantized):
    """Return a quantized image as bytes: see `kquant_helpers.files.quantized_bytes`."""
    check_quantized(quantized)
    try:
        header = _header_of(quantized)
        _check_header(header)
        header.check_lengths()
    except RefusedError as refused:
        raise ValueError(f"The quantized image {refused}") from None
    _check_decodes(quantized, header)
    parts = quantized.cut.take_apart(quantized.indices, header.padded_shape)
    body = (body_1 if header.version == 1 else body_2)(quantized, header, parts)
    content = _header_bytes(header) + body
    return content + _digest(content)


def unpacked(file, size):
    """Return the quantized image in an open binary file of `size` bytes."""
    header, start = _read_header(file)
    content = memoryview(start + _read_rest(file, size - len(start), header))
    if content[-_DIGEST_BYTES:] != _digest(content[:-_DIGEST_BYTES]):
        raise damaged()
    body = content[len(start) : -_DIGEST_BYTES]
    codebooks, parts, steps = (read_body_1 if header.version == 1 else read_body_2)(body, header)
    indices = header.cut.lay_out(parts, header.padded_shape)
    try:
        image = decode_image(indices, codebooks, header.shape, header.cut)
    except ValueError:  # Indices above the codebook.
        raise damaged() from None
    return Quantized(image, indices, codebooks, header.cut, header.learner, steps)


# What stands before the codewords


@dataclass(frozen=True)
class _Header:
    """What stands before the codewords."""

    version: int
    cut: Cut
    shape: tuple
    learner: str
    lengths: tuple = ()

    @property
    def padded_shape(self):
        return self.cut.padded_shape(self.shape)

    @property
    def counts(self):
        return self.cut.counts(self.padded_shape)

    @property
    def dimensions(self):
        return self.cut.dimensions(self.padded_shape)

    @property
    def entries(self):
        return sum(self.lengths) * self.dimensions

    @property
    def packed_bytes(self):
        """How long each codebook's packed indices are."""
        pairs = zip(self.counts, self.lengths, strict=True)
        return [packed_bytes(count, index_bits(length)) for count, length in pairs]

    @property
    def longest(self):
        """How many bytes may stand behind the header."""
        if self.version == 1:
            before, inflated = self.entries, sum(self.packed_bytes)
        else:
            longest_books = sum(max(count, USUAL_LENGTH) for count in self.counts)
            book_bytes = longest_books * self.dimensions * self.cut.entry.itemsize
            before, inflated = 0, 1 + 16 * len(self.counts) + book_bytes + 4 * sum(self.counts)
        # Deflate makes its input a little longer at worst.
        return before + inflated + inflated // 1000 + 64 + _DIGEST_BYTES

    def check_lengths(self):
        """Refuse codebooks that no quantized image of this cut has."""
        books, most = len(self.counts), MAX_PIXELS
        if len(self.lengths) != books or min(self.lengths) < 1:
            raise RefusedError(
                f"has codebooks of {door.quoted(self.lengths)} codewords, but this cut has {books} "
                "of at least one codeword each: save what quantize returns."
            )
        if self.entries > most:
            raise RefusedError(
                f"has {self.entries:,} entries in its codebooks, but a file holds {most:,} at "
                "most: use a smaller k."
            )


def _header_of(quantized):
    """Return the header of a quantized image, whose parts are checked for their kind."""
    cut = quantized.cut
    if not isinstance(cut, Cut):
        raise RefusedError(
            f"has the cut {door.quoted(cut)}, but a cut is a value such as Block(4): save what "
            "quantize returns."
        )
    version = 1 if type(cut) in _CUTS and quantized.steps is None else 2
    shape = door.image(quantized.image).shape
    lengths = tuple(len(door.codebook(codebook)) for codebook in quantized.codebooks)
    return _Header(version, cut, shape, str(quantized.learner), lengths)


def _check_header(header):
    """Refuse a header that no quantized image has, or that claims too much."""
    pixels = math.prod(header.padded_shape[:2])
    if pixels > MAX_PIXELS:
        raise RefusedError(
            f"has {pixels:,} pixels, the padding included, but a file holds {MAX_PIXELS:,} at "
            "most: quantize a smaller photo."
        )
    try:
        door.shape(header.shape)
        header.cut.check(header.padded_shape)
    except ValueError:
        raise RefusedError(
            f"has the shape {header.shape} and the cut {header.cut}, which do not go together: "
            "save what quantize returns."
        ) from None
    _check_learner(header.learner)


def _check_learner(learner):
    if not learner.isprintable() or not 1 <= len(learner.encode()) <= 255:
        raise RefusedError(
            f"has a learner named {learner[:40]!r}, but a file holds names of 1 to 255 bytes that "
            "can be printed: give the learner's class another name."
        )


def _check_decodes(quantized, header):
    """Raise ValueError unless what goes into the file decodes to the image."""
    indices, codebooks, shape = quantized.indices, quantized.codebooks, header.padded_shape
    fits = (
        indices.dtype.kind in "ui"
        and indices.shape == header.cut.grid(shape)
        and all(np.shape(codebook)[1] == header.dimensions for codebook in codebooks)
        and (quantized.steps is None or len(quantized.steps) == len(codebooks))
    )
    if fits:
        decoded = decode_image(indices, codebooks, header.shape, header.cut)
        fits = np.array_equal(decoded, quantized.image)
    if not fits:
        raise ValueError(
            "The quantized image is not what its indices and codebooks decode to, so that the "
            "file would show another picture: save what quantize returns."
        )


def _header_bytes(header):
    learner, (height, width) = header.learner.encode(), header.shape[:2]
    channels = 3 if len(header.shape) == 3 else 1
    code, side, rest = _OTHER_CUT, 0, b""
    if header.version == 1:
        code, side = _CUTS.index(type(header.cut)), getattr(header.cut, "size", 0)
        rest = struct.pack(f"<{len(header.lengths)}I", *header.lengths)
    else:
        cut = written_cut(header.cut).encode()
        rest = bytes([len(cut)]) + cut
    start = (_MAGIC, header.version, code, channels, len(learner), height, width, side)
    return _START.pack(*start) + learner + rest


def _read_header(file):
    """Return the header, and the bytes that it was read from."""
    start = file.read(_START.size)
    _check_kind(start)
    if len(start) < _START.size:
        raise damaged()
    _, version, code, channels, name_bytes, height, width, side = _START.unpack(start)
    shape = (height, width, 3) if channels == 3 else (height, width)
    if channels not in (1, 3) or min(shape) < 1 or (code == _OTHER_CUT) != (version == 2):
        raise damaged()
    learner, rest, cut = _read_exactly(file, name_bytes), b"", b""
    if version == 2:
        rest = _read_exactly(file, 1)
        cut = _read_exactly(file, rest[0])
    header = _Header(version, _cut(code, side, cut), shape, _text(learner))
    _check_header(header)
    if version == 1:
        rest = _read_exactly(file, 4 * len(header.counts))
        header = replace(header, lengths=struct.unpack(f"<{len(rest) // 4}I", rest))
        header.check_lengths()
    return header, start + learner + rest + cut


def _cut(code, side, written):
    """Return the cut that a header tells of."""
    try:
        if code == _OTHER_CUT and not side:
            return read_cut(_text(written))
        kind = _CUTS[code]
        if (side > 0) == (kind is Block):
            return Block(side) if side else kind()
    except (IndexError, ValueError):
        pass
    raise damaged()


def _read_rest(file, size, header):
    """Return what follows the header, if it is as long as the header allows."""
    if not _DIGEST_BYTES < size <= header.longest:
        raise damaged()
    return _read_exactly(file, size)


def _check_kind(start):
    """Refuse what is another kind of file, or another version."""
    if not start:
        raise RefusedError("is empty (zero bytes): copy or save it again.")
    if start[: len(_MAGIC)] != _MAGIC[: len(start)]:
        raise RefusedError(
            "is no quantized image, or its first bytes are damaged: give a file that "
            "save_quantized wrote."
        )
    if start[len(_MAGIC) :] and start[len(_MAGIC)] not in (1, 2):
        raise RefusedError(
            f"is of version {start[len(_MAGIC)]}, but versions 1 and 2 are read here: update "
            "kquant_helpers, or save it again."
        )


def _text(encoded):
    try:
        return encoded.decode()
    except UnicodeDecodeError:
        raise damaged() from None


def _read_exactly(file, size):
    content = file.read(size)
    if len(content) != size:
        raise damaged()
    return content


def _digest(content):
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
