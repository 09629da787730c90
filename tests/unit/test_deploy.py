"""The files of deploy/: right by their schemas, and each process as narrow as it can be."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SERVED = {"/health", "/health/live"}
"""What a probe may ask for; the server of the tests answers both (test_http_description.py)."""
OUTSIDE = {"POSTGRES_PASSWORD", "POSTGRES_USER", "INTERFACE", "ALLOWED_ORIGINS", "ACTIONS_PORT"}
TOGETHER = {"REDIS_URL", "ACTIONS_SECRET", "TOKEN_KEY"}
"""Settings of several servers."""

sys.path[:0] = [str(ROOT / "scripts" / "supply")]
import tools  # noqa: E402


def resources() -> Iterator[dict[str, Any]]:
    for path in MANIFESTS:
        yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [one for one in resources() if one["kind"] == kind]


def pod() -> dict[str, Any]:
    (servers,) = of_kind("StatefulSet")
    found: dict[str, Any] = servers["spec"]["template"]["spec"]
    return found


def containers() -> list[dict[str, Any]]:
    return [*pod()["initContainers"], *pod()["containers"]]


def test_manifests_are_what_kubernetes_takes() -> None:
    """Strictly: a field that is misspelt is an error."""
    command = [tools.tool("kubernetes-validate"), "--strict", "--no-warn", *map(str, MANIFESTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_misspelt_field_would_be_seen(tmp_path: Path) -> None:
    text = (DEPLOY / "kubernetes/20-servers.yaml").read_text(encoding="utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"))
    done = subprocess.run([tools.tool("kubernetes-validate"), "--strict", str(bad)], capture_output=True, check=False)
    assert done.returncode != 0


def test_containers_may_do_nothing_that_they_need_not() -> None:
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert pod()["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod()["automountServiceAccountToken"] is False
    for one in containers():
        assert one["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"cpu", "memory"} == set(one["resources"]["limits"]) == set(one["resources"]["requests"])
        assert not one["image"].endswith("latest")


def test_each_server_is_probed_where_it_answers() -> None:
    for one in pod()["containers"]:
        for name in ("startupProbe", "livenessProbe", "readinessProbe"):
            probe = one[name]
            assert probe.get("httpGet", {}).get("path", "/health") in SERVED
        assert one["lifecycle"]["preStop"]
    (server, _) = pod()["containers"]
    # A database that is away must not end servers that keep people's words meanwhile.
    assert server["livenessProbe"]["httpGet"]["path"] == "/health/live"
    assert pod()["terminationGracePeriodSeconds"] > Settings.__fields__["answer_timeout_seconds"].default


def test_words_that_wait_are_on_a_disk_that_outlives_the_pod() -> None:
    (servers,) = of_kind("StatefulSet")
    assert [one["metadata"]["name"] for one in servers["spec"]["volumeClaimTemplates"]] == ["words"]
    (settings,) = of_kind("ConfigMap")
    (mount,) = [one for one in pod()["containers"][0]["volumeMounts"] if one["name"] == "words"]
    assert settings["data"]["JOURNAL_DIR"].startswith(mount["mountPath"])


def test_nothing_reaches_out_to_the_internet() -> None:
    (policy,) = of_kind("NetworkPolicy")
    assert set(policy["spec"]["policyTypes"]) == {"Ingress", "Egress"}
    (out,) = policy["spec"]["egress"]
    assert {port["port"] for port in out["ports"]} == {53, 5432, 6379}


def test_what_the_ingress_and_nginx_let_through_is_the_same() -> None:
    (ingress,) = of_kind("Ingress")
    paths = {path["path"].rstrip("/") for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]}
    text = (DEPLOY / "nginx/stridewell.conf").read_text(encoding="utf-8")
    through = set(re.findall(r"location =? ?(/\S+) \{[^}]*proxy_pass", text))
    assert {path.rstrip("/") for path in through if path != "/webhooks/web/messages"} == paths
    assert not {"/health", "/metrics", "/model", "/conversations"} & paths


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_every_service_of_compose_is_narrow_and_is_looked_at() -> None:
    services = compose()["services"]
    assert {"server", "actions", "prepare", "nginx", "database", "redis"} == set(services)
    for name, one in services.items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        if name not in ("server", "prepare"):  # the image's own health check, and one that ends
            assert one["healthcheck"]["test"], name
        assert ("ports" in one) == (name == "nginx"), "only nginx is reached from outside"
    assert compose()["networks"]["inside"]["internal"] is True
    assert services["actions"]["network_mode"] == "service:server"


def test_what_is_set_is_a_setting() -> None:
    known = {name.upper() for name in Settings.__fields__} | OUTSIDE | TOGETHER
    (settings,) = of_kind("ConfigMap")
    (secret,) = of_kind("Secret")
    told = {*settings["data"], *secret["stringData"], *compose()["services"]["server"]["environment"]}
    assert told - known == set()


def test_no_secret_is_written_down() -> None:
    (secret,) = of_kind("Secret")
    assert all("change-me" in value or "example" in value for value in secret["stringData"].values())
    environment = compose()["services"]["server"]["environment"]
    assert all(environment[name].startswith("${") for name in ("ACTIONS_SECRET", "TOKEN_KEY"))


def test_the_image_is_small_of_rights_and_made_of_the_lock_of_production() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert len(re.findall(r"^FROM ", text, re.MULTILINE)) == 3
    assert "--require-hashes -r /tmp/requirements-run.lock" in text
    assert "requirements.lock" not in text.replace("requirements-run.lock", "")
    last = text.rsplit("FROM ", 1)[1]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "pip install" not in last
    for path in re.findall(r"/health\S*?(?=')", last):
        assert path in SERVED


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_are_right_and_keep_to_themselves(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    wanted = {
        "User=stridewell", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "CapabilityBoundingSet=", "Restart=always", "UMask=0077", "StateDirectoryMode=0700",
    }  # fmt: skip
    assert wanted <= set(text.splitlines())
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # what can be told without systemd has been told
    for one in [*UNITS, *(DEPLOY / "systemd").glob("*.target")]:
        moved = one.read_text(encoding="utf-8").replace("/opt/stridewell/deploy", str(DEPLOY))
        (tmp_path / one.name).write_text(moved.replace("User=stridewell\nGroup=stridewell\n", ""))
    done = subprocess.run([program, "verify", str(tmp_path / unit.name)], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "stridewell" in line] == []


def test_the_entry_refuses_what_it_does_not_know() -> None:
    done = subprocess.run([str(DEPLOY / "entry.sh"), "shell"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "server, actions, prepare or report?\n")
