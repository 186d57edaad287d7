import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from kquant_helpers import nearest
from kquant_helpers.counts import color_histogram, distinct_colors, palette_histogram
from kquant_helpers.learners.k_means import random_codewords, sample_k_means
from kquant_helpers.learners.palettes import histogram_k_means, palette_order
from kquant_helpers.learners.pillow import median_cut, octree
from kquant_helpers.nearest import nearest_palette_index
from kquant_helpers.photos import load_photo

LEARNERS = [histogram_k_means, sample_k_means, median_cut, octree]
PHOTOS = ["china", "astronaut", "coffee", "flower"]

colors_of_any_kind = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(1, 300), st.just(3)),
    elements=st.one_of(st.integers(0, 255), st.sampled_from([0, 127, 128, 255])),
)
whole_palettes = hnp.arrays(np.uint8, st.tuples(st.integers(1, 300), st.just(3)))
float_palettes = hnp.arrays(
    np.float64, st.tuples(st.integers(1, 80), st.just(3)), elements=st.floats(0, 255)
)
modest = settings(deadline=None, max_examples=30)


@pytest.fixture(scope="module", params=PHOTOS)
def photo_pixels(request):
    return load_photo(request.param, size=(100, 160)).reshape(-1, 3)


@pytest.fixture(scope="module")
def china():
    return load_photo("china", size=(240, 360)).reshape(-1, 3)


def squared_distances(pixels, palette):
    differences = pixels[:, np.newaxis].astype(np.float64) - np.asarray(palette, np.float64)
    return np.sum(differences**2, axis=2)


def assert_nearest(pixels, palette, indices):
    """Compare with brute force, once for each pair of a color and an index."""
    pairs = np.unique(pixels.astype(np.int64) @ [1 << 32, 1 << 24, 1 << 16] + indices)
    colors = pairs[:, np.newaxis] >> [32, 24, 16] & 255
    chosen = pairs[:, np.newaxis] & 0xFFFF
    for start in range(0, len(pairs), 1000):
        distances = squared_distances(colors[start : start + 1000], palette)
        found = np.take_along_axis(distances, chosen[start : start + 1000], axis=1)[:, 0]
        # Distances that differ by rounding alone are ties.
        np.testing.assert_allclose(found, distances.min(axis=1), rtol=1e-12, atol=1e-9)


def many_pixels(colors):
    """A small cloud of colors and the given ones, each often: the table of cells pays."""
    cloud = np.random.default_rng(0).normal((90, 120, 150), (12, 10, 14), (3000, 3))
    return np.tile(np.vstack([cloud.astype(np.uint8), colors]), (40, 1))


@pytest.fixture(params=["table of cells", "every pair"])
def way_of_search(request, monkeypatch):
    """Both ways to search, whatever the number of pixels."""
    most = np.inf if request.param == "table of cells" else 0
    monkeypatch.setattr(nearest, "_MOST_TABLE_BYTES", most)


def mean_squared_distance(pixels, palette):
    palette = np.asarray(palette, np.float64)
    return np.mean((pixels - palette[nearest_palette_index(pixels, palette)]) ** 2)


# Histograms


@modest
@given(colors_of_any_kind, st.integers(1, 8))
def test_a_histogram_keeps_the_number_of_pixels_and_their_mean(pixels, bits):
    colors, weights = color_histogram(pixels, bits)
    assert weights.sum() == len(pixels)
    np.testing.assert_allclose(weights @ colors, pixels.sum(axis=0, dtype=np.float64))


@modest
@given(colors_of_any_kind, st.integers(1, 8))
def test_each_cell_holds_the_mean_of_its_own_pixels(pixels, bits):
    colors, weights = color_histogram(pixels, bits)
    cells, numbers = np.unique(pixels >> (8 - bits), axis=0, return_inverse=True)
    numbers = numbers.ravel()
    expected = {
        tuple(cell): (np.count_nonzero(numbers == i), *pixels[numbers == i].mean(axis=0))
        for i, cell in enumerate(cells)
    }
    found = {
        tuple(color.astype(np.uint8) >> (8 - bits)): (weight, *color)
        for color, weight in zip(colors, weights, strict=True)
    }
    assert found.keys() == expected.keys()
    for cell, values in expected.items():
        np.testing.assert_allclose(found[cell], values)


def test_a_histogram_of_many_pixels_agrees_with_numpy(china):
    colors, weights = distinct_colors(china)
    expected, counts = np.unique(china, axis=0, return_counts=True)
    np.testing.assert_array_equal(colors, expected)
    np.testing.assert_array_equal(weights, counts)


