"""In the kernel of a lesson whose page is built: explorers write their views ahead to files."""

import base64
import html
import io
import itertools
import json
from pathlib import Path

from PIL import Image

from kquant_helpers import explore_bits, predictions
from kquant_helpers.explorers.ahead import played_ahead, still_picture, told, views_ahead
from kquant_helpers.explorers.frame import Explorer

# By how much large pictures may be smaller; the build takes the first with which a page fits.
STEPS = (2, 3, 4, 6, 8)


def start(folder, lesson):
    """Let explorers show themselves as elements of a page, and write what they play."""
    numbers = itertools.count(1)

    def show(explorer):
        from IPython.display import HTML, display

        name = f"{lesson}-{next(numbers)}"
        views = views_ahead(explorer)
        for step in STEPS:
            played = played_ahead(explorer, views, step)
            Path(folder, f"{name}.{step}.json").write_text(json.dumps(played), encoding="utf-8")
        display(HTML(element(explorer, name, shared=f"{lesson}-shared")))

    Explorer._ipython_display_ = show
    predictions.predict = question_alone
    show_figures_as_files(Path(folder).parent / "figures", lesson)


def show_figures_as_files(folder, lesson):
    """Let figures show themselves as files of lossless WebP, a good third smaller than PNG."""
    from IPython.core.pylabtools import print_figure
    from matplotlib.figure import Figure

    numbers = itertools.count(1)
    folder.mkdir(exist_ok=True)

    def as_file(figure):
        name = f"{lesson}-{next(numbers)}.webp"
        content = print_figure(figure, "png", bbox_inches="tight")
        Image.open(io.BytesIO(content)).save(folder / name, lossless=True)
        titles = [axes.get_title() or axes.get_ylabel() for axes in figure.axes]
        words = html.escape("; ".join(filter(None, titles)) or "Figure", quote=True)
        return f'<img class="kq-figure" src="_static/figures/{name}" alt="{words}">'

    Figure._repr_html_ = as_file


def question_alone(_key, question, choices=()):
    """Return a question to think about; a form would need a kernel that keeps the answer."""
    from IPython.display import HTML

    listed = f" ({html.escape(', '.join(choices))})" if choices else ""
    return HTML(f"<p><b>{html.escape(question)}</b>{listed}</p>")


def write_first(folder, path):
    """Write the explorer of the landing page, which moves by itself."""
    explorer = explore_bits("china")
    write_script(folder, "first", played_ahead(explorer, views_ahead(explorer), 2))
    path.write_text(element(explorer, "first", moves=True), encoding="utf-8")


def write_script(folder, name, played):
    """Write the script that plays an explorer."""
    data = json.dumps(played, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.js").write_text(
        f"kquant.play({json.dumps(name)}, {data});\n", encoding="utf-8"
    )


def element(explorer, name, shared=None, moves=False):
    """Return an explorer's element: a still picture and readouts until it plays."""
    view = explorer.render()
    image = still_picture(view, 360)
    picture = ""
    if image is not None:
        content = io.BytesIO()
        Image.fromarray(image).save(content, "WEBP", lossless=True)
        alt = html.escape(view.after.alt, quote=True)
        data = base64.b64encode(content.getvalue()).decode()
        picture = f'<img alt="{alt}" src="data:image/webp;base64,{data}">'
    words = html.escape(told(view, explorer.title))
    motion = ' data-moves="yes"' if moves else ""
    scripts = " ".join(f"_static/ahead/{each}.js" for each in (shared, name) if each)
    return (
        f'<div class="kq-explorer kq-ahead" data-ahead="{name}" '
        f'data-src="{scripts}"{motion}>{picture}<pre>{words}</pre></div>'
    )
