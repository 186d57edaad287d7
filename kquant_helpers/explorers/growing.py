"""The first explorer of lesson 05: a Centroid Neural Network that grows among points."""

from functools import lru_cache

import numpy as np

from kquant_helpers.checks.ladder import ask
from kquant_helpers.explorers.frame import Choice, Explorer, Slider, View
from kquant_helpers.explorers.plane import Move, plane_svg
from kquant_helpers.explorers.plots import curve_svg
from kquant_helpers.learners.centnn import growth_events
from kquant_helpers.looks import look_of

_MOST = 8
_SAMPLES = 60
_STARTS = 10
_LIMITS = (0, 10)
_POINTS = Choice("points", "Points", ("clouds", "ring", "evenly spread"), "clouds")


def explore_centnn(function=None):
    """Explore how a Centroid Neural Network grows among points, one sample at a time.

    Lesson 05 introduces it.

    Parameters
    ----------
    function : callable, optional
        A student's ``centnn(samples, n_clusters, epsilon)``; what it returns is drawn beside
        the package's network. The default plays the growth of the package's own.

    Returns
    -------
    Explorer
        Shows itself in a notebook.

    Examples
    --------
    >>> explore_centnn().render({"step": 0}).readouts[0]
    ('Neurons', '2 of 8')
    """
    k = Slider("k", "Neurons k", tuple(range(2, _MOST + 1)), _MOST)
    if function is not None:
        return Explorer(
            "Centroid Neural Network: your centnn",
            (_POINTS, Slider(k.name, k.label, k.values, 5)),
            lambda state: _compare(state["points"], state["k"], function),
            live=False,
        )
    last = max(len(_growth(name)) for name in _POINTS.values)
    step = Slider(
        "step",
        "Step",
        tuple(range(last + 1)),
        0,
        play=True,
        interval=350,
        stops=_splits,
        stop_label="To the next split",
    )
    return Explorer("A Centroid Neural Network grows", (_POINTS, k, step), _grow)


def points_in_plane(name):
    """Return the points of an explorer, between 0 and 10, the same each time.

    Lesson 05 introduces it.

    Parameters
    ----------
    name : {"clouds", "ring", "evenly spread"}
        How they lie.

    Returns
    -------
    ndarray of float64, shape (60, 2)

    Examples
    --------
    >>> points_in_plane("ring").shape
    (60, 2)
    """
    generator = np.random.default_rng(5)
    if name == "clouds":
        centers = np.array([[2, 2], [2.2, 7.5], [7.6, 6.8], [5, 4.4], [8.3, 1.8]])
        of_cloud = generator.permutation(np.resize(np.arange(5), _SAMPLES))
        points = centers[of_cloud] + generator.normal(0, 0.7, (_SAMPLES, 2))
    elif name == "ring":
        angle = generator.uniform(0, 2 * np.pi, _SAMPLES)
        points = 5 + 3.6 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        points += generator.normal(0, 0.3, (_SAMPLES, 2))
    else:
        points = generator.uniform(*_LIMITS, (_SAMPLES, 2))
    return np.round(np.clip(points, 0.3, 9.7), 2)


@lru_cache(maxsize=8)
def _growth(name):
    return tuple(growth_events(points_in_plane(name), _MOST))


@lru_cache(maxsize=8)
def _errors(name):
    """Return the error of each k, of CentNN, and of k-means the best and worst of ten starts."""
    from sklearn.cluster import KMeans

    from kquant_helpers.learners.centnn import CentroidNeuralNetwork

    points = points_in_plane(name)
    starts = [
        [
            KMeans(k, init="random", n_init=1, random_state=seed).fit(points).inertia_
            for seed in range(_STARTS)
        ]
        for k in range(1, _MOST + 1)
    ]
    return (
        CentroidNeuralNetwork(_MOST).fit(points).inertias_,
        np.min(starts, axis=1),
        np.max(starts, axis=1),
    )


def _grow(state):
    name, points = state["points"], points_in_plane(state["points"])
    events = [event for event in _growth(name) if len(event.weights) <= state["k"]]
    step = min(state["step"], len(events) - 1)
    event, before = events[step], events[max(step - 1, 0)]
    done = state["step"] >= len(events)
    happens = "All quiet: the network has grown" if done else _words(event)
    moves = event.kind == "move" and not done
    drawing = plane_svg(
        points,
        event.weights,
        event.labels,
        f"{_SAMPLES} points and {len(event.weights)} numbered neurons with their cells. {happens}",
        move=Move(event.sample, event.winner, event.loser) if moves else None,
        twin=event.winner if event.kind in ("split", "relocate") and not done else None,
        limits=_LIMITS,
    )
    readouts = (
        ("Neurons", f"{len(event.weights)} of {state['k']}"),
        ("What happens", happens),
        ("Epoch", str(event.epoch)),
        ("Samples of each neuron", _counts(event)),
        *_shift_readouts(event if moves else None, before),
        ("Sum of squared errors", f"{_error(points, event.weights, event.labels):.1f}"),
        _start_readout(name, len(event.weights)),
    )
    return View(
        drawing=drawing, plots=(_curves(name, len(event.weights), state["k"]),), readouts=readouts
    )


