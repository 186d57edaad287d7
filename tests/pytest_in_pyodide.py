"""Run tests of the package inside Pyodide; run by test_site.py through in_pyodide.mjs."""

import sys

sys.path[:0] = ["/tools", "/tests"]

import pytest  # noqa: E402

FILES = [f"/tests/test_{name}.py" for name in arguments]  # noqa: F821
# Pyodide's Pillow is built on another JPEG library, whose table for chroma begins with 16.
LEFT_OUT = ("-k", "not test_tables_are_those_of_pillow_at_every_quality")
OPTIONS = ["-q", "-ra", "-p", "no:cacheprovider", "--noconftest", "-c", "/dev/null"]

int(pytest.main([*OPTIONS, *LEFT_OUT, "--rootdir=/tests", *FILES]))
