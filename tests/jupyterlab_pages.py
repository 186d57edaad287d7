"""What the browser tests share: a real JupyterLab, a real kernel, a real browser."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from lessons import ENVIRONMENT, ROOT
from playwright.sync_api import TimeoutError, sync_playwright

# Chromium asks for updates unless it is told not to; in a container it has no sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
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
MINUTE = 60_000


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
    with running_server(classroom) as address:
        yield address


@contextlib.contextmanager
def running_server(folder):
    """Run a JupyterLab that serves a folder, and give its address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="),
        *(f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"),
        "--ServerApp.allow_origin=*",
    ]
    log = folder.parent / f"{folder.name}.log"
    # Two servers that shared a place for workspaces would read files that are half written.
    environment = ENVIRONMENT | {
        "JUPYTERLAB_SETTINGS_DIR": str(lab_settings(folder.parent)),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder.parent / "workspaces"),
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=output, env=environment
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
        path.parent.mkdir(parents=True, exist_ok=True)
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
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """Return a page of its own that keeps what goes wrong on it."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(2 * MINUTE)
    yield page
    page.close()


def open_notebook(page, server, path):
    """Open a notebook in JupyterLab and wait for its kernel."""
    page.goto(f"{server}/lab/tree/{path.name}?reset")
    for _ in range(18):
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(_KERNEL_IS_READY, timeout=MINUTE / 6)
            return
        # On a busy machine JupyterLab may ask for the kernel that it knows.
        for button in page.locator(".jp-Dialog .jp-mod-accept").all():
            button.click(timeout=MINUTE / 6)
    raise AssertionError(f"No kernel was ready: {page.locator('body').aria_snapshot()}")


def run_all_cells(page):
    """Run the whole notebook and wait until it has run, or one of its tests has failed."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(_SOMETHING_RUNS, timeout=MINUTE)
    page.wait_for_function(_NOTHING_RUNS, timeout=3 * MINUTE)
    page.wait_for_selector(IDLE, timeout=3 * MINUTE)
    assert page.evaluate(_ALL_HAVE_RUN), page.evaluate(_CELLS)
