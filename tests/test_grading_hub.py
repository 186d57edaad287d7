"""The whole exchange on a real JupyterHub: release, fetch, solve, submit, collect, grade, return.

The hub runs on loopback with the dummy authenticator and the simple spawner; the proxy is npm's
configurable-http-proxy. Each user works through the server that the hub started for them.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from classroom import ENVIRONMENT, Classroom, mark, solutions, solved
from lessons import ROOT, Course

LESSON = "00-start-here"
STUDENTS = ("ada", "ben", "cleo")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def proxy_program():
    """Return the proxy that .ci/run or the reader of the guide has installed."""
    local = ROOT / "tests" / "node_modules" / ".bin" / "configurable-http-proxy"
    program = os.environ.get("CONFIGURABLE_HTTP_PROXY") or shutil.which("configurable-http-proxy")
    program = str(local) if local.exists() else program
    assert program, "npm ci --prefix tests installs configurable-http-proxy"
    return program


CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = "{folder}/cookie"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.auth_token = "{token}"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/home/{{username}}"
c.Spawner.args = ["--ServerApp.log_level=ERROR", "--allow-root"]
c.Spawner.environment = {environment!r}
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.JupyterHub.services = [{{"name": "test", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [{{
    "name": "test", "services": ["test"],
    "scopes": ["admin:users", "admin:servers", "access:servers", "tokens"],
}}]
"""


class Hub:
    """A JupyterHub of three students and the exchange that they share with their teacher."""

    def __init__(self, folder):
        self.folder, self.port, self.token = folder, free_port(), secrets.token_hex(16)
        self.exchange = folder / "exchange"
        self.exchange.mkdir(mode=0o777)
        self.exchange.chmod(0o777)
        self.settings = folder / "settings"
        self.settings.mkdir()
        self.settings.joinpath("nbgrader_config.py").write_text(
            "c = get_config()\n"
            "c.CourseDirectory.course_id = 'kquant'\n"
            f"c.Exchange.root = {str(self.exchange)!r}\n"
            # The simple spawner runs all as one system user, and nbgrader asks for that one's
            # name, but in the images of Jupyter, whose only user is jovyan.
            "import nbgrader.utils\n"
            "nbgrader.utils.get_osusername = lambda: 'jovyan'\n"
        )
        environment = {"PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_PATH": str(self.settings)}
        for name in STUDENTS:
            (folder / "home" / name).mkdir(parents=True)
        (folder / "jupyterhub_config.py").write_text(
            CONFIG.format(
                port=self.port,
                hub=free_port(),
                api=free_port(),
                folder=folder,
                proxy=proxy_program(),
                token=self.token,
                environment=environment,
            )
        )

    def __enter__(self):
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        with open(self.folder / "hub.log", "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"],
                cwd=self.folder,
                env=ENVIRONMENT | {"PATH": path},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_for(lambda: "version" in self.ask("hub/api/"))
        return self

    def __exit__(self, *error):
        for name in STUDENTS:
            self.ask(f"hub/api/users/{name}/server", method="DELETE", missing=None)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)

    def wait_for(self, condition, seconds=150):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log()
            try:
                if condition():
                    return
            except (OSError, ValueError):
                pass
            time.sleep(0.3)
        pytest.fail(self.log())

    def log(self):
        return (self.folder / "hub.log").read_text("utf-8", "replace")[-3000:]

    def ask(self, path, method="GET", data=None, **options):
        """Ask the hub or a user's server; return the answer's JSON."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            method=method,
            data=None if data is None else json.dumps(data).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            if "missing" in options:
                return options["missing"]
            raise OSError(f"{path}: {error.code} {error.read()[:500]!r}") from None
        return json.loads(body) if body.strip() else {}

    def start_server(self, name):
        """Log a user in and start the server; wait until it answers."""
        self.ask(f"hub/api/users/{name}", method="POST")
        self.ask(f"hub/api/users/{name}/server", method="POST")
        self.wait_for(lambda: "version" in self.ask(f"user/{name}/api"))

    def assignment(self, name, action):
        """Do what a button of the Assignment List does."""
        data = {"course_id": "kquant", "assignment_id": LESSON}
        path = f"user/{name}/assignments/{action}"
        query = "&".join(f"{key}={value}" for key, value in data.items())
        answer = self.ask(f"{path}?{query}", method="POST", data=data)
        assert answer.get("success", True), answer
        return answer


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with Hub(tmp_path_factory.mktemp("hub")) as running:
        for name in STUDENTS:
            running.start_server(name)
        yield running


def notebook_of(hub, name):
    """Return where a student's notebook is, as the contents of their server."""
    return f"user/{name}/api/contents/{LESSON}/{LESSON}.ipynb"


def solve(hub, name):
    """Solve a fetched lesson through the student's server: ada all, ben one exercise, cleo none."""
    notebook = hub.ask(f"{notebook_of(hub, name)}?content=1")["content"]
    right = solved(LESSON)
    wanted = {"ada": None, "ben": list(solutions(LESSON))[:1], "cleo": []}[name]
    for cell, better in zip(notebook["cells"], right["cells"], strict=True):
        entry = mark(better)
        if entry.get("solution") and (wanted is None or entry["grade_id"] in wanted):
            cell["source"] = better["source"]
    hub.ask(
        notebook_of(hub, name),
        method="PUT",
        data={"type": "notebook", "format": "json", "content": notebook},
    )


def test_three_students_get_solve_hand_in_and_get_back_a_lesson(hub, tmp_path):
    room = Classroom.of(tmp_path, LESSON)
    with open(room.folder / "nbgrader_config.py", "a") as config:
        config.write(f"\nc.Exchange.root = {str(hub.exchange)!r}\n")
    teacher = Course(room.folder)
    teacher.nbgrader("release_assignment", LESSON)
    for name in STUDENTS:
        hub.assignment(name, "fetch")
        solve(hub, name)
        hub.assignment(name, "submit")
    teacher.nbgrader("collect", LESSON)
    rows, done = room.grade()
    assert set(rows) == set(STUDENTS) and done.returncode == 0
    assert rows["ada"]["score"] == "16" and rows["cleo"]["score"] == "0"
    assert 0 < float(rows["ben"]["score"]) < 16
    assert room.kquant("feedback", LESSON).returncode == 0
    teacher.nbgrader("release_feedback", LESSON)
    for name in STUDENTS:
        hub.assignment(name, "fetch_feedback")
        (page,) = (hub.folder / "home" / name / LESSON).rglob("*.html")
        assert f"{float(rows[name]['score']):.1f} / 20" in page.read_text("utf-8")
