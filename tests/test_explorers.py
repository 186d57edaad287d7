"""Every explorer renders at both ends of every slider, tells what it shows, and never breaks."""

import asyncio
import io
import json
import zlib
from inspect import signature
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

import kquant_helpers as kq
from kquant_helpers.explorers import EXPLORERS
from kquant_helpers.explorers.frame import (
    Choice,
    Explorer,
    Later,
    Photo,
    Pick,
    Picked,
    Slider,
    View,
    photo_picture,
    picture,
)

every_explorer = pytest.mark.parametrize("name", EXPLORERS)


def build(name, **arguments):
    return getattr(kq, name)(**arguments)


def ends(explorer):
    """Return the states with one control at one of its ends, or at each of its choices."""
    for control in explorer.controls:
        values = control.values
        for value in values if isinstance(control, Choice) else (values[0], values[-1]):
            yield {control.name: value}


def pictures_of(view):
    pictures = (view.before, view.after, *view.extras, *view.below)
    return [each for each in pictures if each is not None]


def decoded(picture):
    with Image.open(io.BytesIO(picture.png)) as image:
        image.load()
        return image


@every_explorer
def test_an_explorer_renders_at_both_ends_of_every_control(name):
    explorer = build(name)
    for state in ends(explorer):
        view = explorer.render(state)
        assert view.message == "", state
        assert pictures_of(view) or view.drawing
        assert view.readouts


@every_explorer
def test_pictures_are_lossless_png_of_the_shape_they_claim(name):
    for each in pictures_of(build(name).render()):
        image = decoded(each)
        assert image.format == "PNG"
        assert (image.height, image.width) == tuple(each.shape)


@every_explorer
def test_every_picture_and_plot_has_a_text_alternative(name):
    view = build(name).render()
    for each in pictures_of(view):
        assert len(each.alt) > 10
        assert each.caption
    for plot in filter(None, (view.drawing, *view.plots)):
        root = ElementTree.fromstring(plot)
        assert root.get("role") == "img"
        assert len(root.get("aria-label")) > 10


@every_explorer
def test_every_control_has_a_label_and_starts_on_one_of_its_values(name):
    for control in build(name).controls:
        assert control.label
        assert control.value in control.values


@every_explorer
def test_readouts_are_words_and_numbers_that_change_with_a_slider(name):
    explorer = build(name)
    seen = {explorer.render(state).readouts for state in ends(explorer)}
    assert len(seen) > 1
    assert all(label and text for readouts in seen for label, text in readouts)


@every_explorer
def test_the_same_state_gives_the_same_view(name):
    assert build(name).render() == build(name).render()


def stub(*arguments):
    raise NotImplementedError


def broken(*arguments):
    return 1 / 0


def silent(*arguments):
    return None


PHOTO_EXPLORERS = [name for name in EXPLORERS if "photo" in signature(getattr(kq, name)).parameters]
STUDENTS = [name for name in EXPLORERS if "function" in signature(getattr(kq, name)).parameters]


@pytest.mark.parametrize("name", STUDENTS)
@pytest.mark.parametrize("function", [stub, broken, silent])
def test_a_function_that_is_not_ready_shows_one_friendly_line(name, function):
    explorer = build(name, function=function)
    for state in ({}, *ends(explorer)):
        view = explorer.render(state)
        assert view.message.count(".") >= 1
        assert view.message.endswith(".")
        assert "\n" not in view.message
        assert "Traceback" not in view.message


@pytest.mark.parametrize("name", STUDENTS)
def test_an_explorer_that_runs_a_students_code_waits_for_release(name):
    assert build(name).live
    assert not build(name, function=stub).live


def test_a_state_seen_before_is_not_drawn_again():
    drawn = []

    def draw(state):
        drawn.append(state["k"])
        return View(readouts=(("k", str(state["k"])),))

    explorer = Explorer("counting", (Slider("k", "k", (1, 2, 3), 1),), draw)
    for k in (1, 2, 1, 3, 2):
        assert explorer.render({"k": k}).readouts == (("k", str(k)),)
    assert drawn == [1, 2, 3]


def test_an_explorer_forgets_old_views_before_they_fill_the_memory():
    values = tuple(range(500))
    explorer = Explorer("many", (Slider("k", "k", values, 0),), lambda state: View())
    for k in values:
        explorer.render({"k": k})
    assert len(explorer._seen) <= 64


@pytest.mark.parametrize("photo", ["camera", "gray ramp", np.full((1, 1, 3), 7, np.uint8)])
def test_the_explorers_of_the_first_lessons_take_any_photo(photo):
    for name in ("explore_bits", "explore_histogram", "explore_global", "explore_channels"):
        explorer = build(name, photo=photo)
        for state in ends(explorer):
            assert explorer.render(state).message == ""


@pytest.mark.parametrize("photo", ["no such file.png", b"no photo", np.zeros((4, 4)), 7])
@pytest.mark.parametrize("name", PHOTO_EXPLORERS)
def test_what_is_no_photo_shows_one_friendly_line(name, photo):
    view = build(name, photo=photo).render()
    assert view.message.endswith(".")
    assert "\n" not in view.message
    assert not pictures_of(view)


def test_keep_top_bits_of_a_student_and_of_the_package_look_alike():
    own = build("explore_bits", photo="china")
    students = build("explore_bits", photo="china", function=lambda i, b: i >> (8 - b) << (8 - b))
    for bits in (1, 4, 8):
        images = [each.render({"bits": bits}).after.image for each in (own, students)]
        assert np.array_equal(*images)


