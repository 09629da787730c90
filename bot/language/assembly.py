"""The reader put together over the content that the package ships."""

from __future__ import annotations

import functools

from bot.content.evidence import read_evidence
from bot.content.reader import read_content
from bot.language.danger import DangerNet
from bot.language.encoder import shared_encoder
from bot.language.entities import EntityFinder
from bot.language.model_files import Heads
from bot.language.pipeline import FindingReader
from bot.language.reader import Reader


@functools.lru_cache(maxsize=1)
def finding_reader() -> FindingReader:
    """The one reader of findings of this process. Raises ContentError."""
    return FindingReader(read_content().signs.values())


def reader(heads: Heads) -> Reader:
    """A reader with these heads. Raises ContentError or EncoderError."""
    content = read_content()
    danger = DangerNet(
        heads.heads["flag"],
        levels={flag.id: flag.urgency for flag in content.red_flags.values()},
        signs=content.flags_of_signs,
        models=read_evidence(),
    )
    return Reader(
        encoder=shared_encoder(),
        heads=heads,
        findings=finding_reader(),
        danger=danger,
        entities=EntityFinder(content.entities),
    )
