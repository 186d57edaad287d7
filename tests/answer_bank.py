"""Right answers (wheats) and wrong ones (chaffs), kept in tests/answers/<lesson>/<exercise>.py.

Each is a percent cell, ``# %% wheat: …`` or ``# %% chaff: …``, that holds all that a student
writes into the solution cell. A chaff is named after the misconception.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "answers"

_HEADING = re.compile(r"^# %% (wheat|chaff): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class BankAnswer:
    """One answer of the bank.

    Attributes
    ----------
    kind : {"wheat", "chaff"}
        Whether it is right.
    name : str
        What sets it apart.
    code : str
        The content of the solution cell.
    """

    kind: str
    name: str
    code: str


def bank_answers(lesson, exercise):
    """Return the answers of the bank to an exercise, in the order of the file."""
    path = FOLDER / lesson / f"{exercise}.py"
    pieces = _HEADING.split(path.read_text(encoding="utf-8"))[1:] if path.exists() else []
    return [BankAnswer(*pieces[i : i + 3]) for i in range(0, len(pieces), 3)]
