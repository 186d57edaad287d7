"""What a lesson claims, a cell shows: numbers in prose are printed by the lesson, or measured here.

A number in prose that no cell prints is followed by a mark, an HTML comment that readers do not
see: ``77.4<!-- = kq.squared_error(photo, best.image) -->``. The expression is evaluated in the
solved lesson, right where the cell stands, and must agree to the digits that are given. A cell
whose numbers can be checked by hand says so: ``<!-- by hand -->``.
"""

import functools
import re

import pytest
from lessons import LESSONS, Kernel, errors_of, read_notebook, source_path, stderr_of

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)

NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?"
MARK = re.compile(rf"({NUMBER})[\s*_%×]*<!-- = (.+?) -->", re.DOTALL)
ANY_MARK = re.compile(r"<!-- = .+? -->", re.DOTALL)
BY_HAND = "<!-- by hand -->"
# Formulas, code, addresses and sources are no claims about a photo.
NO_CLAIM = re.compile(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)|https?://\S+|<!--.*?-->|<[^>]+>", re.DOTALL)


@functools.cache
def solved(lesson, folder):
    """Run a solved lesson; return its code cells and, by mark, what its expression gives."""
    measured, ran = [], []
    with Kernel(folder) as kernel:
        for cell in read_notebook(source_path(lesson)).cells:
            if cell.cell_type == "code":
                ran.append(kernel.run(cell))
            for number, expression in MARK.findall(cell.source if is_prose(cell) else ""):
                shown = kernel.run(f"print(float({expression}))")
                assert errors_of(shown) == [], expression
                measured.append((number, expression, float(shown.outputs[0]["text"])))
    return ran, measured


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lessons")


def is_prose(cell):
    return cell.cell_type == "markdown"


def digits(text):
    """Return a number as it is written, without what only helps the eye."""
    return text.replace(",", "").replace("−", "-")


def agrees(written, value):
    """Say whether a value, rounded to the digits that are written, is what is written."""
    written = digits(written)
    mantissa = written.partition("e")[0]
    scale = 10.0 ** int(written.partition("e")[2] or 0)
    places = len(mantissa.partition(".")[2])
    return abs(float(written) - value) <= (0.5 + 1e-6) * 10.0**-places * scale


@pytest.mark.parametrize(
    ("written", "value", "right"),
    [
        ("77.4", 77.449, True),
        ("77.4", 77.46, False),
        ("96,615", 96615.0, True),
        ("96,615", 96616.0, False),
        ("2.11e5", 210600, True),
        ("−3", -3.2, True),
    ],
)
def test_a_number_agrees_to_the_digits_that_are_given(written, value, right):
    assert agrees(written, value) == right


@lesson_by_lesson
def test_a_solved_lesson_runs_without_an_error_or_a_word_on_stderr(lesson, folder):
    for cell in solved(lesson, folder)[0]:
        assert errors_of(cell) == [], cell.source
        assert stderr_of(cell) == "", cell.source


@lesson_by_lesson
def test_marked_numbers_are_what_their_expressions_give(lesson, folder):
    wrong = [each for each in solved(lesson, folder)[1] if not agrees(each[0], each[2])]
    assert wrong == []


@lesson_by_lesson
def test_every_mark_follows_a_number(lesson):
    for cell in read_notebook(source_path(lesson)).cells:
        if is_prose(cell):
            assert len(MARK.findall(cell.source)) == len(ANY_MARK.findall(cell.source)), cell.source


@lesson_by_lesson
def test_a_number_in_prose_is_printed_by_a_cell_or_marked(lesson, folder):
    printed = " ".join(text_of(cell) for cell in solved(lesson, folder)[0])
    shown = [float(digits(number)) for number in re.findall(NUMBER, printed)]
    unshown = {
        number
        for claim in claims(lesson)
        for number in re.findall(NUMBER, claim)
        if significant(number) and not any(agrees(number, value) for value in shown)
    }
    assert unshown == set()


def text_of(cell):
    """Return what an executed cell shows in text: printed, as a result, or in a readout."""
    parts = [cell.source]
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        parts.append(str(output.get("data", {}).get("text/plain", "")))
        parts.append(str(output.get("data", {}).get("text/html", "")))
    return " ".join(parts)


def claims(lesson):
    """Return the prose of a lesson that may claim something, without what is marked."""
    for cell in read_notebook(source_path(lesson)).cells:
        if is_prose(cell) and BY_HAND not in cell.source:
            text = MARK.sub(" ", cell.source).split("**Where this comes from.**")[0]
            yield NO_CLAIM.sub(" ", text)


def significant(number):
    """Say whether a number has three digits or more that mean something."""
    plain = digits(number).lstrip("-").partition("e")[0]
    count = len(plain.replace(".", "").strip("0")) if "." in plain else len(plain.rstrip("0"))
    year = re.fullmatch(r"(1[89]|20)\d\d", plain)
    return count >= 3 and not year and plain not in {"255", "256", "127", "128"}
