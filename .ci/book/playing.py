"""In the kernel of a lesson whose page is built: explorers write their views ahead to files."""

import base64
import html
import itertools
import json
from pathlib import Path

from kquant_helpers import explore_bits, predictions
from kquant_helpers.explorers.ahead import played_ahead, still_picture, told
from kquant_helpers.explorers.frame import Explorer
from kquant_helpers.formats import png_bytes

STEPS = (2, 3, 4, 6)


def start(folder, lesson):
    """Let explorers show themselves as elements of a page, and write what they play."""
    numbers = itertools.count(1)

    def show(explorer):
        from IPython.display import HTML, display

        name = f"{lesson}-{next(numbers)}"
        for step in STEPS:
            write(explorer, Path(folder) / f"{name}.{step}.js", name, step)
        display(HTML(element(explorer, name)))

    Explorer._ipython_display_ = show
    predictions.predict = question_alone


def question_alone(_key, question, choices=()):
    """Return a question to think about; a form would need a kernel that keeps the answer."""
    from IPython.display import HTML

    listed = f" ({html.escape(', '.join(choices))})" if choices else ""
    return HTML(f"<p><b>{html.escape(question)}</b>{listed}</p>")


def write_first(folder, path):
    """Write the explorer of the landing page, which moves by itself."""
    explorer = explore_bits("china")
    write(explorer, Path(folder) / "first.js", "first", 2)
    Path(path).write_text(element(explorer, "first", moves=True), encoding="utf-8")


def write(explorer, path, name, step):
    """Write the script that plays an explorer."""
    data = json.dumps(played_ahead(explorer, step), ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"kquant.play({json.dumps(name)}, {data});\n", encoding="utf-8")


def element(explorer, name, moves=False):
    """Return an explorer's element: a still picture and readouts until it plays."""
    view = explorer.render()
    image = still_picture(view, 360)
    picture = ""
    if image is not None:
        content = base64.b64encode(png_bytes(image)).decode()
        alt = html.escape(view.after.alt, quote=True)
        picture = f'<img alt="{alt}" src="data:image/png;base64,{content}">'
    words = html.escape(told(view, explorer.title))
    motion = ' data-moves="yes"' if moves else ""
    return (
        f'<div class="kq-explorer kq-ahead" data-ahead="{name}" '
        f'data-src="_static/ahead/{name}.js"{motion}>{picture}<pre>{words}</pre></div>'
    )
