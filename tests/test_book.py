"""The book's pages play without a kernel, from a file, and ask no other place for anything."""

import re
import subprocess
import sys

import pytest
from jupyterlab_pages import browser_path
from lessons import ROOT
from playwright.sync_api import sync_playwright

# A lesson of tables, and the heaviest one; all of them are built before release.
LESSONS_BUILT = ("00-start-here", "09-frequency-quantization")
PAGES = ("index", *LESSONS_BUILT)
EVERY_CANVAS = """() => [...document.querySelectorAll('.kq-ahead')].map(explorer => {
    const { scene, small } = explorer.querySelector('.kq-view').kqViewer;
    return [scene, ...small].filter(each => each.after)
        .map(({ after: { canvas } }) => canvas.toDataURL()).join()
        + explorer.querySelector('.kq-readouts').innerText
        + [...explorer.querySelectorAll('.kq-plot')].map(plot => plot.innerHTML).join();
})"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the folder of a book of two lessons."""
    out = tmp_path_factory.mktemp("book") / "pages"
    command = [sys.executable, ROOT / ".ci" / "book" / "build.py", out, "--lessons", "00", "09"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1500, check=False)
    assert done.returncode == 0, done.stderr
    for size in re.findall(r"([\d.]+) MB", done.stdout):
        assert float(size) <= 4
    return out


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        # No name can be looked up: what is asked of another place fails, and is seen.
        flags = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, book):
    """Return a function that opens a page from its file and scrolls to all its explorers."""
    complaints = []
    page = browser.new_page(viewport={"width": 1366, "height": 650})
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))

    def open_page(name, width=1366):
        page.set_viewport_size({"width": width, "height": 650})
        page.goto((book / f"{name}.html").as_uri())
        for explorer in page.locator(".kq-ahead").all():
            explorer.scroll_into_view_if_needed()
            explorer.locator(".kq-readouts").wait_for(state="attached")
        return page

    yield open_page
    page.close()
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_every_explorer_of_a_page_plays_and_its_sliders_change_what_is_seen(opened, name):
    page = opened(name)
    explorers = page.locator(".kq-ahead")
    assert explorers.count()
    page.wait_for_timeout(300)
    for i in range(explorers.count()):
        slider = explorers.nth(i).locator("input[type=range]").first
        before = page.evaluate(EVERY_CANVAS)[i]
        press = "ArrowLeft" if slider.input_value() == slider.get_attribute("max") else "ArrowRight"
        slider.focus()
        page.keyboard.press(press)
        shown = f"(before) => ({EVERY_CANVAS})()[{i}] !== before"
        page.wait_for_function(shown, arg=before)
        assert explorers.nth(i).locator(".kq-message").count() == 0


def test_the_first_page_moves_by_itself_until_somebody_takes_the_slider(opened):
    page = opened("index")
    slider = page.locator("input[type=range]").first
    start = slider.input_value()
    page.wait_for_function("(start) => document.querySelector('input').value !== start", arg=start)
    slider.focus()
    page.keyboard.press("ArrowRight")
    taken = slider.input_value()
    page.wait_for_timeout(2500)
    assert slider.input_value() == taken


def test_what_moves_stands_still_where_that_is_wished(browser, book):
    page = browser.new_page(reduced_motion="reduce")
    page.goto((book / "index.html").as_uri())
    page.locator(".kq-readouts").wait_for(state="attached")
    start = page.locator("input[type=range]").first.input_value()
    page.wait_for_timeout(2500)
    assert page.locator("input[type=range]").first.input_value() == start
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(opened, name):
    page = opened(name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation_of_accessibility_in_its_explorers(opened, name):
    page = opened(name)
    page.add_script_tag(path=ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js")
    found = page.evaluate("() => axe.run('.kq-ahead', { preload: false })")
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []


@pytest.mark.parametrize("lesson", LESSONS_BUILT)
def test_a_page_gives_no_solution_or_hidden_test_away(book, lesson):
    text = (book / f"{lesson}.html").read_text(encoding="utf-8")
    for secret in ("BEGIN SOLUTION", "HIDDEN TESTS", "Rubric", "rubric"):
        assert secret not in text
    assert "NotImplementedError" in text


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_no_other_place_that_it_would_load(book, name):
    text = (book / f"{name}.html").read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="(https?://[^"]+)', text)
    assert loaded == []
