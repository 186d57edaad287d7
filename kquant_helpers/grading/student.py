"""Inside of the sandbox: run a student's cells, and answer calls of their functions.

Nothing here decides a score. A student's code may change everything in this process; what leaves
it is plain data, and the judge believes only that a function returned it.
"""

import builtins
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from kquant_helpers.grading import sandbox, syscalls, wire

# Characters that one cell may print, and bytes of what it displays.
_MOST_OUTPUT = 100_000

_WIDGETS = ("predict", "measured")


def main():
    """Serve the judge on standard input and output until it leaves."""
    requests, replies = _take_pipes()
    settings = wire.read(requests)
    _give_up_rights(settings["user"])
    _limit(settings)
    for name, data in settings["files"].items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    shell = _make_shell()
    os.dup2(1, 2)
    _reply(replies, {"ready": True})
    with contextlib.suppress(wire.Closed):
        while True:
            request = wire.read(requests)
            answer = _run(shell, request) if "run" in request else _call(shell, request)
            _reply(replies, answer)


def _take_pipes():
    """Take the judge's pipes away from 0 and 1, where prints and children would find them."""
    requests, replies = (os.fdopen(os.dup(i), mode) for i, mode in ((0, "rb"), (1, "wb")))
    with open(os.devnull, "r+b") as nowhere:
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: (_close(requests), _close(replies)))
    return requests, replies


def _close(pipe):
    with contextlib.suppress(OSError):
        os.close(pipe.fileno())


def _reply(replies, answer):
    try:
        packed = wire.pack(answer)
    except Exception as error:
        reason = str(error) if isinstance(error, wire.WireError) else type(error).__name__
        packed = wire.pack({"failure": (("TooLarge",), reason, "", "", False)})
    replies.write(packed)
    replies.flush()


def _give_up_rights(user):
    """Become a user that owns nothing, where this is root."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def _limit(settings):
    """Set what one process may use, and ask of the kernel."""
    sandbox.limit("RLIMIT_AS", settings["memory"], for_good=True)
    sandbox.limit("RLIMIT_FSIZE", 128 * 2**20, for_good=True)
    sandbox.limit("RLIMIT_NOFILE", 512, for_good=True)
    sandbox.limit("RLIMIT_CORE", 0, for_good=True)
    # Without a sandbox all processes of the instructor would count.
    if settings["sandboxed"]:
        sandbox.limit("RLIMIT_NPROC", 64, for_good=True)
        syscalls.forbid()


# The shell


class _Record:
    """What one cell puts out, as a notebook keeps it, and no more than a bound."""

    def __init__(self):
        self.start()

    def start(self):
        self.outputs, self.left = [], _MOST_OUTPUT

    def take(self, size):
        """Say whether so much may still be put out."""
        had = self.left
        self.left -= size
        if had > 0 >= self.left:
            note = "\n… more output is not kept."
            self.outputs.append({"output_type": "stream", "name": "stdout", "text": note})
        return self.left > 0

    def stream(self, name, text):
        if self.left <= 0 or not text:
            return
        kept = text[: self.left]
        last = self.outputs[-1] if self.outputs else {}
        if last.get("name") == name:
            last.setdefault("parts", []).append(kept)
        else:
            self.outputs.append({"output_type": "stream", "name": name, "parts": [kept]})
        self.take(len(text))

    def display(self, kind, data, **more):
        data = {mime: each for mime, each in data.items() if isinstance(each, (str, bytes))}
        if self.take(sum(map(len, data.values()))):
            entry = {"output_type": kind, "data": data, "metadata": {}, **more}
            self.outputs.append(entry)

    def finished(self):
        for output in self.outputs:
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        return self.outputs


class _Stream:
    """A stdout or stderr of the notebook; not a file, since nothing is behind it."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, name, record):
        self.name, self._record = name, record

    def write(self, text):
        self._record.stream(self.name, str(text))
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def readable(self):
        return False

    def fileno(self):
        return {"stdout": 1, "stderr": 2}[self.name]


def _make_shell():
    """Return a shell as in a notebook: magics, displays, input() that gets nothing to read."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets import Type
    from traitlets.config import Config

    record = _Record()

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            count = self.shell.execution_count
            record.display("execute_result", format_dict, execution_count=count)

        def finish_displayhook(self):
            self._is_active = False

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, **_):
            record.display("display_data", data)

        def clear_output(self, wait=False):
            pass

    class Shell(InteractiveShell):
        displayhook_class, display_pub_class = Type(Hook), Type(Publisher)

        def _showtraceback(self, etype, evalue, stb):
            name, text = getattr(etype, "__name__", "Error"), _text_of(evalue)
            if record.take(len(text)):
                error = {"output_type": "error", "ename": name, "evalue": text[:1000]}
                record.outputs.append({**error, "traceback": [str(line)[:4000] for line in stb]})

        def ask_exit(self):
            pass

        def enable_gui(self, gui=None):
            pass

    # The cells live in a module of their own, as they would in a kernel.
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InteractiveShell.xmode = "Minimal"
    with tempfile.TemporaryFile("w") as unheard, contextlib.redirect_stdout(unheard):
        shell = Shell.instance(config=config)
    shell.record = record
    sys.stdin = open(os.devnull)  # noqa: SIM115 - as long as the process
    sys.path.insert(0, "")
    builtins.input = lambda prompt="": print(prompt) or ""
    _without_widgets()
    return shell


def _text_of(error):
    try:
        return str(error)
    except BaseException:
        return ""


def _without_widgets():
    """Let explorers show nothing: nobody looks, and each would draw its first picture."""
    import kquant_helpers
    from kquant_helpers.explorers import EXPLORERS

    for name in (*EXPLORERS, *_WIDGETS):
        if name in dir(kquant_helpers):
            setattr(kquant_helpers, name, lambda *_, **__: None)


# Requests


def _run(shell, request):
    """Run a cell; say what it put out and which of the wanted names are functions now."""
    from kquant_helpers.checks import calls

    shell.record.start()
    stdout, stderr = _Stream("stdout", shell.record), _Stream("stderr", shell.record)
    try:
        with (
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
            calls.time_limit(request["limit"], patience=1),
        ):
            shell.run_cell(request["run"], store_history=True)
    except BaseException as error:
        stderr.write(f"stopped: {type(error).__name__}")
    known = [name for name in request["names"] if callable(shell.user_ns.get(name))]
    return {"outputs": shell.record.finished(), "names": known}


def _call(shell, request):
    """Call a function of the student's and return the outcome as plain data."""
    from kquant_helpers.checks import calls

    shell.record.start()
    function = shell.user_ns.get(request["call"])
    arguments, limit, watch = request["arguments"], request["limit"], request["watch"]
    with contextlib.redirect_stdout(_Stream("stdout", shell.record)):
        try:
            outcome = calls.call(function, arguments, limit=limit, patience=1, watch=watch)
        except BaseException as error:  # what is no Exception, and what cannot say what it is
            kinds = tuple(kind.__name__ for kind in type(error).__mro__)
            outcome = calls.Outcome(arguments=arguments, failure=calls.Failure(kinds))
    failure = outcome.failure
    told = failure and (
        tuple(failure.kinds),
        failure.text[:10_000],
        failure.place[:1000],
        failure.function[:200],
        bool(failure.own),
    )
    return {
        "value": outcome.value,
        "arguments": tuple(outcome.arguments),
        "failure": told,
        "package_calls": tuple(outcome.package_calls),
    }
