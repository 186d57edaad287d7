"""The browser edition runs every lesson without a server, and loads nothing from elsewhere."""

import json
import subprocess
import sys

import nbformat
import pytest
from answer_bank import bank_answers
from browser_edition import pyodide_folder, served
from jupyterlab_pages import FLAGS, MINUTE, browser_path, run_all_cells
from lessons import (
    LESSONS,
    ROOT,
    exercises,
    grading,
    is_test,
    read_notebook,
    source_path,
)
from playwright.sync_api import sync_playwright
from test_browser import explorers_of, move_every_slider

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)

_READY = """() => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
BANK = "02-global-quantization"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the address of a site whose lessons are solved, with a bank of answers beside them."""
    scratch = tmp_path_factory.mktemp("site")
    out = scratch / "out"
    command = [
        sys.executable,
        ROOT / ".ci/site/build.py",
        out,
        "--pyodide",
        pyodide_folder(scratch),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    for lesson in LESSONS:
        notebook = read_notebook(source_path(lesson))
        notebook.metadata.kernelspec.name = "python"
        nbformat.write(notebook, out / "files" / f"{lesson}.ipynb")
    nbformat.write(bank_notebook(), out / "bank.ipynb")
    with served(out) as address:
        yield address


def bank_notebook():
    """Return a notebook that judges all answers of a lesson's bank, and prints what is wrong."""
    cells = ["import numpy as np\nimport kquant_helpers as kq\nimport io\nfrom PIL import Image"]
    tests = {}
    for cell in read_notebook(source_path(BANK)).cells:
        if is_test(cell):
            name = grading(cell)["grade_id"].removeprefix("test_").removesuffix("_hidden")
            tests.setdefault(name, []).append(cell.source)
    bank = [
        (exercise, answer.kind, answer.name, answer.code, tests[exercise])
        for exercise in exercises(BANK)
        for answer in bank_answers(BANK, exercise)
    ]
    cells.append(f"import json\nbank = json.loads({json.dumps(bank)!r})")
    cells.append(_JUDGE)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    notebook.metadata = {"kernelspec": {"name": "python", "display_name": "Python"}}
    return notebook


_JUDGE = """import contextlib, os
wrong = []
first = {name: value for name, value in globals().items() if not name.startswith("_")}
for exercise, kind, name, code, cells in bank:
    space, full = dict(first), True
    exec(code, space)
    for cell in cells:
        try:
            with contextlib.redirect_stdout(open(os.devnull, "w")):
                exec(cell, space)
        except Exception:
            full = False
    if full != (kind == "wheat"):
        wrong.append((exercise, kind, name))
print("judged", len(bank), "wrong", wrong)"""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        # Nothing can be looked up but this machine.
        nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=browser_path(), args=[*FLAGS, nowhere])
        yield browser
        browser.close()


@pytest.fixture
def lite(chromium, site):
    """Return a page that keeps what goes wrong on it, which is nothing."""
    complaints = []
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(2 * MINUTE)
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if is_foreign(asked) else None)
    yield page
    page.close()
    # The site has no translations of its own, and says so.
    assert [each for each in complaints if "404" not in each] == []


def is_foreign(asked):
    return not asked.url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def open_lesson(page, site, name):
    page.goto(f"{site}/lab/index.html?path={name}.ipynb")
    page.wait_for_function(_READY, timeout=2 * MINUTE)


@lesson_by_lesson
def test_a_solved_lesson_runs_in_the_browser_and_its_sliders_move(lite, site, lesson):
    open_lesson(lite, site, lesson)
    run_all_cells(lite)
    assert lite.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
    explorers = explorers_of(lite)
    assert explorers.count() >= 2
    for i in range(explorers.count()):
        move_every_slider(lite, explorers.nth(i))
    broken = "() => [...document.images].filter(each => each.complete && !each.naturalWidth).length"
    assert lite.evaluate(broken) == 0


def test_the_site_opens_on_the_first_lesson(lite, site):
    lite.goto(f"{site}/index.html")
    lite.wait_for_url("**/lab/index.html?path=00-start-here.ipynb*")
    lite.wait_for_selector(".jp-Notebook")


def test_a_solved_notebook_is_saved_and_survives_a_reload(lite, site):
    open_lesson(lite, site, "00-start-here")
    lite.evaluate(
        """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            panel.content.activeCell.model.sharedModel.setSource('# a sentence of mine');
            await panel.context.save();
        }"""
    )
    lite.reload()
    lite.wait_for_selector(".jp-Notebook")
    lite.wait_for_function("() => document.body.innerText.includes('a sentence of mine')")


def test_the_bank_of_answers_is_judged_in_the_browser_as_anywhere(lite, site):
    lite.goto(f"{site}/lab/index.html?path=00-start-here.ipynb")
    lite.wait_for_function(_READY, timeout=2 * MINUTE)
    notebook = lite.request.get(f"{site}/bank.ipynb").json()
    lite.evaluate(
        """async (content) => {
            const { contents } = window.jupyterapp.serviceManager;
            await contents.save('bank.ipynb', { type: 'notebook', format: 'json', content });
            await window.jupyterapp.commands.execute('docmanager:open', { path: 'bank.ipynb' });
        }""",
        notebook,
    )
    lite.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.context?.path === 'bank.ipynb'"
    )
    lite.wait_for_function(_READY, timeout=2 * MINUTE)
    lite.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    told = lite.get_by_text("judged", exact=False).last
    told.wait_for(timeout=4 * MINUTE)
    assert told.inner_text().endswith("wrong []")


def test_the_lessons_of_the_site_are_those_of_the_course(site, chromium):
    page = chromium.new_page()
    listed = page.request.get(f"{site}/api/contents/all.json").json()["content"]
    assert sorted(each["name"] for each in listed) == [f"{lesson}.ipynb" for lesson in LESSONS]
    page.close()
