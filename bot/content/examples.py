"""Reads bot/content/examples/<flag>.txt: what people write about a warning sign, one text a line, by how they speak of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.content.document import ContentError, Problem

SECTIONS = ("affirmed", "someone_else", "negated", "past_over", "hypothetical", "idiom", "look_alike")
TAGGED = ("affirmed", "someone_else")
"""Sections whose lines may begin with the concepts told as present: "saddle_change+bladder_change| ..."."""


@dataclass(frozen=True)
class Example:
    """One text with the section it stands in and the concepts it tells as present."""

    text: str
    section: str
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExampleFile:
    """The examples of one flag."""

    flag: str
    examples: tuple[Example, ...]


def read_examples(folder: Path) -> list[ExampleFile]:
    """Every file of the folder, sorted by flag. Raises ContentError with every line that is wrong."""
    errors: list[Problem] = []
    files = [ExampleFile(path.stem, tuple(_examples(path, errors))) for path in sorted(folder.glob("*.txt"))]
    if errors:
        raise ContentError(errors)
    return files


def _examples(path: Path, errors: list[Problem]) -> Iterable[Example]:
    """The examples of one file; what is wrong goes to `errors`."""
    section = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("[") and text.endswith("]") and " " not in text:
            section = text[1:-1]
            if section not in SECTIONS:
                errors.append(Problem(f"bot/content/examples/{path.name}", number, f"there is no section {text}"))
            continue
        if not section:
            errors.append(Problem(f"bot/content/examples/{path.name}", number, "a text before the first [section]"))
        tags, mark, rest = text.partition("| ")
        tagged = section in TAGGED and mark and _is_tag(tags)
        yield Example(rest.strip(), section, tuple(tags.split("+"))) if tagged else Example(text, section)


def _is_tag(tags: str) -> bool:
    """Whether what stands before the bar is a list of concepts."""
    return all(tag and tag.replace("_", "").isalnum() and tag == tag.lower() for tag in tags.split("+"))
