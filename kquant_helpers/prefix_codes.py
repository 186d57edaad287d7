"""Prefix codes: few bits for what is frequent. Lesson 08 introduces them.

A code is known by its lengths alone: `canonical_code` makes the same code of them on both sides,
so that a file says how long each symbol's code is, and no more.
"""

import heapq
import itertools

import numpy as np

from kquant_helpers import door
from kquant_helpers.nearest import index_dtype

# Symbols written, or bits looked at, at a time: it bounds the memory.
_PIECE = 1 << 16

# Windows of bits are read as one number of 8 bytes from a whole byte on.
_LONGEST = 56


def code_lengths(counts):
    """Return how long the code of each symbol is in a best prefix code.

    The two rarest symbols are merged into one, over and over; each merger makes the codes of
    all symbols in it one bit longer.

    Parameters
    ----------
    counts : ndarray of integers, shape (n,)
        How often each symbol occurs.

    Returns
    -------
    ndarray of uint8, shape (n,)
        In bits. 0 for symbols that never occur, 1 where only one does.

    Raises
    ------
    TypeError, ValueError
        Where these are no whole numbers from 0 up.

    References
    ----------
    D. Huffman, "A method for the construction of minimum-redundancy codes", Proceedings of
    the IRE 40(9), 1952.

    Examples
    --------
    >>> code_lengths(np.array([5, 2, 0, 1]))
    array([1, 2, 0, 2], dtype=uint8)
    """
    counts = _checked_counts(counts)
    lengths = np.zeros(len(counts), np.uint8)
    occurring = np.flatnonzero(counts)
    if len(occurring) == 1:
        lengths[occurring] = 1
        return lengths
    heap = [(int(counts[i]), j) for j, i in enumerate(occurring)]
    heapq.heapify(heap)
    parents = []
    for node in itertools.count(len(occurring)):
        if len(heap) < 2:
            break
        (one, left), (other, right) = heapq.heappop(heap), heapq.heappop(heap)
        parents += [(left, node), (right, node)]
        heapq.heappush(heap, (one + other, node))
    # Parents come later than their children, so that from the end on each depth is known.
    depths = dict.fromkeys([heap[0][1]] if heap else [], 0)
    for child, parent in reversed(parents):
        depths[child] = depths[parent] + 1
    lengths[occurring] = [depths[j] for j in range(len(occurring))]
    return lengths


def canonical_code(lengths):
    """Return the prefix code of these lengths that everybody makes of them.

    Codes of one length are numbers in a row, in the order of the symbols; a longer code starts
    where the shorter ones end.

    Parameters
    ----------
    lengths : ndarray of integers, shape (n,)
        The length of each symbol's code in bits; 0 for a symbol that has none.

    Returns
    -------
    list of str
        Of "0" and "1"; "" for a length of 0.

    Raises
    ------
    TypeError, ValueError
        Where these are no whole numbers from 0 up, or no prefix code has these lengths.

    References
    ----------
    L. Kraft, "A device for quantizing, grouping, and coding amplitude-modulated pulses", 1949.
    E. Schwartz and B. Kallick, "Generating a canonical prefix encoding", CACM 7(3), 1964.

    Examples
    --------
    >>> canonical_code(np.array([1, 2, 0, 2]))
    ['0', '10', '', '11']
    """
    lengths = _checked_lengths(lengths)
    codes = _code_numbers(lengths)
    pairs = zip(codes.tolist(), lengths.tolist(), strict=True)
    return [f"{code:0{length}b}" if length else "" for code, length in pairs]


def write_coded(symbols, lengths):
    """Write symbols with the canonical code of these lengths.

    Parameters
    ----------
    symbols : ndarray of integers, any shape
        Places in `lengths`; each has a code.
    lengths : ndarray of integers, shape (n,)
        What `code_lengths` returns.

    Returns
    -------
    bytes
        The codes one after another, and zeros up to the next whole byte.

    Raises
    ------
    TypeError, ValueError
        Where a symbol has no code, or no prefix code has these lengths.

    Examples
    --------
    >>> write_coded(np.array([0, 1, 3, 0]), np.array([1, 2, 0, 2])).hex()
    '58'
    """
    lengths, symbols = _checked_lengths(lengths), door.indices(symbols).ravel()
    inside = not symbols.size or (symbols.min() >= 0 and symbols.max() < len(lengths))
    if not inside or not lengths[symbols].all():
        raise ValueError(
            "There is a symbol without a code, but each symbol that occurs needs one: give the "
            "lengths that code_lengths makes of the symbols' counts."
        )
    codes, bits = _code_numbers(lengths), []
    for start in range(0, len(symbols), _PIECE):
        some = symbols[start : start + _PIECE]
        each = lengths[some]
        ends = np.cumsum(each)
        each = each.astype(np.intp)  # repeat takes no wider type, and the browser's is of 32 bits
        left = np.repeat(ends, each) - np.arange(1, ends[-1] + 1)
        bits.append((np.repeat(codes[some], each) >> left & 1).astype(bool))
    return np.packbits(np.concatenate(bits)).tobytes() if bits else b""


