"""What the tests of the browser edition need: a Pyodide to build it from, and a server for it.

Pyodide's own distribution comes from a network that tests do without. A package on PyPI carries
all of it but scikit-image, with the checksums that Pyodide's lock names; so it can serve as a
fixture. Where ``KQUANT_PYODIDE`` names the folder of a real distribution, that is taken.
"""

import contextlib
import functools
import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

CARRIER = "open-webui==0.12.4"
INSIDE = "open_webui/frontend/pyodide/"


def pyodide_folder(scratch):
    """Return the folder of a Pyodide distribution, made in `scratch` unless one is named."""
    if named := os.environ.get("KQUANT_PYODIDE"):
        return Path(named)
    folder = scratch / "pyodide"
    folder.mkdir()
    with zipfile.ZipFile(download(CARRIER, scratch)) as archive:
        for name in archive.namelist():
            if name.startswith(INSIDE) and not name.endswith((".map", "/")):
                (folder / Path(name).name).write_bytes(archive.read(name))
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    for entry in lock["packages"].values():
        wheel = folder / entry["file_name"]
        if wheel.is_file():
            assert hashlib.sha256(wheel.read_bytes()).hexdigest() == entry["sha256"], wheel.name
    stand_in(lock["packages"]["scikit-image"], folder, scratch)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return folder


def download(requirement, folder):
    """Return the wheel of a package."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "-d",
        folder,
        requirement,
    ]
    subprocess.run([*command, "--only-binary=:all:"], check=True, timeout=600)
    name = requirement.partition("==")[0].replace("-", "_")
    (wheel,) = folder.glob(f"{name}-*.whl")
    return wheel


def stand_in(entry, folder, scratch):
    """Write scikit-image without its compiled modules: photos and SSIM need none."""
    wheel = folder / entry["file_name"]
    with (
        zipfile.ZipFile(download(f"scikit-image=={entry['version']}", scratch)) as full,
        zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as pure,
    ):
        for name in full.namelist():
            if not name.endswith(".so") and ".libs/" not in name:
                pure.writestr(name, full.read(name))
    entry["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def log_message(self, *_):
        """Keep the test's output clean."""


@contextlib.contextmanager
def served(folder):
    """Serve a folder on loopback, on a free port, and give its address."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
