"""Codebooks: learned as well as can be, encoded to the nearest codeword, decoded by a look-up."""

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy.spatial.distance import cdist
from sklearn.cluster import (
    AgglomerativeClustering,
    Birch,
    BisectingKMeans,
    KMeans,
    MeanShift,
    MiniBatchKMeans,
)
from sklearn.pipeline import make_pipeline
from strategies import INTENSITIES, read_only, refusal

from kquant_helpers.codebooks import decode, encode
from kquant_helpers.counts import weighted_vectors
from kquant_helpers.cuts import cut_image
from kquant_helpers.learners import LEARNERS, learn
from kquant_helpers.learners.k_means import random_codewords
from kquant_helpers.learners.levels import equal_bin_levels, exact_levels
from kquant_helpers.photos import load_photo

modest = settings(deadline=None, max_examples=60)
few = settings(deadline=None, max_examples=15)

ENTRIES = {"intensities": 1, "colors": 3, "blocks": 4}
FITTING = [
    (name, entries)
    for name, learner in LEARNERS.items()
    for entries in ENTRIES.values()
    if learner.dimensions in (None, entries)
]
REFUSED = [
    (name, entries)
    for name, learner in LEARNERS.items()
    for entries in ENTRIES.values()
    if learner.dimensions not in (None, entries)
]
SEEDED = ("random", "k-means", "mini-batch k-means")
every_fitting = pytest.mark.parametrize(("name", "entries"), FITTING)


@pytest.fixture(autouse=True)
def nothing_is_warned():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def vectors_of(entries, count=200, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, entries), dtype=np.uint8)


@st.composite
def vectors_and_codebooks(draw):
    entries = draw(st.integers(1, 5))
    dtype, elements = draw(
        st.sampled_from([(np.uint8, INTENSITIES), (np.float64, st.floats(-20, 300))])
    )
    # Colors of floats take the way of blocks, colors of uint8 one of their own.
    inside = st.floats(0, 255) if entries == 3 else st.floats(-20, 300)
    vectors = draw(npst.arrays(dtype, (draw(st.integers(1, 30)), entries), elements=elements))
    codebook = draw(npst.arrays(np.float64, (draw(st.integers(1, 12)), entries), elements=inside))
    return vectors, codebook


def distortion(vectors, codebook):
    """Squared error of the nearest codewords, unrounded."""
    return cdist(vectors.astype(float), codebook, "sqeuclidean").min(axis=1).sum()


# Encode and decode


@modest
@given(vectors_and_codebooks())
def test_encode_finds_a_nearest_codeword(case):
    vectors, codebook = case
    distances = cdist(vectors.astype(float), codebook, "sqeuclidean")
    indices = encode(vectors, codebook)
    assert indices.shape == (len(vectors),)
    chosen = distances[np.arange(len(vectors)), indices]
    np.testing.assert_allclose(chosen, distances.min(axis=1), rtol=1e-9, atol=1e-9)


@modest
@given(vectors_and_codebooks())
def test_decoded_vectors_are_the_nearest_codewords_rounded_and_clipped(case):
    vectors, codebook = case
    indices = encode(vectors, codebook)
    decoded = decode(indices, codebook)
    assert decoded.dtype == np.uint8
    np.testing.assert_array_equal(decoded, np.rint(codebook[indices]).clip(0, 255))


@given(npst.arrays(np.uint8, (40, 1), elements=INTENSITIES), st.permutations(range(6)))
@modest
def test_levels_may_come_in_any_order(vectors, order):
    levels = np.array([[0], [10.5], [90], [127.5], [200], [255]])
    nearest = decode(encode(vectors, levels), levels)
    shuffled = levels[order]
    chosen = decode(encode(vectors, shuffled), shuffled)
    np.testing.assert_allclose(
        np.abs(chosen - vectors.astype(float)), np.abs(nearest - vectors.astype(float)), atol=0.5
    )


