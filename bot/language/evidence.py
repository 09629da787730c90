"""Reads bot/content/evidence.yml: the weights and thresholds by which a level is alerted or asked about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.content.document import read_document
from bot.language.danger import FEATURES, LevelModel
from bot.model import Urgency

PATH = Path(__file__).parent.parent / "content" / "evidence.yml"


def read_evidence(path: Path = PATH) -> Mapping[Urgency, LevelModel]:
    """The model of each level. Raises ContentError, or KeyError for a level or feature that is missing."""
    levels = read_document(path, "bot/content/evidence.yml").data["levels"]
    return {Urgency(name): _model(level) for name, level in levels.items()}


def _model(level: Mapping[str, object]) -> LevelModel:
    """One level of the file."""
    weights = level["weights"]
    if not isinstance(weights, Mapping):
        raise KeyError("weights")
    return LevelModel(
        weights=tuple(float(str(weights[name])) for name in FEATURES),
        bias=float(str(level["bias"])),
        alert_at=float(str(level["alert_at"])),
        ask_at=float(str(level["ask_at"])),
    )
