"""Reads bot/content/facts.yml: which concept and which number tells which fact of a person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.content.document import read_document

PATH = Path(__file__).with_name("facts.yml")


def read_facts(path: Path = PATH) -> tuple[Mapping[str, str], Mapping[str, str], frozenset[str]]:
    """The fact of each concept, of each kind of number, and the concepts that last once they are there. Raises ContentError,
    or KeyError where a part is missing."""
    data = read_document(path, "bot/content/facts.yml").data
    return dict(data["names"]), dict(data["values"]), frozenset(data["lasting"])
