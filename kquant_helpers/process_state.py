"""State of the whole process (warning filters, stderr, thread pools), changed for a while.

Whatever sets such a thing around a call does so through a `Counted` change: the first caller
sets it, the last one puts it back, and threads that overlap leave nothing changed behind.
"""

import contextlib
import threading


class Counted:
    """A change of the process that lasts while anybody is inside of it.

    Parameters
    ----------
    change : callable
        Returns a context manager that makes the change and takes it back.

    Examples
    --------
    >>> made = []
    >>> @contextlib.contextmanager
    ... def change():
    ...     made.append("set")
    ...     yield
    ...     made.append("put back")
    >>> counted = Counted(change)
    >>> with counted, counted:
    ...     pass
    >>> made
    ['set', 'put back']
    """

    # One lock for all changes: two of them may touch the same thing, as filters of warnings.
    _lock = threading.RLock()

    def __init__(self, change):
        self._change = change
        self._inside = 0
        self._made = None

    def __enter__(self):
        with self._lock:
            if self._inside == 0:
                self._made = contextlib.ExitStack()
                self._made.enter_context(self._change())
            self._inside += 1

    def __exit__(self, *error):
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                made, self._made = self._made, None
                made.close()
