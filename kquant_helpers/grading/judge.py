"""Run one submission: the student's cells in the sandbox, the test cells here.

This process never loads anything of a student's. Where a test cell names an exercise, it finds a
`StandIn`, which sends plain data to the student's process and gets plain data back. Started as a
module it reads one job on its standard input and writes one result on its standard output.
"""

import ast
import builtins
import contextlib
import faulthandler
import io
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

from kquant_helpers.checks.calls import TIME_LIMIT, Failure, Outcome
from kquant_helpers.grading import sandbox, wire
from kquant_helpers.grading.release import exercise_of, is_exercise
from kquant_helpers.grading.repair import NotANotebook, defines, repair

# Seconds that one cell may run, and that a process gets to notice that its time is up.
CELL_LIMIT = 60
_GRACE = 3
# Seconds beyond the limit after which the judge gives itself up.
_LATEST = 15
# Seconds that Python and the packages may take to start on a busy machine.
_START = 60

_MOST_PRINTED = 20_000
# How often its process may be started, and be ended by one function, before no more is tried.
_MOST_STARTS = 20
_MOST_ENDS = 2

# Outputs of one cell, and characters of all of them.
_MOST_OUTPUTS = 1_000
_MOST_OUTPUT = 400_000

# Bytes that one process of a student's may use, and all of them together.
_MEMORY = 4 * 2**30
_ALL_MEMORY = 3 * 2**30
# Bytes that the judge itself may use, whatever it is sent.
_OWN_MEMORY = 6 * 2**30


class OutOfTimeForAll(Exception):
    """The time for the whole submission is up."""


class Gone(Exception):
    """The student's process ended, or had to be ended."""


def judge(job):
    """Return the result of one submission.

    Parameters
    ----------
    job : dict
        ``notebook``, the bytes handed in; ``release``; ``files``, what lay beside it, by name;
        ``limit``, seconds for all of it; ``course``, the path to hide; ``unsafe``.

    Returns
    -------
    dict
        ``state``, "graded" or "not graded"; ``reason``; ``notebook``, scored, or None;
        ``remarks`` on what was mended.
    """
    try:
        notebook, remarks = repair(job["notebook"], job["release"])
    except NotANotebook as error:
        return _not_graded(str(error))
    with Student(job) as student:
        try:
            _walk(notebook["cells"], student, job["release"])
        except OutOfTimeForAll:
            return _not_graded(
                f"It took longer than {job['limit']:g} seconds, at {student.place}: look at that "
                "cell, or give more time with --time-limit."
            )
        except Hopeless as error:
            return _not_graded(f"The process of its code ended again and again: {error}.")
    if student.lost:
        remarks = [*remarks, *student.lost]
    return {"state": "graded", "reason": "", "notebook": notebook, "remarks": remarks}


def _not_graded(reason):
    return {"state": "not graded", "reason": reason, "notebook": None, "remarks": []}


def _walk(cells, student, release):
    """Run a notebook from top to bottom and keep what each cell puts out."""
    names = [known["name"] for known in release["cells"] if is_exercise(known)]
    for i, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        entry = cell["metadata"].get("nbgrader", {})
        student.place = f"the cell {entry['grade_id']}" if entry else f"cell {i + 1}"
        if not _is_locked(entry):
            cell["outputs"] = student.run(i, cell["source"], names)
        elif entry["grade"]:
            cell["outputs"] = run_test(cell["source"], student.stand_ins())
        cell["execution_count"] = i + 1
    _ask_again(cells, student)


def _ask_again(cells, student):
    """Give a failed test a second chance where its exercise is written further down as well."""
    for i, cell in enumerate(cells):
        entry = cell["metadata"].get("nbgrader", {})
        if _is_locked(entry) and entry["grade"] and _failed(cell):
            name = exercise_of(entry["grade_id"])
            below = [each for each in cells[i:] if each["cell_type"] == "code"]
            if any(defines(each["source"], name) for each in below if not _is_marked(each)):
                outputs = run_test(cell["source"], student.stand_ins())
                if not any(output["output_type"] == "error" for output in outputs):
                    cell["outputs"] = outputs


def _is_locked(entry):
    return bool(entry) and not entry["solution"]


def _is_marked(cell):
    return _is_locked(cell["metadata"].get("nbgrader", {}))


def _failed(cell):
    return any(output["output_type"] == "error" for output in cell["outputs"])


# Test cells


