"""A quantized image as a real file, which decodes back to the very same picture.

Lesson 07 saves with it, so that a size is not a formula but a file. What stands in the file,
`kquant_helpers.container` tells byte by byte.
"""

import contextlib
import errno
import io
import os
import secrets
import stat

from kquant_helpers import container, door

_MENDS = {
    errno.ENOSPC: "free some room on the disk, or save it elsewhere",
    errno.EDQUOT: "free some room on the disk, or save it elsewhere",
    errno.EFBIG: "save it where larger files are allowed",
    errno.ENOENT: "make the folder first, or save it to one that exists",
    errno.ENOTDIR: "give a path whose folders are folders",
    errno.ENAMETOOLONG: "give it a shorter name",
}


class QuantizedFileError(ValueError):
    """A file that is no quantized image, or a damaged one; its message says why."""


class QuantizedSaveError(OSError):
    """A file that could not be written; its message says why and how to mend it."""


def quantized_bytes(quantized):
    """Return a quantized image as the bytes of the file that `save_quantized` writes.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.

    Returns
    -------
    bytes
        As `kquant_helpers.container` lays them out.

    Raises
    ------
    TypeError, ValueError
        Where it is something else, or its parts do not belong together, or it is larger than
        a file may be.

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> len(quantized_bytes(quantize(np.zeros((600, 960), np.uint8), 1)))
    44
    """
    return container.packed(quantized)


def save_quantized(quantized, path):
    """Save a quantized image to a file that decodes back to the same picture.

    Lesson 07 introduces it. A file that is there already is replaced once the new one is
    complete, and left as it is when anything goes wrong.

    Parameters
    ----------
    quantized : Quantized
        What `kquant_helpers.quantize.quantize` returns.
    path : str or path
        Where to; any name will do.

    Returns
    -------
    int
        The bytes of the file.

    Raises
    ------
    QuantizedSaveError
        Where the file cannot be written; an OSError.
    TypeError, ValueError
        Where the quantized image is something else, or its parts do not belong together.

    Examples
    --------
    >>> import tempfile
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "ramp.kqi")
    ...     size = save_quantized(quantize(np.arange(256, dtype=np.uint8)[np.newaxis], 2), path)
    ...     load_quantized(path)
    Quantized(global, exact, 2 codewords, 1×256 pixels)
    """
    content = quantized_bytes(quantized)
    _write_whole(content, _target(path), path)
    return len(content)


def load_quantized(source):
    """Load a quantized image from the file that `save_quantized` wrote.

    Parameters
    ----------
    source : str, path or bytes
        The path of the file, or its content.

    Returns
    -------
    Quantized
        The image, the indices, the cut and the learner are those that were saved; the
        codebooks are rounded to whole intensities.

    Raises
    ------
    QuantizedFileError
        Where there is no such file, or it is another kind of file, of another version, cut
        short, longer than it should be or damaged in any byte; a ValueError.
    TypeError
        Where the source is not one of the above.

    Examples
    --------
    >>> import numpy as np
    >>> from kquant_helpers.quantize import quantize
    >>> load_quantized(quantized_bytes(quantize(np.uint8([[7, 7], [9, 9]]), 2))).image
    array([[7, 7],
           [9, 9]], dtype=uint8)
    """
    with _opened(source) as (file, size, label):
        try:
            return container.unpacked(file, size)
        except container.RefusedError as refused:
            raise QuantizedFileError(f"{label} {refused}") from None


@contextlib.contextmanager
def _opened(source):
    """Open a file or some bytes; give the file, its size and what to call it."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
        yield io.BytesIO(content), len(content), f"The content of {len(content):,} bytes"
        return
    path = door.path(source)
    label = f"The file {door.quoted(path)}"
    if not os.path.exists(path):
        raise QuantizedFileError(f"There is no file {door.quoted(path)}: check the path.")
    if not os.path.isfile(path):
        # Opening a pipe or a device could wait for ever.
        raise QuantizedFileError(f"{label} is a folder or a device: give the path of a file.")
    try:
        with open(path, "rb") as file:
            yield file, os.fstat(file.fileno()).st_size, label
    except OSError as error:
        raise QuantizedFileError(
            f"{label} cannot be read ({error.strerror}): check that you may."
        ) from None


def _target(path):
    """Return where to write, links followed; refuse what is there and is no file."""
    text = door.path(path)
    if "\0" in text:
        raise _not_saved(path, "a name has no zero byte", "give it another name")
    target = os.path.realpath(text)
    if os.path.isdir(target):
        raise _not_saved(path, "it is a folder", "add the name of a file")
    if os.path.exists(target) and not os.path.isfile(target):
        raise _not_saved(path, "it is a device or a pipe", "give it another name")
    return target


def _write_whole(content, target, path):
    """Write all bytes or none: to a temporary file beside the target, which it then replaces."""
    mode = stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else None
    temporary = os.path.join(os.path.dirname(target), f".kquant-{secrets.token_hex(8)}")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            if mode is not None:
                os.chmod(temporary, mode)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError as error:
        mend = _MENDS.get(error.errno, "save it to a folder of your own")
        raise _not_saved(path, error.strerror, mend) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _not_saved(path, reason, mend):
    return QuantizedSaveError(
        f"The file {door.quoted(os.fspath(path))} was not written ({reason}): {mend}; nothing was "
        "changed."
    )
