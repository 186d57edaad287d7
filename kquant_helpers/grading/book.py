"""Results into nbgrader's gradebook and ``autograded/``, where its own tools go on from.

A result is stored in three steps: the notebook, the gradebook, and last the record of what the
result depended on. Whatever is interrupted between them has no record, and is done again.
"""

import contextlib
import json
import logging
import os
import shutil
import warnings
from pathlib import Path

import nbformat
import sqlalchemy.exc
from nbgrader.api import Base, Gradebook, InvalidEntry, MissingEntry
from nbgrader.apps import NbGraderApp
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades

from kquant_helpers.grading.jobs import EXCHANGE_FILES, problem_of_name

_OLD = "The gradebook was made by an older nbgrader: copy it, then run nbgrader db upgrade."


class BookError(Exception):
    """Says in one sentence what is wrong with the gradebook or the disk."""


class Book:
    """The course that lies in the current folder: its gradebook and its folders.

    Parameters
    ----------
    lesson : str, optional
        The lesson that is graded.
    """

    def __init__(self, lesson=""):
        if not Path("nbgrader_config.py").is_file():
            raise BookError(
                "There is no nbgrader_config.py here: change to the course's root and run it again."
            )
        # nbgrader's own use of its database; said once for each submission, and to nobody's use.
        warnings.simplefilter("ignore", sqlalchemy.exc.SAWarning)
        # What it logs on its way to an error is said in one sentence here.
        logging.getLogger().addHandler(logging.NullHandler())
        self.app = NbGraderApp()
        self.app.log_level = "ERROR"
        self.app.initialize([])
        self.lesson, self.course = lesson, self.app.coursedir
        self.root = Path(self.course.root)
        self.url = self.course.db_url

    def folder(self, step, student="."):
        """Return the folder of a step ("submitted", "autograded", …) for a student."""
        directory = getattr(self.course, f"{step}_directory")
        return Path(self.course.format_path(directory, student, self.lesson))

    def submitted(self):
        """Return the folders of all students who handed something in, by name."""
        root = Path(self.course.format_path(self.course.submitted_directory, "x", "y")).parents[1]
        if not root.is_dir():
            return []
        return sorted(path for path in root.iterdir() if self._is_students(path))

    def _is_students(self, path):
        # A hidden folder is a tool's, unless the lesson is in it.
        return path.is_dir() and (path.name[0] != "." or (path / self.lesson).is_dir())

    @contextlib.contextmanager
    def open(self):
        """Open the gradebook; say in one sentence what is wrong with it."""
        try:
            with Gradebook(self.url, self.course.course_id) as gradebook:
                yield gradebook
        except (sqlalchemy.exc.SQLAlchemyError, InvalidEntry) as error:
            raise BookError(_sentence(error, self.url)) from None
        except ImportError as error:  # the driver of another database than SQLite
            raise BookError(
                f"The gradebook {_place(self.url)} needs the package {error.name}: pip install "
                f"{error.name}."
            ) from None
        except OSError as error:
            raise BookError(f"Nothing can be written: {error.strerror or error}.") from None

    def check(self):
        """Refuse a gradebook that lacks what this nbgrader writes, before any work is done."""
        with self.open() as gradebook:
            inspector = sqlalchemy.inspect(gradebook.engine)
            for name, table in Base.metadata.tables.items():
                found = {column["name"] for column in inspector.get_columns(name)}
                if not set(table.columns.keys()) <= found:
                    raise BookError(_OLD)

    # Results

    def record(self, student):
        """Return what is known of a student's last result, or an empty dict."""
        try:
            record = json.loads(self._record_path(student).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def is_current(self, gradebook, student, key, settings):
        """Say whether a student's last result is that of this key and still there."""
        record = self.record(student)
        if record.get("key") != key:
            return False
        if record.get("state") != "graded":
            # With another limit it may end otherwise.
            return record.get("settings") == settings
        try:
            gradebook.find_submission(self.lesson, student)
        except MissingEntry:
            return False
        return self._notebook_path(student).is_file()

    def store(self, submission, result, key, settings):
        """Keep a result, whether it is a scored notebook or a reason why there is none."""
        student = submission.student
        try:
            manual = self._forget(student)
            if result["state"] == "graded":
                self._write_notebook(submission, result["notebook"])
                self._save_scores(submission, result["notebook"], manual)
                manual = {}
            else:
                manual = self._take_back(student) | manual
            record = {"key": key, "state": result["state"], "reason": result["reason"]}
            record |= {"seconds": result["seconds"], "settings": settings, "manual": manual}
            record["remarks"] = [*submission.remarks, *result.get("remarks", [])]
            write_whole(self._record_path(student), json.dumps(record, indent=1))
        except OSError as error:
            raise BookError(
                f"The result of {student} cannot be stored: {error.strerror or error}."
            ) from None

    def _forget(self, student):
        """Remove a record before what it stands for changes; return the points it keeps."""
        manual = self.record(student).get("manual", {})
        if manual:
            record = {"manual": manual}
            write_whole(self._record_path(student), json.dumps(record))
        else:
            self._record_path(student).unlink(missing_ok=True)
        return manual

    def _record_path(self, student):
        return self.folder("autograded", student).with_name(f".{self.lesson}.json")

    def _notebook_path(self, student):
        return self.folder("autograded", student) / f"{self.lesson}.ipynb"

    def _write_notebook(self, submission, notebook):
        folder = self.folder("autograded", submission.student)
        made = folder.with_name(f".{folder.name}.new")
        remove(made)
        made.mkdir(parents=True)
        for name, data in (submission.files or {}).items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name in EXCHANGE_FILES:
            note = submission.folder / name
            if note.is_file() and not note.is_symlink():
                shutil.copyfile(note, made / name)
        nbformat.write(nbformat.from_dict(notebook), made / f"{self.lesson}.ipynb")
        remove(folder)
        made.rename(folder)

    def _save_scores(self, submission, notebook, manual):
        student, lesson = submission.student, self.lesson
        with self.open() as gradebook:
            gradebook.update_or_create_student(student)
            when = self._timestamp(submission)
            gradebook.update_or_create_submission(lesson, student, **when)
            for name, kept in manual.items():
                with contextlib.suppress(MissingEntry):
                    grade = gradebook.find_grade(name, lesson, lesson, student)
                    if grade.manual_score is None:
                        grade.manual_score, grade.extra_credit = kept["points"], kept["extra"]
            gradebook.db.commit()
        node = nbformat.from_dict(notebook)
        names = {"notebook": lesson, "assignment": lesson, "student": student, "db_url": self.url}
        with self.open():
            for step in (SaveAutoGrades, AssignLatePenalties):
                node, _ = step(parent=self.app).preprocess(node, {"nbgrader": dict(names)})

    def _timestamp(self, submission):
        try:
            found = self.course.get_existing_timestamp(str(submission.folder))
        except (ValueError, OSError):
            return {}
        return {"timestamp": found} if found else {}

    def _take_back(self, student):
        """Remove an older hand-in's score; return the points that a person gave it."""
        manual = {}
        if problem_of_name(student):
            return manual
        with self.open() as gradebook:
            gradebook.update_or_create_student(student)
            with contextlib.suppress(MissingEntry):
                submission = gradebook.find_submission(self.lesson, student)
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        if grade.manual_score is not None or grade.extra_credit:
                            kept = {"points": grade.manual_score, "extra": grade.extra_credit}
                            manual[grade.name] = kept
                if manual:
                    write_whole(self._record_path(student), json.dumps({"manual": manual}))
                gradebook.remove_submission(self.lesson, student)
        remove(self.folder("autograded", student))
        return manual

    def scores(self, gradebook, student):
        """Return what nbgrader itself says of a student's lesson: page, export and report alike."""
        if problem_of_name(student):
            return None
        try:
            found = gradebook.find_submission(self.lesson, student)
        except MissingEntry:
            return None
        penalty = sum(notebook.late_submission_penalty or 0 for notebook in found.notebooks)
        return {
            "score": max(0.0, found.score - penalty),
            "max_score": found.max_score,
            "needs_manual": bool(found.needs_manual_grade),
        }


def _sentence(error, url):
    text = str(getattr(error, "orig", error)).splitlines()[0]
    if "locked" in text:
        return "The gradebook is locked: another program writes to it. Close that and try again."
    if "no such" in text or "no column" in text or "does not exist" in text:
        return _OLD
    if "full" in text:
        return "The disk is full: the gradebook cannot be written. Make room and try again."
    return f"The gradebook {_place(url)} cannot be used: {text}."


def _place(url):
    """Return where a gradebook is, without a password."""
    return sqlalchemy.engine.make_url(url).render_as_string(hide_password=True)


def write_whole(path, text):
    """Write a file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with open(new, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def remove(folder):
    """Remove a folder, also one whose files are write-protected, as nbgrader leaves them."""
    if not folder.exists():
        return
    with contextlib.suppress(OSError):
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(folder)
