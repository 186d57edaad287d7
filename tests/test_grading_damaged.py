"""Damaged notebooks and honest oddities, handed in for one run of the real command.

Each starts from a solved and answered notebook. Where the answers are still in it, it gets its
points and the written answer waits for a reader; where not, the report says what to do.
"""

import copy
import json

import pytest
from classroom import (
    WRITTEN,
    Classroom,
    cell_of,
    code_cell,
    mark,
    markdown_cell,
    solutions,
    solved,
    untouched,
)
from lessons import exercises, grading, is_written, read_notebook, released_path

from kquant_helpers.grading.release import exercise_of, is_test, read_release
from kquant_helpers.grading.repair import repair

LESSON = "00-start-here"
FIRST, SECOND = exercises(LESSON)
TEST = f"test_{FIRST}"
ANSWER = next(
    grading(cell)["grade_id"]
    for cell in read_notebook(released_path(LESSON)).cells
    if is_written(cell)
)
TESTS = [f"test_{name}{end}" for name in (FIRST, SECOND) for end in ("", "_hidden")]
FIELDS = ("grade", "grade_id", "locked", "points", "schema_version", "solution", "task", "checksum")
WRONG = {"none": None, "text": "x", "number": -7, "list": [1], "object": {"a": 1}, "true": True}


def index_of(notebook, name):
    return notebook["cells"].index(cell_of(notebook, name))


def each_marked(notebook):
    return [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]


def without_field(field):
    def damage(notebook):
        for cell in each_marked(notebook):
            cell["metadata"]["nbgrader"].pop(field, None)

    return damage


def with_field(field, value):
    def damage(notebook):
        for cell in each_marked(notebook):
            cell["metadata"]["nbgrader"][field] = value

    return damage


def with_metadata(**changes):
    def damage(notebook):
        for cell in notebook["cells"]:
            cell["metadata"] |= copy.deepcopy(changes)

    return damage


def with_cells(**changes):
    def damage(notebook):
        for cell in notebook["cells"]:
            cell |= copy.deepcopy(changes)

    return damage


def copied(name, keep_id=True):
    """Copy a cell to below itself and empty the upper one."""

    def damage(notebook):
        place = index_of(notebook, name)
        twin = copy.deepcopy(notebook["cells"][place])
        if not keep_id:
            twin["id"] = "twin"
        blank = cell_of(untouched(LESSON), name)
        notebook["cells"][place]["source"] = blank["source"]
        notebook["cells"].insert(place + 1, twin)

    return damage


def deleted(*names):
    def damage(notebook):
        for name in names:
            notebook["cells"].remove(cell_of(notebook, name))

    return damage


def retyped(name, kind):
    def damage(notebook):
        cell_of(notebook, name)["cell_type"] = kind

    return damage


def split(notebook):
    place = index_of(notebook, FIRST)
    cell = notebook["cells"][place]
    lines = "".join(cell["source"]).splitlines(keepends=True)
    cell["source"] = lines[:1]
    notebook["cells"].insert(place + 1, code_cell("".join(lines[1:])))


def merged(notebook):
    """Merge the exercise with its test: the lower cell's mark is gone."""
    test = cell_of(notebook, TEST)
    exercise = cell_of(notebook, FIRST)
    exercise["source"] = f"{''.join(exercise['source'])}\n\n{''.join(test['source'])}"
    notebook["cells"].remove(test)


def merged_upwards(notebook):
    """Merge a test with the exercise below it: the exercise's mark is gone."""
    test, exercise = cell_of(notebook, TEST), cell_of(notebook, SECOND)
    test["source"] = f"{''.join(test['source'])}\n\n{''.join(exercise['source'])}"
    notebook["cells"].remove(exercise)


def moved_down(notebook):
    cell = cell_of(notebook, FIRST)
    notebook["cells"].remove(cell)
    notebook["cells"].append(cell)


def moved_tests(notebook):
    tests = [c for c in notebook["cells"] if mark(c).get("grade") and c["cell_type"] == "code"]
    for cell in tests:
        notebook["cells"].remove(cell)
        notebook["cells"].insert(1, cell)


def stripped(notebook):
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def stripped_and_retyped(notebook):
    for name in (FIRST, SECOND):
        cell_of(notebook, name)["cell_type"] = "raw"
    stripped(notebook)


def without_metadata(notebook):
    for cell in notebook["cells"]:
        del cell["metadata"]