def test_more_levels_than_a_student_may_use_are_pointed_out():
    explorer = build("explore_global", photo="china", function=lambda image, k: image)
    readouts = dict(explorer.render({"k": 4}).readouts)
    assert "at most 4" in readouts["Levels"]
    assert "possible" not in readouts["Colors in use"]


def unpacked(view):
    """Return what the page is told of a packed view, with its bytes."""
    return json.loads(zlib.decompress(view["about"])), view["data"]


def slider_and_front(explorer):
    from kquant_helpers.explorers.shell import Front, build_widget

    found = list(walk(build_widget(explorer)))
    slider = next(each for each in found if getattr(each, "description", "") == "k")
    return slider, next(each for each in found if isinstance(each, Front))


def test_the_widget_shows_the_first_view_and_follows_its_slider():
    def draw(state):
        image = np.full((2, 2), state["k"], np.uint8)
        shown = picture(image, "caption", f"gray {state['k']}")
        return View(before=shown, after=shown, readouts=(("k", str(state["k"])),))

    slider, front = slider_and_front(Explorer("test", (Slider("k", "k", (1, 2), 1),), draw))
    for value in (1, 2):
        slider.value = value
        about, data = unpacked(front.view)
        assert about["after"]["alt"] == f"gray {value}"
        assert about["readouts"] == [["k", str(value)]]
        assert zlib.decompress(data[about["after"]["form"]["data"]])[:2] == bytes([value] * 2)


def test_an_original_is_sent_once_for_all_its_steps():
    photo = Photo(np.arange(12, dtype=np.uint8).reshape(3, 4))

    def draw(state):
        shown = picture(photo.pixels // np.uint8(state["k"]), "caption", "alt", of=photo)
        return View(photo_picture(photo, "Original", "alt"), shown)

    slider, front = slider_and_front(Explorer("test", (Slider("k", "k", (1, 2, 3), 1),), draw))
    sent = []
    front.observe(lambda change: sent.append(change["name"]), names=["photos", "view"])
    slider.value, slider.value = 2, 3
    assert sent == ["view", "view"]
    assert list(front.photos) == [photo.key]
    about, data = unpacked(front.view)
    assert about["after"]["form"]["photo"] == photo.key
    assert sum(map(len, data)) <= 3 * 256


def test_a_page_that_lost_an_original_gets_it_again():
    photo = Photo(np.zeros((3, 4), np.uint8))
    shown = photo_picture(photo, "Original", "alt")
    _, front = slider_and_front(
        Explorer("t", (Slider("k", "k", (1, 2), 1),), lambda s: View(shown))
    )
    sent = []
    front.observe(lambda change: sent.append(list(change["new"])), names="photos")
    front._handle_custom_msg({"need": photo.key}, [])
    front._handle_custom_msg({"need": "another"}, [])
    assert sent == [[], [photo.key]]


def test_readouts_that_take_longer_follow_with_the_number_of_their_view():
    def draw(state):
        return View(readouts=(("k", "now"), ("PNG", Later(lambda: f"{state['k']} kB"))))

    slider, front = slider_and_front(Explorer("t", (Slider("k", "k", (1, 2), 1),), draw))
    slider.value = 2
    about, _ = unpacked(front.view)
    assert about["readouts"] == [["k", "now"], ["PNG", "…"]]
    assert front.later == {"serial": about["serial"], "texts": {"PNG": "2 kB"}}


def test_a_newer_value_puts_off_the_readouts_of_an_older_one():
    computed = []

    def draw(state):
        return View(readouts=(("PNG", Later(lambda: computed.append(state["k"]) or "kB")),))

    async def drag():
        slider, front = slider_and_front(Explorer("t", (Slider("k", "k", (1, 2, 3), 1),), draw))
        for value in (2, 3, 2, 3):
            slider.value = value
            await asyncio.sleep(0)
        while not front.later:
            await asyncio.sleep(0.01)

    asyncio.run(drag())
    assert computed == [3]


def test_what_is_picked_is_part_of_the_state():
    states = []

    def draw(state):
        states.append(state["pick"])
        return View(message="nothing")

    _, front = slider_and_front(Explorer("t", (Slider("k", "k", (1, 2), 1), Pick()), draw))
    front.pick = [3, 10, 20]
    front.pick = None
    assert states == [None, Picked(3, 10, 20)]
    assert unpacked(front.view)[0]["pick"] is True


def walk(widget):
    """Yield a widget and all below it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


@pytest.mark.parametrize("shape", [(1500, 2400), (2400, 1500), (700, 961)])
def test_a_large_photo_is_reduced_alike_however_it_is_handed_in(tmp_path, shape):
    pixels = kq.load_photo("color ramp", shape)
    path = tmp_path / "photo.png"
    path.write_bytes(kq.png_bytes(pixels))
    kinds = (pixels, Image.fromarray(pixels), path, str(path), path.read_bytes())
    shown = [build("explore_bits", photo=kind).render().before.image for kind in kinds]
    assert max(shown[0].shape) == 960
    assert all(np.array_equal(each, shown[0]) for each in shown)


def test_a_small_photo_is_not_enlarged(tmp_path):
    pixels = kq.load_photo("color ramp", (30, 40))
    for kind in (pixels, kq.png_bytes(pixels)):
        assert np.array_equal(build("explore_bits", photo=kind).render().before.image, pixels)
