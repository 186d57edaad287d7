"""A quantized image as a real file, which decodes back to the very same picture.

Lesson 07 saves with it, so that a size is not a formula but a file. Any cut and any learner
goes in; nothing needed for decoding stays outside.

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
                                    of a color image, otherwise one
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

A header may claim `kquant_helpers.photos.MAX_PIXELS` pixels at most, padding included, and
as many entries in its codebooks. Nothing is decoded before the digest fits, and no more is
inflated than the header claims, so that a damaged or hostile file takes no more memory than
an honest one of its size.
"""

import contextlib
import errno
import hashlib
import io
import math
import numbers
import os
import secrets
import struct
import zlib
from dataclasses import dataclass, replace

import numpy as np

from kquant_helpers.codebooks import check_codebook, index_dtype, rounded_codebook
from kquant_helpers.photos import MAX_PIXELS, check_image
from kquant_helpers.quantize import Quantized, decode_image, join_indices, split_indices
from kquant_helpers.sizes import check_quantized, index_bits
from kquant_helpers.vectors import check_block_size, check_cut, grid_shape

_MAGIC = b"\x89KQI"
_VERSION = 1
_CUT_CODES = {"global": 0, "channel": 1, "rgb": 2, "block": 3}
_START = struct.Struct("<4sBBBBIIH")
_DIGEST_BYTES = 8

# Indices of up to so many bits: more codewords than a file may hold.
_MOST_BITS = 32

# Groups of indices handled at a time: it bounds the memory of packing.
_PIECE = 1 << 16

_MENDS = {
    errno.ENOSPC: "free some room on the disk, or save it elsewhere",
    errno.EDQUOT: "free some room on the disk, or save it elsewhere",
    errno.EFBIG: "save it where larger files are allowed",
    errno.ENOENT: "make the folder first, or save it to one that exists",
    errno.ENOTDIR: "give a path whose folders are folders",
    errno.ENAMETOOLONG: "give it a shorter name",
}


class QuantizedFileError(ValueError):
    """A file that is no quantized image, or a damaged one; its message says why."""


class QuantizedSaveError(OSError):
    """A file that could not be written; its message says why and how to mend it."""


class _RefusedError(Exception):
    """The rest of a sentence that starts with the name of a file."""


def pack_indices(indices, bits):
    """Pack indices at some bits each, without gaps.

    Lesson 07 does so by hand for a few. The bytes are those of ``np.packbits``: highest bit
    first, and zeros up to the next whole byte at the end.

    Parameters
    ----------
    indices : ndarray of integers, any shape
        0 to ``2**bits - 1``; they are packed in C order.
    bits : int
        0 to 32. With 0 bits, all indices are 0 and nothing is left to write.

    Returns
    -------
    bytes
        ``ceil(indices.size * bits / 8)`` of them.

    Raises
    ------
    TypeError, ValueError
        Where the indices or the bits are not as above.

    Examples
    --------
    >>> pack_indices(np.array([1, 2, 3, 0]), 2).hex()
    '6c'
    >>> pack_indices(np.array([5, 7]), 3).hex()
    'bc'
    """
    _check_bits(bits)
    indices = _check_indices(indices, bits)
    if not bits:
        return b""
    groups, members, width = _groups(indices.size, bits)
    grid = _padded_to(indices, groups * members).reshape(groups, members)
    packed = np.zeros((groups, width), np.uint8)
    for piece in _pieces(groups):
        for index, byte, shift in _overlaps(bits):
            packed[piece, byte] |= _shifted(grid[piece, index], shift).astype(np.uint8, copy=False)
    return packed.ravel()[: _packed_bytes(indices.size, bits)].tobytes()


