"""Right answers (wheats) and wrong ones (chaffs, slips), in tests/answers/<lesson>/<exercise>.py.

Each is a percent cell that holds all that a student writes into the solution cell:

- ``# %% wheat: what sets it apart`` gets full marks,
- ``# %% chaff: the misconception`` loses marks; ``chaff (visible)`` and ``chaff (hidden)`` say
  which test has to notice it,
- ``# %% slip: the rule in bold | how it is broken`` is right but for one rule, and the visible
  test has to notice it.

A line ``# says: pattern`` below the heading of a wrong answer is a regular expression that the
message has to match.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "answers"

_HEADING = re.compile(
    r"^# %% (wheat|chaff|slip)(?: \((visible|hidden)\))?: (.+)\n(?:# says: (.+)\n)?", re.MULTILINE
)


@dataclass(frozen=True)
class BankAnswer:
    """One answer of the bank.

    Attributes
    ----------
    kind : {"wheat", "chaff", "slip"}
        Whether it is right, wrong, or right but for one rule.
    caught_by : {"visible", "hidden"} or None
        Which test has to notice a wrong answer; None where either will do.
    name : str
        What sets it apart.
    says : str or None
        A pattern that the message to a wrong answer matches.
    code : str
        The content of the solution cell.
    """

    kind: str
    caught_by: str | None
    name: str
    says: str | None
    code: str


def bank_answers(lesson, exercise):
    """Return the answers of the bank to an exercise, in the order of the file."""
    path = FOLDER / lesson / f"{exercise}.py"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    pieces = _HEADING.split(text)[1:]
    answers = [BankAnswer(*pieces[i : i + 5]) for i in range(0, len(pieces), 5)]
    assert len(answers) == text.count("# %% "), f"{path} has a heading that is not understood"
    return answers
