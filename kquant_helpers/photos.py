"""Read, check and resize a photo; the sample photos.

The whole course works on uint8 images of shape (height, width) or (height, width, 3).
`load_photo` makes one of almost anything.
"""

import difflib
import functools
import importlib.util
import io
import numbers
import os
import re

import numpy as np
from PIL import Image

from kquant_helpers import door, quiet
from kquant_helpers.door import MAX_PIXELS, quoted
from kquant_helpers.photo_files import PhotoError, decode_file, scale_16_bits, upright

# Read from the files themselves: importing scikit-learn takes a second, and
# scikit-image's own loaders may ask the network.
_SAMPLE_FILES = {
    "china": ("sklearn", "datasets/images/china.jpg"),
    "flower": ("sklearn", "datasets/images/flower.jpg"),
    "astronaut": ("skimage", "data/astronaut.png"),
    "camera": ("skimage", "data/camera.png"),
    "coffee": ("skimage", "data/coffee.png"),
    "chelsea": ("skimage", "data/chelsea.png"),
    "rocket": ("skimage", "data/rocket.jpg"),
}
_RAMPS = ("gray ramp", "color ramp")
_RAMP_SHAPE = (600, 960)
_INSTALL_NAMES = {"sklearn": "scikit-learn", "skimage": "scikit-image"}

SAMPLES = (*_SAMPLE_FILES, *_RAMPS)
"""Names of the sample photos, for `load_photo`."""


def load_photo(source="china", size=None, *, gray=False):
    """Read a photo as an array of uint8. Lesson 00 introduces it.

    Parameters
    ----------
    source : str, path, bytes, PIL image or ndarray
        One of the names in `SAMPLES`, the path or the content of an image file, an image
        of Pillow, or an array of shape (height, width), (height, width, 1),
        (height, width, 3) or (height, width, 4) with dtype uint8, uint16 or bool.
    size : (int, int) or int, optional
        Height and width in pixels, or the longer side alone, which keeps the aspect. The
        default keeps the size. The ramps are drawn at the size asked for.
    gray : bool
        Whether to keep the brightness only, with the weights of ITU-R BT.601.

    Returns
    -------
    ndarray of uint8, shape (height, width) or (height, width, 3)
        A fresh C-contiguous array, which may be written to. Gray photos have two
        dimensions.

    Raises
    ------
    PhotoError
        Where the photo is missing, damaged, too large, or not a photo.
    TypeError, ValueError
        Where the source or the size is not one of the above.

    Notes
    -----
    Pixels of 16 bits are scaled to 8, transparent ones are laid on white, photos are
    turned as their camera's EXIF says, and of an animation the first picture is taken. An
    image of Pillow that was turned, cut or resized since it was opened is taken as it stands.
    Color profiles are not applied. Resizing is Pillow's bicubic filter.

    Examples
    --------
    >>> load_photo("china").shape
    (427, 640, 3)
    >>> load_photo("china", size=(600, 960), gray=True).shape
    (600, 960)
    >>> load_photo("camera", size=128).shape
    (128, 128)
    """
    gray = door.flag(gray, "gray")
    if isinstance(source, str) and source in _RAMPS:
        image = Image.fromarray(_ramp(source, *_target_shape(_RAMP_SHAPE, size)))
    else:
        image = _read(source)
    if gray:
        image = image.convert("L")
    width, height = image.size
    target = _target_shape((height, width), size)
    if target != (height, width):
        image = image.resize(target[::-1], Image.Resampling.BICUBIC)
    return np.array(image)