def run_test(source, stand_ins):
    """Run a test cell and return its outputs.

    Parameters
    ----------
    source : str
    stand_ins : dict
        What the names of the exercises stand for.

    Returns
    -------
    list of dict
        What was printed, and the error where the test did not pass.

    Examples
    --------
    >>> run_test("assert f(2) == 4", {"f": lambda x: 2 * x})
    []
    >>> run_test("assert f(2) == 5", {"f": lambda x: 2 * x})[0]["ename"]
    'AssertionError'
    """
    namespace = {"__name__": "__main__", "__builtins__": builtins, **stand_ins}
    printed, value, error = io.StringIO(), None, None
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            value = _execute(source, namespace)
        except (OutOfTimeForAll, Hopeless, NoStart):
            raise
        except (Exception, SystemExit) as raised:
            error = _as_output(raised)
    text = _text(printed.getvalue()[:_MOST_PRINTED])
    outputs = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        data = {"text/plain": repr(value)}
        result = {"output_type": "execute_result", "data": data, "metadata": {}}
        outputs.append({**result, "execution_count": None})
    return outputs + ([error] if error else [])


def _execute(source, namespace):
    """Run a cell; return the value of its last line where that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<test>", "exec"), namespace)
    if last is not None:
        return eval(compile(ast.Expression(last.value), "<test>", "eval"), namespace)
    return None


def _as_output(error):
    """Return an error as a notebook holds it, without the lines of the test."""
    name = type(error).__name__
    text = _text(str(error)[:5000])
    try:
        lines = error._render_traceback_()
    except AttributeError:
        lines = traceback.format_exception_only(error)
    shown = [_text(str(line).rstrip("\n")[:5000]) for line in lines]
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": shown}


class StandIn:
    """Stands for a function that lives in the student's process."""

    def __init__(self, name, student):
        self.__name__ = self.__qualname__ = name
        self._student = student

    def __kquant_call__(self, arguments, *, limit=TIME_LIMIT, watch=False):
        """Call the function there and return the `Outcome`."""
        return self._student.call(self.__name__, tuple(arguments), limit, watch)

    def __call__(self, *arguments):
        """Call the function as a test cell does that knows nothing of stand-ins."""
        outcome = self.__kquant_call__(arguments)
        for before, after in zip(arguments, outcome.arguments, strict=False):
            _change(before, after)
        if outcome.failure is not None:
            raise _as_error(outcome.failure)
        return outcome.value


def _change(before, after):
    """Change an argument in place as the call over there did."""
    if isinstance(before, list) and isinstance(after, list):
        before[:] = after
    elif isinstance(before, dict) and isinstance(after, dict):
        before.clear()
        before.update(after)
    elif hasattr(before, "dtype") and hasattr(before, "flags") and before.flags.writeable:
        with contextlib.suppress(ValueError, TypeError):
            before[...] = after


def _as_error(failure):
    """Return an error of the nearest kind that Python itself has."""
    for name in failure.kinds:
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            with contextlib.suppress(Exception):
                return kind(failure.text)
    return RuntimeError(f"{failure.kinds[0] if failure.kinds else 'Error'}: {failure.text}")


# The student's process


