"""What all tests share: figures without a screen, none of them left over."""

import os
import sys

import pytest
from jupyterlab_pages import browser, classroom, page, server  # noqa: F401

# Before anything imports matplotlib.
os.environ["MPLBACKEND"] = "Agg"

# Scripts that Pyodide runs, with names that only Pyodide's side defines.
collect_ignore_glob = ["*_in_pyodide.py"]


def close_figures():
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(autouse=True)
def figures_are_closed():
    # Doctests, which may run before in the same process, leave theirs open.
    close_figures()
    yield
    close_figures()
