"""The description of the HTTP API is that of the code, and docs/http-api.md says the same."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path

from jsonschema import Draft202012Validator

from bot.channel import openapi, problems, requests
from bot.config import Settings
from tests.channel_kit import bench, run

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/http-api.md").read_text(encoding="utf-8")
DESCRIPTION = openapi.description(["GB", "IE"], message_limit=2000)
MESSAGES = "/webhooks/web/messages"


def test_every_call_of_the_server_is_described_and_served() -> None:
    async def test() -> None:
        async with bench() as bot:
            served = await bot.client.get("/openapi.json")
            assert served.json() == json.loads(json.dumps(DESCRIPTION))
            for path, methods in DESCRIPTION["paths"].items():
                for method in methods:
                    refused = await bot.client.request("TRACE", path)
                    assert refused.status_code == 405
                    assert method.upper() in refused.headers["allow"], path

    run(test)


def test_bodies_are_described_by_the_models_that_read_them() -> None:
    for kind in (requests.NewConversation, requests.NewMessage, requests.NewFeedback):
        described = DESCRIPTION["components"]["schemas"][kind.__name__]
        assert set(described["properties"]) == set(kind.__fields__)
        assert described["required"] == [name for name, field in kind.__fields__.items() if field.required]


def test_each_part_is_a_schema_and_each_reference_leads_somewhere() -> None:
    parts = DESCRIPTION["components"]["schemas"]
    for part in parts.values():
        Draft202012Validator.check_schema(part)
    wanted = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(DESCRIPTION)))
    assert wanted - set(parts) == set()


def test_the_page_names_every_call_field_and_kind_of_problem() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    told = "\n".join(rows)
    for path, methods in DESCRIPTION["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}" in told, (method, path)
    fields = {
        name
        for kind in (requests.NewConversation, requests.NewMessage, requests.NewFeedback)
        for name in kind.__fields__
    }
    assert [name for name in fields | set(requests.WantedPage.__fields__) if f"{name}" not in told] == []
    kinds = {kind: str(entry["status"]) for kind, entry in problems.words().items()}
    assert dict(re.findall(r"^\| `(\w+)` \| (\d{3}) \|", PAGE, re.MULTILINE)) == kinds


def test_the_page_has_the_numbers_of_the_settings() -> None:
    for name in ("rate_limit", "address_rate_limit", "new_conversations_limit", "most_at_once", "message_limit"):
        number = Settings.__fields__[name].default
        assert f"`{name.upper()}` ({number:,})" in PAGE, name
    assert f"{requests.MOST_TURNS} turns" in PAGE


def test_a_long_transcript_comes_in_pages() -> None:
    async def test() -> None:
        async with bench() as bot:
            ids = [str(uuid.uuid4()) for _ in range(4)]
            for number, one in enumerate(ids):
                await bot.say(f"word {number}", message_id=one)

            async def page(**query: str) -> tuple[list[str], str | None]:
                got = (await bot.client.get(MESSAGES, params=query, headers=bot.auth)).json()
                return [one["text"] for one in got["messages"] if one["from"] == "user"], got["older"]

            assert await page() == ([f"word {number}" for number in range(4)], None)
            assert await page(limit="2") == (["word 2", "word 3"], ids[2])
            assert await page(limit="2", before=ids[2]) == (["word 0", "word 1"], ids[0])
            for wrong in ({"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"before": ""}, {"before": "nobody's"}):
                assert (await bot.client.get(MESSAGES, params=wrong, headers=bot.auth)).status_code == 400, wrong

    run(test)
