"""The ladder tells a student the first thing that is wrong, in one sentence, and no more."""

import fractions
import functools
import numbers
import sys
import warnings

import numpy as np
import pytest
from lessons import Kernel, errors_of, stderr_of
from sklearn.cluster import KMeans
from strategies import assert_one_sentence, read_only

from kquant_helpers import learn
from kquant_helpers.checks.calls import quiet
from kquant_helpers.checks.ladder import (
    Answer,
    NotYet,
    ask,
    correct,
    describe,
    near,
    refuses,
    try_out,
)

IMAGE = read_only(np.arange(6, dtype=np.uint8).reshape(2, 3))


def reply(climb):
    """Return the one sentence that a climb ends with, which hides where it was said."""
    with pytest.raises(NotYet) as caught:
        climb()
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert_one_sentence(str(caught.value))
    return str(caught.value)


def answer(value):
    return ask("f", lambda: value)


# The first rungs: written, running, leaving its input alone, returning something


def f(*arguments):
    raise NotImplementedError


def test_a_stub_is_told_what_to_replace():
    message = reply(lambda: ask("f", f, IMAGE))
    assert message.startswith("f is not written yet") and "NotImplementedError" in message
    assert "not written yet" in reply(lambda: ask("g", f))
    assert "not written yet" in reply(lambda: ask("g", lambda: [f() for _ in range(2)]))


def test_a_function_that_meets_the_stub_of_another_is_told_which():
    def winner(x):
        raise NotImplementedError

    def epoch(samples):
        return [winner(x) for x in samples]

    message = reply(lambda: ask("epoch", epoch, IMAGE))
    assert message.startswith("epoch([[0, 1, 2], [3, 4, 5]]) calls winner, which is not written")


def test_a_library_that_lacks_something_is_no_stub():
    def add(a, b):
        return numbers.Complex.__add__(a, b)

    assert reply(lambda: ask("add", add, 1, 2)) == "add(1, 2) stops with NotImplementedError."


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("shapes do not match."), "ValueError: shapes do not match."),
        (BufferError(), "BufferError."),
        (ValueError("this came instead:\n[1 2]"), "ValueError: this came instead."),
        (KeyError("a"), "KeyError: 'a'."),
        (RuntimeError("first line\nsecond line"), "RuntimeError: first line."),
        (SystemExit(3), "SystemExit: 3."),
        (RecursionError("too deep"), "RecursionError: too deep."),
        (MemoryError(), "MemoryError."),
        (AssertionError("no"), "AssertionError: no."),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, BaseException) else "",
)
def test_an_error_is_told_with_the_call_and_without_a_traceback(error, told):
    def broken(image):
        raise error

    message = reply(lambda: ask("broken", broken, IMAGE))
    assert message == f"broken([[0, 1, 2], [3, 4, 5]]) stops with {told}"


@pytest.mark.parametrize(
    ("beginners", "advice"),
    [
        (lambda image: np.bincount(image), ".ravel()"),
        (lambda image: [entry for row in image for v in row for entry in v], ".ravel()"),
        (lambda image: image * 1000, ".astype(int)"),
        (lambda image: image.ravel() - np.ones(4), "np.newaxis"),
        (lambda image: set(image.tolist()), "tuple"),
        (lambda image: image.astype(int).__itruediv__(2), "a new array"),
        (lambda image: image.sum(axis=2), "axis=-1"),
        (lambda image: np.array([image, image[0]]), "differ in length"),
        (lambda image: np.stack([image, image[0]]), "differ in length"),
        (lambda image: np.zeros((2, 2)).__setitem__(0, image[0]), "differ in shape"),
        (lambda image: image.reshape(4, 4), "array.size"),
        (lambda image: learn(image.ravel(), 2), "reshape(-1, 1)"),
        (lambda image: KMeans(2).fit(image.ravel()), "reshape(-1, 1)"),
        (lambda image: 1 / sum([]), "anything to divide by"),
        (lambda image: unknown, "after a restart"),  # noqa: F821
    ],
)
def test_an_error_that_beginners_meet_comes_with_advice(beginners, advice):
    assert advice in reply(lambda: ask("f", beginners, IMAGE)).partition("stops with")[2]