@pytest.mark.parametrize("entries", [1, 3, 4])
@pytest.mark.parametrize(("k", "dtype"), [(1, "u1"), (256, "u1"), (257, "u2"), (300, "u2")])
def test_indices_have_the_smallest_unsigned_type(entries, k, dtype):
    codebook = vectors_of(entries, k).astype(float)
    vectors = vectors_of(entries, 50, seed=1)
    indices = encode(vectors, codebook)
    assert indices.dtype == dtype
    np.testing.assert_array_equal(
        cdist(vectors, codebook)[np.arange(50), indices], cdist(vectors, codebook).min(axis=1)
    )
    np.testing.assert_array_equal(decode(indices, codebook), codebook[indices])


def test_many_blocks_are_encoded_piece_by_piece_alike():
    vectors, codebook = vectors_of(2, 70_000), vectors_of(2, 5, seed=1).astype(float)
    distances = cdist(vectors, codebook, "sqeuclidean")
    np.testing.assert_array_equal(
        distances[np.arange(70_000), encode(vectors, codebook)], distances.min(axis=1)
    )


@pytest.mark.parametrize("entries", [1, 3, 4])
def test_read_only_and_non_contiguous_vectors_are_encoded_alike(entries):
    vectors, codebook = read_only(vectors_of(entries)), vectors_of(entries, 9, seed=1)
    for view in (vectors[::2], vectors[::-1]):
        np.testing.assert_array_equal(encode(view, codebook), encode(view.copy(), codebook))


@pytest.mark.parametrize("entries", [1, 3, 4])
def test_indices_of_any_shape_are_decoded_in_place(entries):
    codebook = vectors_of(entries, 7).astype(float)
    indices = np.random.default_rng(0).integers(0, 7, (5, 4, 2))
    for each in (indices, indices.astype(np.uint8), indices.astype(np.uint8)[::-1, ::2]):
        np.testing.assert_array_equal(decode(each, codebook), codebook[each])


@pytest.mark.parametrize("entries", [1, 3])
def test_what_was_encoded_and_decoded_may_be_written_to(entries):
    indices = encode(vectors_of(entries), vectors_of(entries, 4))
    indices[0] = 3
    decode(indices, vectors_of(entries, 4))[0] = 7


# The exact learner


def smallest_error(values, weights, k):
    """The smallest squared error over all ways to split sorted values into k intervals."""
    return min(
        sum(
            np.sum(
                weights[i:j] * (values[i:j] - np.average(values[i:j], weights=weights[i:j])) ** 2
            )
            for i, j in itertools.pairwise((0, *splits, len(values)))
        )
        for splits in itertools.combinations(range(1, len(values)), k - 1)
    )


