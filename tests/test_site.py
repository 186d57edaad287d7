"""The browser edition, as it is built: every lesson runs in Chromium with no server behind it."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

import nbformat
import pytest
from browser_edition import add_solved_lessons, build_site, pyodide_folder, run_in_node, served
from jupyterlab_pages import FLAGS, IDLE, MINUTE, browser_path, run_all_cells
from lessons import (
    LESSONS,
    ROOT,
    exercises,
    grading,
    is_exercise,
    is_test,
    read_notebook,
    scratch_course,
    source_path,
)
from nbgrader.api import Gradebook
from playwright.sync_api import expect, sync_playwright
from test_browser import explorers_of, move_slider
from test_own_photo import take_own_photos

# No name but that of the loopback is known to the browser.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
LESSON = LESSONS[0]

_BROKEN_PICTURES = """[...document.querySelectorAll('.jp-Notebook img')]
    .filter(each => each.complete && !each.naturalWidth)
    .map(each => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory):
    return pyodide_folder(tmp_path_factory.mktemp("pyodide"))


@pytest.fixture(scope="module")
def site(tmp_path_factory, pyodide):
    """Return the folder of the site, with solved copies of the lessons added."""
    folder = tmp_path_factory.mktemp("site") / "lite"
    build_site(folder, pyodide)
    add_solved_lessons(folder)
    return folder


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(address):
    """Return a way to come for the first time, and what has gone wrong."""
    troubles = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=[*FLAGS, ALONE])

        def new_visitor():
            troubles.clear()
            context = chromium.new_context(viewport={"width": 1366, "height": 900})
            context.set_default_timeout(2 * MINUTE)
            context.on("request", lambda request: note_stranger(request.url, address, troubles))
            context.on(
                "response",
                lambda reply: (
                    reply.status >= 400 and troubles.append(f"{reply.status} {reply.url}")
                ),
            )
            context.on(
                "console",
                lambda said: (
                    said.type == "error"
                    and troubles.append(f"console: {said.text} {said.location['url']}")
                ),
            )
            context.on("weberror", lambda error: troubles.append(f"error: {error.error}"))
            return context

        yield new_visitor, troubles
        chromium.close()


def note_stranger(url, address, troubles):
    """Note a request to anywhere but the site itself."""
    if urlsplit(url).scheme in ("http", "https", "ws", "wss") and not url.startswith(address):
        troubles.append(f"asks elsewhere: {url}")


def opened(context, address, name):
    """Open a notebook of the site in a new page, and wait for its kernel."""
    page = context.new_page()
    page.goto(f"{address}/lab/index.html?path={name}")
    page.wait_for_selector(IDLE, timeout=3 * MINUTE)
    return page


def test_the_site_opens_on_lesson_00(visitor, address):
    new_visitor, troubles = visitor
    page = new_visitor().new_page()
    page.goto(f"{address}/")
    page.wait_for_selector(IDLE, timeout=3 * MINUTE)
    assert (
        page.locator(".jp-mod-current .lm-TabBar-tabLabel").last.inner_text() == f"{LESSON}.ipynb"
    )
    assert page.locator(".jp-Dialog").count() == 0
    page.context.close()
    assert troubles == []


_REFUSED = "Object.defineProperty(window, '{}', {{ get() {{ throw new Error('denied') }} }})"
# What Chromium answers on a full disk; its quota is overridden in windows that keep a profile only.
_FULL = """IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError');
}"""
LACKS = {
    "WebAssembly": ("delete window.WebAssembly", "open the lesson in another browser"),
    "storage": (_REFUSED.format("localStorage"), "allow this site's cookies and data"),
    "IndexedDB": (_REFUSED.format("indexedDB"), "download the notebook before you do"),
}


@pytest.mark.parametrize(("script", "sentence"), LACKS.values(), ids=LACKS)
def test_what_a_browser_lacks_is_told_in_one_sentence(visitor, address, script, sentence):
    context = visitor[0]()
    context.add_init_script(script)
    page = context.new_page()
    page.goto(f"{address}/lab/index.html?path={LESSON}.ipynb")
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    context.close()


