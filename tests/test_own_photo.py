"""A student's own photo in an explorer: by button, drop and paste, and what cannot be read."""

import base64
import io
import sys
import types

import nbformat
import numpy as np
import pytest
from jupyterlab_pages import MINUTE, open_notebook, run_all_cells
from PIL import Image
from playwright.sync_api import expect

import kquant_helpers as kq
from kquant_helpers.explorers import EXPLORERS
from kquant_helpers.explorers.own_photo import MAX_BYTES, OwnPhoto
from kquant_helpers.explorers.shell import build_widget
from kquant_helpers.explorers.subject import add_own_photo

_HAND_OVER = """(explorer, [kind, files]) => {
    const data = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    const options = { bubbles: true, cancelable: true };
    explorer.querySelector('.kq-view').dispatchEvent(kind === 'paste'
        ? new ClipboardEvent('paste', { ...options, clipboardData: data })
        : new DragEvent(kind, { ...options, dataTransfer: data }));
}"""


def photo_file(color, kind="PNG", **options):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(content, kind, **options)
    return content.getvalue()


def own_photo_of(widget):
    """Return the button of an explorer's widget."""
    found = [each for each in every_widget(widget) if isinstance(each, OwnPhoto)]
    return found[0] if found else None


def every_widget(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every_widget(child)


@pytest.fixture
def button():
    """Return the button of an explorer, and the sentences that it sends."""
    button, said = own_photo_of(build_widget(kq.explore_bits())), []
    button.send = lambda content: said.append(content["message"])
    return button, said


@pytest.mark.parametrize(
    "name",
    ["explore_bits", "explore_blocks", "explore_level_density", "explore_centnn_levels"],
)
def test_an_own_photo_becomes_the_explorers_photo(name):
    explorer = getattr(kq, name)()
    button = own_photo_of(build_widget(explorer))
    button._take(None, {"name": "red.png"}, [memoryview(photo_file("red"))])
    menu = button._menu
    assert menu.value.startswith("red.png")
    assert menu.options[0] in explorer.controls[0].values


def test_every_explorer_with_a_menu_of_photos_has_the_button():
    for name in set(EXPLORERS) - {"explore_rate_distortion", "explore_budget"}:
        explorer = getattr(kq, name)()
        has_menu = any(control.name == "photo" for control in explorer.controls)
        assert (own_photo_of(build_widget(explorer)) is not None) == has_menu, name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty (zero bytes)"),
        (b"no photo at all", "a text file, not a photo"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (photo_file("red")[:60], "damaged"),
        (bytes(MAX_BYTES + 1), "more than 20 MB"),
    ],
    ids=["empty", "text", "heic", "cut off", "large"],
)
def test_what_cannot_be_read_is_told_and_the_sample_stays(button, content, reason):
    button, said = button
    before = button._menu.value, button._menu.options
    button._take(None, {"name": "file"}, [content])
    assert reason in said[-1]
    assert said[-1].endswith("The photo before stays.")
    assert (button._menu.value, button._menu.options) == before


def test_two_photos_of_one_name_are_two(button):
    button, _ = button
    button._take(None, {"name": "a.png"}, [photo_file("red")])
    first = button._menu.value
    button._take(None, {"name": "a.png"}, [photo_file("blue")])
    assert button._menu.value != first


def test_a_large_file_comes_in_pieces(button):
    button, said = button
    content = photo_file("red", "BMP")
    for at in range(0, len(content), 1000):
        assert button._menu.value == "china"
        about = {"name": "red.bmp", "at": at, "more": at + 1000 < len(content)}
        button._take(None, about, [memoryview(content[at : at + 1000])])
    assert button._menu.value.startswith("red.bmp")
    assert said == [""]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF"])
