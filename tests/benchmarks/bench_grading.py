"""Grade a mixed class of lesson 02: in parallel, one by one, and as nbgrader does it.

    python tests/benchmarks/bench_grading.py [NUMBER]

NUMBER submissions (60), a mix of right, partial, wrong, damaged and hostile ones, are graded with
two workers and with one; the scores must be equal, in any order. nbgrader grades the harmless ones
in one run, as it comes, without a sandbox; so do two workers.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from classroom import Classroom, cell_of, code_cell, solved, untouched
from lessons import Course, exercises

LESSON = "02-global-quantization"
LIMIT = 60


def partial(i):
    """Return a notebook in which one exercise is left out."""
    name = exercises(LESSON)[i % len(exercises(LESSON))]
    return solved(LESSON, {name: cell_of(untouched(LESSON), name)["source"]})


def wrong(i):
    """Return a notebook in which one function returns its first argument."""
    name = exercises(LESSON)[i % len(exercises(LESSON))]
    return solved(LESSON, {name: f"def {name}(first, *rest):\n    return first"})


def damaged(i):
    """Return a solved notebook without its marks."""
    notebook = solved(LESSON)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


def hostile(i):
    """Return an untouched notebook that attacks, or never ends."""
    sources = (
        "import numpy as np\nnp.allclose = np.array_equal = lambda *_, **__: True",
        "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
        "while True: pass",
        "import os\nos._exit(0)",
    )
    notebook = untouched(LESSON)
    notebook["cells"].insert(0, code_cell(sources[i % len(sources)]))
    return notebook


def right(i):
    """Return a solved notebook."""
    return solved(LESSON)


# Of ten submissions.
MIX = (right,) * 4 + (partial,) * 2 + (wrong,) * 2 + (damaged, hostile)


def hand_in(room, number, kinds):
    """Hand in so many submissions of some kinds."""
    for i in range(number):
        make = MIX[i % len(MIX)]
        if make in kinds:
            room.hand_in(f"student-{i:02}", make(i // len(MIX)))


def timed(work):
    """Return what work returns and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def graded(room, workers):
    """Return the scores or reasons of a class, and the seconds it took."""
    (rows, _), seconds = timed(lambda: room.grade("--workers", workers, "--time-limit", LIMIT))
    return {name: (row["score"], row["state"]) for name, row in rows.items()}, seconds


def main(number=60):
    """Print how long each way takes."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first", "third", "fourth"):
            (Path(folder) / name).mkdir()
        first = Classroom.of(Path(folder) / "first", LESSON)
        twin = Classroom(Path(folder) / "twin", LESSON)
        shutil.copytree(first.folder, twin.folder)
        for room in (first, twin):
            hand_in(room, number, MIX)
        parallel, fast = graded(first, 2)
        serial, slow = graded(twin, 1)
        assert parallel == serial, "the scores depend on the order"
        print(f"{number} mixed: two workers {fast:.0f} s, one {slow:.0f} s: × {slow / fast:.2f}")
        harmless = [make for make in MIX if make not in (damaged, hostile)]
        ours, theirs = (Classroom.of(Path(folder) / name, LESSON) for name in ("third", "fourth"))
        for room in (ours, theirs):
            hand_in(room, number, harmless)
        _, fast = graded(ours, 2)
        _, slow = timed(lambda: Course(theirs.folder).nbgrader("autograde", LESSON))
        print(f"harmless: two workers {fast:.0f} s, nbgrader {slow:.0f} s: × {slow / fast:.2f}")
        for student in sorted(path.name for path in (ours.folder / "submitted").iterdir()):
            assert ours.points(student) == theirs.points(student), student
        print("The scores are nbgrader's, cell by cell.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
