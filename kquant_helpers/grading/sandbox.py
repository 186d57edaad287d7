"""The command that starts a student's process where it sees and reaches nothing.

bubblewrap builds it: a read-only system, no course, no gradebook, no other submission, no network,
a process space of its own, an empty home and temporary folder that vanish with it. Inside,
`student` gives up root's rights and sets the limits that hold for one process.
"""

import contextlib
import functools
import os
import re
import shutil
import site
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

# Where a submission lives inside of the sandbox.
HOME = "/home/student"

# Bytes for all files of a submission, in its home and in /tmp.
_DISK = 256 * 2**20

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
# What a process needs of /etc to start: no names, no keys, no network.
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")

_WAYS_OUT = (
    "Grade on Linux (on Windows in WSL 2), in a container as solutions/README.md shows, or, if "
    "you trust everyone who handed in, with --unsafe, which grades without a sandbox."
)


class NoSandbox(Exception):
    """Says in one sentence why there is no sandbox here, and then what does."""

    def __init__(self, reason):
        super().__init__(f"No sandbox for students' code: {reason}. {_WAYS_OUT}")


def command(course):
    """Return the command that runs Python in the sandbox, to be followed by its arguments.

    Parameters
    ----------
    course : path
        The course's root, which must not be seen in there.

    Raises
    ------
    NoSandbox
        Where no sandbox can be had.
    """
    return [*_wrapper(str(Path(course).resolve())), sys.executable]


def environment(home=HOME):
    """Return the variables that a student's process starts with."""
    return {
        "HOME": home,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "MPLBACKEND": "agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        # Two submissions at once must not fight for the cores, nor score differently alone.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "LOKY_MAX_CPU_COUNT": "1",
        "PIP_NO_INDEX": "1",
    }


def bare_environment(home):
    """Return the variables for a process without a sandbox: what the system needs, and ours."""
    return {**os.environ, **environment(str(home)), "PATH": os.environ.get("PATH", os.defpath)}


def judge_environment():
    """Return the variables that a judge starts with: one thread each, so that cores are shared."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LOKY_MAX_CPU_COUNT", "MPLBACKEND")
    return {**os.environ, **{name: environment()[name] for name in names}}


def limit(name, value, *, for_good=False):
    """Limit what this process may use, as far as the system knows such limits.

    Parameters
    ----------
    name : str
        "RLIMIT_AS" and the like.
    value : int
    for_good : bool
        Whether it must not be raised again, here or in a process that comes from this one.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        soft, most = resource.getrlimit(getattr(resource, name))
        known = [each for each in (soft, most) if each != resource.RLIM_INFINITY]
        value = min([value, *known])
        resource.setrlimit(getattr(resource, name), (value, value if for_good else most))


@functools.cache
def _wrapper(course):
    program = _find()
    told = ""
    for way in _ways():
        wrapper = [program, *way, *_mounts(course), *_variables(), "--"]
        tried = subprocess.run(
            [*wrapper, sys.executable, "-I", "-S", "-c", ""], capture_output=True, text=True
        )
        if tried.returncode == 0:
            return wrapper
        told = tried.stderr.strip().splitlines()[-1:] or [f"status {tried.returncode}"]
    raise NoSandbox(f"bubblewrap does not start on this system ({told[0].rstrip('.')})")


def _find():
    if not sys.platform.startswith("linux"):
        system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
        raise NoSandbox(f"{system} has no bubblewrap")
    program = shutil.which("bwrap")
    if program is None:
        raise NoSandbox("bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)")
    return program


def _ways():
    """Return the ways to build a sandbox, the best one first.

    Root builds it without a user space and hands over to a user that nobody else is: only so
    does the limit on processes hold. In a container root may be left with an ordinary user's way.
    """
    both = ["--die-with-parent", "--new-session", "--unshare-ipc", "--unshare-pid"]
    both += ["--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox"]
    user = ["--unshare-user", "--uid", "1000", "--gid", "1000"]
    root = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    ways = [[*root, *both]] if os.geteuid() == 0 else []
    ways.append([*user, *both])
    return [[*way, *proc] for proc in (["--proc", "/proc"], ["--tmpfs", "/proc"]) for way in ways]


def _mounts(course):
    """Return what is seen inside: the system and Python, read-only, and empty folders."""
    mounts = []
    for path in (*_SYSTEM, *_SETTINGS):
        if os.path.islink(path) and path in _SYSTEM:
            mounts += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            mounts += ["--ro-bind", path, path]
    mounts += ["--dev", "/dev", *_tmpfs("/dev/shm", _DISK), *_tmpfs("/tmp", _DISK)]
    mounts += _tmpfs(HOME, _DISK)
    folders = _python_folders(Path(course))
    # What is made on the way to a folder is root's alone unless asked for.
    above = {parent for path in folders for parent in path.parents[:-1]}
    for path in sorted(above - {Path("/tmp"), Path("/usr")}):
        mounts += ["--dir", str(path)]
    for path in folders:
        mounts += ["--ro-bind", str(path), str(path)]
    return [*mounts, "--remount-ro", "/", "--chdir", HOME]


def _tmpfs(folder, size):
    limit = ["--size", str(size)] if _version() >= (0, 7) else []
    # Root's folders are to be written by the user that root becomes.
    permissions = ["--perms", "1777"] if _version() >= (0, 5) else []
    return [*permissions, *limit, "--tmpfs", folder]


@functools.cache
def _version():
    told = subprocess.run([_find(), "--version"], capture_output=True, text=True).stdout
    return tuple(int(number) for number in re.findall(r"\d+", told)[:2])


def _python_folders(course):
    """Return the folders that Python and its packages are in, but for the course around them."""
    folders = {Path(sys.prefix), Path(sys.base_prefix), Path(os.path.realpath(sys.executable))}
    folders |= {
        Path(path) for path in sys.path if path.endswith(("site-packages", "dist-packages"))
    }
    if site.ENABLE_USER_SITE:
        folders.add(Path(site.getusersitepackages()))
    folders = {path for path in folders if path.exists() and not _within(path, "/usr")}
    for path in folders:
        if _within(course, path):
            raise NoSandbox(f"the course lies inside of Python's own folder {path}; move it out")
    return [*sorted(folders), PACKAGE]


def _within(path, folder):
    return Path(path).is_relative_to(folder)


def _variables():
    wanted = ["--clearenv"] if _version() >= (0, 5) else []
    for name, value in environment().items():
        wanted += ["--setenv", name, value]
    return wanted
