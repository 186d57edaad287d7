"""Calls of the kernel that no answer of the course needs: Linux refuses them to the sandbox.

Namespaces within the sandbox would let code mount filesystems there; memory that belongs to no
process would not be counted; a socket of an odd family reaches a virtual machine's host. The
filter is that of seccomp, a program of a few jumps that each call of the kernel runs through.
"""

import contextlib
import ctypes
import errno
import platform
import struct

# Number of each call by processor. clone and socket are refused by what they ask for.
_NUMBERS = {
    "x86_64": {
        "arch": 0xC000003E, "seccomp": 317, "clone": 56, "clone3": 435, "socket": 41,
        "unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155,
        "chroot": 161, "memfd_create": 319, "shmget": 29, "msgget": 68, "ptrace": 101,
        "process_vm_readv": 310, "process_vm_writev": 311, "bpf": 321, "perf_event_open": 298,
        "userfaultfd": 323, "add_key": 248, "request_key": 249, "keyctl": 250,
    },
    "aarch64": {
        "arch": 0xC00000B7, "seccomp": 277, "clone": 220, "clone3": 435, "socket": 198,
        "unshare": 97, "setns": 268, "mount": 40, "umount2": 39, "pivot_root": 41,
        "chroot": 51, "memfd_create": 279, "shmget": 194, "msgget": 186, "ptrace": 117,
        "process_vm_readv": 270, "process_vm_writev": 271, "bpf": 280, "perf_event_open": 241,
        "userfaultfd": 282, "add_key": 217, "request_key": 218, "keyctl": 219,
    },
}  # fmt: skip
# The same on every processor.
_EVERYWHERE = {
    "io_uring_setup": 425, "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsmount": 432,
    "mount_setattr": 442, "memfd_secret": 447,
}  # fmt: skip

_FAMILIES = {"unix": 1, "inet": 2, "inet6": 10, "netlink": 16}
_NEW_USER = 0x10000000
# Numbers of another kind of program on the same processor begin here.
_OTHER_KIND = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_SET_FILTER, _ALL_THREADS, _NO_NEW_PRIVILEGES = 1, 1, 38


def forbid():
    """Refuse these calls to this process, for good, and to all that come from it.

    Returns
    -------
    bool
        Whether the system does so; other systems than Linux, for one, do not.
    """
    numbers = _NUMBERS.get(platform.machine())
    if platform.system() != "Linux" or numbers is None:
        return False
    program = _program(numbers)
    kept = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    libc = ctypes.CDLL(None)
    with contextlib.suppress(AttributeError):
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return libc.syscall(numbers["seccomp"], _SET_FILTER, _ALL_THREADS, head) == 0
    return False


def _program(numbers):
    """Return the filter: instructions of a code, two jumps and a number each."""
    numbers = numbers | _EVERYWHERE
    special = ("arch", "seccomp", "clone", "clone3", "socket")
    steps = [(_LOAD, 0, 0, _ARCH), (_EQUAL, 1, 0, numbers["arch"]), _refuse(errno.EPERM)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _OTHER_KIND), _refuse(errno.EPERM)]
    for name, number in numbers.items():
        if name not in special:
            steps += [(_EQUAL, 0, 1, number), _refuse(errno.EPERM)]
    # Its wishes cannot be read; the C library falls back to clone.
    steps += [(_EQUAL, 0, 1, numbers["clone3"]), _refuse(errno.ENOSYS)]
    steps += [(_EQUAL, 0, 3, numbers["clone"]), (_LOAD, 0, 0, _FIRST_ARGUMENT)]
    steps += [(_ANY_BIT, 0, 1, _NEW_USER), _refuse(errno.EPERM)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_EQUAL, 1, 0, numbers["socket"]), _allow()]
    steps += [(_LOAD, 0, 0, _FIRST_ARGUMENT)]
    for family in _FAMILIES.values():
        steps += [(_EQUAL, 0, 1, family), _allow()]
    steps += [_refuse(errno.EAFNOSUPPORT)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _allow():
    return (_RETURN, 0, 0, _ALLOW)


def _refuse(number):
    return (_RETURN, 0, 0, _REFUSE | number)
