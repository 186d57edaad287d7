"""The pages that students get back: scores, visible tests, messages, comments; no hidden test.

The page is nbgrader's own, made from ``autograded/`` and the gradebook. Before that, each graded
cell is put as the student was given it, and what a hidden test printed or raised becomes one
sentence that gives no input away.
"""

import contextlib
import copy
import warnings

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import GetGrades

from kquant_helpers.grading.book import Book, remove, write_whole
from kquant_helpers.grading.grade import CannotRun, chosen_folders, release_of
from kquant_helpers.grading.jobs import EXCHANGE_FILES
from kquant_helpers.grading.release import clean_text

_PASSED = "More inputs were tried here, and all is well.\n"
_NOT_PASSED = (
    "Not yet: more inputs were tried here, and not all is well. Read the exercise's rules in bold "
    "again, and try your function on other inputs: small and large ones, equal values, one entry."
)


def make_pages(lesson, students=()):
    """Write the feedback of a lesson to ``feedback/``.

    Parameters
    ----------
    lesson : str
    students : sequence of str
        For whom; for everyone in ``submitted/`` by default.

    Returns
    -------
    made, missing : list of str
        Who has a page now, and who has none since nothing of theirs is graded.
    """
    book = Book(lesson)
    release = release_of(book, lesson)
    made, missing = [], []
    exporter = _exporter(book)
    for folder in chosen_folders(book.submitted(), students):
        student = folder.name
        path = book.folder("autograded", student) / f"{lesson}.ipynb"
        with book.open() as gradebook:
            scores = book.scores(gradebook, student)
        if not path.is_file() or scores is None:
            # A page of an older submission would tell another score.
            remove(book.folder("feedback", student))
            missing.append(student)
            continue
        notebook = without_hidden(nbformat.read(path, as_version=4), release)
        page = _page(book, exporter, notebook, student)
        place = book.folder("feedback", student)
        write_whole(place / f"{lesson}.html", page)
        # The exchange asks which of a student's hand-ins a page is for.
        for name in EXCHANGE_FILES:
            with contextlib.suppress(FileNotFoundError):
                write_whole(place / name, path.with_name(name).read_text("utf-8"))
        made.append(student)
    if not made and not missing:
        raise CannotRun(f"Nothing of {lesson} is graded: run kquant grade {lesson} first.")
    return made, missing


def _exporter(book):
    """Return nbgrader's exporter of feedback, which runs nothing that stands in a notebook."""
    converter = GenerateFeedback(coursedir=book.course, parent=book.app)
    exporter = HTMLExporter(parent=converter, config=converter.config)
    exporter.register_preprocessor(CSSHTMLHeaderPreprocessor, enabled=True)
    exporter.sanitize_html = True
    return exporter


def _page(book, exporter, notebook, student):
    names = {"notebook": book.lesson, "assignment": book.lesson, "student": student}
    resources = {"nbgrader": names | {"db_url": book.url}, "metadata": {"name": book.lesson}}
    with warnings.catch_warnings(), book.open():
        warnings.simplefilter("ignore")
        notebook, resources = GetGrades(parent=book.app).preprocess(notebook, resources)
        page, _ = exporter.from_notebook_node(notebook, resources)
    return page


def without_hidden(notebook, release):
    """Return a copy of a scored notebook in which no hidden test can be read.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    release : dict
        What `release.read_release` returns.

    Returns
    -------
    nbformat.NotebookNode
    """
    shown = copy.deepcopy(notebook)
    known = {cell["name"]: cell for cell in release["cells"]}
    for cell in shown.cells:
        told = known.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if told is None or told["entry"]["solution"]:
            continue
        cell.source = told["released"]
        if cell.cell_type == "code" and clean_text(told["released"]) != clean_text(told["source"]):
            cell.outputs = [_verdict(cell)]
    return shown


def _verdict(cell):
    """Return what a page says of a hidden test."""
    if any(output.output_type == "error" for output in cell.outputs):
        error = {"ename": "NotYet", "evalue": _NOT_PASSED, "traceback": [_NOT_PASSED]}
        return nbformat.v4.new_output("error", **error)
    return nbformat.v4.new_output("stream", name="stdout", text=_PASSED)