def test_the_histogram_for_learning_is_no_coarser_than_it_has_to_be(china):
    noise = np.random.default_rng(0).integers(0, 256, (200_000, 3), dtype=np.uint8)
    for pixels in (china, noise):
        cells = len(palette_histogram(pixels)[0])
        finer = [
            bits for bits in range(6, 9) if cells < len(color_histogram(pixels, bits)[0]) <= 40_000
        ]
        assert not finer
        assert cells <= 40_000


def test_a_learning_histogram_of_few_colors_is_exact():
    pixels = np.random.default_rng(0).integers(100, 108, (5000, 3), dtype=np.uint8)
    assert len(palette_histogram(pixels)[0]) == len(np.unique(pixels, axis=0))


# Nearest colors


@modest
@given(colors_of_any_kind, whole_palettes)
def test_few_pixels_get_the_nearest_color(pixels, palette):
    assert_nearest(pixels, palette, nearest_palette_index(pixels, palette))


@settings(deadline=None, max_examples=12)
@given(colors_of_any_kind, st.one_of(whole_palettes, float_palettes))
def test_many_pixels_get_the_nearest_color(colors, palette):
    pixels = many_pixels(colors)
    assert_nearest(pixels, palette, nearest_palette_index(pixels, palette))


@pytest.mark.usefixtures("way_of_search")
@pytest.mark.parametrize("k", [1, 2, 64, 256, 257, 512, 600])
@pytest.mark.parametrize("whole", [True, False])
def test_palettes_of_every_length_are_searched_exactly(k, whole):
    generator = np.random.default_rng(k)
    palette = generator.normal((90, 120, 150), 15, (k, 3)).clip(0, 255)
    palette = np.rint(palette) if whole else palette
    pixels = many_pixels(np.rint(palette).astype(np.uint8))
    indices = nearest_palette_index(pixels, palette)
    assert indices.dtype == (np.uint8 if k <= 256 else np.uint16)
    assert_nearest(pixels, palette, indices)


@pytest.mark.usefixtures("way_of_search")
def test_ties_and_repeated_colors_are_no_trouble():
    grid = np.stack(np.meshgrid(*[[64, 96, 128, 160, 192]] * 3), axis=-1).reshape(-1, 3)
    palette = np.vstack([grid, grid[:60]])
    pixels = many_pixels(np.uint8(grid))
    assert_nearest(pixels, palette, nearest_palette_index(pixels, palette))


@pytest.mark.usefixtures("way_of_search")
def test_each_color_of_a_cell_is_right_where_one_cell_holds_the_palette():
    cell = np.stack(np.meshgrid(*[np.arange(80, 88)] * 3), axis=-1).reshape(-1, 3)
    palette = np.random.default_rng(0).uniform(80, 88, (40, 3))
    pixels = np.tile(cell.astype(np.uint8), (100, 1))
    assert_nearest(pixels, palette, nearest_palette_index(pixels, palette))


@pytest.mark.usefixtures("way_of_search")
def test_a_photo_is_searched_exactly(china):
    palette = histogram_k_means(china, 24)
    assert_nearest(china, palette, nearest_palette_index(china, palette))


def test_pixels_in_any_memory_order_are_read_right(china):
    palette = histogram_k_means(china, 16)
    expected = nearest_palette_index(china, palette)
    for pixels in (np.asfortranarray(china), np.repeat(china, 2, axis=0)[::2]):
        np.testing.assert_array_equal(nearest_palette_index(pixels, palette), expected)
        np.testing.assert_array_equal(
            color_histogram(pixels)[0], color_histogram(china)[0], strict=True
        )


# Learners


def random_errors(pixels, k):
    palettes_drawn = (random_codewords(pixels, k, seed) for seed in range(5))
    return [mean_squared_distance(pixels, palette) for palette in palettes_drawn]


@pytest.mark.parametrize("learner", [histogram_k_means, sample_k_means])
@pytest.mark.parametrize("k", [8, 64, 256])
def test_k_means_beats_the_luckiest_of_five_random_palettes(learner, k, photo_pixels):
    palette = learner(photo_pixels, k, 0)
    assert mean_squared_distance(photo_pixels, palette) < min(random_errors(photo_pixels, k))


# Not for every k: at k=8 a lucky draw beats either, and at k=256 one can beat median cut.
@pytest.mark.parametrize("learner", [median_cut, octree])
@pytest.mark.parametrize("k", [16, 64])
def test_pillows_palettes_beat_random_ones_on_average(learner, k, photo_pixels):
    palette = learner(photo_pixels, k)
    assert mean_squared_distance(photo_pixels, palette) < np.mean(random_errors(photo_pixels, k))


