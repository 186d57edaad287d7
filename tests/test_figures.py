"""Figures show what they are given, on the Axes they are given, in more than color alone."""

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from strategies import read_only, refusal

from kquant_helpers.experiments import rate_distortion_sweep
from kquant_helpers.figures import (
    image_grid,
    show_counts,
    show_curves,
    show_densities,
    show_histogram,
    show_image,
    show_rate_distortion,
)

GRAY = np.array([[0, 0, 7], [255, 7, 7]], np.uint8)
COLOR = np.stack([GRAY, GRAY[::-1], 255 - GRAY], axis=-1)
DRAWINGS = {
    "image": lambda ax: show_image(COLOR, ax, "a title"),
    "histogram": lambda ax: show_histogram(COLOR, ax, "a title"),
    "channels": lambda ax: show_histogram(COLOR, ax, "a title", per_channel=True),
    "counts": lambda ax: show_counts(np.ones(256), ax, "a title"),
    "densities": lambda ax: show_densities({"one": GRAY, "other": COLOR}, ax, "a title"),
    "curves": lambda ax: show_curves([1, 2, 4], {"error": [9, 3, 1]}, ax, "a title"),
}
ROWS = tuple(rate_distortion_sweep(COLOR, ks=[1, 8], qualities=[5, 90]))
DRAWINGS["rate-distortion"] = lambda ax: show_rate_distortion(ROWS, ax, "a title")
PLOTS = [name for name in DRAWINGS if name != "image"]
every_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


@pytest.fixture(autouse=True)
def nothing_is_warned():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def steps(line):
    """Return a histogram's outline as counts by intensity."""
    assert list(line.get_xdata()) == list(range(256))
    return np.asarray(line.get_ydata())


def legend_of(ax):
    legend = ax.get_legend()
    return [] if legend is None else [text.get_text() for text in legend.get_texts()]


# All of them


@every_drawing
def test_a_figure_takes_axes_and_returns_them(draw):
    ax = plt.subplots()[1]
    assert draw(ax) is ax
    assert ax.get_title() == "a title"
    assert len(plt.get_fignums()) == 1


@every_drawing
def test_a_figure_without_axes_is_one_of_its_own(draw):
    assert draw(None).figure.number in plt.get_fignums()
    draw(None).figure.canvas.draw()
    assert len(plt.get_fignums()) == 2


@every_drawing
def test_drawing_leaves_matplotlibs_settings_alone(draw):
    before = dict(plt.rcParams)
    draw(None)
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_in_a_grid_of_pictures_gets_its_axes_back(name):
    left, right = image_grid(1, 2)
    DRAWINGS[name](right)
    assert right.axison and right.get_xlabel()
    assert not left.axison


# Grid


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 3), (2, 3)])
def test_a_grid_has_flat_axes_without_ticks_in_one_figure(rows, columns):
    axes = image_grid(rows, columns)
    assert axes.shape == (rows * columns,)
    assert not any(ax.axison for ax in axes)
    assert len({ax.figure for ax in axes}) == 1


def test_a_grid_is_shaped_like_its_pictures():
    tall, wide = (image_grid(1, 1, shape)[0].figure for shape in ((900, 300), (300, 900, 3)))
    assert tall.get_figheight() > tall.get_figwidth()
    assert wide.get_figheight() < wide.get_figwidth()


# Image