class Student:
    """The process that a student's cells run in; started anew where a cell ended it.

    Attributes
    ----------
    place : str
        The cell that is being run, for the reason where time is up.
    lost : list of str
        What had to be left out, for the instructor.
    """

    def __init__(self, job):
        self._job, self._end = job, time.monotonic() + job["limit"]
        self._ran, self._names, self._endless = [], set(), set()
        self._ends = Counter()
        self._process, self._starts, self._ready, self._ended_by = None, 0, False, ""
        self.place, self.lost = "its start", []
        self._folder = tempfile.mkdtemp(prefix="kquant-") if job["unsafe"] else None

    def __enter__(self):
        self._start()
        return self

    def __exit__(self, *error):
        self._stop()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def stand_ins(self):
        """Return what the names of the exercises stand for now."""
        return {name: StandIn(name, self) for name in self._names}

    def run(self, place, source, names):
        """Run one cell and return its outputs."""
        cell = {"run": source, "names": names, "limit": self._limit(CELL_LIMIT)}
        try:
            self._revive()
            outputs = self._run(cell)
        except Gone as error:
            self.lost.append(f"Cell {place + 1} was left out: {error}.")
            return [{"output_type": "stream", "name": "stderr", "text": f"Left out: {error}."}]
        self._ran.append(cell)
        return outputs

    def call(self, name, arguments, limit, watch):
        """Call a function over there and return the `Outcome`."""
        limit = self._limit(limit)
        if name in self._endless:
            return Outcome(arguments=arguments, failure=Failure(("OutOfTime",), f"{limit:g}"))
        if self._ends[name] >= _MOST_ENDS:
            # Others of the same notebook are still to be asked.
            failure = Failure(("RuntimeError",), "it ended its process too often")
            return Outcome(arguments=arguments, failure=failure)
        request = {"call": name, "arguments": arguments, "limit": limit, "watch": watch}
        try:
            self._revive()
            return _as_outcome(self._ask(request), arguments)
        except Gone as error:
            self._ends[name] += 1
            failure = Failure(("RuntimeError",), str(error))
            if "seconds" in str(error):
                self._endless.add(name)
                failure = Failure(("OutOfTime",), f"{limit:g}")
            return Outcome(arguments=arguments, failure=failure)

    def _limit(self, limit):
        """Return what one cell or call may take of the time that all of them have."""
        return min(limit, CELL_LIMIT, max(self._job["limit"] / 4, 1))

    def _revive(self):
        """Start the process again where it ended, and run in it what had been run."""
        while self._process is None:
            self._start()
            for cell in list(self._ran):
                try:
                    self._run(cell)
                except Gone:
                    self._ran.remove(cell)
                    break

    def _run(self, cell):
        answer = self._ask(cell)
        try:
            self._names = {name for name in cell["names"] if name in answer["names"]}
            return plain_outputs(answer["outputs"])
        except (KeyError, TypeError, AttributeError, ValueError):
            self._stop()
            raise Gone("what it said is no answer") from None

    def _start(self):
        self._starts += 1
        if self._starts > _MOST_STARTS:
            raise Hopeless(self._ended_by)
        job = self._job
        unsafe = job["unsafe"]
        command = [sys.executable] if unsafe else sandbox.command(job["course"])
        start = f"import sys; sys.path.insert(0, {str(sandbox.PACKAGE.parent)!r}); "
        start += "from kquant_helpers.grading.student import main; main()"
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [*command, "-s", "-P", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=self._folder,
            env=sandbox.bare_environment(self._folder) if unsafe else {},
            start_new_session=unsafe,
        )
        self._ready, self._ended_by = False, ""
        _watch_memory(self)
        settings = {"files": job["files"], "memory": _MEMORY, "sandboxed": not unsafe}
        settings["user"] = None if unsafe else 2**20 + secrets.randbelow(2**30)
        with contextlib.suppress(OSError):
            wire.write(self._process.stdin, settings)

    def _ask(self, request):
        """Send a request and return the answer; end the process where none comes in time."""
        if not self._ready:
            self._exchange(None, _START + _GRACE)
            self._ready = True
        return self._exchange(request, request["limit"] + _GRACE)

    def _exchange(self, request, limit):
        left = self._end - time.monotonic()
        process = self._process
        late = f"it did not end after {limit - _GRACE:g} seconds"
        timer = threading.Timer(max(0, min(limit, left)), self.end, (late,))
        timer.daemon = True
        timer.start()
        try:
            if request is not None:
                wire.write(process.stdin, request)
            answer = wire.read(process.stdout)
            if not isinstance(answer, dict):
                raise wire.WireError("what it said is no answer")
            return answer
        except (wire.WireError, OSError) as error:
            words = "" if self._ready else self._last_words()
            self._stop()
            if time.monotonic() >= self._end:
                raise OutOfTimeForAll from None
            if words and not self._ended_by:
                raise NoStart(f"The process for a student's code does not start: {words}") from None
            gone = "its process ended" if isinstance(error, (wire.Closed, OSError)) else str(error)
            self._ended_by = self._ended_by or gone
            raise Gone(self._ended_by) from None
        finally:
            timer.cancel()

    def _last_words(self):
        self._errors.seek(0)
        lines = self._errors.read(100_000).decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "without a word"

    def end(self, why):
        """End the process, from another thread."""
        self._ended_by = self._ended_by or why
        _kill(self._process, group=self._job["unsafe"])

    def _stop(self):
        process, self._process, self._names = self._process, None, set()
        if process is None:
            return
        _kill(process, group=self._job["unsafe"])
        process.wait()
        for pipe in (process.stdin, process.stdout, self._errors):
            with contextlib.suppress(OSError):
                pipe.close()


