"""The command kquant on a small class: what it writes, keeps, refuses and survives."""

import csv
import fcntl
import json
import os
import shutil
import signal
import sqlite3
import time

import pytest
from classroom import (
    WRITTEN,
    Classroom,
    Descendants,
    cell_of,
    mark,
    solutions,
    solved,
    untouched,
)
from lessons import (
    Course,
    exercises,
    grading,
    is_written,
    read_notebook,
    released_path,
    source_path,
)

from kquant_helpers.grading.syscalls import forbid

LESSON = "00-start-here"
FIRST, SECOND = exercises(LESSON)
ANSWER = next(
    grading(cell)["grade_id"]
    for cell in read_notebook(released_path(LESSON)).cells
    if is_written(cell)
)
COLUMNS = "student,lesson,score,max_score,needs_manual,state,reason,seconds"


@pytest.fixture(scope="module")
def untouched_room(tmp_path_factory):
    return Classroom.of(tmp_path_factory.mktemp("room"), LESSON)


@pytest.fixture
def room(untouched_room, tmp_path):
    """Return a classroom of one's own, in which nobody handed in anything."""
    return Classroom(shutil.copytree(untouched_room.folder, tmp_path / "room"), LESSON)


def partly_solved():
    blank = cell_of(untouched(LESSON), SECOND)["source"]
    return solved(LESSON, {SECOND: blank})


def small_class(room):
    room.hand_in("ada", solved(LESSON))
    room.hand_in("ben", partly_solved())
    room.hand_in("cleo", untouched(LESSON))
    room.hand_in("dan", b"")


@pytest.fixture(scope="module")
def once_graded(untouched_room, tmp_path_factory):
    """Grade the small class once; return where, the report and the status."""
    folder = tmp_path_factory.mktemp("graded") / "room"
    room = Classroom(shutil.copytree(untouched_room.folder, folder), LESSON)
    small_class(room)
    rows, done = room.grade()
    return room, rows, done.returncode


@pytest.fixture
def graded_room(once_graded, tmp_path):
    """Return a copy of the small class, graded."""
    return Classroom(shutil.copytree(once_graded[0].folder, tmp_path / "graded"), LESSON)


