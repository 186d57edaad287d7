"""Whatever is handed in becomes the plain thing, or is refused in one short sentence."""

import inspect
import subprocess
import sys
import warnings

import numpy as np
import pytest
from strategies import assert_one_sentence, refusal

import kquant_helpers as kq
from kquant_helpers.counts import color_histogram
from kquant_helpers.learners import LEARNERS
from kquant_helpers.learners.k_means import sample_k_means

COLOR = kq.load_photo("china", (12, 16))
GRAY = kq.load_photo("camera", (12, 16), gray=True)
WHOLE_TYPES = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]
SAMPLES = np.repeat(GRAY, 40, axis=0).reshape(-1, 4).astype(float)

# Each takes one whole number, and says what it makes of it.
COUNTS = {
    "quantize k": lambda n: kq.quantize(GRAY, n).image,
    "quantize block_size": lambda n: kq.quantize(GRAY, 4, "block", block_size=n).image,
    "quantize random_state": lambda n: kq.quantize(GRAY, 4, learner="random", random_state=n).image,
    "Block": lambda n: kq.quantize(GRAY, 4, kq.Block(n)).image,
    "Frequency": lambda n: kq.quantize(GRAY, 4, kq.Frequency(n)).image,
    "JPEGTable": lambda n: kq.jpeg_table(n),
    "EqualSteps": lambda n: kq.quantize(GRAY, learner=kq.EqualSteps(n)).image,
    "cut_image": lambda n: kq.cut_image(GRAY, "block", block_size=n)[0],
    "join_vectors": lambda n: kq.join_vectors(
        kq.cut_image(GRAY, "block", block_size=4), (12, 16), "block", block_size=n
    ),
    "join_vectors shape": lambda n: kq.join_vectors((GRAY[:4].reshape(-1, 1),), (n, 16)),
    "learn": lambda n: kq.learn(kq.cut_image(COLOR, "rgb")[0], n),
    "index_bits": lambda n: kq.index_bits(n),
    "pack_indices": lambda n: kq.pack_indices(np.arange(16), n),
    "unpack_indices bits": lambda n: kq.unpack_indices(bytes(2), n, 4),
    "unpack_indices count": lambda n: kq.unpack_indices(bytes(2), 4, n),
    "read_coded": lambda n: kq.read_coded(bytes(1), np.array([2, 2]), n),
    "encoded_bytes": lambda n: kq.encoded_bytes(GRAY, "JPEG", n),
    "load_photo": lambda n: kq.load_photo("camera", size=n),
    "color_histogram": lambda n: color_histogram(kq.cut_image(COLOR, "rgb")[0], n)[0],
    "sample_k_means": lambda n: sample_k_means(kq.cut_image(COLOR, "rgb")[0], 3, n_samples=n),
    "sweep_point": lambda n: kq.sweep_point(GRAY, "JPEG", n)[1],
    "sweep block_size": lambda n: kq.sweep_point(GRAY, "block", 4, block_size=n)[1],
    "sweep ks": lambda n: next(kq.rate_distortion_sweep(GRAY, ["global"], ks=[n])).peak_snr,
    "compare_learners": lambda n: kq.compare_learners(GRAY, n, ["exact"])[0].psnr,
    "codebook_mosaic": lambda n: kq.codebook_mosaic(np.zeros((9, 4)), columns=n, mark=n),
    "image_grid": lambda n: len(kq.image_grid(n, 1)),
    "CentNN n_clusters": lambda n: kq.CentroidNeuralNetwork(n).fit(SAMPLES).cluster_centers_,
    "Splitting": lambda n: kq.Splitting(n).fit(SAMPLES).cluster_centers_,
    "growth_events": lambda n: list(kq.growth_events(SAMPLES[:9], n))[-1].weights,
    "load_photo height": lambda n: kq.load_photo("camera", size=(n, 9)),
    "image_grid shape": lambda n: kq.image_grid(1, 1, (n, 4))[0].figure.get_size_inches(),
    "CentNN max_epochs": lambda n: (
        kq.CentroidNeuralNetwork(1, max_epochs=n).fit(SAMPLES).cluster_centers_
    ),
}


