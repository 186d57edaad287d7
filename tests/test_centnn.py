"""CentNN: a plain loop's labels, exact means, every smaller k, and refusals in one sentence."""

import itertools
import pickle
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from plain_centnn import plain_centnn, strictly_nearest
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.estimator_checks import check_estimator
from strategies import assert_one_sentence, read_only, refusal

from kquant_helpers.cuts import cut_image
from kquant_helpers.learners.centnn import CentroidNeuralNetwork, epochs, growth_events
from kquant_helpers.photos import load_photo

EPSILONS = st.sampled_from([0.05, 0.001, 1.0, 30.0])
SQUARE = np.array([[0.0, 0.0], [0.0, 4.0], [4.0, 0.0], [4.0, 4.0]])


def shapes(longest=40):
    return st.tuples(st.integers(1, longest), st.integers(1, 4))


def whole_numbers():
    """Few different numbers, so that samples coincide and distances tie."""
    return st.sampled_from([1, 3, 16, 255]).flatmap(
        lambda high: npst.arrays(np.float64, shapes(), elements=st.integers(0, high).map(float))
    )


def tenths():
    """Numbers whose sums are not exact, duplicated and tied."""
    return npst.arrays(np.int64, shapes(), elements=st.integers(-6, 6)).map(lambda a: a / 10)


def normal():
    return st.tuples(shapes(120), st.integers(0, 2**32 - 1)).map(
        lambda pair: np.random.default_rng(pair[1]).normal(size=pair[0])
    )


def constant():
    return st.tuples(shapes(), st.sampled_from([0.0, 0.1, 255.0])).map(lambda p: np.full(*p))


SAMPLES = whole_numbers() | tenths() | normal() | constant()


