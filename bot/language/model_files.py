"""The fitted reader as files: heads as arrays, the lexicon of terms and the questions that units are chosen by."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.language.composition import Composer
from bot.language.corpus import ASK, NOTHING, Row, held_out
from bot.language.encoder import Vectors
from bot.language.heads import Head
from bot.language.lexical import Lexicon

COMPOSED = 6000
SEED = 11
HEADS = ("topic", "unit", "act", "flag", "told")
TOLD = "told"
"""The label, of the head of that name, of a text in which somebody has a sign now."""


@dataclass(frozen=True)
class Heads:
    """All heads over one lexicon."""

    lexicon: Lexicon
    heads: dict[str, Head]

    @functools.cached_property
    def _units(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, label in enumerate(self.heads["unit"].labels if "unit" in self.heads else ()):
            found.setdefault(label.split(".", 1)[0], []).append(at)
        return found

    def units_of(self, topic: str) -> list[int]:
        """The places of a topic's units among the labels of the head of units."""
        return self._units.get(topic, [])

    def save(self, folder: Path) -> None:
        """Writes heads.npz and lexicon.json."""
        arrays = {key: array for name, head in self.heads.items() for key, array in head.arrays(name).items()}
        np.savez_compressed(folder / "heads.npz", **arrays)
        (folder / "lexicon.json").write_text(json.dumps(self.lexicon.to_json()), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """The heads that `save` wrote."""
        with np.load(folder / "heads.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        names = sorted({name.split(".", 1)[0] for name in arrays})
        lexicon = Lexicon.from_json(json.loads((folder / "lexicon.json").read_text(encoding="utf-8")))
        return cls(lexicon, {name: Head.of(name, arrays) for name in names})


Encode = Callable[[Sequence[str]], Vectors]


def fit(rows: Sequence[Row], encode: Encode, *, composed: int = COMPOSED) -> Heads:
    """Fits every head on the rows; `encode` gives the vectors (n, 384) of texts.

    Composed messages teach the danger head alone. A held-out text and what is composed of it only set temperatures.
    """
    kept = [row for row in rows if not held_out(row.text)]
    apart = [row for row in rows if held_out(row.text)]
    made = [one.row for one in Composer(kept, seed=SEED).compose(composed)] if composed else []
    made_apart = [one.row for one in Composer(apart, seed=SEED).compose(composed // 6)] if composed and apart else []
    every = [*rows, *made, *made_apart]
    texts = [row.text for row in every]
    lexicon = Lexicon.fit([row.text for row in [*kept, *made]])
    vectors, terms = encode(texts), lexicon.matrix(texts)
    outside = {row.text for row in [*apart, *made_apart]}
    heads = {}
    for name in HEADS:
        here = [at for at, row in enumerate(every) if _label(row, name) is not None]
        labels = [str(_label(every[at], name)) for at in here]
        if len(set(labels)) >= 3:
            out = [every[at].text in outside for at in here]
            heads[name] = Head.fit(vectors[here], terms[here], labels, held_out=out)
    return Heads(lexicon, heads)


def _label(row: Row, head: str) -> str | None:
    """The label of a row for a head, None where it has none. Danger without a question is told, not asked."""
    if head == "act" and row.act is None:
        return None
    if head == TOLD:
        return _told(row)
    label: str | None = getattr(row, head)
    return ASK if head == "act" and row.topic else label


def _told(row: Row) -> str | None:
    """How a text speaks of a sign: TOLD, its section ("negated", "idiom" ...), or "plain" where it speaks of none."""
    if row.flag is None:
        return None
    return TOLD if row.flag != NOTHING else row.section or "plain"
