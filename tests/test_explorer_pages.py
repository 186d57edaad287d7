"""All explorers in JupyterLab: each shows its render's pixels, sends little, and is named."""

import hashlib
import json
import zlib

import nbformat
import numpy as np
import pytest
from jupyterlab_pages import MINUTE, open_notebook, run_all_cells
from test_front_end import violations

import kquant_helpers as kq
from kquant_helpers.explorers import EXPLORERS
from kquant_helpers.explorers.frame import Choice, Pick, Slider
from kquant_helpers.explorers.wire import packed_view

# What measures all methods first gets a small photo.
ARGUMENTS = dict.fromkeys(
    ("explore_rate_distortion", "explore_budget"), 'kq.load_photo("china", (60, 96))'
)

# Bytes that one step of a slider may take, with all that JupyterLab says beside it.
LEVELS, PALETTE = 8_000, 350_000

_HASHES = """async explorer => {
    const { scene } = explorer.querySelector('.kq-view').kqViewer;
    const hash = async layer => {
        if (!layer) return null;
        const { canvas, width, height } = layer;
        const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
        const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
        return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
    };
    return [await hash(scene.before), await hash(scene.after)];
}"""
_SHOWS = """([explorer, wanted]) => {
    const about = explorer.querySelector('.kq-view')?.kqViewer?.about;
    return about?.after?.name === wanted.after?.name && about?.drawing === wanted.drawing
        && JSON.stringify(about.readouts) === JSON.stringify(wanted.readouts);
}"""
_IS_DONE = """([explorer, before]) => {
    const { about, source } = explorer.querySelector('.kq-view').kqViewer;
    const waits = about.readouts.some(([, text]) => text === '…');
    return about.serial > before && (!waits || source.later()?.serial === about.serial);
}"""
_SERIAL = "explorer => explorer.querySelector('.kq-view').kqViewer.about.serial"


def build(name):
    code = ARGUMENTS.get(name)
    return getattr(kq, name)(*([] if code is None else [kq.load_photo("china", (60, 96))]))