def test_a_full_storage_is_told_and_the_work_stays_on_the_page(visitor, address):
    context = visitor[0]()
    page = context.new_page()
    page.goto(f"{address}/lab/index.html?path={LESSON}.ipynb")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.evaluate(f"() => {{ {_FULL} }}")
    page.keyboard.insert_text("# mine ")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("download the notebook now")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    assert page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty").count()
    assert "# mine" in page.locator(".jp-CodeCell .cm-content").first.inner_text()
    context.close()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_solved_lesson_runs_in_the_browser(visitor, address, lesson):
    new_visitor, troubles = visitor
    page = opened(new_visitor(), address, f"solved-{lesson}.ipynb")
    run_all_cells(page)
    assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').all_inner_texts() == []
    explorers = explorers_of(page)
    assert explorers.count() >= 2
    for i in range(explorers.count()):
        explorer = explorers.nth(i)
        explorer.scroll_into_view_if_needed()
        assert explorer.locator(".kq-message").all_inner_texts() == []
        handles = explorer.locator(".kq-controls .noUi-handle")
        for j in range(handles.count()):
            move_slider(page, explorer, handles.nth(j))
    assert page.evaluate(_BROKEN_PICTURES) == []
    if lesson == LESSONS[3]:
        take_own_photos(page)
    page.context.close()
    assert troubles == []


def test_solved_work_survives_a_reload_and_is_graded_like_any_other(visitor, address, tmp_path):
    new_visitor, troubles = visitor
    page = opened(new_visitor(), address, f"{LESSON}.ipynb")
    for name, code in solutions().items():
        write_solution(page, name, code)
    run_all_cells(page)
    page.keyboard.press("Control+s")
    page.wait_for_selector(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)")
    page.reload()
    page.wait_for_selector(IDLE, timeout=3 * MINUTE)
    page.get_by_role("menuitem", name="File", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download", exact=True).click()
    assert download.value.suggested_filename == f"{LESSON}.ipynb"
    handed_in = tmp_path / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb"
    download.value.save_as(handed_in)
    page.context.close()
    assert troubles == []
    course = scratch_course(tmp_path, LESSON)
    assert any(cell.get("outputs") for cell in nbformat.read(handed_in, 4).cells)
    course.nbgrader("autograde", LESSON)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(LESSON, "ada")
        assert submission.score == 16


def solutions():
    cells = read_notebook(source_path(LESSON)).cells
    return {grading(cell)["grade_id"]: cell.source for cell in cells if is_exercise(cell)}


def write_solution(page, name, code):
    """Type a solution in place of its stub."""
    cell = page.locator(".jp-CodeCell", has_text=f"def {name}(").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


# The three lessons whose answers are quickest; the rest of the bank runs in CPython only.
BANK = ("00-start-here", "01-histograms", "02-global-quantization")


def test_answers_of_the_bank_are_judged_alike_in_pyodide(site, tmp_path):
    (tmp_path / "jobs.json").write_text(json.dumps([bank_job(lesson) for lesson in BANK]))
    code, said = run_in_node(
        site / "static" / "pyodide",
        ROOT / "tests" / "judge_in_pyodide.py",
        {"jobs": tmp_path, "tests": ROOT / "tests"},
    )
    assert code == 0, said
    assert said.strip().splitlines()[-1] == "[]", said


def bank_job(lesson):
    """Return what it takes to judge the answers of a lesson, as plain data."""
    cells = read_notebook(source_path(lesson)).cells
    return {
        "lesson": lesson,
        "setup": [c.source for c in cells if c.cell_type == "code" and not is_test(c)],
        "tests": {grading(c)["grade_id"]: c.source for c in cells if is_test(c)},
        "exercises": exercises(lesson),
    }


# What is neither about processes nor about widgets, and quick enough. Whole files that read
# photos need codecs which Pyodide's Pillow lacks.
PACKAGE = (
    *("blocks", "channel_quantization", "codebooks", "cuts", "entropy_coding", "errors"),
    *("frequencies", "index_entropy", "pictures", "prefix_codes", "sizes", "ssim_and_maps"),
)


def test_a_loop_without_an_end_is_stopped_in_pyodide(site, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "from kquant_helpers.checks.calls import call\n"
        "def stubborn():\n"
        "    while True:\n"
        "        try:\n"
        "            sum(range(9))\n"
        "        except Exception:\n"
        "            pass\n"
        "print([call(stubborn, (), limit=1, watch=watch).failure.kinds for watch in (0, 1)])\n"
    )
    code, said = run_in_node(site / "static" / "pyodide", program, {})
    assert code == 0, said
    assert said.strip().splitlines()[-1] == "[('OutOfTime',), ('OutOfTime',)]"


def test_tests_of_the_package_pass_in_pyodide(site, tmp_path):
    tools = tmp_path / "tools"
    # The last one without a compiled part.
    pure = ["--only-binary=:all:", "--platform=any", "--python-version=3.14", "--abi=none"]
    command = [sys.executable, "-m", "pip", "install", "-q", *pure, "--implementation=py"]
    subprocess.run([*command, "--target", tools, "hypothesis==6.150.0", "pytest"], check=True)
    code, said = run_in_node(
        site / "static" / "pyodide",
        ROOT / "tests" / "pytest_in_pyodide.py",
        {"tools": tools, "tests": ROOT / "tests"},
        *PACKAGE,
    )
    assert code == 0, said