@pytest.mark.parametrize("kind", WHOLE_TYPES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("name", COUNTS)
def test_every_kind_of_whole_number_does_what_an_int_does(name, kind):
    call = COUNTS[name]
    np.testing.assert_array_equal(np.asarray(call(kind(4))), np.asarray(call(4)))


@pytest.mark.parametrize("name", [name for name in COUNTS if name != "EqualSteps"])
@pytest.mark.parametrize("wrong", [2.5, "4", None, True, [4], np.ones((40, 40)), "x" * 10**6])
def test_what_is_no_whole_number_is_refused_in_one_short_sentence(name, wrong):
    allowed = ("quantize random_state", "load_photo", "CentNN max_epochs", "encoded_bytes")
    if wrong is None and name in (*allowed, "codebook_mosaic"):
        return
    assert_short(refusal((TypeError, ValueError), COUNTS[name], wrong))


def assert_short(message):
    assert_one_sentence(message)
    assert len(message) <= 400, message


# Anything at all, in the place of any argument of any function


class Silent:
    """Says nothing about itself."""

    def __repr__(self):
        raise RuntimeError("no words")


WRONG = {
    "nothing": None,
    "an object that cannot be written": Silent(),
    "a number of 400 digits": 10**400,
    "a number of 5,000 digits": -(10**5000),
    "a view of several dimensions": memoryview(np.zeros((3, 4))),
    "an array without dimensions": np.array(4.5),
    "no vectors": np.zeros((0, 3), np.uint8),
    "infinite numbers": np.full((4, 4), -np.inf),
    "numbers that are too large": np.full((4, 4), 1e300),
    "complex numbers": np.ones((2, 2), complex),
    "dates": np.array(["2020-01-01"], "M8[D]"),
    "a long text": "no such thing " * 1000,
    "a float": 2.5,
    "a list": [[1, 2], [3]],
    "a long list": list(range(10**5)),
    "an object": object(),
    "an array of floats": np.full((3, 4, 5), 0.5),
    "a large array": np.zeros((1000, 1000), np.int64),
    "a masked array": np.ma.masked_equal(GRAY, 3),
    "many dimensions": np.zeros((1,) * 32),
    "a dict": {"a": object()},
    "bytes": bytes(1000),
    "a class": dict,
}
PLACES_IN_PLANE = np.arange(8.0).reshape(4, 2)
CALLS = {
    "load_photo": {"source": "camera", "size": 20, "gray": False},
    "cut_image": {"image": GRAY, "cut": "block", "block_size": 4},
    "join_vectors": {"vectors": kq.cut_image(GRAY), "shape": (12, 16), "cut": "global"},
    "intensity_counts": {"values": GRAY},
    "count_colors_used": {"image": COLOR},
    "learn": {"vectors": kq.cut_image(GRAY)[0], "k": 4, "learner": "exact", "random_state": 0},
    "encode": {"vectors": kq.cut_image(GRAY)[0], "codebook": np.array([[3.0], [9.0]])},
    "decode": {"indices": np.array([0, 1]), "codebook": np.array([[3.0], [9.0]])},
    "quantize": {
        **{"image": GRAY, "k": 4, "cut": "block", "learner": "k-means", "block_size": 4},
        **{"pad": False, "random_state": 0},
    },
    "absolute_error": {"original": GRAY, "quantized": GRAY, "per_channel": False},
    "squared_error": {"original": GRAY, "quantized": GRAY, "per_channel": False},
    "root_squared_error": {"original": GRAY, "quantized": GRAY, "per_channel": False},
    "peak_snr": {"original": GRAY, "quantized": GRAY, "per_channel": False},
    "ssim": {"original": GRAY, "quantized": GRAY, "per_channel": False},
    "error_map": {"original": GRAY, "quantized": GRAY, "kind": "squared", "per_channel": False},
    "index_bits": {"k": 4},
    "fixed_rate_bits": {"quantized": kq.quantize(GRAY, 4)},
    "bits_per_pixel": {"quantized": kq.quantize(GRAY, 4)},
    "entropy_bits": {"quantized": kq.quantize(GRAY, 4)},
    "huffman_bits": {"quantized": kq.quantize(GRAY, 4)},
    "index_entropy": {"indices": GRAY, "per_channel": False},
    "png_bytes": {"image": GRAY, "fast": False},
    "palette_png_bytes": {"indices": np.array([[0]]), "palette": [[1, 2, 3]], "fast": False},
    "encoded_bytes": {"image": GRAY, "format": "JPEG", "quality": 50},
    "pack_indices": {"indices": np.array([0, 1]), "bits": 2},
    "unpack_indices": {"data": b"\0", "bits": 2, "count": 2},
    "quantized_bytes": {"quantized": kq.quantize(GRAY, 4)},
    "load_quantized": {"source": kq.quantized_bytes(kq.quantize(GRAY, 4))},
    "code_lengths": {"counts": np.array([1, 2])},
    "canonical_code": {"lengths": np.array([1, 1])},
    "write_coded": {"symbols": np.array([0, 1]), "lengths": np.array([1, 1])},
    "read_coded": {"data": b"\0", "lengths": np.array([1, 1]), "count": 2},
    "jpeg_table": {"quality": 50, "chroma": False},
    "sweep_point": {"image": GRAY, "method": "global", "setting": 4, "block_size": 4},
    "rate_distortion_sweep": {
        **{"image": GRAY, "methods": ["global", "JPEG", "equal steps"], "ks": [2]},
        **{"qualities": [50], "steps": [20], "block_size": 4, "progress": None},
    },
    "compare_learners": {
        **{"image": GRAY, "k": 2, "learners": ["exact"], "cut": "global", "block_size": 4},
        **{"seeds": [0]},
    },
    "growth_events": {"samples": PLACES_IN_PLANE, "n_clusters": 2, "epsilon": 0.05},
    "show_image": {"image": GRAY, "ax": None, "title": ""},
    "show_points": {"points": PLACES_IN_PLANE, "codebook": [[1, 2]], "ax": None, "title": ""},
    "show_histogram": {"image": GRAY, "ax": None, "title": "", "levels": [3], "per_channel": False},
    "show_counts": {
        **{"counts": np.ones((1, 256)), "ax": None, "title": "", "names": ["a"]},
        **{"ylabel": "share", "top": 2.0},
    },
    "show_densities": {"images": {"a": GRAY}, "ax": None, "title": ""},
    "show_curves": {
        **{"x": [1, 2], "curves": {"a": [1, 2]}, "ax": None, "title": ""},
        **{"xlabel": "k", "ylabel": "error", "log_x": True, "log_y": False},
    },
    "show_rate_distortion": {"rows": [], "ax": None, "title": "", "size": "file"},
    "predict": {"key": "a", "question": "How many?", "choices": ("few", "many")},
    "measured": {"key": "a", "value": 3, "remark": ""},
    "image_grid": {"rows": 1, "columns": 1, "image_shape": (3, 4), "width": 3.0},
    "codebook_mosaic": {"codebook": np.zeros((4, 4)), "columns": 2, "mark": 1},
    "Block": {"size": 4},
    "Frequency": {"size": 4, "chroma": None},
    "EqualSteps": {"step": 4},
    "JPEGTable": {"quality": 4},
}
PLACES = [(name, parameter) for name, arguments in CALLS.items() for parameter in arguments]


def assert_kind_to_anything_wrong(call, capfd):
    import matplotlib.pyplot as plt

    for wrong in WRONG.values():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                call(wrong)
        except (TypeError, ValueError) as error:
            assert_short(str(error))
            assert error.__context__ is None or error.__suppress_context__
        plt.close("all")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("name", "parameter"), PLACES)
