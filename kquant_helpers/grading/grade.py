"""Grade a lesson: read what was handed in, do what changed, store each result at once."""

import contextlib
import os
from dataclasses import dataclass

from kquant_helpers.grading import sandbox
from kquant_helpers.grading.book import Book, BookError
from kquant_helpers.grading.jobs import Submission, key_of, make_job, read_submission
from kquant_helpers.grading.release import NoRelease, read_release
from kquant_helpers.grading.workers import run_all


@dataclass(frozen=True)
class Row:
    """One line of the report.

    Attributes
    ----------
    student, lesson : str
    score : float or None
        What is scored so far; None where the submission is not graded.
    max_score : float
    needs_manual : bool
        Whether a person has yet to read something.
    state : str
        "graded" or "not graded".
    reason : str
        Why not, in a sentence.
    seconds : float
        How long the job took, in this run or in the one that did it.
    remarks : tuple of str
        What was odd, and mended.
    """

    student: str
    lesson: str
    score: float | None
    max_score: float
    needs_manual: bool
    state: str
    reason: str
    seconds: float
    remarks: tuple = ()


class CannotRun(Exception):
    """Says in one sentence why nothing can be graded."""


def grade(
    lesson,
    *,
    students=(),
    workers=None,
    scheduler=None,
    limit=300,
    unsafe=False,
    progress=lambda done, total, student: None,
):
    """Grade what was handed in for a lesson, and return a `Row` for each student.

    Parameters
    ----------
    lesson : str
    students : sequence of str
        Whom to grade; everyone in ``submitted/`` by default.
    workers : int, optional
    scheduler : str, optional
        As for `workers.run_all`.
    limit : float
        Seconds for one submission.
    unsafe : bool
        Whether to grade without a sandbox.
    progress : callable
        Called with how many are done, of how many, and the student that was done last.

    Returns
    -------
    list of Row

    Raises
    ------
    CannotRun, book.BookError, release.NoRelease, sandbox.NoSandbox, workers.NoScheduler
        Where nothing can be graded, or nothing more can be stored.
    """
    book = Book(lesson)
    release = release_of(book, lesson)
    folders = chosen_folders(book.submitted(), students)
    if not (unsafe or scheduler):
        sandbox.command(book.root)
    with _only_one(book):
        failed = _do(book, release, folders, workers, scheduler, limit, unsafe, progress)
        with book.open() as gradebook:
            return [_row(book, gradebook, release, path.name, failed) for path in folders]


def release_of(book, lesson):
    """Return a lesson's release; make no gradebook where there is none."""
    if book.url.startswith("sqlite:///") and not os.path.exists(book.url[10:]):
        raise NoRelease(
            f"There is no gradebook yet: run nbgrader generate_assignment {lesson} first."
        )
    book.check()
    with book.open() as gradebook:
        return read_release(gradebook, lesson, book.folder("release") / f"{lesson}.ipynb")


def chosen_folders(folders, students):
    """Return the folders of those who are to be graded."""
    if not folders:
        raise CannotRun(
            "Nothing is handed in: put each notebook into submitted/<student>/<lesson>/, or run "
            "nbgrader collect."
        )
    unknown = set(students) - {path.name for path in folders}
    if unknown:
        raise CannotRun(f"There is no folder in submitted/ for {', '.join(sorted(unknown))}.")
    return [path for path in folders if not students or path.name in students]


def _do(book, release, folders, workers, scheduler, limit, unsafe, progress):
    """Do the jobs of all submissions that changed; return what failed, by student."""
    settings = {"limit": float(limit), "unsafe": bool(unsafe)}
    failed, todo, done = {}, {}, 0
    with book.open() as gradebook:
        for path in folders:
            try:
                submission = read_submission(path, book.lesson, release)
            except (OSError, MemoryError) as error:
                reason = f"It cannot be read: {getattr(error, 'strerror', None) or error}."
                submission = Submission(path.name, path, problem=reason)
            key = key_of(submission, release)
            if not book.is_current(gradebook, path.name, key, settings):
                todo[path.name] = submission, key
    for student, (submission, key) in list(todo.items()):
        if submission.problem:
            result = {"state": "not graded", "reason": submission.problem, "seconds": 0.0}
            book.store(submission, result, key, settings)
            del todo[student]
            done += 1
            progress(done, done + len(todo), student)
    jobs = [
        make_job(submission, release, course=book.root, limit=limit, unsafe=unsafe)
        for submission, _ in todo.values()
    ]
    total = done + len(jobs)
    with contextlib.closing(run_all(jobs, workers=workers, scheduler=scheduler)) as results:
        for job, result in results:
            submission, key = todo[job["student"]]
            if result["state"] != "failed":
                result = _stored(book, submission, result, key, settings)
            if result["state"] == "failed":
                failed[job["student"]] = result
            done += 1
            progress(done, total, job["student"])
    return failed


def _stored(book, submission, result, key, settings):
    """Store a result; one that the gradebook does not take must not end the others' batch."""
    try:
        book.store(submission, result, key, settings)
    except BookError:  # the disk or the gradebook: nothing more can be stored
        raise
    except Exception as error:
        reason = f"Its result cannot be stored ({type(error).__name__}: {error})."
        return {**result, "state": "failed", "reason": reason[:300]}
    return result


def _row(book, gradebook, release, student, failed):
    record, scores = book.record(student), book.scores(gradebook, student)
    told = failed.get(student, record)
    most = sum(cell["entry"].get("points", 0) for cell in release["cells"])
    remarks = tuple(record.get("remarks", ()))
    seconds = float(told.get("seconds", 0))
    if told.get("state") == "graded" and scores:
        manual = scores["needs_manual"]
        score, most = scores["score"], scores["max_score"]
        return Row(student, book.lesson, score, most, manual, "graded", "", seconds, remarks)
    reason = told.get("reason") or "It was not graded."
    return Row(student, book.lesson, None, most, False, "not graded", reason, seconds, remarks)


@contextlib.contextmanager
def _only_one(book):
    """Keep a second run away while this one stores; the system frees what a dead one held."""
    path = book.folder("autograded").parents[1] / "autograded" / ".kquant-lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "a+")  # noqa: SIM115 - open as long as the lock is held
    except OSError as error:
        raise BookError(f"Nothing can be stored in {path.parent}: {error.strerror}.") from None
    with file:
        try:
            _lock(file)
        except OSError:
            raise CannotRun("Another kquant grade is at work here: wait until it ends.") from None
        yield


def _lock(file):
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
