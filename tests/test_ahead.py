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
from PIL import Image

import kquant_helpers as kq
from kquant_helpers.explorers.ahead import played_ahead, states_ahead, still_picture, thinned_view

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
    played = json.loads(json.dumps(played_ahead(explorer, 3)))
    for state, at in zip(played["states"], states_ahead(explorer), strict=True):
        assert set(state["view"]["data"]) <= set(played["bytes"])
        packed = base64.b64decode(played["bytes"][state["view"]["about"]])
        about = json.loads(zlib.decompress(packed))
        readouts = [list(row) for row in explorer.render(at).finished().readouts]
        assert about["readouts"] == readouts


@each_explorer
@pytest.mark.parametrize("step", [2, 3])
def test_thinning_keeps_each_step_th_pixel_of_a_large_picture(name, step):
    view = EXPLORERS[name]().render()
    thin = thinned_view(view, step)
    if max(view.after.shape) > 300:
        np.testing.assert_array_equal(thin.after.image, view.after.image[::step, ::step])
        assert thin.after.shape == thin.after.image.shape[:2]
    else:
        assert thin.after == view.after
    assert thin.readouts == view.readouts


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
