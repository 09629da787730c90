"""Reads the content folder into the dataclasses of bot.model. Every error is found before any is raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot import model
from bot.content.document import ContentError, Document, Place, Problem, read_document
from bot.content.examples import Example, read_examples
from bot.content.schema import (
    ArticleFile,
    Closed,
    ConditionFile,
    EntityFile,
    ExerciseFile,
    RedFlagFile,
    RegionFile,
    SourceFile,
)
from bot.content.signs import SignFile

ROOT = Path(__file__).parent
"""The content that ships."""

File = TypeVar("File", bound=Closed)


@dataclass(frozen=True)
class Content:
    """The whole content by id. `signs`, with their phrases, and the `examples` of each flag are for bot.language alone."""

    sources: Mapping[str, model.Source]
    articles: Mapping[str, model.Article]
    exercises: Mapping[str, model.Exercise]
    help_lines: Mapping[str, model.HelpLines]
    red_flags: Mapping[str, model.RedFlag]
    signs: Mapping[str, SignFile]
    examples: Mapping[str, tuple[Example, ...]]
    facts: Mapping[str, SignFile] = field(default_factory=dict)
    conditions: Mapping[str, model.Condition] = field(default_factory=dict)
    entities: Mapping[str, model.Entity] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Where one piece of content stands: its file, and the place in it."""

    document: Document
    place: Place = ()

    def problem(self, message: str, *place: object) -> Problem:
        """Something wrong with the piece, at a place within it."""
        return self.document.problem(message, (*self.place, *place))


@dataclass
class Reading:
    """Content as far as it could be read, where each piece stands ("articles/causes/disc") and what is wrong."""

    root: Path
    content: Content
    entries: dict[str, Entry] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    def name(self, path: Path) -> str:
        """What a file is called in errors: its path from the project's folder."""
        return path.relative_to(self.root.parent.parent).as_posix()


def read_content(root: Path | None = None) -> Content:
    """The content below `root` (default: the content that ships).

    Raises ContentError with every error of every file: not YAML, a key given twice, a key or value that the schema
    does not know, an id given twice, a file not named after its id.
    """
    reading = read_all(root)
    if reading.errors:
        raise ContentError(sorted(reading.errors))
    return reading.content


def read_all(root: Path | None = None) -> Reading:
    """What could be read, with the errors beside it: for checks that want to report everything at once."""
    articles: dict[str, model.Article] = {}
    exercises: dict[str, model.Exercise] = {}
    signs: dict[str, SignFile] = {}
    examples: dict[str, tuple[Example, ...]] = {}
    sources: dict[str, model.Source] = {}
    regions: dict[str, model.HelpLines] = {}
    flags: dict[str, model.RedFlag] = {}
    facts: dict[str, SignFile] = {}
    conditions: dict[str, model.Condition] = {}
    entities: dict[str, model.Entity] = {}
    content = Content(sources, articles, exercises, regions, flags, signs, examples, facts, conditions, entities)
    reading = Reading((root or ROOT).resolve(), content)
    _read_mapping(reading, "sources", SourceFile, lambda key, file: sources.update({key: file.to_model(key)}))
    _read_mapping(reading, "help_lines", RegionFile, lambda key, file: regions.update({key: file.to_model(key)}))
    _read_mapping(reading, "conditions", ConditionFile, lambda key, file: conditions.update({key: file.to_model(key)}))
    _read_mapping(reading, "entities", EntityFile, lambda key, file: entities.update({key: file.to_model(key)}))
    _read_folder(reading, "articles", ArticleFile, lambda file: articles.update({file.id: file.to_model()}))
    _read_folder(reading, "exercises", ExerciseFile, lambda file: exercises.update({file.id: file.to_model()}))
    _read_folder(reading, "signs", SignFile, lambda file: signs.update({file.concept: file}))
    _read_folder(reading, "facts", SignFile, lambda file: facts.update({file.concept: file}))
    _read_folder(reading, "red_flags", RedFlagFile, lambda file: flags.update({file.id: file.to_model()}))
    _read_examples(reading, examples)
    return reading


def _read_mapping(reading: Reading, kind: str, schema: type[File], keep: Callable[[str, File], None]) -> None:
    """Reads <kind>.yml, a mapping of ids to entries."""
    document = _open(reading, reading.root / f"{kind}.yml")
    if document is None:
        return
    if not isinstance(document.data, dict):
        reading.errors.append(document.problem("must be a mapping of ids to entries"))
        return
    for key, data in document.data.items():
        file = _parse(reading, document, schema, data, (str(key),))
        if file is not None:
            reading.entries[f"{kind}/{key}"] = Entry(document, (str(key),))
            keep(str(key), file)


def _read_folder(reading: Reading, kind: str, schema: type[File], keep: Callable[[File], None]) -> None:
    """Reads every YAML file below <kind>/. Its path is its id: signs/<concept>.yml, articles/<category>/<topic>.yml."""
    folder = reading.root / kind
    for path in sorted(folder.rglob("*.yml")):
        document = _open(reading, path)
        file = _parse(reading, document, schema, document.data) if document else None
        if document is None or file is None:
            continue
        named = path.relative_to(folder).with_suffix("").as_posix()
        found: str = getattr(file, "id")  # noqa: B009 - the four schemas that come here have an id
        if found != named:
            reading.errors.append(document.problem(f"the id {found!r} does not match the file, {named!r}", ("id",)))
        if earlier := reading.entries.get(f"{kind}/{found}"):
            reading.errors.append(document.problem(f"the id {found!r} is taken by {earlier.document.path}", ("id",)))
            continue
        reading.entries[f"{kind}/{found}"] = Entry(document)
        keep(file)


def _read_examples(reading: Reading, examples: dict[str, tuple[Example, ...]]) -> None:
    """Reads examples/<flag>.txt."""
    for path in sorted((reading.root / "examples").glob("*.txt")):
        try:
            examples[path.stem] = read_examples(path, reading.name(path), reading.content.signs)
        except ContentError as error:
            reading.errors.extend(error.errors)


def _open(reading: Reading, path: Path) -> Document | None:
    """The file, or None with its errors noted."""
    try:
        return read_document(path, reading.name(path))
    except ContentError as error:
        reading.errors.extend(error.errors)
        return None


def _parse(reading: Reading, document: Document, schema: type[File], data: Any, place: Place = ()) -> File | None:
    """The data in the shape of the schema, or None with its errors noted."""
    if not isinstance(data, dict):
        reading.errors.append(document.problem("must be a mapping of keys to values", place))
        return None
    try:
        return schema.parse_obj(data)
    except ValidationError as error:
        for detail in error.errors():
            loc = tuple(part for part in detail["loc"] if part != "__root__")
            where = ".".join(str(part) for part in loc)
            reading.errors.append(document.problem(f"{where}: {detail['msg']}", (*place, *loc)))
        return None
