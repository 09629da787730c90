"""Who may import whom (docs/architecture.md): the packages stay apart, and the heavy libraries stay where they belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py")])

SHARED = {"bot.model", "bot.ports", "bot.messages", "bot.help", "bot.diary"}
SERVICE = SHARED | {"bot.triage", "bot.content.replies", "bot.content.screen"}
OURS = {
    "actions": {"actions", "bot.bootstrap", "bot.conversation", "bot.answering.moment", "bot.diary", "bot.ports"},
    "bot.bootstrap": SERVICE
    | {
        "bot.answering",
        "bot.content.answering",
        "bot.content.diary",
        "bot.content.places",
        "bot.config",
        "bot.knowledge",
    },
    "bot.answering": SERVICE
    | {
        "bot.answering",
        "bot.journeys",
        "bot.content.answering",
        "bot.content.checklists",
        "bot.content.diary",
        "bot.content.plans",
        "bot.conversation",
        "bot.reading",
    },
    "bot.diary": {"bot.diary"},
    "bot.journeys": {
        "bot.journeys",
        "bot.conversation",
        "bot.content",
        "bot.diary",
        "bot.language.patterns",
        "bot.model",
    },
    "bot.messages": {"bot.model"},
    "bot.help": {"bot.model", "bot.content.replies"},
    "bot.ports": {"bot.model", "bot.diary"},
    "bot.model": set(),
    "bot.config": set(),
    "bot.knowledge": {
        "bot.knowledge",
        "bot.content",
        "bot.diary",
        "bot.model",
        "bot.ports",
        "bot.config",
        "bot.telemetry.outcomes",
    },
    "bot.content": {"bot.content", "bot.model"},
    "bot.content.__main__": {"bot.content", "bot.language", "bot.nlu.assembly", "bot.trial", "bot.papers", "bot.model"},
    "bot.papers": {"bot.content", "bot.triage", "bot.model"},
    "bot.trial": {"bot.language", "bot.conversation", "bot.triage", "bot.reading", "bot.model"},
    "bot.triage": {"bot.triage", "bot.content.thresholds", "bot.model"},
    "bot.reading": {"bot.model"},
    "bot.conversation": {"bot.conversation", "bot.triage", "bot.reading", "bot.model"},
    "bot.language": {"bot.language", "bot.content", "bot.reading", "bot.model"},
    "bot.nlu": {"bot.nlu", "bot.language", "bot.conversation", "bot.triage", "bot.content", "bot.reading", "bot.model"},
    "bot.channel": {
        "bot.channel",
        "bot.bootstrap",
        "bot.missed_alerts",
        "bot.config",
        "bot.diary",
        "bot.ports",
        "bot.model",
        "bot.telemetry",
    },
    "bot.telemetry": {"bot.telemetry", "bot.config"},
    "bot.missed_alerts": {"bot.ports"},
    "bot.redacted_log": set(),
    "bot.rasa_host": {
        "bot.rasa_host",
        "bot.channel",
        "bot.bootstrap",
        "bot.config",
        "bot.knowledge",
        "bot.ports",
        "bot.redacted_log",
        "bot.telemetry",
        "bot.language.assembly",
    },
}
HEAVY = {
    "sqlalchemy": {"bot.knowledge"},
    "alembic": {"bot.knowledge"},
    "prometheus_client": {"bot.telemetry"},
    "opentelemetry": {"bot.telemetry"},
    "rasa": {"bot.nlu", "bot.rasa_host"},
    "sanic": {"bot.channel", "bot.rasa_host"},
    "rasa_sdk": {"actions", "bot.rasa_host"},
    "spacy": {"bot.language"},
    "medspacy": set(),
    "onnxruntime": {"bot.language"},
    "tokenizers": {"bot.language"},
    "sklearn": {"bot.language"},
}


def package_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if ".".join(parts) in OURS:  # a file that may import more than its package
        return ".".join(parts)
    return parts[0] if parts[0] == "actions" or len(parts) == 1 else ".".join(parts[:2])


def imports(path: Path) -> Iterator[str]:
    """Full names of everything that a file imports; of "from bot import x" it is bot.x."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module in ("bot", "actions"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def inside(name: str, allowed: set[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in allowed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_package_may(path: Path) -> None:
    package = package_of(path)
    for name in imports(path):
        top = name.split(".")[0]
        assert top not in ("tests", "evaluation", "benchmarks", "scripts"), f"{package} imports {name}"
        if top in ("bot", "actions") and package != "bot.__init__":
            assert inside(name, OURS[package]), f"{package} imports {name}"
        if top in HEAVY:
            assert package in HEAVY[top], f"{package} imports {name}"


def test_only_the_settings_read_the_environment() -> None:
    readers = [path for path in FILES if "environ" in path.read_text(encoding="utf-8")]
    assert [package_of(path) for path in readers if package_of(path) != "bot.config"] == []


def test_the_check_sees_what_it_should_refuse(tmp_path: Path) -> None:
    bad = tmp_path / "x.py"
    bad.write_text("import sqlalchemy.orm\nfrom bot import knowledge\n")
    assert list(imports(bad)) == ["sqlalchemy.orm", "bot.knowledge"]
    assert not inside("bot.knowledge", OURS["bot.answering"])