def test_anything_wrong_in_any_place_gives_one_short_sentence(name, parameter, capfd):
    call = getattr(kq, name)
    assert_kind_to_anything_wrong(lambda wrong: call(**{**CALLS[name], parameter: wrong}), capfd)


GROWN = kq.CentroidNeuralNetwork(2).fit(PLACES_IN_PLANE)
ESTIMATORS = {
    "CentNN n_clusters": lambda wrong: kq.CentroidNeuralNetwork(wrong).fit(PLACES_IN_PLANE),
    "CentNN epsilon": lambda wrong: kq.CentroidNeuralNetwork(2, wrong).fit(PLACES_IN_PLANE),
    "CentNN max_epochs": lambda wrong: kq.CentroidNeuralNetwork(1, max_epochs=wrong).fit(
        PLACES_IN_PLANE
    ),
    "CentNN working_memory": lambda wrong: kq.CentroidNeuralNetwork(2, working_memory=wrong).fit(
        PLACES_IN_PLANE
    ),
    "CentNN fit": lambda wrong: kq.CentroidNeuralNetwork(1).fit(wrong),
    "CentNN sample_weight": lambda wrong: kq.CentroidNeuralNetwork(1).fit(
        PLACES_IN_PLANE, sample_weight=wrong
    ),
    "CentNN predict": GROWN.predict,
    "CentNN transform": GROWN.transform,
    "CentNN score": lambda wrong: GROWN.score(PLACES_IN_PLANE, sample_weight=wrong),
    "Splitting n_clusters": lambda wrong: kq.Splitting(wrong).fit(PLACES_IN_PLANE),
    "Splitting fit": lambda wrong: kq.Splitting(2).fit(wrong),
}