@modest
@given(
    st.dictionaries(INTENSITIES, st.integers(1, 40), min_size=1, max_size=9),
    st.integers(1, 9),
)
def test_exact_levels_have_the_smallest_error_of_all_splits(histogram, k):
    values, weights = np.array(sorted(histogram.items())).T
    vectors = np.repeat(values, weights).astype(np.uint8)[:, np.newaxis]
    levels = exact_levels(vectors, k)
    assert levels.shape == (min(k, len(values)), 1)
    smallest = smallest_error(values, weights, len(levels))
    np.testing.assert_allclose(distortion(vectors, levels), smallest, rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("name", ["china", "astronaut", "camera"])
def test_exact_levels_are_not_worse_than_ten_runs_of_k_means(name):
    [vectors] = cut_image(load_photo(name, size=150), "global")
    values, weights = weighted_vectors(vectors)
    for k in (2, 5, 16, 48):
        model = KMeans(k, n_init=10, random_state=0).fit(values, sample_weight=weights)
        assert distortion(vectors, exact_levels(vectors, k)) <= model.inertia_ * (1 + 1e-9)


@few
@given(npst.arrays(np.uint8, (40, 1), elements=INTENSITIES))
def test_the_error_of_exact_levels_never_grows_with_k(vectors):
    errors = [distortion(vectors, exact_levels(vectors, k)) for k in range(1, 42)]
    assert np.all(np.diff(errors) <= 1e-7)
    assert errors[-1] == 0


def test_the_error_of_a_photo_falls_to_zero_at_256_levels():
    [vectors] = cut_image(load_photo("china", size=200), "global")
    errors = [distortion(vectors, exact_levels(vectors, 2**i)) for i in range(9)]
    assert np.all(np.diff(errors) < 0) and errors[-1] == 0


@few
@given(npst.arrays(np.uint8, (60, 1), elements=INTENSITIES), st.integers(1, 12))
def test_each_exact_level_is_the_mean_of_its_intensities(vectors, k):
    levels = exact_levels(vectors, k)
    indices = encode(vectors, levels)
    for i, level in enumerate(levels):
        assert vectors[indices == i].mean() == pytest.approx(level[0], abs=1e-9)


# Every learner


@every_fitting
@pytest.mark.parametrize("k", [1, 2, 7, 199])
def test_a_learner_gives_at_most_k_codewords(name, entries, k):
    vectors = vectors_of(entries)
    before = vectors.copy()
    codebook = learn(vectors, k, name)
    assert codebook.dtype == np.float64
    assert codebook.shape[1:] == (entries,) and 1 <= len(codebook) <= k
    assert codebook.min() >= 0 and codebook.max() <= 255
    np.testing.assert_array_equal(vectors, before)


@every_fitting
@pytest.mark.parametrize("k", [3, 4, 8, 10**30])
def test_fewer_distinct_vectors_than_k_are_their_own_codebook(name, entries, k):
    distinct = np.array([[3], [90], [255]], np.uint8).repeat(entries, axis=1)
    vectors = distinct.repeat([1, 5, 2], axis=0)[::-1]
    codebook = learn(vectors, k, name)
    if name == "equal bins":
        np.testing.assert_array_equal(codebook, equal_bin_levels(None, k))
    else:
        np.testing.assert_array_equal(np.unique(codebook, axis=0), distinct)
        np.testing.assert_array_equal(decode(encode(vectors, codebook), codebook), vectors)


@every_fitting
def test_one_vector_is_a_codebook_of_one(name, entries):
    vectors = np.full((1, entries), 77, np.uint8)
    codebook = learn(vectors, 1, name)
    assert codebook.shape == (1, entries)
    if name != "equal bins":
        np.testing.assert_array_equal(codebook, vectors)


@every_fitting
def test_the_same_seed_gives_the_same_codebook(name, entries):
    vectors = vectors_of(entries, 400)
    first, second = (learn(vectors, 12, name, random_state=5) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("name", SEEDED)
@pytest.mark.parametrize("entries", [1, 4])
def test_other_seeds_may_give_other_codebooks(name, entries):
    vectors = vectors_of(entries, 400)
    codebooks = {learn(vectors, 12, name, random_state=seed).tobytes() for seed in range(4)}
    assert len(codebooks) > 1


@every_fitting
def test_read_only_and_non_contiguous_vectors_are_learned_alike(name, entries):
    view = read_only(vectors_of(entries))[::-2]
    np.testing.assert_array_equal(learn(view, 5, name), learn(view.copy(), 5, name))


@pytest.mark.parametrize("name", [name for name, entries in FITTING if entries == 1])
def test_codebooks_of_intensities_ascend(name):
    assert np.all(np.diff(learn(vectors_of(1), 9, name)[:, 0]) > 0)


@pytest.mark.parametrize(("name", "entries"), REFUSED)
def test_a_learner_that_does_not_fit_is_refused_with_those_that_do(name, entries):
    message = refusal(ValueError, learn, vectors_of(entries), 3, name)
    told = {each for each in LEARNERS if f'"{each}"' in message}
    assert told == {each for each, fitting in FITTING if fitting == entries}
    assert f"'{name}' does not work" in message


@pytest.mark.parametrize(
    ("entries", "name"), [(1, "exact"), (3, "histogram k-means"), (4, "k-means")]
)
def test_the_default_is_the_best_learner_for_the_vectors(entries, name):
    vectors = vectors_of(entries)
    np.testing.assert_array_equal(learn(vectors, 6), learn(vectors, 6, name))


def test_equal_bins_follow_the_formula():
    np.testing.assert_allclose(
        learn(vectors_of(1), 4, "equal bins")[:, 0], [31.875, 95.625, 159.375, 223.125]
    )


@pytest.mark.parametrize("entries", ENTRIES.values())
def test_random_codewords_are_different_vectors_of_the_image(entries):
    vectors = vectors_of(entries)
    codebook = random_codewords(vectors, 20)
    assert len(np.unique(codebook, axis=0)) == 20
    assert {tuple(row) for row in codebook} <= {tuple(row) for row in vectors.astype(float)}


def test_frequent_vectors_are_drawn_more_readily():
    vectors = np.array([[10]] * 98 + [[20], [30]], np.uint8)
    drawn = [random_codewords(vectors, 1, seed)[0, 0] for seed in range(50)]
    assert drawn.count(10) > 40


@few
@given(
    npst.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 5)), elements=INTENSITIES)
)
def test_distinct_vectors_are_counted_as_unique_does(vectors):
    values, weights = weighted_vectors(vectors)
    expected, counts = np.unique(vectors, axis=0, return_counts=True)
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(weights, counts)