# Both k-means learners end in local optima, so that either can win by a hair.
@pytest.mark.parametrize("k", [2, 16, 64])
def test_no_other_learner_is_clearly_better_than_histogram_k_means(k, photo_pixels):
    error = mean_squared_distance(photo_pixels, histogram_k_means(photo_pixels, k))
    for learner in (sample_k_means, median_cut, octree):
        other = mean_squared_distance(photo_pixels, learner(photo_pixels, k, 0))
        assert error <= 1.01 * other


@pytest.mark.parametrize("k", [8, 64])
def test_histogram_k_means_is_within_five_percent_of_k_means_on_all_pixels(k, photo_pixels):
    from sklearn.cluster import KMeans

    everything = KMeans(k, n_init=1, random_state=0).fit(photo_pixels.astype(np.float64))
    palette = histogram_k_means(photo_pixels, k)
    assert mean_squared_distance(photo_pixels, palette) <= 1.05 * mean_squared_distance(
        photo_pixels, everything.cluster_centers_
    )


def test_the_error_of_histogram_k_means_falls_as_k_grows(photo_pixels):
    histogram = palette_histogram(photo_pixels)
    errors = [
        mean_squared_distance(photo_pixels, histogram_k_means(photo_pixels, k, histogram=histogram))
        for k in (1, 2, 4, 8, 16, 32, 64, 128, 256)
    ]
    assert np.all(np.diff(errors) < 0)


def test_one_color_is_the_mean_color(photo_pixels):
    palette = histogram_k_means(photo_pixels, 1)
    np.testing.assert_allclose(palette, [photo_pixels.mean(axis=0)])


@settings(deadline=None, max_examples=20)
@given(colors_of_any_kind, st.integers(1, 300))
def test_no_learner_makes_more_than_k_colors_or_any_noise(pixels, k):
    distinct = len(np.unique(pixels, axis=0))
    for learner in LEARNERS:
        if k > 256 and distinct > k and learner in (median_cut, octree):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            palette = learner(pixels, k, 0)
        assert palette.dtype == np.float64
        assert palette.shape[1:] == (3,)
        assert 1 <= len(palette) <= min(k, distinct)
        assert palette.min() >= -1e-9
        assert palette.max() <= 255 + 1e-9


