"""Fits the evidence of each level and writes bot/content/evidence.yml and evaluation/reliability.md.

Run after `make train`, in the project's environment:

    python -m scripts.tuning.evidence

It reads texts that neither the encoder nor the heads have learned from (bot.language.corpus.held_out), alone and in composed
messages, with everything that a message is read with. One logistic regression a level; the thresholds follow from COSTS.
"""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from bot.content.reader import read_content
from bot.language import assembly
from bot.language.composition import Composer
from bot.language.corpus import Row, held_out, rows
from bot.language.danger import FEATURES, LEVELS
from bot.language.model_files import Heads
from bot.model import Urgency

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSED = 1500
SEED = 23
COSTS = {
    Urgency.EMERGENCY: {"missed": 200.0, "false": 40.0, "asked": 10.0, "missed_asked": 60.0},
    Urgency.URGENT: {"missed": 60.0, "false": 30.0, "asked": 6.0, "missed_asked": 25.0},
    Urgency.SEE_DOCTOR: {"missed": 15.0, "false": 8.0, "asked": 2.0, "missed_asked": 6.0},
}
"""What a mistake costs: a danger in silence, a false alarm, a needless question, a danger that is only asked about. A missed
emergency weighs as twenty needless questions: it may cost a life or a spinal cord, a question costs ten seconds and some
trust; one that is only asked about weighs a third of that, since the question says what to do if so."""
HARMLESS_SHARE = 4.0
"""How much more a harmless text weighs than in these texts, of which two in three are harmless: in use eight or more come for
each danger. With 9 an urgent sign was alerted only from 0.94 on, and one in five was merely asked about."""
BINS = 10


@dataclass(frozen=True)
class Seen:
    """One text that was read: its features by level and the level that it has."""

    features: Mapping[Urgency, tuple[float, ...]]
    level: Urgency


def texts() -> list[Row]:
    """Held-out texts, alone and composed."""
    apart = [row for row in rows(ROOT) if held_out(row.text) and row.flag is not None]
    return [*apart, *(one.row for one in Composer(apart, seed=SEED).compose(COMPOSED))]


def read(reader: object, known: Sequence[Row]) -> list[Seen]:
    """Every text read as a message is."""
    content = read_content()
    level = {flag.id: flag.urgency for flag in content.red_flags.values()}
    found = []
    for row in known:
        features = reader.evidence(row.text)  # type: ignore[attr-defined]
        found.append(Seen(features, level.get(row.flag or "", Urgency.SELF_CARE)))
    return found


def fit(seen: Sequence[Seen], level: Urgency) -> dict[str, object]:
    """The model of one level as it stands in the file, with its reliability in bins."""
    x = np.array([one.features[level] for one in seen])
    y = np.array([one.level.rank >= level.rank for one in seen])
    harmless = np.array([one.level is Urgency.SELF_CARE for one in seen])
    chances = np.zeros(len(y))
    folds = np.arange(len(y)) % 5
    for fold in range(5):
        chances[folds == fold] = _regression(x[folds != fold], y[folds != fold]).predict_proba(x[folds == fold])[:, 1]
    model = _regression(x, y)
    alert, ask = thresholds(chances, y, harmless, level)
    return {
        "weights": {name: round(float(weight), 3) for name, weight in zip(FEATURES, model.coef_[0], strict=True)},
        "bias": round(float(model.intercept_[0]), 3),
        "alert_at": alert,
        "ask_at": ask,
        "reliability": reliability(chances, y),
    }


def _regression(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=2000).fit(x, y)


def thresholds(chances: np.ndarray, y: np.ndarray, harmless: np.ndarray, level: Urgency) -> tuple[float, float]:
    """The two thresholds of the least cost, over a grid."""
    cost = COSTS[level]
    grid = np.round(np.arange(0.02, 0.96, 0.02), 2)
    best = (np.inf, 0.5, 0.2)
    weight = np.where(harmless, HARMLESS_SHARE, 1.0)
    for alert in grid:
        for ask in grid[grid <= alert]:
            alerted, asked = chances >= alert, (chances >= ask) & (chances < alert)
            total = cost["missed"] * (y & ~alerted & ~asked).sum() + cost["missed_asked"] * (y & asked).sum()
            total += (weight * (cost["false"] * (~y & alerted) + cost["asked"] * (~y & asked))).sum()
            if total < best[0]:
                best = (float(total), float(alert), float(ask))
    return best[1], best[2]


def reliability(chances: np.ndarray, y: np.ndarray) -> dict[str, object]:
    """How often the danger was there, by the probability that was said; and the expected calibration error."""
    places = np.minimum((chances * BINS).astype(int), BINS - 1)
    rows_, error = [], 0.0
    for place in range(BINS):
        here = places == place
        if here.any():
            said, true = float(chances[here].mean()), float(y[here].mean())
            error += here.mean() * abs(said - true)
            rows_.append([int(here.sum()), round(said, 3), round(true, 3)])
    return {"error": round(float(error), 4), "bins": rows_}


def main() -> None:
    """Fits and writes."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(ROOT / "models" / "stridewell.tar.gz") as archive:
            archive.extractall(folder)
        heads = Heads.load(next(Path(folder).rglob("heads.npz")).parent)
    seen = read(assembly.reader(heads), texts())
    levels = {level.value: fit(seen, level) for level in LEVELS}
    curves = {name: level.pop("reliability") for name, level in levels.items()}
    head = "# Written by scripts/tuning/evidence.py: what raises a level, by how much in log-odds, from which probability.\n"
    (ROOT / "bot" / "content" / "evidence.yml").write_text(
        head + yaml.safe_dump({"levels": levels}, sort_keys=False), encoding="utf-8"
    )
    (ROOT / "evaluation" / "reliability.md").write_text(page(curves, len(seen)), encoding="utf-8")


def page(curves: Mapping[str, dict[str, object]], count: int) -> str:
    """The reliability curves as a page."""
    lines = ["# Reliability of the danger levels", "", f"Five-fold, over {count} held-out and composed texts.", ""]
    for name, curve in curves.items():
        lines += [
            f"## {name}: expected calibration error {curve['error']}",
            "",
            "| texts | said | true |",
            "|---|---|---|",
        ]
        lines += [f"| {n} | {said} | {true} |" for n, said, true in curve["bins"]]  # type: ignore[attr-defined]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
