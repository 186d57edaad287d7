"""Quantized images survive the way through a file; damaged files never become pictures."""

import contextlib
import hashlib
import math
import os
import resource
import stat
import struct
import tempfile
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from sklearn.cluster import KMeans
from strategies import images, refusal

from kquant_helpers.codebooks import rounded_codebook
from kquant_helpers.cuts import CUTS, RGB, Block
from kquant_helpers.door import MAX_PIXELS, quoted
from kquant_helpers.files import (
    QuantizedFileError,
    QuantizedSaveError,
    load_quantized,
    quantized_bytes,
    save_quantized,
)
from kquant_helpers.learners import LEARNERS
from kquant_helpers.packing import pack_indices, unpack_indices
from kquant_helpers.quantize import Quantized, decode_image, quantize
from kquant_helpers.sizes import fixed_rate_bits

COLOR = np.random.default_rng(0).integers(0, 256, (12, 8, 3), dtype=np.uint8)
GRAY = COLOR[..., 0]

# Every learner with every cut whose vectors it takes.
WAYS = [
    (image, cut, name)
    for image in (GRAY, COLOR)
    for cut in CUTS
    for name, learner in LEARNERS.items()
    if (cut != "rgb" or image.ndim == 3)
    and learner.dimensions in (None, {"rgb": 3, "block": 16}.get(cut, 1))
]
IDS = [f"{'gray' if image.ndim == 2 else 'color'}-{cut}-{name}" for image, cut, name in WAYS]

QUANTIZED = quantize(COLOR, 8, "rgb")
CONTENT = quantized_bytes(QUANTIZED)

# One small file of each kind, to be damaged.
SMALL = {
    "gray, global": quantized_bytes(quantize(GRAY[:2, :3], 3)),
    "color, channel": quantized_bytes(quantize(COLOR[:2, :3], 2, "channel")),
    "color, rgb": quantized_bytes(quantize(COLOR[:2, :3], 4, "rgb")),
    "padded blocks": quantized_bytes(quantize(GRAY[:3, :5], 2, "block", block_size=2, pad=True)),
    "one codeword": quantized_bytes(quantize(GRAY[:1, :1], 1)),
}


def assert_same(loaded, quantized):
    """Everything is as it was, but codewords are rounded."""
    np.testing.assert_array_equal(loaded.image, quantized.image, strict=True)
    np.testing.assert_array_equal(loaded.indices, quantized.indices, strict=True)
    assert len(loaded.codebooks) == len(quantized.codebooks)
    for ours, theirs in zip(loaded.codebooks, quantized.codebooks, strict=True):
        assert ours.dtype == np.float64
        np.testing.assert_array_equal(ours, rounded_codebook(theirs))
    for name in ("cut", "learner"):
        assert getattr(loaded, name) == getattr(quantized, name)


def resealed(content):
    """The file with a digest that fits: what somebody would make on purpose."""
    return content + hashlib.blake2b(content, digest_size=8).digest()


def hostile(shape=(4, 4), cut=0, channels=1, block=0, lengths=(2,), codewords=None, stream=None):
    """A file with a fitting digest that claims whatever it is told to claim."""
    start = struct.pack("<4sBBBBIIH", b"\x89KQI", 1, cut, channels, 1, *shape, block) + b"x"
    codewords = bytes(range(sum(lengths))) if codewords is None else codewords
    stream = zlib.compress(bytes(2)) if stream is None else stream
    return resealed(start + struct.pack(f"<{len(lengths)}I", *lengths) + codewords + stream)


def decoded_by_hand(content):
    """Read a file as the module's documentation lays it out, bit by bit.

    Returns the codebooks, the indices of each, and the bytes before deflate.
    """
    magic, version, cut, channels, name, height, width, block = struct.unpack(
        "<4sBBBBIIH", content[:18]
    )
    assert (magic, version) == (b"\x89KQI", 1)
    books = 3 if cut == 1 and channels == 3 else 1
    lengths = struct.unpack_from(f"<{books}I", content, 18 + name)
    entries = {0: 1, 1: 1, 2: 3, 3: block**2 * channels}[cut]
    at = 18 + name + 4 * books
    codebooks = []
    for length in lengths:
        codebook = np.frombuffer(content, np.uint8, length * entries, at)
        codebooks.append(codebook.reshape(length, entries))
        at += codebook.size
    count = {0: height * width * channels, 1: height * width, 2: height * width}.get(cut)
    if cut == 3:
        count = math.ceil(height / block) * math.ceil(width / block)
    packed = zlib.decompress(content[at:-8])
    bits = np.unpackbits(np.frombuffer(packed, np.uint8))
    indices, start = [], 0
    for length in lengths:
        each = math.ceil(math.log2(length))
        rows = bits[start : start + count * each].reshape(count, each)
        indices.append(rows @ (1 << np.arange(each)[::-1]))
        start += 8 * math.ceil(count * each / 8)
    assert start == bits.size
    return codebooks, indices, at + len(packed) + 8


