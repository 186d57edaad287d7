"""The test cells accept every right answer and reject every wrong one, told why in a sentence."""

import re

import pytest
from answer_bank import FOLDER, bank_answers
from lessons import (
    LESSONS,
    Kernel,
    errors_of,
    exercise_of,
    exercises,
    is_exercise,
    is_test,
    read_notebook,
    score,
    source_path,
    stderr_of,
)

EXERCISES = [(lesson, exercise) for lesson in LESSONS for exercise in exercises(lesson)]

# A student's cell must not lean on what an earlier answer left behind.
_SAVE = "_before = dict(globals())"
_RESTORE = """for _name in set(globals()) - set(_before) - {"_before", "_name"}:
    del globals()[_name]
globals().update(_before)"""


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """Return a function that gives a lesson's kernel, in which its solution has been run."""
    kernels = {}

    def open_lesson(lesson):
        if lesson not in kernels:
            for name in list(kernels):
                kernels.pop(name).__exit__(None, None, None)
            kernels[lesson] = Kernel(tmp_path_factory.mktemp(lesson)).__enter__()
            for cell in read_notebook(source_path(lesson)).cells:
                if cell.cell_type == "code" and not is_test(cell):
                    kernels[lesson].run(cell)
            kernels[lesson].run(_SAVE)
        return kernels[lesson]

    yield open_lesson
    for kernel in kernels.values():
        kernel.__exit__(None, None, None)


def grade(kernel, lesson, exercise, code):
    """Put an answer into the solution cell and return the test cells, run."""
    kernel.run(_RESTORE)
    cells = read_notebook(source_path(lesson)).cells
    answered = kernel.run(code)
    assert not errors_of(answered), errors_of(answered)
    tests = [cell for cell in cells if is_test(cell) and exercise_of(cell) == exercise]
    return [kernel.run(cell) for cell in tests]


def failures_of(kernel, lesson, exercise, *kinds):
    """Return the answers of some kinds that are not judged as they should be, and why."""
    answers = [each for each in bank_answers(lesson, exercise) if each.kind in kinds]
    judged = {each.name: complaint(kernel, lesson, exercise, each) for each in answers}
    return {name: why for name, why in judged.items() if why}


def complaint(kernel, lesson, exercise, answer):
    """Return what is wrong with how an answer is judged, or nothing."""
    tests = grade(kernel, lesson, exercise, answer.code)
    replies = [error for cell in tests for error in errors_of(cell)]
    noise = [stderr_of(cell) for cell in tests if stderr_of(cell)]
    odd = [error for error in replies if not is_reply(*error)]
    if noise or odd:
        return noise + odd
    full = {is_hidden(cell): score(cell)[0] == score(cell)[1] for cell in tests}
    if answer.kind == "wheat":
        return [] if all(full.values()) else replies
    caught_by = "visible" if answer.kind == "slip" else answer.caught_by
    missed = all(full.values()) if caught_by is None else full[caught_by == "hidden"]
    if missed:
        return [f"not noticed by {caught_by or 'any'} test", *replies]
    if answer.says and not re.search(answer.says, replies[0][1]):
        return [f"the message does not say {answer.says!r}", *replies]
    return []


def is_hidden(cell):
    return cell.metadata.nbgrader.grade_id.endswith("_hidden")


def is_reply(name, sentence):
    """Say whether an error is what a student should see: one sentence, no traceback."""
    return name == "NotYet" and sentence.endswith(".") and "\n" not in sentence


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_right_answers_get_full_marks(classroom, lesson, exercise):
    assert failures_of(classroom(lesson), lesson, exercise, "wheat") == {}


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_wrong_answers_lose_marks_and_are_told_why_in_a_sentence(classroom, lesson, exercise):
    assert failures_of(classroom(lesson), lesson, exercise, "chaff", "slip") == {}


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_each_rule_in_bold_has_an_answer_that_breaks_only_it(lesson, exercise):
    slips = [each for each in bank_answers(lesson, exercise) if each.kind == "slip"]
    broken = []
    for slip in slips:
        rule, _, how = slip.name.partition(" | ")
        assert how, f"{slip.name} does not say how the rule is broken"
        broken.append(squeezed(rule))
    bold = bold_words(lesson, exercise)
    for rule in broken:
        assert any(rule in squeezed(words) for words in bold), f"no such words in bold: {rule}"
    # A whole sentence in bold is a rule; single words in bold are terms.
    for words in bold:
        if words.endswith("."):
            assert any(rule in squeezed(words) for rule in broken), f"no slip breaks: {words}"


def bold_words(lesson, exercise):
    """Return what the prose of an exercise sets in bold, from its heading to its stub."""
    prose = []
    for cell in read_notebook(source_path(lesson)).cells:
        if cell.cell_type == "markdown":
            prose.append(cell.source)
        elif is_exercise(cell):
            if cell.metadata.nbgrader.grade_id == exercise:
                text = "\n".join(prose)
                return re.findall(r"\*\*(.+?)\*\*", text[text.rfind("### ") :], re.DOTALL)
            prose = []
    raise AssertionError(f"{lesson} has no exercise {exercise}")


def squeezed(text):
    return re.sub(r"[\s`*.]+", " ", text).strip().lower()


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_an_exercise_has_five_right_answers_and_eight_wrong_ones(lesson, exercise):
    answers = bank_answers(lesson, exercise)
    kinds = [answer.kind for answer in answers]
    assert kinds.count("wheat") >= 5
    assert kinds.count("chaff") >= 8
    assert len({answer.name for answer in answers}) == len(answers)
    assert len({answer.code for answer in answers}) == len(answers)


def test_the_bank_has_answers_to_existing_exercises_only():
    files = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.py")}
    assert files == set(EXERCISES)


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_unwritten_exercise_is_told_so(classroom, lesson):
    cells = [cell for cell in read_notebook(source_path(lesson)).cells if is_exercise(cell)]
    for cell in cells:
        exercise = cell.metadata.nbgrader.grade_id
        stub = f"def {exercise}(*arguments):\n    raise NotImplementedError"
        for test in grade(classroom(lesson), lesson, exercise, stub):
            ((name, sentence),) = errors_of(test)
            assert (name, score(test)[0]) == ("NotYet", 0)
            assert "not written yet" in sentence
