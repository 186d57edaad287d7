"""Whole numbers, names, lists, paths."""

import math
import numbers
import os
from collections.abc import Iterable, Mapping

import numpy as np

MAX_PIXELS = 50_000_000
"""Larger photos are refused: their pixels alone would fill a small computer's memory."""

_LONGEST_QUOTE = 100


def quoted(value):
    """Write a value as Python does, on one line and not too long.

    Examples
    --------
    >>> quoted("four")
    "'four'"
    >>> quoted([0] * 1000)
    'a list of 1,000 entries'
    """
    if isinstance(value, (list, tuple, set, frozenset, Mapping)) and len(value) > _LONGEST_QUOTE:
        return f"a {type(value).__name__} of {len(value):,} entries"
    if isinstance(value, (str, bytes, bytearray)):
        value = value[: 2 * _LONGEST_QUOTE]
    try:
        text = " ".join(repr(value).split())
    # Whatever the repr of somebody's object raises, a message about it is due.
    except Exception:
        text = a_type(value)
    half = _LONGEST_QUOTE // 2
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:half]}…{text[-half:]}"


def a_type(value):
    """Say of which type something is."""
    return f"of type {type(value).__name__[:40]}"


def whole(value, name, what, example, *, least=1, most=None):
    """Return a whole number as an int, whatever kind of integer it came as.

    Examples
    --------
    >>> whole(np.uint8(4), "block_size", "the side of a block", "block_size=4")
    4
    >>> whole(0, "block_size", "the side of a block", "block_size=4")
    Traceback (most recent call last):
    ValueError: block_size is 0, but the side of a block is a whole number from 1 up: try \
block_size=4.
    """
    reach = f"{least} up" if most is None else f"{least} to {most:,}"
    told = f"{name} is {{}}, but {what} is a whole number from {reach}: try {example}."
    if not isinstance(value, numbers.Integral) or isinstance(value, bool):
        raise TypeError(told.format(quoted(value)))
    number = int(value)
    if number < least or (most is not None and number > most):
        raise ValueError(told.format(quoted(number)))
    return number


def k(value):
    """Return a number of codewords as an int.

    Examples
    --------
    >>> k(0)
    Traceback (most recent call last):
    ValueError: k is 0, but the number of codewords is a whole number from 1 up: try k=8.
    """
    return whole(value, "k", "the number of codewords", "k=8")


def block_size(value):
    """Return the side of a block as an int."""
    what, example = "the side of a block in pixels", "block_size=4"
    return whole(value, "block_size", what, example, most=MAX_PIXELS)


def count(value, name, what, example):
    """Return how many of something there are, none at all included, as an int."""
    return whole(value, name, what, example, least=0, most=1 << 40)


def quality(value, least=0):
    """Return a quality as an int.

    Examples
    --------
    >>> quality(101)
    Traceback (most recent call last):
    ValueError: quality is 101, but it is a whole number from 0 to 100: try quality=75.
    """
    return whole(value, "quality", "it", "quality=75", least=least, most=100)


def seed(value):
    """Return a seed as an int; None, for another draw each time, stays None."""
    if value is None:
        return None
    example = "random_state=0"
    return whole(value, "random_state", "a seed", example, least=0, most=2**32 - 1)


def positive(value, name, what, example, *, most=math.inf):
    """Return a finite number above 0 as a float.

    Examples
    --------
    >>> positive(np.float32(0.5), "step", "a step", "step=16")
    0.5
    """
    reach = "above 0" if most == math.inf else f"above 0 and up to {most:g}"
    told = f"{name} is {{}}, but {what} is a number {reach}: try {example}."
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        raise TypeError(told.format(quoted(value)))
    try:
        number = float(value)
    except OverflowError:  # A whole number that no float reaches.
        number = math.inf
    if not 0 < number <= most or number == math.inf:
        raise ValueError(told.format(quoted(value)))
    return number


def flag(value, name):
    """Return a yes or no as a bool.

    Examples
    --------
    >>> flag("no", "pad")
    Traceback (most recent call last):
    TypeError: pad is 'no', but it is a yes or no: use True or False.
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {quoted(value)}, but it is a yes or no: use True or False.")
    return bool(value)


def one_of(value, name, names, what):
    """Return a name, if it is one of these.

    Examples
    --------
    >>> one_of("cubed", "kind", ("absolute", "squared"), "a map shows one of two differences")
    Traceback (most recent call last):
    ValueError: kind is 'cubed', but a map shows one of two differences: use "absolute" or \
"squared".
    """
    if not isinstance(value, str) or value not in names:
        *others, last = (f'"{each}"' for each in names)
        told = f"{', '.join(others)} or {last}" if others else last
        raise ValueError(f"{name} is {quoted(value)}, but {what}: use {told}.")
    return value


def text(value, name, example):
    """Return a text, also of a path."""
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if not isinstance(value, str):
        raise TypeError(f"{name} is {quoted(value)}, but it is a text: try {example}.")
    return value


def listed(values, name, what, example):
    """Return what an iterable gives as a list that is not empty; it is walked once.

    Examples
    --------
    >>> listed((k for k in (2, 4)), "ks", "whole numbers", "ks=(2, 4, 8)")
    [2, 4]
    >>> listed("24", "ks", "whole numbers", "ks=(2, 4, 8)")
    Traceback (most recent call last):
    TypeError: ks is '24', but it is a list of whole numbers: try ks=(2, 4, 8).
    """
    found = walked(values, f"{name} is {{}}, but it is a list of {what}: try {example}.")
    if not found:
        raise ValueError(f"{name} is empty, but it has at least one entry: try {example}.")
    return found


def walked(values, told):
    """Return what an iterable gives as a list; `told` is the sentence about anything else."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(told.format(quoted(values)))
    try:
        return list(values)
    # An array without dimensions, and a memory view of several, say that they are iterable.
    except (TypeError, NotImplementedError):
        raise TypeError(told.format(quoted(values))) from None


def path(value):
    """Return a path as text, with the home folder in place of ~."""
    if not isinstance(value, (str, os.PathLike)):
        raise TypeError(
            f"The path is {quoted(value)}, but a file is named by a text or a path: "
            'try "photo.kqi".'
        )
    return os.path.expanduser(os.fsdecode(value))


def content(value):
    """Return bytes of any kind as bytes."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"The data is {a_type(value)}, but it is read from bytes: give what was written."
        )
    return bytes(value)


def function(value, name, example):
    """Return a function; in place of None, one that does nothing."""
    if value is None:
        return _nothing
    if not callable(value):
        raise TypeError(f"{name} is {quoted(value)}, but it is a function: try {example}.")
    return value


def _nothing(*_):
    """Take the place of a function that nobody gave."""


def named(values, name, what, example):
    """Return names and what stands under them as a dict."""
    if not isinstance(values, Mapping):
        raise TypeError(
            f"{name} is {quoted(values)}, but it is a dict of names and {what}: try "
            f"{name}={example}."
        )
    return dict(values)
