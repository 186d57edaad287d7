"""The explorers of lesson 07: error against size, a game, a budget, and what they wait for."""

import json
import re
import zlib

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kquant_helpers as kq
from kquant_helpers.experiments import KS, METHODS
from kquant_helpers.explorers.budget import best_row
from kquant_helpers.explorers.difference import play, quantized_side
from kquant_helpers.explorers.frame import Buttons, Explorer, Slider, View
from kquant_helpers.explorers.measured import measured_rows
from kquant_helpers.explorers.plots import Curve, xy_svg
from kquant_helpers.explorers.shell import Front, build_widget
from kquant_helpers.looks import LOOKS, look_of

SMALL = kq.load_photo("china", (24, 36))
PRESSES = st.lists(st.sampled_from(["Left", "Right", "Next round"]), max_size=30)


def walk(widget):
    """Yield a widget and all below it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def found(widget, kind, **traits):
    """Return the widgets of a kind whose traits have these values."""
    return [
        each
        for each in walk(widget)
        if isinstance(each, kind)
        and all(getattr(each, name) == value for name, value in traits.items())
    ]


def about(front):
    """Return what the page is told of a view."""
    return json.loads(zlib.decompress(front.view["about"]))


def test_a_photo_is_measured_once_however_often_it_is_asked_for():
    calls = []
    image = 255 - SMALL
    first = measured_rows(image, lambda done, total: calls.append((done, total)))
    assert calls[0][0] == 0
    assert calls[-1][0] == calls[-1][1] == len(first)
    seen = len(calls)
    assert measured_rows(image.copy(), lambda *_: calls.append(_)) is first
    assert len(calls) == seen


@pytest.mark.parametrize(
    "photo", [SMALL, SMALL[..., 0], np.full((5, 3, 3), 9, np.uint8), np.zeros((1, 1), np.uint8)]
)
@pytest.mark.parametrize("name", ["explore_rate_distortion", "explore_budget"])
def test_photos_that_are_gray_tiny_or_of_one_color_are_measured_too(name, photo):
    explorer = getattr(kq, name)(np.ascontiguousarray(photo))
    for control in explorer.controls:
        for value in (control.values[0], control.values[-1]):
            view = explorer.render({control.name: value})
            assert view.message == ""
            assert "nan" not in view.plots[0]
            assert "inf" not in view.plots[0].replace("infinite", "")


def test_a_students_curve_is_drawn_over_the_others_and_read_out():
    def halved(image, ks):
        return [[k / 2, 10 + k / 10] for k in ks]

    explorer = kq.explore_rate_distortion(SMALL, function=halved)
    view = explorer.render({"step": 2})
    assert view.readouts[-1] == ("Yours, k = 8", "4.00 bits/pixel, 10.8 dB")
    assert ">yours<" in view.plots[0]
    assert ">yours<" not in kq.explore_rate_distortion(SMALL).render().plots[0]


def test_a_students_infinite_psnr_is_drawn_and_a_nan_is_refused():
    for psnr, message in ((np.inf, False), (np.nan, True)):
        explorer = kq.explore_rate_distortion(SMALL, lambda image, ks, p=psnr: [[1, p]] * len(ks))
        assert bool(explorer.render().message) is message


@settings(deadline=None, max_examples=50)
@given(most=st.integers(0, 20_000))
def test_the_best_for_a_budget_fits_and_nothing_that_fits_is_better(most):
    rows = measured_rows(SMALL)
    fitting = [row for row in rows if row.file_bytes <= most]
    if not fitting:
        with pytest.raises(ValueError, match="allow more"):
            best_row(rows, most)
        return
    best = best_row(rows, most)
    assert best in fitting
    assert best.peak_snr == max(row.peak_snr for row in fitting)


@settings(deadline=None)
@given(presses=PRESSES, seed=st.integers(0, 5), step=st.integers(0, len(KS) - 1))
def test_a_game_counts_each_round_once_and_moves_k_by_one_step(presses, seed, step):
    games = [play(presses[:n], step, seed) for n in range(len(presses) + 1)]
    for before, after, press in zip(games, games[1:], presses, strict=False):
        assert after.round - before.round in (0, 1)
        assert abs(after.step - before.step) <= 1
        assert len(after.results) - len(before.results) in (0, 1)
        if len(after.results) > len(before.results):
            k, right = after.results[-1]
            assert k == KS[before.step]
            assert right == (press == quantized_side(before.round, seed))


def test_two_right_answers_in_a_row_double_k_and_a_wrong_one_halves_it():
    presses, steps = [], []
    for number, right in enumerate((True, True, True, False, True, True), start=1):
        side = quantized_side(number, seed=1)
        other = {"Left": "Right", "Right": "Left"}[side]
        presses += [side if right else other, "Next round"]
        steps.append(play(presses, 3, seed=1).step)
    assert steps == [3, 4, 4, 3, 3, 4]


def test_a_seed_draws_both_sides_and_always_the_same_ones():
    sides = [quantized_side(number, seed=4) for number in range(1, 40)]
    assert set(sides) == {"Left", "Right"}
    assert sides == [quantized_side(number, seed=4) for number in range(1, 40)]
    assert sides != [quantized_side(number, seed=5) for number in range(1, 40)]


def test_nothing_tells_the_sides_apart_before_the_answer():
    explorer = kq.explore_difference(SMALL)
    asked, told = explorer.render(), explorer.render({"presses": ("Left",)})
    assert (asked.before.caption, asked.after.caption) == ("Left", "Right")
    assert dict(asked.readouts)["PSNR"] == "after your answer"
    assert {told.before.caption, told.after.caption} == {"Original", "Quantized, k = 8"}
    assert {asked.before.png, asked.after.png} == {told.before.png, told.after.png}
    assert dict(told.readouts)["PSNR"].endswith("dB")


def test_buttons_are_remembered_and_forgotten_when_another_control_moves():
    states = []

    def draw(state):
        states.append(dict(state))
        return View(readouts=(("presses", str(state["presses"])),))

    controls = (Slider("k", "k", (1, 2), 1), Buttons("presses", "Answer", ("Left", "Right")))
    widget = build_widget(Explorer("test", controls, draw))
    (left,) = found(widget, widgets.Button, description="Left")
    (right,) = found(widget, widgets.Button, description="Right")
    (slider,) = found(widget, widgets.SelectionSlider)
    left.click()
    right.click()
    assert states[-1] == {"k": 1, "presses": ("Left", "Right")}
    drawn = len(states)
    slider.value = 2
    assert states[drawn:] == [{"k": 2, "presses": ()}]
    right.click()
    assert states[-1] == {"k": 2, "presses": ("Right",)}


def test_a_progress_bar_is_on_the_page_while_something_slow_is_prepared_and_gone_after():
    events = []

    def prepare(state, progress):
        for done in range(4):
            progress(done, 3)
            (bar,) = found(shown[0], widgets.IntProgress)
            events.append((bar.value, bar.max, bar.layout.display))

    shown = []
    explorer = Explorer(
        "slow", (Slider("k", "k", (1, 2), 1),), lambda state: View(), prepare=prepare
    )
    widget = build_widget(explorer, show=shown.append)
    assert shown == [widget]
    assert events == [(percent, 100, None) for percent in (0, 33, 66, 100)]
    (bar,) = found(widget, widgets.IntProgress)
    assert bar.layout.display == "none"


def test_what_a_preparation_refuses_is_told_by_the_drawing():
    def refuse(*arguments):
        raise ValueError("This is no photo: give another.")

    controls = (Slider("k", "k", (1, 2), 1),)
    widget = build_widget(Explorer("test", controls, refuse, prepare=refuse))
    (front,) = found(widget, Front)
    assert "give another" in about(front)["message"]


@settings(deadline=None, max_examples=50)
@given(
    points=st.lists(
        st.tuples(
            st.floats(1e-3, 1e6), st.floats(0, 99) | st.just(float("inf")) | st.just(float("nan"))
        ),
        max_size=8,
    )
)
def test_a_plot_holds_every_point_that_has_a_place(points):
    xs, ys = zip(*points, strict=True) if points else ((), ())
    curve = Curve("curve", LOOKS["rgb"], xs, ys, [f"point {i}" for i in range(len(xs))])
    drawn = xy_svg([curve], "a plot", x_label="x", y_label="y")
    assert drawn.count("<title>") == sum(not np.isnan(y) for y in ys)
    for broken in ("nan", "inf"):
        assert broken not in drawn.replace("infinite", "")


def test_an_infinite_psnr_stands_above_all_others_and_is_marked():
    curve = Curve("curve", LOOKS["rgb"], [1, 2, 3], [30, np.inf, 55], ["low", "best", "high"])
    drawn = xy_svg([curve], "a plot", x_label="x", y_label="y")
    places = dict(re.findall(r'translate\([\d.]+ ([\d.]+)\)"[^>]*><title>(\w+)', drawn))
    rows = {tip: float(row) for row, tip in places.items()}
    assert rows["best"] < rows["high"] - 10 < rows["low"]
    assert ">∞</text>" in drawn


def test_an_axis_that_does_not_start_at_0_is_marked_as_cut():
    curves = [Curve("curve", LOOKS["rgb"], [1, 2], ys, ["", ""]) for ys in ([0, 30], [25, 30])]
    cut = ["l-3-2 6-3" in xy_svg([each], "a plot", x_label="x", y_label="y") for each in curves]
    assert cut == [False, True]


def test_methods_of_one_plot_differ_in_more_than_color():
    looks = [look_of(method) for method in METHODS] + [look_of("yours")]
    assert len({(look.dash, look.marker) for look in looks}) == len(looks)
    assert len({look.color for look in looks}) == len(looks)
