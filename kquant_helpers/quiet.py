"""Settings of the whole process, set around a call and put back: warnings, stderr, threads.

Such a setting belongs to everybody. Two calls that overlap in two threads would each put back
what the other had set, and leave it so for good. So each context here counts: the first to
enter sets, and the last to leave puts back.
"""

import contextlib
import functools
import logging
import os
import threading
import warnings


class _Shared:
    """A context that any number of threads may be in at once."""

    def __init__(self, context):
        self._context = context
        self._lock = threading.Lock()
        self._inside = 0

    def __enter__(self):
        with self._lock:
            if not self._inside:
                self._open = self._context()
                self._open.__enter__()
            self._inside += 1

    def __exit__(self, *_):
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._open.__exit__(None, None, None)


@contextlib.contextmanager
def _pillow():
    logger, handler = logging.getLogger("PIL"), logging.NullHandler()
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"PIL(\.|$)")
            yield
    finally:
        logger.removeHandler(handler)


@contextlib.contextmanager
def _stderr():
    try:
        saved = os.dup(2)
    except OSError:  # Nothing is printed where stderr is closed.
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)


@functools.cache
def _libraries():
    """Return what limits threads; the libraries that have some are loaded by then."""
    import sklearn.cluster  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


pillow = _Shared(_pillow)
"""Keeps Pillow's warnings and log off the screen: what matters is raised."""

stderr = _Shared(_stderr)
"""Keeps off the screen what libraries that know nothing of Python print themselves."""

one_blas_thread = _Shared(lambda: _libraries().limit(limits=1, user_api="blas"))
"""Keeps products of matrices to one thread.

scikit-learn limits them too, without counting; inside of this context that does no harm.
"""


@contextlib.contextmanager
def one_thread():
    """Keep k-means to one thread.

    On a busy machine, such as a shared hub, several threads wait for each other for seconds.

    Examples
    --------
    >>> with one_thread():
    ...     sum([1, 2])
    3
    """
    # How many threads OpenMP starts is a setting of each thread, and no other one sees it.
    with one_blas_thread, _libraries().limit(limits=1, user_api="openmp"):
        yield
