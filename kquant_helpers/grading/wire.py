"""Plain data between the judge and a student's process: JSON, then the raw bytes of arrays.

Nothing is ever unpickled. What comes from a student's process is checked before it is used: kinds
of arrays, sizes, depth. A value that is no plain data comes over as a `Thing`, which knows its
type's name, how it is written, and the array that it can be read as.
"""

import contextlib
import fractions
import json
import struct
from collections import Counter

import numpy as np

# Bytes of one message: more than any answer of the course, less than what hurts the judge.
LARGEST_MESSAGE = 256 * 2**20

# Bytes of its JSON: what a forged one makes of them takes twenty times as much memory.
_LARGEST_HEAD = 32 * 2**20

_DEEPEST = 12
_MOST_ENTRIES = 1_000_000
# Keys of the same hash, which a set or a dict compares one by one.
_MOST_ALIKE = 1_000
_LONGEST_TEXT = 16 * 2**20
_HEAD = struct.Struct(">QQ")


class WireError(Exception):
    """A message that is no plain data, or too much of it."""


class Closed(WireError):
    """The other side has gone."""


class Thing:
    """Something that is no plain data: all that is known of it."""

    text = ""
    array = None

    def __repr__(self):
        return self.text

    def __array__(self, dtype=None, copy=None):
        array = np.array(self.array, dtype=object) if self.array is None else self.array
        return array if dtype is None else array.astype(dtype)


# Writing


def write(stream, message):
    """Send one message.

    Parameters
    ----------
    stream : binary file
    message : object
        Plain data: None, bool, int, float, complex, str, bytes, NumPy arrays and scalars, lists,
        tuples, sets, ranges and dicts of these. Anything else becomes a `Thing`.

    Raises
    ------
    WireError
        Where it is too large.
    """
    packed = pack(message)
    stream.write(packed)
    stream.flush()


def pack(message):
    """Return the bytes of a message.

    Examples
    --------
    >>> unpack(pack({"a": (1, 2.5, None, b"x")}))
    {'a': (1, 2.5, None, b'x')}
    """
    writer = _Writer()
    head = json.dumps(writer.describe(message, 0), ensure_ascii=False)
    head = head.encode("utf-8", "surrogatepass")
    body = b"".join(writer.buffers)
    if len(head) > _LARGEST_HEAD or len(head) + len(body) > LARGEST_MESSAGE:
        raise WireError(f"a value of more than {LARGEST_MESSAGE // 2**20} MB")
    return _HEAD.pack(len(head), len(body)) + head + body


class _Writer:
    def __init__(self):
        self.buffers, self.size, self.entries = [], 0, 0

    def describe(self, value, depth):
        """Return what JSON says of a value, its bytes kept aside."""
        self.entries += 1
        if depth > _DEEPEST or self.entries > _MOST_ENTRIES:
            raise WireError("a value of too many parts")
        kind = type(value)
        if value is None or kind is bool:
            return value
        for known, describe in _WRITERS:
            if isinstance(value, known):
                return describe(self, value, depth)
        return self.thing(value)

    def keep(self, data):
        self.size += len(data)
        if self.size > LARGEST_MESSAGE:
            raise WireError(f"a value of more than {LARGEST_MESSAGE // 2**20} MB")
        self.buffers.append(data)
        return [self.size - len(data), len(data)]

    def boolean(self, value, _depth):
        return bool(value)

    def whole(self, value, _depth):
        value = int.__index__(value)
        if value.bit_length() > 2**16:
            raise WireError("a number of more than 65,536 bits")
        return value if value.bit_length() < 63 else {"int": hex(value)}

    def real(self, value, _depth):
        return float.__float__(value)

    def complex(self, value, _depth):
        return {"complex": [value.real, value.imag]}

    def fraction(self, value, depth):
        parts = [self.describe(part, depth + 1) for part in (value.numerator, value.denominator)]
        return {"fraction": parts}

    def text(self, value, _depth):
        if len(value) > _LONGEST_TEXT:
            raise WireError("a text of more than 16 million characters")
        return str.__str__(value)

    def bytes(self, value, _depth):
        return {"bytearray" if isinstance(value, bytearray) else "bytes": self.keep(bytes(value))}

    def array(self, value, depth):
        plain = np.asarray(value)
        if plain.dtype.kind not in "biufcUS":
            if plain.dtype.kind != "O" or plain.size > 10_000:
                return self.thing(value, as_array=False)
            parts = [self.describe(part, depth + 1) for part in plain.ravel().tolist()]
            return {"objects": parts, "shape": list(plain.shape)}
        plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
        kept = self.keep(np.ascontiguousarray(plain).tobytes())
        return {"array": kept, "dtype": plain.dtype.str, "shape": list(plain.shape)}

    def scalar(self, value, depth):
        if value.dtype.kind not in "biufcUS":
            return self.thing(value)
        return {"scalar": self.array(np.asarray(value), depth)}

    def parts(self, value, depth):
        for name, known in _SEQUENCES.items():
            if isinstance(value, known):
                return {name: [self.describe(part, depth + 1) for part in value]}
        raise AssertionError

    def table(self, value, depth):
        pairs = [[self.describe(part, depth + 1) for part in pair] for pair in dict.items(value)]
        return {"dict": pairs}

    def range(self, value, depth):
        # Three numbers there, and without end where somebody makes a list of it.
        if len(value[:_MOST_ENTRIES]) == _MOST_ENTRIES:
            return self.thing(value)
        parts = value.start, value.stop, value.step
        return {"range": [self.describe(part, depth + 1) for part in parts]}

    def thing(self, value, as_array=True):
        array = None
        if as_array and (hasattr(value, "__array__") or hasattr(value, "__array_interface__")):
            array = _read_as_array(value)
        text = type(value).__name__
        with contextlib.suppress(Exception):
            text = repr(value)[:200]
        described = None if array is None else self.array(array, 0)
        return {"thing": type(value).__name__[:80], "text": text, "array": described}