@st.composite
def quantized_images(draw):
    image = draw(images())
    cut = draw(st.sampled_from(sorted(CUTS) if image.ndim == 3 else ["global", "channel", "block"]))
    options = {"block_size": draw(st.integers(1, 5)), "pad": True}
    return quantize(image, draw(st.sampled_from([1, 2, 3, 8, 300])), cut, **options)


@settings(deadline=None, max_examples=60)
@given(quantized_images())
def test_a_loaded_image_is_the_saved_one(quantized):
    assert_same(load_quantized(quantized_bytes(quantized)), quantized)


@pytest.mark.parametrize(("image", "cut", "learner"), WAYS, ids=IDS)
@pytest.mark.parametrize("k", [1, 300])
def test_every_learner_of_every_cut_goes_through_a_file(image, cut, learner, k, tmp_path):
    quantized = quantize(image, k, cut, learner)
    size = save_quantized(quantized, tmp_path / "image.kqi")
    assert_same(load_quantized(tmp_path / "image.kqi"), quantized)
    assert size == (tmp_path / "image.kqi").stat().st_size


@pytest.mark.parametrize(("image", "cut", "learner"), WAYS, ids=IDS)
def test_before_deflate_a_file_is_within_64_bytes_of_the_formula(image, cut, learner):
    quantized = quantize(image, 6, cut, learner)
    _, _, size = decoded_by_hand(quantized_bytes(quantized))
    assert 0 <= size - fixed_rate_bits(quantized) / 8 <= 64


