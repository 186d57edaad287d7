"""Codewords and indices as bytes, in the two versions of `kquant_helpers.container`."""

import math
import zlib
from dataclasses import replace

import numpy as np

from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.learners.steps import MOST_LEVELS, levels_at
from kquant_helpers.nearest import index_dtype
from kquant_helpers.packing import pack_indices, unpack_indices
from kquant_helpers.sizes import index_bits

# A learned codebook of version 2 is no longer than this, or than there are vectors.
USUAL_LENGTH = 256


class RefusedError(Exception):
    """The rest of a sentence that starts with the name of a file."""


def damaged():
    """Return the error for a file that is not as it was written."""
    return RefusedError(
        "is damaged, cut short or has bytes too many: copy it again, or save it again."
    )


# The codewords and the indices, version 1


def body_1(quantized, header, parts):
    """Return the codewords and the packed indices."""
    pairs = zip(parts, header.lengths, strict=True)
    indices = b"".join(pack_indices(part, index_bits(length)) for part, length in pairs)
    codewords = b"".join(rounded_codebook(book).tobytes() for book in quantized.codebooks)
    return codewords + zlib.compress(indices, 9)


def read_body_1(body, header):
    """Return the codebooks, the indices of each, and no steps."""
    codebooks = _codebooks(body[: header.entries], header)
    stream = _Inflated(body[header.entries :])
    packed = [stream.take(size) for size in header.packed_bytes]
    stream.end()
    each = zip(packed, header.lengths, header.counts, strict=True)
    try:
        parts = [unpack_indices(data, index_bits(length), count) for data, length, count in each]
    except ValueError:  # Spare bits that are set.
        raise damaged() from None
    return codebooks, parts, None


def _codebooks(content, header):
    """Return the codebooks as float64, as `quantize` returns them."""
    if len(content) != header.entries * header.cut.entry.itemsize:
        raise damaged()
    rows = np.frombuffer(content, header.cut.entry).reshape(-1, header.dimensions)
    ends = np.cumsum(header.lengths)[:-1]
    return tuple(codebook.astype(np.float64) for codebook in np.split(rows, ends))


class _Inflated:
    """A zlib stream that is inflated only as far as somebody asks."""

    def __init__(self, stream):
        self._rest, self._inflater = stream, zlib.decompressobj()

    def take(self, size):
        """Return the next so many bytes."""
        # 0 would be no bound.
        content = b"" if not size else self._inflate(size)
        if len(content) != size:
            raise damaged()
        return content

    def end(self):
        """Refuse a stream that goes on, or is followed by something."""
        if self._inflate(1) or not self._inflater.eof or self._inflater.unused_data:
            raise damaged()

    def _inflate(self, size):
        try:
            content = self._inflater.decompress(self._rest, size)
        except zlib.error:
            raise damaged() from None
        self._rest = self._inflater.unconsumed_tail
        return content


# The codewords and the indices, version 2


def body_2(quantized, header, parts):
    """Return one stream of lengths, codewords or steps, and indices."""
    books = quantized.codebooks
    stream = [bytes([quantized.steps is not None]), np.array([len(b) for b in books], "<u4").data]
    lowest = [0] * len(books)
    if quantized.steps is None:
        stream += [quantized.cut.stored(book).tobytes() for book in books]
    else:
        pairs = zip(books, quantized.steps, strict=True)
        lowest = [round(book[0, 0] / step) for book, step in pairs]
        stream += [np.array(quantized.steps, "<f8").data, np.array(lowest, "<i4").data]
    for part, book, low in zip(parts, books, lowest, strict=True):
        if len(book) > 1:
            dtype = _stored_dtype(len(book))
            stream.append((part.astype(np.int64) + low).astype(dtype).data)
    deflater = zlib.compressobj(9, strategy=zlib.Z_FILTERED)
    return b"".join(map(deflater.compress, stream)) + deflater.flush()


def read_body_2(body, header):
    """Return the codebooks, the indices of each, and the steps."""
    stream, books = _Inflated(body), len(header.counts)
    stepped = stream.take(1)[0]
    lengths = np.frombuffer(stream.take(4 * books), "<u4")
    header = replace(header, lengths=tuple(lengths.tolist()))
    header.check_lengths()
    most = [MOST_LEVELS if stepped else max(count, USUAL_LENGTH) for count in header.counts]
    if stepped > 1 or (lengths > most).any():
        raise damaged()
    steps, lowest = None, [0] * books
    if stepped:
        steps = tuple(np.frombuffer(stream.take(8 * books), "<f8").tolist())
        lowest = np.frombuffer(stream.take(4 * books), "<i4").tolist()
        if not all(0 < step < math.inf for step in steps):
            raise damaged()
        each = zip(steps, lowest, header.lengths, strict=True)
        codebooks = tuple(levels_at(*levels) for levels in each)
    else:
        codebooks = _codebooks(stream.take(header.entries * header.cut.entry.itemsize), header)
    each = zip(header.counts, header.lengths, lowest, strict=True)
    parts = [_read_part(stream, count, length, low) for count, length, low in each]
    stream.end()
    return codebooks, parts, steps


def _read_part(stream, count, length, low):
    """Return the indices into one codebook."""
    if length == 1:
        return np.zeros(count, np.uint8)
    dtype = _stored_dtype(length)
    stored = np.frombuffer(stream.take(count * dtype.itemsize), dtype)
    indices = (stored.astype(np.int64) - low).astype(dtype)
    return indices.astype(index_dtype(length))


def _stored_dtype(length):
    return index_dtype(length).newbyteorder("<")
