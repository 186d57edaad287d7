"""How nbgrader makes course/ from solutions/, and how it grades what comes back."""

import os
import sysconfig
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
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

c.CourseDirectory.course_id = "kquant"
c.CourseDirectory.root = str(Path(__file__).parent.absolute())
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"

# course/ is generated: a lesson already there is replaced, not skipped without a word.
c.GenerateAssignment.force = True

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "*Your answer: double-click here and write in place of this line.*"

# Seconds a cell may run, in Validate and in grading: an endless loop ends, a slow laptop does not.
c.Execute.timeout = 60


class ForgetStrayCells(NbGraderPreprocessor):
    """Make plain cells of those that only look graded, so that one of them fails nobody's grading.

    A copied cell has an empty nbgrader entry after DeduplicateIds, and a cell of another lesson
    has a grade_id that this lesson's gradebook does not know.
    """

    def preprocess(self, nb, resources):
        """Take the nbgrader entry from every cell whose grade_id is not in the gradebook."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            try:
                lesson = gradebook.find_notebook(names["notebook"], names["assignment"])
            except MissingEntry:
                return nb, resources
            known = {cell.name for cell in lesson.source_cells}
        for cell in nb.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") not in known:
                cell.metadata.pop("nbgrader", None)
        return nb, resources


# The default list with the class above; a deleted test comes back and counts.
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    DeduplicateIds,
    ForgetStrayCells,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.OverwriteCells.add_missing_cells = True