@settings(deadline=None, max_examples=30)
@given(quantized_images())
def test_files_are_laid_out_as_documented(quantized):
    codebooks, indices, _ = decoded_by_hand(quantized_bytes(quantized))
    for ours, theirs in zip(codebooks, quantized.codebooks, strict=True):
        np.testing.assert_array_equal(ours, rounded_codebook(theirs))
    parts = quantized.cut.take_apart(quantized.indices, quantized.image.shape)
    for ours, theirs in zip(indices, parts, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_an_estimator_is_remembered_by_the_name_of_its_class():
    quantized = quantize(GRAY, 4, learner=KMeans(n_init=1))
    assert load_quantized(quantized_bytes(quantized)).learner == "KMeans"


def test_more_than_65536_codewords_go_through_a_file():
    indices = np.arange(300 * 300, dtype=np.uint32).reshape(300, 300)
    codebook = np.stack([indices.ravel() >> shift & 255 for shift in (16, 8, 0)], axis=1)
    image = decode_image(indices, [codebook], (300, 300, 3), RGB())
    quantized = Quantized(image, indices, (codebook,), RGB(), "every color")
    assert_same(load_quantized(quantized_bytes(quantized)), quantized)


@pytest.mark.parametrize("content", SMALL.values(), ids=SMALL)
def test_a_file_with_any_byte_flipped_is_refused(content):
    for place in range(len(content)):
        for change in {1 << bit for bit in range(8)} | {255}:
            damaged = bytearray(content)
            damaged[place] ^= change
            refusal(QuantizedFileError, load_quantized, bytes(damaged))


def test_no_byte_can_be_anything_else():
    content = SMALL["one codeword"]
    for place in range(len(content)):
        for value in set(range(256)) - {content[place]}:
            with pytest.raises(QuantizedFileError):
                load_quantized(content[:place] + bytes([value]) + content[place + 1 :])


@pytest.mark.parametrize("content", SMALL.values(), ids=SMALL)
def test_a_file_cut_short_anywhere_is_refused(content, tmp_path):
    for length in range(len(content)):
        refusal(QuantizedFileError, load_quantized, content[:length])
    (tmp_path / "short.kqi").write_bytes(content[:-1])
    refusal(QuantizedFileError, load_quantized, tmp_path / "short.kqi")


@pytest.mark.parametrize("content", SMALL.values(), ids=SMALL)
def test_a_file_with_bytes_too_many_is_refused(content):
    for more in (b"\0", content[-8:], content):
        refusal(QuantizedFileError, load_quantized, content + more)
        refusal(QuantizedFileError, load_quantized, resealed(content[:-8] + more))


@given(st.binary(max_size=200))
def test_random_bytes_are_refused(content):
    refusal(QuantizedFileError, load_quantized, content)
    refusal(QuantizedFileError, load_quantized, SMALL["gray, global"][:5] + content)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_whatever_is_changed_on_purpose_is_refused_or_a_picture_of_the_claimed_shape(kind, data):
    content = bytearray(SMALL[kind][:-8])
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        loaded = load_quantized(resealed(bytes(content)))
    except QuantizedFileError:
        return
    assert loaded.image.shape[:2] == struct.unpack_from("<II", content, 8)


@pytest.mark.parametrize("version", [0, 3, 255])
def test_another_version_is_named(version):
    content = SMALL["gray, global"][:-8]
    newer = resealed(content[:4] + bytes([version]) + content[5:])
    assert f"version {version}," in refusal(QuantizedFileError, load_quantized, newer)


@pytest.mark.parametrize(
    "content",
    [
        hostile(cut=4),
        hostile(channels=2),
        hostile(cut=2, channels=1, codewords=bytes(6)),
        hostile(cut=3, block=0),
        hostile(cut=0, block=2),
        hostile(shape=(0, 4)),
        hostile(lengths=(0,)),
        hostile(lengths=(3,), stream=zlib.compress(b"\xff\xff\xff\xff")),
        hostile(shape=(1, 3), stream=zlib.compress(b"\x01")),
        hostile(stream=zlib.compress(bytes(1))),
        hostile(stream=zlib.compress(bytes(3))),
        hostile(stream=zlib.compress(bytes(2)) + b"\0"),
        hostile(stream=zlib.compress(bytes(2))[:-1]),
        hostile(stream=b"no zlib stream"),
    ],
    ids=[
        "unknown cut", "two channels", "gray palette", "blocks of no pixels", "block size without "
        "blocks", "no rows", "no codewords", "indices above the codebook", "spare bits", "too few "
        "indices", "too many indices", "bytes after the stream", "stream cut short", "no stream",
    ],
)  # fmt: skip
def test_a_file_made_wrong_on_purpose_is_refused(content):
    refusal(QuantizedFileError, load_quantized, content)


def test_the_files_made_on_purpose_would_otherwise_be_read():
    assert load_quantized(hostile()).image.tolist() == [[0] * 4] * 4


@pytest.mark.parametrize(
    "content",
    [
        hostile(shape=(2**32 - 1, 2**32 - 1), stream=b"", codewords=b"01"),
        hostile(shape=(MAX_PIXELS + 1, 1), lengths=(1,), stream=zlib.compress(b"")),
        hostile(shape=(1, 1), cut=3, block=65_535, lengths=(1,), codewords=b"", stream=b""),
        hostile(lengths=(2**32 - 1,), codewords=b""),
        hostile(stream=zlib.compress(bytes(10**8), 9)),
        hostile(shape=(1000, 1000), stream=zlib.compress(bytes(10**8), 9)),
        hostile(shape=(5000, 10_000), stream=zlib.compress(bytes(100))),
    ],
    ids=[
        "huge sides", "a pixel too many", "huge padding", "huge codebook", "deflate bomb",
        "deflate bomb as long as is allowed", "large claim, small stream",
    ],
)  # fmt: skip
def test_a_hostile_file_takes_little_memory(content):
    tracemalloc.start()
    try:
        refusal(QuantizedFileError, load_quantized, content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("content", [CONTENT[:-8], CONTENT[:4]], ids=["a whole one", "a magic"])
def test_a_file_longer_than_its_header_allows_is_not_read(content, tmp_path):
    path = tmp_path / "long.kqi"
    path.write_bytes(content)
    os.truncate(path, 200_000_000)
    tracemalloc.start()
    try:
        refusal(QuantizedFileError, load_quantized, path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


@given(st.integers(0, 32), st.data())
def test_indices_are_packed_like_written_binary_numbers(bits, data):
    indices = data.draw(st.lists(st.integers(0, (1 << bits) - 1), max_size=40))
    written = "".join(f"{index:0{bits}b}" for index in indices) if bits else ""
    written += "0" * (-len(written) % 8)
    packed = pack_indices(np.array(indices, dtype=np.uint64), bits)
    assert packed == bytes(int(written[i : i + 8], 2) for i in range(0, len(written), 8))
    unpacked = unpack_indices(packed, bits, len(indices))
    assert unpacked.tolist() == indices
    assert unpacked.dtype == np.min_scalar_type((1 << bits) - 1)


@pytest.mark.parametrize("bits", range(17))
def test_many_indices_survive_packing(bits):
    indices = np.random.default_rng(bits).integers(0, 1 << bits, 1_200_003)
    packed = pack_indices(indices, bits)
    assert len(packed) == math.ceil(indices.size * bits / 8)
    np.testing.assert_array_equal(unpack_indices(packed, bits, indices.size), indices)


@given(npst.arrays(np.uint8, st.tuples(st.integers(1, 5), st.integers(1, 5))))
def test_packing_changes_nothing_in_place_and_takes_any_layout(indices):
    indices.setflags(write=False)
    assert pack_indices(indices.T, 8) == indices.T.tobytes()


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        (ValueError, (np.array([4]), 2)),
        (ValueError, (np.array([-1]), 2)),
        (ValueError, (np.array([1]), 0)),
        (TypeError, (np.array([1.0]), 2)),
        (ValueError, (np.array([1]), 33)),
        (ValueError, (np.array([1]), -1)),
        (TypeError, (np.array([1]), 2.0)),
        (TypeError, (np.array([1]), True)),
    ],
)
def test_what_cannot_be_packed_is_refused(error, arguments):
    refusal(error, pack_indices, *arguments)


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        (ValueError, (b"\0", 2, 5)),
        (ValueError, (b"\0\0", 2, 4)),
        (ValueError, (b"\1", 2, 3)),
        (ValueError, (b"\0", 0, 3)),
        (ValueError, (b"\0", 2, -1)),
        (TypeError, (b"\0", 2, 4.0)),
        (TypeError, ("a", 2, 4)),
        (TypeError, (None, 2, 4)),
    ],
)
def test_what_cannot_be_unpacked_is_refused(error, arguments):
    refusal(error, unpack_indices, *arguments)


