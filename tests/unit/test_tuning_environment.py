"""`make tune`: what it would do, in which order, and that a half-made environment is made again."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from scripts.tuning import environment
from scripts.tuning.environment import STAMP, WHEELS, Step, TuningError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the versions that are wanted, and nothing made."""
    listed = tmp_path / environment.REQUIREMENTS
    listed.parent.mkdir(parents=True)
    listed.write_text("torch==2.13.0\n")
    return tmp_path


@pytest.fixture
def made(checkout: Path) -> Path:
    """The same with an environment that was made to the end."""
    python = checkout / ".venv-tune" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (checkout / WHEELS).mkdir()
    (checkout / WHEELS / "published-0.1.0-py3-none-any.whl").touch()
    (checkout / STAMP).write_text(environment.wanted(checkout))
    return checkout


def test_a_new_checkout_makes_the_environment_first(checkout: Path) -> None:
    steps = environment.setting_up(checkout)
    assert steps[0].command[1:3] == ("-m", "venv")
    assert str(checkout / environment.REQUIREMENTS) in steps[1].command
    assert steps[2].command[-1] == environment.PUBLISHED


def test_a_made_environment_is_used_again(made: Path) -> None:
    assert environment.setting_up(made) == []


def test_other_versions_ask_for_a_new_environment(made: Path) -> None:
    (made / environment.REQUIREMENTS).write_text("torch==2.14.0\n")
    assert len(environment.setting_up(made)) == 3


def test_an_interpreter_that_is_gone_asks_for_a_new_environment(made: Path) -> None:
    (made / ".venv-tune" / "bin" / "python").unlink()
    assert not environment.ready(made)


def test_the_encoder_is_tuned_before_what_rests_on_it(made: Path) -> None:
    tune, train, evidence, again = environment.tuning(made)
    assert tune.command[0] == str(made / ".venv-tune" / "bin" / "python")
    assert tune.command[1:3] == ("-m", "scripts.tuning.tune")
    assert Path(tune.command[3]).is_file()
    assert evidence.command == (sys.executable, "-m", "scripts.tuning.evidence")
    assert train.command == again.command == (sys.executable, "scripts/train.py")


def test_the_plan_is_printed_and_nothing_is_done(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(checkout.rglob("*"))
    assert environment.main(["--check"], checkout) == 0
    said = capsys.readouterr().out
    modules = re.findall(r"scripts[./]\w+(?:[./]\w+)?", said)
    assert modules == [
        "scripts/tuning/requirements", "scripts.tuning.tune", "scripts/train.py", "scripts.tuning.evidence", "scripts/train.py",
    ]  # fmt: skip
    assert str(checkout) not in said
    assert sorted(checkout.rglob("*")) == before


def test_a_step_that_fails_stops_the_rest(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        Step("the first", (sys.executable, "-c", "raise SystemExit(3)")),
        Step("the second", (sys.executable, "-c", "open('second', 'w')")),
    ]
    with pytest.raises(TuningError, match=r"the first failed \(exit code 3\)"):
        environment.run(steps, made)
    assert not (made / "second").exists()


def test_a_failed_installation_leaves_no_stamp(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [Step("installing", (sys.executable, "-c", "raise SystemExit(1)"))]
    monkeypatch.setattr(environment, "setting_up", lambda root: broken)
    assert environment.main([], checkout) == 1
    assert not (checkout / STAMP).exists()


def test_the_steps_find_the_project(made: Path) -> None:
    """Each is run in the project's folder, with its packages on the path."""
    (made / "here.py").write_text("open('found', 'w').close()\n")
    environment.run([Step("looking", (sys.executable, "-m", "here"))], made)
    assert (made / "found").is_file()


def test_every_version_is_pinned_and_told_where_the_weights_are_explained() -> None:
    lines = (ROOT / environment.REQUIREMENTS).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    provenance = (ROOT / "bot/language/weights/PROVENANCE.md").read_text(encoding="utf-8")
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\d.]+", pin)] == []
    assert [pin for pin in pins if f"{pin.split('==')[0]} {pin.split('==')[1]}" not in provenance] == []
    assert environment.PUBLISHED.replace("==", " ") in provenance


def test_the_steps_name_modules_that_are_there() -> None:
    for step in environment.tuning(ROOT):
        name = step.command[2] if step.command[1] == "-m" else step.command[1]
        path = name if name.endswith(".py") else f"{name.replace('.', '/')}.py"
        assert (ROOT / path).is_file()


def test_the_script_starts_by_its_path(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["environment.py", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "scripts/tuning/environment.py"), run_name="__main__")
    assert ended.value.code == 0
    assert "tuning the encoder" in capsys.readouterr().out
