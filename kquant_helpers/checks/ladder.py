"""The replies to a student's function, from "not written yet" up to "correct".

A check asks a function for an answer and climbs: is it written, does it run, does it leave
its input alone, does it return something, of the right kind and shape, with the right
values? The first rung that breaks is told in one sentence. Lesson 00 introduces these tests.
"""

import inspect
import math
import numbers
import re
import textwrap
from dataclasses import dataclass

import numpy as np

from kquant_helpers.checks import calls

# What Python and libraries say, with the line where they say it, and how beginners mend it.
_ADVICE = (
    (r"^NameError", "check its spelling and run the cells above; after a restart, all of them"),
    (r"object too deep", "lay all entries out in one row first, with array.ravel()"),
    (r"out of bounds for uint8", "uint8 ends at 255, so convert first, as in image.astype(int)"),
    (
        r"broadcast.* \(\d+,\d+,3\) \(\d+,3\)",
        "image[:, :, np.newaxis] - palette takes all pairs of a pixel and a color",
    ),
    (
        r"could not be broadcast",
        "these shapes do not fit; a[:, np.newaxis] - b takes all pairs of two vectors, and "
        "keepdims=True keeps an axis that is summed",
    ),
    (r"Expected 2D array", "scikit-learn wants a row for each sample: vector.reshape(-1, 1)"),
    (
        r"Found array with dim 3",
        "scikit-learn wants a table with a row for each sample: reshape(-1, 3) has one for a pixel",
    ),
    (r"[Pp]robabilities do not sum to 1", "divide the chances by their sum first"),
    (
        r"larger sample than population",
        "what is drawn are rows, so make a table with a row for each pixel first, and draw no "
        "more rows than it has",
    ),
    (
        r"a must be 1-dimensional",
        "np.random.choice draws from a flat list only; the method choice of a generator, "
        "np.random.default_rng(seed), draws rows",
    ),
    (
        r"\bindices\[palette\]",
        "the other way round, since the indices say which entries of the palette to take",
    ),
    (r"'list' object cannot be interpreted", "a flat list is wanted: array.ravel().tolist()"),
    (
        r"Cannot handle this data type",
        "Pillow takes bytes, so convert with .astype(np.uint8) first",
    ),
    (r"cut an image with cut_image", "array.reshape(-1, 1) makes a column of all its entries"),
    (r"The codebook has the shape \(\d+,\)", "levels.reshape(-1, 1) has a row for each level"),
    (r"'Quantized'", "kq.quantize returns more than a picture, and its .image is the picture"),
    (
        r"out of bounds.*argmin\(\)",
        "argmin() looks at the whole table; its axis=1 looks row by row",
    ),
    (r"bitwise_xor", "a power is written with **, and ^ is something else"),
    (r"unhashable type", "a set holds tuples but no lists or arrays, so make each a tuple"),
    (
        r"only (0-dimensional|length-1) arrays",
        "int() and float() take one number, and a pixel of a color image has three",
    ),
    (
        r"values to unpack.*shape",
        "a gray image has two axes, a color image three, and shape[:2] is (height, width) of both",
    ),
    (
        r"Cannot cast ufunc",
        "an integer array has no room for decimals, so make a new array: b = a / 2, not a /= 2",
    ),
    (
        r"(inhomogeneous shape|arrays must have the same shape).*bincount",
        "the parts differ in length; np.bincount takes minlength=256",
    ),
    (
        r"inhomogeneous shape|arrays must have the same shape",
        "the parts differ in length; an image's shape is (height, width), and a slice that runs "
        "over its edge is cut short",
    ),
    (
        r"could not broadcast input array",
        "what is put in and its place differ in shape; an image's shape is (height, width), and a "
        "slice that runs over its edge is cut short",
    ),
    (
        r"cannot reshape array",
        "the new sizes must multiply to the number of entries, array.size (a block of size × size "
        "pixels has size² entries)",
    ),
    (r"'numpy\.\w+' object is not iterable", "array.ravel() lays all entries out in one row"),
    (r"^AxisError", "axes count from 0, and axis=-1 is the last one of any array"),
    (r"^ZeroDivisionError", "ask first whether there is anything to divide by"),
)


