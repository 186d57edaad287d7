"""What all tests share: figures without a screen, closed after each test."""

import os
import sys

import pytest

# Before anything imports matplotlib.
os.environ["MPLBACKEND"] = "Agg"


@pytest.fixture(autouse=True)
def figures_are_closed():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
