"""A student opens each lesson in JupyterLab: a real server, a real kernel, a real browser."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import nbformat
import pytest
from lessons import (
    ENVIRONMENT,
    LESSONS,
    ROOT,
    exercises,
    grading,
    is_exercise,
    is_test,
    read_notebook,
    released_path,
    source_path,
)
from playwright.sync_api import TimeoutError, expect, sync_playwright

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)

# Chromium asks for updates unless it is told not to; in a container it has no sandbox.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
_KERNEL_IS_READY = """() => {
    const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    return context?.isReady && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
_CELLS = """[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')]
    .filter(cell => cell.querySelector('.cm-content').textContent.trim())
    .map(cell => ({
        prompt: cell.querySelector('.jp-InputArea-prompt').textContent,
        failed: cell.querySelector('[data-mime-type="application/vnd.jupyter.stderr"]') !== null,
    }))"""
_SOMETHING_RUNS = rf"() => {_CELLS}.some(cell => /\d|\*/.test(cell.prompt))"
_NOTHING_RUNS = f"() => !{_CELLS}.some(cell => cell.prompt.includes('*'))"
_ALL_HAVE_RUN = rf"""() => {{
    const cells = {_CELLS};
    return cells.every(cell => /\d/.test(cell.prompt)) || cells.some(cell => cell.failed);
}}"""
# A picture is told by the pixels read back from its canvas, a drawing by its elements.
_SHOWN = """explorer => {
    const { scene, small } = explorer.querySelector('.kq-view').kqViewer;
    const scenes = [scene, ...small].filter(each => each.after);
    const hashes = scenes.map(({ after: { canvas } }) => canvas.toDataURL());
    return {
        readouts: explorer.querySelector('.kq-readouts').innerText,
        pictures: [...hashes, ...[...explorer.querySelectorAll('.kq-plot')].map(
            plot => plot.innerHTML)].join(),
        alternatives: scenes.map(each => each.canvas.getAttribute('aria-label')),
    };
}"""
_MINUTE = 60_000


def browser_path():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("The browser tests need Chromium: install Debian's package chromium.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """Return the folder that JupyterLab serves, with the course's settings for Validate."""
    folder = tmp_path_factory.mktemp("classroom")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


@pytest.fixture(scope="module")
def server(classroom):
    """Return the address of a JupyterLab that ends with these tests."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="),
        *(f"--ServerApp.root_dir={classroom}", "--LabApp.expose_app_in_browser=True"),
    ]
    log = classroom.parent / f"{classroom.name}.log"
    environment = ENVIRONMENT | {"JUPYTERLAB_SETTINGS_DIR": str(lab_settings(classroom.parent))}
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=classroom, stdout=output, stderr=output, env=environment
        )
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/api", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def lab_settings(folder):
    """Return a settings folder for a JupyterLab that keeps all cells on the page."""
    settings = {
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, values in settings.items():
        path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values))
    return folder / "settings"


def wait_until_it_answers(address, process, log):
    """Return when the server answers; fail where it has ended."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            opener.open(address, timeout=1)
            return
        except (urllib.error.URLError, OSError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser():
    """Return a headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """Return a page of its own that keeps what goes wrong on it."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(2 * _MINUTE)
    yield page
    page.close()


def open_notebook(page, server, path):
    """Open a notebook in JupyterLab and wait for its kernel."""
    page.goto(f"{server}/lab/tree/{path.name}?reset")
    for _ in range(18):
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(_KERNEL_IS_READY, timeout=_MINUTE / 6)
            return
        # On a busy machine JupyterLab may ask for the kernel that it knows.
        for button in page.locator(".jp-Dialog .jp-mod-accept").all():
            button.click(timeout=_MINUTE / 6)
    raise AssertionError(f"No kernel was ready: {page.locator('body').aria_snapshot()}")


def run_all_cells(page):
    """Run the whole notebook and wait until it has run, or one of its tests has failed."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(_SOMETHING_RUNS, timeout=_MINUTE)
    page.wait_for_function(_NOTHING_RUNS, timeout=3 * _MINUTE)
    page.wait_for_selector(_IDLE, timeout=3 * _MINUTE)
    assert page.evaluate(_ALL_HAVE_RUN), page.evaluate(_CELLS)


def explorers_of(page):
    """Return the explorers that show pictures, scrolled through so that all are drawn."""
    explorers = page.locator(".kq-explorer")
    expect(explorers.first).to_be_attached(timeout=_MINUTE)
    return explorers


@lesson_by_lesson
def test_every_slider_moves_by_keyboard_and_changes_picture_and_readouts(
    page, server, classroom, lesson
):
    path = classroom / f"{lesson}.ipynb"
    shutil.copy(source_path(lesson), path)
    open_notebook(page, server, path)
    run_all_cells(page)
    explorers = explorers_of(page)
    assert explorers.count() >= 2
    for i in range(explorers.count()):
        move_every_slider(page, explorers.nth(i))


def move_every_slider(page, explorer):
    """Move each slider one step and back again, and see what the explorer shows follow."""
    explorer.scroll_into_view_if_needed()
    expect(explorer.locator(".kq-message")).to_have_count(0)
    handles = explorer.locator(".kq-controls .noUi-handle")
    assert handles.count() >= 1
    for i in range(handles.count()):
        move_slider(page, explorer, handles.nth(i))
    move_line(page, explorer)


def move_slider(page, explorer, handle):
    before = shown_by(explorer)
    at_the_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.focus()
    page.keyboard.press("ArrowLeft" if at_the_end else "ArrowRight")
    page.wait_for_function(
        f"""([explorer, before]) => {{
            const now = ({_SHOWN})(explorer);
            return now.readouts !== before.readouts && now.pictures !== before.pictures;
        }}""",
        arg=[explorer.element_handle(), before],
    )
    assert all(shown_by(explorer)["alternatives"])


def shown_by(explorer):
    """Return an explorer's readouts, what its pictures show, and their text alternatives."""
    return explorer.evaluate(_SHOWN)


def move_line(page, explorer):
    """Move the line by a key, and drag it in the picture itself."""
    line = explorer.locator(".kq-line")
    if not line.is_visible():
        return
    line.focus()
    before = int(line.get_attribute("aria-valuenow"))
    page.keyboard.press("ArrowLeft")
    expect(line).to_have_attribute("aria-valuenow", str(before - 1))
    line.evaluate("line => line.scrollIntoView({ block: 'center' })")
    frame, knob = explorer.locator(".kq-frame").bounding_box(), line.bounding_box()
    x, y = knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - frame["width"] / 8, y, steps=3)
    page.mouse.up()
    page.wait_for_function(
        "([line, before]) => line.getAttribute('aria-valuenow') < before - 5",
        arg=[line.element_handle(), before],
    )


@lesson_by_lesson
def test_explorers_of_unwritten_functions_show_a_friendly_line(page, server, classroom, lesson):
    path = classroom / f"released-{lesson}.ipynb"
    notebook = read_notebook(released_path(lesson))
    # A failing test stops "Run All"; here only the explorers matter.
    notebook.cells = [cell for cell in notebook.cells if not is_test(cell)]
    nbformat.write(notebook, path)
    open_notebook(page, server, path)
    run_all_cells(page)
    assert explorers_of(page).count() >= 2
    assert page.locator(".kq-message", has_text="is not written yet").count() >= 1
    assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0


@lesson_by_lesson
def test_an_untouched_release_is_told_in_one_sentence_what_is_missing(
    page, server, classroom, lesson
):
    path = classroom / f"untouched-{lesson}.ipynb"
    shutil.copy(released_path(lesson), path)
    open_notebook(page, server, path)
    run_all_cells(page)
    error = page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
    expect(error).to_contain_text("is not written yet")
    expect(error).not_to_contain_text("Traceback")
    validate(page)
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("is not written yet", timeout=3 * _MINUTE)


@pytest.mark.parametrize("lesson", LESSONS[:1])
def test_validate_congratulates_a_student_who_solved_everything(page, server, classroom, lesson):
    path = classroom / f"solved-{lesson}.ipynb"
    solutions = {
        grading(cell)["grade_id"]: cell.source
        for cell in read_notebook(source_path(lesson)).cells
        if is_exercise(cell)
    }
    notebook = read_notebook(released_path(lesson))
    for cell in notebook.cells:
        cell.source = solutions.get(grading(cell).get("grade_id"), cell.source)
        cell.source = cell.source.replace("*Your answer: ", "An answer. ")
    assert set(solutions) == set(exercises(lesson))
    nbformat.write(notebook, path)
    open_notebook(page, server, path)
    validate(page)
    expect(page.locator(".jp-Dialog")).to_contain_text("Success", timeout=3 * _MINUTE)


def validate(page):
    """Press Validate in the notebook's toolbar."""
    page.get_by_role("toolbar").get_by_text("Validate", exact=True).click()
