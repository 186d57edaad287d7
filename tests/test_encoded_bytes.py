"""Files of every format are read back as they should be, or refused in one sentence."""

import io
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image
from strategies import images, refusal

from kquant_helpers.errors import squared_error
from kquant_helpers.formats import FORMATS, encoded_bytes, palette_png_bytes
from kquant_helpers.photos import load_photo
from kquant_helpers.quantize import quantize

LOSSLESS = ("PNG", "indexed PNG", "GIF", "WebP")
LOSSY = ("JPEG", "WebP")
PHOTO = load_photo("coffee", 96)


def opened(content):
    return Image.open(io.BytesIO(content))


def read(content, image):
    return load_photo(content, gray=image.ndim == 2)


@settings(deadline=None, max_examples=50)
@given(images(), st.sampled_from(LOSSLESS))
def test_lossless_formats_keep_every_pixel(image, format):
    np.testing.assert_array_equal(read(encoded_bytes(image, format), image), image)


@pytest.mark.parametrize("format", LOSSLESS)
def test_lossless_formats_keep_256_colors(format):
    image = quantize(PHOTO, 256, "rgb").image
    np.testing.assert_array_equal(read(encoded_bytes(image, format), image), image)


@pytest.mark.parametrize("format", FORMATS)
def test_files_are_of_the_format_asked_for(format):
    content = encoded_bytes(quantize(PHOTO, 8, "rgb").image, format)
    assert opened(content).format.lower() == format.lower().removeprefix("indexed ")
    assert encoded_bytes(quantize(PHOTO, 8, "rgb").image, format.upper()) == content


def test_an_indexed_png_holds_indices():
    picture = opened(encoded_bytes(quantize(PHOTO, 4, "rgb").image, "indexed PNG"))
    assert picture.mode == "P"


@pytest.mark.parametrize("format", LOSSY)
@pytest.mark.parametrize("gray", [False, True])
def test_a_better_quality_takes_more_bytes_and_has_less_error(format, gray):
    photo = load_photo("coffee", 96, gray=gray)
    files = [encoded_bytes(photo, format, quality) for quality in (5, 30, 60, 90)]
    sizes = [len(content) for content in files]
    errors = [squared_error(photo, read(content, photo)) for content in files]
    assert sizes == sorted(set(sizes))
    assert errors == sorted(set(errors), reverse=True)


@settings(deadline=None, max_examples=30)
@given(images(), st.sampled_from(LOSSY), st.integers(0, 100))
def test_every_quality_gives_a_file_of_the_same_shape(image, format, quality):
    assert read(encoded_bytes(image, format, quality), image).shape == image.shape


@pytest.mark.parametrize("format", LOSSLESS)
def test_strided_and_read_only_images_are_written_and_left_alone(format):
    image = quantize(PHOTO, 8, "rgb").image[::2, ::-3]
    kept = image.copy()
    image.setflags(write=False)
    assert encoded_bytes(image, format) == encoded_bytes(kept, format)
    np.testing.assert_array_equal(image, kept)


@pytest.mark.parametrize("format", ["indexed PNG", "GIF"])
def test_more_than_256_colors_are_counted_and_refused(format):
    image = np.zeros((1, 257, 3), np.uint8)
    image[0, :, 0] = np.arange(257) % 256
    image[0, 256, 1] = 1
    assert "257 colors" in refusal(ValueError, encoded_bytes, image, format)


@pytest.mark.parametrize("format", ["BMP", "jpg", "", None, 3, ["PNG"]])
def test_an_unknown_format_is_refused_with_the_known_ones(format):
    message = refusal(ValueError, encoded_bytes, PHOTO, format)
    assert all(f'"{name}"' in message for name in FORMATS)


@pytest.mark.parametrize("format", LOSSY)
@pytest.mark.parametrize(
    ("error", "quality"),
    [(ValueError, -1), (ValueError, 101), (TypeError, 75.0), (TypeError, "75"), (TypeError, True)],
)
def test_an_unknown_quality_is_refused(format, error, quality):
    assert repr(quality) in refusal(error, encoded_bytes, PHOTO, format, quality)


@pytest.mark.parametrize("format", ["PNG", "indexed PNG", "GIF"])
def test_lossless_formats_have_no_quality(format):
    assert "leave quality out" in refusal(ValueError, encoded_bytes, PHOTO, format, 75)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("format", "longest"), [("GIF", 65535), ("JPEG", 65500), ("WebP", 16383)])
def test_the_longest_side_of_a_format_is_written_and_a_longer_one_refused(format, longest, turned):
    image = np.zeros((1, longest + 1), np.uint8)
    image = image.T if turned else image
    assert f"{longest:,}" in refusal(ValueError, encoded_bytes, image, format)
    image = image[:longest, :longest]
    np.testing.assert_array_equal(read(encoded_bytes(image, format), image), image)


# A Pillow built without WebP has no such module; one without JPEG has no such encoder.
LACKING = {
    "WebP": "import sys; sys.modules['PIL._webp'] = None",
    "JPEG": "from PIL import Image; del Image.core.jpeg_encoder",
}


@pytest.mark.parametrize("format", LACKING)
def test_a_format_that_this_pillow_lacks_is_named(format):
    ask = (
        "import numpy as np\n"
        "from kquant_helpers.formats import encoded_bytes\n"
        "image = np.zeros((8, 8), np.uint8)\n"
        "print(len(encoded_bytes(image, 'PNG')))\n"
        f"try: encoded_bytes(image, {format!r})\n"
        "except ValueError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{LACKING[format]}\n{ask}"],
        capture_output=True,
        text=True,
        check=True,
    )
    length, message = done.stdout.splitlines()
    assert int(length) > 0
    assert f"without {format}" in message and message.endswith(".")


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 256), st.data())
def test_an_indexed_png_decodes_to_its_rounded_palette(k, data):
    palette = data.draw(npst.arrays(np.float64, (k, 3), elements=st.floats(0, 255)))
    indices = data.draw(npst.arrays(np.int64, (3, 4), elements=st.integers(0, k - 1)))
    picture = np.asarray(opened(palette_png_bytes(indices, palette)).convert("RGB"))
    np.testing.assert_array_equal(picture, np.rint(palette).astype(np.uint8)[indices])


@pytest.mark.parametrize(
    "indices",
    [
        np.array([[0, 2]]),
        np.array([[-1]]),
        np.array([0]),
        np.array([[0.0]]),
        np.zeros((0, 2)),
    ],
)
def test_indices_that_miss_the_palette_are_refused(indices):
    refusal((TypeError, ValueError), palette_png_bytes, indices, np.zeros((2, 3)))
