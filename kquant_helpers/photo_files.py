"""The bytes of a photo file, of whatever kind and depth, as upright pixels of 8 bits.

Pillow reads the files. What it would pass on wrongly (12-bit gray, 16-bit color, transparent
values of 2 and 4 bits, white-is-zero at 16 bits) is looked up in the file and put right here;
what is no photo is named by its first bytes.
"""

import contextlib
import io
import re
import sys

import numpy as np
from PIL import Image, TiffImagePlugin, features

from kquant_helpers import quiet
from kquant_helpers.door import MAX_PIXELS

# Pillow opens more; of those, some start other programs and none holds photos.
_FORMATS = frozenset(
    {"AVIF", "BMP", "GIF", "JPEG", "JPEG2000", "MPO", "PNG", "PPM", "TIFF", "WEBP"}
)
_PNG = b"\x89PNG\r\n\x1a\n"
# What decides about a PNG's pixels; profiles, texts and the like may be broken or huge.
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"})

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What people hand in by mistake: how it begins, and its name.
_OTHER_KINDS = (
    (rb"....ftyp(hei|hev|mif1|msf1)", "an HEIC photo, as phones take them"),
    (rb"....ftypM4A|RIFF....WAVE|ID3|\xff[\xe2-\xff]|fLaC|MThd|FORM....AIF", "a sound file"),
    (rb"....ftyp(?!avi[fs])|RIFF....AVI |\x1aE\xdf\xa3|\0\0\x01[\xb3\xba]|FLV", "a video"),
    (rb"OggS", "a sound or video file"),
    (rb"%PDF", "a PDF document"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript document"),
    (rb"8BPS", "a Photoshop document"),
    (rb"PK\x03\x04|\x1f\x8b|Rar!|7z\xbc\xaf|BZh|\xfd7zXZ", "an archive or an office document"),
    (rb"II\*\0....CR|FUJIFILMCCD|II[UR]", "a camera's raw file"),
    # The first bytes of a Targa picture are those of an icon.
    (rb"\0[\0\x01][\x01-\x03\x09-\x0b]\0|icns", "an icon or a Targa picture"),
    (
        rb"II\xbc\x01|\x0a[\0-\x05]\x01|\x01\xda[\0\x01]|DDS |qoif|BLP[12]|gimp xcf|v/1\x01|#\?R"
        rb"|SIMPLE  =|P7\n|AT&TFORM|Image type:|DanM|LinS|\xd7\xcd\xc6\x9a|.{40} EMF|.{128}DICM",
        "a picture of a kind of its own",
    ),
    (rb"\x93NUMPY", "a NumPy file"),
    (rb"\x89HDF|MATLAB 5|SQLite format", "a data file"),
    (rb"(?i)\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*|<!doctype svg[^>]*>\s*)*<svg", "an SVG drawing"),
    (rb"(?i)\s*<(!doctype html|html)", "a web page"),
)


class PhotoError(ValueError):
    """A photo that cannot be read; its message says why and how to mend it."""


def decode_file(file, label):
    """Read the image in an open binary file.

    Parameters
    ----------
    file : binary file
        Open for reading, at its start, and seekable.
    label : str
        What the messages call it, such as "The file 'a.png'".

    Returns
    -------
    PIL.Image.Image of mode L or RGB
        Upright, on white where it was transparent.

    Raises
    ------
    PhotoError
        Where it is empty, damaged, too large, or not a photo.

    Examples
    --------
    >>> pixels = io.BytesIO(b"P5 2 1 15 " + bytes([0, 15]))
    >>> np.asarray(decode_file(pixels, "The file")).tolist()
    [[0, 255]]
    """
    if not file.read(1):
        raise PhotoError(f"{label} is empty (zero bytes): copy or download the photo again.")
    with quiet.pillow():
        try:
            image, file = _open(file)
        except Image.DecompressionBombError:
            raise _too_large(label) from None
        if image is None:
            raise PhotoError(f"{label} {_fault(file)}.")
        return upright(image, label, file)


def upright(image, label, file=None):
    """Turn a PIL image of any mode into an upright one of mode L or RGB, on white.

    Parameters
    ----------
    image : PIL.Image.Image
        As it was opened, or made.
    label : str
        What the messages call it.
    file : binary file, optional
        Where it was opened from: deep colors are read there once more.

    Returns
    -------
    PIL.Image.Image

    Raises
    ------
    PhotoError
        Where it has no pixels or too many, or they cannot be read.
    """
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large(label)
    if width * height == 0:
        raise PhotoError(f"{label} has no pixels: give a photo of at least one.")
    try:
        rawmode = _rawmode(image)
        with quiet.stderr if image.format == "TIFF" else contextlib.nullcontext():
            image.load()
            deep = _deep_color(image, rawmode, file)
    # On damaged pixels, Pillow's readers raise whatever they stumble over.
    except Exception:
        raise PhotoError(
            f"{label} is damaged, cut short or closed: open, copy or download the photo again."
        ) from None
    turn = _TURNS.get(_orientation(image))
    image = deep if deep is not None else _to_gray_or_rgb(image, rawmode, label)
    return image if turn is None else image.transpose(turn)


def scale_16_bits(values):
    """Scale 0..65535 to 0..255, rounded: 65535 is 255 times 257.

    Examples
    --------
    >>> scale_16_bits(np.array([0, 128, 129, 65535]))
    array([  0,   0,   1, 255], dtype=uint8)
    """
    return ((np.asarray(values).astype(np.uint32) + 128) // 257).astype(np.uint8)


def _too_large(label):
    """Return the error for a photo above `MAX_PIXELS`."""
    return PhotoError(
        f"{label} has more than the {MAX_PIXELS:,} pixels that a photo may have here: "
        "make it smaller in a photo program first."
    )


# What kind of file it is


def _open(file):
    """Open a photo; return it, or None, and the file that it is read from."""
    file.seek(0)
    image = _opened(file)
    if image is None:
        file.seek(0)
        if file.read(len(_PNG)) == _PNG:
            file = io.BytesIO(_PNG + b"".join(_needed_chunks(file)))
            image = _opened(file)
    return image, file


def _opened(file):
    try:
        image = Image.open(file)
    except Image.DecompressionBombError:
        raise
    # On a damaged header, Pillow's readers raise whatever they stumble over.
    except Exception:
        return None
    return image if image.format in _FORMATS else None


def _needed_chunks(file):
    """Yield the chunks of a PNG that decide about its pixels."""
    while head := file.read(8):
        chunk = head + file.read(int.from_bytes(head[:4], "big") + 4)
        if head[4:] in _PNG_CHUNKS:
            yield chunk


def _fault(file):
    """Say what is wrong with a file that Pillow does not open, and how to mend it."""
    mend = "give a PNG, JPEG, GIF, BMP, TIFF, WebP or AVIF file"
    file.seek(0)
    head = file.read(1024)
    for pattern, name in _OTHER_KINDS:
        if re.match(pattern, head, re.DOTALL):
            return f"is {name}, not a photo that can be read here: {_mend(name) or mend}"
    if re.match(rb"....ftypavi[fs]", head, re.DOTALL) and not features.check("avif"):
        return f"is an AVIF photo, which cannot be read here: {_mend('photo')}"
    if head[:4] in (b"II*\0", b"MM\0*") and (samples := _samples(file, head)):
        return (
            f"is a TIFF with {samples} for each pixel, but gray or color of 8 or 16 bits is read: "
            "save it as an 8-bit PNG first"
        )
    if _is_text(head):
        return f"is a text file, not a photo: {mend}"
    return f"is damaged or not a photo: {mend}"


def _mend(name):
    if re.search("photo|picture|raw", name):
        return "save or export it as JPEG or PNG first"
    if name == "a NumPy file":
        return "give the array itself, np.load(path)"
    return ""


def _samples(file, head):
    """Describe the samples of a TIFF that Pillow has no mode for, or return nothing."""
    try:
        tags = TiffImagePlugin.ImageFileDirectory_v2(head[:8])
        file.seek(tags.next)
        tags.load(file)
        count, bits = int(tags.get(277, 1)), tags.get(258, (1,))
        bits = bits if isinstance(bits, tuple) else (bits,)
        kind = tags.get(339, (1,))
        kind = kind[0] if isinstance(kind, tuple) else kind
    # Whatever is raised here, the directory is damaged.
    except Exception:
        return ""
    usual = set(bits) <= {1, 8, 16} and kind == 1 and count <= 4
    if usual or not 1 <= count <= 65_535:
        return ""
    words = {2: " signed", 3: " floating-point"}.get(kind, "")
    return f"{count}{words} sample{'s' * (count > 1)} of {max(bits)} bits"


def _is_text(head):
    with contextlib.suppress(UnicodeDecodeError):
        # The last letter may be cut.
        text = head[:-4].decode() if len(head) == 1024 else head.decode()
        return not re.search(r"[\0-\x08\x0e-\x1f]", text)
    return False


# Depth


def _rawmode(image):
    """Return how the pixels lie in the file, as Pillow names it; "" for an image made."""
    tile = getattr(image, "tile", None)
    args = tile[0].args if tile else ""
    rawmode = args[0] if isinstance(args, tuple) and args else args
    return rawmode if isinstance(rawmode, str) else ""


def _deep_color(image, rawmode, file):
    """Return a color image of 16 bits, rounded to 8 and on white; None for any other.

    Pillow keeps the high bytes and drops the low ones. Read once more in the other order of
    bytes, the low ones are kept.
    """
    match = re.fullmatch(r"(RGB|RGBX|RGBA|RGBa|LA);16([BLN])", rawmode)
    if match is None or file is None:
        return None
    channels, order = match.groups()
    if channels == "LA":
        pairs = _read_again(file, "RGBA").astype(np.uint32)
        values = pairs[..., ::2] * 256 + pairs[..., 1::2]
    else:
        native = "L" if sys.byteorder == "little" else "B"
        other = {"B": "L", "L": "B"}[native if order == "N" else order]
        high = np.asarray(image).astype(np.uint32)
        values = high * 256 + _read_again(file, f"{channels};16{other}")
    if channels in ("RGB", "RGBX"):
        alpha = _opaque(values[..., :3], image.info.get("transparency"))
        values = values[..., :3]
    else:
        values, alpha = values[..., :-1], values[..., -1:]
    if channels != "RGBa":
        values = _rounded_ratio(values, alpha)
    pixels = scale_16_bits(np.minimum(values + (65_535 - alpha), 65_535))
    return Image.fromarray(np.ascontiguousarray(pixels[..., 0] if channels == "LA" else pixels))


def _rounded_ratio(values, alpha):
    return ((values.astype(np.uint64) * alpha + 32_767) // 65_535).astype(np.uint32)


def _opaque(colors, transparent):
    """Return an alpha of 16 bits: 0 where a pixel has the transparent color."""
    if transparent is None:
        return np.full((*colors.shape[:2], 1), 65_535, np.uint32)
    return np.where((colors == transparent).all(axis=-1, keepdims=True), 0, 65_535)


def _read_again(file, rawmode):
    """Return the pixels of a file, its bytes laid out as another rawmode says."""
    file.seek(0)
    image = Image.open(file)
    image.tile = [
        tile._replace(args=(rawmode, *tile.args[1:]) if isinstance(tile.args, tuple) else rawmode)
        for tile in image.tile
    ]
    return np.asarray(image)


def _to_gray_or_rgb(image, rawmode, label):
    """Turn a loaded PIL image of any mode into one of mode L or RGB, on white."""
    if image.mode.startswith("I;16") or (image.mode == "I" and image.format in ("PNG", "PPM")):
        return _from_deep_gray(image, rawmode)
    # Pillow's word for a conversion that it does not know is ValueError.
    with contextlib.suppress(ValueError):
        if image.has_transparency_data:
            return _on_white(image, rawmode)
        if image.mode in ("L", "1"):
            return image.convert("L")
        if image.mode not in ("I", "F"):
            return image.convert("RGB")
    raise PhotoError(
        f"{label} has pixels of Pillow's mode {image.mode!r}, but gray or color of 8 or 16 bits is "
        "read: scale its values to 0..255 and give them as a uint8 array."
    )


def _from_deep_gray(image, rawmode):
    """Turn 12 or 16 bits of gray into 8; the transparent value turns white."""
    values = np.asarray(image).astype(np.uint32)
    if rawmode == "I;12":
        pixels = ((values * 255 + 2047) // 4095).astype(np.uint8)
    else:
        pixels = scale_16_bits(values)
    # In a TIFF whose photometric interpretation is 0, white is; Pillow looks at it up to 8 bits.
    if image.format == "TIFF" and image.tag_v2.get(262) == 0:
        pixels = 255 - pixels
    if "transparency" in image.info:
        pixels[values == image.info["transparency"]] = 255
    return Image.fromarray(pixels)


def _on_white(image, rawmode):
    """Lay a PIL image with transparent pixels on white."""
    scale = {"L;2": 85, "L;4": 17}.get(rawmode)
    if scale and "transparency" in image.info:
        # The value is written in the file's own 2 or 4 bits, the pixels are of 8 by now.
        image.info["transparency"] *= scale
    colors = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    mode = "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
    return Image.alpha_composite(white, colors).convert(mode)


def _orientation(image):
    """Return the EXIF orientation, 1 to 8; 1 is upright, or nothing that can be read."""
    # A photo lies as its file says; what was made of it since, with the notes kept, stands upright.
    if image.format is None and "exif" in image.info:
        return 1
    try:
        return image.getexif().get(_ORIENTATION, 1)
    # A camera's broken notes are no reason to refuse its photo.
    except Exception:
        return 1