def _target_shape(shape, size):
    """Return the height and width that `size` asks of an image of this shape."""
    if size is None:
        return shape
    if _is_count(size):
        # In whole numbers, since a float would overflow where the size is absurd.
        longest = max(shape)
        target = tuple(max(1, (2 * side * int(size) + longest) // (2 * longest)) for side in shape)
    elif isinstance(size, (tuple, list)) and [_is_count(side) for side in size] == [True, True]:
        target = tuple(int(side) for side in size)
    else:
        raise ValueError(
            f"size is {quoted(size)}, but a size is (height, width) or the longer side alone, in "
            "whole pixels from 1 up: try size=(600, 960) or size=960."
        )
    if target[0] * target[1] > MAX_PIXELS:
        raise ValueError(
            f"size is {quoted(size)}, but a photo may have {MAX_PIXELS:,} pixels at most: "
            "try size=(600, 960)."
        )
    return target


def _is_count(number):
    """Tell whether this is a whole number from 1 up; True is not."""
    return isinstance(number, numbers.Integral) and not isinstance(number, bool) and number >= 1


def _read(source):
    """Return any source as an upright PIL image of mode L or RGB."""
    if isinstance(source, str):
        return _read_name(source)
    if isinstance(source, os.PathLike):
        return _read_path(os.path.expanduser(os.fsdecode(source)))
    if isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
        return decode_file(io.BytesIO(content), f"The content of {len(content):,} bytes")
    if isinstance(source, Image.Image):
        with quiet.pillow():
            return upright(source, f"The PIL image of mode {source.mode}")
    if isinstance(source, np.ndarray):
        return upright(_from_array(source), "The array given")
    raise TypeError(
        f"The source is {quoted(source)}, but a photo is read from a sample's name, a path, bytes, "
        "a PIL image or an array: try load_photo('china')."
    )


def _read_name(name):
    """Return a sample, or the image in the file of that name."""
    if name in _SAMPLE_FILES:
        return Image.fromarray(_sample(name))
    if re.match(r"(?i)[a-z][a-z0-9+.-]+://|data:|www\.", name):
        raise PhotoError(
            f"{quoted(name)} is a web address, but photos are read from files: download it "
            "and give the path of the file."
        )
    return _read_path(os.path.expanduser(name))


def _read_path(path):
    """Return the image in the file at this path."""
    if not os.path.exists(path):
        raise PhotoError(f"There is no file {quoted(path)}: {_hint(path)}.")
    if not os.path.isfile(path):
        # Opening a pipe or a device could wait for ever.
        kind = "a directory" if os.path.isdir(path) else "a device or a pipe"
        raise PhotoError(
            f"{quoted(path)} is {kind}, but a photo is a file: give the path of one photo."
        )
    try:
        with open(path, "rb") as file:
            return decode_file(file, f"The file {quoted(path)}")
    except OSError as error:
        raise PhotoError(
            f"The file {quoted(path)} cannot be read ({error.strerror}): check that you may."
        ) from None


def _hint(path):
    """Name the sample that was probably meant, or all of them."""
    stem = os.path.splitext(os.path.basename(path.strip().lower()))[0]
    near = difflib.get_close_matches(stem, SAMPLES, n=1)
    if near:
        return f"check the path, or try load_photo({near[0]!r})"
    return f"check the path, or take one of the samples {', '.join(SAMPLES)}"


@functools.lru_cache(maxsize=len(_SAMPLE_FILES))
def _sample(name):
    """Return the pixels of a bundled photo; they are kept for the next time."""
    package, file = _SAMPLE_FILES[name]
    spec = importlib.util.find_spec(package)
    path = os.path.join(spec.submodule_search_locations[0], file) if spec else ""
    if not os.path.isfile(path):
        raise PhotoError(
            f"The sample {name!r} comes with {_INSTALL_NAMES[package]}, but is not there: "
            f"install it with pip install --force-reinstall {_INSTALL_NAMES[package]}."
        )
    pixels = np.array(_read_path(path))
    pixels.flags.writeable = False
    return pixels


def _ramp(name, height, width):
    """Draw a smooth gradient: gray from left to right, or colors in both directions."""
    across = np.rint(np.linspace(0, 255, width)).astype(np.uint8)
    down = np.rint(np.linspace(0, 255, height)).astype(np.uint8)
    across, down = np.broadcast_arrays(across, down[:, np.newaxis])
    if name == "gray ramp":
        return np.ascontiguousarray(across)
    return np.stack([across, down, 255 - across], axis=-1)


def _from_array(array):
    """Return an array as a PIL image of mode L, RGB or RGBA."""
    depth_16 = array.dtype.kind == "u" and array.itemsize == 2
    if not depth_16 and array.dtype != bool:
        pixels = array
    else:
        pixels = scale_16_bits(array) if depth_16 else array.astype(np.uint8) * np.uint8(255)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    # An alpha channel is welcome here, and nowhere else.
    has_alpha = pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 4
    door.image(pixels[:, :, :3] if has_alpha else pixels, "The source")
    return Image.fromarray(np.ascontiguousarray(pixels))