@pytest.mark.parametrize(
    "changes",
    [
        {"image": GRAY.copy()},
        {"image": quantize(GRAY, 4).image[:-1]},
        {"indices": quantize(GRAY, 4).indices[:-1]},
        {"indices": quantize(GRAY, 4).indices + 1},
        {"indices": quantize(GRAY, 4).indices.astype(float)},
        {"codebooks": ()},
        {"codebooks": (np.zeros((4, 2)),)},
        {"codebooks": (np.full((4, 1), np.nan),)},
        {"cut": RGB()},
        {"cut": Block(4)},
        {"cut": "global"},
        {"cut": "fifths"},
        {"learner": ""},
        {"learner": "x" * 256},
        {"learner": "two\nlines"},
    ],
)
def test_parts_that_do_not_belong_together_are_not_saved(changes, tmp_path):
    wrong = replace(quantize(GRAY, 4), **changes)
    refusal(ValueError, save_quantized, wrong, tmp_path / "wrong.kqi")
    assert not list(tmp_path.iterdir())


def test_an_image_above_the_limit_is_not_saved():
    quantized = quantize(np.zeros((1, 1), np.uint8), 1)
    large = np.broadcast_to(np.uint8(0), (1, MAX_PIXELS + 1))
    message = refusal(ValueError, quantized_bytes, replace(quantized, image=large, indices=large))
    assert "50,000,000" in message


def test_codebooks_above_the_limit_are_not_saved():
    long = np.broadcast_to(np.float64(0), (MAX_PIXELS + 1, 1))
    quantized = replace(quantize(np.zeros((1, 1), np.uint8), 1), codebooks=(long,))
    assert "50,000,001 entries" in refusal(ValueError, quantized_bytes, quantized)


@pytest.mark.parametrize("given", [None, GRAY, "photo.png"])
def test_what_is_not_quantized_is_not_saved(given, tmp_path):
    refusal(TypeError, save_quantized, given, tmp_path / "wrong.kqi")


