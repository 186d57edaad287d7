"""A student opens each lesson in JupyterLab: a real server, a real kernel, a real browser."""

import shutil

import nbformat
import pytest
from jupyterlab_pages import MINUTE, open_notebook, run_all_cells
from lessons import (
    LESSONS,
    exercises,
    grading,
    is_exercise,
    is_test,
    read_notebook,
    released_path,
    source_path,
)
from playwright.sync_api import expect

lesson_by_lesson = pytest.mark.parametrize("lesson", LESSONS)

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


def explorers_of(page):
    """Return the explorers that show pictures, scrolled through so that all are drawn."""
    explorers = page.locator(".kq-explorer")
    expect(explorers.first).to_be_attached(timeout=MINUTE)
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
    expect(dialog).to_contain_text("is not written yet", timeout=3 * MINUTE)


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
    expect(page.locator(".jp-Dialog")).to_contain_text("Success", timeout=3 * MINUTE)


def validate(page):
    """Press Validate in the notebook's toolbar."""
    page.get_by_role("toolbar").get_by_text("Validate", exact=True).click()