def test_advice_about_axes_is_given_where_a_shape_is_unpacked_only(tmp_path):
    with Kernel(tmp_path) as kernel:
        kernel.run("from kquant_helpers.checks.ladder import ask\nimport numpy as np")
        kernel.run("def f(image):\n    height, width = image.shape")
        kernel.run("def g(image):\n    a, b = image")
        for name, told in (("f", True), ("g", False)):
            cell = kernel.run(f"ask('{name}', {name}, np.zeros((3, 3, 3)))")
            ((_, sentence),) = errors_of(cell)
            assert ("a gray image has two axes" in sentence) == told


def test_a_long_error_is_cut_short():
    def broken():
        raise ValueError("word " * 1000)

    assert len(reply(lambda: ask("broken", broken))) < 300


def test_an_interruption_is_not_caught():
    def endless():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask("endless", endless)


@pytest.mark.parametrize("missing", [lambda: 1, lambda a, b: 1, 5, None])
def test_what_cannot_be_called_so_is_told(missing):
    assert "TypeError" in reply(lambda: ask("f", missing, 1))


def test_a_function_that_returns_nothing_is_told_to_return():
    assert "returns nothing (None)" in reply(lambda: ask("f", lambda image: None, IMAGE))
    assert ask("f", lambda image: None, IMAGE, in_place=True).value is None


def test_an_input_changed_in_place_is_told():
    def darken(image):
        image[0, 0] += 1
        return image

    def extend(numbers):
        numbers.append(1)
        return numbers

    def nested(pair):
        pair[1][:] = 0
        return pair

    for function, argument in ((darken, IMAGE), (extend, [1, 2]), (nested, [1, np.ones(2)])):
        assert "changes its input in place" in reply(lambda: ask("g", function, argument))  # noqa: B023
    assert ask("darken", darken, IMAGE.copy(), in_place=True).value[0, 0] == 1
    assert IMAGE[0, 0] == 0


def test_a_change_is_told_before_a_missing_return():
    def sort(values):
        values.sort()

    assert "in place" in reply(lambda: ask("sort", sort, np.array([2, 1])))


@pytest.mark.parametrize("argument", [np.array([1, np.nan]), [np.nan], np.nan, "text", None, {}])
def test_an_input_left_alone_is_no_change(argument):
    assert ask("f", lambda given: 1, argument).value == 1


def test_each_call_gets_a_copy_that_may_be_written_to():
    def use(image):
        work = image.copy()
        work[:] = 0
        return work

    assert ask("use", use, IMAGE).value.sum() == 0
    assert ask("own", lambda image: image.flags.writeable, IMAGE).value is True


def test_warnings_and_stderr_are_kept_away_and_printing_is_not(capfd):
    def noisy(image):
        warnings.warn("careful", stacklevel=1)
        print("to stderr", file=sys.stderr)
        print("to stdout")
        np.seterr(all="raise")
        warnings.simplefilter("error")
        return np.float64(1) / np.zeros(1)

    state, filters = np.geterr(), list(warnings.filters)
    with pytest.raises(NotYet):
        ask("noisy", noisy, IMAGE)
    assert np.geterr() == state and warnings.filters == filters
    assert capfd.readouterr() == ("to stdout\n", "")


def test_quiet_ends_even_where_it_breaks():
    before = sys.stderr, np.geterr(), list(warnings.filters)
    with pytest.raises(ValueError), quiet():
        raise ValueError
    assert (sys.stderr, np.geterr(), list(warnings.filters)) == before


# Arrays


@pytest.mark.parametrize(
    "value",
    [
        IMAGE,
        IMAGE.tolist(),
        tuple(map(tuple, IMAGE)),
        list(IMAGE),
        IMAGE.astype(float),
        IMAGE.astype(np.int64),
        IMAGE.astype(np.float16),
        IMAGE[::-1][::-1],
        np.ma.array(IMAGE),
    ],
)
def test_an_array_may_come_as_anything_that_holds_the_same_numbers(value):
    climbed = answer(value).is_array((2, 3), whole=True).equals(IMAGE)
    assert climbed and climbed.value is value