class NotYet(AssertionError):
    """An answer that is not right yet; shown as its one sentence, without a traceback."""

    def _render_traceback_(self):
        """Tell IPython, and through it JupyterLab and nbgrader, what to show."""
        # nbgrader's Validate cuts longer lines off.
        return textwrap.wrap(f"Not yet: {self}", 78)


@dataclass(frozen=True)
class Answer:
    """What a student's function returned for one call.

    Each method returns the answer itself, or raises `NotYet`; so checks can be chained.

    Attributes
    ----------
    name : str
        Name of the exercise.
    call : str
        The call as a student would write it, for the messages.
    value : object
        What came back.
    arguments : tuple
        The arguments after the call, for an exercise that changes them in place.
    """

    name: str
    call: str
    value: object
    arguments: tuple = ()

    def is_array(self, shape, dtype=None, *, whole=False, infinite=False, meaning="", hints=()):
        """Climb the rung "an array of numbers of this shape, and dtype where one is named".

        Parameters
        ----------
        shape : tuple of int
            The only right shape.
        dtype : numpy dtype, optional
            The only right type. Without it any integer or float type will do.
        whole : bool
            Whether the entries are counts or indices, so that 2.5 is wrong.
        infinite : bool
            Whether an entry may be infinite, as the PSNR of equal images is.
        meaning : str
            What the axes mean, for the message: "(height, width)".
        hints : sequence of (tuple of int, str)
            The shape that a known misconception gives, and the sentence that puts it right.
        """
        array = self._as_array()
        if array.shape != tuple(shape):
            axes = f", {meaning}" if meaning else ""
            hint = next((f": {words}" for wrong, words in hints if array.shape == wrong), "")
            raise NotYet(
                f"{self.call} has the shape {array.shape}, but the shape {tuple(shape)} is "
                f"expected{axes}{hint}."
            )
        if dtype is not None:
            self._has_type(np.dtype(dtype))
        if np.isnan(array).any() or not (infinite or np.isfinite(array).all()):
            raise NotYet(
                f"{self.call} holds entries that are not a finite number (nan or inf): look for "
                "a division by zero."
            )
        if whole and not np.array_equal(array, np.rint(array)):
            raise NotYet(f"{self.call} holds {_first_fraction(array)}, but whole numbers count.")
        return self

    def _has_type(self, dtype):
        if not isinstance(self.value, np.ndarray):
            raise NotYet(
                f"{self.call} is a {type(self.value).__name__}, but a NumPy array of {dtype} is "
                f"expected: make one with np.array(result, dtype=np.{dtype})."
            )
        if self.value.dtype != dtype:
            raise NotYet(
                f"{self.call} has the type {self.value.dtype}, but {dtype} is expected: convert "
                f"the result at the end with .astype(np.{dtype})."
            )

    def is_number(self, *, whole=False, infinite=False):
        """Climb the rung "one number", a whole one if so asked."""
        value = self.value
        if isinstance(value, np.ndarray) and value.ndim == 0:
            value = value.item()
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            kind = "a whole number" if whole else "a number"
            raise NotYet(f"{self.call} is {describe(self.value)}, but {kind} is expected.")
        number = _as_float(value)
        if math.isnan(number) or (math.isinf(number) and not infinite):
            raise NotYet(
                f"{self.call} is {describe(value)}, but a finite number is expected: look for a "
                "division by zero."
            )
        if whole and math.isfinite(number) and not number.is_integer():
            raise NotYet(f"{self.call} is {describe(value)}, but a whole number is expected.")
        return self

    def is_bytes(self):
        """Climb the rung "bytes, as of a file"."""
        if not isinstance(self.value, (bytes, bytearray)):
            raise NotYet(
                f"{self.call} is {describe(self.value)}, but the bytes of a file are expected: "
                "save into an io.BytesIO() and return its getvalue()."
            )
        return self

    def is_tuple(self, length, meaning=""):
        """Climb the rung "so many results": a tuple or list of that length."""
        if not isinstance(self.value, (tuple, list)) or len(self.value) != length:
            raise NotYet(
                f"{self.call} is {describe(self.value)}, but {length} results are expected"
                f"{meaning and ', ' + meaning}."
            )
        return self

    def equals(self, expected, *, hints=(), rtol=1e-5, atol=1e-6):
        """Climb the last rung: the right values, to within rounding.

        Parameters
        ----------
        expected : array_like
            The right values, of the answer's shape.
        hints : sequence of (array_like, str)
            What a known misconception gives, and the sentence that puts it right. The
            sentence follows "…, but 3 is expected: ".
        rtol, atol : float
            How far a float may be off, relative and absolute.
        """
        value, expected = self._as_array().astype(float), np.asarray(expected, dtype=float)
        if np.shape(value) != expected.shape:
            raise NotYet(
                f"{self.call} has the shape {value.shape}, but the shape {expected.shape} is "
                "expected."
            )
        if np.allclose(value, expected, rtol=rtol, atol=atol):
            return self
        hint = _matching_hint(value, hints, rtol, atol)
        raise NotYet(f"{_first_difference(self.call, value, expected, rtol, atol)}{hint}.")

    def is_true(self, condition, sentence):
        """Climb a rung of the exercise's own: where the condition fails, say the sentence.

        The sentence follows the call: "… gives an error of 9, but at most 5 is expected."
        """
        if not condition:
            raise NotYet(f"{self.call} {sentence}")
        return self

    def __bool__(self):
        """Be true, so that ``assert ask(…).equals(…)`` reads as it should."""
        return True

    def part(self, index, name):
        """Return one of several results as an answer of its own."""
        return Answer(self.name, f"The {name} of {self.call}", self.value[index])

    def _as_array(self):
        remark = ""
        try:
            array = np.asarray(self.value)
        except ValueError:
            array, remark = np.asarray(None), ": its parts differ in shape"
        if array.dtype == object and isinstance(self.value, numbers.Real):
            array = np.asarray(_as_float(self.value))
        if array.dtype.kind not in "iufb":
            raise NotYet(
                f"{self.call} is {describe(self.value)}, but an array of numbers is expected"
                f"{remark}."
            )
        return array


