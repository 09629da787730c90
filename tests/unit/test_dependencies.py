"""What is imported is declared, and what is declared is explained (docs/dependencies.md)."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOLDERS = ("bot", "actions", "scripts", "tests", "evaluation", "benchmarks")
OURS = {*FOLDERS, *(path.stem for folder in ("", "supply") for path in (ROOT / "scripts" / folder).glob("*.py"))}
NAMES = {
    "sklearn": "scikit-learn",
    "spellchecker": "pyspellchecker",
    "yaml": "pyyaml",
    "argon2": "argon2-cffi",
    "psycopg2": "psycopg2-binary",
    "opentelemetry": "opentelemetry-sdk",
}
"""Distributions that are called something else than what is imported."""
APART = {"scripts/tuning/convert.py", "scripts/tuning/tune.py"}
"""Run in an environment of their own, which each names in its first lines."""
CHECKS = {"bot/content/check_wording.py"}
"""Run by `make check` alone: it may need what only development has."""


def distribution(requirement: str) -> str:
    """The name of a requirement, as it is compared: small letters, hyphens."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


RUN = {distribution(one) for one in PROJECT["dependencies"]}
DEVELOP = {distribution(one) for one in PROJECT["optional-dependencies"]["dev"]}
TRACES = {distribution(one) for one in PROJECT["optional-dependencies"]["traces"]}
"""What only traces.py imports, and only where a setting asks for it."""


def imported(path: Path) -> Iterator[str]:
    """The distributions, other than Python's own, that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names - OURS:
            yield distribution(NAMES.get(top, top))


FILES = [path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("name", [name for name in FILES if name not in APART])
def test_what_a_file_imports_is_declared(name: str) -> None:
    runs = name.startswith(("bot/", "actions/")) and name not in CHECKS
    more = TRACES if not runs or name == "bot/telemetry/traces.py" else set()
    assert set(imported(ROOT / name)) - (RUN if runs else RUN | DEVELOP) - more == set()


@pytest.mark.parametrize("name", sorted(APART))
def test_a_script_of_its_own_environment_names_what_it_needs(name: str) -> None:
    introduction = ast.get_docstring(ast.parse((ROOT / name).read_text(encoding="utf-8"))) or ""
    assert "throw-away environment" in introduction


def test_an_undeclared_import_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("import os\nimport flask.app\nfrom sklearn import svm\nfrom . import y\n")
    assert set(imported(path)) == {"flask", "scikit-learn"}


def test_every_dependency_is_explained_with_the_version_that_is_held() -> None:
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:2] == "| "]
    told = {distribution(row[0]): row for row in rows if row[0] != "dependency"}
    pins = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    held = {distribution(name): version for name, version in pins}
    assert {name: row[1] for name, row in told.items()} == {name: held[name] for name in RUN | DEVELOP | TRACES}
    assert [row for row in told.values() if len(row) != 6 or not all(row)] == []


def test_nothing_is_declared_twice() -> None:
    assert set() == RUN & DEVELOP
    assert len(RUN) == len(PROJECT["dependencies"])
