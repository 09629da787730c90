"""The HTTP API does what its description says: schemathesis makes calls of it, right ones and wrong ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conversations.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = 8
"""Made-up calls of each kind beside those that cover the description; about half a minute together."""

sys.path.insert(0, str(ROOT / "scripts" / "supply"))
import tools  # noqa: E402


@pytest.mark.timeout(300)
def test_made_up_calls_find_no_answer_that_is_not_described(stack: Stack, tmp_path: Path) -> None:
    person = stack.person()
    command = [
        tools.tool("schemathesis"), "--config-file", str(ROOT / "tests/conversations/schemathesis.toml"),
        "run", f"{stack.address}/openapi.json", "--header", f"Authorization: Bearer {person.token}",
        "--max-examples", str(EXAMPLES), "--seed", "1", "--continue-on-failure", "--no-color",
        "--suppress-health-check", "all",
        # What nobody can know beforehand (an id that was given, words after a slash) may be refused.
        "--exclude-checks", "positive_data_acceptance",
        # It would end the conversation of the others; its own calls are tested beside it.
        "--exclude-operation-id", "forget",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "12 selected / 13 total" in done.stdout


def test_every_call_is_described(stack: Stack) -> None:
    described = httpx.get(f"{stack.address}/openapi.json", timeout=10).json()["paths"]
    found = {(path, method) for path, methods in described.items() for method in methods}
    session = "/webhooks/web/sessions"
    assert found == {
        (session, "post"), (session, "delete"), ("/webhooks/web/messages", "post"), ("/webhooks/web/messages", "get"),
        (f"{session}/return", "post"), ("/webhooks/web/phrase", "post"), ("/webhooks/web/diary", "post"),
        ("/webhooks/web/diary.csv", "get"), ("/webhooks/web/diary.json", "get"), ("/webhooks/web/calendar/{name}", "get"),
        ("/webhooks/web/feedback", "post"), ("/health", "get"), ("/health/live", "get"), ("/openapi.json", "get"),
    }  # fmt: skip
