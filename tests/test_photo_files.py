"""Files made byte by byte, of every format, depth and tag, have the pixels that they should."""

import io
import itertools
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from strategies import assert_one_sentence

from kquant_helpers import load_photo
from kquant_helpers.photos import PhotoError

# Every file shows these values, as fractions of white, in its own depth.
SHARES = np.array(
    [[0.0, 0.25, 0.5, 1.0, 0.4], [1.0, 0.9, 0.02, 0.75, 0.0], [0.1, 0.2, 0.3, 0.6, 1]]
)


def in_depth(shares, bits):
    """Return values of so many bits, and what they are in 8."""
    top = 2**bits - 1
    values = np.rint(shares * top).astype(int)
    return values, np.floor(values * 255 / top + 0.5).astype(np.uint8)


def packed(rows, bits):
    """Lay rows of samples out as bytes, big end first; each row ends with a whole byte."""
    lines = []
    for row in np.reshape(rows, (len(rows), -1)):
        text = "".join(f"{value:0{bits}b}" for value in row)
        text += "0" * (-len(text) % 8)
        lines.append(bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)))
    return lines


# PNG


def chunk(kind, content):
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(samples, bits, color_type, *, before=b"", after_palette=b"", adam7=False, filtered=False):
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, int(adam7))
    channels = samples.shape[2] if samples.ndim == 3 else 1
    if adam7:
        lines = b"".join(
            b"\0" + line
            for y, x, dy, dx in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4),
                                 (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
            if samples[y::dy, x::dx].size
            for line in packed(samples[y::dy, x::dx], bits)
        )  # fmt: skip
    else:
        lines = b""
        for line in packed(samples, bits):
            step = max(1, bits * channels // 8)
            sub = bytes(
                (line[i] - (line[i - step] if i >= step else 0)) % 256 for i in range(len(line))
            )
            lines += (b"\1" + sub) if filtered else (b"\0" + line)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + after_palette
        + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    )  # fmt: skip


def exif(orientation):
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry + b"\0\0\0\0"


COLOR = np.stack([SHARES, SHARES[::-1], SHARES[:, ::-1]], axis=-1)


def white_where(image, mask):
    image = image.copy()
    image[mask] = 255
    return image


def png_files():
    for bits, adam7 in itertools.product((1, 2, 4, 8, 16), (False, True)):
        values, expected = in_depth(SHARES, bits)
        name = f"PNG gray {bits} bits{', interlaced' * adam7}"
        yield name, png(values, bits, 0, adam7=adam7), expected
        key = int(values[0, 1])
        transparent = png(
            values, bits, 0, before=chunk(b"tRNS", struct.pack(">H", key)), adam7=adam7
        )
        yield f"{name}, a transparent value", transparent, white_where(expected, values == key)
    for bits, filtered in itertools.product((8, 16), (False, True)):
        values, expected = in_depth(COLOR, bits)
        name = f"PNG color {bits} bits{', filtered' * filtered}"
        yield name, png(values, bits, 2, filtered=filtered), expected
        key = values[1, 2]
        trns = chunk(b"tRNS", struct.pack(">HHH", *map(int, key)))
        mask = (values == key).all(axis=-1)
        yield (
            f"{name}, a transparent color",
            png(values, bits, 2, before=trns, filtered=filtered),
            white_where(expected, mask),
        )
        for channels, kind in ((SHARES[..., np.newaxis], 4), (COLOR, 6)):
            alpha = np.where(SHARES > 0.45, 1.0, 0.0)[..., np.newaxis]
            values, expected = in_depth(np.concatenate([channels, alpha], axis=-1), bits)
            shown = white_where(expected[..., :-1], alpha[..., 0] == 0)
            shown = shown[..., 0] if kind == 4 else shown
            yield (
                f"PNG type {kind}, {bits} bits{', filtered' * filtered}",
                png(values, bits, kind, filtered=filtered),
                shown,
            )
    palette = np.uint8([[0, 0, 0], [200, 10, 20], [30, 220, 40], [250, 240, 230]])
    for bits in (1, 2, 4, 8):
        indices = np.arange(15).reshape(3, 5) % min(4, 2**bits)
        plte = chunk(b"PLTE", palette.tobytes())
        yield f"PNG palette {bits} bits", png(indices, bits, 3, before=plte), palette[indices]
        trns = chunk(b"tRNS", bytes([0]))
        yield (
            f"PNG palette {bits} bits, a transparent color",
            png(indices, bits, 3, before=plte, after_palette=trns),
            white_where(palette[indices], indices == 0),
        )
    values, expected = in_depth(COLOR, 16)
    turned = png(values, 16, 2, before=chunk(b"eXIf", exif(6)))
    yield "PNG color 16 bits, turned by EXIF", turned, np.rot90(expected, -1)
    values, expected = in_depth(COLOR, 8)
    profile = zlib.compress(bytes(3_000_000))
    yield (
        "PNG with a huge color profile",
        png(values, 8, 2, before=chunk(b"iCCP", b"name\0\0" + profile)),
        expected,
    )
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(70_000_000)))
    yield "PNG with a huge text", png(values, 8, 2, before=text), expected
    yield (
        "PNG with a broken profile",
        png(values, 8, 2, before=chunk(b"iCCP", b"name\0\7")),
        expected,
    )
    gamma = chunk(b"gAMA", struct.pack(">I", 100_000)) + chunk(b"sBIT", bytes([5, 6, 5]))
    yield "PNG with gamma and significant bits", png(values, 8, 2, before=gamma), expected


