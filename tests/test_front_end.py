"""The front end alone, in a real browser and without a kernel: what it shows, and what it hears."""

import base64
import io
import json
import re
import subprocess

import numpy as np
import pytest
from lessons import ROOT
from PIL import Image
from playwright.sync_api import expect

from kquant_helpers.explorers.frame import (
    Photo,
    View,
    palette_picture,
    photo_picture,
    picture,
    spotlight_picture,
)
from kquant_helpers.explorers.wire import PROTOCOL, packed_photo, packed_view, photos_of

FRONT = ROOT / "kquant_helpers" / "explorers" / "front"
TOOLS = ROOT / "tests" / "node_modules"
ADDRESS = "http://kquant.test/"

# A source that is fed by hand, and remembers what it was told.
_PAGE = """<!doctype html><html lang="en"><head><title>kquant</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="explorer.css">
<style>body { margin: 0; color: CanvasText; background: Canvas; color-scheme: light dark }</style>
</head><body><main><div class="kq-explorer" id="here"></div></main><script type="module">
import { mount } from "./explorer.js";
const unpack = value => {
  if (typeof value === "string" && value.startsWith("base64:")) {
    return Uint8Array.from(atob(value.slice(7)), each => each.charCodeAt(0));
  }
  if (Array.isArray(value)) return value.map(unpack);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each)]));
  }
  return value;
};
const now = { view: {}, later: {}, photos: {} };
const calls = { view: [], later: [], photos: [] };
const on = name => run => { calls[name].push(run); return () => { calls[name] = []; }; };
window.picked = [];
window.needed = [];
window.feed = (name, value) => { now[name] = unpack(value); calls[name].forEach(run => run()); };
window.stop = mount(document.querySelector("#here"), {
  view: () => now.view, later: () => now.later, photos: () => now.photos,
  onView: on("view"), onLater: on("later"), onPhotos: on("photos"),
  pick: value => window.picked.push(value), need: key => window.needed.push(key),
});
window.viewer = document.querySelector(".kq-view").kqViewer;
</script></body></html>"""

_CENTER = """() => {
  const box = document.querySelector('.kq-canvas').getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height];
}"""