def unpack_indices(data, bits, count):
    """Unpack indices: the inverse of `pack_indices`.

    Parameters
    ----------
    data : bytes
        ``ceil(count * bits / 8)`` of them; the spare bits at the end are 0.
    bits : int
        Bits of each index, 0 to 32.
    count : int
        How many indices there are.

    Returns
    -------
    ndarray of the smallest unsigned integer type that holds them, shape (count,)

    Raises
    ------
    TypeError, ValueError
        Where there are too few or too many bytes, or a spare bit is set.

    Examples
    --------
    >>> unpack_indices(bytes.fromhex("6c"), 2, 4)
    array([1, 2, 3, 0], dtype=uint8)
    """
    _check_bits(bits)
    _check_packed(data, bits, count)
    dtype = index_dtype(1 << bits)
    if not bits:
        return np.zeros(count, dtype)
    groups, members, width = _groups(count, bits)
    packed = _padded_to(np.frombuffer(data, np.uint8), groups * width).reshape(groups, width)
    grid = np.zeros((groups, members), dtype)
    for piece in _pieces(groups):
        for index, byte, shift in _overlaps(bits):
            grid[piece, index] |= _shifted(packed[piece, byte].astype(dtype, copy=False), -shift)
        grid[piece] &= dtype.type((1 << bits) - 1)
    return grid.ravel()[:count]


def quantized_bytes(quantized):
    """Return a quantized image as the bytes of the file that `save_quantized` writes.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.

    Returns
    -------
    bytes
        As this module's documentation lays them out.

    Raises
    ------
    TypeError, ValueError
        Where it is something else, or its parts do not belong together, or it is larger than
        a file may be.

    Examples
    --------
    >>> from kquant_helpers.quantize import quantize
    >>> len(quantized_bytes(quantize(np.zeros((600, 960), np.uint8), 1)))
    44
    """
    check_quantized(quantized)
    try:
        header = _header_of(quantized)
        _check_header(header)
    except _RefusedError as refused:
        raise ValueError(f"The quantized image {refused}") from None
    _check_decodes(quantized, header)
    packed = b"".join(
        pack_indices(indices, index_bits(length))
        for indices, length in zip(
            split_indices(quantized.indices, quantized.cut), header.lengths, strict=True
        )
    )
    codewords = b"".join(rounded_codebook(book).tobytes() for book in quantized.codebooks)
    content = _header_bytes(header) + codewords + zlib.compress(packed, 9)
    return content + _digest(content)


def save_quantized(quantized, path):
    """Save a quantized image to a file that decodes back to the same picture.

    Lesson 07 introduces it. A file that is there already is replaced once the new one is
    complete, and left as it is when anything goes wrong.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.
    path : str or path
        Where to; any name will do.

    Returns
    -------
    int
        The bytes of the file.

    Raises
    ------
    QuantizedSaveError
        Where the file cannot be written; an OSError.
    TypeError, ValueError
        Where the quantized image is something else, or its parts do not belong together.

    Examples
    --------
    >>> import tempfile
    >>> from kquant_helpers.quantize import quantize
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "ramp.kqi")
    ...     size = save_quantized(quantize(np.arange(256, dtype=np.uint8)[np.newaxis], 2), path)
    ...     load_quantized(path)
    Quantized(global, exact, 2 codewords, 1×256 pixels)
    """
    content = quantized_bytes(quantized)
    _write_whole(content, _target(path), path)
    return len(content)


def load_quantized(source):
    """Load a quantized image from the file that `save_quantized` wrote.

    Parameters
    ----------
    source : str, path or bytes
        The path of the file, or its content.

    Returns
    -------
    Quantized
        The image, the indices, the cut, the learner and the block size are those that were
        saved; the codebooks are rounded to whole intensities.

    Raises
    ------
    QuantizedFileError
        Where there is no such file, or it is another kind of file, of another version, cut
        short, longer than it should be or damaged in any byte; a ValueError.
    TypeError
        Where the source is not one of the above.

    Examples
    --------
    >>> from kquant_helpers.quantize import quantize
    >>> load_quantized(quantized_bytes(quantize(np.uint8([[7, 7], [9, 9]]), 2))).image
    array([[7, 7],
           [9, 9]], dtype=uint8)
    """
    with _opened(source) as (file, size, label):
        try:
            return _read(file, size)
        except _RefusedError as refused:
            raise QuantizedFileError(f"{label} {refused}") from None