@pytest.mark.parametrize("entries", ENTRIES.values())
def test_k_means_is_about_as_good_as_scikit_learns_on_all_vectors(entries):
    [vectors] = cut_image(load_photo("camera", size=(64, 64)), "block", block_size=2)
    vectors = np.ascontiguousarray(vectors[:, :entries])
    plain = KMeans(8, n_init=5, random_state=0).fit(vectors)
    assert distortion(vectors, learn(vectors, 8, "k-means")) <= 1.2 * plain.inertia_


# Estimators as learners


@pytest.mark.parametrize("entries", ENTRIES.values())
@pytest.mark.parametrize(
    "estimator",
    [KMeans(n_init=3), MiniBatchKMeans(3, n_init=1), BisectingKMeans()],
    ids=lambda each: type(each).__name__,
)
def test_an_estimator_is_cloned_and_not_changed(estimator, entries):
    settings_before = estimator.get_params()
    vectors = vectors_of(entries)
    codebook = learn(vectors, 5, estimator)
    assert codebook.shape == (5, entries) and codebook.dtype == np.float64
    assert estimator.get_params() == settings_before
    assert not hasattr(estimator, "cluster_centers_")


def test_an_estimator_learns_what_it_would_by_itself():
    vectors = vectors_of(4)
    alone = KMeans(6, n_init=2, random_state=3).fit(vectors.astype(float))
    codebook = learn(vectors, 6, KMeans(n_init=2, random_state=3))
    np.testing.assert_array_equal(codebook, alone.cluster_centers_)


def test_an_estimator_without_a_seed_gets_ours_and_one_with_a_seed_keeps_it():
    vectors = vectors_of(3)
    ours = [learn(vectors, 9, KMeans(n_init=1), random_state=seed) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(ours[0], ours[1])
    assert not np.array_equal(ours[0], ours[2])
    own = [learn(vectors, 9, KMeans(n_init=1, random_state=4), random_state=s) for s in (1, 2)]
    np.testing.assert_array_equal(*own)


def test_an_estimator_sees_fewer_distinct_vectors_than_k_without_a_warning():
    vectors = np.array([[5], [5], [9]], np.uint8)
    np.testing.assert_array_equal(learn(vectors, 4, KMeans(n_init=1)), [[5], [9]])


@pytest.mark.parametrize(
    "learner",
    [KMeans, MeanShift(), make_pipeline(KMeans()), 5, print, ["k-means"], np.ones((2, 2))],
    ids=lambda each: type(each).__name__,
)
def test_what_is_no_clusterer_with_n_clusters_is_refused(learner):
    assert "n_clusters" in refusal(TypeError, learn, vectors_of(3), 4, learner)


@pytest.mark.parametrize(
    "learner", [AgglomerativeClustering(), Birch(), KMeans(init="nonsense"), KMeans(max_iter=-1)]
)
def test_an_estimator_that_leaves_no_centers_is_refused(learner):
    message = refusal(ValueError, learn, vectors_of(3), 4, learner)
    assert type(learner).__name__ in message and "cluster_centers_" in message


# Refusals


@pytest.mark.parametrize("k", [0, -1, np.int8(-3)])
def test_a_codebook_has_at_least_one_codeword(k):
    message = refusal(ValueError, learn, vectors_of(1), k)
    assert f"k is {int(k)}," in message and "k=8" in message


@pytest.mark.parametrize("k", [2.5, 8.0, "8", True, None, np.bool_(True), [8], np.ones((2, 2))])
def test_k_is_a_whole_number(k):
    message = refusal(TypeError, learn, vectors_of(1), k)
    assert "whole number" in message
    assert " ".join(repr(k).split()) in message


@pytest.mark.parametrize("k", [np.int64(3), np.uint8(3)])
def test_numpy_integers_are_numbers_of_codewords(k):
    for name, entries in FITTING:
        assert len(learn(vectors_of(entries), k, name)) <= 3


@pytest.mark.parametrize("name", ["kmeans", "", "Exact", "a\nb"])
def test_an_unknown_learner_is_refused_with_the_names(name):
    message = refusal(ValueError, learn, vectors_of(1), 3, name)
    assert repr(name) in message and '"exact"' in message and '"octree"' not in message


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "a", True])
def test_a_seed_is_a_whole_number(seed):
    assert repr(seed) in refusal(
        (TypeError, ValueError), learn, vectors_of(1), 3, "random", random_state=seed
    )


