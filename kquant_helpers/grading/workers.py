"""Many jobs at once: here, or on whatever machines a dask scheduler has."""

import os
from concurrent.futures import ThreadPoolExecutor, as_completed

from kquant_helpers.grading.jobs import run

# How often a job is given to another worker when its own one dies.
_TRIES = 3


class NoScheduler(Exception):
    """Says in one sentence why the scheduler cannot be used."""


def run_all(jobs, *, workers=None, scheduler=None):
    """Do jobs and hand out each result as soon as it is there.

    Parameters
    ----------
    jobs : sequence of dict
        What `jobs.make_job` returns.
    workers : int, optional
        How many at once; as many as there are cores by default.
    scheduler : str, optional
        Address of a dask scheduler, whose workers do the jobs in place of this machine.

    Yields
    ------
    job, result : dict
    """
    yield from (_remotely(jobs, scheduler) if scheduler else _here(jobs, workers))


def cores():
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def _here(jobs, workers):
    # A thread waits for each job; the work is done in the job's own processes.
    pool = ThreadPoolExecutor(workers or cores())
    try:
        waiting = {pool.submit(run, job): job for job in jobs}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _remotely(jobs, scheduler):
    try:
        from dask.distributed import Client
        from dask.distributed import as_completed as as_dask_completes
    except ImportError:
        raise NoScheduler(
            "--scheduler needs dask: pip install 'kquant-helpers[cluster]' here and on each worker."
        ) from None
    try:
        client = Client(scheduler, timeout=15)
    except (OSError, ValueError) as error:
        raise NoScheduler(f"No dask scheduler answers at {scheduler} ({error}).") from None
    with client:
        futures = [client.submit(run, job, pure=False, retries=_TRIES) for job in jobs]
        waiting = dict(zip((future.key for future in futures), jobs, strict=True))
        for future in as_dask_completes(futures):
            yield waiting[future.key], _result_of(future)


def _result_of(future):
    try:
        return future.result()
    except Exception as error:
        reason = f"Its workers died or failed {_TRIES} times ({type(error).__name__}: {error})."
        return {"state": "failed", "reason": reason[:300], "notebook": None, "seconds": 0.0}
