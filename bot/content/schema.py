"""The closed schema of the content files, and their turning into the dataclasses of bot.model.

Every file is one pydantic model that forbids unknown keys. The models know the shape of one file; what holds between
files (a source that exists, a topic with an article) is checked in bot.content.checks.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, validator

from bot import model
from bot.model import Checked, Evidence, Fit, Polarity, Urgency

SHORT_WORDS = 90
"""Longest `short` of an article in words: it is read on a phone, first, by someone in pain."""
UNIT_WORDS = 60
"""Longest `answer` of a unit in words; `because` and `do` come after it, and about 90 are shown together."""


def counted(field: str, low: int, high: int) -> Any:
    """A validator: `field` holds low to high items (pydantic does not count the items of a tuple)."""

    def check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        if not low <= len(items) <= high:
            raise ValueError(f"has {len(items)} items, {low} to {high} are allowed")
        return items

    return validator(field, allow_reuse=True)(check)


class Closed(BaseModel):
    """A model that refuses keys it does not know."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class SourceFile(Closed):
    """One entry of sources.yml."""

    title: str
    publisher: str | None = None
    year: int | None = Field(default=None, ge=1900, le=2100)
    url: str | None = None
    checked: Checked

    @validator("url")
    def https_only(cls, url: str | None) -> str | None:
        """Links in answers are https."""
        if url is not None and not url.startswith("https://"):
            raise ValueError(f"a link must begin with https://, not {url!r}")
        return url

    def to_model(self, source_id: str) -> model.Source:
        """The source under its id."""
        return model.Source(id=source_id, **self.dict())


class SectionFile(Closed):
    """One follow-up answer. Without sources it must say `general_advice: true`."""

    text: str
    sources: tuple[str, ...] = ()
    general_advice: bool = False

    @validator("general_advice", always=True)
    def sourced_or_general(cls, general: bool, values: dict[str, Any]) -> bool:
        """Every fact has a source, or is shown as advice that none was checked for."""
        if not general and not values.get("sources"):
            raise ValueError("needs sources, or general_advice: true")
        return general


class MoreFile(Closed):
    """The sections of an article, by the follow-up question that each answers."""

    why: SectionFile | None = None
    how: SectionFile | None = None
    how_often: SectionFile | None = None
    how_long: SectionFile | None = None
    cautions: SectionFile | None = None
    evidence: SectionFile | None = None


class ColumnFile(Closed):
    """A table's column."""

    key: str
    label: str


class TableFile(Closed):
    """A table; every row has exactly the keys of the columns."""

    caption: str
    columns: tuple[ColumnFile, ...]
    rows: tuple[dict[str, str], ...]
    sources: tuple[str, ...] = ()
    general_advice: bool = False
    _columns = counted("columns", 2, 6)
    _rows = counted("rows", 1, 30)

    @validator("rows", each_item=True)
    def row_has_columns(cls, row: dict[str, str], values: dict[str, Any]) -> dict[str, str]:
        """A missing cell would be an empty promise on the page."""
        keys = {column.key for column in values.get("columns", ())}
        if set(row) != keys:
            raise ValueError(f"a row has the keys {sorted(row)}, the columns are {sorted(keys)}")
        return row

    def to_model(self) -> model.Table:
        """The table."""
        columns = tuple(model.Column(key=column.key, label=column.label) for column in self.columns)
        return model.Table(
            caption=self.caption,
            columns=columns,
            rows=self.rows,
            sources=self.sources,
            general_advice=self.general_advice,
        )


