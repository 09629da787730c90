"""The two that are compared: how each is trained, started and reached."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import yaml

from benchmarks import stock_environment
from benchmarks.clients import Client, Ours, Stock
from benchmarks.questions import Questions, by_topic
from benchmarks.stock_project import write_stock
from bot.content.reader import read_content
from evaluation.live import QUIET, free_port

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "benchmarks" / ".cache"
MODELS = CACHE / "models"
sys.path.insert(0, str(ROOT / "scripts"))
import run  # noqa: E402  (scripts/ is no package)

HOME = ("actions", "bot", "config.yml", "credentials.yml", "data", "domain.yml", "endpoints.yml")
"""What our processes find in the folder that they run in."""
TRAIN_ON = "import sys; from bot.nlu.train import train; train(out=sys.argv[1], name='ours', data=sys.argv[2])"


@dataclass(frozen=True)
class Side:
    """One of the two. `before`: a command that every start begins with; () for none."""

    name: str
    folder: Path
    environment: dict[str, str]
    train: tuple[str, ...]
    before: tuple[str, ...]
    start: tuple[str, ...]
    client: Callable[[aiohttp.ClientSession], Client]

    @property
    def log(self) -> Path:
        """Where all that it says is kept."""
        return CACHE / f"{self.name}.log"


def stock(questions: Questions) -> Side:
    """Stock Rasa in its own environment, from a project written now."""
    folder, port, python = CACHE / "stock", free_port(), str(stock_environment.python())
    articles = {article.id: f"{article.title}. {article.short}" for article in read_content().articles.values()}
    write_stock(folder, stock_environment.initial_project(), by_topic(questions.training), articles)
    return Side(
        name="stock",
        folder=folder,
        environment=_environment("stock"),
        train=(python, "-m", "rasa", "train", "--out", str(MODELS), "--fixed-model-name", "stock"),
        before=(),
        start=(
            python,
            "-m",
            "rasa",
            "run",
            "--model",
            str(MODELS / "stock.tar.gz"),
            "--port",
            str(port),
            "-i",
            "127.0.0.1",
        ),
        client=lambda http: Stock(http, f"http://127.0.0.1:{port}", folder),
    )


def ours(questions: Questions) -> Side:
    """Stridewell as `make run` starts it, with the rate limit lifted, on ports and with a database of its own."""
    folder, port, actions_port = CACHE / "ours", free_port(), free_port()
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "logs").mkdir(parents=True)
    model, home = MODELS / "ours.tar.gz", _home(folder / "home", MODELS / "ours.tar.gz")
    environment = {
        **_environment("ours"),
        "PORT": str(port),
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "DATABASE_URL": f"sqlite:///{folder / 'stridewell.sqlite3'}",
        "RATE_LIMIT": "1000000",
        "PYTHONUNBUFFERED": "1",
    }
    data = _reduced(folder / "data", questions) if questions.held_out else "data"
    command = run.configured(folder, model=model, port=port, actions_port=actions_port)
    _move(Path(command[-1]), home)
    return Side(
        name="ours",
        folder=home,
        environment=environment,
        train=(sys.executable, "-c", TRAIN_ON, str(MODELS), data),
        before=(sys.executable, "-m", "bot.knowledge", "load"),
        start=tuple(command),
        client=lambda http: Ours(http, f"http://127.0.0.1:{port}"),
    )


def _home(folder: Path, model: Path) -> Path:
    """A folder like the checkout's, in which the model measured lies where the readers look for it, and nothing is cached."""
    (folder / "models").mkdir(parents=True)
    for name in HOME:
        (folder / name).symlink_to(ROOT / name)
    (folder / "models" / "stridewell.tar.gz").symlink_to(model)
    return folder


def _move(configuration: Path, home: Path) -> None:
    """Has the supervised processes run in another folder. Raises ValueError where the configuration names none."""
    text, before = configuration.read_text(encoding="utf-8"), f"directory={ROOT}\n"
    if before not in text:
        raise ValueError(f"{configuration} does not say where its processes run")
    configuration.write_text(text.replace(before, f"directory={home}\n"), encoding="utf-8")


def _reduced(folder: Path, questions: Questions) -> str:
    """Our training data with only the questions that both are trained on."""
    shutil.copytree(ROOT / "data" / "rules", folder / "rules")
    shutil.copyfile(ROOT / "data" / "buttons.yml", folder / "buttons.yml")
    nlu = [
        {"intent": label, "examples": "".join(f"- {one}\n" for one in examples)}
        for label, examples in questions.training.items()
    ]
    text = yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000)
    (folder / "nlu.yml").write_text(text, encoding="utf-8")
    return str(folder)


def _environment(name: str) -> dict[str, str]:
    """What every process is given. A cache of its own, so that no earlier training is used again."""
    return {**os.environ, **QUIET, "RASA_CACHE_DIRECTORY": str(CACHE / f"rasa-{name}")}