@pytest.mark.parametrize(
    "value",
    ["abc", {1, 2}, [[1], [1, 2]], lambda: 1, (i for i in range(3)), {"a": 1}, 1j, [None], b"12"],
)
def test_what_is_no_array_of_numbers_is_told(value):
    assert "an array of numbers is expected" in reply(lambda: answer(value).is_array((2, 3)))
    assert "an array of numbers is expected" in reply(lambda: answer(value).equals([1, 2]))


def test_a_wrong_shape_is_told_with_both_the_meaning_and_the_hint():
    message = reply(
        lambda: answer(IMAGE.T).is_array(
            (2, 3), meaning="(height, width)", hints=[((3, 2), "height comes first")]
        )
    )
    assert message == (
        "f() has the shape (3, 2), but the shape (2, 3) is expected, (height, width): height "
        "comes first."
    )


def test_a_named_type_is_asked_for_and_how_to_get_it_is_told():
    assert answer(IMAGE).is_array((2, 3), np.uint8)
    message = reply(lambda: answer(IMAGE / 1).is_array((2, 3), np.uint8))
    assert "float64" in message and ".astype(np.uint8)" in message
    message = reply(lambda: answer(IMAGE.tolist()).is_array((2, 3), np.uint8))
    assert "np.array(result, dtype=np.uint8)" in message


@pytest.mark.parametrize("entry", [np.nan, np.inf, -np.inf])
def test_entries_that_are_not_finite_are_told(entry):
    assert "not a finite number" in reply(lambda: answer([1, entry]).is_array((2,)))


def test_entries_that_are_not_whole_are_told():
    assert "holds 2.5, but whole" in reply(lambda: answer([1, 2.5]).is_array((2,), whole=True))


# Numbers and other kinds


@pytest.mark.parametrize(
    "value",
    [
        7,
        7.0,
        np.int8(7),
        np.uint64(7),
        np.float32(7),
        np.array(7),
        np.array(7.0),
        fractions.Fraction(7),
    ],
)
def test_a_whole_number_may_come_as_any_kind_of_number(value):
    assert answer(value).is_number(whole=True).equals(7)


@pytest.mark.parametrize("value", [True, np.True_, "7", [7], np.array([7]), 7j, np.array(True)])
def test_what_is_no_number_is_told(value):
    assert "but a number is expected" in reply(lambda: answer(value).is_number())
    assert "but a whole number is" in reply(lambda: answer(value).is_number(whole=True))


@pytest.mark.parametrize("value", [np.inf, np.float32(-np.inf), 10**400, np.array(np.inf)])
def test_an_infinite_number_is_told_where_it_is_not_asked_for(value):
    assert "finite" in reply(lambda: answer(value).is_number())
    assert answer(value).is_number(infinite=True, whole=True)


def test_infinity_equals_infinity():
    assert answer(np.inf).is_number(infinite=True).equals(np.inf)
    assert "is 9, but inf" in reply(lambda: answer(9).is_number(infinite=True).equals(np.inf))


def test_nan_is_no_number():
    assert "f() is nan" in reply(lambda: answer(np.nan).is_number(infinite=True))


def test_a_fraction_is_no_whole_number():
    assert "f() is 2.5, but a whole" in reply(lambda: answer(2.5).is_number(whole=True))


def test_bytes_and_tuples_are_asked_for():
    assert answer(b"PNG").is_bytes() and answer(bytearray(2)).is_bytes()
    assert "getvalue()" in reply(lambda: answer("PNG").is_bytes())
    assert answer((1, 2)).is_tuple(2) and answer([1, 2]).is_tuple(2)
    message = reply(lambda: answer((1, 2, 3)).is_tuple(2, "weights and labels"))
    assert message == "f() is (1, 2, 3), but 2 results are expected, weights and labels."


def test_one_of_several_results_climbs_by_itself():
    assert answer((1, [2, 3])).part(1, "labels").equals([2, 3])
    message = reply(lambda: answer((1, [2, 3])).part(1, "labels").is_array((3,)))
    assert message.startswith("The labels of f() has the shape (2,)")


