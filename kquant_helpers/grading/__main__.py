"""Run ``python -m kquant_helpers.grading`` where the command ``kquant`` is not installed."""

import sys

from kquant_helpers.grading.cli import main

if __name__ == "__main__":
    sys.exit(main())
