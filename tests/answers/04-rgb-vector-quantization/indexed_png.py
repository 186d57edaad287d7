# %% wheat: putpalette
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% wheat: fromarray in mode P
import io

from PIL import Image


def indexed_png(indices, palette):
    if palette.shape[0] > 256:
        raise ValueError(f"{palette.shape[0]} colors do not fit into a byte")
    picture = Image.fromarray(np.uint8(indices), "P")
    picture.putpalette(palette.tobytes())
    with io.BytesIO() as file:
        picture.save(file, "png", optimize=True)
        return file.getvalue()


# %% wheat: a new picture, filled by bytes, with all 256 places of the palette
from io import BytesIO

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("at most 256 colors")
    height, width = indices.shape
    picture = Image.new("P", (width, height))
    picture.frombytes(indices.astype(np.uint8).tobytes())
    picture.putpalette(list(palette.flatten()) + [0] * (768 - palette.size))
    file = BytesIO()
    picture.save(file, format="PNG", bits=8)
    file.seek(0)
    return file.read()


# %% wheat: by hand, with zlib and struct
import struct
import zlib


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("an indexed PNG has 256 colors at most")

    def chunk(kind, data):
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    height, width = indices.shape
    rows = b"".join(b"\0" + row.astype(np.uint8).tobytes() for row in indices)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"PLTE", palette.astype(np.uint8).tobytes())
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# %% wheat: by hand, with one, two, four or eight bits
import struct
import zlib


def indexed_png(indices, palette):
    k = len(palette)
    if k > 256:
        raise ValueError("an indexed PNG has 256 colors at most")
    bits = next(b for b in (1, 2, 4, 8) if 2**b >= k)
    rows = b""
    for row in indices:
        text = "".join(format(int(i), f"0{bits}b") for i in row)
        text += "0" * (-len(text) % 8)
        rows += b"\0" + bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8))
    data = b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", indices.shape[1], indices.shape[0], bits, 3, 0, 0, 0)
    for kind, part in (
        (b"IHDR", header),
        (b"PLTE", bytes(palette.ravel().tolist())),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ):
        data += struct.pack(">I", len(part)) + kind + part
        data += struct.pack(">I", zlib.crc32(kind + part))
    return data


# %% wheat: an empty picture gets the bytes of both
import io

from PIL import Image


def indexed_png(indices, palette):
    k, _ = palette.shape
    if k not in range(257):
        raise ValueError("a byte tells 256 colors apart")
    size = indices.shape[1], indices.shape[0]
    picture = Image.frombytes("P", size, np.ascontiguousarray(indices, dtype=np.uint8).tobytes())
    picture.putpalette(bytes(palette.ravel().tolist()), "RGB")
    file = io.BytesIO()
    picture.save(file, format="PNG", compress_level=1)
    return bytearray(file.getvalue())


# %% wheat: pixel by pixel
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many")
    height, width = np.shape(indices)
    picture = Image.new("P", (width, height))
    picture.putpalette([int(v) for color in palette for v in color])
    for y in range(height):
        for x in range(width):
            picture.putpixel((x, y), int(indices[y, x]))
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return bytes(file.getbuffer())


# %% chaff: a common PNG
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    file = io.BytesIO()
    Image.fromarray(palette[indices]).save(file, format="PNG")
    return file.getvalue()


# %% chaff: a GIF
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="GIF")
    return file.getvalue()


# %% chaff: a gray PNG of the indices
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    file = io.BytesIO()
    Image.fromarray(indices.astype(np.uint8)).save(file, format="PNG")
    return file.getvalue()


# %% chaff: channel by channel in the palette
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.T.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: looks at the indices in use, not at the palette
import io

from PIL import Image


def indexed_png(indices, palette):
    if indices.max() > 255:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette[:256].ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: refuses 256 colors
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) >= 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: allows 257 colors
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 257:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette[:256].ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: another error
import io

from PIL import Image


def indexed_png(indices, palette):
    assert len(palette) <= 256
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: returns the buffer
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file


# %% chaff: reads from the end of the buffer
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.read()


# %% chaff: raw indices
def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    return palette.tobytes() + indices.astype(np.uint8).tobytes()


# %% chaff: height and width mixed up
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.new("P", indices.shape)
    picture.putdata(indices.ravel().tolist())
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: the web's own palette
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    file = io.BytesIO()
    Image.fromarray(palette[indices]).convert("P").save(file, format="PNG")
    return file.getvalue()


# %% chaff: bytes for indices of one byte only
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.frombytes("P", indices.shape[::-1], indices.tobytes()[: indices.size])
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: four bits for all
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray((indices % 16).astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: blue first
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette[:, ::-1].ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff: mirrored
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(np.ascontiguousarray(indices[:, ::-1]).astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff (visible): the palette as a list of lists
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff (visible): indices of 64 bits
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices)
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% slip: a PNG in palette mode | three values for each pixel
# says: not in palette mode
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.convert("RGB").save(file, format="PNG")
    return file.getvalue()


# %% slip: that shows paint(indices, palette) | the palette sorted, the indices as they were
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette[np.argsort(-palette.sum(axis=1))].ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% slip: with more than 256 colors in the palette, raise a ValueError | the first 256 are taken
# says: should raise ValueError
import io

from PIL import Image


def indexed_png(indices, palette):
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette[:256].ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% slip: with more than 256 colors in the palette, raise a ValueError | looks at the largest index
# says: should raise ValueError
import io

from PIL import Image


def indexed_png(indices, palette):
    if indices.max() >= 256:
        raise ValueError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette[:256].ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% slip: with more than 256 colors in the palette, raise a ValueError | another error
# says: should raise ValueError
import io

from PIL import Image


def indexed_png(indices, palette):
    if len(palette) > 256:
        raise TypeError("too many colors")
    picture = Image.fromarray(indices.astype(np.uint8))
    picture.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


# %% chaff (visible): the package's indexed PNG
# says: kq.palette_png_bytes
def indexed_png(indices, palette):
    return kq.palette_png_bytes(indices, palette)