# Values


def test_a_wrong_number_is_told_with_the_right_one():
    assert reply(lambda: answer(6).equals(8)) == "f() is 6, but 8 is expected."


def test_the_hint_of_a_known_mistake_follows():
    hints = [(5, "not this"), (6, "add, do not multiply")]
    message = reply(lambda: answer(6).equals(8, hints=hints))
    assert message == "f() is 6, but 8 is expected: add, do not multiply."
    assert "multiply" not in reply(lambda: answer(7).equals(8, hints=hints))


def test_a_hint_of_another_shape_does_not_match():
    assert answer([1, 2]).equals([1, 2], hints=[(1, "no"), ([1], "no")])
    assert reply(lambda: answer([1, 1]).equals([1, 2], hints=[(1, "no"), ([1], "no")])).endswith(
        "[1, 2] is expected."
    )


def test_the_first_wrong_entry_of_a_large_array_is_told():
    expected = np.arange(20).reshape(4, 5)
    wrong = expected.copy()
    wrong[2, 1:3] = 99
    message = reply(lambda: answer(wrong).equals(expected))
    assert message == ("Entry [2, 1] of f() is 99, but 11 is expected (2 of 20 entries are off).")
    assert "Entry [3] of" in reply(lambda: answer([0, 0, 0, 1] + [0] * 9).equals([0] * 13))


def test_rounding_is_forgiven_and_more_is_not():
    assert answer(np.float32(1 / 3)).equals(1 / 3)
    assert "0.3334" in reply(lambda: answer(0.3334).equals(1 / 3))


@pytest.mark.parametrize(("given", "expected"), [(1_234_567, 1_234_568), (1.0000001, 1.0)])
def test_numbers_that_differ_look_different(given, expected):
    message = reply(lambda: answer(given).equals(expected, rtol=1e-12, atol=0))
    assert message == f"f() is {given:.10g}, but {expected:.10g} is expected."
    many = reply(lambda: answer([given] * 9).equals([expected] * 9, rtol=1e-12, atol=0))
    assert f"is {given:.10g}, but {expected:.10g} is" in many


def test_another_shape_is_told_before_values_are_compared():
    assert "has the shape (1,)" in reply(lambda: answer([1]).equals(1))


def test_a_condition_is_told_in_the_exercises_own_words():
    assert answer(9).is_true(True, "is wrong.")
    assert reply(lambda: answer(9).is_true(False, "is 9, but at most 5 is.")).startswith("f() is 9")


def test_near_compares_shapes_and_values():
    assert near([1, 2], [1.0000001, 2]) and near(np.inf, np.inf)
    assert not near([1, 2], [1, 2.1]) and not near([1], 1)


# Errors that are asked for


def fail(error):
    def function(*arguments):
        raise error

    return function


def test_an_error_that_is_asked_for_is_right():
    assert refuses("f", fail(ValueError("no")), IMAGE)
    assert refuses("f", fail(UnicodeError("a kind of ValueError")))


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (lambda: 1, "f() should raise ValueError, but it returns 1, since 3 is odd."),
        (
            fail(TypeError("x.")),
            "f() should raise ValueError, but it stops with TypeError: x, since 3 is odd.",
        ),
        (
            fail(SystemExit(1)),
            "f() should raise ValueError, but it stops with SystemExit: 1, since 3 is odd.",
        ),
        (f, "f is not written yet: replace"),
    ],
)
def test_a_missing_or_other_error_is_told(function, told):
    assert reply(lambda: refuses("f", function, because=", since 3 is odd")).startswith(told)


# What a lesson's own cells use


def test_a_function_is_tried_out_or_told_about(capsys):
    assert try_out(max, [1, 3, 2]) == 3
    assert try_out(functools.partial(max, 5), 3) == 5
    assert capsys.readouterr().out == ""
    for function in (f, fail(ValueError("no")), lambda x: None, 7):
        assert try_out(function, 1) is None
        printed = capsys.readouterr().out
        assert printed.startswith("Not yet: ") and printed.count("\n") == 1


