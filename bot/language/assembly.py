"""The reader put together over the content that the package ships."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from bot.content.reader import read_content
from bot.language.danger import DangerNet
from bot.language.encoder import shared_encoder
from bot.language.entities import EntityFinder
from bot.language.evidence import read_evidence
from bot.language.model_files import Heads
from bot.language.pipeline import FindingReader
from bot.language.reader import Reader
from bot.model import RedFlag


@functools.lru_cache(maxsize=1)
def finding_reader() -> FindingReader:
    """The one reader of findings of this process. Raises ContentError."""
    content = read_content()
    return FindingReader([*content.signs.values(), *content.facts.values()])


def flags_of_signs(flags: Mapping[str, RedFlag]) -> dict[str, list[str]]:
    """The flags that each sign belongs to."""
    found: dict[str, list[str]] = {}
    for flag in flags.values():
        for concept in flag.concepts:
            found.setdefault(concept, []).append(flag.id)
    return found


def reader(heads: Heads) -> Reader:
    """A reader with these heads. Raises ContentError or EncoderError."""
    content = read_content()
    danger = DangerNet(
        heads.heads["flag"],
        levels={flag.id: flag.urgency for flag in content.red_flags.values()},
        signs=flags_of_signs(content.red_flags),
        models=read_evidence(),
    )
    return Reader(
        encoder=shared_encoder(),
        heads=heads,
        findings=finding_reader(),
        danger=danger,
        entities=EntityFinder(content.entities),
    )
