"""What is kept quiet around a call: warnings, descriptor 2, the threads of libraries.

Each is a setting of the whole process, so each is one `Counted` change, and whoever needs it
enters that very one: two changes of one setting would put back each other's.
"""

import contextlib
import functools
import logging
import os
import warnings as warnings_module

from kquant_helpers.process_state import Counted


@contextlib.contextmanager
def _no_warnings():
    with warnings_module.catch_warnings():
        warnings_module.simplefilter("ignore")
        yield


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


@contextlib.contextmanager
def _one_blas_thread():
    libraries = [each for each in _libraries().lib_controllers if each.user_api == "blas"]
    before = [each.num_threads for each in libraries]
    _limit_blas(libraries, [1] * len(libraries))
    try:
        yield
    finally:
        _limit_blas(libraries, before)


def _limit_blas(libraries, limits):
    for library, limit in zip(libraries, limits, strict=True):
        # Newer versions of threadpoolctl obey only the first thread that sets a limit, while the
        # last one to leave may be another.
        release = getattr(library, "clear_controlling_thread", lambda force: None)
        release(force=True)
        library.set_num_threads(limit)
        release(force=True)


warnings = Counted(_no_warnings)
"""Ignores all warnings."""

stderr = Counted(_stderr)
"""Keeps off the screen what libraries that know nothing of Python print themselves."""

one_blas_thread = Counted(_one_blas_thread)
"""Keeps products of matrices to one thread.

scikit-learn limits them too, without counting; inside of this context that does no harm.
"""


@contextlib.contextmanager
def pillow():
    """Keep Pillow's warnings and log off the screen: what matters is raised.

    Examples
    --------
    >>> with pillow():
    ...     logging.getLogger("PIL").error("nobody reads this")
    """
    logger, handler = logging.getLogger("PIL"), logging.NullHandler()
    logger.addHandler(handler)
    try:
        with warnings:
            yield
    finally:
        logger.removeHandler(handler)


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