def solved_in_a_new_cell(notebook):
    for name in (FIRST, SECOND):
        place = index_of(notebook, name)
        notebook["cells"].insert(place + 1, code_cell(solutions(LESSON)[name]))
        notebook["cells"][place]["source"] = cell_of(untouched(LESSON), name)["source"]


def solved_at_the_end(notebook):
    for name in (FIRST, SECOND):
        notebook["cells"].append(code_cell(solutions(LESSON)[name]))
        cell_of(notebook, name)["source"] = cell_of(untouched(LESSON), name)["source"]


def ids(*values):
    def damage(notebook):
        for i, cell in enumerate(notebook["cells"]):
            cell["id"] = values[i % len(values)]

    return damage


def without_ids(notebook):
    for cell in notebook["cells"]:
        cell.pop("id", None)


def kernel(name, language):
    def damage(notebook):
        spec = {"name": name, "display_name": name, "language": language}
        notebook["metadata"] |= {"kernelspec": spec, "language_info": {"name": language}}

    return damage


def large_outputs(notebook):
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 20 * 2**20}
    cell_of(notebook, FIRST)["outputs"] = [output]


def odd_outputs(notebook):
    for cell in notebook["cells"]:
        cell["outputs"] = [{"output_type": 3}, None, "x"]


def foreign_cells(notebook):
    entry = {"grade_id": "quadruple", "grade": True, "points": 8, "solution": False}
    notebook["cells"].append(code_cell("assert False") | {"metadata": {"nbgrader": entry}})


def edited_test(notebook):
    cell_of(notebook, TEST)["source"] = "# I had no time for this"


def nonsense_among_the_cells(notebook):
    notebook["cells"][2:2] = [None, 7, "text", [], {}]


def format_3(notebook):
    """Save in the format of IPython 2, as an old tool does."""
    cells = notebook.pop("cells")
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["input"], cell["language"] = cell.pop("source"), "python"
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}


def answered_below(notebook):
    place = index_of(notebook, ANSWER)
    notebook["cells"][place]["source"] = cell_of(untouched(LESSON), ANSWER)["source"]
    notebook["cells"].insert(place + 1, markdown_cell(WRITTEN))


def answered_in_code(notebook):
    answered_below(notebook)
    cell = next(c for c in notebook["cells"] if c["source"] == WRITTEN)
    cell |= code_cell(WRITTEN)


def answered_in_a_comment(notebook):
    answered_in_code(notebook)
    cell = next(c for c in notebook["cells"] if c["source"] == WRITTEN)
    cell["source"] = f"# {WRITTEN}"


def answered_above(notebook):
    """Write below the question itself, in its cell."""
    place = index_of(notebook, ANSWER)
    notebook["cells"][place]["source"] = cell_of(untouched(LESSON), ANSWER)["source"]
    above = notebook["cells"][place - 1]
    above["source"] = f"{''.join(above['source'])}\n\n{WRITTEN}"


def answered_in_a_deleted_cells_place(notebook):
    place = index_of(notebook, ANSWER)
    notebook["cells"][place] = markdown_cell(WRITTEN)


def merged_answer(notebook):
    """Merge the answer into the question above it."""
    place = index_of(notebook, ANSWER)
    above, below = notebook["cells"][place - 1 : place + 1]
    above["source"] = f"{''.join(above['source'])}\n\n{''.join(below['source'])}"
    del notebook["cells"][place]


