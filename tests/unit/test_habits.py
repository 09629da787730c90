"""People, git's hooks and CI run the same commands."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile, with the environment's Python written out."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE)
    assert found, target
    return [line.lstrip("\t@").replace("$(VENV)", ".venv/bin/python") for line in found[1].splitlines()]


def test_gits_hooks_are_make_check() -> None:
    hooks = [hook for repo in yaml.safe_load(read(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]]
    assert [hook["entry"] for hook in hooks] == recipe("check")


def test_ci_runs_what_people_run() -> None:
    job = yaml.safe_load(read(".github/workflows/ci.yml"))["jobs"]["check-and-test"]
    assert job["steps"][-1]["run"].split()[-1] == ".ci/run"
    assert read(".ci/run").splitlines()[-2:] == ["make check", "make test"]


def test_every_form_asks_for_something() -> None:
    forms = [path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]
    assert len(forms) == 3
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= form.keys()
        required = [part for part in form["body"] if part.get("validations", {}).get("required")]
        assert required or path.name == "fault.yml"


def test_owners_are_named_for_paths_that_are_there() -> None:
    lines = [line.split() for line in read(".github/CODEOWNERS").splitlines() if line and not line.startswith("#")]
    assert lines[0][0] == "*"
    for path, *owners in lines[1:]:
        assert (ROOT / path.strip("/")).exists(), path
        assert owners


def test_a_way_to_report_in_private_is_named() -> None:
    assert "Report a vulnerability" in read("SECURITY.md")
    assert "SECURITY.md" in read("README.md")
    assert "CONTRIBUTING.md" in read("README.md")
