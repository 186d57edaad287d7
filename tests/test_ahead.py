"""An explorer without a kernel: views computed ahead, and what a saved notebook shows of it."""

import base64
import io
import json
import zlib

import numpy as np
import pytest
from lessons import Kernel
from nbconvert import MarkdownExporter
from nbformat.v4 import new_notebook
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

import kquant_helpers as kq
from kquant_helpers.explorers.ahead import (
    played_ahead,
    smaller_view,
    states_ahead,
    still_picture,
    views_ahead,
)
from kquant_helpers.explorers.frame import Photo, View, photo_picture, picture

EXPLORERS = {
    "bits": lambda: kq.explore_bits("flower"),
    "levels": lambda: kq.explore_global("chelsea"),
    "palette": lambda: kq.explore_palette("coffee"),
    "blocks": lambda: kq.explore_blocks("camera"),
}
each_explorer = pytest.mark.parametrize("name", EXPLORERS)


@each_explorer
def test_all_values_of_each_control_are_there_alone(name):
    explorer = EXPLORERS[name]()
    states = states_ahead(explorer)
    for control in explorer.controls:
        for value in control.values:
            assert explorer.start | {control.name: value} in states
    assert states[0] == explorer.start
    assert len({json.dumps(state, default=str) for state in states}) == len(states)


@each_explorer
def test_every_view_names_bytes_that_are_there_and_reads_as_the_kernels(name):
    explorer = EXPLORERS[name]()
    views = views_ahead(explorer)
    played = json.loads(json.dumps(played_ahead(explorer, views, 3)))
    texts, abouts = json.loads(zlib.decompress(base64.b64decode(played["packed"])))
    for state, about, view in zip(played["states"], abouts, views, strict=True):
        assert set(state["data"]) <= set(played["bytes"])
        assert about["readouts"] == [list(row) for row in view.readouts]
        assert [texts[each] for each in about["plots"]] == list(view.plots)
        assert texts[about["drawing"]] == view.drawing


@each_explorer
@pytest.mark.parametrize("step", [2, 3])
def test_of_a_large_picture_each_step_th_pixel_is_kept(name, step):
    view = EXPLORERS[name]().render()
    small = smaller_view(view, step)
    if max(view.after.shape) > 300:
        np.testing.assert_array_equal(small.after.image, view.after.image[::step, ::step])
        assert small.after.shape == small.after.image.shape[:2]
    else:
        assert small.after == view.after
    assert small.readouts == view.readouts


@pytest.mark.parametrize("step", [2, 3, 8])
def test_of_waves_and_blocks_a_part_is_kept_pixel_by_pixel(step):
    explorer = kq.explore_frequencies("camera")
    view = explorer.render()
    played = played_ahead(explorer, [view] * len(states_ahead(explorer)), step)
    _, abouts = json.loads(zlib.decompress(base64.b64decode(played["packed"])))
    assert abouts[0]["after"]["caption"] == f"{view.after.caption}, a detail"
    detail = smaller_view(view, step, detail=True)
    side = 512 // step // 16 * 16
    assert detail.after.shape == (side, side) == tuple(abouts[0]["after"]["shape"])
    windows = sliding_window_view(view.before.image, (side, side))[::16, ::16]
    top, left = np.argwhere((windows == detail.before.image).all(axis=(2, 3)))[0] * 16
    part = view.after.image[top : top + side, left : left + side]
    np.testing.assert_array_equal(detail.after.image, part)


def test_the_index_of_a_pixel_is_the_same_in_a_detail():
    image, picks = np.zeros((400, 320), np.uint8), np.arange(8000).reshape(100, 80) % 9
    image[128:240:2, 112:208] = 255
    before = photo_picture(Photo(image), "Original", "Original")
    whole = View(before, picture(image, "Blocks", "Blocks", picks=picks, block=4))
    after = smaller_view(whole, 3, detail=True).after
    assert after.shape == (128, 96)
    np.testing.assert_array_equal(after.image, image[112:240, 112:208])
    np.testing.assert_array_equal(after.picks, picks[28:60, 28:52])


def test_a_still_picture_has_the_original_left_and_the_result_right():
    photo = np.zeros((40, 60), np.uint8)
    view = kq.explore_bits(photo + np.uint8(200)).render({"bits": 1})
    still = still_picture(view)
    assert (still[:, :30] == 200).all() and (still[:, 31:] == view.after.image[0, 0]).all()


def test_a_saved_notebook_shows_a_picture_and_readouts_where_no_widget_lives(tmp_path):
    with Kernel(tmp_path) as kernel:
        kernel.run("import kquant_helpers as kq")
        cell = kernel.run("kq.explore_bits('china')")
    (output,) = [each for each in cell.outputs if each["output_type"] == "display_data"]
    assert "application/vnd.jupyter.widget-view+json" in output["data"]
    assert "Colors in use: 239,545" in output["data"]["text/plain"]
    content = base64.b64decode(output["data"]["image/png"])
    assert Image.open(io.BytesIO(content)).size == (360, 225)
    assert len(content) < 150_000
    text, resources = MarkdownExporter().from_notebook_node(new_notebook(cells=[cell]))
    assert "![png]" in text and len(resources["outputs"]) == 1
