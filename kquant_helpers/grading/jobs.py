"""A submission as an independent job: what it depends on goes in, a scored notebook comes out."""

import contextlib
import functools
import hashlib
import json
import re
import subprocess
import sys
import threading
import time
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kquant_helpers.grading import sandbox, wire
from kquant_helpers.grading.repair import LARGEST_FILE

# What nbgrader's exchange notes beside a notebook: no business of the student's code.
EXCHANGE_FILES = ("timestamp.txt", "submission_secret.txt")

# Bytes and number of all files beside a notebook, and how deep they lie; more is left behind.
_MOST_BESIDE = 32 * 2**20
_MOST_FILES = 1_000
_DEEPEST = 10
_LONGEST_PATH = 400

# Characters of a student's name in nbgrader's tables.
_LONGEST_NAME = 128

# Seconds that a job may take beyond its limit, to start and to be written down.
_MARGIN = 60


@dataclass(frozen=True)
class Submission:
    """What a student handed in for a lesson.

    Attributes
    ----------
    student : str
    folder : Path or None
        Where it lies; None where nothing was handed in.
    notebook : bytes
    files : dict
        What lies beside the notebook, as bytes, by its path from there.
    problem : str
        Why there is no notebook, in a sentence.
    remarks : tuple of str
        What is odd about how it was handed in.
    """

    student: str
    folder: Path | None = None
    notebook: bytes = b""
    files: dict | None = None
    problem: str = ""
    remarks: tuple = ()


def read_submission(folder, lesson, release):
    """Return what a student handed in for a lesson.

    Parameters
    ----------
    folder : Path
        The student's folder in ``submitted/``.
    lesson : str
    release : dict
        What `release.read_release` returns.
    """
    link = "The folder is a link: put a copy in its place." if folder.is_symlink() else ""
    problem = problem_of_name(folder.name) or link
    if problem:
        return Submission(folder.name, problem=problem)
    place = _lesson_folder(folder, lesson)
    if place is None:
        problem = f"Nothing was handed in for {lesson}."
        if (folder / lesson).is_symlink():
            problem = f"The folder {lesson} is a link: put a copy in its place."
        return Submission(folder.name, problem=problem)
    remarks = [] if place.name == lesson else [f"The folder is called {place.name!r}."]
    path, problem = _notebook_in(place, lesson, release)
    if path is None:
        return Submission(folder.name, place, problem=problem, remarks=tuple(remarks))
    if path.name != f"{lesson}.ipynb":
        remarks.append(f"The notebook is called {path.name!r}.")
    files = {} if place == folder else _files_beside(place)
    with open(path, "rb") as file:  # a longer one is refused, by its length
        notebook = file.read(LARGEST_FILE + 1)
    return Submission(folder.name, place, notebook, files, "", tuple(remarks))


def problem_of_name(student):
    """Say why a gradebook cannot hold a student's name, or nothing.

    Examples
    --------
    >>> problem_of_name("ada"), problem_of_name("ada" * 50)[:22]
    ('', 'The folder has a name ')
    """
    if not _is_encodable(student):
        return "The folder has a name that is no UTF-8: rename it."
    if len(student) > _LONGEST_NAME:
        return f"The folder has a name of more than {_LONGEST_NAME} characters: rename it."
    return ""


def make_job(submission, release, *, course, limit, unsafe):
    """Return the job that `run` does: plain data, to be sent to any machine."""
    return {
        "student": submission.student,
        "notebook": submission.notebook,
        "files": submission.files,
        "release": release,
        "course": str(course),
        "limit": float(limit),
        "unsafe": bool(unsafe),
    }


def key_of(submission, release):
    """Return the digest of all that a result depends on: submission, release and package."""
    digest = hashlib.sha256(package_digest().encode())
    parts = (submission.notebook, sorted((submission.files or {}).items()), submission.problem)
    digest.update(wire.pack((*parts, release)))
    return digest.hexdigest()


@functools.cache
def package_digest():
    """Return the digest of the package and of the versions of what it is built on."""
    digest = hashlib.sha256()
    for path in sorted(sandbox.PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(sandbox.PACKAGE).as_posix().encode() + path.read_bytes())
    for name in ("numpy", "scipy", "scikit-learn", "scikit-image", "pillow", "ipython"):
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()


