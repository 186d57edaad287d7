"""A scratch course with students who hand things in, and the real command that grades them."""

import contextlib
import copy
import csv
import functools
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import psutil
from lessons import ROOT, grading, read_notebook, released_path, scratch_course, source_path
from nbgrader.api import Gradebook

# Numbers are those of the package in this clone, wherever the command runs.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "KQUANT_TEST_SECRET": "MARK-secret"}

WRITTEN = "Bits that are cut off take the small differences with them, so slopes turn into bands."


@dataclass(frozen=True)
class Classroom:
    """A course in a folder of its own, with one lesson released."""

    folder: Path
    lesson: str

    @classmethod
    def of(cls, folder, lesson):
        """Release a lesson into an empty folder."""
        return cls(scratch_course(folder, lesson).folder, lesson)

    def place(self, student):
        """Return the path of what a student hands in."""
        folder = self.folder / "submitted" / student / self.lesson
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self.lesson}.ipynb"

    def hand_in(self, student, notebook):
        """Hand in a notebook, or the bytes of what should be one."""
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        self.place(student).write_bytes(data)

    def start(self, *arguments, **options):
        """Start the command and return its process."""
        return subprocess.Popen(
            [sys.executable, "-m", "kquant_helpers.grading", *map(str, arguments)],
            cwd=self.folder,
            env=ENVIRONMENT | options.pop("env", {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def kquant(self, *arguments, **options):
        """Run the command and return the finished process."""
        with self.start(*arguments, **options) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def grade(self, *arguments, **options):
        """Grade the lesson; return the rows of the report by student, and the process."""
        (self.folder / "report.csv").unlink(missing_ok=True)
        done = self.kquant("grade", self.lesson, "--report", "report.csv", *arguments, **options)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return self.report(), done

    def report(self):
        """Return the rows of the last report by student."""
        with open(self.folder / "report.csv", newline="", encoding="utf-8") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def gradebook(self):
        """Open the gradebook."""
        return Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}", "kquant")

    def points(self, student):
        """Return a student's points for each graded cell, by nbgrader's own rule."""
        with self.gradebook() as book:
            notebook = book.find_submission_notebook(self.lesson, self.lesson, student)
            return {grade.name: grade.score for grade in notebook.grades}


class Descendants:
    """Watches which processes come from one, to see later whether they are gone."""

    def __init__(self, process):
        self._root, self._seen, self._over = psutil.Process(process.pid), set(), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self._thread.join()

    def _watch(self):
        while not self._over.wait(0.1):
            self.look()

    def look(self):
        """Note the processes that there are now, and return all that were seen."""
        with contextlib.suppress(psutil.Error):
            self._seen |= set(self._root.children(recursive=True))
        return self._seen

    def alive(self, seconds=20):
        """Return which of them still run after so many seconds at most."""
        _, alive = psutil.wait_procs(self._seen, timeout=seconds)
        return [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


@functools.cache
def solutions(lesson):
    """Return the source of every solution of a lesson, by grade_id."""
    cells = read_notebook(source_path(lesson)).cells
    return {grading(c)["grade_id"]: c.source for c in cells if grading(c).get("solution")}


def untouched(lesson):
    """Return a released notebook as plain JSON."""
    return json.loads(released_path(lesson).read_text("utf-8"))


def solved(lesson, answers=None):
    """Return a released notebook, solved and answered, as plain JSON.

    Parameters
    ----------
    lesson : str
    answers : dict, optional
        Sources to put in place of the solutions, by grade_id.
    """
    notebook = untouched(lesson)
    sources = solutions(lesson) | (answers or {})
    for cell in notebook["cells"]:
        name = mark(cell).get("grade_id")
        if mark(cell).get("solution"):
            is_code = cell["cell_type"] == "code"
            cell["source"] = sources[name] if is_code or name in (answers or {}) else WRITTEN
    return notebook


def mark(cell):
    """Return what nbgrader notes in a cell, or an empty dict."""
    return cell["metadata"].get("nbgrader", {})


def cell_of(notebook, name):
    """Return the cell with a grade_id."""
    return next(cell for cell in notebook["cells"] if mark(cell).get("grade_id") == name)


def code_cell(source):
    """Return a new code cell."""
    cell = {"cell_type": "code", "execution_count": None, "outputs": [], "metadata": {}}
    return cell | {"id": f"new-{abs(hash(source)) % 10**9}", "source": source}


def markdown_cell(source):
    """Return a new cell of text."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": source}
    return cell | {"id": f"new-{abs(hash(source)) % 10**9}"}


def with_cell(notebook, source, at=0):
    """Return a copy of a notebook with a code cell more."""
    changed = copy.deepcopy(notebook)
    changed["cells"].insert(at, code_cell(source))
    return changed