@pytest.mark.parametrize("place", ESTIMATORS)
def test_estimators_say_in_one_short_sentence_what_is_wrong(place, capfd):
    assert_kind_to_anything_wrong(ESTIMATORS[place], capfd)


def test_memory_may_be_any_kind_of_number():
    for kind in (np.uint8, np.int8, np.float16):
        model = kq.CentroidNeuralNetwork(2, working_memory=kind(8)).fit(PLACES_IN_PLANE)
        np.testing.assert_array_equal(model.predict(PLACES_IN_PLANE), model.labels_)


def test_the_calls_above_are_right_and_name_their_parameters(capfd):
    import matplotlib.pyplot as plt

    for name, arguments in CALLS.items():
        function = getattr(kq, name)
        function(**arguments)
        assert set(arguments) <= set(inspect.signature(function).parameters), name
    plt.close("all")


# Kinds of arrays


def variants(array):
    yield np.asarray(array).copy(order="F")
    yield np.repeat(array, 2, axis=0)[::2]
    frozen = array.copy()
    frozen.setflags(write=False)
    yield frozen
    if array.ndim == 2:
        yield np.asmatrix(array)


@pytest.mark.parametrize("image", [GRAY, COLOR], ids=["gray", "color"])
@pytest.mark.parametrize("cut", ["global", "channel", "rgb", "block", kq.Frequency(4)])
def test_an_image_of_any_kind_of_array_is_quantized_alike(image, cut):
    if cut == "rgb" and image.ndim == 2:
        return
    expected = kq.quantize(image, 6, cut)
    for each in variants(image):
        quantized = kq.quantize(each, 6, cut)
        assert type(quantized.image) is np.ndarray
        np.testing.assert_array_equal(quantized.image, expected.image)
        assert kq.ssim(each, quantized.image) == pytest.approx(kq.ssim(image, expected.image))


def test_a_mask_is_refused_wherever_it_would_be_lost():
    masked = np.ma.masked_equal(GRAY, GRAY[0, 0])
    rows = masked.reshape(-1, 1)
    for call in (
        lambda: kq.quantize(masked, 4),
        lambda: kq.ssim(masked, GRAY),
        lambda: kq.intensity_counts(masked),
        lambda: kq.learn(rows, 4),
        lambda: kq.encode(rows, np.ones((2, 1))),
        lambda: kq.decode(masked, np.ones((256, 1))),
        lambda: kq.index_entropy(masked),
        lambda: kq.encode(np.uint8([[1]]), np.ma.masked_equal(np.ones((2, 1)), 0)),
        lambda: kq.CentroidNeuralNetwork(1).fit(rows),
        lambda: kq.Splitting(1).fit(rows),
        lambda: kq.show_points(np.ma.masked_equal(PLACES_IN_PLANE, 3), [[1, 2]]),
        lambda: kq.show_counts(np.ma.masked_equal(np.ones(256), 0)),
    ):
        message = refusal(TypeError, call)
        assert "masked array" in message and ".filled(0)" in message


def test_numbers_of_the_other_byte_order_are_the_same_numbers():
    vectors = kq.cut_image(GRAY, "block")[0].astype(float)
    book = kq.learn(kq.cut_image(GRAY, "block")[0], 5)
    expected = kq.encode(vectors, book)
    for kind in (">f8", "<f8", ">f4"):
        np.testing.assert_array_equal(kq.encode(vectors.astype(kind), book.astype(">f8")), expected)
    for kind in (">u2", ">i4"):
        assert kq.index_entropy(GRAY.astype(kind)) == kq.index_entropy(GRAY)
        assert kq.pack_indices(GRAY.astype(kind), 8) == GRAY.tobytes()
        np.testing.assert_array_equal(
            kq.decode(expected.astype(kind), book), kq.decode(expected, book)
        )


# Shifts, iterables, paths


@pytest.mark.parametrize("d", [1, 2, 3, 16])
def test_codewords_far_from_the_origin_are_found_as_those_near_it(d):
    book = np.random.default_rng(0).permuted(np.arange(40.0 * d)).reshape(40, d)
    for shift in (0, 1e9, -1e9):
        np.testing.assert_array_equal(kq.encode(book + shift, book + shift), np.arange(40))


