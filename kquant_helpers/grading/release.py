"""What a lesson asks for: its graded cells as the gradebook holds them, as plain data."""

from pathlib import Path


class NoRelease(Exception):
    """Says in one sentence what of a lesson is missing."""


def read_release(gradebook, lesson, released):
    """Return a lesson's release as plain data, to be sent to any process.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    lesson : str
        The lesson, whose only notebook has its name.
    released : path
        The released notebook, for the order of the cells and for the texts around them.

    Returns
    -------
    dict
        ``lesson``; ``cells``, a list of what is known of each graded or locked cell, in order;
        ``texts``, all sources that a student was given; ``metadata`` of the notebook.

    Raises
    ------
    NoRelease
        Where the lesson is not in the gradebook, or its notebook is not there.
    """
    import nbformat
    from nbgrader.api import MissingEntry

    made = f"nbgrader generate_assignment {lesson}"
    try:
        notebook = gradebook.find_notebook(lesson, lesson)
    except MissingEntry:
        raise NoRelease(f"The gradebook knows no lesson {lesson!r}: run {made} first.") from None
    if not Path(released).is_file():
        raise NoRelease(f"There is no release {released}: run {made} first.")
    given = nbformat.read(released, as_version=4)
    sources = {_grade_id(cell): cell.source for cell in given.cells if _grade_id(cell)}
    order = {name: i for i, name in enumerate(sources)}
    cells = [_cell(cell, notebook, sources) for cell in notebook.source_cells]
    return {
        "lesson": lesson,
        "cells": sorted(cells, key=lambda cell: order.get(cell["name"], len(order))),
        "texts": [clean_text(cell.source) for cell in given.cells],
        "metadata": {"kernelspec": dict(given.metadata.get("kernelspec", {}))},
    }


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _cell(source, notebook, released):
    """Return what a release says of one cell: its marks, its source here and as handed out."""
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    entry = {
        "schema_version": 3,
        "grade_id": source.name,
        "grade": source.name in {cell.name for cell in notebook.grade_cells},
        "solution": source.name in {cell.name for cell in notebook.solution_cells},
        "task": source.name in {cell.name for cell in notebook.task_cells},
        "locked": bool(source.locked),
        "checksum": source.checksum,
        "cell_type": source.cell_type,
    }
    if source.name in points:
        entry["points"] = float(points[source.name])
    return {
        "name": source.name,
        "type": source.cell_type,
        "source": source.source,
        "released": released.get(source.name, source.source),
        "entry": entry,
    }


def is_test(cell):
    """Say whether a cell of a release gives points by being run."""
    return cell["type"] == "code" and cell["entry"]["grade"] and not cell["entry"]["solution"]


def is_exercise(cell):
    """Say whether a cell of a release holds code for the student to write."""
    return cell["type"] == "code" and cell["entry"]["solution"]


def is_written(cell):
    """Say whether a cell of a release holds an answer that a person reads."""
    return cell["type"] == "markdown" and cell["entry"]["grade"] and cell["entry"]["solution"]


def exercise_of(name):
    """Return the exercise that a test cell of this name tests.

    Examples
    --------
    >>> exercise_of("test_density_hidden")
    'density'
    """
    return name.removeprefix("test_").removesuffix("_hidden")


def clean_text(source):
    r"""Return a text as it is compared: without space at the ends of lines and around it.

    Examples
    --------
    >>> clean_text("a  \r\nb\n\n")
    'a\nb'
    """
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