def test_a_solved_exercise_says_so_and_is_true(capsys):
    assert correct("f", "Well done.") is True
    assert capsys.readouterr().out == "✓ f is correct. Well done.\n"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "7"),
        (7.0, "7"),
        (0.1 + 0.2, "0.3"),
        (96_615, "96615"),
        (np.int64(1_728_000), "1728000"),
        (1_728_000.0, "1728000"),
        (1e-9, "1e-09"),
        (np.nan, "nan"),
        (True, "True"),
        (np.False_, "False"),
        ("a", "'a'"),
        (b"abc", "3 bytes"),
        ([], "[]"),
        ((1,), "(1,)"),
        ((np.int64(1), np.float64(2.5)), "(1, 2.5)"),
        ([np.array([1, 2]), None], "[[1, 2], None]"),
        (list(range(50)), "a list of 50 entries"),
        (tuple(np.arange(15) / 7), "a tuple of 15 entries"),
        (np.array([[1, 2.5]]), "[[1, 2.5]]"),
        (np.array([True]), "[True]"),
        (np.array(3), "3"),
        (np.zeros((0, 2)), "an array of shape (0, 2)"),
        (np.zeros((60, 96)), "an array of shape (60, 96)"),
        (np.array(["a"]), "an array of type <U1"),
        ("x" * 80, "of type str"),
        (len, "the function len"),
        (f, "the function f"),
    ],
)
def test_a_value_is_described_in_a_few_words(value, words):
    assert describe(value) == words


def test_the_call_is_told_as_a_student_would_write_it_or_as_the_check_says():
    assert ask("f", lambda a, b: 1, IMAGE, 2).call == "f([[0, 1, 2], [3, 4, 5]], 2)"
    assert ask("f", lambda a: 1, np.zeros((60, 96))).call == "f(an array of shape (60, 96))"
    assert ask("f", lambda a: 1, IMAGE, shown="f(photo)").call == "f(photo)"
    assert answer(1) == Answer("f", "f()", 1)


# In a real kernel, where students read it

HIDDEN = """
from kquant_helpers.checks.ladder import ask
secret = 41
ask("broken", lambda image: broken(image)[secret], 1).equals(secret)
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    with Kernel(tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.run("def broken(image):\n    values = [1, 2]\n    return values[image + 7]")
        kernel.run("def stub(image):\n    raise NotImplementedError")
        kernel.run("def silent(image):\n    return [1, 2]")
        yield kernel


def shown(cell):
    """Return all that a student can read below a cell."""
    return "".join(
        "\n".join(output.get("traceback", ())) + output.get("text", "") for output in cell.outputs
    )


def test_a_reply_stands_alone_in_a_notebook(kernel):
    cell = kernel.run("from kquant_helpers.checks.ladder import ask\nask('stub', stub, 1)")
    [(name, sentence)] = errors_of(cell)
    assert name == "NotYet"
    assert " ".join(shown(cell).split()) == f"Not yet: {sentence}"
    assert stderr_of(cell) == ""


def test_a_students_own_line_is_told_in_a_notebook(kernel):
    cell = kernel.run("from kquant_helpers.checks.ladder import ask\nask('broken', broken, 1)")
    assert "in the line 'return values[image + 7]'" in " ".join(shown(cell).split())
    assert "Traceback" not in shown(cell)


@pytest.mark.parametrize("function", ["broken", "stub", "silent"])
def test_nothing_of_a_hidden_test_is_shown(kernel, function):
    cell = kernel.run(HIDDEN.replace("broken", function))
    assert shown(cell).startswith("Not yet: ")
    for secret in ("Traceback", "secret", "lambda", "41", "ipykernel", "kquant_helpers/"):
        assert secret not in shown(cell)


def test_a_wrong_answer_inside_a_check_shows_no_source(kernel):
    cell = kernel.run(
        "from kquant_helpers.checks.start_here import check_gray_ramp\n"
        "assert check_gray_ramp(lambda height, width: [[0] * width] * height)"
    )
    assert shown(cell).startswith("Not yet: ") and "Traceback" not in shown(cell)
    assert "check_gray_ramp" not in shown(cell)
