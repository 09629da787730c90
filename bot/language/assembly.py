"""The reader put together over the content that the package ships."""

from __future__ import annotations

import functools
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.content.reader import read_content
from bot.language.danger import DangerNet
from bot.language.encoder import shared_encoder
from bot.language.entities import EntityFinder
from bot.language.evidence import read_evidence
from bot.language.model_files import Heads
from bot.language.pipeline import FindingReader
from bot.language.reader import Reader
from bot.language.scope import read_scope
from bot.model import RedFlag

MODEL = Path("models") / "stridewell.tar.gz"
"""Where the trained model lies, from the project's folder, in which every process of ours runs."""
HEADS = "MessageReader"
"""The part of the model's name for it that holds the heads."""


@functools.lru_cache(maxsize=1)
def finding_reader() -> FindingReader:
    """The one reader of findings of this process. Raises ContentError."""
    content = read_content()
    names = {word for entity in content.entities.values() for name in entity.names for word in name.split()}
    return FindingReader([*content.signs.values(), *content.facts.values()], names=names)


@functools.lru_cache(maxsize=1)
def shared_reader() -> Reader:
    """The one reader of this process, with the trained heads. Raises FileNotFoundError where nothing is trained."""
    heads = trained_heads(MODEL)
    if heads is None:
        raise FileNotFoundError(MODEL)
    return reader(heads)


def trained_heads(model: Path) -> Heads | None:
    """The heads inside a trained Rasa model, or None where nothing was trained yet."""
    if not model.is_file():
        return None
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.getmembers():
            data = archive.extractfile(member) if member.isfile() and HEADS in member.name else None
            if data is not None:
                (Path(folder) / Path(member.name).name).write_bytes(data.read())
        return Heads.load(Path(folder)) if (Path(folder) / "heads.npz").is_file() else None


def flags_of_signs(flags: Mapping[str, RedFlag], *, alone: bool = False) -> dict[str, list[str]]:
    """The flags that each sign belongs to, or, with `alone`, those that it raises by itself."""
    found: dict[str, list[str]] = {}
    for flag in flags.values():
        for concept in flag.direct if alone else flag.concepts:
            found.setdefault(concept, []).append(flag.id)
    return found


def reader(heads: Heads) -> Reader:
    """A reader with these heads. Raises ContentError or EncoderError."""
    content = read_content()
    danger = DangerNet(
        heads.heads["flag"],
        levels={flag.id: flag.urgency for flag in content.red_flags.values()},
        signs=flags_of_signs(content.red_flags),
        alone=flags_of_signs(content.red_flags, alone=True),
        models=read_evidence(),
    )
    return Reader(
        encoder=shared_encoder(),
        heads=heads,
        findings=finding_reader(),
        danger=danger,
        entities=EntityFinder(content.entities),
        scope=read_scope(),
    )
