"""Ready to hand in? A look at a notebook file, without running it; for students.

It needs nothing but the package and nbformat's plain JSON, so it works in a notebook's cell, on
the command line (``kquant check``) and in a browser.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

_STUB = "raise NotImplementedError"
_BLANK = "*Your answer:"


@dataclass
class Look:
    """What was seen in a notebook.

    Attributes
    ----------
    name : str
        The file.
    done, missing : list of str
        What is there, and what is not, each as a sentence's beginning.
    """

    name: str
    done: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    def as_dict(self):
        """Return it as plain data."""
        return {"notebook": self.name, "done": self.done, "missing": self.missing}

    def __str__(self):
        lines = [f"✓ {text}" for text in self.done] + [f"✗ {text}" for text in self.missing]
        if self.missing:
            lines.append(f"{self.name} is not complete. You may hand it in all the same.")
        else:
            lines.append(f"{self.name} is ready to hand in.")
        return "\n".join(lines)


def ready_to_hand_in(notebook):
    """Say whether a lesson's notebook is ready to be handed in.

    It reads the file as it was saved last: are all exercises written and the tests, run last,
    passed, and is the question answered? It runs nothing and changes nothing. The last cell of
    each lesson calls it.

    Parameters
    ----------
    notebook : path
        The file, "02-global-quantization.ipynb".

    Examples
    --------
    >>> ready_to_hand_in("no-such-file.ipynb")
    ✗ There is no file no-such-file.ipynb here: save the notebook, and look at its name.
    no-such-file.ipynb is not complete. You may hand it in all the same.
    """
    print(look_at(notebook))


def look_at(notebook):
    """Return a `Look` at a notebook file."""
    path = Path(notebook).expanduser()
    look = Look(path.name)
    try:
        found = json.loads(path.read_text("utf-8"))
        cells = [cell for cell in found["cells"] if isinstance(cell, dict)]
    except FileNotFoundError:
        look.missing.append(
            f"There is no file {path.name} here: save the notebook, and look at its name."
        )
        return look
    except (OSError, ValueError, KeyError, TypeError):
        look.missing.append(f"{path.name} cannot be read as a notebook: save it again.")
        return look
    _look_at_cells(cells, look)
    if not look.done and not look.missing:
        look.missing.append(f"{path.name} holds no exercise of this course.")
    return look


def _look_at_cells(cells, look):
    seen = set()
    for cell in cells:
        metadata = cell.get("metadata")
        entry = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        if not isinstance(entry, dict) or not isinstance(entry.get("grade_id"), str):
            continue
        name = entry["grade_id"]
        if name in seen:
            look.missing.append(f"{name} stands there twice: delete the copy that you do not want.")
            continue
        seen.add(name)
        if cell.get("cell_type") == "markdown" and entry.get("grade"):
            _say(look, not _is_blank(cell), "The question is answered", "The question is open")
        elif entry.get("solution"):
            written = _STUB not in _source(cell)
            _say(look, written, f"{name} is written", f"{name} is not written yet")
        elif entry.get("grade") and not name.endswith("_hidden"):
            _look_at_test(cell, name, look)


def _look_at_test(cell, name, look):
    outputs = cell.get("outputs") or []
    if not cell.get("execution_count"):
        look.missing.append(f"{name} was not run: run all cells, save, and look again")
    elif any(isinstance(each, dict) and each.get("output_type") == "error" for each in outputs):
        look.missing.append(f"{name} does not pass yet")
    else:
        look.done.append(f"{name} passes")


def _say(look, is_done, done, missing):
    (look.done if is_done else look.missing).append(done if is_done else missing)


def _source(cell):
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _is_blank(cell):
    source = _source(cell).strip()
    return not source or source.startswith(_BLANK)