class UnitFile(Closed):
    """The answer to one narrow question of a topic; see docs/content-guide.md."""

    asks: str = Field(max_length=120)
    polarity: Polarity | None = None
    answer: str
    because: str = ""
    do: str = ""
    net: str = ""
    unless: dict[str, str] = {}
    sources: tuple[str, ...] = ()
    general_advice: bool = False

    @validator("answer")
    def answer_is_short(cls, answer: str) -> str:
        """One to three sentences: its first is the answer itself."""
        words = len(answer.split())
        if words > UNIT_WORDS:
            raise ValueError(f"answer has {words} words, at most {UNIT_WORDS}")
        return answer.strip()

    @validator("general_advice", always=True)
    def sourced_or_general(cls, general: bool, values: dict[str, Any]) -> bool:
        """Every fact has a source, or is shown as advice that none was checked for."""
        if not general and not values.get("sources"):
            raise ValueError("needs sources, or general_advice: true")
        return general

    def to_model(self, topic: str, name: str) -> model.Unit:
        """The unit under its id, <topic>.<name>."""
        plain = self.dict(exclude={"unless"})
        return model.Unit(id=f"{topic}.{name}", unless=tuple(self.unless.items()), **plain)


class ArticleFile(Closed):
    """articles/<category>/<topic>.yml."""

    id: str = Field(regex=r"^[a-z_]+/[a-z_]+$")
    title: str = Field(max_length=80)
    short: str
    sources: tuple[str, ...] = ()
    evidence: Evidence
    checked_on: dt.date
    more: MoreFile = MoreFile()
    table: TableFile | None = None
    exercises: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    units: dict[str, UnitFile] = {}
    _see_also = counted("see_also", 0, 4)

    @validator("short")
    def short_is_short(cls, short: str) -> str:
        """Up to SHORT_WORDS words."""
        words = len(short.split())
        if words > SHORT_WORDS:
            raise ValueError(f"short has {words} words, at most {SHORT_WORDS}")
        return short.strip()

    @validator("evidence")
    def sourced_or_general(cls, evidence: Evidence, values: dict[str, Any]) -> Evidence:
        """An article without sources must say that it is general advice."""
        if evidence is not Evidence.GENERAL_ADVICE and not values.get("sources"):
            raise ValueError("needs sources, or evidence: general_advice")
        return evidence

    def to_model(self) -> model.Article:
        """The article."""
        return model.Article(
            id=self.id,
            title=self.title,
            short=self.short,
            evidence=self.evidence,
            checked_on=self.checked_on,
            sources=self.sources,
            more=tuple(self._sections()),
            table=self.table.to_model() if self.table else None,
            see_also=self.see_also,
            exercises=self.exercises,
            units=tuple(unit.to_model(self.id, name) for name, unit in self.units.items()),
        )

    def _sections(self) -> list[model.Section]:
        """The sections that the article has, in the order in which they are shown."""
        found = [(key, getattr(self.more, key)) for key in model.SECTION_KEYS]
        return [model.Section(key, part.text.strip(), part.sources, part.general_advice) for key, part in found if part]


class DoseFile(Closed):
    """How much, in words."""

    sets: str | None = None
    reps: str | None = None
    hold: str | None = None
    how_often: str | None = None
    note: str | None = None


class ConditionFitFile(Closed):
    """How an exercise suits one condition. All but `fine` say something; `avoid` names another exercise where there is one."""

    fit: Fit
    say: str = ""
    instead: str | None = None
    sources: tuple[str, ...] = ()
    general_advice: bool = False

    @validator("general_advice", always=True)
    def says_and_is_sourced(cls, general: bool, values: dict[str, Any]) -> bool:
        """A change that nobody is told of is none, and it has a source or is marked general advice."""
        if values.get("fit") is not Fit.FINE:
            if not values.get("say"):
                raise ValueError("must say what to change, or why not")
            if not general and not values.get("sources"):
                raise ValueError("needs sources, or general_advice: true")
        return general


class ConditionFile(Closed):
    """One entry of conditions.yml."""

    name: str
    told: str
    careful: bool = False

    def to_model(self, condition_id: str) -> model.Condition:
        """The condition under its id."""
        return model.Condition(id=condition_id, **self.dict())