# Name to what is done to the notebook's JSON; all keep 16 points and an answer to be read.
DAMAGE = {
    **{f"no_{field}": without_field(field) for field in FIELDS if field != "grade_id"},
    **{f"{field}_is_{kind}": with_field(field, WRONG[kind]) for field, kind in [
        ("grade", "text"), ("locked", "list"), ("points", "text"), ("points", "none"),
        ("points", "object"), ("schema_version", "number"), ("schema_version", "text"),
        ("schema_version", "none"), ("solution", "none"), ("solution", "list"), ("task", "true"),
        ("checksum", "number"), ("cell_type", "list"), ("grade_id", "none"), ("grade_id", "list"),
        ("grade_id", "object"),
    ]},
    "schema_of_the_past": with_field("schema_version", 1),
    "schema_of_the_future": with_field("schema_version", 99),
    "entry_is_null": with_metadata(nbgrader=None),
    "entry_is_a_list": with_metadata(nbgrader=[1, 2]),
    "metadata_is_null": with_cells(metadata=None),
    "metadata_is_missing": without_metadata,
    "copied_exercise": copied(FIRST),
    "copied_exercise_with_an_id": copied(FIRST, keep_id=False),
    "copied_test": copied(TEST),
    "copied_answer": copied(ANSWER),
    "deleted_test": deleted(TEST),
    "deleted_tests": deleted(TEST, f"test_{SECOND}"),
    "split_exercise": split,
    "merged_exercise_and_test": merged,
    "merged_test_and_exercise": merged_upwards,
    "moved_exercise": moved_down,
    "moved_tests": moved_tests,
    "edited_test": edited_test,
    "exercise_is_markdown": retyped(FIRST, "markdown"),
    "exercise_is_raw": retyped(FIRST, "raw"),
    "exercise_is_nothing_known": retyped(FIRST, "cobol"),
    "test_is_markdown": retyped(TEST, "markdown"),
    "answer_is_code": retyped(ANSWER, "code"),
    "answer_is_raw": retyped(ANSWER, "raw"),
    "stripped": stripped,
    "stripped_and_retyped": stripped_and_retyped,
    "solved_in_a_new_cell": solved_in_a_new_cell,
    "solved_at_the_end": solved_at_the_end,
    "no_ids": without_ids,
    "one_id_for_all": ids("same"),
    "null_ids": ids(None),
    "odd_ids": ids(7, "", "ä" * 200, ["x"]),
    "tags": with_metadata(tags=["skip-execution", "remove-cell"], deletable="no"),
    "tags_are_text": with_metadata(tags="skip-execution", jupyter=3),
    "odd_attachments": with_cells(attachments={"a.png": "no", "b": None, "c": {"image/png": 3}}),
    "r_kernel": kernel("ir", "R"),
    "unknown_kernel": kernel("ghost-of-a-virtualenv", "python"),
    "kernel_is_null": lambda nb: nb.update(metadata={"kernelspec": None, "language_info": 3}),
    "metadata_of_all_is_null": lambda nb: nb.update(metadata=None),
    "no_format": lambda nb: [nb.pop("nbformat"), nb.pop("nbformat_minor")],
    "format_of_the_future": lambda nb: nb.update(nbformat=7),
    "format_3": format_3,
    "large_outputs": large_outputs,
    "odd_outputs": odd_outputs,
    "source_is_in_lines": lambda nb: [
        c.update(source="".join(c["source"]).splitlines(keepends=True)) for c in nb["cells"]
    ],
    "foreign_cells": foreign_cells,
    "nonsense_among_the_cells": nonsense_among_the_cells,
    "answered_below": answered_below,
    "answered_in_code": answered_in_code,
    "answered_in_a_comment": answered_in_a_comment,
    "answered_above": answered_above,
    "answered_in_a_new_cell_only": answered_in_a_deleted_cells_place,
    "answer_merged_with_the_question": merged_answer,
    "untidy_unicode": lambda nb: nb["cells"].append(markdown_cell("half an emoji \ud83d here")),
}  # fmt: skip


def source_is_null(notebook):
    cell_of(notebook, FIRST)["source"] = None


# What loses an answer loses its points only.
LOSSES = {
    "source_is_null": (source_is_null, FIRST),
    "deleted_exercise": (deleted(FIRST), FIRST),
    "deleted_exercise_and_test": (deleted(SECOND, f"test_{SECOND}"), SECOND),
}


def data_of(notebook, encoding="utf-8", mark=b""):
    return mark + json.dumps(notebook, ensure_ascii=False).encode(encoding)


# Files that are read all the same.
ENCODED = {
    "byte_order_mark": lambda nb: data_of(nb, "utf-8", b"\xef\xbb\xbf"),
    "utf_16": lambda nb: data_of(nb, "utf-16"),
    "utf_32": lambda nb: data_of(nb, "utf-32"),
    "utf_16_without_mark": lambda nb: data_of(nb, "utf-16-le"),
    "latin_1": lambda nb: data_of(nb | {"x": "é"}, "latin-1", b" ") if fits(nb) else data_of(nb),
    "half_an_emoji_in_a_source": lambda nb: json.dumps(with_half_an_emoji(nb)).encode(),
    "windows_lines": lambda nb: json.dumps(nb, indent=1).replace("\n", "\r\n").encode(),
    "null_bytes_after": lambda nb: data_of(nb) + b"\n\n",
}


