"""The test cells accept every right answer and reject every wrong one, told why in a sentence."""

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


def failures_of(kernel, lesson, exercise, kind):
    """Return the answers of a kind whose marks are not what they should be, and why."""
    wrong = {}
    for answer in bank_answers(lesson, exercise):
        if answer.kind != kind:
            continue
        tests = grade(kernel, lesson, exercise, answer.code)
        scores = [score(cell) for cell in tests]
        replies = [error for cell in tests for error in errors_of(cell)]
        full = all(points == most for points, most in scores)
        if full != (kind == "wheat"):
            wrong[answer.name] = replies or scores
        elif any(stderr_of(cell) for cell in tests):
            wrong[answer.name] = [stderr_of(cell) for cell in tests]
        elif not all(is_reply(*error) for error in replies):
            wrong[answer.name] = replies
    return wrong


def is_reply(name, sentence):
    """Say whether an error is what a student should see: one sentence, no traceback."""
    return name == "NotYet" and sentence.endswith(".") and "\n" not in sentence


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_right_answers_get_full_marks(classroom, lesson, exercise):
    assert failures_of(classroom(lesson), lesson, exercise, "wheat") == {}


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_wrong_answers_lose_marks_and_are_told_why_in_a_sentence(classroom, lesson, exercise):
    assert failures_of(classroom(lesson), lesson, exercise, "chaff") == {}


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
