"""Build the book: the executed lessons as pages, with sliders that move without a kernel.

    python .ci/book/build.py OUT [--repository OWNER/NAME] [--lessons 00 05 …]

Run it with the environment in which the lessons run. Pages ask no other place for anything and
open from a file as well. Solutions and hidden tests are left out; what the solved lessons show
is kept. The pages stand in OUT, the explorers' views beside them.
"""

import argparse
import collections
import copy
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import playing
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FRONT = ROOT / "kquant_helpers" / "explorers" / "front"

# A page and all that belongs to it.
PAGE_BYTES = 4_000_000
# What all pages share: the theme, its fonts, the front end.
SHARED_BYTES = 400_000

PRELUDE = """import sys
sys.path.insert(0, {here!r})
import playing
playing.start({folder!r}, {lesson!r})"""


def main():
    """Build the book that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="folder for the pages; it must not exist yet")
    parser.add_argument("--repository", default="", help="owner and name on GitHub, for the links")
    parser.add_argument("--lessons", nargs="*", default=[], help="how the lessons' names begin")
    arguments = parser.parse_args()
    if arguments.out.exists():
        sys.exit(f"{arguments.out} exists already: name a new folder, or remove it first.")
    names = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/*.ipynb"))
    wanted = [n for n in names if n.startswith(tuple(arguments.lessons or [""]))]
    with tempfile.TemporaryDirectory() as scratch:
        build(arguments.out.resolve(), Path(scratch), wanted, arguments.repository)
    for page in sorted(arguments.out.glob("*.html")):
        print(f"{page.name}: {page_bytes(page) / 1e6:.2f} MB")


def build(out, scratch, lessons, repository):
    """Write the book's sources into `scratch` and let Sphinx make pages of them."""
    source = scratch / "source"
    static = source / "_static"
    (static / "ahead").mkdir(parents=True)
    shutil.copy(HERE / "conf.py", source)
    write_front_end(static)
    make = functools.partial(lesson_page, folder=static / "ahead", repository=repository)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the work is done in the lessons' kernels
        for lesson, page in zip(lessons, pool.map(make, lessons), strict=True):
            nbformat.write(page, source / f"{lesson}.ipynb")
    write_landing_page(source, lessons)
    python = make_environment(scratch / "env")
    run(python, "-m", "sphinx", "-q", "-b", "html", source, out)
    shutil.rmtree(out / ".doctrees", ignore_errors=True)


def run(*command, **options):
    """Run a command; what it prints is shown where it fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")


def make_environment(folder):
    """Make an environment of the book's own."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt")
    return python


# The front end


def write_front_end(static):
    """Copy the front end as a script that works from a file, too, where modules do not."""
    module = (FRONT / "explorer.js").read_text(encoding="utf-8")
    exported = re.findall(r"^export (?:const|(?:async )?function) (\w+)", module, re.MULTILINE)
    body = re.sub(r"^export default ", "const widget = ", module, flags=re.MULTILINE)
    body = re.sub(r"^export ", "", body, flags=re.MULTILINE)
    script = f"const kquant = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();\n"
    (static / "explorer.js").write_text(script, encoding="utf-8")
    shutil.copy(FRONT / "explorer.css", static)
    for name in ("play.js", "play.css"):
        shutil.copy(HERE / name, static)


# A lesson


def lesson_page(lesson, folder, repository):
    """Run a solved lesson and return the page of it, small enough."""
    solved = executed(lesson, folder)
    figures = sum(path.stat().st_size for path in folder.parent.glob(f"figures/{lesson}-*"))
    fit(lesson, folder, PAGE_BYTES - SHARED_BYTES - figures - len(json.dumps(solved)))
    page = copy.deepcopy(solved)
    page.cells = [cell for cell in map(shown, page.cells) if cell is not None]
    fill_stubs(page, lesson)
    page.cells[0].source += f"\n\n{live_links(lesson, repository)}"
    return page


def executed(lesson, folder):
    """Return the solved lesson with its outputs; its explorers write their views to the folder."""
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    prelude = PRELUDE.format(here=str(HERE), folder=str(folder), lesson=lesson)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(prelude))
    with tempfile.TemporaryDirectory() as place:
        resources = {"metadata": {"path": place}}
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]])}
        client = NotebookClient(notebook, timeout=600, resources=resources)
        client.execute(env=environment)
    del notebook.cells[0]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output.data.pop("image/png", None)
    notebook.metadata.pop("widgets", None)
    return notebook