def fits(notebook):
    try:
        json.dumps(notebook, ensure_ascii=False).encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def with_half_an_emoji(notebook):
    cell = cell_of(notebook, FIRST)
    cell["source"] = f"# \ud83d\n{''.join(cell['source'])}"
    return notebook


CONFLICT = b'{\n "cells": [\n<<<<<<< HEAD\n  {},\n=======\n  {}\n>>>>>>> theirs\n ]\n}'

# Files without an answer, and what the reason must say.
HOPELESS = {
    "empty": (b"", "empty"),
    "blank": (b"  \n\n", "empty"),
    "truncated": (None, "ends in the middle"),
    "a_web_page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
    "merge_conflict": (CONFLICT, "merge conflict"),
    "a_list": (b"[1, 2]", "no notebook"),
    "a_word": (b"hello", "no notebook"),
    "a_picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "no notebook"),
    "no_cells": (b'{"cells": [], "metadata": {}, "nbformat": 4}', "no cells"),
    "another_notebook": (
        b'{"cells": [{"cell_type": "code", "source": "1 + 1", "metadata": {}}]}',
        "Nothing of",
    ),
    "endless_nesting": (b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "Ask for it"),
    "no_comma": (b'{"cells": [] "metadata": {}}', "cannot be read"),
}

# Honest students with odd habits; each keeps its 16 points. Code above, code below, and answers.
HABITS = {
    "any_names": ("np = kq = photo = list = int = len = print = check = None", ""),
    "names_of_tests": ("ask = near = image = expected = result = k = rng = 3", ""),
    "a_helper_called_check": ("def check(*_): return 1\ndef correct(*_): return 2", ""),
    "overwritten_later": ("", f"{FIRST} = {FIRST}(__import__('numpy').zeros((2, 2), 'uint8'), 3)"),
    "exits_at_the_end": ("", "exit()"),
    "system_exit_at_the_end": ("", "import sys\nsys.exit(1)"),
    "quits_on_top": ("quit()", ""),
    "asks": ("name = input('Your name? ')\nimport getpass\ngetpass.getpass()", ""),
    "magics": ("%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n%time 1 + 1\n!ls", ""),
    "cell_magic": ("%%bash\necho hello", ""),
    "installs": ("%pip install numpy", ""),
    "errors_on_the_way": ("1 / 0", "undefined_name"),
    "no_python": ("this is = not python at all (", ""),
    "awaits": ("import asyncio\nawait asyncio.sleep(0)", ""),
    "threads": ("import threading\nthreading.Thread(target=print, args=('x',)).start()", ""),
    "plots": ("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()", ""),
    "writes_a_file": ("open('mine.txt', 'w').write('x')\nopen('mine.txt').read()", ""),
    "warns": ("import warnings\nwarnings.warn('careful')\nwarnings.simplefilter('error')", ""),
    "sets_the_seed": ("import numpy as np, random\nnp.random.seed(0); random.seed(0)", ""),
    "processes": ("from multiprocessing import Pool\nwith Pool(2) as p: p.map(abs, [1])", ""),
}

# Lines put at the head of both functions.
NOISE = {
    "prints_a_lot": "for _ in range(20_000): print('pixel', _)",
    "to_stderr": "import sys; print('x', file=sys.stderr); sys.__stderr__.write('x')",
    "to_descriptor_2": "import os; os.write(2, b'x' * 1000)",
    "logs": "import logging; logging.basicConfig(); logging.error('x'); logging.warning('y')",
    "warns_inside": "import warnings; warnings.warn('x'); warnings.simplefilter('always')",
    "child_to_stderr": "import subprocess; subprocess.run('echo x >&2', shell=True)",
    "floating_point": "import numpy as np; np.float64(1) / 0; np.uint8(200) + np.uint8(100)",
    "shows_a_bar": "import sys; [sys.stderr.write(f'\\r{i}%') for i in range(100)]",
    "asks_inside": "input('go on? ')",
}


def with_noise(line):
    answers = {}
    for name in (FIRST, SECOND):
        head, body = solutions(LESSON)[name].split("\n", 1)
        answers[name] = f"{head}\n    {line}\n{body}"
    return solved(LESSON, answers)


def with_habit(above, below):
    notebook = solved(LESSON)
    if above:
        notebook["cells"].insert(0, code_cell(above))
    if below:
        notebook["cells"].append(code_cell(below))
    return notebook


