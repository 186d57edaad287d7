"""Indices at some bits each, without gaps."""

import math

import numpy as np

from kquant_helpers import door
from kquant_helpers.nearest import index_dtype

# Indices of up to so many bits: more codewords than a file may hold.
_MOST_BITS = 32

# Groups of indices handled at a time: it bounds the memory of packing.
_PIECE = 1 << 16


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
    bits = _bits(bits)
    indices = _check_indices(indices, bits)
    if not bits:
        return b""
    groups, members, width = _groups(indices.size, bits)
    grid = _padded_to(indices, groups * members).reshape(groups, members)
    packed = np.zeros((groups, width), np.uint8)
    for piece in _pieces(groups):
        for index, byte, shift in _overlaps(bits):
            packed[piece, byte] |= _shifted(grid[piece, index], shift).astype(np.uint8, copy=False)
    return packed.ravel()[: packed_bytes(indices.size, bits)].tobytes()


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
    bits = _bits(bits)
    count = door.count(count, "count", "the number of indices", "count=indices.size")
    data = door.content(data)
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


def _bits(bits):
    example = "bits=index_bits(k)"
    return door.whole(bits, "bits", "the length of an index", example, least=0, most=_MOST_BITS)


def _check_indices(indices, bits):
    """Return the indices as one row of the smallest unsigned type that holds them."""
    indices = door.indices(indices, "give quantized.indices")
    lowest, highest = (indices.min(), indices.max()) if indices.size else (0, 0)
    if lowest < 0 or highest >= 1 << bits:
        raise ValueError(
            f"The indices run from {lowest} to {highest}, but {bits} bits hold 0 to "
            f"{(1 << bits) - 1}: try bits={int(highest).bit_length()}, or check the indices."
        )
    return indices.ravel().astype(index_dtype(1 << bits), copy=False)


def _check_packed(data, bits, count):
    """Raise ValueError unless these are the bytes of so many indices."""
    needed = packed_bytes(count, bits)
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


def packed_bytes(count, bits):
    """Return how many bytes so many indices of so many bits take."""
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