@pytest.mark.parametrize("d", [2, 3, 16])
def test_one_codeword_far_off_hides_no_difference_between_the_others(d):
    book = np.vstack([np.random.default_rng(0).integers(0, 99, (40, d)), np.full((1, d), 1e9)])
    expected = np.unique(book, axis=0)
    np.testing.assert_array_equal(kq.encode(expected, expected), np.arange(len(expected)))
    few = np.uint8(expected[:-1])
    if d != 3:  # Colors have no codewords beyond 255.
        np.testing.assert_array_equal(kq.encode(few, expected), np.arange(len(few)))
    grown = kq.CentroidNeuralNetwork(len(expected)).fit(expected)
    np.testing.assert_array_equal(grown.predict(grown.cluster_centers_), np.arange(len(expected)))
    to_own = np.diag(grown.transform(grown.cluster_centers_))
    np.testing.assert_array_equal(to_own, 0)


@pytest.mark.parametrize("distinct", [1, 2, 5])
def test_splitting_stops_where_each_different_sample_has_a_codeword(distinct):
    samples = np.repeat(np.arange(distinct) * 0.7 + 0.1, 3)[:, np.newaxis]
    grown = kq.Splitting(9).fit(samples)
    assert len(grown.cluster_centers_) == distinct
    np.testing.assert_allclose(np.sort(grown.cluster_centers_, axis=0), np.unique(samples)[:, None])


def test_whatever_is_a_list_may_be_a_generator():
    ks, names = (2, 8), ("global", "block")
    one, other = (
        list(kq.rate_distortion_sweep(GRAY, methods, ks=given))
        for methods, given in ((list(names), ks), ((n for n in names), (k for k in ks)))
    )
    assert one == other
    for kind in ("qualities", "steps"):
        method = {"qualities": "JPEG", "steps": "equal steps"}[kind]
        given = {kind: (each for each in (20, 50))}
        assert len(list(kq.rate_distortion_sweep(GRAY, (m for m in [method]), **given))) == 2
    rows = kq.compare_learners(GRAY, 4, (n for n in ["random"]), seeds=(s for s in (0, 1)))
    assert [len(row.psnrs) for row in rows] == [2]
    drawn = kq.show_rate_distortion(row for row in one)
    assert [len(line.get_xdata()) for line in drawn.lines] == [2, 2]
    assert len(kq.show_curves(iter([1, 2]), {"a": iter([1, 2])}).lines) == 1
    assert len(kq.show_histogram(GRAY, levels=iter([1, 2])).lines) == 1
    names = (name for name in ("a", "b"))
    assert len(kq.show_counts(np.ones((2, 256)), names=names).lines) == 2
    assert kq.predict("a", "How many?", (each for each in ("few", "many"))).children
    vectors = kq.cut_image(COLOR, "channel")
    joined = kq.join_vectors((each for each in vectors), (s for s in COLOR.shape), "channel")
    np.testing.assert_array_equal(joined, COLOR)


# Promises of learners


@pytest.mark.parametrize("name", [name for name in LEARNERS if name != "equal bins"])
@pytest.mark.parametrize("cut", ["global", "channel", "rgb", "block", kq.Frequency(4)])
def test_as_many_codewords_as_distinct_vectors_lose_nothing(name, cut):
    photo = kq.load_photo("china", (16, 16))
    [*sets] = kq.cut_image(photo, cut)
    if LEARNERS[name].dimensions not in (None, sets[0].shape[1]):
        return
    distinct = max(len(np.unique(each, axis=0)) for each in sets)
    for k in (distinct, distinct + 1):
        quantized = kq.quantize(photo, k, cut, name)
        np.testing.assert_array_equal(quantized.image, photo)


def test_a_palette_of_more_colors_than_the_histogram_has_cells_loses_nothing():
    noise = np.random.default_rng(0).integers(0, 256, (210, 210, 3), dtype=np.uint8)
    colors = kq.count_colors_used(noise)
    assert colors > 40_000
    np.testing.assert_array_equal(kq.quantize(noise, colors, "rgb").image, noise)
    fewer = kq.quantize(noise, colors - 2000, "rgb")
    assert len(fewer.codebooks[0]) == colors - 2000
    drawn = kq.quantize(noise, colors - 2000, "rgb", "random")
    assert kq.squared_error(noise, fewer.image) < kq.squared_error(noise, drawn.image)


