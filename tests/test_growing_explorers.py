"""The explorers of lesson 05 draw what the network does: its cells, its moves, its levels."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import kquant_helpers as kq
from kquant_helpers.explorers.plane import Move, plane_svg, voronoi_cells
from kquant_helpers.explorers.plots import curve_svg
from kquant_helpers.learners.centnn import CentroidNeuralNetwork, growth_events
from kquant_helpers.looks import look_of

weights_in_a_square = st.integers(1, 9).flatmap(
    lambda k: arrays(float, (k, 2), elements=st.integers(0, 40).map(lambda v: v / 4))
)


def area(corners):
    x, y = corners.T if len(corners) else np.zeros((2, 1))
    return abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


@settings(deadline=None, max_examples=60)
@given(weights_in_a_square)
def test_voronoi_cells_fill_the_square(weights):
    cells = voronoi_cells(weights, (0, 10))
    assert len(cells) == len(weights)
    assert sum(map(area, cells)) == pytest.approx(100)


@settings(deadline=None, max_examples=60)
@given(weights_in_a_square)
def test_no_corner_of_a_cell_is_nearer_to_another_neuron(weights):
    for weight, cell in zip(weights, voronoi_cells(weights, (0, 10)), strict=True):
        for corner in cell:
            nearest = np.linalg.norm(weights - corner, axis=1).min()
            assert np.linalg.norm(weight - corner) == pytest.approx(nearest)


def test_a_move_shows_a_plus_at_the_winner_and_a_minus_at_the_loser():
    points = np.array([[1.0, 1.0], [5.0, 5.0], [9.0, 9.0]])
    labels = np.array([0, 0, 1])
    drawings = [
        plane_svg(points, points[::2], labels, "three points", move=Move(1, 1, loser))
        for loser in (None, 0)
    ]
    assert ["+" in drawing for drawing in drawings] == [True, True]
    assert ["−" in drawing for drawing in drawings] == [False, True]


@pytest.mark.parametrize("name", ["clouds", "ring", "evenly spread"])
def test_steps_replay_the_growth_event_by_event(name):
    explorer = kq.explore_centnn()
    for step, event in enumerate(growth_events(kq.points_in_plane(name), 8)):
        readouts = dict(explorer.render({"points": name, "step": step}).readouts)
        assert readouts["Neurons"] == f"{len(event.weights)} of 8"
        if event.kind == "move":
            assert f"Sample {event.sample} " in readouts["What happens"]
            assert f"neuron {event.winner}" in readouts["+ Winner is pulled"]


@pytest.mark.parametrize("k", [2, 5, 8])
def test_growth_ends_with_the_error_of_the_estimator(k):
    readouts = dict(kq.explore_centnn().render({"k": k, "step": 140}).readouts)
    inertia = CentroidNeuralNetwork(k).fit(kq.points_in_plane("clouds")).inertia_
    assert readouts["Sum of squared errors"] == f"{inertia:.1f}"
    assert readouts["What happens"].startswith("All quiet")


def test_points_in_the_plane_are_the_same_each_time_and_fit_the_drawing():
    for name in ("clouds", "ring", "evenly spread"):
        points = kq.points_in_plane(name)
        assert points.shape == (60, 2)
        assert 0 < points.min() < points.max() < 10
        assert np.array_equal(points, kq.points_in_plane(name))


def test_a_students_network_is_drawn_beside_the_packages_own():
    def centnn(samples, n_clusters, epsilon=0.05):
        network = CentroidNeuralNetwork(n_clusters, epsilon).fit(samples)
        return network.cluster_centers_, network.labels_

    explorer = kq.explore_centnn(centnn)
    for k in (1, 5, 8):
        view = explorer.render({"k": k})
        readouts = dict(view.readouts)
        assert readouts["Sum of squared errors, yours"] == readouts["kquant's"]
        assert len(re.findall("<rect", view.drawing)) == k


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (lambda s, k: s[:k], "2 results"),
        (lambda s, k: (s[: k - 1], np.zeros(60, int)), "shape"),
        (lambda s, k: (s[:k], np.zeros(59, int)), "shape"),
        (lambda s, k: (s[:k], np.full(60, k)), "0 to 4"),
        (lambda s, k: (s[:k], np.full(60, 0.5)), "whole"),
    ],
)
def test_a_students_network_of_the_wrong_kind_is_told_so_in_one_line(answer, word):
    view = kq.explore_centnn(answer).render()
    assert word in view.message
    assert not view.drawing


@pytest.mark.parametrize(
    "photo", [np.full((1, 1), 7, np.uint8), np.uint8([[0, 255]]), np.eye(9, dtype=np.uint8) * 90]
)
def test_the_explorer_of_levels_takes_photos_with_few_intensities(photo):
    explorer = kq.explore_centnn_levels(photo)
    for state in ({}, {"k": 1}, {"k": 48}, {"k": 48, "left": "exact", "seed": 7}):
        view = explorer.render(state)
        assert view.message == ""
        assert "nan" not in "".join(view.plots)


def test_levels_of_centnn_lie_between_no_better_than_exact_and_their_own_codebook():
    photo = kq.load_photo("camera", (128, 128))
    readouts = dict(kq.explore_centnn_levels("camera").render({"k": 24}).readouts)
    codebook = CentroidNeuralNetwork(24).fit(photo.reshape(-1, 1)).cluster_centers_
    decoded = kq.decode(kq.encode(photo.reshape(-1, 1), codebook), codebook)
    expected = kq.peak_snr(photo.reshape(-1, 1), decoded)
    assert readouts["PSNR, CentNN"] == f"{expected:.2f} dB"
    assert float(readouts["PSNR, exact"].split()[0]) >= expected


def test_names_at_the_ends_of_curves_do_not_cover_one_another():
    series = [(name, [9.0, 1.0 + i / 100], look_of(name, i)) for i, name in enumerate("abc")]
    drawing = curve_svg([1, 2], series, "three close curves")
    names = r'y="([\d.]+)" font-size="10" fill="currentColor">[abc]'
    heights = sorted(float(y) for y in re.findall(names, drawing))
    assert np.diff(heights).min() >= 10


def test_the_button_beside_play_goes_from_split_to_split_and_ends_when_all_is_quiet():
    explorer = kq.explore_centnn()
    step = next(control for control in explorer.controls if control.name == "step")
    for k in (3, 8):
        stops = step.stops({"points": "clouds", "k": k})
        views = [dict(explorer.render({"k": k, "step": stop}).readouts) for stop in stops]
        assert [view["Neurons"] for view in views[:-1]] == [f"{n} of {k}" for n in range(3, k + 1)]
        assert all("gets the twin" in view["What happens"] for view in views[:-1])
        assert views[-1]["What happens"].startswith("All quiet")


def test_the_axis_of_errors_starts_at_0_and_has_numbers():
    drawing = curve_svg([1, 2, 3], [("error", [90.0, 50.0, 41.0], look_of("exact"))], "Error")
    assert [">0</text>" in drawing, ">50</text>" in drawing, ">100</text>" in drawing] == [True] * 3
