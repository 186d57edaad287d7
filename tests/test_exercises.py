"""A test cell's one call finds the student's function, refuses detours, ends, and never lies."""

import contextlib
import decimal
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest
from lessons import Kernel, errors_of, stderr_of

import kquant_helpers as kq
from kquant_helpers.checks import calls
from kquant_helpers.checks.exercises import LESSONS, Student, check
from kquant_helpers.checks.ladder import NotYet, ask

TEST = 'assert __import__("kquant_helpers").check("keep_top_bits")'
RIGHT = "def keep_top_bits(image, bits):\n    return image >> (8 - bits) << (8 - bits)\n"


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    with Kernel(tmp_path_factory.mktemp("kernel")) as kernel:
        yield kernel


def reply_to(kernel, code):
    kernel.run("%reset -f")
    assert errors_of(kernel.run(code)) == []
    tested = kernel.run(TEST)
    assert stderr_of(tested) == ""
    return " ".join(sentence for _, sentence in errors_of(tested))


def test_a_right_answer_is_right_whatever_else_the_student_names(kernel):
    for other in (
        "from numpy import *",
        "check = assert_ = kq = np = ask = None",
        "list = print = len = sum = range = abs = isinstance = None",
        "def near(a): return 1\ndef calls(): pass\ndef Student(): pass",
    ):
        assert reply_to(kernel, f"{RIGHT}{other}") == ""


def test_stderr_costs_nothing_by_whatever_way_it_is_reached(kernel):
    setup = """
        import ctypes, logging, os, sys, warnings
        log = logging.getLogger("mine")
        log.addHandler(logging.StreamHandler())
        bound = sys.stderr
        def keep_top_bits(image, bits):
            log.warning("bound handler")
            print("bound", file=bound)
            print("original", file=sys.__stderr__)
            os.write(2, b"descriptor")
            os.system("echo child >&2")
            warnings.warn("careful")
            return image >> (8 - bits) << (8 - bits)
    """
    assert reply_to(kernel, textwrap.dedent(setup)) == ""
    assert "seen" in stderr_of(kernel.run("print('seen', file=sys.stderr)"))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "run the cell that begins with def keep_top_bits"),
        ("keep_top_bits = 5", "a function is expected"),
        (RIGHT.replace("return", "while True: pass #"), "has not returned after"),
        ("def keep_top_bits(image, bits): raise NotImplementedError", "not written yet"),
    ],
)
def test_what_cannot_be_judged_is_told_in_a_sentence(kernel, code, told, monkeypatch):
    kernel.run("import kquant_helpers.checks.calls as c; c.call.__kwdefaults__['limit'] = 1")
    kernel.run("import kquant_helpers.checks.ladder as c; c.ask.__kwdefaults__['limit'] = 1")
    message = reply_to(kernel, code)
    assert told in message and "\n" not in message


def test_a_loop_ends_in_the_main_thread_and_in_others():
    def endless():
        while True:
            pass

    def stubborn():
        end = iter(range(3))
        while next(end, None) is not None:
            with contextlib.suppress(BaseException):
                endless()

    outcomes = []

    def run(function):
        outcomes.append(calls.call(function, (), limit=0.2))

    run(endless)
    run(stubborn)
    thread = threading.Thread(target=run, args=(endless,))
    thread.start()
    thread.join()
    assert [outcome.failure and outcome.failure.kinds for outcome in outcomes] == [
        ("OutOfTime",),
        None,
        ("OutOfTime",),
    ]


if sys.version_info >= (3, 12):  # sys.monitoring, as Python in the browser has it

    def test_a_loop_ends_where_there_are_no_threads(monkeypatch):
        monkeypatch.setattr(sys, "platform", "emscripten")

        def endless():
            while True:
                pass

        assert calls.call(endless, (), limit=0.2).failure.kinds == ("OutOfTime",)


def test_the_package_may_not_do_the_work_by_whatever_name_it_is_called():
    from kquant_helpers import squared_error as mine

    ways = [
        kq.squared_error,
        lambda a, b: kq.squared_error(a, b),
        lambda a, b: mine(a, b),
        lambda a, b: next(map(mine, [a], [b])),
    ]
    import numpy as np

    image = np.zeros((2, 2), np.uint8)
    for way in ways:
        student = Student("mean_squared_error", way, {"squared_error": "square and take the mean"})
        with pytest.raises(NotYet, match=r"kq\.squared_error.*square and take the mean"):
            ask("mean_squared_error", student, image, image)
    # What an allowed function calls by itself is nobody's detour.
    student = Student("peak", lambda a, b: kq.peak_snr(a, b), ("squared_error",))
    ask("peak", student, image, image)


def test_an_unknown_exercise_is_refused():
    with pytest.raises(ValueError, match=r"'histogramm'.*name of an exercise"):
        check("histogramm")


def test_hints_are_offered_after_two_and_four_failed_tries(kernel):
    kernel.run("%reset -f")
    kernel.run(
        "import kquant_helpers.checks.start_here as lesson\n"
        "lesson.HINTS = {'keep_top_bits': ('first <hint>', 'second hint')}\n"
        "from kquant_helpers.checks.exercises import _FAILED\n_FAILED.clear()\n"
        "def keep_top_bits(image, bits): return image"
    )
    shown = []
    for _ in range(4):
        tested = kernel.run(TEST)
        shown.append("".join(str(o.get("data", "")) for o in tested.outputs))
    assert [text.count("<details>") for text in shown] == [0, 1, 1, 2]
    assert "first &lt;hint&gt;" in shown[1]
    kernel.run(RIGHT)
    assert errors_of(kernel.run(TEST)) == []
    kernel.run("def keep_top_bits(image, bits): return image")
    assert len(kernel.run(TEST).outputs) == 1


def test_checking_is_the_same_in_a_plain_namespace():
    code = f"{RIGHT}\n{TEST}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (
        "✓ keep_top_bits is correct. It keeps 4 levels with 2 bits.\n",
        "",
    )


@pytest.mark.parametrize("name", [name for names in LESSONS.values() for name in names])
def test_whatever_a_function_returns_is_answered_in_a_sentence(name):
    for value in (
        [[1], [2, 3]],
        ([[1], [2, 3]], [1]),
        7**20_000,
        [7**20_000],
        range(10**15),
        decimal.Decimal(1),
        {frozenset({1}): None},
        np.ma.masked_all((2, 5)),
        object(),
        type,
    ):
        with pytest.raises(NotYet, match=r"\.$"):
            exec(f"check({name!r})", {"check": check, name: lambda *_, value=value: value})
