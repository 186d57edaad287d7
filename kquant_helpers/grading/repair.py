"""A handed-in file becomes a notebook that holds every graded cell of its release once.

The release is the truth: what a submission says of points, locks, types and tags is not read, only
which cell is which, and what the student wrote.
"""

import ast
import json
import re

from kquant_helpers.grading.release import clean_text, exercise_of

# Larger files are no notebooks of this course, even with all pictures in them.
LARGEST_FILE = 128 * 2**20

_MOST_CELLS = 5_000
_MOST_SOURCE = 10 * 2**20


class NotANotebook(Exception):
    """Says in one sentence why a file cannot be graded, and what to do about it."""


def repair(data, release):
    """Return a clean notebook made of a handed-in file.

    Parameters
    ----------
    data : bytes
        The file as it was handed in.
    release : dict
        What `release.read_release` returns.

    Returns
    -------
    notebook : dict
        A notebook of format 4.5, as JSON holds it, without outputs.
    remarks : list of str
        What was mended.

    Raises
    ------
    NotANotebook
        Where no answer can be read from it.
    """
    cells = [_Cell(raw) for raw in _raw_cells(_parsed(_decoded(data)))]
    _check_size(cells)
    remarks = []
    _claim(cells, release, remarks)
    if not any(cell.known for cell in cells):
        raise NotANotebook(
            f"Nothing of {release['lesson']} is in it: it is another notebook, or all was deleted."
        )
    cells = _restored(cells, remarks)
    cells = _joined(cells, remarks)
    _put_back(cells, release, remarks)
    _move_tests_down(cells, release, remarks)
    _collect_answers(cells, release, remarks)
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": release["metadata"],
        "cells": [cell.as_json(i) for i, cell in enumerate(cells)],
    }
    return notebook, remarks


def defines(source, name):
    r"""Say whether a cell gives a meaning to a name.

    Examples
    --------
    >>> defines("def f(x):\n    return x", "f"), defines("f(2)", "f"), defines("f = 2", "f")
    (True, False, True)
    """
    pattern = (
        rf"^(?:async\s+)?def\s+{re.escape(name)}\b|^{re.escape(name)}[^\S\n]*(?::[^=\n]*)?=[^=]"
    )
    return re.search(pattern, source, re.MULTILINE) is not None


# Reading a file


def _decoded(data):
    if not data.strip():
        raise NotANotebook("The file is empty: ask for it again.")
    if len(data) > LARGEST_FILE:
        raise NotANotebook(
            f"The file has more than {LARGEST_FILE >> 20} MB: ask for it again, with all outputs "
            "cleared."
        )
    # Without a mark it is told by where the zeros of its first letters are.
    encoding = json.detect_encoding(data)
    return data.decode(encoding, "replace")


def _parsed(text):
    try:
        parsed = json.loads(text, strict=False)
    except MemoryError:
        raise NotANotebook("The file holds far too much: ask for one without outputs.") from None
    except (ValueError, RecursionError) as error:
        raise NotANotebook(_why_no_json(text, error)) from None
    if not isinstance(parsed, dict):
        raise NotANotebook("The file is no notebook: its JSON is no object. Ask for it again.")
    return parsed


def _why_no_json(text, error):
    start = text.lstrip()[:200].lower()
    if re.search(r"^(<{7} |={7}$|>{7} )", text, re.MULTILINE):
        return "The file holds marks of a merge conflict (<<<<<<<): ask for a resolved one."
    if start.startswith(("<!doctype", "<html", "<?xml", "<head")):
        return "The file is a web page, not a notebook: ask for the .ipynb itself."
    if isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1:
        return "The file ends in the middle, as after a broken upload: ask for it again."
    if not start.startswith("{"):
        return "The file is no notebook: it does not hold JSON. Ask for the .ipynb itself."
    if isinstance(error, json.JSONDecodeError) and error.msg.startswith("Unterminated"):
        return "The file ends in the middle, as after a broken upload: ask for it again."
    where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
    return f"The file is damaged: its JSON cannot be read{where}. Ask for it again."


def _raw_cells(parsed):
    """Return what stands for cells in a notebook of any format."""
    found = parsed.get("cells")
    if not isinstance(found, list):
        sheets = parsed.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        found = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    found = [cell for cell in found if isinstance(cell, dict)]
    if not found:
        raise NotANotebook("The notebook has no cells: ask for it again.")
    return found


