"""The command ``kquant``: grade, feedback and export for instructors, check for students."""

import argparse
import sys

_FAULTS = ("CannotRun", "BookError", "NoRelease", "NoSandbox", "NoScheduler")


def main(arguments=None):
    """Run the command and return its exit status.

    0 means that all is done, 1 that some submissions are not graded (or that a notebook is not
    ready), 2 that it could not run.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    try:
        return chosen.run(chosen)
    except KeyboardInterrupt:
        print("kquant: stopped; what was done is stored.", file=sys.stderr)
        return 2
    except OSError as error:
        told = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
        print(f"kquant: {told}.", file=sys.stderr)
        return 2
    except Exception as error:
        if type(error).__name__ not in _FAULTS:
            raise
        print(f"kquant: {error}", file=sys.stderr)
        return 2


def _parser():
    parser = argparse.ArgumentParser(prog="kquant", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    grade = commands.add_parser("grade", help="grade what students handed in for a lesson")
    grade.add_argument("lesson")
    grade.add_argument("--students", nargs="+", metavar="NAME", default=[], action="extend")
    grade.add_argument("--workers", type=_count, metavar="N", help="how many at once (all cores)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="a dask scheduler, tcp://host:8786")
    grade.add_argument("--time-limit", type=_seconds, metavar="SECONDS", default=300.0)
    grade.add_argument("--report", metavar="FILE.csv", help="write the table to a file as well")
    grade.add_argument("--unsafe", action="store_true", help="grade without a sandbox")
    grade.add_argument("--json", action="store_true", help="print JSON in place of the table")
    grade.set_defaults(run=_grade)
    feedback = commands.add_parser("feedback", help="make the pages that students get back")
    feedback.add_argument("lesson")
    feedback.add_argument("--students", nargs="+", metavar="NAME", default=[], action="extend")
    feedback.add_argument("--json", action="store_true", help="print JSON")
    feedback.set_defaults(run=_feedback)
    export = commands.add_parser("export", help="write the grades of all lessons to a file")
    export.add_argument("file", metavar="FILE.csv")
    export.add_argument("--format", choices=("table", "moodle", "canvas"), default="table")
    export.add_argument("--json", action="store_true", help="print JSON")
    export.set_defaults(run=_export)
    check = commands.add_parser("check", help="say whether a notebook is ready to be handed in")
    check.add_argument("notebook")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=_check)
    return parser


def _count(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 is expected")
    return number


def _seconds(text):
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("a number of seconds above 0 is expected")
    return number


def _import(module):
    """Import a room that needs nbgrader, or say that it is missing."""
    from importlib import import_module

    try:
        return import_module(f"kquant_helpers.grading.{module}")
    except ModuleNotFoundError as error:
        print(
            f"kquant: this needs {error.name}: pip install 'kquant-helpers[course]'.",
            file=sys.stderr,
        )
        raise SystemExit(2) from None


def _grade(chosen):
    from kquant_helpers.grading import report

    rows = _import("grade").grade(
        chosen.lesson,
        students=chosen.students,
        workers=chosen.workers,
        scheduler=chosen.scheduler,
        limit=chosen.time_limit,
        unsafe=chosen.unsafe,
        progress=report.Progress(),
    )
    if chosen.report:
        report.write_csv(rows, chosen.report)
    print(report.as_json(rows) if chosen.json else report.as_table(rows))
    return 0 if all(row.state == "graded" for row in rows) else 1


def _feedback(chosen):
    made, missing = _import("feedback").make_pages(chosen.lesson, chosen.students)
    _say(chosen, {"pages": made, "without": missing}, _feedback_text(made, missing))
    return 1 if missing else 0


def _feedback_text(made, missing):
    text = f"{len(made)} pages written to feedback/; nbgrader release_feedback hands them out."
    return text + "".join(f"\nNo page for {name}: not graded." for name in missing)


def _export(chosen):
    rows = _import("export").write(chosen.file, chosen.format)
    text = f"Grades of {rows} students written to {chosen.file}."
    _say(chosen, {"file": chosen.file, "students": rows}, text)
    return 0


def _check(chosen):
    from kquant_helpers.grading.ready import look_at

    found = look_at(chosen.notebook)
    _say(chosen, {"ready": not found.missing, **found.as_dict()}, str(found))
    return 1 if found.missing else 0


def _say(chosen, data, text):
    import json

    print(json.dumps(data, indent=2) if chosen.json else text)


if __name__ == "__main__":
    sys.exit(main())