def ask(name, function, *arguments, in_place=False, shown=None, limit=calls.TIME_LIMIT):
    """Call a student's function on copies of the arguments and return its `Answer`.

    Warnings and what the function writes to stderr are kept away: they would cost the points
    of a right answer.

    Parameters
    ----------
    name : str
        Name of the exercise.
    function : callable
        What the student wrote.
    *arguments
        What to call it with; arrays are copied for each call.
    in_place : bool
        Whether the function is meant to change its arguments and may return None; they are in
        the answer's ``arguments``.
    shown : str, optional
        The call as the messages show it. The default spells the arguments out.
    limit : float
        Seconds the call may take.

    Returns
    -------
    Answer

    Raises
    ------
    NotYet
        Where the function is not written, stops with an error, returns nothing, or
        changes its input.

    Examples
    --------
    >>> ask("double", lambda x: 2 * x, 4).equals(8).value
    8
    >>> ask("double", lambda x: 2 + x, 4).equals(8)
    Traceback (most recent call last):
    kquant_helpers.checks.ladder.NotYet: double(4) is 6, but 8 is expected.
    """
    call = shown or f"{name}({', '.join(describe(argument) for argument in arguments)})"
    outcome = calls.call(function, arguments, limit=limit)
    if outcome.failure is not None:
        raise NotYet(_failure_reply(name, call, outcome.failure))
    if not in_place:
        _check_unchanged(name, outcome.arguments, arguments)
        if outcome.value is None:
            raise NotYet(f"{call} returns nothing (None): end the function with a return line.")
    return Answer(name, call, outcome.value, outcome.arguments)


