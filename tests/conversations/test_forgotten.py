"""Words after "forget", looked for in every file of a service that failed in between, logs included."""

from __future__ import annotations

import http.server
import json
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conversations.stack import Stack, running

WORDS = "qzxprivatewords"


class Echo(http.server.BaseHTTPRequestHandler):
    """Fails every action as rasa_sdk does: with the whole request in its answer."""

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"error": f"failed on {sent}", "request_body": sent}).encode()
        self.send_response(500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def own_stack(tmp_path: Path) -> Stack:  # type: ignore[misc]
    with running(tmp_path) as started:
        yield started


def holders(folder: Path, words: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_no_file_holds_forgotten_words_and_no_log_ever_held_them(own_stack: Stack) -> None:
    folder = own_stack.database.parent
    person = own_stack.person()
    person.say(f"what is sciatica {WORDS}")
    own_stack.actions.kill()
    failing = http.server.ThreadingHTTPServer(("127.0.0.1", urlsplit(own_stack.actions_url).port or 0), Echo)
    threading.Thread(target=failing.serve_forever, daemon=True).start()
    try:
        assert person.say(f"I hurt when I walk {WORDS}")[0]["type"] == "notice"
    finally:
        failing.shutdown()
        failing.server_close()
    logs = [path.name for path in own_stack.logs]
    held = holders(folder, WORDS)
    assert any("sqlite3" in name for name in held)  # they are looked for where they are
    assert not set(held) & set(logs)
    assert any(log.stat().st_size for log in own_stack.logs)
    own_stack.actions.start()
    own_stack.wait()
    person.say(f"hello {WORDS}")
    assert person.forget() == 204
    until = time.monotonic() + 20
    while holders(folder, WORDS) and time.monotonic() < until:
        time.sleep(0.5)
    assert holders(folder, WORDS) == []