def _read_as_array(value):
    try:
        array = np.asarray(value)
    except Exception:
        return None
    return array if array.dtype.kind in "biuf" else None


_SEQUENCES = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}

# A bool is an int, and a NumPy float is a float: the narrower kind stands first.
_WRITERS = (
    (bool, _Writer.boolean),
    (np.generic, _Writer.scalar),
    (np.ndarray, _Writer.array),
    (int, _Writer.whole),
    (float, _Writer.real),
    (complex, _Writer.complex),
    (fractions.Fraction, _Writer.fraction),
    (str, _Writer.text),
    ((bytes, bytearray), _Writer.bytes),
    ((list, tuple, set, frozenset), _Writer.parts),
    (dict, _Writer.table),
    (range, _Writer.range),
)

# Reading


def read(stream):
    """Receive one message.

    Raises
    ------
    Closed
        Where the other side has gone.
    WireError
        Where what comes is no message.
    """
    head_size, body_size = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if head_size > _LARGEST_HEAD or head_size + body_size > LARGEST_MESSAGE:
        raise WireError("a message that is too large")
    head, body = _exactly(stream, head_size), _exactly(stream, body_size)
    return _decoded(head, body)


def unpack(packed):
    """Return the message that `pack` made bytes of."""
    head_size, _ = _HEAD.unpack(packed[: _HEAD.size])
    start = _HEAD.size + head_size
    return _decoded(packed[_HEAD.size : start], packed[start:])


def _exactly(stream, size):
    parts = []
    while size:
        part = stream.read(min(size, 2**20))
        if not part:
            raise Closed("the other side has gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _decoded(head, body):
    try:
        return _value(json.loads(head.decode("utf-8", "surrogatepass")), body)
    except WireError:
        raise
    except Exception as error:
        raise WireError(f"a message that is no plain data ({type(error).__name__})") from None


def _value(told, body):
    if told is None or isinstance(told, (bool, int, float, str)):
        return told
    kind = next(iter(told))
    return _READERS[kind](told, body)


def _values(told, body):
    return [_value(part, body) for part in told]


def _keys(told, body):
    """Return what a set or a dict is made of, unless looking it up would never end."""
    keys = _values(told, body)
    if len(keys) > _MOST_ALIKE:
        _, alike = Counter(map(hash, keys)).most_common(1)[0]
        if alike > _MOST_ALIKE:
            raise WireError("keys that are made to be alike")
    return keys


def _table(told, body):
    keys = _keys([key for key, _ in told["dict"]], body)
    return dict(zip(keys, _values([value for _, value in told["dict"]], body), strict=True))


def _slice(place, body):
    start, size = map(int, place)
    if not 0 <= start <= start + size <= len(body):
        raise WireError("an array outside of its message")
    return body[start : start + size]


def _array(told, body):
    dtype = np.dtype(str(told["dtype"]))
    if dtype.kind not in "biufcUS":
        raise WireError(f"an array of type {dtype}")
    data = np.frombuffer(_slice(told["array"], body), dtype if dtype.itemsize else "S1")
    return data.reshape([int(side) for side in told["shape"]]).copy()


def _objects(told, body):
    array = np.empty(len(told["objects"]), dtype=object)
    array[:] = _values(told["objects"], body)
    return array.reshape([int(side) for side in told["shape"]])


def _range(told, body):
    counted = range(*_values(told["range"], body))
    if len(counted[:_MOST_ENTRIES]) == _MOST_ENTRIES:
        raise WireError("a range that is too long")
    return counted


def _thing(told, body):
    name = str(told["thing"]) or "object"
    array = told["array"] and _array(told["array"], body)
    return type(name, (Thing,), {"text": str(told["text"]), "array": array})()


_READERS = {
    "int": lambda told, body: int(told["int"], 16),
    "complex": lambda told, body: complex(*told["complex"]),
    "fraction": lambda told, body: fractions.Fraction(*_values(told["fraction"], body)),
    "bytes": lambda told, body: _slice(told["bytes"], body),
    "bytearray": lambda told, body: bytearray(_slice(told["bytearray"], body)),
    "array": _array,
    "objects": _objects,
    "scalar": lambda told, body: _array(told["scalar"], body)[()],
    "list": lambda told, body: _values(told["list"], body),
    "tuple": lambda told, body: tuple(_values(told["tuple"], body)),
    "set": lambda told, body: set(_keys(told["set"], body)),
    "frozenset": lambda told, body: frozenset(_keys(told["frozenset"], body)),
    "range": _range,
    "dict": _table,
    "thing": _thing,
}
