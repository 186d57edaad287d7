"""What Binder will build, as repo2docker itself renders it."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """Return a copy of the tracked files: all that Binder gets to see."""
    clone = tmp_path_factory.mktemp("clone")
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in filter(None, listed.split("\0")):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, clone / name)
    return clone


@pytest.fixture(scope="module")
def rendered(clone):
    """Return what repo2docker prints: its log and the Dockerfile."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug"]
    run = subprocess.run(
        [*command, "--user-id", "1000", "--user-name", "jovyan", "."],
        cwd=clone,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stderr + run.stdout


def test_binder_builds_a_python_that_the_course_supports(clone, rendered):
    [version] = re.findall(r"Building conda environment for python=(\S+)", rendered)
    project = tomllib.loads((clone / "pyproject.toml").read_text())["project"]
    assert version in SpecifierSet(project["requires-python"])


def test_binder_installs_once_the_repository_is_in_place(rendered):
    copied = rendered.index("COPY --chown=1000:1000 src/ ${REPO_DIR}/")
    installed = rendered.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    assert copied < installed < rendered.index("RUN ./binder/postBuild")


def test_binder_installs_the_pins_of_the_course_and_nothing_else(clone):
    listed = (clone / "binder/requirements.txt").read_text().splitlines()
    [line] = [line for line in listed if line and not line.startswith("#")]
    option, name = line.split()
    assert option == "-r"
    # pip reads a nested file from where the outer one lies.
    assert (clone / "binder" / name).resolve() == (clone / "requirements.txt").resolve()


def test_binder_installs_the_package_itself_after_its_pins(clone):
    script = clone / "binder/postBuild"
    assert script.stat().st_mode & 0o111, "git has lost the executable bit"
    [line] = re.findall(r"^python -m pip install (.*)$", script.read_text(), re.MULTILINE)
    assert {"--no-deps", "--editable", "."} <= set(line.split())
    subprocess.run(["bash", "-n", script], check=True)


def test_binder_pins_what_postbuild_leaves_out(clone):
    project = tomllib.loads((clone / "pyproject.toml").read_text())["project"]
    pinned = {line.split("==")[0] for line in (clone / "requirements.txt").read_text().splitlines()}
    assert {Requirement(line).name for line in project["dependencies"]} <= pinned