@dataclass(frozen=True)
class _Header:
    """What stands before the codewords."""

    cut: str
    shape: tuple
    block_size: int
    learner: str
    lengths: tuple = ()

    @property
    def codebooks(self):
        return 3 if self.cut == "channel" and len(self.shape) == 3 else 1

    @property
    def dimensions(self):
        channels = math.prod(self.shape[2:])
        return {"rgb": 3, "block": self.block_size**2 * channels}.get(self.cut, 1)

    @property
    def padded_shape(self):
        side = self.block_size or 1
        height, width = (-(-length // side) * side for length in self.shape[:2])
        return (height, width, *self.shape[2:])

    @property
    def grid_shape(self):
        return grid_shape(self.padded_shape, self.cut, block_size=self.block_size)

    @property
    def indices_per_codebook(self):
        return math.prod(self.grid_shape) // self.codebooks

    @property
    def entries(self):
        return sum(self.lengths) * self.dimensions

    @property
    def packed_bytes(self):
        """How long each codebook's packed indices are."""
        count = self.indices_per_codebook
        return [_packed_bytes(count, index_bits(length)) for length in self.lengths]


def _header_of(quantized):
    """Return the header of a quantized image, whose parts are checked for their kind."""
    check_cut(quantized.cut)
    check_image(quantized.image)
    return _Header(
        quantized.cut,
        quantized.image.shape,
        _block_size(quantized),
        str(quantized.learner),
        tuple(len(check_codebook(codebook)) for codebook in quantized.codebooks),
    )


def _block_size(quantized):
    if quantized.cut != "block":
        return 0
    check_block_size(quantized.block_size)
    return quantized.block_size


def _check_header(header):
    """Refuse a header that no quantized image has, or that claims too much."""
    is_block = header.cut == "block"
    gray_palette = header.cut == "rgb" and len(header.shape) == 2
    if min(header.shape) < 1 or (header.block_size > 0) != is_block or gray_palette:
        raise _RefusedError(
            f'has the shape {header.shape}, the cut "{header.cut}" and blocks of '
            f"{header.block_size} pixels, which do not go together: save what quantize returns."
        )
    pixels = math.prod(header.padded_shape[:2])
    if pixels > MAX_PIXELS:
        raise _RefusedError(
            f"has {pixels:,} pixels, the padding included, but a file holds {MAX_PIXELS:,} at "
            "most: quantize a smaller photo."
        )
    _check_learner(header.learner)
    _check_lengths(header)


def _check_learner(learner):
    if not learner.isprintable() or not 1 <= len(learner.encode()) <= 255:
        raise _RefusedError(
            f"has a learner named {learner[:40]!r}, but a file holds names of 1 to 255 bytes that "
            "can be printed: give the learner's class another name."
        )


def _check_lengths(header):
    if len(header.lengths) != header.codebooks or min(header.lengths) < 1:
        raise _RefusedError(
            f"has codebooks of {header.lengths} codewords, but this cut has {header.codebooks} of "
            "at least one codeword each: save what quantize returns."
        )
    if header.entries > MAX_PIXELS:
        raise _RefusedError(
            f"has {header.entries:,} entries in its codebooks, but a file holds {MAX_PIXELS:,} at "
            "most: use a smaller k."
        )


def _check_decodes(quantized, header):
    """Raise ValueError unless what goes into the file decodes to the image."""
    indices, codebooks = quantized.indices, quantized.codebooks
    fits = (
        indices.dtype.kind in "ui"
        and indices.shape == header.grid_shape
        and all(np.shape(codebook)[1] == header.dimensions for codebook in codebooks)
    )
    if not fits or not np.array_equal(_decoded(header, codebooks, indices), quantized.image):
        raise ValueError(
            "The quantized image is not what its indices and codebooks decode to, so that the "
            "file would show another picture: save what quantize returns."
        )


def _decoded(header, codebooks, indices):
    padded = decode_image(
        indices, codebooks, header.padded_shape, header.cut, block_size=header.block_size
    )
    return padded[: header.shape[0], : header.shape[1]]


def _header_bytes(header):
    learner = header.learner.encode()
    start = _START.pack(
        _MAGIC,
        _VERSION,
        _CUT_CODES[header.cut],
        3 if len(header.shape) == 3 else 1,
        len(learner),
        *header.shape[:2],
        header.block_size,
    )
    return start + learner + struct.pack(f"<{len(header.lengths)}I", *header.lengths)


def _read(file, size):
    """Return the quantized image in an open binary file of `size` bytes."""
    header, start = _read_header(file)
    content = memoryview(start + _read_rest(file, size - len(start), header))
    if content[-_DIGEST_BYTES:] != _digest(content[:-_DIGEST_BYTES]):
        raise _damaged()
    end_of_codewords = len(start) + header.entries
    codebooks = _codebooks(content[len(start) : end_of_codewords], header)
    packed = _inflated(content[end_of_codewords:-_DIGEST_BYTES], sum(header.packed_bytes))
    try:
        indices = _indices(packed, header)
        image = _decoded(header, codebooks, indices)
    # Spare bits that are set, or indices above the codebook.
    except ValueError:
        raise _damaged() from None
    return Quantized(
        image, indices, codebooks, header.cut, header.learner, header.block_size or None
    )


def _read_header(file):
    """Return the header, and the bytes that it was read from."""
    start = file.read(_START.size)
    _check_kind(start)
    if len(start) < _START.size:
        raise _damaged()
    _, _, cut, channels, name_bytes, height, width, block_size = _START.unpack(start)
    cuts = {code: name for name, code in _CUT_CODES.items()}
    if cut not in cuts or channels not in (1, 3):
        raise _damaged()
    learner = _read_exactly(file, name_bytes)
    shape = (height, width, 3) if channels == 3 else (height, width)
    header = _Header(cuts[cut], shape, block_size, _text(learner))
    lengths = _read_exactly(file, 4 * header.codebooks)
    header = replace(header, lengths=struct.unpack(f"<{header.codebooks}I", lengths))
    _check_header(header)
    return header, start + learner + lengths


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
        raise _RefusedError("is empty (zero bytes): copy or save it again.")
    if start[: len(_MAGIC)] != _MAGIC[: len(start)]:
        raise _RefusedError(
            "is no quantized image, or its first bytes are damaged: give a file that "
            "save_quantized wrote."
        )
    if start[len(_MAGIC) :] and start[len(_MAGIC)] != _VERSION:
        raise _RefusedError(
            f"is of version {start[len(_MAGIC)]}, but version {_VERSION} is read here: update "
            "kquant_helpers, or save it again."
        )


def _damaged():
    return _RefusedError(
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


def _indices(packed, header):
    """Return the indices, laid out as the image is."""
    file = io.BytesIO(packed)
    parts = [
        unpack_indices(file.read(size), index_bits(length), header.indices_per_codebook)
        for size, length in zip(header.packed_bytes, header.lengths, strict=True)
    ]
    return join_indices(parts, header.padded_shape, header.cut, block_size=header.block_size)


def _digest(content):
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()


@contextlib.contextmanager
def _opened(source):
    """Open a file or some bytes; give the file, its size and what to call it."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
        yield io.BytesIO(content), len(content), f"The content of {len(content):,} bytes"
        return
    path = _path(source)
    label = f"The file {path!r}"
    if not os.path.exists(path):
        raise QuantizedFileError(f"There is no file {path!r}: check the path.")
    if not os.path.isfile(path):
        # Opening a pipe or a device could wait for ever.
        raise QuantizedFileError(f"{label} is a folder or a device: give the path of a file.")
    try:
        with open(path, "rb") as file:
            yield file, os.fstat(file.fileno()).st_size, label
    except OSError as error:
        raise QuantizedFileError(
            f"{label} cannot be read ({error.strerror}): check that you may."
        ) from None


def _path(path):
    """Return a path as text, with the home folder in place of ~."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(
            f"The path is of type {type(path).__name__}, but a file is named by a text or a "
            'path: try "photo.kqi".'
        )
    return os.path.expanduser(os.fsdecode(path))


def _target(path):
    """Return where to write, links followed; refuse what is there and is no file."""
    text = _path(path)
    if "\0" in text:
        raise _not_saved(path, "a name has no zero byte", "give it another name")
    target = os.path.realpath(text)
    if os.path.isdir(target):
        raise _not_saved(path, "it is a folder", "add the name of a file")
    if os.path.exists(target) and not os.path.isfile(target):
        raise _not_saved(path, "it is a device or a pipe", "give it another name")
    return target


def _write_whole(content, target, path):
    """Write all bytes or none: to a temporary file beside the target, which it then replaces."""
    temporary = os.path.join(os.path.dirname(target), f".kquant-{secrets.token_hex(8)}")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError as error:
        mend = _MENDS.get(error.errno, "save it to a folder of your own")
        raise _not_saved(path, error.strerror, mend) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _not_saved(path, reason, mend):
    return QuantizedSaveError(
        f"The file {os.fspath(path)!r} was not written ({reason}): {mend}; nothing was changed."
    )


def _check_bits(bits):
    whole = isinstance(bits, numbers.Integral) and not isinstance(bits, bool)
    if not whole or not 0 <= bits <= _MOST_BITS:
        raise ValueError(
            f"bits is {bits!r}, but an index takes a whole number of bits from 0 to {_MOST_BITS}: "
            "try bits=index_bits(k)."
        )


def _check_indices(indices, bits):
    """Return the indices as one row of the smallest unsigned type that holds them."""
    indices = np.asarray(indices)
    if indices.dtype.kind not in "ui":
        raise TypeError(
            f"The indices are of {indices.dtype}, but whole numbers are packed: give "
            "quantized.indices."
        )
    lowest, highest = (indices.min(), indices.max()) if indices.size else (0, 0)
    if lowest < 0 or highest >= 1 << bits:
        raise ValueError(
            f"The indices run from {lowest} to {highest}, but {bits} bits hold 0 to "
            f"{(1 << bits) - 1}: try bits={int(highest).bit_length()}, or check the indices."
        )
    return indices.ravel().astype(index_dtype(1 << bits), copy=False)


def _check_packed(data, bits, count):
    """Raise TypeError or ValueError unless these are the bytes of so many indices."""
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"The data is of type {type(data).__name__}, but indices are unpacked from bytes: "
            "give what pack_indices returned."
        )
    if not isinstance(count, numbers.Integral) or isinstance(count, bool) or count < 0:
        raise ValueError(
            f"count is {count!r}, but it is a whole number from 0 up: try count=indices.size."
        )
    needed = _packed_bytes(count, bits)
    if len(data) != needed:
        raise ValueError(
            f"There are {len(data):,} bytes, but {count:,} indices of {bits} bits take "
            f"{needed:,}: give all of them, and no more."
        )
    spare = 8 * needed - count * bits
    if spare and data[-1] & ((1 << spare) - 1):
        raise ValueError(
            f"The last {spare} bits are not all 0, but they belong to no index: give what "
            "pack_indices returned."
        )


def _packed_bytes(count, bits):
    return (count * bits + 7) // 8


def _groups(count, bits):
    """Cut indices into groups that fill whole bytes: how many, of how many indices and bytes."""
    members = 8 // math.gcd(bits, 8)
    return -(-count // members), members, bits * members // 8


def _overlaps(bits):
    """Which index of a group meets which byte, and how far left the index has to go for it."""
    _, members, _ = _groups(0, bits)
    for index in range(members):
        first, last = index * bits // 8, ((index + 1) * bits - 1) // 8
        for byte in range(first, last + 1):
            yield index, byte, 8 * (byte + 1) - bits * (index + 1)


def _shifted(values, left):
    return values << left if left >= 0 else values >> -left


def _pieces(length):
    return (slice(start, start + _PIECE) for start in range(0, length, _PIECE))


def _padded_to(values, size):
    return values if len(values) == size else np.pad(values, (0, size - len(values)))