def _splits(state):
    """Return the steps at which a state's network splits, and the one at which all is quiet."""
    events = [each for each in _growth(state["points"]) if len(each.weights) <= state["k"]]
    return [*(i for i, each in enumerate(events) if each.kind == "split"), len(events)]


def _words(event):
    if event.kind == "start":
        return "Two neurons start at the mean ± ε"
    if event.kind == "split":
        return f"Nobody moved: neuron {event.loser} gets the twin {event.winner}"
    if event.kind == "relocate":
        return f"The twin {event.winner} attracted nobody and moves onto sample {event.sample}"
    if event.loser is None:
        return f"Sample {event.sample} comes to neuron {event.winner}"
    return f"Sample {event.sample} leaves neuron {event.loser} for neuron {event.winner}"


def _counts(event):
    has_neuron = event.labels[event.labels >= 0]
    return ", ".join(map(str, np.bincount(has_neuron, minlength=len(event.weights))))


def _shift_readouts(event, before):
    """Return how far the winner and the loser of a move were shifted; two rows in any case."""
    winner, loser = "+ Winner is pulled", "− Loser is pushed"
    if event is None:
        return (winner, "–"), (loser, "–")

    def way(j):
        return f"{np.linalg.norm(event.weights[j] - before.weights[j]):.2f}"

    pulled = f"neuron {event.winner}, by {way(event.winner)}"
    pushed = "nobody" if event.loser is None else f"neuron {event.loser}, by {way(event.loser)}"
    return (winner, pulled), (loser, pushed)


def _error(points, weights, labels):
    has_neuron = labels >= 0
    return float(np.square(points[has_neuron] - weights[labels[has_neuron]]).sum())


def _start_readout(name, k):
    _, best, worst = _errors(name)
    return f"k-means, {_STARTS} random starts", f"{best[k - 1]:.1f} to {worst[k - 1]:.1f}"


def _curves(name, k, most):
    grown, best, worst = (errors[:most] for errors in _errors(name))
    series = [
        ("CentNN", grown, look_of("CentNN")),
        ("best start", best, look_of("exact")),
        ("worst start", worst, look_of("k-means")),
    ]
    title = f"Error, k-means from {_STARTS} starts"
    return curve_svg(range(1, most + 1), series, title, x_label="neurons k", mark=k, log_y=True)


def _compare(name, k, function):
    points = points_in_plane(name)
    weights, labels = _student_network(points, k, function)
    grown = _grown(name, k)
    error = _error(points, weights, labels)
    means = np.array([points[labels == j].mean(axis=0) for j in np.unique(labels)])
    drift = np.abs(weights[np.unique(labels)] - means).max()
    drawing = plane_svg(
        points,
        weights,
        labels,
        f"{_SAMPLES} points and your {len(weights)} numbered neurons with their cells; "
        "squares mark the neurons of the package",
        others=grown,
        limits=_LIMITS,
    )
    readouts = (
        ("Disks", f"the neurons of your centnn(points, {k})"),
        ("Squares", "those of kquant's own network"),
        ("Samples of each neuron", ", ".join(map(str, np.bincount(labels, minlength=k)))),
        ("Sum of squared errors, yours", f"{error:.1f}"),
        ("kquant's", f"{_errors(name)[0][k - 1]:.1f}"),
        ("Weights off their means by", f"{drift:.2g}"),
        _start_readout(name, k),
    )
    return View(drawing=drawing, plots=(_curves(name, k, _MOST),), readouts=readouts)


def _student_network(points, k, function):
    """Return the weights and labels of a student's network, checked for their kind."""
    answer = ask("centnn", function, points, k, shown=f"centnn(points, {k})")
    answer.is_tuple(2, "the weights and the labels")
    weights = answer.part(0, "first result").is_array((k, 2), meaning="(n_clusters, d)")
    labels = answer.part(1, "second result").is_array((len(points),), whole=True)
    numbers = np.asarray(labels.value).astype(int)
    labels.is_true(
        numbers.min() >= 0 and numbers.max() < k,
        f"holds labels from {numbers.min()} to {numbers.max()}, but {k} "
        f"{'neuron has' if k == 1 else 'neurons have'} the numbers 0 to {k - 1}.",
    )
    return np.asarray(weights.value, dtype=float), numbers


def _grown(name, k):
    if k == 1:
        return points_in_plane(name).mean(axis=0, keepdims=True)
    return [event.weights for event in _growth(name) if len(event.weights) == k][-1]
