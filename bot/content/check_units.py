"""Checks on what fits the person: units, the table of exercises and conditions, and things asked about by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot import model
from bot.content.document import Problem
from bot.content.reader import Entry, Reading
from bot.model import Fit

TABLE = (
    "osteoporosis", "spine_fracture", "spine_cancer", "recent_operation", "pregnancy_early", "pregnancy_mid", "pregnancy_late",
    "after_birth", "stenosis", "disc_sciatica", "joint_replacement", "heart_pressure", "poor_balance", "no_floor",
    "wrist_shoulder", "numb_feet",
)  # fmt: skip
"""The conditions for which every exercise says whether it fits."""
ENOUGH = 8
"""Fewer questions than this do not teach a unit."""
_OPENS = re.compile(r"^(yes|no)\b", re.I)
_INDIRECT = re.compile(r"^(?:it depends|there are|this is a|well|when it comes)\b", re.I)


def unit_errors(reading: Reading, asked: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the units. `asked` are the labels of all training questions, as often as they stand there."""
    counts: dict[str, int] = {}
    for label in asked:
        counts[label] = counts.get(label, 0) + 1
    units = {unit.id: unit for article in reading.content.articles.values() for unit in article.units}
    for unit in units.values():
        entry = reading.entries[f"articles/{unit.topic}"]
        yield from _unit(unit, entry, reading, counts.get(unit.id, 0))
    for label in sorted(counts):
        if "." in label and label not in units:
            yield Problem(f"data/nlu/{label.split('.', 1)[0]}.yml", 1, f"questions for {label!r}, which is no unit")


def _unit(unit: model.Unit, entry: Entry, reading: Reading, questions: int) -> Iterator[Problem]:
    name = unit.id.split(".", 1)[1]
    opens = _OPENS.match(unit.answer)
    if (opens and opens[1].lower()) != (unit.polarity.value if unit.polarity else None):
        yield entry.problem(
            f"{name}: an answer that opens with yes or no has that polarity, and no other has one", "units", name
        )
    if _INDIRECT.match(unit.answer):
        yield entry.problem(f"{name}: the first sentence is the answer itself", "units", name, "answer")
    if questions < ENOUGH:
        yield entry.problem(f"{name}: {questions} training questions, at least {ENOUGH}", "units", name)
    for condition, _ in unit.unless:
        if condition not in reading.content.conditions:
            yield entry.problem(f"{name}: there is no condition {condition!r}", "units", name, "unless")


def fitting_errors(reading: Reading) -> Iterator[Problem]:
    """Cells of the table that are missing, and alternatives that are none or do not suit the condition themselves."""
    exercises = reading.content.exercises
    for exercise in exercises.values():
        entry = reading.entries[f"exercises/{exercise.id}"]
        cells = {cell.condition: cell for cell in exercise.conditions}
        for missing in (name for name in TABLE if name in reading.content.conditions and name not in cells):
            yield entry.problem(f"says nothing of {missing!r}", "conditions")
        for cell in cells.values():
            yield from _cell(cell, entry, reading)


def _cell(cell: model.ConditionFit, entry: Entry, reading: Reading) -> Iterator[Problem]:
    if cell.condition not in reading.content.conditions:
        yield entry.problem(f"there is no condition {cell.condition!r}", "conditions", cell.condition)
    if cell.instead is None:
        return
    other = reading.content.exercises.get(cell.instead)
    theirs = next((one for one in other.conditions if one.condition == cell.condition), None) if other else None
    if other is None:
        yield entry.problem(f"there is no exercise {cell.instead!r}", "conditions", cell.condition)
    elif theirs is not None and theirs.fit.rank >= Fit.ASK_FIRST.rank:
        yield entry.problem(f"{cell.instead!r} does not suit {cell.condition!r} either", "conditions", cell.condition)


def entity_errors(reading: Reading) -> Iterator[Problem]:
    """Names that two entities share, topics and conditions that are not there, and facts without a source or a mark."""
    names: dict[str, str] = {}
    for entity in reading.content.entities.values():
        entry = reading.entries[f"entities/{entity.id}"]
        for name in entity.names:
            if names.setdefault(name, entity.id) != entity.id:
                yield entry.problem(f"{name!r} is also a name of {names[name]!r}", "names")
        for topic in entity.topics:
            if topic not in reading.content.articles:
                yield entry.problem(f"there is no topic {topic!r}", "topics")
        for condition, _ in entity.unless:
            if condition not in reading.content.conditions:
                yield entry.problem(f"there is no condition {condition!r}", "unless")
        if not entity.sources and not entity.general_advice:
            yield entry.problem("needs sources, or general_advice: true")