def _check_size(cells):
    if len(cells) > _MOST_CELLS or sum(len(cell.source) for cell in cells) > _MOST_SOURCE:
        raise NotANotebook(
            f"The notebook is too large ({len(cells)} cells): ask for one without pasted data."
        )


class _Cell:
    """A cell while it is mended: its type, source, pictures, and which of the release it is."""

    def __init__(self, raw, known=None):
        self.type = _type_of(raw)
        self.source = _text_of(raw.get("source", raw.get("input", "")))
        self.attachments = _attachments_of(raw)
        self.claim = _claim_of(raw)
        self.known = known
        self.given = self.source

    def as_json(self, index):
        cell = {"id": f"cell-{index}", "cell_type": self.type, "source": self.source}
        cell["metadata"] = {"nbgrader": dict(self.known["entry"])} if self.known else {}
        if self.type == "code":
            cell |= {"execution_count": None, "outputs": []}
        elif self.attachments:
            cell["attachments"] = self.attachments
        return cell

    @property
    def name(self):
        return self.known["name"] if self.known else None

    def take(self, known):
        """Become a cell of the release, whatever this one says of itself."""
        self.known, self.type = known, known["type"]
        blank = clean_text(self.source) == clean_text(known["source"])
        if blank or not known["entry"]["solution"]:
            self.source = known["source"]


def _type_of(raw):
    told = raw.get("cell_type")
    if told in ("code", "markdown", "raw"):
        return told
    return "code" if "outputs" in raw or "input" in raw else "markdown"


def _text_of(told):
    """Return a source as one text that can be written to a file."""
    if isinstance(told, list):
        told = "".join(line for line in told if isinstance(line, str))
    told = told if isinstance(told, str) else ""
    return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _attachments_of(raw):
    told = raw.get("attachments")
    if not isinstance(told, dict):
        return {}
    return {
        _text_of(name): bundle
        for name, bundle in told.items()
        if isinstance(bundle, dict)
        and all(re.fullmatch(r"image/[\w.+-]+", mime) for mime in bundle)
        and all(isinstance(data, str) and data.isascii() for data in bundle.values())
    }


def _claim_of(raw):
    """Return the grade_id that a cell says it has."""
    for part in ("metadata", "nbgrader", "grade_id"):
        raw = raw.get(part) if isinstance(raw, dict) else None
    return raw if isinstance(raw, str) else None


# Which cell is which


def _claim(cells, release, remarks):
    """Say of each cell which one of the release it is, and make it so."""
    for known in release["cells"]:
        claimants = [cell for cell in cells if cell.claim == known["name"]]
        if len(claimants) > 1:
            remarks.append(f"{known['name']} stands there {len(claimants)} times.")
        chosen = _best(claimants or _lookalikes(cells, known, release), known)
        if chosen is None:
            continue
        if not claimants:
            remarks.append(f"{known['name']} had lost its mark.")
        elif chosen.type != known["type"]:
            remarks.append(f"{known['name']} had become a {chosen.type} cell.")
        chosen.take(known)


def _best(claimants, known):
    """Return the last cell that holds an answer of the right kind, or any, or the last one."""
    answered = [cell for cell in claimants if _is_answer(cell, known)]
    fitting = [cell for cell in answered if _fits(cell, known)]
    return (fitting or answered or claimants or [None])[-1]


def _fits(cell, known):
    if known["type"] == "code":
        return defines(cell.source, known["name"])
    return cell.type == known["type"]


def _is_answer(cell, known):
    if not known["entry"]["solution"]:
        return False
    return clean_text(cell.source) not in ("", clean_text(known["released"]))


def _lookalikes(cells, known, release):
    """Return the cells without a mark that can be nothing but this one."""
    names = {each["name"] for each in release["cells"]}
    free = [cell for cell in cells if not cell.known and cell.claim not in names]
    if known["type"] == "code" and known["entry"]["solution"]:
        return [cell for cell in free if defines(cell.source, known["name"])]
    wanted = {clean_text(known["released"]), clean_text(known["source"])}
    return [cell for cell in free if clean_text(cell.source) in wanted]