def give_points(room, student, points, comment="Well seen."):
    """Grade a written answer by hand, as Formgrader does."""
    with room.gradebook() as book:
        grade = book.find_grade(ANSWER, LESSON, LESSON, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment(ANSWER, LESSON, LESSON, student).manual_comment = comment
        book.db.commit()


# What a run writes


def test_the_report_the_gradebook_and_nbgraders_export_agree(once_graded, graded_room):
    (_, rows, status), room = once_graded, graded_room
    assert status == 1
    assert (room.folder / "report.csv").read_text().splitlines()[0] == COLUMNS
    assert {name: row["max_score"] for name, row in rows.items()} == dict.fromkeys(rows, "20")
    assert rows["ada"]["score"] == "16" and rows["ada"]["needs_manual"] == "true"
    assert 0 < float(rows["ben"]["score"]) < 16
    assert rows["cleo"]["score"] == "0" and rows["cleo"]["needs_manual"] == "false"
    assert rows["dan"]["state"] == "not graded" and "empty" in rows["dan"]["reason"]
    Course(room.folder).nbgrader("export")
    with open(room.folder / "grades.csv", newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    for name in ("ada", "ben", "cleo"):
        assert exported[name] == float(rows[name]["score"]) == sum(room.points(name).values())


def test_json_holds_what_the_report_holds(room):
    room.hand_in("ada", solved(LESSON))
    done = room.kquant("grade", LESSON, "--json")
    (row,) = json.loads(done.stdout)
    assert done.returncode == 0
    assert row["student"] == "ada" and row["score"] == 16 and row["needs_manual"] is True


def test_a_second_run_does_only_what_changed_and_keeps_points_given_by_hand(graded_room):
    room, first = graded_room, graded_room.report()
    give_points(room, "ada", 3)
    give_points(room, "ben", 2)
    room.hand_in("ben", solved(LESSON))
    paths = {name: room.folder / "autograded" / name / f".{LESSON}.json" for name in first}
    before = {name: path.stat().st_mtime_ns for name, path in paths.items()}
    second, _ = room.grade()
    changed = {name for name, path in paths.items() if path.stat().st_mtime_ns != before[name]}
    assert changed == {"ben"}
    assert second["ada"]["score"] == "19" and second["ada"]["needs_manual"] == "false"
    # What was read belongs to the older submission: it counts, and is to be looked at again.
    assert second["ben"]["score"] == "18" and second["ben"]["needs_manual"] == "true"
    with room.gradebook() as book:
        assert len(book.assignment_submissions(LESSON)) == 3
        assert len(book.find_submission_notebook(LESSON, LESSON, "ben").grades) == len(
            room.points("ben")
        )


def test_a_newer_hand_in_that_cannot_be_graded_takes_the_older_score_away_but_no_reading(room):
    room.hand_in("ada", solved(LESSON))
    room.grade()
    give_points(room, "ada", 4)
    room.hand_in("ada", solved(LESSON))
    room.place("ada").write_bytes(b"<html>Sign in</html>")
    rows, done = room.grade()
    assert rows["ada"]["state"] == "not graded" and rows["ada"]["score"] == ""
    assert not (room.folder / "autograded" / "ada" / LESSON).exists()
    table = room.folder / "table.csv"
    assert room.kquant("export", table).returncode == 0
    with open(table, newline="") as file:
        assert [row["score"] for row in csv.DictReader(file)] == [""]
    room.hand_in("ada", solved(LESSON))
    rows, done = room.grade()
    assert rows["ada"]["score"] == "20" and done.returncode == 0


def test_only_the_students_that_are_named_are_graded(room):
    small_class(room)
    rows, done = room.grade("--students", "ada", "cleo")
    assert set(rows) == {"ada", "cleo"} and done.returncode == 0
    assert not (room.folder / "autograded" / "ben").exists()


def test_scores_are_those_of_nbgrader_and_the_order_does_not_matter(room, tmp_path):
    small_class(room)
    shutil.rmtree(room.folder / "submitted" / "dan")
    twin = Classroom(shutil.copytree(room.folder, tmp_path / "twin"), LESSON)
    Course(twin.folder).nbgrader("autograde", LESSON)
    room.grade("--workers", 2)
    one_by_one = Classroom(shutil.copytree(twin.folder, tmp_path / "third"), LESSON)
    one_by_one.grade("--workers", 1)
    for name in ("ada", "ben", "cleo"):
        assert room.points(name) == twin.points(name) == one_by_one.points(name)


def test_late_penalties_and_comments_of_nbgrader_go_on(room):
    plugin = room.folder / "late.py"
    plugin.write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n"
        "class Two(LateSubmissionPlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return 2\n"
    )
    with open(room.folder / "nbgrader_config.py", "a") as config:
        config.write("\nimport sys\nsys.path.insert(0, str(Path(__file__).parent))\n")
        config.write("c.AssignLatePenalties.plugin_class = 'late.Two'\n")
    with room.gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-01-01 12:00:00 UTC")
    for name, when in {"ada": "2026-01-01 11:00:00 UTC", "ben": "2026-01-02 11:00:00 UTC"}.items():
        room.hand_in(name, solved(LESSON))
        (room.place(name).parent / "timestamp.txt").write_text(when)
    rows, _ = room.grade()
    assert (rows["ada"]["score"], rows["ben"]["score"]) == ("16", "14")


# What it survives


def test_killed_at_any_moment_it_loses_nothing_that_was_done_and_leaves_no_process(room):
    for i in range(6):
        room.hand_in(f"s{i}", solved(LESSON))
    process = room.start("grade", LESSON, "--workers", "2")
    with Descendants(process) as family:
        wait_until(lambda: records(room), process)
        family.look()
        process.kill()
        process.communicate()
    assert family.alive() == []
    done = records(room)
    assert 1 <= len(done) < 6
    times = {path: path.stat().st_mtime_ns for path in done}
    rows, again = room.grade()
    assert again.returncode == 0
    assert {row["score"] for row in rows.values()} == {"16"}
    assert times == {path: path.stat().st_mtime_ns for path in done}


def records(room):
    return sorted((room.folder / "autograded").glob(f"*/.{LESSON}.json"))


def wait_until(condition, process):
    while not condition():
        assert process.poll() is None
        time.sleep(0.05)


def test_a_result_whose_storing_was_interrupted_is_made_again(graded_room):
    room = graded_room
    records(room)[0].unlink()
    with room.gradebook() as book:
        for grade in book.find_submission_notebook(LESSON, LESSON, "ada").grades:
            grade.auto_score = 1
        book.db.commit()
    rows, _ = room.grade()
    assert rows["ada"]["score"] == "16"


def test_a_new_gradebook_gets_all_results_again(room):
    room.hand_in("ada", solved(LESSON))
    room.grade()
    (room.folder / "gradebook.db").unlink()
    Course(room.folder).nbgrader("generate_assignment", LESSON)
    rows, _ = room.grade()
    assert rows["ada"]["score"] == "16"


# What it refuses, in one sentence and with status 2


def refusal(room, *arguments, **options):
    done = room.kquant(*arguments, **options)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("kquant: ") and done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_no_submissions(room):
    assert "Nothing is handed in" in refusal(room, "grade", LESSON)


def test_an_unknown_lesson(room):
    room.hand_in("ada", solved(LESSON))
    assert "nbgrader generate_assignment 99-x" in refusal(room, "grade", "99-x")


def test_an_unknown_student(room):
    room.hand_in("ada", solved(LESSON))
    assert "eve" in refusal(room, "grade", LESSON, "--students", "eve")


def test_no_gradebook_is_said_and_none_is_made(room):
    room.hand_in("ada", solved(LESSON))
    (room.folder / "gradebook.db").unlink()
    assert "no gradebook yet" in refusal(room, "grade", LESSON)
    assert not (room.folder / "gradebook.db").exists()


def test_no_release(room):
    room.hand_in("ada", solved(LESSON))
    shutil.rmtree(room.folder / "course")
    assert "There is no release" in refusal(room, "grade", LESSON)


def test_not_in_a_course(room, tmp_path):
    assert "nbgrader_config.py" in refusal(Classroom(tmp_path, LESSON), "grade", LESSON)


def test_a_locked_gradebook(room):
    room.hand_in("ada", solved(LESSON))
    book = sqlite3.connect(room.folder / "gradebook.db")
    book.execute("begin exclusive")
    try:
        assert "locked" in refusal(room, "grade", LESSON)
    finally:
        book.close()
    assert room.grade()[0]["ada"]["score"] == "16"


def test_an_older_gradebook(room):
    room.hand_in("ada", solved(LESSON))
    with sqlite3.connect(room.folder / "gradebook.db") as book:
        book.execute("alter table grade drop column extra_credit")
    assert "nbgrader db upgrade" in refusal(room, "grade", LESSON)


def test_a_gradebook_that_is_none(room):
    room.hand_in("ada", solved(LESSON))
    (room.folder / "gradebook.db").write_bytes(b"x" * 5000)
    assert "gradebook" in refusal(room, "grade", LESSON)


def test_a_gradebook_of_another_kind_without_its_driver(room):
    room.hand_in("ada", solved(LESSON))
    with open(room.folder / "nbgrader_config.py", "a") as config:
        config.write("\nc.CourseDirectory.db_url = 'postgresql+pg8000://me:secret@host/kquant'\n")
    told = refusal(room, "grade", LESSON)
    assert "pip install pg8000" in told and "secret" not in told


def test_a_second_run_at_the_same_time(room):
    room.hand_in("ada", solved(LESSON))
    (room.folder / "autograded").mkdir()
    with open(room.folder / "autograded" / ".kquant-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "Another kquant grade" in refusal(room, "grade", LESSON)
    assert room.grade()[0]["ada"]["score"] == "16"


def test_a_full_disk(graded_room):
    """A limit on the size of files stands in for the disk: writing fails, and nothing is lost."""
    room, first = graded_room, graded_room.report()
    small = {"preexec_fn": lambda: limit_files((room.folder / "gradebook.db").stat().st_size // 4)}
    room.hand_in("ada", partly_solved())
    refusal(room, "grade", LESSON, **small)
    rows, _ = room.grade()
    assert 0 < float(rows["ada"]["score"]) < float(first["ada"]["score"])


def limit_files(size):
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def test_no_sandbox_names_what_does(room):
    room.hand_in("ada", solved(LESSON))
    told = refusal(room, "grade", LESSON, env={"PATH": "/nowhere"})
    assert "bubblewrap" in told and "--unsafe" in told and "WSL" in told


def test_a_system_that_forbids_namespaces(room):
    """As a container does with its own filter of the kernel's calls."""
    room.hand_in("ada", solved(LESSON))
    told = refusal(room, "grade", LESSON, preexec_fn=forbid)
    assert "does not start" in told and "--unsafe" in told and "container" in told


def test_unsafe_grades_without_a_sandbox(room):
    small_class(room)
    rows, _ = room.grade("--unsafe", env={"PATH": "/nowhere"})
    assert rows["ada"]["score"] == "16" and rows["cleo"]["score"] == "0"


def test_no_scheduler(room):
    room.hand_in("ada", solved(LESSON))
    told = refusal(room, "grade", LESSON, "--scheduler", "tcp://127.0.0.1:9")
    assert "scheduler" in told


def test_wrong_options_are_refused_before_anything_is_done(room):
    for options in (["--workers", "0"], ["--time-limit", "-1"], ["--time-limit", "x"]):
        assert room.kquant("grade", LESSON, *options).returncode == 2


# What students get back


def wrong_in_hidden_tests():
    """Return a notebook whose first function raises an error with each of its inputs in it."""
    head = solutions(LESSON)[FIRST].split("\n", 1)[0]
    return solved(LESSON, {FIRST: f"{head}\n    raise ValueError(f'{{image!r}} {{bits!r}}')"})


def test_feedback_shows_scores_messages_and_comments_but_no_hidden_test_and_no_other_name(
    graded_room,
):
    room = graded_room
    room.hand_in("emil", wrong_in_hidden_tests())
    room.grade()
    give_points(room, "ada", 3, comment="A fine answer.")
    done = room.kquant("feedback", LESSON)
    assert done.returncode == 1 and "dan" in done.stdout
    pages = {
        path.parts[-3]: path.read_text("utf-8")
        for path in (room.folder / "feedback").rglob("*.html")
    }
    assert set(pages) == {"ada", "ben", "cleo", "emil"}
    assert "19.0 / 20" in pages["ada"] and "A fine answer." in pages["ada"]
    assert f"test_{FIRST}" in pages["ada"]
    assert "is not written yet" in pages["cleo"]
    for name, page in pages.items():
        assert "HIDDEN TESTS" not in page
        for secret in hidden_lines():
            assert secret not in page, name
        assert not {other for other in pages if other != name and f">{other}<" in page}


def hidden_lines():
    """Return the lines of the lesson's hidden tests."""
    with_tests = read_notebook(source_path(LESSON)).cells
    lines = set()
    for cell in with_tests:
        if "### BEGIN HIDDEN TESTS" in cell.source:
            hidden = cell.source.split("### BEGIN HIDDEN TESTS")[1].split("### END")[0]
            lines |= {line.strip() for line in hidden.splitlines() if len(line.strip()) > 8}
    assert lines
    return lines


def test_feedback_of_a_submission_that_is_no_longer_graded_is_taken_away(room):
    room.hand_in("ada", solved(LESSON))
    room.grade()
    room.kquant("feedback", LESSON)
    assert list((room.folder / "feedback").rglob("*.html"))
    room.hand_in("ada", b"")
    room.grade()
    assert room.kquant("feedback", LESSON).returncode == 1
    assert not list((room.folder / "feedback").rglob("*.html"))


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("table", "student,lesson,score,max_score,needs_manual"),
        ("moodle", f"ID number,{LESSON}"),
        ("canvas", f"Student,ID,SIS User ID,SIS Login ID,Section,{LESSON}"),
    ],
)
def test_grades_are_exported_for_people_moodle_and_canvas(graded_room, kind, head):
    room = graded_room
    assert room.kquant("export", "out.csv", "--format", kind).returncode == 0
    first, *lines = (room.folder / "out.csv").read_text().splitlines()
    assert first == head
    ada = next(line for line in lines if line.startswith("ada"))
    dan = next(line for line in lines if line.startswith("dan"))
    assert "16" in ada.split(",") and not {"16", "0"} & set(dan.split(","))


# What a student asks before handing in


def executed(notebook):
    """Return a notebook as it is saved after Run All."""
    for i, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = i + 1
    return notebook


@pytest.mark.parametrize(
    ("notebook", "status", "says"),
    [
        (lambda: executed(solved(LESSON)), 0, "is ready to hand in"),
        (lambda: executed(partly_solved()), 1, f"{SECOND} is not written yet"),
        (lambda: executed(untouched(LESSON)), 1, "The question is open"),
        (lambda: solved(LESSON), 1, f"test_{FIRST} was not run"),
    ],
)
def test_check_says_what_is_missing(tmp_path, notebook, status, says):
    path = tmp_path / f"{LESSON}.ipynb"
    path.write_text(json.dumps(notebook()))
    done = Classroom(tmp_path, LESSON).kquant("check", path)
    assert done.returncode == status and says in done.stdout


def test_check_names_a_copied_cell_and_a_test_that_fails(tmp_path):
    notebook = executed(solved(LESSON))
    error = {"output_type": "error", "ename": "NotYet", "evalue": "", "traceback": []}
    cell_of(notebook, f"test_{FIRST}")["outputs"] = [error]
    notebook["cells"].append(cell_of(notebook, SECOND))
    path = tmp_path / f"{LESSON}.ipynb"
    path.write_text(json.dumps(notebook))
    done = Classroom(tmp_path, LESSON).kquant("check", path, "--json")
    told = json.loads(done.stdout)
    assert told["ready"] is False
    assert [text.split()[0] for text in told["missing"]] == [f"test_{FIRST}", SECOND]


def test_what_a_student_writes_is_what_formgrader_shows(once_graded):
    room, _, _ = once_graded
    path = room.folder / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    assert "".join(cell_of(notebook, ANSWER)["source"]) == WRITTEN
    tests = [cell for cell in notebook["cells"] if mark(cell).get("grade") and cell.get("outputs")]
    assert tests and all("correct" in str(cell["outputs"]) for cell in tests[:1])
    assert os.access(path, os.R_OK)
