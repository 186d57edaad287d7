"""Judge the answers of the bank inside Pyodide; the last line printed lists what is judged wrongly.

Run by test_site.py through in_pyodide.mjs, with the jobs as a file.
"""

import json
import re
import sys

sys.path.insert(0, "/tests")

from answer_bank import bank_answers
from IPython.core.interactiveshell import InteractiveShell

from kquant_helpers.checks.ladder import NotYet

shell = InteractiveShell.instance()


def judge(job):
    """Return which answers of a lesson are judged otherwise than the bank says."""
    shell.reset()
    for source in job["setup"]:
        shell.run_cell(source, silent=True).raise_error()
    before = dict(shell.user_ns)
    wrong = []
    for exercise in job["exercises"]:
        tests = [job["tests"][f"test_{exercise}"], job["tests"][f"test_{exercise}_hidden"]]
        for answer in bank_answers(job["lesson"], exercise):
            for name in set(shell.user_ns) - set(before):
                del shell.user_ns[name]
            shell.user_ns.update(before)
            exec(answer.code, shell.user_ns)
            replies = [reply_to(test) for test in tests]
            if why := fault(answer, *replies):
                wrong.append([job["lesson"], exercise, answer.name, why])
    return wrong


def reply_to(test):
    """Run a test cell and return what it says, or nothing where it passes."""
    try:
        exec(test, shell.user_ns)
    except NotYet as reply:
        return str(reply)
    return None


def fault(answer, visible, hidden):
    """Return what is wrong with how an answer was judged, or nothing."""
    replies = [each for each in (visible, hidden) if each is not None]
    if answer.kind == "wheat":
        return replies and replies[0]
    caught_by = "visible" if answer.kind == "slip" else answer.caught_by
    caught = {"visible": visible, "hidden": hidden, None: visible or hidden}[caught_by]
    if not caught:
        return f"not noticed by {caught_by or 'any'} test"
    if answer.says and not re.search(answer.says, replies[0]):
        return f"the message does not say {answer.says!r}: {replies[0]}"
    return None


with open("/jobs/jobs.json") as file:
    print(json.dumps([each for job in json.load(file) for each in judge(job)]))