def assert_not_saved(path):
    """It is refused in one sentence that names the path, and no file is left or changed."""
    folder = Path(path).parent
    before = {each: each.stat() for each in folder.iterdir()} if folder.is_dir() else None
    message = refusal(QuantizedSaveError, save_quantized, QUANTIZED, path)
    assert quoted(os.fspath(path)) in message
    after = {each: each.stat() for each in folder.iterdir()} if folder.is_dir() else None
    assert after == before
    return message


def test_a_folder_that_is_missing_is_named(tmp_path):
    assert "make the folder" in assert_not_saved(tmp_path / "missing" / "image.kqi")


def test_nothing_is_written_over_a_folder(tmp_path):
    (tmp_path / "folder").mkdir()
    assert "folder" in assert_not_saved(tmp_path / "folder")


def test_nothing_is_written_below_a_file(tmp_path):
    (tmp_path / "file").write_bytes(b"kept")
    assert_not_saved(tmp_path / "file" / "image.kqi")
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_a_pipe_stays_a_pipe(tmp_path):
    # A pipe of our own: should this fail for root, a device of the system would be lost.
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in assert_not_saved(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["x" * 300, "zero\0byte"])
def test_a_name_that_no_file_can_have_is_refused(name, tmp_path):
    assert_not_saved(tmp_path / name)


@contextlib.contextmanager
def without_rights():
    """Root may write anywhere, so for a moment it is somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_an_unwritable_folder_is_refused_and_its_file_kept():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "image.kqi")
        path.write_bytes(b"kept")
        os.chmod(folder, 0o555)
        try:
            with without_rights():
                message = assert_not_saved(path)
        finally:
            os.chmod(folder, 0o755)
        assert "Permission denied" in message
        assert path.read_bytes() == b"kept"


@pytest.mark.parametrize("room", [0, 1, len(CONTENT) - 1])
def test_a_disk_without_room_leaves_what_was_there(room, tmp_path):
    path = tmp_path / "image.kqi"
    path.write_bytes(b"kept")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        assert_not_saved(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert path.read_bytes() == b"kept"


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "image.kqi"
    path.write_bytes(bytes(10_000))
    save_quantized(QUANTIZED, path)
    assert path.read_bytes() == CONTENT
    assert [each.name for each in tmp_path.iterdir()] == ["image.kqi"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.kqi"
    link.symlink_to(tmp_path / "there" / "image.kqi")
    save_quantized(QUANTIZED, link)
    assert link.is_symlink()
    assert (tmp_path / "there" / "image.kqi").read_bytes() == CONTENT


def test_a_path_may_be_text_and_start_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    save_quantized(QUANTIZED, "~/image.kqi")
    assert_same(load_quantized("~/image.kqi"), QUANTIZED)
    assert_same(load_quantized(bytearray(CONTENT)), QUANTIZED)


def test_a_file_is_as_readable_as_others(tmp_path):
    (tmp_path / "other").write_bytes(b"")
    save_quantized(QUANTIZED, tmp_path / "image.kqi")
    modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert len(modes) == 1


@pytest.mark.parametrize("name", ["missing.kqi", ".", "", "zero\0byte"])
def test_what_is_no_file_is_not_loaded(name, tmp_path):
    path = os.path.join(tmp_path, name) if name else ""
    refusal(QuantizedFileError, load_quantized, path)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refusal(QuantizedFileError, load_quantized, tmp_path / "pipe")


def test_a_file_that_may_not_be_read_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = Path(folder, "image.kqi")
        path.write_bytes(CONTENT)
        path.chmod(0)
        with without_rights():
            message = refusal(QuantizedFileError, load_quantized, path)
        assert "Permission denied" in message


@pytest.mark.parametrize("source", [None, 5, GRAY])
def test_what_is_no_path_is_refused(source):
    refusal(TypeError, load_quantized, source)
    refusal(TypeError, save_quantized, QUANTIZED, source)


def test_an_empty_file_and_a_photo_are_told_apart(tmp_path):
    assert "empty" in refusal(QuantizedFileError, load_quantized, b"")
    photo = b"\x89PNG\r\n\x1a\n" + bytes(100)
    assert "no quantized image" in refusal(QuantizedFileError, load_quantized, photo)
