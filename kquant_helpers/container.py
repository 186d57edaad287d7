"""A quantized image as bytes, which decode back to the very same picture.

`kquant_helpers.files` writes them to files. Any cut and any learner goes in; nothing needed
for decoding stays outside.

The layout. Numbers are unsigned, their lowest byte first.

=========== ======================= ======================================================
bytes       what                    values
=========== ======================= ======================================================
0–3         magic                   89 4B 51 49: a byte that is no text, and "KQI"
4           version                 1, or 2 as told below
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

Any other cut makes it a file of version 2: its cut is 255, the side of its block is 0, and
behind the name of the learner stand one byte, the length of what follows, and the name and
the settings of the cut as JSON.

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

A header may claim `kquant_helpers.door.MAX_PIXELS` pixels at most, padding included, and
as many entries in its codebooks. Nothing is decoded before the digest fits, and no more is
inflated than the header claims, so that a damaged or hostile file takes no more memory than
an honest one of its size.
"""

import hashlib
import io
import math
import struct
import zlib
from dataclasses import dataclass, replace

import numpy as np

from kquant_helpers import door
from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.cuts import RGB, Block, Channel, Cut, Global, read_cut, written_cut
from kquant_helpers.door import MAX_PIXELS
from kquant_helpers.packing import pack_indices, packed_bytes, unpack_indices
from kquant_helpers.quantize import Quantized, decode_image
from kquant_helpers.sizes import check_quantized, index_bits

_MAGIC = b"\x89KQI"
_CUTS = (Global, Channel, RGB, Block)
_OTHER_CUT = 255
_START = struct.Struct("<4sBBBBIIH")
_DIGEST_BYTES = 8


class RefusedError(Exception):
    """The rest of a sentence that starts with the name of a file."""


def packed(quantized):
    """Return a quantized image as bytes.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.

    Returns
    -------
    bytes

    Raises
    ------
    TypeError, ValueError
        Where it is something else, or its parts do not belong together, or it is larger than
        a file may be.
    """
    check_quantized(quantized)
    try:
        header = _header_of(quantized)
        _check_header(header)
    except RefusedError as refused:
        raise ValueError(f"The quantized image {refused}") from None
    _check_decodes(quantized, header)
    parts = quantized.cut.take_apart(quantized.indices, header.padded_shape)
    indices = b"".join(
        pack_indices(part, index_bits(length))
        for part, length in zip(parts, header.lengths, strict=True)
    )
    codewords = b"".join(rounded_codebook(book).tobytes() for book in quantized.codebooks)
    content = _header_bytes(header) + codewords + zlib.compress(indices, 9)
    return content + _digest(content)


def unpacked(file, size):
    """Return the quantized image in an open binary file of `size` bytes."""
    header, start = _read_header(file)
    content = memoryview(start + _read_rest(file, size - len(start), header))
    if content[-_DIGEST_BYTES:] != _digest(content[:-_DIGEST_BYTES]):
        raise _damaged()
    end_of_codewords = len(start) + header.entries
    codebooks = _codebooks(content[len(start) : end_of_codewords], header)
    stream = _inflated(content[end_of_codewords:-_DIGEST_BYTES], sum(header.packed_bytes))
    try:
        indices = _indices(stream, header)
        image = decode_image(indices, codebooks, header.shape, header.cut)
    # Spare bits that are set, or indices above the codebook.
    except ValueError:
        raise _damaged() from None
    return Quantized(image, indices, codebooks, header.cut, header.learner)


@dataclass(frozen=True)
class _Header:
    """What stands before the codewords."""

    cut: Cut
    shape: tuple
    learner: str
    lengths: tuple = ()

    @property
    def padded_shape(self):
        return self.cut.padded_shape(self.shape)

    @property
    def codebooks(self):
        return self.cut.codebooks(self.padded_shape)

    @property
    def dimensions(self):
        return self.cut.dimensions(self.padded_shape)

    @property
    def entries(self):
        return sum(self.lengths) * self.dimensions

    @property
    def packed_bytes(self):
        """How long each codebook's packed indices are."""
        count = math.prod(self.cut.grid(self.padded_shape)) // self.codebooks
        return [packed_bytes(count, index_bits(length)) for length in self.lengths]


def _header_of(quantized):
    """Return the header of a quantized image, whose parts are checked for their kind."""
    if not isinstance(quantized.cut, Cut):
        raise RefusedError(
            f"has the cut {door.quoted(quantized.cut)}, but a cut is a value such as Block(4): "
            "save what quantize returns."
        )
    shape = door.image(quantized.image).shape
    lengths = tuple(len(door.codebook(codebook)) for codebook in quantized.codebooks)
    return _Header(quantized.cut, shape, str(quantized.learner), lengths)


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
    _check_lengths(header)


