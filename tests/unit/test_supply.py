"""What a server runs: locked apart from the tools of development, without known vulnerabilities that could be reached."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts" / "supply")]
import audit  # noqa: E402
import sbom  # noqa: E402

KEPT: dict[str, Any] = json.loads(audit.ADVISORIES.read_text(encoding="utf-8"))
REASONS: dict[str, Any] = yaml.safe_load(audit.UNREACHABLE.read_text(encoding="utf-8"))


def advisory(package: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": "PyPI", "name": package},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
    }
    return {"id": "CVE-2026-1", "affected": [affected], **more}


def test_nothing_that_is_known_can_be_reached() -> None:
    found = audit.findings(KEPT["advisories"], audit.held())
    assert audit.verdict(found, REASONS) == ([], [])


def test_what_is_held_has_been_mended_since_rasas_own_versions() -> None:
    """The versions that Rasa 3.6.21 would bring: each of these had findings."""
    before = {"aiohttp": "3.9.5", "protobuf": "4.23.3", "pydantic": "1.10.9", "pymongo": "4.3.3", "sentry-sdk": "1.14.0",
              "setuptools": "70.3.0"}  # fmt: skip
    found = audit.findings(KEPT["advisories"], before)
    assert len({text.split()[0] for text in found.values()}) == len(before)
    now = audit.findings(KEPT["advisories"], {name: audit.held()[name] for name in before})
    assert set(now) <= set(REASONS)


@pytest.mark.parametrize(
    ("version", "hit"), [("0.9", False), ("1.0", True), ("1.4", True), ("1.5", False), ("2.0", True), ("2.1", False)]
)
def test_ranges_are_read_as_osv_means_them(version: str, hit: bool) -> None:
    one = advisory("X_y", {"introduced": "1.0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"last_affected": "2.0"})
    assert bool(audit.findings([one], {"x-y": version})) is hit


def test_a_new_advisory_would_fail_and_a_withdrawn_one_would_not() -> None:
    held = audit.held()
    new = advisory("sanic", {"introduced": "0"})
    assert audit.verdict(audit.findings([*KEPT["advisories"], new], held), REASONS)[0] == ["CVE-2026-1"]
    gone = advisory("sanic", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z")
    assert audit.findings([gone], held) == {}


def test_an_export_of_osv_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("X.json", json.dumps(advisory("rasa", {"introduced": "0"}, summary="found today")))
    assert audit.main(["--osv", str(path)]) == 1
    assert "to mend: CVE-2026-1 rasa 3.6.21: found today" in capsys.readouterr().out


def test_the_file_says_how_old_it_is_and_where_it_is_from() -> None:
    assert dt.date.fromisoformat(KEPT["dated"]) <= dt.date.today()
    assert "Not a full copy" in KEPT["source"]
    assert len({one["id"] for one in KEPT["advisories"]}) == len(KEPT["advisories"]) > 50


def test_each_reason_names_what_shows_it() -> None:
    assert {one["shown_by"] for one in REASONS.values()} <= {"components", "archive", "calls"}
    assert all(len(one["why"]) > 15 for one in REASONS.values())


def test_every_component_is_our_own() -> None:
    """`components`: none of Rasa's, of which some compute with TensorFlow or load what sklearn or Keras wrote."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    names = [part["name"] for part in [*config["pipeline"], *config["policies"]]]
    assert [name for name in names if not name.startswith("bot.")] == []


def test_the_model_holds_nothing_that_runs_code_when_it_is_loaded() -> None:
    """`archive`: no Keras, skops or pickled file."""
    with tarfile.open(ROOT / "models" / "stridewell.tar.gz") as archive:
        endings = {Path(one.name).suffix for one in archive.getmembers() if one.isfile()}
    assert endings <= {".json", ".yml", ".npz"}


def test_nothing_here_calls_what_the_advisories_are_about() -> None:
    """`calls`: none of these names is in our code."""
    files = [path for folder in ("bot", "actions", "scripts") for path in sorted((ROOT / folder).rglob("*.py"))]
    named = {
        node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert named & {"TfidfVectorizer", "get_file", "json_format", "ParseDict", "jsonpickle", "keras", "skops"} == set()
    calls = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "deploy").rglob("*") if path.is_file())
    assert "wheel unpack" not in calls.replace("`wheel unpack`", "")


def test_a_server_gets_no_tool_of_development_and_the_same_versions() -> None:
    run, everything = audit.held(), audit.held(ROOT / "requirements.lock")
    assert {name: everything.get(name) for name in run} == run
    tools_of_development = {"pytest", "mypy", "ruff", "hypothesis", "playwright", "py-spy", "coverage", "textstat"}
    assert tools_of_development & set(run) == set()
    assert tools_of_development <= set(everything)
    text = (ROOT / "requirements-run.lock").read_text(encoding="utf-8")
    pins = len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
    assert text.count("\n    --hash=sha256:") >= pins == len(run)


def test_no_lock_names_an_index() -> None:
    for name in ("requirements.lock", "requirements-run.lock", "scripts/supply/tools.lock"):
        assert "index" not in re.sub(r"importlib|--[a-z-]+", "", (ROOT / name).read_text(encoding="utf-8")), name


def test_the_bill_of_materials_is_that_of_the_lock_every_time() -> None:
    first, second = sbom.bill(), sbom.bill()
    assert first == second
    assert first["bomFormat"] == "CycloneDX"
    assert {(one["name"].lower(), one["version"]) for one in first["components"]} == set(audit.held().items())
    assert all(one["purl"].startswith("pkg:pypi/") for one in first["components"])


def test_without_an_answer_nothing_counts_as_checked() -> None:
    """An auditor that cannot ask must not say that all is well: a name that no index knows is such a case."""
    code = (
        "import sys, types; sys.path.insert(0, 'scripts/supply'); import audit, tools, subprocess, json\n"
        "told = json.dumps({'dependencies': [{'name': 'x', 'skip_reason': 'not found'}]})\n"
        "subprocess.run = lambda *a, **k: types.SimpleNamespace(stdout=told, stderr='', returncode=0)\n"
        "tools.tool = lambda name: name\n"
        "sys.exit(audit.main(['--online']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not asked about: x" in done.stderr
