"""The explorers of lesson 04 show the palette that they say, where it paints, and turn rigidly."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from strategies import assert_one_sentence, colors

import kquant_helpers as kq
from kquant_helpers.explorers.color_cloud import project
from kquant_helpers.explorers.frame import Picked
from kquant_helpers.explorers.palette import METHODS
from kquant_helpers.explorers.plots import palette_svg

ANGLES = st.floats(-360, 360)


def shown(picture):
    with Image.open(io.BytesIO(picture.png)) as image:
        return np.asarray(image.convert("RGB"))


def readout(view, label):
    return dict(view.readouts)[label]


@pytest.mark.parametrize("method", METHODS)
def test_the_result_is_the_photo_in_the_palette_of_the_method(method):
    photo = kq.load_photo("coffee", 90)
    view = kq.explore_palette(photo).render({"k": 6, "method": method})
    assert np.array_equal(shown(view.after), kq.quantize(photo, 6, "rgb", method).image)
    error = kq.squared_error(photo, shown(view.after))
    assert readout(view, "Mean squared error") == f"{error:.1f}"
    assert readout(view, "Bits per pixel").startswith("3 +")


def test_a_students_palette_paints_each_pixel_with_its_nearest_color():
    photo = kq.load_photo("china", 60)
    palette = np.uint8([[0, 0, 0], [255, 255, 255], [200, 90, 40], [90, 120, 40]])
    view = kq.explore_palette(photo, lambda image, k: palette[:k]).render({"k": 3})
    distances = np.square(photo[:, :, np.newaxis].astype(int) - palette[:3]).sum(axis=-1)
    assert np.array_equal(shown(view.after), palette[distances.argmin(axis=-1)])


@pytest.mark.parametrize(
    "palette",
    [np.zeros((4, 3)), np.zeros((3, 4), np.uint8), np.zeros((5, 3), np.uint8), [[1, 2]], "red"],
)
def test_a_students_palette_of_another_kind_is_told_so_in_one_sentence(palette):
    explorer = kq.explore_palette(kq.load_photo("china", 40), lambda image, k: palette)
    message = explorer.render({"k": 4}).message
    assert message.startswith("learn_palette(photo, 4) ")
    assert message.endswith(".")


def test_the_learner_runs_once_for_all_details_of_one_result():
    calls = []

    def learn(image, k):
        calls.append(k)
        return image.reshape(-1, 3)[:k]

    explorer = kq.explore_palette(kq.load_photo("china", 60), learn)
    places = next(control for control in explorer.controls if control.name == "detail").values
    details = [explorer.render({"k": 4, "detail": place}).extras[0].png for place in places]
    assert calls == [4]
    assert len(set(details)) > 1


def test_the_detail_of_the_largest_error_is_where_the_error_is():
    photo = np.full((200, 160, 3), 90, np.uint8)
    photo[150:155, 120:125] = 255, 0, 0
    flat = np.uint8([[90, 90, 90], [90, 90, 90]])
    explorer = kq.explore_palette(photo, lambda image, k: flat)
    detail = shown(explorer.render({"k": 2, "detail": "largest error"}).extras[0])
    assert (detail == (255, 0, 0)).all(axis=-1).any()


@settings(deadline=None, max_examples=25)
@given(colors(), st.sampled_from(["center", "top left", "bottom right", "largest error"]))
def test_any_color_photo_can_be_explored(photo, place):
    for explorer, state in (
        (kq.explore_palette(photo), {"detail": place}),
        (kq.explore_color_cloud(photo), {"elevation": 90}),
    ):
        assert explorer.render({"k": 2} | state).message == ""


@pytest.mark.parametrize("explore", [kq.explore_palette, kq.explore_color_cloud])
def test_a_gray_photo_is_refused_in_one_sentence(explore):
    message = explore("camera").render().message
    assert "color" in message
    assert_one_sentence(message)


def test_swatches_show_every_color_and_shares_fill_the_strip():
    palette = np.random.default_rng(0).integers(0, 256, (40, 3), dtype=np.uint8)
    shares = np.arange(40) / np.arange(40).sum()
    root = ElementTree.fromstring(palette_svg(palette, shares, "Forty"))
    rects = [rect for rect in root.iter("rect") if rect.get("fill") != "none"]
    fills = [f"rgb({', '.join(map(str, color))})" for color in palette]
    assert [rect.get("fill") for rect in rects[:40]] == fills
    assert [rect.get("fill") for rect in rects[40:]] == fills
    widths = [float(rect.get("width")) for rect in rects[40:]]
    assert np.allclose(np.array(widths) / sum(widths), shares, atol=1e-3)


@settings(deadline=None, max_examples=50)
@given(ANGLES, ANGLES)
def test_turning_keeps_all_distances(azimuth, elevation):
    colors = np.random.default_rng(0).uniform(0, 255, (20, 3))
    places, depths = project(colors, azimuth, elevation)
    turned = np.column_stack([places, depths])
    before = np.linalg.norm(colors[:, np.newaxis] - colors, axis=-1)
    after = np.linalg.norm(turned[:, np.newaxis] - turned, axis=-1)
    assert np.allclose(before, after)


def test_from_above_white_lies_on_black_and_before_it():
    places, depths = project(np.array([[0, 0, 0], [255, 255, 255]]), 70, 90)
    assert np.allclose(places, 0)
    assert depths[1] > depths[0]


def test_a_full_turn_shows_the_same_cloud():
    colors = np.eye(3) * 255
    assert np.allclose(project(colors, 0, 20)[0], project(colors, 360, 20)[0])


def test_points_can_be_shown_in_their_palette_color_or_not_at_all():
    explorer = kq.explore_color_cloud(kq.load_photo("flower", 120))
    values = next(control for control in explorer.controls if control.name == "points").values
    colors = [
        len(
            np.unique(
                shown(explorer.render({"k": 4, "points": value}).after).reshape(-1, 3), axis=0
            )
        )
        for value in values
    ]
    assert colors[0] > colors[1] >= colors[2]


def test_a_click_lights_up_its_color_and_shows_the_detail_around_it():
    photo = np.zeros((200, 160, 3), np.uint8)
    photo[20:60, 100:140] = 250, 10, 10
    explorer = kq.explore_palette(photo)
    view = explorer.render({"k": 2, "pick": Picked(None, 40, 120)})
    assert view.after.palette[view.lit].tolist() == [250, 10, 10]
    assert (shown(view.extras[0]) == (250, 10, 10)).all(axis=-1).mean() > 0.7
    assert explorer.render({"k": 2, "pick": Picked(1)}).lit == 1
    assert explorer.render({"k": 2}).lit is None


def test_levels_per_channel_lie_on_a_grid_in_the_cloud():
    explorer = kq.explore_color_cloud(kq.load_photo("flower", 120))
    for k, side in ((2, 1), (8, 2), (64, 4), (256, 6)):
        view = explorer.render({"k": k, "method": "levels per channel"})
        assert readout(view, "Palette").startswith(f"{side**3} color")