@pytest.fixture
def stage(browser):
    """Return a page on which the front end waits for a view; nothing may go wrong on it."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    troubles = []
    page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.route(f"{ADDRESS}**", serve)
    page.goto(ADDRESS)
    page.wait_for_function("window.viewer !== undefined")
    yield page
    assert troubles == []
    page.close()


def serve(route):
    name = route.request.url.removeprefix(ADDRESS)
    if name:
        route.fulfill(path=FRONT / name)
    else:
        route.fulfill(body=_PAGE, content_type="text/html")


def as_text(value):
    """Return what is sent with its bytes as text, for a page that is fed by hand."""
    if isinstance(value, bytes):
        return f"base64:{base64.b64encode(value).decode()}"
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    return [as_text(each) for each in value] if isinstance(value, list) else value


def feed(stage, view, serial=1, *, pick=False, photos=True):
    """Send a view, and wait until it is on the page."""
    if photos:
        packed = {key: packed_photo(photo) for key, photo in photos_of(view).items()}
        stage.evaluate("value => feed('photos', value)", as_text(packed))
    stage.evaluate("value => feed('view', value)", as_text(packed_view(view, serial, pick=pick)))
    stage.wait_for_function("serial => viewer.about?.serial === serial", arg=serial)


def read_back(stage, which):
    """Return the pixels on a canvas of the page, as RGB."""
    shown = stage.evaluate(
        """which => {
            const { small, scene } = viewer;
            const layer = typeof which === 'number' ? small[which].after : scene[which];
            const { canvas, width, height } = layer;
            const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
            return { width, height, rgba: Array.from(data) };
        }""",
        which,
    )
    pixels = np.array(shown["rgba"], np.uint8).reshape(shown["height"], shown["width"], 4)
    assert (pixels[..., 3] == 255).all()
    return pixels[..., :3]


def as_rgb(image):
    return np.broadcast_to(image.reshape(*image.shape[:2], -1), (*image.shape[:2], 3))


RANDOM = np.random.default_rng(4)
COLOR = Photo(RANDOM.integers(0, 256, (48, 80, 3), np.uint8))
GRAY = Photo(RANDOM.integers(0, 256, (48, 80), np.uint8))
TABLES = RANDOM.integers(0, 256, (3, 256), np.uint8)
BLOCKS = np.arange(60).reshape(6, 10) % 7
COLORS = RANDOM.integers(0, 256, (9, 3), np.uint8)


def halved(photo):
    return picture(photo.pixels // 2, "Halved", "The photo, darker", of=photo)


def compared(photo=COLOR, after=None, **others):
    """Return a view that compares a photo with a picture."""
    before = photo_picture(photo, "Original", "The photo")
    return View(before, after or halved(photo), **others)


FORMS = {
    "the photo": photo_picture(COLOR, "Original", "The photo"),
    "the gray photo": photo_picture(GRAY, "Original", "The photo"),
    "a table for each channel": picture(
        np.stack([TABLES[c][COLOR.pixels[..., c]] for c in range(3)], -1), "a", "b", of=COLOR
    ),
    "a table for gray": picture(TABLES[0][GRAY.pixels], "a", "b", of=GRAY),
    "a spotlight": spotlight_picture(COLOR, TABLES > 200, TABLES // 4, "a", "b"),
    "a gray spotlight": spotlight_picture(GRAY, TABLES[:1] > 90, TABLES[:1] // 4, "a", "b"),
    "a palette": palette_picture(RANDOM.integers(0, 9, (48, 80)), COLORS, "a", "b"),
    "pixels": picture(COLOR.pixels[::-1], "a", "b"),
    "gray pixels": picture(GRAY.pixels[::-1], "a", "b"),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_picture_is_on_the_canvas_as_its_pixels(stage, form):
    shown = FORMS[form]
    feed(stage, View(photo_picture(COLOR, "Original", "The photo"), shown, extras=(shown,)))
    assert np.array_equal(read_back(stage, "before"), COLOR.pixels)
    assert np.array_equal(read_back(stage, "after"), as_rgb(shown.image))
    assert np.array_equal(read_back(stage, 0), as_rgb(shown.image))


def visible(stage):
    """Return what is on the large canvas itself, as RGBA, and where the picture lies on it."""
    png, place = stage.evaluate(
        "() => [viewer.scene.canvas.toDataURL('image/png'), viewer.scene.place]"
    )
    content = io.BytesIO(base64.b64decode(png.partition(",")[2]))
    return np.asarray(Image.open(content).convert("RGBA")), place


def test_from_two_times_on_pixels_are_whole_squares_and_not_smoothed(stage):
    feed(stage, View(after=halved(COLOR)))
    _, place = visible(stage)
    for _ in range(2):
        fitted = place["scale"]
        stage.get_by_role("button", name="Zoom in").click()
        canvas, place = visible(stage)
        scale = place["scale"]
        assert scale > fitted and scale == int(scale) >= 2
        scale = int(scale)
        large = halved(COLOR).image.repeat(scale, axis=0).repeat(scale, axis=1)
        top, left = place["top"], place["left"]
        part = large[max(-top, 0) :, max(-left, 0) :]
        rows = canvas[max(top, 0) :, max(left, 0) :, :3]
        height, width = np.minimum(part.shape[:2], rows.shape[:2])
        assert np.array_equal(rows[:height, :width], part[:height, :width])


def test_left_of_the_line_is_before_and_right_of_it_after(stage):
    black, white = (picture(np.full((40, 64), v, np.uint8), "c", "a") for v in (0, 255))
    feed(stage, View(black, white))
    for key, share in (("End", 1), ("Home", 0)):
        stage.locator(".kq-line").press(key)
        rgba, _ = visible(stage)
        dark = rgba[..., 3].astype(bool) & (rgba[..., 0] == 0)
        assert dark.sum() == share * rgba[..., 3].astype(bool).sum()


def test_the_line_is_dragged_in_the_picture_by_mouse_and_by_touch(stage):
    feed(stage, compared())
    line = stage.locator(".kq-line")
    x, y, width, _ = stage.evaluate(_CENTER)
    stage.mouse.move(x + width / 4, y)
    stage.mouse.down()
    stage.mouse.move(x - width / 4, y, steps=4)
    stage.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", re.compile("^2[3-7]$"))
    touch(stage, ("pointerdown", x, y), ("pointermove", x + width / 4, y), ("pointerup", x, y))
    expect(line).to_have_attribute("aria-valuenow", re.compile("^7[3-7]$"))


def touch(stage, *events, finger=7):
    """Let a finger touch, move and leave."""
    for name, x, y in events:
        init = {"clientX": x, "clientY": y, "pointerId": finger, "pointerType": "touch"}
        stage.evaluate(
            """([name, init]) => {
                const frame = document.querySelector('.kq-frame');
                frame.setPointerCapture = () => {};
                const event = new PointerEvent(name, { ...init, bubbles: true, isPrimary: true });
                frame.querySelector('.kq-canvas').dispatchEvent(event);
            }""",
            [name, init],
        )


def test_the_line_is_a_slider_with_its_value_in_words(stage):
    feed(stage, compared())
    line = stage.get_by_role("slider", name="Line between the two pictures")
    expect(line).to_have_attribute("aria-valuetext", "50 % Original, 50 % Halved")
    line.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuetext", "51 % Original, 49 % Halved")
    line.press("Shift+ArrowLeft")
    expect(line).to_have_attribute("aria-valuenow", "41")


def scale(stage):
    return stage.evaluate("viewer.scene.place.scale")


def test_zoom_by_wheel_by_keys_and_by_two_fingers_and_all_is_shown_again(stage):
    feed(stage, compared())
    fit = scale(stage)
    x, y = stage.evaluate(_CENTER)[:2]
    stage.mouse.move(x, y)
    stage.mouse.wheel(0, -120)
    assert scale(stage) == fit, "the page scrolls until the picture is zoomed"
    stage.keyboard.down("Control")
    stage.mouse.wheel(0, -120)
    stage.keyboard.up("Control")
    stage.wait_for_function("fit => viewer.scene.place.scale > fit", arg=fit)
    canvas = stage.locator(".kq-frame .kq-canvas")
    canvas.press("+")
    wheeled = scale(stage)
    canvas.press("-")
    assert fit < scale(stage) < wheeled
    canvas.press("0")
    assert scale(stage) == fit
    touch(stage, ("pointerdown", x - 20, y), finger=1)
    touch(stage, ("pointerdown", x + 20, y), finger=2)
    touch(stage, *(("pointermove", x + 20 + 5 * i, y) for i in range(6)), finger=2)
    assert scale(stage) > fit


def test_a_zoomed_picture_is_moved_by_dragging(stage):
    feed(stage, compared())
    stage.get_by_role("button", name="Zoom in").click()
    x, y = stage.evaluate(_CENTER)[:2]
    before = stage.evaluate("viewer.scene.place")
    stage.mouse.move(x + 60, y + 60)
    stage.mouse.down()
    stage.mouse.move(x + 90, y + 80, steps=3)
    stage.mouse.up()
    after = stage.evaluate("viewer.scene.place")
    moved = np.subtract([after["left"], after["top"]], [before["left"], before["top"]])
    # Pixels stay on whole ones of the screen.
    assert abs(moved - [30, 20]).max() <= 1


def test_the_value_under_the_pointer_is_told_before_and_after_with_place_and_index(stage):
    indices = RANDOM.integers(0, 9, (48, 80))
    feed(stage, compared(after=palette_picture(indices, COLORS, "9 colors", "a", pickable=True)))
    x, y, _, _ = stage.evaluate(_CENTER)
    stage.mouse.move(x + 3, y + 3)
    row, column = stage.evaluate(
        "([x, y]) => viewer.scene.pixelAt({ clientX: x, clientY: y })", [x + 3, y + 3]
    )
    text = stage.locator(".kq-value").inner_text()
    for part in (
        f"Row {row}, column {column}",
        f"Original: {', '.join(map(str, COLOR.pixels[row, column]))}",
        f"9 colors: {', '.join(map(str, COLORS[indices[row, column]]))}",
        f"index {indices[row, column]}",
    ):
        assert part in re.sub(r"\s+", " ", text)


def test_the_keyboards_cursor_reads_pixels_and_picks(stage):
    after = picture(GRAY.pixels // 2, "c", "alt", of=GRAY, picks=BLOCKS, block=8)
    feed(stage, compared(GRAY, after), pick=True)
    canvas = stage.locator(".kq-frame .kq-canvas")
    canvas.press("ArrowRight")
    expect(stage.locator(".kq-value")).to_contain_text("Row 24, column 40")
    canvas.press("ArrowRight")
    canvas.press("Shift+ArrowDown")
    expect(stage.locator(".kq-value")).to_contain_text("Row 34, column 41")
    canvas.press("Enter")
    assert stage.evaluate("window.picked") == [[int(BLOCKS[4, 5]), 34, 41]]


MOSAIC = picture(
    np.arange(7, dtype=np.uint8)[np.newaxis] * 30, "mosaic", "codewords", picks=np.arange(7)[None]
)


def block_view(**others):
    after = picture(GRAY.pixels // 2, "c", "alt", of=GRAY, picks=BLOCKS, block=8)
    plot = (
        '<svg viewBox="0 0 9 9" role="img" aria-label="swatches">'
        '<rect width="9" height="9" data-index="3"/></svg>'
    )
    return compared(GRAY, after, extras=(MOSAIC,), plots=(plot,), **others)


def lit(stage):
    """Return the index that is lit up in each picture."""
    return stage.evaluate("[viewer.scene, ...viewer.small].map(scene => scene.lit)")


def test_a_pick_lights_up_its_counterparts_and_once_more_lets_go(stage):
    feed(stage, block_view(), pick=True)
    small = stage.locator(".kq-extras .kq-canvas")
    box = small.bounding_box()
    for times in (1, 2):
        small.click(position={"x": box["width"] * 2.5 / 7, "y": box["height"] / 2})
        assert lit(stage) == ([2, 2] if times == 1 else [None, None])
    swatch = stage.locator("[data-index='3']")
    swatch.click()
    expect(swatch).to_have_class("kq-lit")
    assert lit(stage) == [3, 3]
    assert stage.evaluate("window.picked") == [[2, None, None], None, [3, None, None]]


def test_what_is_lit_leaves_its_pixels_and_darkens_the_others(stage):
    feed(stage, block_view(lit=4), pick=True)
    rgba, place = visible(stage)
    for row, column in ((0, 4), (0, 5)):
        y = int(place["top"] + place["scale"] * (8 * row + 0.5))
        x = int(place["left"] + place["scale"] * (8 * column + 0.5))
        image = GRAY.pixels if x < rgba.shape[1] / 2 else GRAY.pixels // 2
        same = rgba[y, x, 0] == image[8 * row, 8 * column]
        assert same == (BLOCKS[row, column] == 4)


def test_the_arrow_keys_walk_through_a_mosaic(stage):
    feed(stage, block_view(), pick=True)
    small = stage.locator(".kq-extras .kq-canvas")
    small.press("ArrowRight")
    small.press("ArrowRight")
    small.press("Enter")
    assert lit(stage) == [2, 2]


def test_the_difference_is_eight_times_as_bright_as_the_error(stage):
    feed(stage, compared())
    button = stage.get_by_role("button", name="Difference")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(stage.locator(".kq-captions").first).to_contain_text("black is none")
    apart = np.abs(COLOR.pixels.astype(int) - halved(COLOR).image).sum(axis=-1)
    gap = stage.evaluate(
        "Array.from(viewer.scene.gap.getContext('2d').getImageData(0, 0, 80, 48).data)"
    )
    bright = np.array(gap).reshape(48, 80, 4)[..., 0]
    assert np.array_equal(bright, np.minimum(np.rint(8 * apart / 3), 255))


def test_alternatives_and_captions_follow_the_view(stage):
    canvas = stage.locator(".kq-frame .kq-canvas")
    for serial, name in enumerate(("two levels", "four levels"), start=1):
        shown = picture(COLOR.pixels // serial, name, f"The photo in {name}", of=COLOR)
        feed(stage, compared(after=shown), serial)
        assert f"The photo in {name}" in canvas.get_attribute("aria-label")
        expect(stage.locator(".kq-captions").first).to_contain_text(name)


def test_an_original_that_the_page_has_lost_is_asked_for(stage):
    view = compared()
    stage.evaluate("value => feed('view', value)", as_text(packed_view(view, 1)))
    stage.wait_for_function("window.needed.length > 0")
    assert stage.evaluate("window.needed") == [COLOR.key]
    feed(stage, view, serial=2)
    assert np.array_equal(read_back(stage, "before"), COLOR.pixels)


def test_the_newest_of_many_views_is_the_one_that_stays(stage):
    packed = {COLOR.key: packed_photo(COLOR)}
    stage.evaluate("value => feed('photos', value)", as_text(packed))
    views = [
        as_text(packed_view(compared(after=picture(COLOR.pixels // n, f"{n}", "a", of=COLOR)), n))
        for n in range(1, 31)
    ]
    stage.evaluate("views => views.forEach(view => feed('view', view))", views)
    stage.wait_for_function("viewer.about?.serial === 30")
    assert np.array_equal(read_back(stage, "after"), COLOR.pixels // 30)


def test_readouts_that_follow_find_their_line_and_old_ones_do_not(stage):
    feed(stage, View(readouts=(("k", "2"), ("PNG", "…"))), serial=5)
    line = stage.locator(".kq-readouts > div").nth(1)
    stage.evaluate("feed('later', { serial: 4, texts: { PNG: 'stale' } })")
    expect(line).to_have_text("PNG…")
    stage.evaluate("feed('later', { serial: 5, texts: { PNG: '12 kB' } })")
    expect(line).to_have_text("PNG12 kB")


def test_nothing_jumps_when_lines_of_readouts_come_and_go(stage):
    below = stage.locator(".kq-plots")
    heights = []
    for serial, rows in enumerate((3, 1, 3), start=1):
        readouts = tuple((f"row {i}", "1") for i in range(rows))
        feed(stage, compared(readouts=readouts, plots=block_view().plots), serial)
        heights.append((below.bounding_box()["y"], stage.locator(".kq-view").bounding_box()))
    assert heights[0] == heights[1] == heights[2]


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (View(message="This is no photo: give another."), "This is no photo"),
        (View(), "There is nothing to show here yet."),
    ],
)
def test_a_view_without_pictures_is_a_friendly_line(stage, view, sentence):
    feed(stage, compared(), serial=1)
    feed(stage, view, serial=2)
    expect(stage.locator(".kq-message")).to_contain_text(sentence)
    expect(stage.locator(".kq-frame")).to_be_hidden()
    feed(stage, compared(), serial=3)
    expect(stage.locator(".kq-message")).to_have_count(0)
    expect(stage.locator(".kq-frame")).to_be_visible()


def test_a_front_end_of_another_version_asks_for_a_reload(stage, monkeypatch):
    monkeypatch.setattr("kquant_helpers.explorers.wire.PROTOCOL", PROTOCOL + 1)
    stage.evaluate("value => feed('view', value)", as_text(packed_view(compared(), 1)))
    expect(stage.locator(".kq-message")).to_contain_text("reload it")


def test_bytes_that_are_cut_short_are_told(stage):
    wire = packed_view(View(after=FORMS["pixels"]), 1)
    wire["data"] = [wire["data"][0][:100]]
    stage.evaluate("value => feed('view', value)", as_text(wire))
    expect(stage.locator(".kq-message")).to_contain_text("did not arrive whole")


@pytest.mark.parametrize("refusal", ["return null", "throw new RangeError('too large')"])
def test_a_canvas_that_the_browser_refuses_is_told(stage, refusal):
    stage.evaluate(f"() => {{ HTMLCanvasElement.prototype.getContext = () => {{ {refusal} }} }}")
    stage.evaluate("value => feed('view', value)", as_text(packed_view(View(after=MOSAIC), 1)))
    expect(stage.locator(".kq-message")).to_contain_text("cannot draw a picture of 7 × 1 pixels")


def test_the_same_pictures_are_not_unpacked_twice(stage):
    feed(stage, compared(), serial=1)
    stage.evaluate("window.first = viewer.scene.before")
    feed(stage, compared(after=FORMS["pixels"]), serial=2)
    assert stage.evaluate("window.first === viewer.scene.before")


def test_taken_off_the_page_it_leaves_nothing_behind(stage):
    feed(stage, compared())
    stage.evaluate("window.stop()")
    expect(stage.locator(".kq-view")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark", "forced"])
def test_axe_finds_no_violation(stage, theme):
    forced = theme == "forced"
    stage.emulate_media(
        color_scheme="light" if forced else theme, forced_colors="active" if forced else None
    )
    feed(stage, block_view(lit=2, readouts=(("Levels", "2"),)), pick=True)
    assert violations(stage) == []
    feed(stage, View(message="This is no photo."), serial=2)
    assert violations(stage) == []


def violations(page, within="#here"):
    """Return what axe-core finds: each rule with the elements that break it."""
    page.evaluate((TOOLS / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("within => axe.run(within)", within)["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def test_nothing_moves_by_itself(stage):
    feed(stage, block_view())
    assert stage.evaluate(
        """[...document.querySelectorAll('.kq-explorer *')].every(each => {
            const { animationName, transitionDuration } = getComputedStyle(each);
            return animationName === 'none' && transitionDuration === '0s';
        })"""
    )


def test_the_front_end_is_tidy():
    command = [TOOLS / ".bin" / "biome", "ci", "--error-on-warnings", FRONT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_front_end_stays_small_and_needs_nothing_else():
    scripts = [path.read_text() for path in FRONT.glob("*.js")]
    assert sum(text.count("\n") for text in scripts) <= 1000
    assert not re.search(r"^import |\bimport\(|https?://", "".join(scripts), re.MULTILINE)


def test_every_function_of_the_front_end_says_what_it_does():
    lines = (FRONT / "explorer.js").read_text().splitlines()
    told = [
        lines[i - 1].strip().startswith(("/**", "*/", "*"))
        for i, line in enumerate(lines)
        if re.match(r"(export )?(async )?(function|class) ", line)
    ]
    assert len(told) > 10
    assert all(told)


def test_both_sides_speak_the_same_protocol():
    assert f"export const PROTOCOL = {PROTOCOL};" in (FRONT / "explorer.js").read_text()
    assert json.loads((ROOT / "tests" / "package.json").read_text())["private"]
