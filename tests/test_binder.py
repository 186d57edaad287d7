"""What Binder will build, as repo2docker itself renders it."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
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


def test_binder_starts_jupyter_with_one_thread(clone, rendered):
    assert "/binder/start" in rendered
    script = clone / "binder/start"
    assert script.stat().st_mode & 0o111, "git has lost the executable bit"
    told = subprocess.check_output([script, "printenv", "OMP_NUM_THREADS"], text=True)
    assert told == "1\n"


@pytest.fixture(scope="module")
def built(clone, tmp_path_factory):
    """Return the environment and the home of a clone that was built as Binder does."""
    place = tmp_path_factory.mktemp("binder")
    venv.create(place / "env", with_pip=True)
    environment = {
        "PATH": f"{place / 'env' / 'bin'}{os.pathsep}{os.defpath}",
        "HOME": str(place / "home"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    } | {name: each for name, each in os.environ.items() if "proxy" in name.lower()}
    (place / "home").mkdir()
    for command in (
        ["pip", "install", "-q", "-r", "binder/requirements.txt"],
        ["binder/postBuild"],
    ):
        command[0] = (
            str(clone / command[0])
            if "/" in command[0]
            else str(place / "env" / "bin" / command[0])
        )
        run = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
    return environment


def in_built(built, clone, *command):
    return subprocess.check_output(command, cwd=clone, env=built, text=True)


def test_binder_s_first_cell_finds_everything_ready(clone, built):
    fonts = list(Path(built["HOME"]).glob(".cache/matplotlib/fontlist-*.json"))
    assert len(fonts) == 1
    compiled = {path.name.split(".")[0] for path in clone.glob("kquant_helpers/**/*.pyc")}
    assert compiled >= {path.stem for path in (clone / "kquant_helpers").rglob("*.py")}


def test_binder_has_the_package_and_what_shows_a_lesson(clone, built):
    python = Path(built["PATH"].split(os.pathsep)[0]) / "python"
    where = in_built(built, clone, python, "-c", "import kquant_helpers as k; print(k.__file__)")
    assert Path(where.strip()) == clone / "kquant_helpers" / "__init__.py"
    listed = subprocess.run(
        [python.with_name("jupyter"), "labextension", "list"],
        env=built,
        capture_output=True,
        text=True,
    )
    shown = listed.stdout + listed.stderr
    for extension in ("anywidget", "jupyterlab-manager", "@jupyter/nbgrader"):
        assert extension in shown
    assert "apputils-extension:announcements" in shown