@pytest.mark.parametrize("image", [GRAY, COLOR, GRAY // 255], ids=["gray", "color", "dark"])
def test_an_image_is_shown_with_its_true_intensities(image):
    ax = show_image(read_only(image))
    [shown] = ax.images
    np.testing.assert_array_equal(shown.get_array(), image)
    if image.ndim == 2:
        assert shown.get_clim() == (0, 255) and shown.get_cmap().name == "gray"
    assert not ax.axison


@pytest.mark.parametrize("image", [np.zeros((2, 2)), [[1]], np.zeros((2, 2, 4), np.uint8), None])
def test_what_is_no_image_is_not_shown(image):
    refusal((TypeError, ValueError), show_image, image)
    assert plt.get_fignums() == []


# Histograms and densities


@pytest.mark.parametrize("image", [GRAY, COLOR])
def test_a_histogram_has_a_bar_for_each_of_256_intensities(image):
    bars = show_histogram(image).patches
    heights = [bar.get_height() for bar in bars]
    np.testing.assert_array_equal(heights, np.bincount(image.ravel(), minlength=256))
    np.testing.assert_allclose([bar.get_x() + bar.get_width() / 2 for bar in bars], range(256))


def test_a_histogram_of_each_channel_is_told_apart_by_color_dash_and_name():
    ax = show_histogram(COLOR, per_channel=True)
    for i, line in enumerate(ax.lines):
        expected = np.bincount(COLOR[..., i].ravel(), minlength=256)
        np.testing.assert_array_equal(steps(line), expected)
    assert len({line.get_color() for line in ax.lines}) == 3
    assert len({line.get_linestyle() for line in ax.lines}) == 3
    assert legend_of(ax) == ["R", "G", "B"]


def test_a_gray_image_has_one_histogram_however_it_is_asked_for():
    ax = show_histogram(GRAY, per_channel=True)
    assert len(ax.patches) == 256 and not ax.lines


@pytest.mark.parametrize("per_channel", [False, True])
def test_levels_are_marked_and_named(per_channel):
    for levels in ([3.5, 200.0], np.array([[3.5], [200.0]])):
        ax = show_histogram(COLOR, levels=levels, per_channel=per_channel)
        np.testing.assert_array_equal(np.ravel(ax.lines[-1].get_xdata()), [3.5, 200])
        assert "levels" in legend_of(ax)


def test_a_histogram_of_floats_is_refused():
    assert "uint8" in refusal(TypeError, show_histogram, np.zeros((2, 2)))


def test_densities_sum_to_one_whatever_the_size():
    ax = show_densities({"one": GRAY, "other": COLOR})
    for line, image in zip(ax.lines, (GRAY, COLOR), strict=True):
        expected = np.bincount(image.ravel(), minlength=256) / image.size
        np.testing.assert_allclose(steps(line), expected)
    assert legend_of(ax) == ["one", "other"]
    assert len({line.get_linestyle() for line in ax.lines}) == 2


@pytest.mark.parametrize("counts", [np.arange(256), np.arange(768).reshape(3, 256).tolist()])
def test_counts_are_shown_as_they_are(counts):
    ax = show_counts(counts, top=500)
    for line, expected in zip(ax.lines, np.atleast_2d(counts), strict=True):
        np.testing.assert_array_equal(steps(line), expected)
    assert ax.get_ylim() == (0, 500)
    assert legend_of(ax) == (["R", "G", "B"] if len(ax.lines) == 3 else [])


def test_counts_bear_names_and_are_told_apart():
    ax = show_counts(np.ones((2, 256)), names=("one", "other"))
    assert legend_of(ax) == ["one", "other"]
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 2


def test_no_counts_yet_show_nothing_and_odd_ones_are_refused():
    assert show_counts(None) is None
    for odd in (np.zeros((256, 3)), np.zeros(255), ["a"] * 256):
        assert "numbers of shape (256,)" in refusal((TypeError, ValueError), show_counts, odd)


def test_nothing_to_compare_is_an_empty_plot():
    assert not show_densities({}).lines
    assert not show_curves([1, 2], {}).lines


# Curves


def test_curves_hold_their_values_and_names():
    curves = {"global": [9, 4, 1], "channel": [8, 3, 0.5]}
    ax = show_curves([1, 2, 4], curves, xlabel="levels", ylabel="error")
    for line, (name, values) in zip(ax.lines, curves.items(), strict=True):
        np.testing.assert_array_equal(line.get_xdata(), [1, 2, 4])
        np.testing.assert_array_equal(line.get_ydata(), values)
        assert line.get_label() == name
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("levels", "error")


def test_many_curves_are_told_apart_by_marker_and_dash():
    ax = show_curves([1, 2], {str(i): [i, i] for i in range(10)})
    looks = {(line.get_marker(), line.get_linestyle()) for line in ax.lines[:8]}
    assert len(looks) == 8 and len(ax.lines) == 10


def test_k_doubles_from_tick_to_tick():
    ks = [2**i for i in range(9)]
    ax = show_curves(ks, {"error": ks})
    ax.figure.canvas.draw()
    assert ax.get_xscale() == "log"
    assert [label.get_text() for label in ax.get_xticklabels()] == [str(k) for k in ks]
    assert show_curves(ks, {"error": ks}, log_x=False, log_y=True).get_yscale() == "log"
    assert show_curves(ks, {"error": ks}, log_x=False).get_xscale() == "linear"


@pytest.mark.parametrize("size", ["file", "fixed_rate", "entropy"])
def test_rate_distortion_has_a_named_curve_a_method_without_infinite_points(size):
    ax = show_rate_distortion(ROWS, size=size)
    names = list(dict.fromkeys(row.method for row in ROWS))
    assert [line.get_label() for line in ax.lines] == names
    for line in ax.lines:
        points = np.array(line.get_data(), dtype=float)
        assert np.isfinite(points).all()
    lossy = [row for row in ROWS if np.isfinite(row.peak_snr)]
    assert sum(len(line.get_xdata()) for line in ax.lines) == len(lossy)


def test_there_are_four_sizes_to_draw():
    assert "four" in refusal(ValueError, show_rate_distortion, ROWS, size="bytes")
