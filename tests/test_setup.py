"""Installing and checking the course: requirements, README, CI, the workflow, JupyterLab."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(name):
    """Return {package: requirements, one for each marker} of a pinned file."""
    lines = [line.split(" #")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    pinned = {}
    for line in lines:
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            pinned.setdefault(requirement.name, set()).add(requirement)
    return pinned


# --- requirements -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_line_of_the_requirements_is_an_exact_pin_from_the_users_own_index(name):
    specifiers = {req.specifier for group in pins(name).values() for req in group}
    assert all(re.fullmatch(r"==[\w.]+", str(specifier)) for specifier in specifiers)


@pytest.mark.parametrize(
    ("name", "direct"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        ("requirements.txt", PROJECT["project"]["optional-dependencies"]["course"]),
        ("tests/requirements.txt", PROJECT["dependency-groups"]["test"]),
    ],
    ids=["package", "course", "test"],
)
def test_every_direct_dependency_is_pinned_to_a_version_pyproject_accepts(name, direct):
    pinned = pins(name)
    for wanted in map(Requirement, direct):
        versions = [str(pin.specifier).removeprefix("==") for pin in pinned[wanted.name]]
        assert all(wanted.specifier.contains(version) for version in versions)


def test_the_two_requirements_agree_where_they_pin_the_same_package():
    course, tests = pins("requirements.txt"), pins("tests/requirements.txt")
    for name in course.keys() & tests.keys():
        assert {pin.specifier for pin in tests[name]} <= {pin.specifier for pin in course[name]}


# --- what contributors and CI run ---------------------------------------------------------------


def test_ci_and_the_readme_install_the_same():
    readme, script = (ROOT / "README.md").read_text(), (ROOT / ".ci/run").read_text()
    told = r"^python3 .*/pip install (.*) && (npm ci .*) && \.venv/bin/pytest$"
    [(packages, npm)] = re.findall(told, readme, re.M)
    assert f".venv/bin/pip install -q {packages}\n" in script
    assert f"retry {npm}\n" in script


def test_the_readme_opens_a_lesson_that_exists():
    readme = (ROOT / "README.md").read_text()
    [lesson] = re.findall(r"^python3 .* && \.venv/bin/jupyter lab .* (\S+\.ipynb)$", readme, re.M)
    assert (ROOT / lesson).is_file()


def test_the_workflow_runs_ci_on_every_python_from_the_lowest():
    job = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text())["jobs"]["tests"]
    versions = job["strategy"]["matrix"]["python"]
    lowest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert versions == [f"3.{minor}" for minor in range(int(lowest.split(".")[1]), 15)]
    assert job["steps"][-1] == {"run": ".ci/run"}


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_finds_nothing_to_mend(check):
    run = subprocess.run(
        [sys.executable, "-m", "ruff", *check, "--no-cache", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


# --- JupyterLab ---------------------------------------------------------------------------------


def test_a_plain_install_enables_nbgrader_in_jupyterlab():
    run = subprocess.run(
        [sys.executable, "-m", "jupyter", "server", "extension", "list"],
        capture_output=True,
        text=True,
    )
    listing = re.sub(r"\x1b\[[0-9;]*m", "", run.stdout + run.stderr)
    enabled = set(re.findall(r"nbgrader\.server_extensions\.(\w+)\s+enabled", listing))
    assert {"validate_assignment", "assignment_list", "formgrader"} <= enabled
