"""What nbgrader_config.py makes of nbgrader: tried on its applications and on a scratch course."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp

ROOT = Path(__file__).parents[1]


@pytest.fixture
def nbgrader(monkeypatch):
    """Return nbgrader's application as it starts at the root of the course."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(os, "environ", os.environ.copy())
    app = NbGraderApp()
    app.initialize([])
    yield app
    app.reset()


def test_every_option_in_the_nbgrader_config_exists_and_is_in_force(nbgrader):
    classes = {cls.__name__: cls for cls in nbgrader.all_configurable_classes()}
    classes["HTMLExporter"] = HTMLExporter  # Formgrader's and the feedback's
    seen = 0
    for section, options in nbgrader.config.items():
        configured = options and classes[section](parent=nbgrader, config=nbgrader.config)
        for name, value in options.items():
            assert configured.trait_metadata(name, "config"), f"{section}.{name} is no option"
            assert getattr(configured, name) == value
            seen += 1
    assert seen >= 8


def test_nbgrader_is_at_home_where_its_config_lies(nbgrader):
    assert Path(nbgrader.coursedir.root) == ROOT
    assert (nbgrader.coursedir.source_directory, nbgrader.coursedir.release_directory) == (
        "solutions",
        "course",
    )


def as_page(nbgrader, source, **attachments):
    """Return a written answer as Formgrader and the feedback show it."""
    environment = HTMLExporter(parent=nbgrader, config=nbgrader.config).environment
    cell = new_markdown_cell(source, attachments=attachments)
    return environment.from_string("{{ cell.source | markdown2html }}").render(cell=cell)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a href='javascript:alert(1)'>x</a></svg>",
        "<iframe src='data:text/html,<script>alert(1)</script>'></iframe>",
        "[x](javascript:alert(1)) <a href='data:text/html,<script>alert(1)</script>'>x</a>",
        '![x](x" onerror="alert(1)) ![a](attachment:a.png)',
        "<style>body {display: none}</style><p style='position: fixed'>x</p><form><input>",
        "<base href='//evil'><meta http-equiv=refresh content='0;//evil'><link href=x>",
        "```html\n</code></pre><script>alert(1)</script>\n```",
        "$<script>alert(1)</script>$",
        ">" * 5000 + "<script>alert(1)</script>",
    ],
)
def test_nothing_that_a_student_writes_runs_on_a_page(nbgrader, source):
    picture = {"image/png": '"><script>alert(1)</script>'}
    page = as_page(nbgrader, source, **{"a.png": picture})
    tags = re.findall(r"<[^>]*>", page)
    assert not [
        tag
        for tag in tags
        if re.search(
            r"<(script|svg|iframe|style|form|input|base|meta|link)|\son\w+=|script:|style=|text/html",
            tag.split("data:image/png", 1)[0],
        )
    ]


def test_what_a_student_writes_is_shown_with_its_pictures(nbgrader):
    source = "**Bold**, `a < b`, $x < y$\n\n| a |\n|---|\n| b |\n\n![p](attachment:a b.png)"
    page = as_page(nbgrader, source.replace("a b", "a%20b"), **{"a b.png": {"image/png": "abcd"}})
    for part in ("<strong>Bold</strong>", "<code>a &lt; b</code>", "x &lt; y", "<td>b</td>"):
        assert part in page
    assert 'src="data:image/png;base64,abcd"' in page
    assert "here" in as_page(nbgrader, "here ![p](attachment:lost.png)")


# --- nbgrader on a scratch course ---------------------------------------------------------------


def graded(cell, grade_id, **entry):
    """Return `cell` as nbgrader's toolbar would mark it."""
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    cell.id = grade_id
    cell.metadata["nbgrader"] = plain | {"grade_id": grade_id} | entry
    return cell


def exercise(name, factor, points):
    """Return a solution cell that multiplies by `factor`, and its test."""
    solution = (
        f"def {name}(x):\n    ### BEGIN SOLUTION\n    return {factor} * x\n    ### END SOLUTION"
    )
    visible = f"assert {name}(1) == {factor}"
    hidden = f"### BEGIN HIDDEN TESTS\nassert {name}(5) == 5 * {factor}\n### END HIDDEN TESTS"
    return [
        graded(new_code_cell(solution), name, solution=True),
        graded(
            new_code_cell(f"{visible}\n{hidden}"),
            f"test_{name}",
            grade=True,
            locked=True,
            points=points,
        ),
    ]


