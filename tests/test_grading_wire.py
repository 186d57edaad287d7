"""Whatever a student's process sends: it comes over as plain data, and no test takes it for right.

Here a stand-in returns what came over the wire, and the real test cells of all lessons judge it.
"""

import collections
import datetime
import decimal
import enum
import fractions
import json

import numpy as np
import pytest
from lessons import LESSONS, exercise_of, is_test, read_notebook, source_path

from kquant_helpers.checks.calls import Failure, Outcome
from kquant_helpers.grading import wire
from kquant_helpers.grading.judge import plain_outputs, run_test


class EqualText(str):
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other):
        return True


class LikeAnArray:
    shape, dtype, ndim, size = (2, 2), np.dtype("u1"), 2, 4

    def __array__(self, *_, **__):
        return np.zeros((2, 2), "u1")


class HalfAnEmoji:
    def __repr__(self):
        return "\ud800"


class Number(enum.IntEnum):
    ONE = 1


Pair = collections.namedtuple("Pair", "a b")

ODD = {
    "none": None, "true": True, "below_zero": -1, "long": 7**20_000, "infinite": float("inf"),
    "nan": float("nan"), "complex": 1j, "text": "x", "no_text": "", "half_an_emoji": "\ud800",
    "nul": "\0", "equal_text": EqualText("a"), "bytes": b"x", "bytearray": bytearray(3),
    "list": [], "tuple": (), "dict": {}, "set": set(), "frozen": {frozenset({1})},
    "range_without_end": range(10**15), "range": range(5), "ragged": [[1], [1, 2]],
    "mixed": [1, "a", None], "nested": [[[]]], "keys": {(1, 2): [3], "a": None},
    "no_entries": np.zeros((0, 3)), "no_axes": np.array(3), "nans": np.full((4, 4), np.nan),
    "backwards": np.arange(12, dtype="u1")[::-2], "objects": np.array([1, "a", None], object),
    "long_objects": np.array([7**20_000, 1], object), "texts": np.array(["a", "b"]),
    "empty_texts": np.zeros(3, "U0"), "odd_letters": np.full(3, 0x7FFFFFFF, "u4").view("U1"),
    "booleans": np.zeros((2, 5), bool), "complexes": np.zeros(3, complex),
    "half": np.zeros(3, np.float16), "long_double": np.zeros(3, np.longdouble),
    "times": np.zeros(3, "M8[s]"), "records": np.zeros(3, "i4,i4"),
    "many_axes": np.zeros((1,) * 32, "u1"), "endless_and_empty": np.zeros((0, 2**40), "u1"),
    "largest": np.full((2, 5), 2**64 - 1, np.uint64), "column": np.zeros((3000, 1)),
    "masked": np.ma.masked_all((2, 5)), "scalar": np.int64(3), "time": np.datetime64("2020"),
    "fraction": fractions.Fraction(1, 3), "decimal": decimal.Decimal(1), "named": Pair(1, 2),
    "enum": Number.ONE, "date": datetime.date(2020, 1, 1), "thing": HalfAnEmoji(),
    "like_an_array": LikeAnArray(), "type": int, "function": len, "generator": (i for i in "ab"),
    "view": {1: 2}.values(), "ellipsis": ..., "not_implemented": NotImplemented,
    "error": ValueError("x"), "queue": collections.deque([1]),
    "two_arrays": (np.zeros((2, 2)), np.zeros(3)), "arrays": [np.zeros(3)] * 3,
}  # fmt: skip

FAILURES = {
    "half_an_emoji_raised": Failure(("E\ud800", "ValueError"), "\ud800"),
    "no_kind": Failure((), ""),
    "interrupted": Failure(("KeyboardInterrupt", "BaseException"), ""),
    "left": Failure(("SystemExit", "BaseException"), "0"),
    "a_pass": Failure(("NotYet", "AssertionError", "Exception"), "correct", "{}%", "f", True),
    "out_of_time": Failure(("OutOfTime",), "\ud800"),
}