class NoStart(Exception):
    """The student's process does not start at all: a fault of this machine."""


class Hopeless(Exception):
    """The student's process ended too often."""


def _kill(process, group):
    """End a process and all that came from it.

    A sandbox that is killed while it is being built leaves a process that waits for ever, so each
    one is stopped, then those below it ended, then it.
    """
    if process is None or process.poll() is not None:
        return
    _signal(process.pid, "SIGSTOP")
    _end_below(process.pid)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _end_below(pid):
    for child in _children(pid):
        _signal(child, "SIGSTOP")
        _end_below(child)
        _signal(child, "SIGKILL")


def _signal(pid, name):
    with contextlib.suppress(OSError, AttributeError):
        os.kill(pid, getattr(signal, name))


def _children(pid):
    """Return the processes that a process started, as far as the system tells."""
    found = []
    with contextlib.suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _watch_memory(student):
    """End a student's processes where all of them together use too much memory."""
    process = student._process

    def watch():
        while process.poll() is None:
            if _memory_below(process.pid) > _ALL_MEMORY:
                student.end(f"it used more than {_ALL_MEMORY >> 30} GB of memory")
            time.sleep(0.3)

    if Path("/proc/self/statm").exists():
        threading.Thread(target=watch, daemon=True).start()


def _memory_below(pid):
    """Return the bytes in memory of a process and of all that came from it."""
    total = 0
    with contextlib.suppress(OSError, ValueError, IndexError):
        total = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    return total + sum(map(_memory_below, _children(pid)))


# What comes from over there


def _as_outcome(answer, arguments):
    """Return what a call came to; nonsense is an error of the student's."""
    try:
        told = answer["failure"]
        failure = None
        if told is not None:
            kinds, text, place, function, own = told
            kinds = tuple(str(kind) for kind in kinds)
            failure = Failure(kinds, str(text), str(place), str(function), bool(own))
        after = answer.get("arguments", arguments)
        calls = tuple(str(name) for name in answer.get("package_calls", ()))
        return Outcome(answer.get("value"), tuple(after), failure, calls)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        failure = Failure(("RuntimeError",), "what it returned is no plain data")
        return Outcome(arguments=arguments, failure=failure)


def plain_outputs(told):
    """Return outputs as a notebook may hold them: texts, nothing that runs, no more than a bound.

    Examples
    --------
    >>> plain_outputs([{"output_type": "display_data", "data": {"text/html": "<script>"}}])
    [{'output_type': 'display_data', 'data': {'text/plain': ''}, 'metadata': {}}]
    """
    outputs, left = [], _MOST_OUTPUT
    for plain in filter(None, map(_plain_output, told[:_MOST_OUTPUTS])):
        left -= len(str(plain))
        if left < 0:
            break
        outputs.append(plain)
    return outputs


def _plain_output(output):
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output["text"])}
    if kind == "error":
        shown = [_text(line) for line in output["traceback"][:_MOST_OUTPUTS]]
        error = {"ename": _text(output["ename"]), "evalue": _text(output["evalue"])}
        return {"output_type": kind, **error, "traceback": shown}
    if kind in ("execute_result", "display_data"):
        data = {"text/plain": _text(output["data"].get("text/plain", ""))}
        return {"output_type": "display_data", "data": data, "metadata": {}}
    return None


def _text(told):
    return str(told)[:200_000].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# As a process


def main():
    """Judge the job that stands on standard input; say the result on standard output."""
    requests, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    job = wire.read(requests)
    sandbox.limit("RLIMIT_AS", _OWN_MEMORY)
    # Whatever holds it up, a thread of C ends it, and with it the sandbox.
    faulthandler.dump_traceback_later(job["limit"] + _LATEST, exit=True)
    threading.Thread(target=_leave_with, args=(requests,), daemon=True).start()
    try:
        result = judge(job)
    except (NoStart, sandbox.NoSandbox) as error:
        result = {"state": "failed", "reason": str(error), "notebook": None, "remarks": []}
    if result["notebook"] is not None:
        result["notebook"] = json.dumps(result["notebook"]).encode()
    wire.write(results, result)


def _leave_with(requests):
    """End at once where the process that asks is gone; the sandbox ends with this one."""
    if not requests.read(1):
        _end_below(os.getpid())
        os._exit(1)


if __name__ == "__main__":
    main()