def _restored(cells, remarks):
    """Keep what a student wrote into a test cell, in a cell of its own above the test."""
    mended = []
    for cell in cells:
        changed = clean_text(cell.given) not in (
            {clean_text(cell.known[key]) for key in ("source", "released")} if cell.known else ()
        )
        if cell.known and not cell.known["entry"]["solution"] and changed:
            remarks.append(f"{cell.name} was changed; the release's is graded.")
            if re.search(r"^(async\s+)?def |^import |^from .* import |^\w+ = ", cell.given, re.M):
                mended.append(_Cell({"cell_type": "code", "source": cell.given}))
        mended.append(cell)
    return mended


def _joined(cells, remarks):
    """Put the parts of a split exercise together again."""
    mended = []
    for cell in cells:
        above = mended[-1] if mended else None
        if (
            above is not None
            and above.known
            and above.type == cell.type == "code"
            and above.known["entry"]["solution"]
            and not cell.known
            and not _parses(above.source)
            and _parses(f"{above.source}\n{cell.source}")
        ):
            above.source += f"\n{cell.source}"
            remarks.append(f"{above.name} was split.")
        else:
            mended.append(cell)
    return mended


def _parses(source):
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!", "?"))]
    try:
        ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


# Where cells stand


def _put_back(cells, release, remarks):
    """Put missing graded cells back: a test below its exercise, an answer at the end."""
    present = {cell.name for cell in cells}
    for known in release["cells"]:
        if known["name"] in present or not (known["entry"]["grade"] or known["entry"]["task"]):
            continue
        cell = _Cell({"cell_type": known["type"], "source": known["source"]}, known)
        places = _places_of_exercise(cells, known["name"])
        cells.insert(places[-1] + 1 if places else len(cells), cell)
        remarks.append(f"{known['name']} was missing and is put back.")


def _move_tests_down(cells, release, remarks):
    """Move a test that stands above all of its exercise to below it."""
    for known in release["cells"]:
        if known["entry"]["solution"] or not known["entry"]["grade"]:
            continue
        here = next(i for i, cell in enumerate(cells) if cell.name == known["name"])
        places = _places_of_exercise(cells, known["name"])
        if places and here < places[0]:
            cells.insert(places[0], cells.pop(here))
            remarks.append(f"{known['name']} stood above its exercise.")


def _places_of_exercise(cells, name):
    """Return where in the notebook the exercise of a test is defined or tested."""
    exercise = exercise_of(name)
    return [
        i
        for i, cell in enumerate(cells)
        if (cell.type == "code" and not _is_locked(cell) and defines(cell.source, exercise))
        or cell.name == exercise
    ]


def _is_locked(cell):
    return cell.known is not None and not cell.known["entry"]["solution"]


# Written answers


def _collect_answers(cells, release, remarks):
    """Put what was written elsewhere into a written answer that is blank."""
    blank = [
        cell
        for cell in cells
        if cell.known
        and cell.type == "markdown"
        and cell.known["entry"]["solution"]
        and clean_text(cell.source) == clean_text(cell.known["source"])
    ]
    found = list(dict.fromkeys(filter(None, (_prose_of(cell, release) for cell in cells))))
    if not found:
        return
    for cell in blank:
        text = "\n\n".join(found)[:100_000]
        cell.source = f"*Found elsewhere in the notebook:*\n\n{text}"
        remarks.append(f"{cell.name} was blank; what is written elsewhere is shown there.")


def _prose_of(cell, release):
    """Return what a student wrote for people in a cell that is not meant for it."""
    own = cell.known is not None and cell.known["entry"]["solution"]
    text = clean_text(cell.given)
    if own or not text or text in release["texts"]:
        return ""
    if any(text == clean_text(known["source"]) for known in release["cells"]):
        return ""
    if cell.type != "code" or _is_prose(text):
        return text
    return ""


def _is_prose(text):
    """Say whether a code cell holds sentences: words that are no Python, or comments only."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if all(line.startswith("#") for line in lines):
        return len(re.findall(r"[^\W\d_]{2,}", text)) >= 4
    code = re.compile(r"^(def|import|from|for|while|if|return|class|print|assert|@|%|!)\b|[=(\[{]")
    words = re.findall(r"[^\W\d_]{2,}", text)
    quoted = re.fullmatch(r"([\"']{1,3}).*\1", text, re.DOTALL)
    if quoted:
        return len(words) >= 4
    return len(words) >= 4 and not _parses(text) and not any(map(code.match, lines))