def _check_learner(learner):
    if not learner.isprintable() or not 1 <= len(learner.encode()) <= 255:
        raise RefusedError(
            f"has a learner named {learner[:40]!r}, but a file holds names of 1 to 255 bytes that "
            "can be printed: give the learner's class another name."
        )


def _check_lengths(header):
    if len(header.lengths) != header.codebooks or min(header.lengths) < 1:
        raise RefusedError(
            f"has codebooks of {header.lengths} codewords, but this cut has {header.codebooks} of "
            "at least one codeword each: save what quantize returns."
        )
    if header.entries > MAX_PIXELS:
        raise RefusedError(
            f"has {header.entries:,} entries in its codebooks, but a file holds {MAX_PIXELS:,} at "
            "most: use a smaller k."
        )


def _check_decodes(quantized, header):
    """Raise ValueError unless what goes into the file decodes to the image."""
    indices, codebooks = quantized.indices, quantized.codebooks
    fits = (
        indices.dtype.kind in "ui"
        and indices.shape == header.cut.grid(header.padded_shape)
        and all(np.shape(codebook)[1] == header.dimensions for codebook in codebooks)
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
    kind, learner = type(header.cut), header.learner.encode()
    usual = kind in _CUTS
    side = header.cut.size if kind is Block else 0
    channels = 3 if len(header.shape) == 3 else 1
    version, code = (1, _CUTS.index(kind)) if usual else (2, _OTHER_CUT)
    names = learner if usual else learner + _short_text(written_cut(header.cut))
    height, width = header.shape[:2]
    start = _START.pack(_MAGIC, version, code, channels, len(learner), height, width, side)
    return start + names + struct.pack(f"<{len(header.lengths)}I", *header.lengths)


def _short_text(text):
    encoded = text.encode()
    return bytes([len(encoded)]) + encoded


def _read_header(file):
    """Return the header, and the bytes that it was read from."""
    start = file.read(_START.size)
    _check_kind(start)
    if len(start) < _START.size:
        raise _damaged()
    _, version, code, channels, name_bytes, height, width, side = _START.unpack(start)
    if channels not in (1, 3) or (code == _OTHER_CUT) != (version == 2):
        raise _damaged()
    names = learner = _read_exactly(file, name_bytes)
    cut = b""
    if version == 2:
        length = _read_exactly(file, 1)
        cut = _read_exactly(file, length[0])
        names = learner + length + cut
    shape = (height, width, 3) if channels == 3 else (height, width)
    header = _Header(_cut(code, side, cut), shape, _text(learner))
    if min(shape) < 1:
        raise _damaged()
    books = header.codebooks
    lengths = _read_exactly(file, 4 * books)
    header = replace(header, lengths=struct.unpack(f"<{books}I", lengths))
    _check_header(header)
    return header, start + names + lengths


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
    raise _damaged()


def _read_rest(file, size, header):
    """Return what follows the header, if it is as long as the header allows."""
    known = header.entries + _DIGEST_BYTES
    packed = sum(header.packed_bytes)
    # Deflate makes its input a little longer at worst, so that a longer file is no honest one.
    longest_stream = packed + packed // 1000 + 64
    if not known < size <= known + longest_stream:
        raise _damaged()
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


def _damaged():
    return RefusedError(
        "is damaged, cut short or has bytes too many: copy it again, or save it again."
    )


def _text(encoded):
    try:
        return encoded.decode()
    except UnicodeDecodeError:
        raise _damaged() from None


def _read_exactly(file, size):
    content = file.read(size)
    if len(content) != size:
        raise _damaged()
    return content


def _codebooks(codewords, header):
    """Return the codebooks as float64, as `quantize` returns them."""
    rows = np.frombuffer(codewords, np.uint8).reshape(-1, header.dimensions)
    ends = np.cumsum(header.lengths)[:-1]
    return tuple(codebook.astype(np.float64) for codebook in np.split(rows, ends))


def _inflated(stream, size):
    """Return the inflated stream, which has to be of `size` bytes; no more is inflated."""
    inflater = zlib.decompressobj()
    try:
        # One byte more than asked for shows a stream that is too long. 0 would be no bound.
        content = inflater.decompress(stream, size + 1)
    except zlib.error:
        raise _damaged() from None
    if len(content) != size or not inflater.eof or inflater.unused_data:
        raise _damaged()
    return content


def _indices(stream, header):
    """Return the indices, laid out as the image is."""
    file = io.BytesIO(stream)
    count = math.prod(header.cut.grid(header.padded_shape)) // header.codebooks
    parts = [
        unpack_indices(file.read(size), index_bits(length), count)
        for size, length in zip(header.packed_bytes, header.lengths, strict=True)
    ]
    return header.cut.lay_out(parts, header.padded_shape)


def _digest(content):
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
