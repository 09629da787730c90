"""What deploy/ says, as processes: its entry script, its nginx file with TLS, PostgreSQL; all but the containers."""

from __future__ import annotations

import contextlib
import os
import shutil
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluation.live import MODEL, QUIET, ROOT, free_port
from tests.postgres import PostgresServer, find_binaries, running_postgres

DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL here")
        pytest.skip("no PostgreSQL here")
    with running_postgres(binaries) as server:
        yield server


@contextlib.contextmanager
def process(*command: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield started
    finally:
        started.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(20)
        started.kill()


def nginx_folder(folder: Path, server: int, plain: int, tls: int) -> Path:
    """The files of deploy/nginx as they are, but for the ports, beside an nginx.conf as Debian's."""
    inner = folder / "stridewell"
    (inner / "tls").mkdir(parents=True)
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", str(inner / "tls/privkey.pem"),
            "-out", str(inner / "tls/fullchain.pem")]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    upstream = (DEPLOY / "nginx/upstream.conf").read_text().replace(":8080", f":{server}")
    (inner / "upstream.conf").write_text("\n".join(line for line in upstream.splitlines() if ":8081" not in line))
    site = (DEPLOY / "nginx/stridewell.conf").read_text()
    site = "\n".join(line for line in site.splitlines() if "listen [::]" not in line)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace(
        "listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"
    )
    version = subprocess.run([nginx(), "-v"], capture_output=True, text=True, check=True).stderr
    if tuple(map(int, version.split("/")[1].split()[0].split("."))) < (1, 25, 1):
        site = site.replace("  http2 on;\n", "")  # Debian 12's nginx has it as a word of `listen`
    (folder / "site.conf").write_text(site)
    places = "".join(
        f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{ {places} include site.conf; }}\n"
    )
    return folder / "nginx.conf"


def nginx() -> str:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx here")
        pytest.skip("no nginx here")
    return program


def written() -> dict[str, float]:
    """The files of the program's own folder, with when each was written last."""
    left_out = {".git", ".run", ".rasa", ".tools", "node_modules", "models", "__pycache__", ".hypothesis"}
    found = {}
    for top, folders, names in os.walk(ROOT):
        folders[:] = [
            one for one in folders if one not in left_out and not one.startswith((".venv", ".pytest", ".ruff", ".mypy"))
        ]
        found |= {os.path.join(top, name): os.stat(os.path.join(top, name)).st_mtime for name in names}
    return found


@pytest.mark.timeout(300)
def test_the_service_runs_as_deployed(tmp_path: Path, postgres: PostgresServer) -> None:
    assert MODEL.is_file(), "make train"
    before = written()
    server, actions, plain, tls, metrics = (free_port() for _ in range(5))
    state = tmp_path / "state"
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("LANG", "LC_ALL", "OPENBLAS_CORETYPE")},
        **QUIET, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1", "DATABASE_URL": postgres.create("deployed"), "PORT": str(server),
        "ACTIONS_PORT": str(actions), "ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook", "ACTIONS_SECRET": "ab" * 32,
        "TOKEN_KEY": "cd" * 32, "JOURNAL_DIR": str(state / "journal"), "TRUSTED_PROXIES": "127.0.0.1",
        "METRICS_PORT": str(metrics), "TMPDIR": str(tmp_path),
        # What is tried here is not speed, and the machine may be busy.
        "ANSWER_TIMEOUT_SECONDS": "18", "READING_SECONDS": "15",
    }  # fmt: skip
    entry = str(DEPLOY / "entry.sh")
    subprocess.run([entry, "prepare"], env=environment, cwd=ROOT, check=True, capture_output=True)
    config = nginx_folder(tmp_path / "nginx", server, plain, tls)
    web = (nginx(), "-c", str(config), "-p", str(config.parent), "-e", str(config.parent / "error.log"))
    trust = ssl.create_default_context(cafile=str(config.parent / "stridewell/tls/fullchain.pem"))
    log = tmp_path / "log"
    with (
        process(entry, "actions", environment=environment, log=log),
        process(entry, "server", environment=environment, log=log) as running,
        process(*web, environment=environment, log=log),
        httpx.Client(base_url=f"https://localhost:{tls}", verify=trust, timeout=20, trust_env=False) as client,
    ):
        until = time.monotonic() + 200
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{server}/health", timeout=5, trust_env=False).status_code == 200:
                    break
            time.sleep(0.5)
        opened = client.post(
            "/webhooks/web/sessions", json={"region": "GB"}, headers={"X-Forwarded-For": "203.0.113.9"}
        )
        assert opened.status_code == 201, log.read_text(errors="replace")[-3000:]
        auth = {"Authorization": f"Bearer {opened.json()['session']}"}
        asked = {"id": str(uuid.uuid4()), "message": "what is sciatica"}
        for _ in range(4):  # the first one may be slow where the machine is busy; sent again it is the same message
            said = client.post("/webhooks/web/messages", json=asked, headers=auth).json()["messages"]
            if said[0].get("reason") != "unavailable":
                break
        assert said[0].get("topic"), said
        too_long = client.post("/webhooks/web/messages", json={**asked, "message": "x" * 40_000}, headers=auth)
        assert too_long.status_code == 413
        assert too_long.json()["title"]  # ours, in words, not nginx's page
        for path in ("/chat", "/openapi.json", "/widget/stridewell.js"):
            assert client.get(path).status_code == 200, path
        # Rasa's own addresses and what is for the operator stay inside.
        for path in (
            "/health",
            "/metrics",
            "/version",
            "/status",
            "/model/train",
            "/webhooks/rest/webhook",
            "/webhooks/webx",
        ):
            assert client.get(path).status_code == 404, path
        assert httpx.get(f"http://127.0.0.1:{plain}/chat", trust_env=False).status_code == 301
        numbers = httpx.get(f"http://127.0.0.1:{metrics}/metrics", trust_env=False).text
        assert 'stridewell_messages_total{outcome="answered"} 1.0' in numbers, numbers
        assert 'stridewell_stage_seconds_count{stage="action"}' in numbers
        assert 'stridewell_stage_seconds_count{stage="reading"}' in numbers
        assert client.delete("/webhooks/web/sessions", headers=auth).status_code == 204
        running.terminate()
        assert running.wait(30) is not None
    after = written()
    assert {name for name in after if after[name] != before.get(name)} == set()  # its folder may be read-only
