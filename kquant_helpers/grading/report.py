"""What an instructor reads after a run: a table, a file, or JSON."""

import csv
import dataclasses
import json
import os
import sys

COLUMNS = (
    "student", "lesson", "score", "max_score", "needs_manual", "state", "reason", "seconds",
)  # fmt: skip


def as_dicts(rows):
    """Return the rows of a report as dicts of plain values."""
    return [{name: getattr(row, name) for name in COLUMNS} for row in rows]


def as_json(rows):
    """Return a report as JSON, with what was mended."""
    return json.dumps([dataclasses.asdict(row) for row in rows], indent=2, ensure_ascii=True)


def write_csv(rows, path):
    """Write a report to a file, as a whole or not at all."""
    new = f"{path}.new"
    with open(new, "w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(
            {name: _field(value) for name, value in row.items()} for row in as_dicts(rows)
        )
    os.replace(new, path)


def _field(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else value


def as_table(rows):
    """Return the table that ends a run: one line for each student, then the sum of it."""
    width = max([len(row.student) for row in rows] + [7])
    lines = [f"{'student':{width}}  {'score':>11}  {'seconds':>7}  state"]
    for row in rows:
        score = f"{row.score:g} / {row.max_score:g}" if row.score is not None else ""
        state = row.state + (", to be read" if row.needs_manual else "")
        lines.append(f"{row.student:{width}}  {score:>11}  {row.seconds:>7.1f}  {state}")
        lines += [f"{'':{width}}  {text}" for text in filter(None, [row.reason, *row.remarks])]
    lines = [_without_controls(line) for line in lines]
    graded = sum(row.state == "graded" for row in rows)
    waiting = sum(row.needs_manual for row in rows)
    lines.append(f"{graded} of {len(rows)} graded, {waiting} with an answer to be read.")
    return "\n".join(lines)


def _without_controls(text):
    r"""Return a line that stays one and steers no terminal, whatever a file is called.

    Examples
    --------
    >>> print(_without_controls("ada\x1b[2J"))
    ada\x1b[2J
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


class Progress:
    """A bar on a terminal; a file gets nothing, since the table follows."""

    def __init__(self, stream=sys.stderr):
        self._stream = stream if stream.isatty() else None

    def __call__(self, done, total, student):
        """Show how many are done."""
        if self._stream:
            bar = "█" * round(30 * done / total)
            end = "\n" if done == total else ""
            self._stream.write(
                f"\r{bar:30} {done}/{total} {_without_controls(student)[:30]:30}{end}"
            )
            self._stream.flush()
