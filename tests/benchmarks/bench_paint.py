"""From a key press to a new picture: ``python tests/benchmarks/bench_paint.py``.

One run in JupyterLab on loopback, china at 960×600, the peers in the same notebook: a bare
``widgets.Image`` with a PNG that is not compressed, and ``interact`` with matplotlib. Counts the
bytes of each step too, and measures a step of levels on a slow line: a proxy that delays all
bytes by half of 100 ms each way, and lets 5 Mbit pass in a second. Exits 1 when a target is
missed.
"""

import asyncio
import contextlib
import statistics
import sys
import tempfile
import threading
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from jupyterlab_pages import (
    FLAGS,
    browser_path,
    free_port,
    open_notebook,
    run_all_cells,
    running_server,
)

LEVELS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 16)
COLORS = (16, 24, 32, 48, 64, 96, 128)
DELAY, BYTES_A_SECOND = 0.05, 5e6 / 8

CELLS = (
    """import io
import ipywidgets as widgets
import matplotlib.pyplot as plt
import kquant_helpers as kq
from PIL import Image
from kquant_helpers.explorers.subject import framed_sample
photo = framed_sample("china")

def bare(cut, ks):
    slider, image = widgets.SelectionSlider(options=ks), widgets.Image(format="png")
    def show(change=None):
        file = io.BytesIO()
        result = kq.quantize(photo, slider.value, cut).image
        Image.fromarray(result).save(file, "PNG", compress_level=0)
        image.value = file.getvalue()
    show()
    slider.observe(show, names="value")
    box = widgets.VBox([slider, image])
    return box""",
    'kq.explore_global("china")',
    'kq.explore_palette("china")',
    f'bare("global", {LEVELS})',
    f'bare("rgb", {COLORS})',
    f"""def draw(k):
    plt.figure(figsize=(9.6, 6))
    plt.imshow(kq.quantize(photo, k, "global").image)
    plt.show()
widgets.interact(draw, k=widgets.SelectionSlider(options={LEVELS}));""",
)

# Presses a key on a slider's handle and waits, frame by frame, until something else is shown.
_PRESS = """async ([cell, label, key]) => {
    const root = document.querySelectorAll('.jp-CodeCell')[cell];
    const shown = () => {
        const view = root.querySelector('.kq-view');
        if (view) return String(view.kqViewer.about.serial);
        const image = root.querySelector('img');
        return image && image.complete && image.naturalWidth ? image.src : null;
    };
    const rows = [...root.querySelectorAll('.widget-hslider, .widget-slider')];
    const row = rows.find(each => each.textContent.startsWith(label)) ?? rows[0];
    const before = shown();
    const start = performance.now();
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    row.querySelector('.noUi-handle').dispatchEvent(event);
    for (;;) {
        await new Promise(requestAnimationFrame);
        const now = shown();
        if (now !== null && now !== before) return performance.now() - start;
        if (performance.now() - start > 20000) throw new Error('nothing new was shown');
    }
}"""

# The same with thirty keys in a second; returns the time after the last, and blank frames.
_THIRTY = """async ([cell, label]) => {
    const root = document.querySelectorAll('.jp-CodeCell')[cell];
    const { kqViewer: viewer } = root.querySelector('.kq-view');
    const rows = [...root.querySelectorAll('.widget-hslider, .widget-slider')];
    const row = rows.find(each => each.textContent.startsWith(label));
    const handle = row.querySelector('.noUi-handle');
    let blank = 0;
    const watch = () => { blank += viewer.compare.hidden; };
    for (let i = 0; i < 30; i++) {
        const key = i < 10 ? 'ArrowLeft' : 'ArrowRight';
        handle.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        watch();
        await new Promise(resolve => setTimeout(resolve, 33));
    }
    const start = performance.now();
    const wanted = row.querySelector('.widget-readout').textContent;
    const caption = () => viewer.scene.after.caption.split(' ')[0];
    while (caption() !== wanted) {
        await new Promise(requestAnimationFrame);
        watch();
        if (performance.now() - start > 20000) throw new Error('the right picture never came');
    }
    return [performance.now() - start, blank];
}"""