def damaged(damage):
    notebook = solved(LESSON)
    damage(notebook)
    return notebook


FULL = (*DAMAGE, *ENCODED, *HABITS, *NOISE, "renamed", "extra", "folder_in_capitals", "helper")
ODD_NAMES = (
    "with space", "-dash", "[brackets]*", "ünï-code", "quo'te\"s", "{student_id}", "100%",
    ".hidden", "two\nlines \x1b[2J",
)  # fmt: skip
BAD_NAMES = {"x" * 200: "more than 128", "no-utf-8-\udcff": "UTF-8", "a_link": "link"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Hand in all kinds, and grade everyone in one run."""
    room = Classroom.of(tmp_path_factory.mktemp("damaged"), LESSON)
    for kind, damage in DAMAGE.items():
        room.hand_in(kind, damaged(damage))
    for kind, (damage, _) in LOSSES.items():
        room.hand_in(kind, damaged(damage))
    for kind, encode in ENCODED.items():
        room.hand_in(kind, encode(solved(LESSON)))
    for kind, (data, _) in HOPELESS.items():
        room.hand_in(kind, data_of(solved(LESSON))[:5000] if data is None else data)
    for kind, (above, below) in HABITS.items():
        room.hand_in(kind, with_habit(above, below))
    for kind, line in NOISE.items():
        room.hand_in(kind, with_noise(line))
    for name in ODD_NAMES:
        room.hand_in(name, solved(LESSON))
    for name in BAD_NAMES:
        if name == "a_link":
            (room.folder / "submitted" / name).symlink_to("with space", target_is_directory=True)
        else:
            room.hand_in(name, solved(LESSON))
    odd_places(room)
    return room, *room.grade("--workers", "2")


def odd_places(room):
    """Hand in under other names, beside other files, or nothing at all."""
    for student in ("renamed", "extra", "folder_in_capitals", "helper"):
        room.hand_in(student, solved(LESSON))
    place = room.place("renamed")
    place.rename(place.with_name(f"{LESSON} (1).ipynb"))
    room.place("extra").with_name("Untitled.ipynb").write_text(json.dumps(untouched(LESSON)))
    folder = room.place("folder_in_capitals").parent
    folder.rename(folder.with_name(LESSON.upper().replace("-", "_")))
    lines = "from mine import answer\nassert answer == 42"
    room.hand_in("helper", with_habit(lines, ""))
    (room.place("helper").parent / "mine.py").write_text("answer = 42")
    (room.folder / "submitted" / "absent").mkdir()
    deep = room.place("helper").with_name("deep")
    for _ in range(300):
        deep /= "deeper"
    deep.mkdir(parents=True)
    (deep / "notes.txt").write_text("x")
    with open(room.place("a_file_of_terabytes"), "wb") as file:
        file.truncate(2**42)
    room.place("no_notebook").with_name("notes.txt").write_text("x")
    for name in ("one.ipynb", "two.ipynb"):
        room.place("two_notebooks").with_name(name).write_text(json.dumps(solved(LESSON)))


# One field at a time, whatever stands in it

ABSENT = object()
ANYTHING = (
    ABSENT, None, True, False, -7, 10**30, float("nan"), "", "\ud83d", "code", "markdown", [1],
    {"a": 1}, TEST, f"{TEST}_hidden", FIRST, SECOND, ANSWER,
)  # fmt: skip


def each_change(marked):
    """Yield what one cell of a notebook may hold in one field, and how to say so."""
    for place in (("metadata", "nbgrader", field) for field in (*FIELDS, "cell_type", "remove")):
        yield from ((place, value) for value in ANYTHING)
    for place in (("metadata",), ("metadata", "nbgrader"), ("metadata", "tags"), ("cell_type",),
                  ("id",), ("outputs",), ("attachments",), ("execution_count",)):  # fmt: skip
        yield from ((place, value) for value in ANYTHING)


def changed(cell, place, value):
    """Return a copy of a cell with another value in a field."""
    twin = copy.deepcopy(cell)
    holder = twin
    for part in place[:-1]:
        holder = holder[part]
    if value is ABSENT:
        holder.pop(place[-1], None)
    else:
        holder[place[-1]] = value
    return twin


def what_decides(notebook, release):
    """Return what a score depends on: each test, once, below its exercise, and the answers."""
    cells = notebook["cells"]
    names = [mark(cell).get("grade_id") for cell in cells]
    tests = {known["name"]: known["source"] for known in release["cells"] if is_test(known)}
    for name, source in tests.items():
        assert names.count(name) == 1
        test = names.index(name)
        assert (cells[test]["source"], cells[test]["cell_type"]) == (source, "code")
        solution = solutions(LESSON)[exercise_of(name)]
        above = [c["source"] for c in cells[:test] if not is_locked(c) and c["cell_type"] == "code"]
        assert solution in above
    assert WRITTEN in cell_of(notebook, ANSWER)["source"]
    entries = {known["name"]: known["entry"] for known in release["cells"]}
    assert all(mark(cell) == entries.get(mark(cell).get("grade_id"), {}) for cell in cells)


def is_locked(cell):
    return mark(cell).get("grade") and cell["cell_type"] == "code"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    room = Classroom.of(tmp_path_factory.mktemp("release"), LESSON)
    with room.gradebook() as book:
        return read_release(book, LESSON, released_path(LESSON))


@pytest.mark.parametrize("name", [FIRST, SECOND, ANSWER, *TESTS])
def test_no_value_of_no_field_of_a_cell_changes_what_is_graded(release, name):
    whole = solved(LESSON)
    place = index_of(whole, name)
    for field, value in each_change(whole["cells"][place]):
        cells = [*whole["cells"]]
        cells[place] = changed(cells[place], field, value)
        notebook = whole | {"cells": cells}
        try:
            mended, _ = repair(json.dumps(notebook).encode(), release)
            what_decides(mended, release)
        except Exception as error:
            raise AssertionError(f"{name}: {field} is {value!r}") from error


@pytest.mark.parametrize("kind", FULL)
def test_what_is_still_there_gets_its_points_and_a_reader(graded, kind):
    row = graded[1][kind]
    assert (row["state"], row["score"], row["needs_manual"]) == ("graded", "16", "true"), row


@pytest.mark.parametrize("kind", LOSSES)
def test_what_is_gone_costs_its_own_points(graded, kind):
    room, rows, _ = graded
    gone = LOSSES[kind][1]
    most = sum(
        grading(cell).get("points", 0)
        for cell in read_notebook(released_path(LESSON)).cells
        if grading(cell).get("grade_id", "").startswith(f"test_{gone}")
    )
    assert float(rows[kind]["score"]) == 16 - most
    assert room.points(kind)[f"test_{gone}"] == 0


@pytest.mark.parametrize("kind", HOPELESS)
def test_what_cannot_be_read_says_what_to_do(graded, kind):
    row = graded[1][kind]
    assert (row["state"], row["score"], row["needs_manual"]) == ("not graded", "", "false")
    assert HOPELESS[kind][1].lower() in row["reason"].lower()


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_of_a_folder_will_do(graded, name):
    assert graded[1][name]["score"] == "16"


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_folder_that_no_gradebook_can_name_is_told(graded, name):
    row = graded[1][name.encode("utf-8", "replace").decode()]
    assert row["state"] == "not graded" and BAD_NAMES[name] in row["reason"]


def test_no_name_of_a_folder_steers_a_terminal(graded):
    assert "\x1b" not in graded[2].stdout and "two\\nlines" in graded[2].stdout


@pytest.mark.parametrize("kind", ["absent", "no_notebook", "two_notebooks", "a_file_of_terabytes"])
def test_who_handed_in_nothing_that_can_be_told_is_named(graded, kind):
    row = graded[1][kind]
    words = {
        "absent": "Nothing was handed in",
        "no_notebook": "notes.txt",
        "two_notebooks": "two.ipynb",
        "a_file_of_terabytes": "cleared",
    }[kind]
    assert row["state"] == "not graded" and words in row["reason"]


def test_the_written_answer_can_be_read_in_formgrader(graded):
    room, _, _ = graded
    for kind in DAMAGE:
        path = room.folder / "autograded" / kind / LESSON / f"{LESSON}.ipynb"
        notebook = json.loads(path.read_text("utf-8"))
        assert WRITTEN in "".join(cell_of(notebook, ANSWER)["source"]), kind


def test_the_run_ends_with_status_1_and_names_who_is_missing(graded):
    _, rows, done = graded
    assert done.returncode == 1
    for student, row in rows.items():
        assert row["state"] == "graded" or row["reason"] in done.stdout, student
