"""The real nbgrader releases, grades and validates every lesson, point by point."""

import copy
import shutil

import nbformat
import pytest
from lessons import (
    LESSONS,
    ROOT,
    Course,
    exercises,
    grading,
    is_exercise,
    is_test,
    is_written,
    points,
    read_notebook,
    released_path,
    run_notebook,
    scratch_course,
    source_path,
)
from nbgrader.api import Gradebook

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)


def solutions_of(lesson):
    """Return the source of each exercise's solution, by exercise."""
    cells = read_notebook(source_path(lesson)).cells
    return {grading(cell)["grade_id"]: cell.source for cell in cells if is_exercise(cell)}


def submission(lesson, answered):
    """Return the released notebook with the solutions of the exercises in `answered`."""
    notebook = copy.deepcopy(read_notebook(released_path(lesson)))
    for cell in notebook.cells:
        if is_exercise(cell) and grading(cell)["grade_id"] in answered:
            cell.source = solutions_of(lesson)[grading(cell)["grade_id"]]
        if is_written(cell) and answered:
            cell.source = "The steps show where neighboring pixels hardly differ."
    return notebook


def submissions(lesson):
    """Return a class of students by what each of them answered."""
    every = set(exercises(lesson))
    one_blank = {f"without {name}": every - {name} for name in every}
    return {"all right": every, "untouched": set()} | one_blank


def grade_class(course: Course, lesson, answers):
    """Return each student's points for each exercise, as the gradebook holds them."""
    for student, answered in answers.items():
        folder = course.folder / "submitted" / student.replace(" ", "-") / lesson
        folder.mkdir(parents=True)
        notebook = submission(lesson, answered)
        if student.startswith("without"):
            drop_what_is_only_looked_at(notebook)
        nbformat.write(notebook, folder / f"{lesson}.ipynb")
    course.nbgrader("autograde", lesson)
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        return {
            student: auto_scores(gradebook, lesson, student.replace(" ", "-"))
            for student in answers
        }


def drop_what_is_only_looked_at(notebook):
    """Leave out explorers and experiments, which take the time and no part in the points."""
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type != "code" or grading(cell) or "import " in cell.source
    ]


def auto_scores(gradebook, lesson, student):
    """Return one student's points for each exercise."""
    notebook = gradebook.find_submission_notebook(lesson, lesson, student)
    totals = dict.fromkeys(exercises(lesson), 0)
    for grade in notebook.grades:
        if grade.cell_type == "code":
            name = grade.name.removeprefix("test_").removesuffix("_hidden")
            totals[name] += grade.auto_score
    return totals


@lesson_by_lesson
def test_a_blank_exercise_costs_its_own_points_and_no_others(lesson, tmp_path):
    answers = submissions(lesson)
    scores = grade_class(scratch_course(tmp_path, lesson), lesson, answers)
    for student, answered in answers.items():
        expected = {name: most if name in answered else 0 for name, most in points(lesson).items()}
        assert scores[student] == expected, student


@lesson_by_lesson
def test_a_solution_validates_and_a_release_does_not(lesson, tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    course = Course(tmp_path)
    nbformat.write(submission(lesson, set(exercises(lesson))), tmp_path / "solved.ipynb")
    nbformat.write(submission(lesson, set()), tmp_path / "released.ipynb")
    assert "Success! Your notebook passes all the tests." in course.nbgrader(
        "validate", "solved.ipynb"
    )
    told = course.nbgrader("validate", "released.ipynb")
    assert f"FAILED ON {len(exercises(lesson)) + 1} CELL(S)" in told  # and the written answer
    assert told.count("is not written yet") == len(exercises(lesson))
    assert "Traceback" not in told


@lesson_by_lesson
def test_a_solution_runs_from_top_to_bottom_without_a_warning(lesson, tmp_path):
    for cell in run_notebook(read_notebook(source_path(lesson)), tmp_path):
        assert problems(cell) == "", cell.source


@lesson_by_lesson
def test_a_released_notebook_runs_but_for_its_tests(lesson, tmp_path):
    for cell in run_notebook(read_notebook(released_path(lesson)), tmp_path):
        if not is_test(cell):
            assert problems(cell) == "", cell.source


def problems(cell):
    """Return what a cell that was run wrote to stderr or stopped with."""
    return "".join(
        output.get("text", "") if output["output_type"] == "stream" else output["evalue"]
        for output in cell.outputs
        if output["output_type"] == "error" or output.get("name") == "stderr"
    )