# TIFF


def tiff(samples, bits, photometric, *, order="<", extra=(), more=()):
    """Return an uncompressed TIFF of one strip."""
    height, width = samples.shape[:2]
    count = samples.shape[2] if samples.ndim == 3 else 1
    if bits in (16, 32) or samples.dtype.kind == "f":
        kind = f"{order}{'f' if samples.dtype.kind == 'f' else 'u'}{bits // 8}"
        pixels = samples.astype(kind).tobytes()
    else:
        pixels = b"".join(packed(samples, bits))
    tags = {256: [width], 257: [height], 258: [bits] * count, 259: [1], 262: [photometric],
            277: [count], 278: [height], 284: [1]} | dict(more)  # fmt: skip
    if extra:
        tags[338] = list(extra)
    where = 8 + 2 + 12 * (len(tags) + 2) + 4
    tail, entries = b"", []
    tags |= {273: None, 279: [len(pixels)]}
    for tag in sorted(tags):
        values = tags[tag] if tags[tag] is not None else [0]
        form = "I" if tag in (273, 279) else "H"
        content = struct.pack(f"{order}{len(values)}{form}", *values)
        entries.append([tag, 4 if form == "I" else 3, len(values), content])
    for entry in entries:
        if len(entry[3]) > 4:
            content, entry[3] = entry[3], struct.pack(f"{order}I", where + len(tail))
            tail += content + b"\0" * (len(content) % 2)
    for entry in entries:
        if entry[0] == 273:
            entry[3] = struct.pack(f"{order}I", where + len(tail))
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    fields = b"".join(
        struct.pack(f"{order}HHI", tag, kind, count) + content.ljust(4, b"\0")
        for tag, kind, count, content in entries
    )
    directory = struct.pack(f"{order}H", len(entries)) + fields + b"\0\0\0\0"
    return head + directory + tail + pixels


def tiff_files():
    for bits in (1, 2, 4, 8, 12, 16):
        values, expected = in_depth(SHARES, bits)
        yield f"TIFF gray {bits} bits", tiff(values, bits, 1), expected
        if bits != 12:
            yield f"TIFF gray {bits} bits, white is zero", tiff(values, bits, 0), 255 - expected
    for order, bits in itertools.product("<>", (8, 16)):
        name = f"{bits} bits, {'little' if order == '<' else 'big'} end first"
        values, expected = in_depth(COLOR, bits)
        yield f"TIFF color {name}", tiff(values, bits, 2, order=order), expected
        if order == ">":
            gray, gray_expected = in_depth(SHARES, bits)
            yield f"TIFF gray {name}", tiff(gray, bits, 1, order=order), gray_expected
        alpha = np.where(SHARES > 0.45, 1.0, 0.0)[..., np.newaxis]
        for extra, wanted in ((0, expected), (2, white_where(expected, alpha[..., 0] == 0))):
            values, _ = in_depth(np.concatenate([COLOR, alpha], axis=-1), bits)
            content = tiff(values, bits, 2, order=order, extra=(extra,))
            yield f"TIFF color {name}, extra sample {extra}", content, wanted
        values, _ = in_depth(np.concatenate([COLOR * alpha, alpha], axis=-1), bits)
        content = tiff(values, bits, 2, order=order, extra=(1,))
        wanted = white_where(expected, alpha[..., 0] == 0)
        yield f"TIFF color {name}, premultiplied", content, wanted
    for orientation, turn in ((3, lambda a: np.rot90(a, 2)), (6, lambda a: np.rot90(a, -1)),
                              (8, np.rot90), (2, np.fliplr)):  # fmt: skip
        values, expected = in_depth(COLOR, 16)
        content = tiff(values, 16, 2, more=[(274, [orientation])])
        yield f"TIFF color 16 bits, orientation {orientation}", content, turn(expected)