class Line:
    """A slow line to a server, in a thread of its own."""

    def __init__(self, port):
        self.target, self.port = port, free_port()
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait()

    def _run(self, ready):
        asyncio.set_event_loop(self.loop)
        serve = asyncio.start_server(self._connect, "127.0.0.1", self.port)
        self.loop.run_until_complete(serve)
        ready.set()
        self.loop.run_forever()

    async def _connect(self, reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, reader, writer):
        """Pass bytes on, late and not too many at once."""
        queue, free = asyncio.Queue(), 0.0

        async def deliver():
            while (entry := await queue.get()) is not None:
                due, data = entry
                await asyncio.sleep(max(0, due - self.loop.time()))
                writer.write(data)
                await writer.drain()
            writer.close()

        task = asyncio.ensure_future(deliver())
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(16_384):
                free = max(free, self.loop.time()) + len(data) / BYTES_A_SECOND
                queue.put_nowait((free + DELAY, data))
        queue.put_nowait(None)
        with contextlib.suppress(ConnectionError):
            await task


def times(page, cell, label, count):
    """Return the milliseconds of each of some steps to the right."""
    spent = []
    for _ in range(count):
        spent.append(page.evaluate(_PRESS, [cell, label, "ArrowRight"]))
        page.wait_for_timeout(400)  # What follows a picture is not part of the next step.
    return spent


def bytes_of(page, received, cell, label, count):
    """Return the most bytes that one of some steps to the left takes, all in all."""
    sizes = []
    for _ in range(count):
        received.clear()
        page.evaluate(_PRESS, [cell, label, "ArrowLeft"])
        page.wait_for_timeout(500)
        sizes.append(sum(map(len, received)))
    return max(sizes)


def opened(browser, address, path):
    """Return a page on which the notebook has run, and the list of frames it receives."""
    page, received = browser.new_page(viewport={"width": 1366, "height": 900}), []
    page.set_default_timeout(240_000)
    page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: received.append(frame)))
    open_notebook(page, address, path)
    run_all_cells(page)
    page.wait_for_timeout(3000)
    return page, received


def measure(browser, address, path):
    """Return rows of (what, value, most, unit)."""
    page, received = opened(browser, address, path)
    ours = statistics.median(times(page, 1, "Levels k", 8))
    palette = statistics.median(times(page, 2, "Colors k", 6))
    bare = statistics.median(times(page, 3, "", 8))
    bare_palette = statistics.median(times(page, 4, "", 6))
    figure = statistics.median(times(page, 5, "", 8))
    print(f"levels {ours:.0f} ms, bare image {bare:.0f} ms, matplotlib {figure:.0f} ms")
    print(f"palette not seen before {palette:.0f} ms, bare image {bare_palette:.0f} ms")
    last, blank = page.evaluate(_THIRTY, [1, "Levels k"])
    rows = [
        ("levels against a bare image", ours / bare, 0.6, "×"),
        ("levels against matplotlib", ours / figure, 0.3, "×"),
        ("palette against a bare image", palette / bare_palette, 1.0, "×"),
        ("after the last of thirty keys", last, 300, "ms"),
        ("blank frames meanwhile", blank, 0, ""),
        ("bytes of a step of levels", bytes_of(page, received, 1, "Levels k", 8), 8_000, "bytes"),
        ("bytes of a palette", bytes_of(page, received, 2, "Colors k", 8), 350_000, "bytes"),
    ]
    page.close()
    return rows


def measure_slow(browser, address, path):
    """Return the row of a slow line."""
    line = Line(int(address.rpartition(":")[2]))
    page, _ = opened(browser, f"http://127.0.0.1:{line.port}", path)
    spent = statistics.median(times(page, 1, "Levels k", 8))
    page.close()
    return ("a step of levels at 5 Mbit/s and 100 ms", spent, 250, "ms")


def main():
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch) / "served"
        folder.mkdir()
        cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
        for name, count in (("paint", len(cells)), ("slow", 2)):
            nbformat.write(nbformat.v4.new_notebook(cells=cells[:count]), folder / f"{name}.ipynb")
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        with running_server(folder) as address:
            rows = measure(browser, address, folder / "paint.ipynb")
            rows.append(measure_slow(browser, address, folder / "slow.ipynb"))
        browser.close()
    for what, value, most, unit in rows:
        verdict = "ok" if value <= most else "MISSED"
        print(f"{what:42}{value:12,.2f} {unit:6} at most {most:,}  {verdict}")
    return 0 if all(value <= most for _, value, most, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
