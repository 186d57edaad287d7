"""Photos of every kind are read right, or refused with one sentence."""

import io
import os
import re
import struct
import subprocess
import sys
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image, ImageOps

from kquant_helpers import door
from kquant_helpers.door import MAX_PIXELS
from kquant_helpers.photos import SAMPLES, PhotoError, load_photo

IMAGES = npst.arrays(
    np.uint8,
    st.tuples(st.integers(1, 9), st.integers(1, 9))
    | st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3)),
)


def random_image(*shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def encoded(image, format="PNG", **options):
    image = Image.fromarray(image) if isinstance(image, np.ndarray) else image
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def png_chunk(kind, content):
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def png_header(height, width):
    """A PNG that promises these sides, and holds one byte of pixels."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + png_chunk(b"IEND", b"")


def assert_one_sentence(message):
    assert message.endswith(".") and not message.endswith(".."), message
    assert "\n" not in message
    assert not re.search(r"[.?!]\s", message), message


def refusal(source, *arguments, error=PhotoError, **options):
    """The message of a refusal, after checking what holds for all of them."""
    with pytest.raises(error) as caught:
        load_photo(source, *arguments, **options)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert_one_sentence(str(caught.value))
    return str(caught.value)


def check_refusal(image, error, name="image"):
    with pytest.raises(error) as caught:
        door.image(image, name)
    assert_one_sentence(str(caught.value))
    return str(caught.value)


@pytest.fixture(autouse=True)
def nothing_is_printed_or_warned(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    out, err = capfd.readouterr()
    assert out == "" and err == ""


# Samples


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_an_image_that_the_caller_may_write_to(name):
    first = load_photo(name)
    assert door.image(first) is first
    assert first.flags.c_contiguous and first.flags.writeable and first.flags.owndata
    before = first.copy()
    first[:] = 7
    np.testing.assert_array_equal(load_photo(name), before)


@pytest.mark.parametrize("name", ["china", "flower"])
def test_scikit_learns_samples_equal_its_own_loader(name):
    from sklearn.datasets import load_sample_image

    np.testing.assert_array_equal(load_photo(name), load_sample_image(f"{name}.jpg"))


@pytest.mark.parametrize("name", ["astronaut", "camera", "coffee", "chelsea", "rocket"])
def test_scikit_images_samples_equal_its_own_loader(name):
    import skimage.data

    np.testing.assert_array_equal(load_photo(name), getattr(skimage.data, name)())


def test_samples_need_neither_network_nor_slow_imports():
    program = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("the network was asked")
socket.socket = socket.create_connection = refuse
from kquant_helpers.photos import SAMPLES, load_photo
for name in SAMPLES:
    load_photo(name, 32)
print(sorted({"sklearn", "skimage", "pooch", "scipy"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("[]\n", "", 0)


def test_china_is_the_photo_that_the_lessons_quote():
    assert len(np.unique(load_photo("china").reshape(-1, 3), axis=0)) == 96_615


def test_a_resized_photo_is_what_pillows_bicubic_filter_makes():
    expected = Image.fromarray(load_photo("china")).resize((960, 600), Image.BICUBIC)
    np.testing.assert_array_equal(load_photo("china", (600, 960)), np.asarray(expected))


def test_the_gray_ramp_rises_smoothly_from_0_to_255():
    ramp = load_photo("gray ramp")
    assert ramp.ndim == 2 and (ramp == ramp[0]).all()
    assert ramp[0, 0] == 0 and ramp[0, -1] == 255
    assert set(np.diff(ramp[0].astype(int))) == {0, 1}
    np.testing.assert_array_equal(load_photo("gray ramp", (2, 256))[1], np.arange(256))


def test_the_color_ramp_is_smooth_and_full_of_colors():
    ramp = load_photo("color ramp")
    assert ramp.ndim == 3
    for axis in (0, 1):
        assert np.abs(np.diff(ramp.astype(int), axis=axis)).max() == 1
    assert len(np.unique(ramp.reshape(-1, 3), axis=0)) == 256 * 256


# Sizes


@pytest.mark.parametrize("source", ["china", "camera", "gray ramp", "color ramp"])
@pytest.mark.parametrize("size", [(1, 1), (7, 300), [300, 7], (np.int64(5), np.uint8(6))])
def test_a_pair_gives_exactly_that_height_and_width(source, size):
    assert load_photo(source, size).shape[:2] == tuple(size)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_one_number_is_the_longer_side_and_the_aspect_stays(height, width, size):
    result = load_photo(np.zeros((height, width), np.uint8), size)
    longer, shorter = max(result.shape), min(result.shape)
    assert longer == size
    exact = size * min(height, width) / max(height, width)
    assert abs(shorter - exact) <= 0.5 or (shorter == 1 and exact < 1)
    assert (height >= width) == (result.shape[0] >= result.shape[1]) or longer == shorter


@pytest.mark.parametrize("source", ["camera", "gray ramp"])
@pytest.mark.parametrize(
    "size",
    [0, -1, 960.0, "960", "", True, (), (960,), (1, 2, 3), (0, 5), (5, -1), (5.0, 5), (5, "5"),
     (True, 5), {5, 6}, [[1], [2, 3]], np.ones((2, 2), int), np.nan, b"ab"],
    ids=repr,
)  # fmt: skip
def test_a_wrong_size_is_refused_and_named(source, size):
    message = refusal(source, size, error=ValueError)
    assert message.startswith(f"size is {' '.join(repr(size).split())},")
    assert "(600, 960)" in message


@pytest.mark.parametrize("size", [10**6, 10**400, (10_000, 10_000), (1, 10**30)])
def test_a_size_beyond_the_limit_is_refused_before_it_is_made(size):
    assert f"{MAX_PIXELS:,}" in refusal("china", size, error=ValueError)


def test_gray_has_one_channel_and_pillows_weights():
    photo = load_photo("flower")
    weighted = photo @ np.array([299, 587, 114]) / 1000
    gray = load_photo("flower", gray=True)
    assert gray.shape == photo.shape[:2]
    assert np.abs(gray - weighted).max() < 0.52
    camera = load_photo("camera")
    np.testing.assert_array_equal(load_photo("camera", gray=True), camera)


# Sources


@settings(deadline=None, max_examples=60)
@given(IMAGES)
def test_an_image_survives_load_photo_and_a_png_unchanged(image):
    before = image.copy()
    for source in (image, Image.fromarray(image), encoded(image), image[::-1][::-1]):
        result = load_photo(source)
        assert result.dtype == np.uint8 and result.flags.c_contiguous
        np.testing.assert_array_equal(result, image)
        assert not np.shares_memory(result, image)
        result[:] = ~result
    np.testing.assert_array_equal(image, before)


def test_strings_paths_and_all_kinds_of_bytes_give_one_photo(tmp_path, monkeypatch):
    image = random_image(5, 6, 3)
    path = tmp_path / "my photo.png"
    path.write_bytes(encoded(image))
    monkeypatch.setenv("HOME", str(tmp_path))
    content = path.read_bytes()
    sources = [path, str(path), "~/my photo.png", content, bytearray(content), memoryview(content)]
    for source in sources:
        np.testing.assert_array_equal(load_photo(source), image)
    assert os.listdir(tmp_path) == ["my photo.png"]


def test_a_file_that_is_called_like_a_sample_is_reached_by_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    image = random_image(2, 2)
    (tmp_path / "china").write_bytes(encoded(image))
    np.testing.assert_array_equal(load_photo("./china"), image)
    assert load_photo("china").shape == (427, 640, 3)


@pytest.mark.parametrize(
    ("format", "options"),
    [("BMP", {}), ("TIFF", {}), ("PPM", {}), ("WEBP", {"lossless": True})],
)
def test_other_lossless_formats_are_read_unchanged(format, options):
    image = random_image(9, 8, 3)
    np.testing.assert_array_equal(load_photo(encoded(image, format, **options)), image)


def test_an_image_of_pillow_is_not_changed():
    image = Image.fromarray(random_image(3, 4, 4))
    exif = image.getexif()
    exif[0x0112] = 6
    before = image.tobytes()
    assert load_photo(image, gray=True).shape == (4, 3)
    assert (image.mode, image.size, image.tobytes()) == ("RGBA", (4, 3), before)


@pytest.mark.parametrize("source", [None, 3, 2.5, ["china"], {}, object, io.BytesIO(b"x")])
def test_another_kind_of_source_is_refused(source):
    message = refusal(source, error=TypeError)
    assert "path" in message and "load_photo('china')" in message


@pytest.mark.parametrize(
    "url", ["https://example.org/a.png", "HTTP://x.org/y", "data:image/png;base64,AA", "www.x.org"]
)
def test_a_web_address_is_refused(url):
    message = refusal(url)
    assert repr(url) in message and "read from files" in message


@pytest.mark.parametrize("near", ["chian", "China", "china.jpg", "CHINA.JPG ", "photos/china.png"])
def test_a_misspelled_sample_gets_a_suggestion(near):
    message = refusal(near)
    assert repr(near) in message and "load_photo('china')" in message


@pytest.mark.parametrize("name", ["lena", "", "\0", "a\nb. c", "x" * 5000])
def test_a_name_unlike_any_sample_gets_the_list(name):
    with pytest.raises(PhotoError) as caught:
        load_photo(name)
    assert "\n" not in str(caught.value)
    assert all(sample in str(caught.value) for sample in SAMPLES)
    assert len(str(caught.value)) < 400


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    assert "nowhere.png" in refusal(tmp_path / "nowhere.png")
    assert "directory" in refusal(tmp_path)
    assert "directory" in refusal(str(tmp_path))


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in refusal(tmp_path / "pipe")


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.jpg"
    path.write_bytes(b"")
    assert "empty.jpg" in refusal(path)
    assert "zero bytes" in refusal(path)
    assert "zero bytes" in refusal(b"")


@pytest.mark.parametrize(
    "content",
    [b"Dear diary", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"\x89PNG", b"BM"],
)
def test_what_is_not_a_photo_is_refused_whatever_its_name(tmp_path, content):
    path = tmp_path / "photo.png"
    path.write_bytes(content)
    message = refusal(path)
    assert "photo.png" in message and "not a photo" in message


@pytest.mark.parametrize(
    ("format", "options"),
    [("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True}), ("GIF", {}), ("BMP", {}),
     ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"}), ("TIFF", {"compression": "jpeg"}),
     ("PPM", {}), ("WEBP", {}), ("JPEG2000", {})],
)  # fmt: skip
def test_a_photo_cut_at_any_tenth_is_refused(tmp_path, format, options):
    content = encoded(random_image(60, 50, 3), format, **options)
    assert load_photo(content).shape == (60, 50, 3)
    for tenth in range(10):
        path = tmp_path / f"cut{tenth}"
        path.write_bytes(content[: len(content) * tenth // 10])
        assert f"cut{tenth}" in refusal(path)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(
        [
            *((format, {}) for format in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "PPM", "JPEG2000")),
            *(("TIFF", {"compression": name}) for name in ("tiff_lzw", "jpeg", "tiff_deflate")),
        ]
    ),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_a_photo_with_flipped_bytes_is_read_or_refused_with_one_sentence(kind, changes):
    format, options = kind
    content = bytearray(encoded(load_photo("chelsea", 12), format, **options))
    for position, value in changes:
        content[position % len(content)] = value
    try:
        door.image(load_photo(bytes(content)))
    except PhotoError as error:
        assert_one_sentence(str(error))


def test_pillows_log_stays_quiet():
    """A TIFF of 99 samples a pixel, over which Pillow logs an error."""
    entries = [(256, 1), (257, 1), (258, 8), (262, 2), (273, 200), (277, 99), (279, 99)]
    fields = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    content = struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + fields + bytes(400)
    program = "import sys; from kquant_helpers.photos import load_photo, PhotoError\n"
    program += "try: load_photo(sys.stdin.buffer.read())\nexcept PhotoError: pass\n"
    done = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True)
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate"])
def test_libtiff_prints_nothing_about_damaged_pixels(compression):
    content = bytearray(encoded(random_image(40, 30, 3), "TIFF", compression=compression))
    content[8:1000] = bytes(range(1, 249)) * 4
    assert "damaged" in refusal(bytes(content))


def test_a_photo_is_read_where_stderr_is_closed():
    program = "import os, sys; os.close(2); from kquant_helpers.photos import load_photo\n"
    program += "print(load_photo(sys.stdin.buffer.read()).shape)"
    content = encoded(random_image(4, 3), "TIFF")
    done = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True)
    assert (done.stdout, done.returncode) == (b"(4, 3)\n", 0)


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000, 60_000])
def test_a_huge_photo_is_refused_from_its_header(tmp_path, side):
    path = tmp_path / "huge.png"
    path.write_bytes(png_header(side, side))
    message = refusal(path)
    assert "huge.png" in message and f"{MAX_PIXELS:,}" in message


def test_a_small_header_without_pixels_is_called_damaged():
    assert "damaged" in refusal(png_header(20, 20))


def test_a_huge_array_is_refused():
    endless = np.broadcast_to(np.uint8(0), (10_000, 10_000))
    assert f"{MAX_PIXELS:,}" in refusal(endless)


def test_an_image_of_pillow_without_pixels_or_closed_is_refused(tmp_path):
    assert "no pixels" in refusal(Image.new("L", (0, 5)))
    path = tmp_path / "a.png"
    path.write_bytes(encoded(random_image(3, 3)))
    with Image.open(path) as image:
        pass
    assert "closed" in refusal(image)


# Kinds of pixels


def test_one_pixel_is_a_photo():
    np.testing.assert_array_equal(load_photo(encoded(np.uint8([[[1, 2, 3]]]))), [[[1, 2, 3]]])


def test_a_bilevel_photo_is_black_and_white():
    bits = np.array([[True, False, True], [False, False, True]])
    for format in ("PNG", "TIFF", "BMP"):
        result = load_photo(encoded(Image.fromarray(bits), format))
        np.testing.assert_array_equal(result, np.where(bits, 255, 0))


def test_16_bits_are_scaled_and_not_clipped():
    values = np.arange(65_536, dtype=np.uint16).reshape(256, 256)
    expected = np.rint(values / 257)
    for format in ("PNG", "TIFF", "PPM", "JPEG2000"):
        np.testing.assert_array_equal(load_photo(encoded(values, format)), expected)
    for array in (values, values.astype(">u2"), values[:, :, np.newaxis]):
        np.testing.assert_array_equal(load_photo(array), expected)
    np.testing.assert_array_equal(load_photo(Image.fromarray(values)), expected)


def test_the_transparent_value_of_16_bits_turns_white():
    image = Image.fromarray(np.uint16([[0, 4000, 65_535, 100]]))
    image.info["transparency"] = 4000
    np.testing.assert_array_equal(load_photo(encoded(image)), [[0, 255, 255, 0]])


def test_a_cmyk_jpeg_becomes_rgb():
    inks = np.zeros((16, 48, 4), np.uint8)
    for third in range(3):
        inks[:, third * 16 : third * 16 + 16, third] = 255
    content = encoded(Image.fromarray(inks, "CMYK"), "JPEG", quality=100)
    cyan_magenta_yellow = load_photo(content)[8, [8, 24, 40]]
    expected = np.array([[0, 255, 255], [255, 0, 255], [255, 255, 0]])
    assert np.abs(cyan_magenta_yellow - expected).max() <= 3


def on_white(colors, alpha):
    alpha = alpha[..., np.newaxis] / 255
    return colors * alpha + 255 * (1 - alpha)


def test_transparent_colors_are_laid_on_white():
    image = random_image(20, 30, 4)
    image[0, 0, 3], image[0, 1, 3] = 0, 255
    expected = on_white(image[..., :3], image[..., 3])
    for source in (image, encoded(image), encoded(image, "TIFF")):
        result = load_photo(source)
        assert np.abs(result - expected).max() <= 1
        assert (result[0, 0] == 255).all() and (result[0, 1] == image[0, 1, :3]).all()


def test_transparent_gray_is_laid_on_white_and_stays_gray():
    pixels = random_image(20, 30, 2)
    image = Image.merge("LA", [Image.fromarray(pixels[..., i].copy()) for i in range(2)])
    result = load_photo(encoded(image))
    expected = on_white(pixels[..., :1], pixels[..., 1])[..., 0]
    assert result.ndim == 2 and np.abs(result - expected).max() <= 1


@pytest.mark.parametrize("alphas", [0, bytes([0, 255, 128])])
def test_a_transparent_palette_is_laid_on_white(alphas):
    image = Image.fromarray(np.uint8([[0, 1, 2]])).convert("P")
    image.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    result = load_photo(encoded(image, transparency=alphas))
    np.testing.assert_array_equal(result[0, :2], [[255, 255, 255], [40, 50, 60]])
    expected = [70, 80, 90] if alphas == 0 else (np.array([70, 80, 90]) * 128 + 255 * 127) / 255
    assert np.abs(result[0, 2] - expected).max() <= 1


def test_a_transparent_gray_value_and_a_transparent_color_turn_white():
    gray = encoded(np.uint8([[7, 8]]), transparency=7)
    np.testing.assert_array_equal(load_photo(gray), [[255, 8]])
    color = encoded(np.uint8([[[7, 8, 9], [1, 2, 3]]]), transparency=(7, 8, 9))
    np.testing.assert_array_equal(load_photo(color), [[[255, 255, 255], [1, 2, 3]]])
    bits = encoded(Image.fromarray(np.array([[False, True]])), transparency=0)
    np.testing.assert_array_equal(load_photo(bits), [[255, 255]])


UPRIGHT = {
    1: lambda stored: stored,
    2: np.fliplr,
    3: lambda stored: np.rot90(stored, 2),
    4: np.flipud,
    5: lambda stored: np.swapaxes(stored, 0, 1),
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: np.rot90(np.swapaxes(stored, 0, 1), 2),
    8: np.rot90,
}


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_is_turned_as_its_camera_says(format, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = load_photo("chelsea", (24, 40))
    options = {"lossless": True} if format == "WEBP" else {}
    content = encoded(stored, format, exif=exif, **options)
    plain = load_photo(encoded(stored, format, **options))
    np.testing.assert_array_equal(load_photo(content), UPRIGHT[orientation](plain))
    peer = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    np.testing.assert_array_equal(load_photo(content), np.asarray(peer))
    np.testing.assert_array_equal(load_photo(Image.open(io.BytesIO(content))), np.asarray(peer))


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff"]
)
def test_broken_exif_is_no_reason_to_refuse_a_photo(exif):
    image = random_image(8, 16)
    np.testing.assert_array_equal(
        load_photo(encoded(image, "JPEG", exif=exif)), load_photo(encoded(image, "JPEG"))
    )


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_does_not_exist_is_ignored(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = random_image(3, 5)
    np.testing.assert_array_equal(load_photo(encoded(image, exif=exif)), image)


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP"])
def test_an_animation_gives_its_first_picture(format):
    first, second = (Image.new("RGB", (6, 4), color) for color in ("red", "blue"))
    options = {"lossless": True} if format == "WEBP" else {}
    content = encoded(first, format, save_all=True, append_images=[second], **options)
    np.testing.assert_array_equal(load_photo(content), np.full((4, 6, 3), (255, 0, 0)))


@pytest.mark.parametrize("mode", ["F", "I"])
def test_pixels_of_32_bits_are_refused(tmp_path, mode):
    path = tmp_path / "deep.tif"
    Image.new(mode, (3, 3)).save(path)
    message = refusal(path)
    assert "deep.tif" in message and repr(mode) in message
    assert repr(mode) in refusal(Image.new(mode, (3, 3)))


@pytest.mark.parametrize("mode", ["YCbCr", "HSV", "RGBX", "PA", "RGBa", "La", "LAB", "CMYK"])
def test_pillows_other_modes_are_read_or_refused(mode):
    image = Image.new(mode, (3, 2))
    try:
        assert load_photo(image).shape[:2] == (2, 3)
    except PhotoError as error:
        assert_one_sentence(str(error))
        assert repr(mode) in str(error)


# Arrays


def test_arrays_of_bool_become_black_and_white():
    bits = random_image(4, 5) > 127
    np.testing.assert_array_equal(load_photo(bits), np.where(bits, 255, 0))
    assert load_photo(np.ones((2, 2, 3), bool)).shape == (2, 2, 3)


def test_one_channel_on_a_third_axis_is_dropped():
    image = random_image(4, 5, 1)
    np.testing.assert_array_equal(load_photo(image), image[:, :, 0])


WRONG_ARRAYS = [
    (np.full((4, 5), 0.5), TypeError, "np.rint(image.clip(0, 1) * 255)"),
    (np.full((4, 5), 99.5), TypeError, "round and convert"),
    (np.full((4, 5, 3), np.nan), TypeError, "NaN"),
    (np.full((4, 5), np.inf), TypeError, "infinite"),
    (np.zeros((4, 5), np.int64), TypeError, "clip"),
    (np.zeros((4, 5), np.uint32), TypeError, "clip"),
    (np.zeros((0, 5)), TypeError, "clip"),
    (np.zeros((4, 5), complex), TypeError, "np.array"),
    (np.full((4, 5), "a"), TypeError, "np.array"),
    (np.full((4, 5), None), TypeError, "np.array"),
    (np.zeros((0, 5), np.uint8), ValueError, "at least one pixel"),
    (np.zeros((4, 0, 3), np.uint8), ValueError, "at least one pixel"),
    (np.zeros((4, 5, 0), np.uint8), ValueError, "at least one pixel"),
    (np.zeros((), np.uint8), ValueError, "reshape"),
    (np.zeros(20, np.uint8), ValueError, "reshape"),
    (np.zeros((3, 40, 50), np.uint8), ValueError, "moveaxis"),
    (np.zeros((40, 50, 2), np.uint8), ValueError, "image[:, :, 0]"),
    (np.zeros((40, 50, 5), np.uint8), ValueError, "image[:, :, 0]"),
    (np.zeros((2, 40, 50, 3), np.uint8), ValueError, "images[0]"),
]


@pytest.mark.parametrize(("array", "error", "mend"), WRONG_ARRAYS)
def test_a_wrong_array_is_refused_with_what_it_is_and_how_to_mend_it(array, error, mend):
    for message in (check_refusal(array, error), refusal(array, error=error)):
        assert str(array.dtype) in message and str(array.shape) in message
        assert mend in message and "uint8" in message


# The door


@settings(deadline=None, max_examples=40)
@given(IMAGES)
def test_the_door_returns_the_very_same_array(image):
    assert door.image(image) is image
    assert door.image(image[::-1, ::-1]).base is not None


@pytest.mark.parametrize(
    ("given", "kind", "mend"),
    [
        (None, "None", "return"),
        ([[1, 2]], "of type list", "np.array(image, dtype=np.uint8)"),
        (7, "of type int", "np.array"),
        ("china", "of type str", "load_photo"),
        (b"content", "of type bytes", "load_photo"),
        (Image.new("L", (2, 2)), "of type Image", "load_photo"),
        (np.uint8(3), "of type uint8", "np.array"),
    ],
)
def test_the_door_names_what_it_was_given_in_place_of_an_array(given, kind, mend):
    message = check_refusal(given, TypeError, "The original")
    assert message.startswith(f"The original is {kind},") and mend in message


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 5), bool),
        np.zeros((4, 5), np.uint16),
        np.zeros((4, 5, 4), np.uint8),
        np.zeros((3, 5, 4), np.uint8),
    ],
)
def test_where_the_door_advises_load_photo_that_helps(array):
    assert "load_photo(image)" in check_refusal(array, (TypeError, ValueError))
    door.image(load_photo(array))


def test_the_advice_for_fractions_and_for_channels_first_helps():
    image = np.full((4, 5), 0.5)
    assert "np.rint(image.clip(0, 1) * 255).astype(np.uint8)" in check_refusal(image, TypeError)
    door.image(np.rint(image.clip(0, 1) * 255).astype(np.uint8))
    image = np.zeros((3, 40, 50), np.uint8)
    assert "np.moveaxis(image, 0, 2)" in check_refusal(image, ValueError)
    assert door.image(np.moveaxis(image, 0, 2)).shape == (40, 50, 3)
