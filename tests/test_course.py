"""course/ is what nbgrader makes of solutions/, to the byte, and gives nothing away."""

import ast
import shutil

import pytest
from lessons import (
    COURSE,
    LESSONS,
    ROOT,
    SOLUTIONS,
    Course,
    grading,
    is_exercise,
    is_written,
    read_notebook,
    released_path,
    source_path,
)

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory):
    """Return a folder that holds what nbgrader makes of solutions/ today."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(SOLUTIONS, folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    Course(folder).nbgrader("generate_assignment", "--assignment=*")
    return folder / "course"


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@lesson_by_lesson
def test_a_released_notebook_is_byte_for_byte_what_nbgrader_makes(regenerated, lesson):
    committed = released_path(lesson).read_bytes()
    assert committed == (regenerated / lesson / f"{lesson}.ipynb").read_bytes()


def test_course_holds_the_released_notebooks_only(regenerated):
    committed = {name for name in files_below(COURSE) if ".ipynb_checkpoints" not in name}
    assert committed == files_below(regenerated)
    assert committed == {f"{lesson}/{lesson}.ipynb" for lesson in LESSONS}


@lesson_by_lesson
def test_no_line_of_a_solution_or_hidden_test_leaks_into_the_course(lesson):
    released = "\n".join(cell.source for cell in read_notebook(released_path(lesson)).cells)
    assert "BEGIN SOLUTION" not in released
    assert "HIDDEN TESTS" not in released
    assert "Rubric" not in released
    for secret in secret_lines(lesson):
        assert secret not in released


def secret_lines(lesson):
    """Return the lines of a source notebook that students must not see, but for short ones."""
    for cell in read_notebook(source_path(lesson)).cells:
        for kind in ("SOLUTION", "HIDDEN TESTS"):
            _, begin, rest = cell.source.partition(f"### BEGIN {kind}")
            hidden = rest.partition(f"### END {kind}")[0] if begin else ""
            yield from (
                line.strip()
                for line in hidden.splitlines()
                if len(line.strip()) > 24
                and not line.strip().startswith(("import ", "from "))
                and not line.strip().endswith(".check(")  # so begins a visible test as well
            )


@lesson_by_lesson
def test_a_released_stub_keeps_the_signature_and_the_docstring(lesson):
    stubs = {
        grading(cell)["grade_id"]: cell.source
        for cell in read_notebook(released_path(lesson)).cells
        if is_exercise(cell)
    }
    for cell in read_notebook(source_path(lesson)).cells:
        if is_exercise(cell):
            (solution,) = ast.parse(cell.source).body
            (stub,) = ast.parse(stubs[solution.name]).body
            assert ast.unparse(stub.args) == ast.unparse(solution.args)
            assert ast.get_docstring(stub) == ast.get_docstring(solution)
            assert "raise NotImplementedError" in ast.unparse(stub)


@lesson_by_lesson
def test_a_written_question_is_released_without_its_answer(lesson):
    written = [cell for cell in read_notebook(released_path(lesson)).cells if is_written(cell)]
    assert [cell.source.startswith("*Your answer") for cell in written] == [True]