@pytest.mark.parametrize("photo", ["china", "camera", "rocket"])
@pytest.mark.parametrize("cut", ["global", "rgb", "block"])
@pytest.mark.parametrize("k", [16, 128])
def test_no_learner_repeats_codewords_or_does_worse_than_random(photo, cut, k):
    image = kq.load_photo(photo, (96, 128))
    if cut == "rgb" and image.ndim == 2:
        return
    entries = kq.cut_image(image, cut)[0].shape[1]
    by_chance = np.mean(
        [
            kq.squared_error(image, kq.quantize(image, k, cut, "random", random_state=seed).image)
            for seed in range(3)
        ]
    )
    for name, learner in LEARNERS.items():
        if learner.dimensions in (None, entries) and name != "random":
            quantized = kq.quantize(image, k, cut, name)
            book = quantized.codebooks[0]
            assert len(np.unique(book, axis=0)) == len(book), name
            assert kq.squared_error(image, quantized.image) <= by_chance, name


@pytest.mark.parametrize("photo", ["china", "rocket"])
@pytest.mark.parametrize("cut", ["global", "rgb", "block"])
def test_very_few_codewords_and_nearly_all_are_not_worse_than_random_either(photo, cut):
    image = kq.load_photo(photo, (48, 64))
    vectors = kq.cut_image(image, cut)[0]
    distinct = len(np.unique(vectors, axis=0))
    for k in (1, 2, 3, *([distinct - 1] if distinct < 256 else [])):
        draws = [kq.quantize(image, k, cut, "random", random_state=seed) for seed in range(3)]
        by_chance = np.mean([kq.squared_error(image, each.image) for each in draws])
        for name, learner in LEARNERS.items():
            if learner.dimensions in (None, vectors.shape[1]) and name not in _BY_LUCK:
                quantized = kq.quantize(image, k, cut, name)
                assert kq.squared_error(image, quantized.image) <= by_chance + 0.05, (name, k)


# Equal bins ignore the vectors, Pillow's octree is as it is for so few colors, and a bad start is
# what lessons show.
_BY_LUCK = ("equal bins", "octree", "random", "random-start k-means")


# Advice


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [
        (lambda image: image / 255, 0, 1.0000001),
        (lambda image: image / 254.9, 0, 1.01),
        (lambda image: image.astype(np.int32) * 257, 0, 65535),
        (lambda image: image.astype(np.int64), 0, 255),
        (lambda image: image.astype(float), 0, 255),
        (lambda image: image / 127.5 - 1, -1, 1),
        (lambda image: image * 1000.0, 0, 255000),
        (lambda image: image.astype(np.uint16) * 257, 0, 65535),
    ],
)
def test_what_a_message_advises_gives_the_picture_back(scale, low, high):
    original = kq.load_photo("gray ramp", (16, 256))
    message = refusal(TypeError, kq.quantize, scale(original), 4)
    advice = message.split("with ")[-1].rstrip(".") if "with " in message else "load_photo(image)"
    if "load_photo(image)" in message:
        advice = "load_photo(image)"
    names = {"np": np, "image": scale(original), "load_photo": kq.load_photo}
    mended = eval(advice, names)
    assert mended.dtype == np.uint8
    assert np.abs(mended.astype(int) - original).max() <= 1


# Threads

OVERLAPPING = """
import os, sys, threading, warnings
import numpy as np
import kquant_helpers as kq
from PIL import Image
import io
def files():
    image = Image.fromarray(kq.load_photo("china", (40, 60)))
    for name in ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP"):
        file = io.BytesIO()
        image.save(file, name)
        yield file.getvalue()
CONTENTS = list(files())
kq.quantize(kq.load_photo("camera", (32, 32)), 4, "block")
from threadpoolctl import threadpool_info
def state():
    threads = sorted((each["filepath"], each["num_threads"]) for each in threadpool_info())
    return list(warnings.filters), os.fstat(2), warnings.showwarning, threads
before = state()
def work(seed):
    for i in range(3):
        for content in CONTENTS:
            photo = kq.load_photo(content)
        for learner in ("k-means", "mini-batch k-means"):
            kq.quantize(photo, 8, "block", learner, random_state=seed)
        kq.sweep_point(photo, "JPEG", 50)
threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
for each in threads: each.start()
for each in threads: each.join()
print(state() == before)
"""


def test_four_threads_at_once_leave_the_process_as_it_was():
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", OVERLAPPING], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.returncode) == ("True\n", 0), done.stderr
