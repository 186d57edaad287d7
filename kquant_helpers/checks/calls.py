"""Call what a student wrote: quietly, within a time limit, and seeing what it calls.

Everything that runs a student's function (a test, an explorer, a cell of a lesson) does so by
`call`, and gets an `Outcome` of plain data. A function may also be a stand-in for one that
lives in another process, as in grading: then it has a method ``__kquant_call__(arguments, *,
limit)`` that returns the `Outcome`.
"""

import contextlib
import copy
import io
import os
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kquant_helpers import quiet as shared
from kquant_helpers.process_state import Counted

# Seconds that one call may take: ten times what the slowest solution takes on a slow laptop.
TIME_LIMIT = 15
# Where others keep the machine busy, a call may take this many times as long.
PATIENCE = 3

_PACKAGE = str(Path(__file__).resolve().parent.parent) + os.sep


@dataclass(frozen=True)
class Failure:
    """The error that a student's function stopped with, as plain data.

    Attributes
    ----------
    kinds : tuple of str
        Names of the error's class and of what it inherits from.
    text : str
        What the error says.
    place : str
        Where in the student's own cells it happened: the line of code, or "line 3" where that
        is not known.
    function : str
        Name of the function that raised it.
    own : bool
        Whether that function is one of the student's own.
    """

    kinds: tuple
    text: str = ""
    place: str = ""
    function: str = ""
    own: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of one call of a student's function, as plain data.

    Attributes
    ----------
    value : object
        What was returned.
    arguments : tuple
        The arguments after the call, to see whether they were changed.
    failure : Failure or None
        The error that it stopped with.
    package_calls : tuple of str
        What of kquant_helpers the student's code called itself, by name.
    """

    value: object = None
    arguments: tuple = ()
    failure: Failure | None = None
    package_calls: tuple = ()


class OutOfTime(BaseException):
    """Raised in a student's code when its time is up; ``except Exception`` lets it pass."""


def call(function, arguments, *, limit=TIME_LIMIT, patience=PATIENCE, watch=False):
    """Call a student's function on copies of the arguments.

    Warnings and what is written to stderr, by whatever way, are kept away: a line on stderr
    would cost a right answer its points.

    Parameters
    ----------
    function : callable
        What the student wrote, or a stand-in for it.
    arguments : sequence
        What to call it with: arrays, numbers, strings, bytes, lists, tuples. They are copied.
    limit : float
        Seconds it may take.
    patience : float
        How many times as long it may take where it did not have the processor meanwhile.
    watch : bool
        Whether to note which functions of the package it calls. That takes time where it
        makes many calls.

    Returns
    -------
    Outcome

    Examples
    --------
    >>> call(lambda x: x + 1, (2,)).value
    3
    >>> call(lambda x: 1 / x, (0,)).failure.kinds[0]
    'ZeroDivisionError'
    """
    if hasattr(function, "__kquant_call__"):
        wish = {"watch": True} if watch else {}
        return function.__kquant_call__(arguments, limit=limit, **wish)
    given = copy.deepcopy(tuple(arguments))
    seen = []
    value = failure = None
    try:
        with (
            quiet(),
            _watched(seen) if watch else contextlib.nullcontext(),
            time_limit(limit, patience),
        ):
            value = function(*given)
    except OutOfTime:
        failure = Failure(("OutOfTime",), f"{limit:g}")
    except (Exception, SystemExit) as error:
        failure = describe_failure(error, function)
    return Outcome(value, given, failure, tuple(dict.fromkeys(seen)))


def describe_failure(error, function):
    """Turn an error that a student's function raised into a `Failure`.

    Examples
    --------
    >>> describe_failure(KeyError("a"), len).kinds[:2]
    ('KeyError', 'LookupError')
    """
    kinds = tuple(kind.__name__ for kind in type(error).__mro__ if kind is not object)
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    last = frames[-1] if frames else None
    own = last is not None and last.f_globals is getattr(function, "__globals__", None)
    name = last.f_code.co_name if last is not None else ""
    return Failure(kinds, str(error), _place(error), name, own)