def run_nbgrader(course, *arguments):
    """Run nbgrader in `course`, finding no command by name, neither alembic nor cat."""
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """Return a course of one released lesson: two exercises of 8 points and a question of 4."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    lesson = folder / "solutions/00-x/00-x.ipynb"
    lesson.parent.mkdir(parents=True)
    answer = graded(
        new_markdown_cell("the rubric"), "written_x", grade=True, solution=True, points=4
    )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [*exercise("double", 2, 8), *exercise("triple", 3, 8), answer]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), lesson)
    run_nbgrader(folder, "generate_assignment", "00-x")
    return folder


@pytest.fixture
def course(untouched, tmp_path):
    """Return a course of one's own to try things on."""
    return shutil.copytree(untouched, tmp_path / "course")


def test_a_lesson_is_released_with_the_same_bytes_each_time(course):
    lesson = course / "course/00-x/00-x.ipynb"
    first = lesson.read_bytes()
    run_nbgrader(course, "generate_assignment", "00-x")
    assert lesson.read_bytes() == first
    (course / "gradebook.db").unlink()
    run_nbgrader(course, "generate_assignment", "00-x")
    assert lesson.read_bytes() == first


def test_a_changed_lesson_replaces_the_released_one(course):
    source = course / "solutions/00-x/00-x.ipynb"
    source.write_text(source.read_text().replace("x):", "number):"))
    run_nbgrader(course, "generate_assignment", "00-x")
    assert "def double(number):" in (course / "course/00-x/00-x.ipynb").read_text()


def test_a_release_that_fails_leaves_the_old_one(course):
    lesson = course / "course/00-x/00-x.ipynb"
    before = lesson.read_bytes()
    source = course / "solutions/00-x/00-x.ipynb"
    source.write_text(source.read_text().replace("### END SOLUTION", "### THE END"))
    failed = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "00-x"],
        cwd=course,
        capture_output=True,
        check=False,
    )
    assert failed.returncode != 0
    assert lesson.read_bytes() == before


def test_a_released_lesson_asks_for_code_and_for_words_and_holds_no_answer(course):
    released = nbformat.read(course / "course/00-x/00-x.ipynb", as_version=4)
    sources = {cell.id: cell.source for cell in released.cells}
    stub = "    # YOUR CODE HERE\n    raise NotImplementedError"
    assert sources["double"] == f"def double(x):\n{stub}"
    assert sources["test_double"] == "assert double(1) == 2"
    assert "Your answer" in sources["written_x"] and "rubric" not in sources["written_x"]


def solved(course):
    """Return the released lesson with both exercises solved and the question left."""
    released = nbformat.read(course / "course/00-x/00-x.ipynb", as_version=4)
    for cell, factor in zip(released.cells[::2], (2, 3), strict=False):
        stub = "# YOUR CODE HERE\n    raise NotImplementedError"
        cell.source = cell.source.replace(stub, f"return {factor} * x")
    return released


def copy_cell(notebook, index):
    """Paste a copy of a cell below it."""
    copied = nbformat.from_dict(notebook.cells[index])
    notebook.cells.insert(index + 1, nbformat.from_dict({**copied, "id": f"copy-{index}"}))


def paste_foreign_cells(notebook):
    """Paste an exercise of another lesson."""
    notebook.cells += exercise("quadruple", 4, 8)


def strip(notebook):
    """Save as an editor does that keeps no metadata."""
    for cell in notebook.cells:
        cell.metadata.clear()


def cluster(notebook):
    """Solve an exercise with scikit-learn, which has joblib count the cores by `cat`."""
    lines = ["from sklearn.cluster import KMeans", "def double(x):"]
    lines += ["    KMeans(1).fit([[x], [x]])", "    return 2 * x"]
    notebook.cells[0].source = "\n".join(lines)


ACCIDENTS = {
    "none": (lambda notebook: None, 16),
    "cluster": (cluster, 16),
    "copied_exercise": (lambda notebook: copy_cell(notebook, 0), 16),
    "copied_test": (lambda notebook: copy_cell(notebook, 1), 16),
    "copied_answer": (lambda notebook: copy_cell(notebook, 4), 16),
    "foreign_cells": (paste_foreign_cells, 16),
    "deleted_test": (lambda notebook: notebook.cells.pop(3), 16),
    "deleted_exercise": (lambda notebook: [notebook.cells.pop(0) for _ in range(2)], 8),
    "deleted_answer": (lambda notebook: notebook.cells.pop(4), 16),
    "stripped": (strip, 16),
}


def test_copied_deleted_and_stripped_cells_cost_a_student_no_more_than_the_work_that_is_gone(
    course,
):
    for student, (accident, _) in ACCIDENTS.items():
        notebook = solved(course)
        accident(notebook)
        path = course / "submitted" / student / "00-x/00-x.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.v4.writes(notebook))
    run_nbgrader(course, "autograde", "00-x")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        scores = {row.student.id: row.score for row in gradebook.assignment_submissions("00-x")}
    assert scores == {student: score for student, (_, score) in ACCIDENTS.items()}