def _failure_reply(name, call, failure):
    if "OutOfTime" in failure.kinds:
        return _out_of_time(call, failure)
    if "NotImplementedError" in failure.kinds:
        return _not_written(name, call, failure)
    if "NotYet" in failure.kinds:
        return failure.text
    return f"{call} stops with {_failure_report(failure)}."


def refuses(name, function, *arguments, error=ValueError, because="", shown=None):
    """Check that a student's function raises the error that the exercise asks for.

    Parameters
    ----------
    name, function, *arguments, shown
        As for `ask`.
    error : type
        The exception that is asked for.
    because : str
        Why, for the message.

    Examples
    --------
    >>> refuses("half", lambda x: x / 0, 1, error=ZeroDivisionError)
    True
    """
    call = shown or f"{name}({', '.join(describe(argument) for argument in arguments)})"
    outcome = calls.call(function, arguments)
    failure, value = outcome.failure, outcome.value
    if failure is not None:
        if error.__name__ in failure.kinds:
            return True
        if {"OutOfTime", "NotImplementedError", "NotYet"} & set(failure.kinds):
            raise NotYet(_failure_reply(name, call, failure))
        raise NotYet(
            f"{call} should raise {error.__name__}, but it stops with {_failure_text(failure)}"
            f"{because}."
        )
    found = "nothing (None)" if value is None else describe(value)
    raise NotYet(f"{call} should raise {error.__name__}, but it returns {found}{because}.")


def try_out(function, *arguments):
    """Call a student's function as a lesson's cell does, or print why that cannot be done yet.

    Lesson 01 introduces it.

    Parameters
    ----------
    function : callable
        What the student wrote; a stub will do.
    *arguments
        What to call it with; arrays are copied.

    Returns
    -------
    object
        What the function returned; None where it is not written yet or stops with an error.

    Examples
    --------
    >>> try_out(len, [1, 2, 3])
    3
    >>> def add(a, b):
    ...     raise NotImplementedError
    >>> try_out(add, 1, 2)  # doctest: +ELLIPSIS
    Not yet: add is not written yet: ...
    """
    name = getattr(function, "__name__", "the function")
    try:
        return ask(name, function, *arguments).value
    except NotYet as reply:
        print(f"Not yet: {reply}")
        return None


def correct(name, remark=""):
    """Say that an exercise is solved, and return True for the assert that ends a test cell."""
    print(f"✓ {name} is correct.{' ' + remark if remark else ''}")
    return True


def near(value, expected, *, rtol=1e-5, atol=1e-6):
    """Say whether two results agree to within rounding, whatever their shapes.

    Examples
    --------
    >>> near([1.0], 1.0)
    False
    """
    return np.shape(value) == np.shape(expected) and np.allclose(
        np.asarray(value, dtype=float), expected, rtol=rtol, atol=atol
    )


def describe(value):
    """Describe a value in a few words, for a message to a student.

    Examples
    --------
    >>> describe(np.zeros((600, 960, 3), np.uint8))
    'an array of shape (600, 960, 3)'
    >>> describe(np.array([1.0, 2.5])), describe(7), describe("a")
    ('[1, 2.5]', '7', "'a'")
    """
    if isinstance(value, np.ndarray):
        if value.size > 12 or value.ndim > 2:
            return f"an array of shape {value.shape}"
        if value.dtype.kind not in "iufb":
            return f"an array of type {value.dtype}"
        return _compact(value) if value.size else f"an array of shape {value.shape}"
    if isinstance(value, (bool, int, float, np.bool_, np.integer, np.floating)):
        return _digits(value)
    if isinstance(value, (list, tuple)):
        return _describe_sequence(value)
    if isinstance(value, (bytes, bytearray)):
        return f"{len(value)} bytes"
    if inspect.isroutine(value):
        return f"the function {value.__name__}"
    return _short_or(repr(value), f"of type {type(value).__name__}")


def _not_written(name, call, failure):
    """Say which stub was met: the exercise's own, that of another one, or a library's."""
    met = failure.function
    if failure.own and (met == name or met.startswith("<")):
        return (
            f"{name} is not written yet: replace the line raise NotImplementedError in its cell "
            "by your own (or delete it, if it still stands there), run that cell, then this one."
        )
    if failure.own:
        return f"{call} calls {met}, which is not written yet: write {met} first and run its cell."
    return f"{call} stops with {_failure_report(failure)}."