def run(job):
    """Do a job in a process of its own and return its result.

    Returns
    -------
    dict
        As `judge.judge` returns it, and ``seconds``. Its ``state`` is "failed" where not the
        submission but this machine is at fault; such a result is not kept.
    """
    start = time.monotonic()
    code = f"import sys; sys.path.insert(0, {str(sandbox.PACKAGE.parent)!r}); "
    code += "from kquant_helpers.grading.judge import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-s", "-P", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=sandbox.judge_environment(),
    )
    # Its input stays open: where it closes, the judge knows that nobody waits any more.
    with process, _ended_after(process, job["limit"] + _MARGIN):
        try:
            wire.write(process.stdin, job)
            result = wire.read(process.stdout)
        except (wire.WireError, OSError):
            process.kill()
            late = time.monotonic() - start > job["limit"]
            result = _broken(late, job["limit"], process.stderr.read())
    if result["notebook"] is not None:
        result["notebook"] = json.loads(result["notebook"])
    return {**result, "seconds": round(time.monotonic() - start, 2)}


def _broken(late, limit, told):
    """Return the result where the judge did not come to one."""
    state = "not graded" if late else "failed"
    reason = (
        f"It took far longer than {limit:g} seconds and was ended: look at what its functions "
        "return, or give more time with --time-limit."
    )
    if not late:
        words = told.decode("utf-8", "replace").strip().splitlines()[-1:] or ["without a word"]
        reason = f"The judge ended: {words[0]}."
    return {"state": state, "reason": reason, "notebook": None, "remarks": []}


@contextlib.contextmanager
def _ended_after(process, seconds):
    """End a process that takes too long, even one that cannot start."""
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


# Finding what was handed in


def _plain_name(name):
    """Return a name as it is compared: 02_Global-quantization (1) is 02 global quantization 1."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", name).strip()


def _lesson_folder(folder, lesson):
    """Return the folder that holds a lesson, even where it is spelled in another way."""
    if _is_folder(folder / lesson):
        return folder / lesson
    wanted = _plain_name(lesson)
    alike = [
        path
        for path in sorted(folder.iterdir())
        if _is_folder(path) and re.match(rf"{wanted}(\s|$)", _plain_name(path.name))
    ]
    if alike:
        return alike[0]
    loose = [path for path in folder.glob("*.ipynb") if _plain_name(path.stem).startswith(wanted)]
    return folder if loose else None


def _notebook_in(place, lesson, release):
    """Return the notebook to grade, or None and a sentence."""
    exact = place / f"{lesson}.ipynb"
    if _is_file(exact):
        return exact, ""
    if exact.is_symlink() or exact.exists():
        return None, f"{exact.name} is no ordinary file: ask for it again."
    found = [path for path in _files_in(place) if _is_notebook(path)]
    found = [path for path in found if ".ipynb_checkpoints" not in path.parts]
    known = [path for path in found if _looks_like(path, release)]
    if len(known) == 1:
        return known[0], ""
    if len(found) == 1 and not known:
        return found[0], ""
    if not found:
        others = ", ".join(path.name for path in sorted(place.iterdir())[:3])
        there = f"there is only {others}" if others else "the folder is empty"
        return None, f"There is no notebook {exact.name}; {there}."
    names = ", ".join(path.name for path in (known or found)[:4])
    return None, f"Which one is to be graded? Rename one of {names} to {exact.name}."


def _looks_like(path, release):
    with open(path, "rb") as file:
        data = file.read(LARGEST_FILE)
    return any(known["name"].encode() in data for known in release["cells"])


def _is_notebook(path):
    return path.suffix.lower() == ".ipynb"


def _is_file(path):
    return path.is_file() and not path.is_symlink()


def _is_folder(path):
    return path.is_dir() and not path.is_symlink()


def _files_in(folder, deep=_DEEPEST):
    """Return the ordinary files in a folder and those below it, down to a bound, by name."""
    files = []
    for path in sorted(folder.iterdir()):
        if _is_folder(path) and deep:
            files += _files_in(path, deep - 1)
        elif _is_file(path):
            files.append(path)
    return files


def _files_beside(place):
    """Return the files that a student's code may read, up to a bound."""
    files, left = {}, _MOST_BESIDE
    for path in _files_in(place):
        name = path.relative_to(place).as_posix()
        if _is_notebook(path) or path.name in EXCHANGE_FILES or _is_odd(name):
            continue
        left -= path.stat().st_size
        if left > 0 and len(files) < _MOST_FILES:
            files[name] = path.read_bytes()
    return files


def _is_odd(name):
    """Say whether a file has a name that not every place can hold, or that is a hidden one."""
    hidden = any(part.startswith(".") for part in name.split("/"))
    return hidden or len(name) > _LONGEST_PATH or not _is_encodable(name)


def _is_encodable(name):
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
