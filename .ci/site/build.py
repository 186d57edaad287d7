"""Build the browser edition: all lessons, running in the reader's own browser, as a static site.

    python .ci/site/build.py OUT --pyodide FOLDER

FOLDER is a distribution of Pyodide: its core, its lock and its wheels. The site asks no other
origin for anything: the wheels that the course needs are copied, with a lock trimmed to them.
Serve OUT over HTTP, with ``python -m http.server`` for instance.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide.js")
# What the kernel would install on its own, from elsewhere, unless it is loaded beforehand.
KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
COURSE = ("kquant-helpers", "matplotlib", "scikit-learn", "scikit-image", "ipywidgets", "anywidget")
# Wheels that the kernel's extension brings; what they would be for is inside of them.
STAND_INS = ("ipykernel", "piplite", "widgetsnbextension-4")


def main():
    """Build the site that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="folder for the site; it must not exist yet")
    parser.add_argument("--pyodide", type=Path, required=True, help="a distribution of Pyodide")
    arguments = parser.parse_args()
    if arguments.out.exists():
        sys.exit(f"{arguments.out} exists already: name a new folder, or remove it first.")
    if not (arguments.pyodide / "pyodide-lock.json").is_file():
        sys.exit(
            f"{arguments.pyodide} has no pyodide-lock.json: unpack a release of Pyodide there."
        )
    with tempfile.TemporaryDirectory() as scratch:
        build(arguments.out.resolve(), arguments.pyodide, Path(scratch))
    size = sum(path.stat().st_size for path in arguments.out.rglob("*") if path.is_file())
    print(
        f"{arguments.out}: {size / 1e6:.0f} MB. Serve it: python -m http.server -d {arguments.out}"
    )


def build(out, pyodide, scratch):
    """Build the site into `out`, with all that is made on the way in `scratch`."""
    python = make_environment(scratch / "env")
    wheels = gather_wheels(python, scratch)
    lite = scratch / "lite"
    write_distribution(lite / "static" / "pyodide", pyodide, wheels)
    write_contents(lite / "files")
    write_settings(lite)
    command = [python, "-m", "jupyterlite_core", "build", "--lite-dir", lite, "--output-dir", out]
    run(*command, "--contents", lite / "files", "--apps", "lab", "--no-sourcemaps", cwd=lite)
    shutil.copy(HERE / "index.html", out)
    add_script(out / "lab" / "index.html", HERE / "reader.js")
    # Browsers ask for it there until JupyterLab has said where it is.
    shutil.copy(out / "lab" / "favicon.ico", out)


def add_script(page, script):
    """Let a page run a script before all others."""
    text = page.read_text(encoding="utf-8")
    start = "<head>"
    if text.count(start) != 1:
        sys.exit(f"{page.name} begins otherwise: see where {script.name} belongs.")
    shutil.copy(script, page.parent)
    text = text.replace(start, f'{start}\n    <script src="{script.name}"></script>')
    page.write_text(text, encoding="utf-8")


def run(*command, **options):
    """Run a command; what it prints is shown where it fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def make_environment(folder):
    """Make an environment of the site's own: its extensions are none of JupyterLab's here."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt")
    return python


def gather_wheels(python, scratch):
    """Return the wheels that come beside Pyodide's own: ours, the kernel's, pure ones."""
    folder = scratch / "wheels"
    pure = ["--no-deps", "--only-binary=:all:", "--platform=any", "--python-version=3.14"]
    run(python, "-m", "pip", "download", "-q", *pure, "-r", HERE / "wheels.txt", "-d", folder)
    run(python, "-m", "pip", "wheel", "-q", "--no-deps", ROOT, "-w", folder, cwd=scratch)
    extension = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    for wheel in (python.parent.parent / extension).glob("*.whl"):
        if wheel.name.startswith("pyodide_kernel"):
            mend_display(wheel, folder / wheel.name)
        elif wheel.name.startswith(STAND_INS):
            shutil.copy(wheel, folder)
    return sorted(folder.glob("*.whl"))


def mend_display(wheel, target):
    """Copy the kernel's wheel so that `display` encodes a picture's bytes, as it should."""
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target, "w") as mended:
        for name in source.namelist():
            content = source.read(name)
            if name == "pyodide_kernel/display.py":
                text = content.decode()
                start = "        if update and self.update_display_data_callback:"
                if text.count(start) != 1:
                    sys.exit(f"{wheel.name} displays otherwise: see whether it needs mending.")
                content = text.replace(start, f"        data = json_clean(data)\n{start}").encode()
            mended.writestr(name, content)


def lock_entry(wheel):
    """Return what Pyodide's lock says of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        about = Parser().parsestr(archive.read(metadata).decode())
    tops = {name.split("/")[0].removesuffix(".py") for name in names if name.endswith(".py")}
    needs = [need for need in about.get_all("Requires-Dist", []) if "extra ==" not in need]
    return {
        "name": normal(about["Name"]),
        "version": about["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": [normal(re.match(r"[\w.-]+", need).group()) for need in needs],
        "unvendored_tests": False,
    }


def normal(name):
    """Return a distribution's name as locks compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def write_distribution(folder, pyodide, wheels):
    """Write the core of Pyodide, the wheels that are needed, and a lock of just these."""
    folder.mkdir(parents=True)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages = {normal(name): entry for name, entry in lock["packages"].items()}
    places = {entry["file_name"]: pyodide for entry in packages.values()}
    for wheel in wheels:
        entry = lock_entry(wheel)
        packages[entry["name"]] = entry
        places[wheel.name] = wheel.parent
    # What is not there is a need of another system, or of a script.
    present = {
        name: entry
        for name, entry in packages.items()
        if (places[entry["file_name"]] / entry["file_name"]).is_file()
    }
    needed = closure((*KERNEL, *COURSE), present)
    for name in needed:
        entry = present[name]
        entry["depends"] = [normal(each) for each in entry["depends"] if normal(each) in needed]
        wheel = places[entry["file_name"]] / entry["file_name"]
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != entry["sha256"]:
            sys.exit(f"{wheel} is not the file that the lock names: fetch it again.")
        shutil.copy(wheel, folder)
    for name in CORE:
        if (pyodide / name).is_file():
            shutil.copy(pyodide / name, folder)
    lock["packages"] = {name: present[name] for name in sorted(needed)}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def closure(names, packages):
    """Return the names and all that they need, as far as it is there."""
    missing = [name for name in names if name not in packages]
    if missing:
        sys.exit(f"Pyodide's folder lacks {', '.join(missing)}: take a full distribution.")
    found, waiting = set(), list(names)
    while waiting:
        name = normal(waiting.pop())
        if name in packages and name not in found:
            found.add(name)
            waiting += packages[name]["depends"]
    return found


def write_contents(folder):
    """Write the lessons side by side, for the kernel of the site."""
    folder.mkdir()
    for path in sorted((ROOT / "course").glob("*/*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        # The kernel's name there; grading puts the usual one back.
        notebook["metadata"]["kernelspec"] |= {"name": "python", "display_name": "Python (Pyodide)"}
        (folder / path.name).write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def write_settings(lite):
    """Say to the site which packages are loaded at once, and that nothing comes from elsewhere."""
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*KERNEL, "kquant-helpers"]},
    }
    settings = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "kquant",
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        },
    }
    (lite / "jupyter-lite.json").write_text(json.dumps(settings, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