# The others


def bmp(rows, bits, palette=b"", *, top_down=False, masks=b""):
    height, width = len(rows), 5
    lines = [row + b"\0" * (-len(row) % 4) for row in (rows if top_down else rows[::-1])]
    offset = 14 + 40 + len(palette) + len(masks)
    info = struct.pack("<IiiHHIIiiII", 40, width, -height if top_down else height, 1, bits,
                       3 if masks else 0, 0, 0, 0, len(palette) // 4, 0)  # fmt: skip
    pixels = b"".join(lines)
    head = b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset)
    return head + info + masks + palette + pixels


def other_files():
    for bits, form in (
        (8, "P5"),
        (12, "P5"),
        (16, "P5"),
        (8, "P6"),
        (12, "P6"),
        (16, "P6"),
        (3, "P2"),
    ):
        values, expected = in_depth(COLOR if form == "P6" else SHARES, bits)
        head = f"{form} 5 3 {2**bits - 1}\n".encode()
        if form == "P2":
            body = " ".join(map(str, values.ravel())).encode()
        else:
            body = values.astype(">u2" if bits > 8 else "u1").tobytes()
        yield f"PNM {form} {bits} bits", head + body, expected
    bits_of = SHARES < 0.5
    yield (
        "PNM P4",
        b"P4 5 3\n" + b"".join(packed(bits_of.astype(int), 1)),
        np.where(bits_of, 0, 255),
    )
    values, expected = in_depth(COLOR, 8)
    bgr = [row[:, ::-1].astype(np.uint8).tobytes() for row in values]
    yield "BMP 24 bits", bmp(bgr, 24), expected
    yield "BMP 24 bits, top down", bmp(bgr, 24, top_down=True), expected
    bgrx = [np.insert(row[:, ::-1], 3, 0, axis=1).astype(np.uint8).tobytes() for row in values]
    yield "BMP 32 bits", bmp(bgrx, 32), expected
    table = np.uint8([[10, 20, 30], [200, 100, 50], [0, 255, 0], [255, 0, 255]])
    quads = b"".join(bytes([*color[::-1], 0]) for color in table)
    for bits in (1, 4, 8):
        indices = np.arange(15).reshape(3, 5) % min(4, 2**bits)
        used = quads[: 4 * min(4, 2**bits)]
        yield f"BMP palette {bits} bits", bmp(packed(indices, bits), bits, used), table[indices]
    indices = np.arange(15).reshape(3, 5) % 4
    codes = [4]  # clear, then the indices, each with a clear before it so that codes stay 3 bits
    for index in indices.ravel():
        codes += [int(index), 4]
    text = "".join(f"{code:03b}"[::-1] for code in [*codes[:-1], 5])
    data = bytes(int(text[i : i + 8][::-1], 2) for i in range(0, len(text), 8))
    screen = struct.pack("<HHBBB", 5, 3, 0b10000001, 0, 0) + table.tobytes()
    frame = b"," + struct.pack("<HHHHB", 0, 0, 5, 3, 0) + bytes([2, len(data)]) + data + b"\0"
    yield "GIF", b"GIF89a" + screen + frame + b";", table[indices]
    control = b"!\xf9\4" + bytes([1, 0, 0, 2]) + b"\0"
    wanted = white_where(table[indices], indices == 2)
    yield "GIF, a transparent color", b"GIF89a" + screen + control + frame + b";", wanted


FILES = [*png_files(), *tiff_files(), *other_files()]