def test_no_seed_at_all_draws_anew():
    drawn = {learn(vectors_of(1), 9, "random", random_state=None).tobytes() for _ in range(8)}
    assert len(drawn) > 1


@pytest.mark.parametrize("vectors", [[[1]], None, "china", np.ones((3, 1)), np.ones((3, 1), int)])
def test_only_arrays_of_uint8_are_learned_from(vectors):
    assert "uint8" in refusal(TypeError, learn, vectors, 2)


@pytest.mark.parametrize("shape", [(3,), (0, 1), (3, 0), (2, 2, 3)])
def test_vectors_have_the_shape_n_d(shape):
    vectors = np.zeros(shape, np.uint8)
    assert str(shape) in refusal(ValueError, learn, vectors, 2)
    assert str(shape) in refusal(ValueError, encode, vectors, np.ones((2, 1)))


@pytest.mark.parametrize("vectors", [[[1]], None, np.array([["a"]]), np.array([[True]])])
def test_only_arrays_of_numbers_are_encoded(vectors):
    assert "numbers" in refusal(TypeError, encode, vectors, np.ones((2, 1)))


@pytest.mark.parametrize("entries", [1, 3, 4])
def test_nan_has_no_nearest_codeword(entries):
    vectors = np.full((2, entries), np.nan)
    assert "nan" in refusal(ValueError, encode, vectors, np.ones((2, entries)))


@pytest.mark.parametrize(
    "codebook", [np.ones((0, 1)), np.ones(3), np.ones((2, 2)), [[np.nan]], [["a"]], [[1], [1, 2]]]
)
def test_a_codebook_that_does_not_fit_is_refused(codebook):
    refusal((TypeError, ValueError), encode, vectors_of(1), codebook)


@pytest.mark.parametrize("codebook", [np.ones((0, 1)), np.ones(3), [[np.inf]], [[1], [1, 2]]])
def test_nothing_is_decoded_with_what_is_no_codebook(codebook):
    refusal((TypeError, ValueError), decode, np.array([0]), codebook)


@pytest.mark.parametrize("index", [-1, 3])
def test_an_index_outside_of_the_codebook_is_refused(index):
    message = refusal(ValueError, decode, np.array([0, index]), np.ones((3, 1)))
    assert str(index) in message and "0 to 2" in message


@pytest.mark.parametrize("indices", [[0.0], [True], ["a"], None])
def test_indices_are_whole_numbers(indices):
    assert "whole numbers" in refusal(TypeError, decode, indices, np.ones((3, 1)))


def test_no_indices_decode_to_no_vectors():
    assert decode(np.zeros((0, 4), np.uint8), np.ones((3, 2))).shape == (0, 4, 2)