@pytest.fixture(scope="module")
def lab(browser, server, classroom):
    """Return a page with every explorer on it, and the bytes that its sockets receive."""
    page = browser.new_page(viewport={"width": 1366, "height": 650})
    page.set_default_timeout(MINUTE)
    received, troubles = [], []
    keep = received.append
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: keep(frame)))
    page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    path = classroom / "explorers.ipynb"
    lines = [f"kq.{name}({ARGUMENTS.get(name, '')})" for name in EXPLORERS]
    cells = [nbformat.v4.new_code_cell(code) for code in ("import kquant_helpers as kq", *lines)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    open_notebook(page, server, path)
    run_all_cells(page)
    views = "[...document.querySelectorAll('.kq-view')].filter(each => each.kqViewer.about)"
    page.wait_for_function(f"count => {views}.length === count", arg=len(EXPLORERS))
    yield page, received
    assert [text for text in troubles if "favicon" not in text] == []
    page.close()


def explorer_on(page, name):
    found = page.locator(".kq-explorer").nth(list(EXPLORERS).index(name))
    found.scroll_into_view_if_needed()
    return found


def control_on(explorer, control):
    """Return the handle of a slider, or a menu, by the label beside it."""
    found = explorer.evaluate_handle(
        """(explorer, [label, selector]) => {
            const labels = [...explorer.querySelectorAll('.kq-controls .widget-label')];
            const own = labels.find(each => each.textContent.trim() === label);
            return own.parentElement.querySelector(selector);
        }""",
        [control.label, ".noUi-handle" if isinstance(control, Slider) else "select"],
    )
    return found.as_element()


def set_control(explorer, control, value):
    """Move a real slider to one of its ends, or choose from a menu."""
    place = control_on(explorer, control)
    if isinstance(control, Choice):
        place.select_option(label=value)
    else:
        place.focus()
        explorer.page.keyboard.press("Home" if value == control.values[0] else "End")


def wanted(view):
    """Return what the page shows for a view, as the front end is told."""
    about = json.loads(zlib.decompress(packed_view(view)["about"]))
    return {key: about[key] for key in ("after", "drawing", "readouts")}


def sha(picture):
    if picture is None:
        return None
    image = picture.image.reshape(*picture.shape, -1)
    rgba = np.full((*picture.shape, 4), 255, np.uint8)
    rgba[..., :3] = image
    return hashlib.sha256(rgba.tobytes()).hexdigest()


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_canvas_shows_renders_pixels_at_both_ends_of_every_control(lab, name):
    page, _ = lab
    explorer, shown = build(name), explorer_on(page, name)
    state = {}
    for control in explorer.controls:
        if not isinstance(control, (Slider, Choice)):
            continue
        for value in (control.values[0], control.values[-1]):
            if value != state.get(control.name, control.value):
                set_control(shown, control, value)
            state[control.name] = value
            view = explorer.render(state)
            page.wait_for_function(_SHOWS, arg=[shown.element_handle(), wanted(view)])
            assert shown.evaluate(_HASHES) == [sha(view.before), sha(view.after)], state


def bytes_of_steps(lab, name, label):
    """Return the bytes received for each step of a slider, from its start to its right end."""
    page, received = lab
    explorer = explorer_on(page, name)
    control = next(each for each in build(name).controls if each.label == label)
    handle, sizes = control_on(explorer, control), []
    set_control(explorer, control, control.values[0])
    page.wait_for_timeout(1000)  # What the other tests still wait for is not counted.
    for _ in control.values[1:]:
        before = explorer.evaluate(_SERIAL)
        received.clear()
        handle.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(_IS_DONE, arg=[explorer.element_handle(), before])
        sizes.append(sum(len(frame) for frame in received))
    return sizes


@pytest.mark.parametrize(
    ("name", "label", "most"),
    [
        ("explore_bits", "Bits per channel", LEVELS),
        ("explore_global", "Levels k", LEVELS),
        ("explore_channels", "Levels per channel", LEVELS),
        ("explore_palette", "Colors k", PALETTE),
    ],
)
def test_a_step_sends_few_bytes(lab, name, label, most):
    sizes = bytes_of_steps(lab, name, label)
    assert max(sizes) <= most, sizes
    assert min(sizes) > 100


def test_thirty_keys_in_a_second_end_on_the_right_picture(lab):
    page, _ = lab
    shown, explorer = explorer_on(page, "explore_global"), build("explore_global")
    for control in explorer.controls:
        set_control(shown, control, control.values[0])
    for key in ["ArrowRight"] * 17 + ["ArrowLeft"] * 13:
        page.keyboard.press(key, delay=5)
    view = explorer.render(
        {control.name: control.values[0] for control in explorer.controls[:2]}
        | {"k": explorer.controls[2].values[4]}
    )
    page.wait_for_function(_SHOWS, arg=[shown.element_handle(), wanted(view)])
    assert shown.evaluate(_HASHES) == [sha(view.before), sha(view.after)]


def test_axe_finds_no_violation_in_any_explorer(lab):
    page, _ = lab
    assert violations(page, ".kq-explorer") == []


def test_picks_are_part_of_the_state_and_clicked_colors_light_up(lab):
    page, _ = lab
    shown, explorer = explorer_on(page, "explore_palette"), build("explore_palette")
    detail = next(each for each in explorer.controls if each.name == "detail")
    set_control(shown, detail, detail.values[0])
    shown.locator(".kq-frame .kq-canvas").click(position={"x": 60, "y": 60})
    page.wait_for_function(
        """explorer => {
            const { about } = explorer.querySelector('.kq-view').kqViewer;
            return about.lit !== null && about.extras[0].caption.includes('where you clicked');
        }""",
        arg=shown.element_handle(),
    )
    assert any(isinstance(each, Pick) for each in explorer.controls)


def test_the_button_beside_play_goes_to_the_next_split(lab):
    page, _ = lab
    shown = explorer_on(page, "explore_centnn")
    step = next(each for each in build("explore_centnn").controls if each.name == "step")
    set_control(shown, step, step.values[0])
    shown.get_by_role("button", name="To the next split").click()
    page.wait_for_function(
        "explorer => explorer.querySelector('.kq-readouts').innerText.includes('gets the twin')",
        arg=shown.element_handle(),
    )


def test_every_explorer_fits_under_a_laptops_notebook(lab):
    page, _ = lab
    room = page.locator(".jp-WindowedPanel-outer").first.bounding_box()["height"]
    for name in EXPLORERS:
        box = explorer_on(page, name).locator(".kq-frame, .kq-drawing").first.bounding_box()
        top = explorer_on(page, name).bounding_box()["y"]
        if box:
            assert box["y"] + box["height"] - top <= room, name