def fit(lesson, folder, room):
    """Write the scripts of a page's explorers, their pictures as large as the page has room for."""
    explorers = {}
    for path in sorted(folder.glob(f"{lesson}-*.json")):
        name, step, _ = path.name.split(".")
        explorers.setdefault(name, {})[int(step)] = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
    chosen = {name: min(sizes) for name, sizes in explorers.items()}
    while True:
        played = {name: explorers[name][step] for name, step in chosen.items()}
        weighed = weights(played)
        if sum(weighed.values()) <= room:
            return write_scripts(lesson, folder, played)
        # The heaviest gets smaller.
        larger = {n: w for n, w in weighed.items() if chosen[n] < max(explorers[n])}
        if not larger:
            sys.exit(f"The page of {lesson} does not fit into {PAGE_BYTES:,} bytes.")
        heaviest = max(larger, key=larger.get)
        chosen[heaviest] = min(step for step in explorers[heaviest] if step > chosen[heaviest])


def users_of(played):
    """Count for each name of bytes the explorers that need them."""
    return collections.Counter(name for each in played.values() for name in each["bytes"])


def weights(played):
    """Return the bytes of each explorer; of those that several need, each has its part."""
    users = users_of(played)
    return {
        name: len(json.dumps({**each, "bytes": {}}))
        + sum(len(content) / users[key] for key, content in each["bytes"].items())
        for name, each in played.items()
    }


def write_scripts(lesson, folder, played):
    """Write a script for each explorer, and one of the bytes that several need."""
    users = users_of(played)
    shared = {}
    for name, each in played.items():
        own = {key: content for key, content in each["bytes"].items() if users[key] == 1}
        shared |= {key: each["bytes"][key] for key in each["bytes"].keys() - own.keys()}
        playing.write_script(folder, name, each | {"bytes": own})
    content = json.dumps(shared, separators=(",", ":"))
    (folder / f"{lesson}-shared.js").write_text(f"kquant.share({content});\n", encoding="utf-8")


def shown(cell):
    """Return a cell as the page shows it, or None where it is left out."""
    about = cell.metadata.get("nbgrader", {})
    if about.get("grade") and cell.cell_type == "code":
        return None
    if about.get("grade"):
        cell.source = "*Your answer goes here: open the lesson live.*"
    return cell


def fill_stubs(page, lesson):
    """Put the released stubs in place of the solutions."""
    released = nbformat.read(ROOT / "course" / lesson / f"{lesson}.ipynb", as_version=4)
    stubs = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in released.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for cell in page.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution") and cell.cell_type == "code":
            cell.source = stubs[about["grade_id"]]
            cell.outputs = []
        cell.metadata = {"tags": cell.metadata.get("tags", [])}


def live_links(lesson, repository):
    """Return the line that says where a lesson can be opened live."""
    links = [f"[in your browser](lite/lab/index.html?path={lesson}.ipynb)"]
    if repository:
        path = f"course/{lesson}/{lesson}.ipynb"
        links += [
            f"[on Binder](https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/{path})",
            f"[in Colab](https://colab.research.google.com/github/{repository}/blob/HEAD/{path})",
            f"[download it](https://github.com/{repository}/raw/HEAD/{path})",
        ]
    listed = ", ".join(links)
    return f"**Open it live**, to solve the exercises: {listed}."


def write_landing_page(source, lessons):
    """Write the first page: the thing itself, moving, and the list of lessons."""
    playing.write_first(source / "_static" / "ahead", source / "first.html")
    text = (HERE / "index.md").read_text(encoding="utf-8")
    (source / "index.md").write_text(text.replace("LESSONS", "\n".join(lessons)), encoding="utf-8")


def page_bytes(page):
    """Return the size of a page and of all that it names."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(r'(?:src|data-src|href)="(?!data:|https?:)([^"#?]+)', text)
    names = {name for each in named for name in each.split()}
    files = [page, *(page.parent / name for name in names if not name.endswith(".html"))]
    return sum(path.stat().st_size for path in files if path.is_file())


if __name__ == "__main__":
    main()
