# %% wheat: the package
def png_size(image):
    return len(kq.png_bytes(image))


# %% wheat: Pillow into memory
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, format="PNG")
    return len(file.getvalue())


# %% wheat: Pillow, optimized
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG", optimize=True)
    return file.tell()


# %% wheat: Pillow, level 9
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "png", compress_level=9)
    return file.getbuffer().nbytes


# %% wheat: Pillow, level 1
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "png", compress_level=1)
    return float(file.getbuffer().nbytes)


# %% wheat: a file on the disk
import os
import tempfile

from PIL import Image


def png_size(image):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "image.png")
        Image.fromarray(image).save(path)
        return os.path.getsize(path)


# %% wheat: scikit-image on the disk
import tempfile
from pathlib import Path

from skimage.io import imsave


def png_size(image):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "image.png"
        imsave(path, image, check_contrast=False)
        return path.stat().st_size


# %% wheat: imageio
import imageio.v3 as iio


def png_size(image):
    return len(iio.imwrite("<bytes>", image, extension=".png"))


# %% wheat: the package by name, a NumPy integer
def png_size(image):
    return np.int64(len(kq.encoded_bytes(image, "PNG")))


# %% chaff: raw
def png_size(image):
    return image.size


# %% chaff: raw, nbytes and a header
def png_size(image):
    return image.nbytes + 57


# %% chaff: no compression
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG", compress_level=0)
    return len(file.getvalue())


# %% slip: Return how many bytes the image takes as a PNG | as a JPEG
# says: its PNG has about
def png_size(image):
    return len(kq.encoded_bytes(image, "JPEG"))


# %% chaff: BMP
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "BMP")
    return len(file.getvalue())


# %% chaff: lossless WebP
def png_size(image):
    return len(kq.encoded_bytes(image, "WebP"))


# %% slip: Return how many bytes the image takes as a PNG | bits
# says: count bytes
def png_size(image):
    return 8 * len(kq.png_bytes(image))


# %% slip: Return how many bytes the image takes as a PNG | kilobytes
# says: whole number|kilobytes
def png_size(image):
    return len(kq.png_bytes(image)) / 1000


# %% chaff: whole kibibytes
def png_size(image):
    return len(kq.png_bytes(image)) // 1024


# %% chaff: base64
import base64


def png_size(image):
    return len(base64.b64encode(kq.png_bytes(image)))


# %% chaff: hexadecimal
def png_size(image):
    return len(kq.png_bytes(image).hex())


# %% chaff: the object in memory
import sys


def png_size(image):
    return sys.getsizeof(kq.png_bytes(image))


# %% chaff: the array in memory
import sys


def png_size(image):
    return sys.getsizeof(image)


# %% chaff: deflate alone
import zlib


def png_size(image):
    return len(zlib.compress(image.tobytes()))


# %% chaff: indexed by Pillow
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).quantize(64).save(file, "PNG")
    return len(file.getvalue())


# %% chaff (visible): made gray
# says: without convert
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).convert("L").save(file, "PNG")
    return len(file.getvalue())


# %% chaff: read before it is written
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return len(file.read())


# %% slip: Return how many bytes the image takes as a PNG | the bytes themselves
# says: the file itself
def png_size(image):
    return kq.png_bytes(image)


# %% chaff: a sixteenth of the pixels
def png_size(image):
    return len(kq.png_bytes(np.ascontiguousarray(image[::4, ::4])))


# %% chaff: by the formula
def png_size(image):
    colors = len(np.unique(image.reshape(-1, image.shape[-1]), axis=0))
    return (image.shape[0] * image.shape[1] * kq.index_bits(colors) + 24 * colors) // 8


# %% chaff: the buffer in memory
import io
import sys

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return sys.getsizeof(file)


# %% chaff: made RGB
import io

from PIL import Image


def png_size(image):
    file = io.BytesIO()
    Image.fromarray(image).convert("RGB").save(file, "PNG")
    return len(file.getvalue())