def _out_of_time(call, failure):
    return (
        f"{call} has not returned after {failure.text} seconds: look for a loop whose condition "
        "never changes, or for work that is done again for each pixel."
    )


def _failure_report(failure):
    """Say what happened, where, and how to mend it, as far as that can be told."""
    place = failure.place
    where = place if re.fullmatch(r"line \d+", place) else place and f"the line {place!r}"
    report = f"{_failure_text(failure)}{where and ', in ' + where}"
    advice = next((words for pattern, words in _ADVICE if re.search(pattern, report)), "")
    return f"{report}{advice and ': ' + advice}"


def _failure_text(failure):
    lines = failure.text.strip().splitlines()
    # A reply is one sentence.
    text = re.sub(r"[.?!]\s+", "; ", lines[0]) if lines else ""
    text = f"{failure.kinds[0]}{text and ': ' + text}"
    return textwrap.shorten(text, 200, placeholder=" …").rstrip(".:")


def _check_unchanged(name, given, arguments):
    if not _same(given, arguments):
        raise NotYet(
            f"{name} changes its input in place: start from a copy, such as "
            "array = array.copy(), and change that."
        )


def _same(after, before):
    """Say whether arguments are what they were, as far as arrays and lists of them go."""
    if isinstance(before, np.ndarray):
        return np.array_equal(after, before, equal_nan=before.dtype.kind == "f")
    if isinstance(before, (list, tuple)):
        return len(after) == len(before) and all(map(_same, after, before))
    return not isinstance(before, numbers.Real) or after == before or before != before


def _as_float(value):
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _digits(value, digits=6):
    """Write a number for people: 96615, 0.333333, 1e-09, True."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value) if isinstance(value, int) else f"{value:.{digits}g}"


def _describe_sequence(value):
    kind = type(value).__name__
    many = f"a {kind} of {len(value)} {'entry' if len(value) == 1 else 'entries'}"
    # A long one is not spelled out first.
    if len(value) > 20:
        return many
    text = ", ".join(describe(entry) for entry in value)
    if isinstance(value, list):
        return _short_or(f"[{text}]", many)
    return _short_or(f"({text}{',' if len(value) == 1 else ''})", many)


def _short_or(text, otherwise):
    return text if len(text) <= 60 and "\n" not in text else otherwise


def _compact(array, digits=6):
    """[[1, 2], [3.5, 4]] for a small array."""
    if array.ndim == 0:
        return _digits(array[()], digits)
    return "[" + ", ".join(_compact(np.asarray(entry), digits) for entry in array) + "]"


def _told_apart(value, expected):
    """Write two results with as many digits as it takes to see that they differ."""
    for digits in (6, 9, 17):
        pair = _compact(np.asarray(value), digits), _compact(np.asarray(expected), digits)
        if pair[0] != pair[1]:
            break
    return pair


def _first_fraction(array):
    return _digits(array[array != np.rint(array)].ravel()[0])


def _matching_hint(value, hints, rtol, atol):
    for wrong, sentence in hints:
        if near(value, wrong, rtol=rtol, atol=atol):
            return f": {sentence}"
    return ""


def _first_difference(call, value, expected, rtol, atol):
    """Say at the first entry that is off: f(x) is 6, but 8 is expected."""
    if expected.ndim == 0 or expected.size <= 8:
        given, wanted = _told_apart(value, expected)
        return f"{call} is {given}, but {wanted} is expected"
    wrong = ~np.isclose(value, expected, rtol=rtol, atol=atol)
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    index = str(place[0]) if len(place) == 1 else ", ".join(map(str, place))
    given, wanted = _told_apart(value[place], expected[place])
    return (
        f"Entry [{index}] of {call} is {given}, but {wanted} is expected "
        f"({np.count_nonzero(wrong)} of {expected.size} entries are off)"
    )