@pytest.mark.parametrize(("content", "expected"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_a_file_has_its_pixels(content, expected):
    np.testing.assert_array_equal(load_photo(content), expected)


def test_the_table_is_long_and_its_names_differ():
    assert len({name for name, *_ in FILES}) == len(FILES) >= 60


def test_the_same_values_are_the_same_photo_from_a_file_and_from_an_array():
    values = np.arange(60_000, 60_300, dtype=np.uint16).reshape(10, 10, 3)
    content = png(values, 16, 2)
    np.testing.assert_array_equal(load_photo(content), load_photo(values))
    np.testing.assert_array_equal(load_photo(tiff(values, 16, 2)), load_photo(values))


def test_a_photo_that_was_turned_by_hand_is_not_turned_again():
    values, expected = in_depth(COLOR, 8)
    opened = Image.open(io.BytesIO(png(values, 8, 2, before=chunk(b"eXIf", exif(6)))))
    np.testing.assert_array_equal(load_photo(opened), np.rot90(expected, -1))
    turned = opened.transpose(Image.Transpose.ROTATE_270)
    np.testing.assert_array_equal(load_photo(turned), np.rot90(expected, -1))


FLOAT = SHARES.astype(np.float32)
NO_PHOTOS = [
    ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "HEIC photo"),
    ("HEIC collection", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(100), "HEIC photo"),
    ("WAV", b"RIFF\x24\0\0\0WAVEfmt " + bytes(60), "a sound file"),
    ("MP3", b"ID3\4\0\0\0\0\0\0" + bytes(60), "a sound file"),
    ("MP3 without tags", b"\xff\xfb\x90\x64" + bytes(60), "a sound file"),
    ("FLAC", b"fLaC\0\0\0\x22" + bytes(60), "a sound file"),
    ("Ogg", b"OggS\0\2" + bytes(60), "a sound or video file"),
    ("M4A", b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(60), "a sound file"),
    ("MP4", b"\0\0\0\x20ftypisom\0\0\2\0" + bytes(60), "a video"),
    ("WebM", b"\x1aE\xdf\xa3\x9f" + bytes(60), "a video"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
    ("DOCX", b"PK\3\4\x14\0\6\0" + bytes(60), "an archive or an office document"),
    ("SVG", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
    ("HTML", b"<!DOCTYPE html><html><body>404</body></html>", "a web page"),
    ("PSD", b"8BPS\0\1" + bytes(60), "a Photoshop document"),
    ("ICO", b"\0\0\1\0\1\0\x20\x20" + bytes(60), "an icon or a Targa picture"),
    ("TGA", b"\0\0\x0a" + bytes(9) + b"\4\0\4\0\x18\0" + bytes(60), "an icon or a Targa picture"),
    ("PCX", b"\x0a\5\1\x08" + bytes(124), "a picture of a kind of its own"),
    ("GIMP", b"gimp xcf v011\0" + bytes(60), "a picture of a kind of its own"),
    ("OpenEXR", b"v/1\1\2\0\0\0" + bytes(60), "a picture of a kind of its own"),
    ("FITS", b"SIMPLE  =                    T" + b" " * 99, "a picture of a kind of its own"),
    ("DICOM", bytes(128) + b"DICM\2\0" + bytes(60), "a picture of a kind of its own"),
    ("NPY", b"\x93NUMPY\1\0v\0{'descr'" + bytes(60), "np.load"),
    ("raw", b"II*\0\x10\0\0\0CR\2\0" + bytes(60), "a camera's raw file"),
    ("notes", "Dear diary, today … ü".encode(), "a text file"),
    ("CSV", b"a,b\n" * 600, "a text file"),
    ("random", bytes(range(128, 256)), "damaged or not a photo"),
    ("TIFF float color", tiff(np.stack([FLOAT] * 3, -1), 32, 2, more=[(339, [3] * 3)]), "floating"),
    ("TIFF float gray", tiff(FLOAT, 32, 1, more=[(339, [3])]), "'F'"),
    ("TIFF signed", tiff(np.ones((3, 5), int), 16, 1, more=[(339, [2])]), "'I'"),
    (
        "TIFF of five bands",
        tiff(np.ones((3, 5, 5), int), 16, 1, extra=(0,) * 4),
        "5 samples of 16 bits",
    ),
    ("TIFF of 10 bits", tiff(np.ones((3, 4), int), 10, 1), "1 sample of 10 bits"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "named"), [f[1:] for f in NO_PHOTOS], ids=[f[0] for f in NO_PHOTOS]
)
def test_what_is_no_photo_is_named_and_not_called_damaged(content, named):
    with pytest.raises(PhotoError) as caught:
        load_photo(content)
    message = str(caught.value)
    assert_one_sentence(message)
    assert named in message
    assert len(message) <= 400
    assert ("damaged" in message) == ("damaged" in named)


def test_a_home_directory_is_found_in_a_text_and_in_a_path(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    values, expected = in_depth(COLOR, 8)
    (tmp_path / "photo.png").write_bytes(png(values, 8, 2))
    for path in ("~/photo.png", Path("~/photo.png")):
        np.testing.assert_array_equal(load_photo(path), expected)