class EntityFile(Closed):
    """One entry of entities.yml: `names` as people write them, lower case."""

    kind: str = Field(regex=r"^(shoe|load|remedy|medicine|activity)$")
    names: tuple[str, ...]
    sentence: str
    topics: tuple[str, ...] = ()
    unless: dict[str, str] = {}
    sources: tuple[str, ...] = ()
    general_advice: bool = False

    def to_model(self, entity_id: str) -> model.Entity:
        """The entity under its id."""
        return model.Entity(id=entity_id, unless=tuple(self.unless.items()), **self.dict(exclude={"unless"}))


class ExerciseFile(Closed):
    """exercises/<id>.yml."""

    id: str = Field(regex=r"^[a-z_]+$")
    name: str
    aka: tuple[str, ...] = ()
    kind: str
    position: str
    targets: str
    steps: tuple[str, ...]
    dose: DoseFile
    cautions: tuple[str, ...]
    easier: str | None = None
    harder: str | None = None
    sources: tuple[str, ...] = ()
    general_advice: bool = False
    checked_on: dt.date
    image: str | None = None
    image_alt: str | None = None
    needs: tuple[str, ...] = ()
    conditions: dict[str, ConditionFitFile] = {}
    _steps = counted("steps", 2, 8)

    def to_model(self) -> model.Exercise:
        """The exercise."""
        plain = self.dict(exclude={"dose", "conditions"})
        fits = tuple(model.ConditionFit(condition=name, **fit.dict()) for name, fit in self.conditions.items())
        return model.Exercise(dose=model.Dose(**self.dose.dict()), conditions=fits, **plain)


class LineFile(Closed):
    """One number to call; `source` is an id of sources.yml."""

    label: str
    number: str
    source: str

    def to_model(self) -> model.HelpLine:
        """The line, with its tel: address."""
        dial = "".join(character for character in self.number if character.isdigit() or character == "+")
        return model.HelpLine(label=self.label, number=self.number, url=f"tel:{dial}", source=self.source)


class RegionFile(Closed):
    """The lines of one region; every role is named, with null where there is no known line."""

    name: str
    emergency: LineFile
    same_day: LineFile | None
    crisis: LineFile | None
    poison: LineFile | None

    def to_model(self, region: str) -> model.HelpLines:
        """The lines under their region's code."""
        lines = {role: getattr(self, role) for role in ("same_day", "crisis", "poison")}
        roles = {role: line.to_model() if line else None for role, line in lines.items()}
        return model.HelpLines(region=region, name=self.name, emergency=self.emergency.to_model(), **roles)


class TellFile(Closed):
    """What to say, to the person and about somebody else."""

    you: str
    other: str
    child: str | None = None


class RedFlagFile(Closed):
    """red_flags/<id>.yml: what it may mean, how urgent it is, what to say, and which signs raise it.

    A sign under `alone` raises the flag by itself, one under `together` only in a rule of bot.triage. `explained: allowed`
    says that "I sat on it, and it is gone" may take the flag back (decision 4b of the triage specification).
    """

    id: str = Field(regex=r"^[a-z0-9_]+$")
    condition: str
    urgency: Urgency
    ask_first: bool = False
    line: str = Field(default="emergency", regex=r"^(emergency|same_day|crisis|poison)$")
    screen_order: int = Field(ge=1, le=10)
    title: str
    tell: TellFile
    ask: str
    raised_by: tuple[str, ...] = ()
    questions: tuple[str, ...]
    verification: str
    sources: tuple[str, ...]
    explained: Literal["allowed"] | None = None
    alone: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    _questions = counted("questions", 1, 6)
    _raised_by = counted("raised_by", 0, 2)

    def to_model(self) -> model.RedFlag:
        """The flag, with the names of its signs."""
        plain = self.dict(exclude={"tell", "explained", "alone", "together"})
        return model.RedFlag(
            tell=model.Tell(**self.tell.dict()),
            direct=self.alone,
            concepts=(*self.alone, *self.together),
            may_be_explained=self.explained == "allowed",
            **plain,
        )