def test_of_several_pictures_the_first_is_taken_and_that_is_told(button, kind):
    button, said = button
    others = [Image.new("RGB", (64, 48), color) for color in ("lime", "blue")]
    moving = photo_file("red", kind, save_all=True, append_images=others)
    button._take(None, {"name": "moving"}, [moving])
    assert said == ["It holds 3 pictures: the first one is shown."]
    assert button._menu.value.startswith("moving")


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_explorer_shows_an_own_photo_as_it_does_a_given_one(mode):
    pixels = np.random.default_rng(7).integers(0, 256, (60, 90, 3), np.uint8)
    pixels = pixels if mode == "RGB" else pixels[..., 0]
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    name = add_own_photo(content.getvalue(), "own.png")
    for each in EXPLORERS:
        menu, given = getattr(kq, each)(), getattr(kq, each)(pixels)
        if not any(control.name == "photo" for control in menu.controls):
            continue
        at_first = menu.render({"photo": name})
        assert not at_first.message or (mode == "L" and "color" in at_first.message), each
        shown, same = menu.render(given.start | {"photo": name}).finished(), given.render()
        assert (shown.message, shown.readouts) == (same.message, same.finished().readouts), each


def test_colab_is_told_to_load_the_front_end(monkeypatch):
    calls = []
    colab = types.ModuleType("google.colab")
    colab.output = types.SimpleNamespace(enable_custom_widget_manager=lambda: calls.append(1))
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    build_widget(kq.explore_bits())
    assert calls == [1]


def test_a_photo_is_opened_dropped_and_pasted_in_jupyterlab(page, server, classroom):
    path = classroom / "own-photo.ipynb"
    code = "import kquant_helpers as kq\nkq.explore_bits()"
    cells = [nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    open_notebook(page, server, path)
    run_all_cells(page)
    take_own_photos(page)


def take_own_photos(page):
    """Hand photos to the first explorer of a page in every way."""
    explorer = page.locator(".kq-explorer:has(.kq-own)").first
    menu, status = (
        explorer.get_by_label("Photo", exact=True),
        explorer.locator(".kq-own [role=status]"),
    )
    expect(explorer.get_by_role("button", name="Your own photo…")).to_be_visible(timeout=MINUTE)
    file = {"name": "red.png", "mimeType": "image/png", "buffer": photo_file("red")}
    explorer.locator(".kq-own input").set_input_files(file)
    expect(menu.locator("option:checked")).to_contain_text("red.png")
    expect(status).to_be_empty()
    large = np.random.default_rng(1).integers(0, 256, (2000, 2500, 3), np.uint8)
    content = io.BytesIO()
    Image.fromarray(large).save(content, "BMP")
    assert len(content.getvalue()) > 10 * 2**20, "more than a server takes at once"
    file = {"name": "large.bmp", "mimeType": "image/bmp", "buffer": content.getvalue()}
    explorer.locator(".kq-own input").set_input_files(file)
    expect(menu.locator("option:checked")).to_contain_text("large.bmp", timeout=MINUTE)
    for kind, color in (("drop", "blue"), ("paste", "lime")):
        hand_over(explorer, kind, (f"{color}.png", photo_file(color)))
        expect(menu.locator("option:checked")).to_contain_text(f"{color}.png")
    gif = photo_file("red", "GIF", save_all=True, append_images=[Image.new("RGB", (64, 48))])
    for files, reason in (
        ([("a.png", photo_file("red")), ("b.png", photo_file("blue"))], "One photo at a time"),
        ([("empty.png", b"")], "is empty (zero bytes)"),
        ([("large.png", bytes(MAX_BYTES + 1))], "20 MB are the most"),
        ([("notes.txt", b"no photo at all")], "a text file, not a photo"),
    ):
        hand_over(explorer, "drop", *files)
        expect(status).to_contain_text(reason)
        expect(menu.locator("option:checked")).to_contain_text("lime.png")
    hand_over(explorer, "drop", ("moving.gif", gif))
    expect(menu.locator("option:checked")).to_contain_text("moving.gif")
    expect(status).to_contain_text("holds 2 pictures")


def hand_over(explorer, kind, *files):
    """Drop or paste files onto an explorer."""
    encoded = [[name, base64.b64encode(content).decode()] for name, content in files]
    explorer.evaluate(_HAND_OVER, [kind, encoded])