def fit(samples, k, **options):
    """Fit where a lack of distinct samples is part of the game."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return CentroidNeuralNetwork(k, **options).fit(samples)


def means(samples, labels):
    return np.array([samples[labels == j].mean(axis=0) for j in range(labels.max() + 1)])


def gray_samples(cut, shape=(64, 64)):
    return cut_image(load_photo("camera", shape), cut)[0].astype(np.float64)


def assert_like_a_plain_loop(samples, k, epsilon):
    network = fit(samples, k, epsilon=epsilon)
    labels, weights, epochs = plain_centnn(samples, k, epsilon)
    np.testing.assert_array_equal(network.labels_, labels)
    np.testing.assert_allclose(network.cluster_centers_, weights, rtol=0, atol=1e-9)
    assert network.n_iter_ == epochs


@settings(deadline=None, max_examples=100)
@given(SAMPLES, st.integers(1, 12), EPSILONS)
def test_labels_weights_and_epochs_are_those_of_a_plain_loop(samples, k, epsilon):
    assert_like_a_plain_loop(samples, min(k, len(samples)), epsilon)


@pytest.fixture
def stretches_for_all(monkeypatch):
    """Run as for many samples, whose epochs go by stretches, however few there are."""
    monkeypatch.setattr(epochs, "FEW_PER_NEURON", 0)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SAMPLES, st.integers(1, 12), EPSILONS)
def test_deciding_all_moves_of_a_stretch_at_once_changes_no_label(
    stretches_for_all, samples, k, epsilon
):
    assert_like_a_plain_loop(samples, min(k, len(samples)), epsilon)


MANY_SAMPLES = {
    "scattered": lambda rng: rng.normal(size=(5000, 3)),
    "far from zero": lambda rng: rng.normal(size=(5000, 3)) + 1e8,
    "in order": lambda rng: np.sort(rng.random((3000, 2)), axis=0),
    "with outliers": lambda rng: rng.standard_cauchy((2000, 5)),
    "in far groups": lambda rng: rng.normal(size=(600, 4)) + 1e6 * rng.integers(0, 3, (600, 1)),
    "five of each": lambda rng: np.repeat(rng.normal(size=(600, 6)), 5, axis=0),
    "often at the same distance": lambda rng: rng.integers(0, 4, (3000, 6)).astype(float),
}


@pytest.mark.parametrize("kind", MANY_SAMPLES)
def test_many_samples_get_the_same_labels_by_stretches_and_by_looking_at_all(monkeypatch, kind):
    samples = MANY_SAMPLES[kind](np.random.default_rng(4))
    by_stretches = CentroidNeuralNetwork(25).fit(samples)
    monkeypatch.setattr(epochs, "FEW_PER_NEURON", len(samples))
    by_looking = CentroidNeuralNetwork(25).fit(samples)
    np.testing.assert_array_equal(by_stretches.labels_, by_looking.labels_)
    assert by_stretches.n_iter_ == by_looking.n_iter_


@pytest.mark.parametrize(("cut", "k"), [("global", 12), ("block", 40)])
def test_a_photo_gets_the_labels_of_the_loop_that_a_student_writes(cut, k):
    samples = gray_samples(cut)
    labels = plain_centnn(samples, k, winner_of=strictly_nearest)[0]
    np.testing.assert_array_equal(CentroidNeuralNetwork(k).fit(samples).labels_, labels)


@settings(deadline=None, max_examples=60)
@given(SAMPLES, st.integers(1, 12))
def test_each_weight_is_the_mean_of_its_samples(samples, k):
    network = fit(samples, min(k, len(samples)))
    spread = max(np.ptp(samples), 1e-3)
    expected = means(samples, network.labels_)
    np.testing.assert_allclose(network.cluster_centers_, expected, rtol=0, atol=1e-9 * spread)
    distances = np.square(samples - expected[network.labels_])
    np.testing.assert_allclose(network.inertia_, distances.sum(), atol=1e-9 * spread**2)


@pytest.mark.parametrize("offset", [1e4, -1e7])
def test_weights_stay_means_far_from_zero(offset):
    samples = np.random.default_rng(0).random((3000, 2)) + offset
    network = CentroidNeuralNetwork(20).fit(samples)
    rounding = 4 * np.spacing(abs(offset))
    expected = means(samples - offset, network.labels_) + offset
    np.testing.assert_allclose(network.cluster_centers_, expected, rtol=0, atol=1e-9 + rounding)


@settings(deadline=None, max_examples=60)
@given(SAMPLES, st.integers(1, 12))
def test_at_the_end_each_sample_is_at_its_nearest_neuron_unless_it_is_the_last_one(samples, k):
    network = fit(samples, min(k, len(samples)))
    distances = network.transform(samples)
    own = distances[np.arange(len(samples)), network.labels_]
    lonely = np.bincount(network.labels_)[network.labels_] == 1
    # Squares of distances tell apart what is 3e-10 of the largest sample apart.
    tie = 1e-8 * max(1, np.abs(samples).max())
    assert ((own <= distances.min(axis=1) + tie) | lonely).all()
    assert (np.bincount(network.labels_, minlength=len(network.cluster_centers_)) > 0).all()


@settings(deadline=None, max_examples=40)
@given(SAMPLES, st.integers(1, 8))
def test_each_codebook_on_the_way_is_that_of_a_fit_with_fewer_clusters(samples, k):
    network = fit(samples, min(k, len(samples)))
    assert list(network.codebooks_) == list(range(1, len(network.cluster_centers_) + 1))
    for smaller, codebook in network.codebooks_.items():
        fresh = fit(samples, smaller)
        np.testing.assert_array_equal(codebook, fresh.cluster_centers_)
        assert network.inertias_[smaller - 1] == fresh.inertia_


def test_codebooks_on_the_way_are_exact_though_fewer_neurons_run_their_epochs_otherwise():
    samples = np.random.default_rng(8).normal(size=(140, 3))
    per_neuron = [len(samples) / k for k in (2, 8)]
    assert min(per_neuron) < epochs.FEW_PER_NEURON < max(per_neuron)
    network = CentroidNeuralNetwork(8).fit(samples)
    for k in range(2, 9):
        fresh = CentroidNeuralNetwork(k).fit(samples)
        np.testing.assert_array_equal(network.codebooks_[k], fresh.cluster_centers_)
        assert network.inertias_[k - 1] == fresh.inertia_


def test_there_is_no_codebook_beyond_those_on_the_way():
    codebooks = CentroidNeuralNetwork(2).fit(SQUARE).codebooks_
    for k in (0, 3, -1, 1.5, "2"):
        with pytest.raises(KeyError):
            codebooks[k]


@settings(deadline=None, max_examples=40)
@given(whole_numbers() | tenths() | constant())
def test_with_too_few_distinct_samples_each_gets_its_neuron_and_a_warning_says_so(samples):
    distinct = np.unique(samples, axis=0)
    assume(len(distinct) < len(samples))
    with pytest.warns(ConvergenceWarning) as caught:
        network = CentroidNeuralNetwork(len(samples)).fit(samples)
    assert f"({len(distinct)})" in str(caught[0].message)
    assert_one_sentence(str(caught[0].message))
    assert len(network.cluster_centers_) == len(distinct)


def test_a_twin_that_attracts_nobody_moves_to_the_farthest_sample():
    # Epsilon in both features is at right angles to this line.
    line = np.array([[0.0, 9.0], [1.0, 8.0], [4.0, 5.0], [9.0, 0.0]])
    network = CentroidNeuralNetwork(4).fit(line)
    assert sorted(map(tuple, network.cluster_centers_)) == sorted(map(tuple, line))
    kinds = [event.kind for event in growth_events(line, 4)]
    assert "relocate" in kinds


@settings(deadline=None, max_examples=40)
@given(SAMPLES, st.integers(2, 8))
def test_events_end_with_the_labels_of_the_fit(samples, k):
    k = min(k, len(samples))
    network = fit(samples, k)
    last = None
    for last in growth_events(samples, k):
        assert last.labels.shape == (len(samples),)
    if last is not None:
        np.testing.assert_array_equal(last.labels, network.labels_)
        np.testing.assert_allclose(last.weights, network.cluster_centers_, atol=1e-9)


def test_each_move_is_one_event_whose_winner_is_pulled_and_whose_loser_is_pushed():
    samples = np.random.default_rng(3).random((60, 2))
    moves = 0
    for before, event in itertools.pairwise(growth_events(samples, 4)):
        if event.kind != "move":
            continue
        moves += event.loser is not None
        x = samples[event.sample]
        for neuron, sign in ((event.winner, 1), (event.loser, -1)):
            if neuron is not None:
                distance = [np.linalg.norm(x - e.weights[neuron]) for e in (before, event)]
                assert sign * (distance[0] - distance[1]) >= -1e-12
        changed = np.flatnonzero(before.labels != event.labels)
        assert changed.tolist() == [event.sample]
    assert moves > 0


def test_the_same_samples_give_the_same_network_and_stay_as_they_are():
    samples = read_only(gray_samples("block"))
    first, second = (CentroidNeuralNetwork(12).fit(samples) for _ in range(2))
    np.testing.assert_array_equal(first.cluster_centers_, second.cluster_centers_)
    np.testing.assert_array_equal(first.labels_, second.labels_)


def test_little_working_memory_changes_nothing_but_time():
    samples = gray_samples("block", (128, 128))
    ample, scarce = (
        CentroidNeuralNetwork(16, working_memory=size).fit(samples) for size in (64, 1e-3)
    )
    np.testing.assert_array_equal(ample.labels_, scarce.labels_)
    np.testing.assert_array_equal(ample.predict(samples), scarce.predict(samples))


@pytest.mark.parametrize("k", [16, 64])
def test_a_fit_keeps_no_more_than_a_distance_for_each_sample_and_neuron_besides_the_data(k):
    samples = gray_samples("block", (256, 256))
    CentroidNeuralNetwork(2).fit(samples[:100])
    tracemalloc.start()
    try:
        CentroidNeuralNetwork(k).fit(samples)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 8 * len(samples) * k + samples.nbytes


def test_the_estimator_passes_every_check_of_scikit_learn():
    # It shuffles the weighted samples and not the repeated ones, but their order matters here.
    shuffling = {"check_sample_weight_equivalence_on_dense_data": "samples come in an order"}
    reports = check_estimator(
        CentroidNeuralNetwork(3), on_skip=None, expected_failed_checks=shuffling
    )
    fine = ("passed", "skipped", "xfail")
    failed = [r["check_name"] for r in reports if r["status"] not in fine]
    skipped = [r["check_name"] for r in reports if r["status"] == "skipped"]
    assert failed == []
    # One needs an environment variable of SciPy, the other pandas: both are about others' arrays.
    assert set(skipped) <= {"check_array_api_input", "check_sample_weights_pandas_series"}


def test_predict_transform_and_names_belong_to_the_fitted_neurons():
    network = CentroidNeuralNetwork(2)
    distances = network.fit_transform(SQUARE)
    np.testing.assert_array_equal(network.predict(SQUARE), distances.argmin(axis=1))
    np.testing.assert_array_equal(network.fit_predict(SQUARE), network.labels_)
    assert network.get_feature_names_out().tolist() == [
        "centroidneuralnetwork0",
        "centroidneuralnetwork1",
    ]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_keep_their_precision(dtype):
    network = CentroidNeuralNetwork(2).fit(SQUARE.astype(dtype))
    assert network.cluster_centers_.dtype == network.codebooks_[2].dtype == dtype
    assert network.transform(SQUARE.astype(dtype)).dtype == dtype


def test_a_fitted_network_survives_pickling_and_a_clone_is_bare():
    network = CentroidNeuralNetwork(3, callback=None).fit(SQUARE)
    copy = pickle.loads(pickle.dumps(network))
    np.testing.assert_array_equal(copy.codebooks_[3], network.codebooks_[3])
    assert not hasattr(clone(network), "labels_")


@pytest.mark.parametrize("max_epochs", [1, 2, 5, 20])
def test_a_fit_that_is_stopped_early_says_so_and_leaves_means(max_epochs):
    samples = gray_samples("block")
    with pytest.warns(ConvergenceWarning, match="Stopped early") as caught:
        network = CentroidNeuralNetwork(30, max_epochs=max_epochs).fit(samples)
    assert_one_sentence(str(caught[0].message))
    assert network.n_iter_ == max_epochs
    assert f"{len(network.cluster_centers_)} of 30" in str(caught[0].message)
    expected = means(samples, network.labels_)
    np.testing.assert_allclose(network.cluster_centers_, expected, rtol=0, atol=1e-9 * 255)


def test_just_enough_epochs_bring_no_warning():
    samples = gray_samples("block")
    needed = CentroidNeuralNetwork(10).fit(samples)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bounded = CentroidNeuralNetwork(10, max_epochs=needed.n_iter_).fit(samples)
    np.testing.assert_array_equal(bounded.labels_, needed.labels_)


def test_the_callback_hears_of_each_epoch():
    heard = []
    network = CentroidNeuralNetwork(5, callback=heard.append).fit(gray_samples("block"))
    assert [state.epoch for state in heard] == list(range(1, network.n_iter_ + 1))
    assert heard[0].n_neurons == 2 and heard[-1].n_neurons == 5
    assert heard[-1].n_moved == 0 and {state.n_clusters for state in heard} == {5}


def test_an_interrupt_leaves_the_last_network_in_which_nobody_moved():
    samples = gray_samples("block")

    def interrupt(state):
        if state.n_neurons == 6:
            raise KeyboardInterrupt

    network = CentroidNeuralNetwork(30, callback=interrupt)
    with pytest.raises(KeyboardInterrupt):
        network.fit(samples)
    whole = CentroidNeuralNetwork(5).fit(samples)
    np.testing.assert_array_equal(network.cluster_centers_, whole.cluster_centers_)
    np.testing.assert_array_equal(network.labels_, whole.labels_)
    assert list(network.codebooks_) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("n_clusters", [0, -1, 2.5, 4.0, "8", None, True, 5])
def test_numbers_of_clusters_that_cannot_be_are_refused(n_clusters):
    message = refusal((TypeError, ValueError), CentroidNeuralNetwork(n_clusters).fit, SQUARE)
    assert "n_clusters" in message and repr(n_clusters) in message
    refusal((TypeError, ValueError), growth_events, SQUARE, n_clusters)


@pytest.mark.parametrize("epsilon", [0, -0.05, np.nan, np.inf, "small", None])
def test_epsilons_that_part_no_twins_are_refused(epsilon):
    message = refusal((TypeError, ValueError), CentroidNeuralNetwork(2, epsilon).fit, SQUARE)
    assert "epsilon" in message


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"max_epochs": 0}, "max_epochs"),
        ({"max_epochs": 1.5}, "max_epochs"),
        ({"working_memory": 0}, "working_memory"),
        ({"callback": 3}, "callback"),
    ],
)
def test_other_parameters_are_refused_by_name(options, name):
    assert name in refusal((TypeError, ValueError), CentroidNeuralNetwork(2, **options).fit, SQUARE)


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        ([[0.0], [np.nan], [1.0]], "NaN"),
        ([[0.0], [np.inf], [1.0]], "infinity"),
        ([0.0, 1.0, 2.0], "1D"),
        (np.zeros((2, 2, 2)), "3D"),
        ([["a"], ["b"]], "text"),
        ([["1"], ["2"]], "text"),
        (np.zeros((0, 2)), "0 sample"),
        (np.zeros((3, 0)), "0 feature"),
        ([[1.0, 2.0], [3.0]], "different lengths"),
        ([[1e200], [0.0]], "1e+200"),
        (None, "0D"),
    ],
)
def test_samples_that_are_no_table_of_numbers_are_refused(samples, said):
    for call in (CentroidNeuralNetwork(1).fit, lambda s: growth_events(s, 1)):
        assert said in refusal((TypeError, ValueError), call, samples)


@settings(deadline=None, max_examples=60)
@given(whole_numbers(), st.integers(1, 8))
def test_predict_gives_the_samples_of_the_fit_their_labels_but_for_a_neurons_last(samples, k):
    network = fit(samples, min(k, len(samples)))
    lonely = np.bincount(network.labels_)[network.labels_] == 1
    np.testing.assert_array_equal(network.predict(samples)[~lonely], network.labels_[~lonely])


# Weights and the score


@settings(deadline=None, max_examples=40)
@given(SAMPLES, st.data())
def test_a_weight_is_how_often_a_sample_comes(samples, data):
    each = st.lists(st.integers(0, 3), min_size=len(samples), max_size=len(samples))
    times = np.array(data.draw(each.filter(any)))
    k = min(3, len(np.unique(samples[times > 0], axis=0)))
    weighted = CentroidNeuralNetwork(k).fit(samples, sample_weight=times)
    repeated = CentroidNeuralNetwork(k).fit(samples.repeat(times, axis=0))
    np.testing.assert_array_equal(weighted.cluster_centers_, repeated.cluster_centers_)
    assert weighted.labels_.shape == (len(samples),)
    came = times > 0
    firsts = (np.cumsum(times) - times)[came]
    np.testing.assert_array_equal(weighted.labels_[came], repeated.labels_[firsts])


@pytest.mark.parametrize(
    "weights", [[1, 2], [0.5] * 4, [-1, 1, 1, 1], [0] * 4, "abcd", [1e300] * 4]
)
def test_weights_that_are_no_numbers_of_times_are_refused(weights):
    network = CentroidNeuralNetwork(2)
    message = refusal((TypeError, ValueError), network.fit, SQUARE, sample_weight=weights)
    assert message.startswith("sample_weight ")


def test_the_score_is_minus_the_inertia_and_counts_weights():
    network = CentroidNeuralNetwork(2).fit(SQUARE)
    assert network.score(SQUARE) == pytest.approx(-network.inertia_)
    twice = network.score(SQUARE, sample_weight=[2] * 4)
    assert twice == pytest.approx(2 * network.score(SQUARE))


@pytest.mark.parametrize("shift", [0.0, 1e6, 1e9])
def test_distances_far_from_the_origin_are_those_near_it(shift):
    samples = np.random.default_rng(0).integers(0, 9, (40, 2)).astype(float)
    near, far = (CentroidNeuralNetwork(4).fit(samples + each) for each in (0.0, shift))
    np.testing.assert_array_equal(far.labels_, near.labels_)
    np.testing.assert_allclose(far.transform(samples + shift), near.transform(samples), atol=1e-6)