def read_coded(data, lengths, count):
    """Read symbols that `write_coded` wrote.

    Parameters
    ----------
    data : bytes
        What `write_coded` returned.
    lengths : ndarray of integers, shape (n,)
        The lengths that it was written with.
    count : int
        How many symbols there are.

    Returns
    -------
    ndarray of the smallest unsigned integer type that holds n - 1, shape (count,)

    Raises
    ------
    TypeError, ValueError
        Where the bits end in the middle of a code, fit none, or are too many.

    Examples
    --------
    >>> read_coded(bytes.fromhex("58"), np.array([1, 2, 0, 2]), 4)
    array([0, 1, 3, 0], dtype=uint8)
    """
    lengths = _checked_lengths(lengths)
    count = door.count(count, "count", "the number of symbols", "count=symbols.size")
    data = door.content(data)
    # Left-aligned codes ascend in this order.
    order = np.lexsort((np.arange(len(lengths)), lengths))[np.count_nonzero(lengths == 0) :]
    pieces, at = [np.empty(0, np.intp)], 0
    while count:
        if at >= 8 * len(data) or not len(order):
            raise _no_code()
        symbols, at = _read_piece(data, lengths, order, at, count)
        pieces.append(symbols)
        count -= len(symbols)
    spare = 8 * len(data) - at
    if not 0 <= spare < 8 or (spare and data[-1] & ((1 << spare) - 1)):
        raise _no_code()
    return np.concatenate(pieces).astype(index_dtype(max(1, len(lengths))))


def _read_piece(data, lengths, order, begin, most):
    """Return the symbols that start in the next bits, `most` at most, and where they end."""
    longest = int(lengths.max())
    n_bits = min(8 * len(data) - begin, _PIECE)
    windows = _windows(data, begin, n_bits, longest)
    firsts = _code_numbers(lengths)[order] << (longest - lengths[order])
    # The last code that is not above a window is the one that it begins with.
    places = np.searchsorted(firsts, windows, side="right") - 1
    following = (np.arange(n_bits) + lengths[order[places]]).tolist()
    at, starts = 0, []
    while at < n_bits and len(starts) < most:
        starts.append(at)
        at = following[at]
    beyond = firsts[-1] + (1 << (longest - lengths[order[-1]]))
    if (windows[starts] >= beyond).any():
        raise _no_code()
    return order[places[starts]], begin + at


def _windows(data, begin, n_bits, width):
    """Return the number that the next `width` bits are, from each of `n_bits` bits on."""
    first = begin // 8
    some = np.frombuffer(data, np.uint8)[first : first + (n_bits + width) // 8 + 2]
    padded = np.concatenate([some, np.zeros(9, np.uint8)])
    words = np.zeros(len(padded) - 7, np.uint64)
    for i in range(8):
        words |= padded[i : len(words) + i].astype(np.uint64) << np.uint64(56 - 8 * i)
    bits = np.arange(n_bits) + begin % 8
    shifted = words[bits // 8] << (bits % 8).astype(np.uint64)
    return (shifted >> np.uint64(64 - width)).astype(np.int64)


def _no_code():
    return ValueError(
        "The bits end in the middle of a code, fit none or are too many: give what write_coded "
        "returned, with the same lengths and the number of symbols."
    )


def _code_numbers(lengths):
    """Return the canonical codes as whole numbers."""
    codes, following, before = np.zeros(len(lengths), np.int64), 0, 0
    for i in np.argsort(lengths, kind="stable"):
        if lengths[i]:
            following <<= int(lengths[i]) - before
            before = int(lengths[i])
            codes[i] = following
            following += 1
    return codes


def _checked_counts(counts):
    counts = door.indices(counts, "give how often each symbol occurs, as np.bincount counts")
    if counts.ndim != 1 or (counts.size and counts.min() < 0):
        raise ValueError(
            f"The counts have the shape {counts.shape} or one of them is below 0, but there is one "
            "count from 0 up for each symbol: give what np.bincount(symbols) returns."
        )
    return counts


def _checked_lengths(lengths):
    lengths = door.indices(lengths, "give what code_lengths(counts) returns")
    fits = lengths.ndim == 1 and (not lengths.size or lengths.min() >= 0)
    if not fits or (lengths.size and lengths.max() > _LONGEST):
        raise ValueError(
            f"The lengths have the shape {lengths.shape} or leave 0 to {_LONGEST}, but there is "
            "one such length for each symbol: give what code_lengths(counts) returns."
        )
    used = lengths[lengths > 0].astype(np.int64)
    if np.sum(1 << (_LONGEST - used)) > 1 << _LONGEST:
        raise ValueError(
            "No prefix code has these lengths, as the sum of 1 / 2**length is above 1: make some "
            "of them longer."
        )
    return lengths.astype(np.int64)
