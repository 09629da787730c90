"""Fits what decides whether a message lies outside, and writes the weights of bot/content/scope.yml.

Run after `make train`, in the project's environment:

    python -m scripts.tuning.scope

It reads the questions and acts that the heads have not learned from (bot.language.corpus.held_out). The thresholds of
bot/content/answering.yml (answer, foreign) and bot/conversation/acts.py follow from COSTS; they are printed, not written.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.language.assembly import shared_reader
from bot.language.corpus import DATA, held_out, question_rows
from bot.language.scope import FEATURES, PATH

ROOT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = "outside/"
COSTS = {"answered": 1.0, "offered": 0.4, "offered_ours": 0.25, "declined_ours": 2.0}
"""What a mistake costs: a foreign question that is answered as one of ours, or offered near things; a question of ours that is
only offered near things, or declined."""


def thresholds() -> tuple[float, float]:
    """The probabilities of being in scope below which offering costs less than answering, and declining less than offering."""
    ours, gain = COSTS["offered_ours"], COSTS["answered"] - COSTS["offered"]
    lost = COSTS["declined_ours"] - COSTS["offered_ours"]
    return gain / (gain + ours), COSTS["offered"] / (COSTS["offered"] + lost)


def main() -> None:
    """Fits, prints how often it was right, and writes."""
    reader = shared_reader()
    known = [row for row in question_rows(ROOT / DATA) if held_out(row.text) and (row.topic or row.act)]
    kept = [row for row in known if row.topic or (row.act or "").startswith(OUTSIDE)]
    x = np.array([reader.scope(row.text) for row in kept])
    y = np.array([row.topic is None for row in kept])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y)
    chances, folds = np.zeros(len(y)), np.arange(len(y)) % 5
    for fold in range(5):
        chances[folds == fold] = (
            LogisticRegression(C=1.0, max_iter=2000)
            .fit(x[folds != fold], y[folds != fold])
            .predict_proba(x[folds == fold])[:, 1]
        )
    offer, decline = (1 - one for one in thresholds())
    for name, at in (("offered or declined", offer), ("declined", decline)):
        print(f"{name} from {at:.2f}: outside {(chances[y] >= at).mean():.3f}, ours {(chances[~y] >= at).mean():.3f}")
    weights = ", ".join(f"{name}: {weight:.2f}" for name, weight in zip(FEATURES, model.coef_[0], strict=True))
    text = re.sub(r"(?m)^weights: .*$", f"weights: {{{weights}}}", PATH.read_text(encoding="utf-8"))
    PATH.write_text(re.sub(r"(?m)^bias: .*$", f"bias: {model.intercept_[0]:.2f}", text), encoding="utf-8")
    print(f"{len(y)} texts; {weights}; bias {model.intercept_[0]:.2f}")


if __name__ == "__main__":
    main()
