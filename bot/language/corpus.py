"""Everything that the reader learns from, as rows: questions of topics and units, acts, and examples of danger and of none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.content.examples import Example, read_examples

DATA = Path("data") / "nlu"
EXAMPLES = Path(__file__).parent.parent / "content" / "examples"
ASK = "ask"
"""The act of every question of a topic."""
NOTHING = ""
"""The flag of a text that holds no danger."""
HELD_OUT = 21
"""Of 256: the share of the texts that only calibrate."""
_BULLET = re.compile(r"^\s*-\s+(.*\S)\s*$")


@dataclass(frozen=True)
class Row:
    """One training text. `topic`, `unit` and `act` are None where the text says nothing of them; `flag` is NOTHING for a
    harmless text and None where nobody looked; `concepts` are the signs told as present; `section` says how the text speaks
    of its flag ("affirmed", "negated" ...), "" for all others; `about` is the flag that it speaks of, present or not."""

    text: str
    topic: str | None = None
    unit: str | None = None
    act: str | None = None
    flag: str | None = NOTHING
    concepts: tuple[str, ...] = ()
    section: str = ""
    about: str = ""


def held_out(text: str) -> bool:
    """Whether a text is kept from training, for calibration: one in twelve, by its hash, so that it is always the same ones."""
    return hashlib.sha256(text.encode()).digest()[0] < HELD_OUT


def rows(root: Path) -> list[Row]:
    """All rows of a checkout, in an order that does not change. Raises ContentError for an examples file that is wrong."""
    return [*question_rows(root / DATA), *danger_rows()]


def question_rows(folder: Path) -> Iterator[Row]:
    """The rows of data/nlu: topics and units in their categories, acts in conversation/."""
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            label = str(block["intent"])
            for line in str(block["examples"]).splitlines():
                if bullet := _BULLET.match(line):
                    yield labelled(bullet[1], label)


def labelled(text: str, label: str) -> Row:
    """One training question of Rasa's by its full intent: an act ("meta/private"), a topic, or a unit of a topic. A general
    question of a topic has the topic's own name as its unit."""
    if label.split("/", 1)[0] in ACTS:
        return Row(text, act=label, flag=None if label in UNJUDGED else NOTHING)
    topic = label.split(".", 1)[0]
    return Row(text, topic=topic, unit=label, act=ASK)


ACTS = frozenset({
    "reply", "control", "reference", "aspect", "change", "compare", "tell", "correct", "withdraw", "minimise", "after_alert",
    "repair", "social", "feeling", "meta", "goal", "outside",
})  # fmt: skip
"""The intents that are acts; every other intent is a category of topics."""
UNJUDGED = frozenset({"outside/sensitive", "feeling/sad", "tell/symptom", "correct/fact"})
"""Acts whose texts may hold a danger that nobody marked."""


def danger_rows(folder: Path = EXAMPLES) -> list[Row]:
    """The rows of the examples of danger (default: those that the package ships). Raises ContentError for a wrong line."""
    known = {path.stem for name in ("signs", "facts") for path in (folder.parent / name).glob("*.yml")}
    found = [read_examples(path, path.name, known) for path in sorted(folder.glob("*.txt"))]
    return [_danger(example) for file in found for example in file]


def _danger(example: Example) -> Row:
    """One example of danger or of none."""
    flag = example.flag if example.present else NOTHING
    return Row(example.text, flag=flag, concepts=example.concepts, section=example.section, about=example.flag)