def _place(error):
    """Where in the student's own cells it happened, if that can be told."""
    # The cell that asks may be a hidden test, and nothing of that is shown.
    asking = {frame.f_code.co_filename for frame, _ in traceback.walk_stack(None)}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        in_a_cell = "ipykernel" in frame.filename or frame.filename.startswith("<ipython")
        if in_a_cell and frame.filename not in asking:
            return frame.line or f"line {frame.lineno}"
    return ""


# Quiet


class _Unheard(io.TextIOBase):
    """A stderr that nobody reads."""

    def write(self, text):
        return len(text)


@contextlib.contextmanager
def _silence():
    """Turn off the ways to stderr that Python has: the stream, and those who hold it."""
    with contextlib.ExitStack() as stack:
        for stream in {id(each): each for each in (sys.stderr, sys.__stderr__)}.values():
            stack.enter_context(_mute(stream))
        stack.enter_context(contextlib.redirect_stderr(_Unheard()))
        yield


@contextlib.contextmanager
def _mute(stream):
    """Let a stream take text and drop it, for handlers of logs that were bound to it before."""
    try:
        stream.flush()
        stream.write = len
    except (AttributeError, ValueError, OSError):  # a file's write cannot be replaced
        yield
        return
    try:
        yield
    finally:
        del stream.write


_SILENT = Counted(_silence)


@contextlib.contextmanager
def quiet():
    """Keep warnings and stderr away: nbgrader takes all points for a line on stderr."""
    with shared.warnings, shared.stderr, _SILENT, np.errstate(all="ignore"):
        yield


# Time


@contextlib.contextmanager
def time_limit(seconds, patience=PATIENCE):
    """Raise `OutOfTime` in this thread once its time is up, again and again until it ends.

    A loop in Python is stopped on every system; one long call inside of a library ends first.
    Where others keep the processor busy, time counts that this process had it, within bounds.
    """
    if sys.platform == "emscripten":
        stopper = _by_monitoring
    elif hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        stopper = _by_alarm
    else:
        stopper = _by_watchdog
    with stopper(seconds, patience):
        yield


def _clock(seconds, patience):
    """Return a function that says, once so many seconds have passed, whether they were had."""
    used, begin = time.process_time(), time.monotonic()

    def is_up():
        passed = time.monotonic() - begin
        return passed >= patience * seconds or time.process_time() - used >= 0.9 * seconds

    return is_up


@contextlib.contextmanager
def _by_alarm(seconds, patience):
    is_up = _clock(seconds, patience)

    def ring(*_):
        if is_up():
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    remaining, interval = signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, remaining, interval)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _by_watchdog(seconds, patience):
    """For Windows, and for threads other than the main one."""
    import ctypes

    thread, over, is_up = threading.get_ident(), threading.Event(), _clock(seconds, patience)

    def watch():
        pause = seconds
        while not over.wait(pause):
            if is_up():
                raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
                raise_in(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))
            pause = 0.5

    watchdog = threading.Thread(target=watch, daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        _surely(over.set)
        _surely(watchdog.join)


def _surely(action):
    """Do something even where a last `OutOfTime` arrives meanwhile."""
    while True:
        try:
            action()
            # One that was sent arrives at a jump at the latest.
            for _ in range(3):
                pass
        except OutOfTime:
            continue
        return


@contextlib.contextmanager
def _by_monitoring(seconds, _patience):
    """For the browser, where there are no threads: look at the clock at each jump and call."""
    monitoring = sys.monitoring
    events, end = monitoring.events, time.monotonic() + seconds

    # Leaving this block runs these, and has to get through.
    leaving = (__file__, contextlib.__file__)

    def look(code, *_):
        if time.monotonic() > end and code.co_filename not in leaving:
            raise OutOfTime

    tool = monitoring.PROFILER_ID
    monitoring.use_tool_id(tool, "kquant time limit")
    for event in (events.JUMP, events.PY_START):
        monitoring.register_callback(tool, event, look)
    monitoring.set_events(tool, events.JUMP | events.PY_START)
    try:
        yield
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)


# What it calls


@contextlib.contextmanager
def _watched(seen):
    """Note the package's functions that are called from outside the package."""

    def note(frame, event, _argument):
        if event != "call" or not frame.f_code.co_filename.startswith(_PACKAGE):
            return
        caller = frame.f_back.f_code
        if caller is call.__code__ or not caller.co_filename.startswith(_PACKAGE):
            seen.append(frame.f_code.co_qualname.split(".")[0])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
