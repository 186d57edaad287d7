"""The grades of all lessons in one file, for a table, for Moodle or for Canvas."""

import csv
import os

from kquant_helpers.grading.book import Book
from kquant_helpers.grading.grade import CannotRun


def write(path, kind="table"):
    """Write the grades of everyone to a file, and return how many students it names.

    A submission that is not graded, or was never handed in, leaves its place empty: it is no 0.

    Parameters
    ----------
    path : str
    kind : {"table", "moodle", "canvas"}
    """
    lessons, names, scores = _read()
    rows = {"table": _table, "moodle": _moodle, "canvas": _canvas}[kind](lessons, names, scores)
    new = f"{path}.new"
    with open(new, "w", newline="", encoding="utf-8", errors="replace") as file:
        csv.writer(file).writerows(rows)
    os.replace(new, path)
    return len(names)


def _read():
    """Return the lessons with their points, the students, and each one's score of each lesson."""
    lessons, scores = {}, {}
    with Book().open() as gradebook:
        names = {
            student.id: f"{student.last_name or ''}, {student.first_name or ''}".strip(", ")
            for student in gradebook.students
        }
        for lesson in sorted(each.name for each in gradebook.assignments):
            lessons[lesson] = gradebook.find_assignment(lesson).max_score
            book = Book(lesson)
            for student in names:
                scores[student, lesson] = book.scores(gradebook, student)
    if not lessons:
        raise CannotRun("The gradebook holds no lesson: run nbgrader generate_assignment first.")
    return lessons, dict(sorted(names.items())), scores


def _score(scores, student, lesson):
    found = scores[student, lesson]
    return "" if found is None else f"{found['score']:g}"


def _table(lessons, names, scores):
    yield ["student", "lesson", "score", "max_score", "needs_manual"]
    for student in names:
        for lesson, most in lessons.items():
            found = scores[student, lesson]
            waits = str(bool(found and found["needs_manual"])).lower()
            yield [student, lesson, _score(scores, student, lesson), f"{most:g}", waits]


def _moodle(lessons, names, scores):
    """Return what Moodle's import of grades reads: a row for each student, found by ID number."""
    yield ["ID number", *lessons]
    for student in names:
        yield [student, *(_score(scores, student, lesson) for lesson in lessons)]


def _canvas(lessons, names, scores):
    """Return what the gradebook of Canvas imports: a row of points possible, then the students."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *lessons]
    yield ["    Points Possible", "", "", "", "", *(f"{most:g}" for most in lessons.values())]
    for student, name in names.items():
        shown = [_score(scores, student, lesson) for lesson in lessons]
        yield [name or student, "", student, student, "", *shown]
