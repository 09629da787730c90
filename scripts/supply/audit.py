"""Known vulnerabilities in what a server runs: offline against a dated file of advisories, or online.

.venv/bin/python scripts/supply/audit.py                     against deploy/supply/advisories.json
.venv/bin/python scripts/supply/audit.py --osv all.zip       against OSV's export of PyPI, fetched by whoever has a network
.venv/bin/python scripts/supply/audit.py --online            ask OSV (pip-audit); what cannot be asked about is a failure too

Every finding must be mended, or stand in deploy/supply/unreachable.yml with its reason; one that stands there in vain fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tools
import yaml
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-run.lock"
ADVISORIES = ROOT / "deploy" / "supply" / "advisories.json"
UNREACHABLE = ROOT / "deploy" / "supply" / "unreachable.yml"
OLD_DAYS = 90
"""After so many days the file is called old: it knows nothing of what was found since."""


def held(lock: Path = LOCK) -> dict[str, str]:
    """The versions of a lock file by distribution."""
    pins = re.findall(r"^([\w.-]+)==([^\s\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {_name(name): version for name, version in pins}


def findings(advisories: Iterable[Mapping[str, Any]], versions: Mapping[str, str]) -> dict[str, str]:
    """The ids of the advisories that a held version is affected by, each with the package and its version."""
    found = {}
    for advisory in advisories:
        for affected in advisory.get("affected", ()):
            name = _name(affected["package"]["name"])
            version = versions.get(name) if affected["package"]["ecosystem"] == "PyPI" else None
            if version is not None and not advisory.get("withdrawn") and is_affected(affected, Version(version)):
                found[_cve(advisory)] = f"{name} {version}: {advisory.get('summary', '')}"
    return found


def is_affected(affected: Mapping[str, Any], version: Version) -> bool:
    """Whether one entry of an advisory covers a version, by its list of versions or by the events of its ranges."""
    if str(version) in affected.get("versions", ()):
        return True
    ranges = (one for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM")
    return any(_within(one["events"], version) for one in ranges)


def _within(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    inside = False
    for event in events:
        kind, told = next(iter(event.items()))
        try:
            at = Version(told)
        except InvalidVersion:
            continue
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def exported(path: Path) -> Iterator[Mapping[str, Any]]:
    """The advisories of an export of OSV: a zip of JSON files."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def online() -> dict[str, str]:
    """What pip-audit finds by asking OSV. Raises RuntimeError where a package could not be asked about."""
    command = [
        tools.tool("pip-audit"), "--vulnerability-service", "osv", "--requirement", str(LOCK), "--no-deps", "--disable-pip",
        "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        raise RuntimeError(f"OSV could not be asked: {done.stderr.strip().splitlines()[-1][:200]}") from None
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    if skipped:
        raise RuntimeError(f"not asked about: {', '.join(skipped)}")
    return {
        next((other for other in [bug["id"], *bug["aliases"]] if other.startswith("CVE-")), bug["id"]): (
            f"{one['name']} {one['version']}: {bug['description'][:80]}"
        )
        for one in packages
        for bug in one["vulns"]
    }


def verdict(found: Mapping[str, str], reasons: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What must be mended, and the reasons that no finding needs any more."""
    return sorted(set(found) - set(reasons)), sorted(set(reasons) - set(found))


def _cve(advisory: Mapping[str, Any]) -> str:
    ids = [advisory["id"], *advisory.get("aliases", ())]
    return str(next((one for one in ids if one.startswith("CVE-")), advisory["id"]))


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(arguments: list[str]) -> int:
    """The command line: 0 where nothing is left to mend."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--online", action="store_true")
    parser.add_argument("--osv", type=Path)
    given = parser.parse_args(arguments)
    reasons = yaml.safe_load(UNREACHABLE.read_text(encoding="utf-8"))
    if given.online:
        try:
            found, whole = online(), "OSV, asked now"
        except (RuntimeError, tools.environment.SetupError) as error:
            print(f"not checked: {error}", file=sys.stderr)
            return 1
    elif given.osv:
        found, whole = findings(exported(given.osv), held()), str(given.osv)
    else:
        kept = json.loads(ADVISORIES.read_text(encoding="utf-8"))
        days = (dt.date.today() - dt.date.fromisoformat(kept["dated"])).days
        found = findings(kept["advisories"], held())
        whole = (
            f"{len(kept['advisories'])} advisories of {kept['dated']}{' (old: ask online)' if days > OLD_DAYS else ''}"
        )
    mend, vain = verdict(found, reasons)
    print(
        f"{len(held())} packages against {whole}: {len(found)} findings, {len(found) - len(mend)} of them unreachable"
    )
    for one in mend:
        print(f"- to mend: {one} {found[one]}")
    if not (given.online or given.osv):
        for one in vain:
            print(f"- no longer needed in unreachable.yml: {one}")
        return 1 if mend or vain else 0
    return 1 if mend else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
