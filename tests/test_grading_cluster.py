"""The same jobs on a real dask cluster of separate worker processes, one of which is killed."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from classroom import ENVIRONMENT, Classroom, solved, untouched

LESSON = "00-start-here"


def started(*arguments):
    """Start a part of dask as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def end(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    process.communicate(timeout=30)


@pytest.fixture
def scheduler():
    """Yield the address of a scheduler on a free port."""
    process = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
    )
    try:
        for line in process.stderr:
            found = re.search(r"Scheduler at:\s+(tcp://\S+)", line)
            if found:
                yield found[1]
                break
        else:
            pytest.fail("the scheduler does not start")
    finally:
        end(process)


@pytest.fixture
def workers(scheduler):
    """Yield two workers, each one process with one thread and nobody to start it again."""
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    processes = [started("distributed.cli.dask_worker", scheduler, *options) for _ in range(2)]
    yield processes
    for process in processes:
        end(process)


def test_a_class_is_graded_on_a_cluster_although_a_worker_is_killed_midway(
    tmp_path, scheduler, workers
):
    room = Classroom.of(tmp_path, LESSON)
    for i in range(8):
        room.hand_in(f"s{i}", solved(LESSON) if i % 2 else untouched(LESSON))
    process = room.start("grade", LESSON, "--scheduler", scheduler, "--report", "report.csv")
    while not list((room.folder / "autograded").glob(f"*/.{LESSON}.json")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.1)
    os.killpg(workers[0].pid, signal.SIGKILL)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    rows = room.report()
    assert [rows[f"s{i}"]["score"] for i in range(8)] == ["0", "16"] * 4
    assert workers[0].wait() == -signal.SIGKILL and workers[1].poll() is None
