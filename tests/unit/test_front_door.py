"""The scripts behind `make`: what they decide, and what they say when they cannot go on."""

from __future__ import annotations

import gzip
import importlib
import os
import socket
import subprocess
import sys
import threading
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _scripts_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))


@pytest.fixture
def environment() -> types.ModuleType:
    return importlib.import_module("environment")


@pytest.fixture
def train() -> types.ModuleType:
    return importlib.import_module("train")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> types.ModuleType:
    module = importlib.import_module("run")
    monkeypatch.setattr(module, "RUN", tmp_path)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a lock file and an environment whose Python is this one."""
    (tmp_path / "requirements.lock").write_text("rasa==3.6.21\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


class TestEnvironment:
    def test_an_environment_without_a_stamp_is_half_finished(
        self, environment: types.ModuleType, checkout: Path
    ) -> None:
        assert not environment.ready(checkout)

    def test_a_stamped_environment_is_reused(self, environment: types.ModuleType, checkout: Path) -> None:
        (checkout / ".venv" / environment.STAMP).write_text(environment.wanted(checkout))
        assert environment.ready(checkout)

    def test_a_new_lock_file_asks_for_a_new_environment(self, environment: types.ModuleType, checkout: Path) -> None:
        (checkout / ".venv" / environment.STAMP).write_text(environment.wanted(checkout))
        (checkout / "requirements.lock").write_text("rasa==3.6.20\n")
        assert not environment.ready(checkout)

    def test_a_python_that_is_gone_asks_for_a_new_environment(
        self, environment: types.ModuleType, checkout: Path
    ) -> None:
        (checkout / ".venv" / environment.STAMP).write_text(environment.wanted(checkout))
        python = checkout / ".venv" / "bin" / "python"
        python.unlink()
        python.symlink_to(checkout / "nowhere")
        assert not environment.ready(checkout)

    def test_a_failed_installation_leaves_no_stamp(
        self, environment: types.ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uv = checkout / "uv"
        uv.write_text(
            '#!/bin/sh\nif [ "$1" = venv ]; then mkdir .venv; else echo "connection refused" >&2; exit 2; fi\n'
        )
        uv.chmod(0o755)
        monkeypatch.setattr(environment, "find_uv", lambda root: str(uv))
        with pytest.raises(environment.SetupError, match=r"(?s)network connection.*connection refused"):
            environment.make(checkout)
        assert (checkout / ".venv").is_dir()
        assert not environment.ready(checkout)

    def test_a_full_disk_is_said_before_anything_is_removed(
        self, environment: types.ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = types.SimpleNamespace(free=10**9)
        monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: usage)
        with pytest.raises(environment.SetupError, match="disk space"):
            environment.make(checkout)
        assert (checkout / ".venv").is_dir()

    def test_a_missing_python_is_said_with_what_to_do(
        self, environment: types.ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uv = checkout / "uv"
        uv.write_text("#!/bin/sh\necho no interpreter >&2\nexit 2\n")
        uv.chmod(0o755)
        monkeypatch.setattr(environment, "find_uv", lambda root: str(uv))
        with pytest.raises(environment.SetupError, match=r"Python 3\.11 was not found.*Install it"):
            environment.make(checkout)

    def test_an_error_of_the_file_system_is_a_message(
        self, environment: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def full(root: Path) -> bool:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(environment, "ready", full)
        assert environment.main([]) == 1
        assert "No space left on device" in capsys.readouterr().err

    def test_a_python_found_is_3_11(self, environment: types.ModuleType) -> None:
        found = environment.find_python()
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        assert said.startswith("Python 3.11.")

    def test_a_made_environment_reports_nothing_to_anybody(
        self, environment: types.ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uv = checkout / "uv"
        uv.write_text("#!/bin/sh\nmkdir -p .venv/lib/python3.11/site-packages\n")
        uv.chmod(0o755)
        monkeypatch.setattr(environment, "find_uv", lambda root: str(uv))
        environment.make(checkout)
        line = (checkout / ".venv/lib/python3.11/site-packages" / environment.DEFAULTS).read_text()
        for given, seen in (({}, "false"), ({"RASA_TELEMETRY_ENABLED": "true"}, "true")):
            command = [sys.executable, "-I", "-S", "-c", line.strip() + "; print(os.environ['RASA_TELEMETRY_ENABLED'])"]
            done = subprocess.run(command, env=given, capture_output=True, text=True, check=True)
            assert done.stdout.strip() == seen

    def test_the_version_is_one_everywhere(self, environment: types.ModuleType) -> None:
        version = environment.PYTHON_VERSION
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        assert (ROOT / ".python-version").read_text().strip() == version
        assert project["project"]["requires-python"].startswith(f">={version},")
        assert project["tool"]["mypy"]["python_version"] == version
        assert project["tool"]["ruff"]["target-version"] == f"py{version.replace('.', '')}"
        assert f"Python {version}" in (ROOT / "README.md").read_text()


class TestLockFile:
    def test_it_names_no_address_and_no_path(self) -> None:
        text = (ROOT / "requirements.lock").read_text()
        assert "://" not in text
        assert "--index-url" not in text
        assert "--find-links" not in text
        assert str(ROOT) not in text

    def test_every_version_has_a_hash(self) -> None:
        entries = (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
        pinned = [line for line in entries if line and not line.lstrip().startswith("#")]
        assert len(pinned) > 100
        assert [line[:60] for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.fixture
def trained(train: types.ModuleType, tmp_path: Path) -> Path:
    """A folder with every input of the model, a model, and its stamp."""
    for name in train.INPUTS:
        path = tmp_path / name if "." in Path(name).name else tmp_path / name / "part.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("first\n")
    (tmp_path / "models").mkdir()
    train.model_path(tmp_path).write_bytes(gzip.compress(b"model"))
    (tmp_path / "models" / f"{train.MODEL}.stamp").write_text(train.fingerprint(tmp_path))
    return tmp_path


class TestModelStamp:
    def test_all_inputs_are_there(self, train: types.ModuleType) -> None:
        assert [name for name in train.INPUTS if not (ROOT / name).exists()] == []

    def test_a_model_of_these_inputs_is_kept(self, train: types.ModuleType, trained: Path) -> None:
        assert train.is_fresh(trained)

    @pytest.mark.parametrize("name", ["config.yml", "data/part.yml", "domain.yml", "bot/nlu/part.yml"])
    def test_a_changed_input_asks_for_training(self, train: types.ModuleType, trained: Path, name: str) -> None:
        (trained / name).write_text("second\n")
        assert not train.is_fresh(trained)

    def test_a_renamed_input_asks_for_training(self, train: types.ModuleType, trained: Path) -> None:
        (trained / "data" / "part.yml").rename(trained / "data" / "other.yml")
        assert not train.is_fresh(trained)

    def test_compiled_files_and_other_folders_do_not_count(self, train: types.ModuleType, trained: Path) -> None:
        (trained / "bot" / "nlu" / "__pycache__").mkdir()
        (trained / "bot" / "nlu" / "__pycache__" / "x.pyc").write_bytes(b"1")
        (trained / "docs").mkdir()
        (trained / "docs" / "a.md").write_text("a")
        assert train.is_fresh(trained)

    def test_a_model_that_is_gone_is_trained_again(self, train: types.ModuleType, trained: Path) -> None:
        train.model_path(trained).unlink()
        assert not train.is_fresh(trained)

    def test_a_model_that_is_no_longer_the_file_that_was_trained_is_trained_again(
        self, train: types.ModuleType, trained: Path
    ) -> None:
        assert train.is_fresh(trained)  # its hash is noted
        model = train.model_path(trained)
        whole = model.read_bytes()
        model.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
        assert not train.is_fresh(trained)
        model.write_bytes(whole)
        assert train.is_fresh(trained)

    def test_a_model_without_a_noted_hash_must_at_least_be_readable(
        self, train: types.ModuleType, trained: Path
    ) -> None:
        model = train.model_path(trained)
        model.write_bytes(model.read_bytes()[:-9])
        assert not train.is_fresh(trained)

    def test_a_failed_training_leaves_no_stamp_and_says_why(
        self, train: types.ModuleType, trained: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        assert train.train(trained) == 1  # there is no bot.nlu.train in that folder
        assert not train.is_fresh(trained)
        assert "The model could not be trained" in capfd.readouterr().err


class TestPorts:
    def test_a_free_port_is_fine(self, run: types.ModuleType, taken: int) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            free = probe.getsockname()[1]
        run.need_free(free, "PORT")

    def test_a_taken_port_is_said_with_the_way_out(self, run: types.ModuleType, taken: int) -> None:
        with pytest.raises(run.StartError, match=rf"port {taken} is taken .* ACTIONS_PORT={taken + 1} make run"):
            run.need_free(taken, "ACTIONS_PORT")

    @pytest.mark.parametrize("value", ["", "two", "0", "65", "-1", "1.5"])
    def test_what_is_no_number_of_workers_is_refused(
        self, run: types.ModuleType, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        assert run.workers_of("WORKERS", 2) == 2
        monkeypatch.setenv("WORKERS", value)
        with pytest.raises(run.StartError, match=r"WORKERS=.* is no number from 1 to 64"):
            run.workers_of("WORKERS", 1)

    @pytest.mark.parametrize("value", ["", "web", "0", "65536", "-1", "80.5"])
    def test_what_is_no_port_is_refused(
        self, run: types.ModuleType, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        monkeypatch.setenv("PORT", value)
        with pytest.raises(run.StartError, match=r"is no port.*PORT=8080 make run"):
            run.port_of("PORT", 8080)

    def test_both_servers_cannot_have_one_port(
        self, run: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("PORT", "5055")
        monkeypatch.setenv("ACTIONS_PORT", "5055")
        with pytest.raises(run.StartError, match="both 5055"):
            run.serve(threading.Event())


class TestRun:
    def test_a_second_run_of_one_folder_is_refused(self, run: types.ModuleType) -> None:
        with run.only_one(), pytest.raises(run.StartError, match="already runs from this folder"):
            run.only_one()
        run.only_one().close()

    def test_what_a_killed_run_left_behind_is_stopped(self, run: types.ModuleType, tmp_path: Path) -> None:
        left = subprocess.Popen(
            [sys.executable, "-c", "input()", str(tmp_path / "supervisord.conf")], stdin=subprocess.PIPE
        )
        threading.Thread(target=left.wait, daemon=True).start()  # as init would
        (tmp_path / "supervisord.pid").write_text(f"{left.pid}\n")
        run.stop_leftover()
        assert left.poll() is not None
        assert importlib.import_module("supervision").leftover(tmp_path) == []

    def test_a_process_of_somebody_else_is_left_alone(self, run: types.ModuleType, tmp_path: Path) -> None:
        (tmp_path / "supervisord.pid").write_text(f"{os.getpid()}\n")
        run.stop_leftover()  # this very process is still here to say so

    @pytest.mark.parametrize("content", ["", "not a number"])
    def test_a_broken_pid_file_is_ignored(self, run: types.ModuleType, tmp_path: Path, content: str) -> None:
        (tmp_path / "supervisord.pid").write_text(content)
        run.stop_leftover()

    def test_nobody_on_the_port_is_no_health(self, run: types.ModuleType) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            free = probe.getsockname()[1]
        assert run.health(free) is None

    def test_a_start_that_fails_shows_the_end_of_the_logs(self, run: types.ModuleType, tmp_path: Path) -> None:
        (tmp_path / "logs").mkdir()
        (tmp_path / "logs" / "server.log").write_text("".join(f"line {i}\n" for i in range(100)))
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            free = probe.getsockname()[1]
        with pytest.raises(run.StartError, match=r"(?s)did not come up.*server\.log.*line 99") as caught:
            run.wait_healthy(free, gone, threading.Event())
        assert "line 50" not in str(caught.value)


def test_the_bootstrap_script_runs_under_an_old_python() -> None:
    compile_for = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 8))"
    subprocess.run([sys.executable, "-c", compile_for, str(ROOT / "scripts" / "environment.py")], check=True)
    text = (ROOT / "scripts" / "environment.py").read_text()
    assert "list[" not in text
    assert ".removeprefix" not in text