class Returns:
    """Stands for a function that returns always the same, or always fails."""

    def __init__(self, name, value=None, failure=None):
        self.__name__, self._outcome = name, (value, failure)

    def __call__(self, *arguments):
        raise NotImplementedError

    def __kquant_call__(self, arguments, *, limit=1, watch=False):
        value, failure = self._outcome
        return Outcome(value, tuple(arguments), failure)


def over_the_wire(value):
    """Return what arrives of a value, or the failure that takes its place."""
    try:
        return {"value": wire.unpack(wire.pack(value))}
    except wire.WireError as error:
        return {"failure": Failure(("TooLarge",), str(error))}


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_odd_value_passes_a_test_or_breaks_the_judge(lesson):
    answers = {kind: over_the_wire(value) for kind, value in ODD.items()}
    answers |= {kind: {"failure": failure} for kind, failure in FAILURES.items()}
    for cell in filter(is_test, read_notebook(source_path(lesson)).cells):
        name = exercise_of(cell)
        for kind, answer in answers.items():
            outputs = run_test(cell.source, {name: Returns(name, **answer)})
            assert outputs[-1]["output_type"] == "error", (name, kind)
            assert "is missing" not in outputs[-1]["evalue"]
            # It can be written to a file.
            json.dumps(outputs, ensure_ascii=False).encode()


def packed(head, body=b""):
    """Return a message as somebody forges it."""
    return wire._HEAD.pack(len(head), len(body)) + head + body


ALIKE = b", ".join(b'{"int": "%x"}' % (i * (2**61 - 1)) for i in range(1, 5000))

FORGED = {
    "no_json": b"{",
    "no_known_kind": b'{"pickle": "x"}',
    "empty_kind": b"{}",
    "deep": b'{"list": [' * 100_000 + b"]}" * 100_000,
    "alike_in_a_set": b'{"set": [' + ALIKE + b"]}",
    "alike_in_a_dict": b'{"dict": [' + ALIKE.replace(b"{", b"[{").replace(b"}", b"}, 1]") + b"]}",
    "range_without_end": b'{"range": [0, {"int": "fffffffffffffff"}, 1]}',
    "outside": b'{"array": [0, 100], "dtype": "u1", "shape": [100]}',
    "before": b'{"array": [-4, 4], "dtype": "u1", "shape": [4]}',
    "objects": b'{"array": [0, 8], "dtype": "O", "shape": [1]}',
    "no_shape": b'{"array": [0, 4], "dtype": "u1", "shape": [-1, -1]}',
    "unhashable": b'{"dict": [[{"list": []}, 1]]}',
    "name_of_a_thing": b'{"thing": "a\\u0000b", "text": "", "array": null}',
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_message_is_refused(kind):
    with pytest.raises(wire.WireError):
        wire.unpack(packed(FORGED[kind], bytes(8)))


class Stream:
    """Begins with the sizes of a message that never comes."""

    def __init__(self, head, body):
        self._start = wire._HEAD.pack(head, body)

    def read(self, size):
        assert self._start, "more than the sizes was read"
        start, self._start = self._start[:size], self._start[size:]
        return start


@pytest.mark.parametrize("sizes", [(2**63, 0), (0, 2**63), (64 * 2**20, 0), (2, 2**28)])
def test_a_message_that_is_too_large_is_not_read(sizes):
    with pytest.raises(wire.WireError, match="too large"):
        wire.read(Stream(*sizes))


def test_outputs_are_bounded_and_hold_nothing_that_runs():
    text = {"output_type": "stream", "name": "stdout", "text": "\ud800" * 10**5}
    page = {"output_type": "display_data", "data": {"text/html": "<script>", "text/plain": "x"}}
    outputs = plain_outputs([page, *[text] * 5000, {"output_type": "update_display_data"}])
    told = json.dumps(outputs, ensure_ascii=False).encode()
    assert len(told) < 2**20 and b"script" not in told and b"text/plain" in told
