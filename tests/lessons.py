"""What the tests know about lessons: where they are, their cells, how they are run and scored."""

import functools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"
COURSE = ROOT / "course"
LESSONS = sorted(folder.name for folder in SOLUTIONS.iterdir() if folder.is_dir())

# Students see American English; everything a kernel prints must not depend on the machine.
ENVIRONMENT = os.environ | {"PYTHONWARNINGS": "default", "JUPYTER_PLATFORM_DIRS": "1"}


def source_path(lesson):
    """Return the path of a lesson's source notebook."""
    return SOLUTIONS / lesson / f"{lesson}.ipynb"


def released_path(lesson):
    """Return the path of a lesson's released notebook."""
    return COURSE / lesson / f"{lesson}.ipynb"


def read_notebook(path):
    """Return a notebook in the current format."""
    return nbformat.read(path, as_version=4)


def grading(cell):
    """Return a cell's nbgrader metadata, or an empty dict."""
    return cell.metadata.get("nbgrader", {})


def is_test(cell):
    """Say whether a cell gives points by itself."""
    return cell.cell_type == "code" and bool(grading(cell).get("grade"))


def is_exercise(cell):
    """Say whether a cell holds a function for the student to write."""
    return cell.cell_type == "code" and bool(grading(cell).get("solution"))


def is_written(cell):
    """Say whether a cell holds a written answer, graded by hand."""
    return cell.cell_type == "markdown" and bool(grading(cell).get("grade"))


@functools.cache
def exercises(lesson):
    """Return the names of a lesson's exercises, in order."""
    cells = read_notebook(source_path(lesson)).cells
    return tuple(grading(cell)["grade_id"] for cell in cells if is_exercise(cell))


@functools.cache
def points(lesson):
    """Return the points of each exercise's tests, by exercise."""
    totals = dict.fromkeys(exercises(lesson), 0)
    for cell in read_notebook(source_path(lesson)).cells:
        if is_test(cell):
            totals[exercise_of(cell)] += grading(cell)["points"]
    return totals


def exercise_of(cell):
    """Return the name of the exercise that a test cell tests."""
    return grading(cell)["grade_id"].removeprefix("test_").removesuffix("_hidden")


def score(cell):
    """Return the points and the largest points of a test cell that was run, by nbgrader's rule."""
    return determine_grade(cell)


def stderr_of(cell):
    """Return what a cell that was run wrote to stderr."""
    outputs = [output for output in cell.get("outputs", ()) if output.get("name") == "stderr"]
    return "".join(output["text"] for output in outputs)


def errors_of(cell):
    """Return the errors that a cell which was run stopped with, as (name, sentence)."""
    return [
        (output["ename"], output["evalue"])
        for output in cell.get("outputs", ())
        if output["output_type"] == "error"
    ]


class Kernel:
    """A real kernel that runs cells one by one, as a student or nbgrader would."""

    def __init__(self, folder):
        """Start in a folder with the files that belong to the notebook."""
        self.client = NotebookClient(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()]),
            timeout=120,
            allow_errors=True,
            resources={"metadata": {"path": str(folder)}},
        )

    def __enter__(self):
        self._setup = self.client.setup_kernel(env=ENVIRONMENT)
        self._setup.__enter__()
        return self

    def __exit__(self, *error):
        return self._setup.__exit__(*error)

    def run(self, cell):
        """Run one cell and return it with its outputs."""
        if isinstance(cell, str):
            cell = nbformat.v4.new_code_cell(cell)
        return self.client.execute_cell(cell, 0)


@dataclass(frozen=True)
class Course:
    """A scratch copy of the course that nbgrader may write to."""

    folder: Path

    def nbgrader(self, *arguments):
        """Run a real nbgrader command and return what it printed; fail the test if it fails."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, timeout=1200, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


def scratch_course(folder, lesson):
    """Return a course in an empty folder, with one lesson released and in the gradebook."""
    shutil.copytree(SOLUTIONS / lesson, folder / "solutions" / lesson)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = Course(folder)
    course.nbgrader("generate_assignment", lesson)
    return course


def run_notebook(notebook, folder):
    """Run a notebook's code cells in a real kernel, past errors, and return them."""
    with Kernel(folder) as kernel:
        return [kernel.run(cell) for cell in notebook.cells if cell.cell_type == "code"]
