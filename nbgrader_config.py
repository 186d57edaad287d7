"""How nbgrader makes course/ from solutions/, and how it grades what comes back."""

import functools
import html
import os
import re
import shutil
import sysconfig
import tempfile
from pathlib import Path
from urllib.parse import quote

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
)

c = get_config()  # noqa: F821 - traitlets provides it

# nbgrader calls `alembic` by name, and fails where the environment is used but not activated.
scripts = sysconfig.get_path("scripts")
if scripts not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([scripts, os.environ["PATH"]])

# Anything on stderr costs a test cell its points, and joblib, under scikit-learn, warns where it
# cannot tell the physical cores, as in a sandbox without /sys; fewer than all it takes unasked.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", str((os.cpu_count() or 1) - 1))

c.CourseDirectory.course_id = "kquant"
c.CourseDirectory.root = str(Path(__file__).parent.absolute())
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"

# course/ is generated: a lesson already there is replaced, not skipped without a word.
c.GenerateAssignment.force = True


def keep_old_release(convert):
    """Put a release back as it was where making a new one fails: nbgrader leaves none."""

    @functools.wraps(convert)
    def make_release(self):
        released = self._format_dest(self.coursedir.assignment_id, ".")
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "release"
            if os.path.isdir(released):
                shutil.copytree(released, kept)
            try:
                convert(self)
            except BaseException:
                if kept.is_dir():
                    shutil.rmtree(released, ignore_errors=True)
                    shutil.copytree(kept, released)
                raise

    make_release.keeps_old_release = True
    return make_release


# In Formgrader, too, which reads this file once for each lesson.
if not hasattr(GenerateAssignment.convert_notebooks, "keeps_old_release"):
    GenerateAssignment.convert_notebooks = keep_old_release(GenerateAssignment.convert_notebooks)

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*Your answer: double-click here and write in place of this line.*"

# Seconds a cell may run, in Validate and in grading: an endless loop ends, a slow laptop does not.
c.Execute.timeout = 60

# What students wrote is shown in Formgrader and on feedback pages; scripts in it must not run.
c.HTMLExporter.sanitize_html = True

TAGS = bleach.ALLOWED_TAGS | {
    "br", "dd", "del", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "p",
    "pre", "span", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr",
}  # fmt: skip


def is_harmless(tag, name, value):
    """Say whether an attribute may stay: no handler, no style, data for pictures only."""
    if value.lower().startswith("data:") and not (tag == "img" and value.startswith("data:image/")):
        return False
    allowed = {"a": ("href", "title"), "img": ("src", "alt", "title", "width", "height")}
    return name in ("class", "id", *allowed.get(tag, ()))


@pass_context
def markdown_as_page(context, source):
    """Return Markdown as HTML in which nothing runs; nbgrader's templates let scripts through."""
    attachments = dict(context.get("cell", {}).get("attachments", {}))
    attachments |= {quote(name): picture for name, picture in attachments.items()}
    # A picture that got lost must not keep the page from being made.
    for name in re.findall(r"attachment:([^\s)\"'>]+)", source):
        attachments.setdefault(name, {"image/png": ""})
    try:
        renderer = IPythonRenderer(escape=False, attachments=attachments)
        page = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # nested too deep, for one
        return f"<pre>{html.escape(source)}</pre>"
    protocols = {*bleach.ALLOWED_PROTOCOLS, "data"}
    return bleach.clean(page, tags=TAGS, attributes=is_harmless, protocols=protocols)


c.HTMLExporter.filters = {"markdown2html": markdown_as_page}


class MendCells(NbGraderPreprocessor):
    """Forget copied and foreign graded cells and put deleted ones back, before they are graded.

    A copied cell is left with an empty nbgrader entry by DeduplicateIds, a cell from elsewhere has
    a grade_id the gradebook lacks: both become plain cells, where nbgrader would stop. A deleted
    graded cell returns at the end; OverwriteCells.add_missing_cells fails when the exercise above
    it is gone as well.
    """

    def preprocess(self, nb, resources):
        """Give the notebook each graded cell of its lesson, once."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            lesson = gradebook.find_notebook(names["notebook"], names["assignment"])
            sources = {cell.name: cell for cell in lesson.source_cells}
            written = {cell.name for cell in lesson.solution_cells}
            for cell in nb.cells:
                if cell.metadata.get("nbgrader", {}).get("grade_id") not in sources:
                    cell.metadata.pop("nbgrader", None)
            present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
            for graded in lesson.grade_cells:
                if graded.name not in present:
                    self.log.warning("Graded cell '%s' was deleted; it is put back", graded.name)
                    source = sources[graded.name]
                    nb.cells.append(graded_cell(source, graded.max_score, graded.name in written))
        return nb, resources


def graded_cell(source, points, written):
    """Return the notebook cell that the gradebook keeps as `source`."""
    new_cell = new_code_cell if source.cell_type == "code" else new_markdown_cell
    entry = {"schema_version": 3, "grade_id": source.name, "checksum": source.checksum}
    entry |= {"grade": True, "points": points, "solution": written, "task": False}
    return new_cell(source.source, metadata={"nbgrader": entry | {"locked": source.locked}})


# nbgrader's own list, with MendCells in its place.
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    DeduplicateIds,
    MendCells,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