@modest
@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.just(3))))
def test_fewer_colors_than_k_give_exactly_these_colors(pixels):
    expected = np.unique(pixels, axis=0)
    for learner in LEARNERS:
        palette = learner(pixels, 12, 0)
        np.testing.assert_array_equal(np.unique(palette, axis=0), expected)


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_same_seed_gives_the_same_palette_and_changes_no_pixel(learner, photo_pixels):
    before = photo_pixels.copy()
    first, second = (learner(photo_pixels, 16, 3) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(photo_pixels, before)


def test_another_seed_draws_another_sample(china):
    assert not np.array_equal(sample_k_means(china, 16, 0), sample_k_means(china, 16, 1))


def test_more_samples_give_a_better_palette(china):
    few, many = (sample_k_means(china, 64, 0, n_samples=n) for n in (200, 20_000))
    assert mean_squared_distance(china, many) < mean_squared_distance(china, few)


def test_a_histogram_counted_before_gives_the_same_palette_and_stays_as_it_was(china):
    histogram = palette_histogram(china)
    before = [part.copy() for part in histogram]
    palette = histogram_k_means(china, 32, histogram=histogram)
    np.testing.assert_array_equal(palette, histogram_k_means(china, 32))
    for part, copy in zip(histogram, before, strict=True):
        np.testing.assert_array_equal(part, copy)


def test_palettes_beyond_256_colors_are_learned(china):
    palette = histogram_k_means(china, 700)
    assert len(palette) == 700
    assert mean_squared_distance(china, palette) < mean_squared_distance(
        china, histogram_k_means(china, 256)
    )


@pytest.mark.parametrize("learner", LEARNERS)
def test_as_many_colors_as_there_are_come_back_unchanged(learner):
    pixels = np.random.default_rng(0).integers(0, 256, (200, 3), dtype=np.uint8)
    palette = learner(np.repeat(pixels, 3, axis=0), 200, 0)
    np.testing.assert_array_equal(np.unique(palette, axis=0), np.unique(pixels, axis=0))


def test_all_but_one_of_the_colors_can_be_asked_for():
    pixels = np.random.default_rng(0).integers(0, 256, (50, 3), dtype=np.uint8)
    palette = histogram_k_means(pixels, 49)
    assert len(palette) == 49
    assert mean_squared_distance(pixels, palette) < 50


@pytest.mark.parametrize(("learner", "method"), [(median_cut, 0), (octree, 2)])
@pytest.mark.parametrize("k", [1, 32, 256])
def test_pillows_palettes_are_the_colors_that_pillow_paints_with(learner, method, k, photo_pixels):
    quantized = Image.fromarray(photo_pixels.reshape(100, 160, 3)).quantize(k, method)
    painted = np.unique(np.asarray(quantized.convert("RGB")).reshape(-1, 3), axis=0)
    np.testing.assert_array_equal(np.unique(learner(photo_pixels, k), axis=0), painted)


# Order


@modest
@given(st.one_of(whole_palettes, float_palettes))
def test_an_order_is_a_permutation_that_darkens_only_between_the_families(palette):
    order = palette_order(palette)
    np.testing.assert_array_equal(np.sort(order), np.arange(len(palette)))
    lightness = palette[order] @ [0.299, 0.587, 0.114]
    assert np.count_nonzero(np.diff(lightness) < -1e-9) <= 12


def test_lightness_is_pillows_gray():
    palette = np.random.default_rng(0).integers(0, 256, (2000, 3), dtype=np.uint8)
    ordered = palette[palette_order(palette)]
    grays = np.asarray(Image.fromarray(ordered[np.newaxis]).convert("L"))[0].astype(int)
    # Pillow rounds to whole grays, so that neighbors may differ by one the wrong way.
    assert np.count_nonzero(np.diff(grays) < -1) <= 12


@modest
@given(st.permutations(range(0, 256, 5)))
def test_grays_run_from_dark_to_light(intensities):
    palette = np.repeat(np.array(intensities)[:, np.newaxis], 3, axis=1)
    assert np.all(np.diff(palette[palette_order(palette)][:, 0]) > 0)


def test_grays_come_first_and_shades_of_a_hue_stay_together():
    shades = np.array([60, 120, 180, 240])[:, np.newaxis]
    hues = [(1, 1, 1), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]
    expected = np.vstack([shades * hue for hue in hues])
    shuffled = np.random.default_rng(0).permutation(expected)
    np.testing.assert_array_equal(shuffled[palette_order(shuffled)], expected)


# Bad input

GOOD = np.zeros((4, 3), np.uint8)


@pytest.mark.parametrize("learner", [*LEARNERS, distinct_colors, palette_histogram])
@pytest.mark.parametrize(
    ("pixels", "error", "says"),
    [
        (np.zeros((4, 1), np.uint8), ValueError, r"\(4, 1\).*\(n, 3\)"),
        (np.zeros((2, 2, 3), np.uint8), ValueError, r"\(2, 2, 3\).*cut_image"),
        (np.zeros((0, 3), np.uint8), ValueError, "no pixels"),
        (np.zeros((4, 3)), TypeError, "float64.*uint8"),
        ([[0, 0, 0]], TypeError, "list.*uint8"),
    ],
)
def test_what_is_not_pixels_is_refused(learner, pixels, error, says):
    arguments = (8,) if learner in LEARNERS else ()
    with pytest.raises(error, match=says):
        learner(pixels, *arguments)
    with pytest.raises(error, match=says):
        nearest_palette_index(pixels, [[0, 0, 0]])


@pytest.mark.parametrize(
    ("palette", "error", "says"),
    [
        (np.zeros((0, 3)), ValueError, r"\(0, 3\).*at least one color"),
        ([0, 0, 0], ValueError, r"\(3,\).*\(k, 3\)"),
        (np.zeros((2, 4)), ValueError, r"\(2, 4\).*\(k, 3\)"),
        ([[0, 0, 256]], ValueError, "0 to 256.*clip"),
        ([[-1, 0, 0]], ValueError, "-1 to 0.*clip"),
        ([[np.nan, 0, 0]], ValueError, "nan.*0 to 255"),
        ([[0, np.inf, 0]], ValueError, "inf.*clip"),
        ([["red"]], TypeError, "list.*numbers"),
        (None, ValueError, r"\(k, 3\)"),
    ],
)
def test_what_is_not_a_palette_is_refused(palette, error, says):
    with pytest.raises(error, match=says):
        nearest_palette_index(GOOD, palette)
    with pytest.raises(error, match=says):
        palette_order(palette)


def test_rounding_noise_around_the_range_is_no_mistake():
    assert nearest_palette_index(GOOD, [[-1e-13, 0, 0], [255 + 1e-13, 255, 255]]).max() == 0


@pytest.mark.parametrize("bits", [0, 9, 2.5, "5"])
def test_bits_outside_of_a_channel_are_refused(bits):
    with pytest.raises((TypeError, ValueError), match="whole number from 1 to 8: try bits=5"):
        color_histogram(GOOD, bits)


@pytest.mark.parametrize("learner", [median_cut, octree])
def test_pillows_learners_say_that_256_is_their_most(learner, china):
    with pytest.raises(ValueError, match=r"k is 300.*256.*histogram k-means"):
        learner(china, 300)
