"""The browser edition beside JupyterLab: ``python tests/benchmarks/bench_site.py SITE``.

SITE is a folder that ``.ci/site/build.py`` has built. One run, one browser: every solved lesson
is opened in both editions, and in each explorer the same keys move the same first slider.
Measured is the time from the key press to the new picture. Exits 1 when a limit is missed.

    python tests/benchmarks/bench_site.py SITE          all lessons
    python tests/benchmarks/bench_site.py SITE 00 02    some of them
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser_edition import add_solved_lessons, served
from classroom import solved
from jupyterlab_pages import (
    FLAGS,
    IDLE,
    MINUTE,
    browser_path,
    open_notebook,
    run_all_cells,
    running_server,
)
from lessons import LESSONS

STEPS = 6
RATIO, OPENING = 1.3, 20

# Presses a key on an explorer's first slider and waits until other readouts have been painted.
_PRESS = """async (explorer) => {
    const handle = explorer.querySelector('.kq-controls .noUi-handle');
    const shown = () => explorer.querySelector('.kq-view').kqViewer?.about?.serial;
    const at = (name) => handle.getAttribute(`aria-value${name}`);
    handle.kquantKey ??= at('now') === at('max') ? 'ArrowLeft' : 'ArrowRight';
    const before = shown(), value = at('now'), start = performance.now();
    const press = (key) => handle.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    press(handle.kquantKey);
    if (at('now') === value) {
        handle.kquantKey = handle.kquantKey === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
        press(handle.kquantKey);
    }
    while (shown() === before) {
        if (performance.now() - start > 20000) return null;
        await new Promise(requestAnimationFrame);
    }
    return performance.now() - start;
}"""


def step_times(page):
    """Return for each explorer with a slider its title, and the median time of some steps."""
    page.wait_for_timeout(2000)
    found = []
    for explorer in page.locator(".kq-explorer:has(.kq-controls .noUi-handle)").all():
        explorer.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)  # what an explorer fetches when it is first seen
        spent = []
        for _ in range(STEPS):
            spent.append(explorer.evaluate(_PRESS))
            page.wait_for_timeout(300)  # what follows a picture is no part of the next step
        title = explorer.locator(".kq-title").first.inner_text()
        times = [each for each in spent if each is not None]
        found.append((title, statistics.median(times) if times else None))
    return found


def in_the_browser(chromium, address, lesson):
    """Return the step times of a lesson in the browser edition, come to for the first time."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    context.set_default_timeout(4 * MINUTE)
    page = context.new_page()
    page.goto(f"{address}/lab/index.html?path=solved-{lesson}.ipynb")
    page.wait_for_selector(IDLE)
    run_all_cells(page)
    found = step_times(page)
    context.close()
    return found


def in_jupyterlab(chromium, address, folder, lesson):
    """Return the step times of a lesson in JupyterLab."""
    path = folder / f"{lesson}.ipynb"
    path.write_text(json.dumps(solved(lesson)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1366, "height": 900})
    page.set_default_timeout(4 * MINUTE)
    open_notebook(page, address, path)
    run_all_cells(page)
    found = step_times(page)
    page.close()
    return found


def opening_time(chromium, address):
    """Return the seconds from a cold start to the first step of the first explorer."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    context.set_default_timeout(4 * MINUTE)
    page, start = context.new_page(), time.perf_counter()
    page.goto(f"{address}/lab/index.html?path={LESSONS[0]}.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    explorer = page.locator(".kq-explorer:has(.kq-controls .noUi-handle)").first
    explorer.locator(".kq-view").wait_for()
    explorer.evaluate(_PRESS)
    spent = time.perf_counter() - start
    context.close()
    return spent


def main():
    site, *wanted = sys.argv[1:]
    lessons = [each for each in LESSONS if each.startswith(tuple(wanted or [""]))]
    ratios = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        copy, folder = Path(scratch) / "site", Path(scratch) / "classroom"
        shutil.copytree(site, copy)
        add_solved_lessons(copy)
        folder.mkdir()
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        with served(copy) as address, running_server(folder) as lab:
            opening = opening_time(chromium, address)
            print(f"first step after {opening:.1f} s", flush=True)
            for lesson in lessons:
                browser = in_the_browser(chromium, address, lesson)
                for (title, ours), (_, theirs) in zip(
                    browser, in_jupyterlab(chromium, lab, folder, lesson), strict=True
                ):
                    if ours is None or theirs is None:
                        print(f"{lesson[:2]} {title:45} no new picture")
                        continue
                    ratios.append(ours / theirs)
                    print(
                        f"{lesson[:2]} {title:45}{ours:7.0f} / {theirs:4.0f} ms {ratios[-1]:6.2f} ×"
                    )
        chromium.close()
    rows = [
        ("first step after a cold start", opening, OPENING, "s"),
        ("a step against JupyterLab's, in the median", statistics.median(ratios), RATIO, "×"),
    ]
    for what, value, most, unit in rows:
        print(f"{what:45}{value:7.2f} {unit} at most {most}  {'ok' if value <= most else 'MISSED'}")
    return 0 if all(value <= most for _, value, most, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
