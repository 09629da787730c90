"""Topics and the second net by five-fold cross-validation on our own texts, without the rest of the assistant."""

from __future__ import annotations

from typing import Any

import numpy as np
import yaml
from bot.language.reading import shared_reader
from bot.language.second_net import NOTHING, SecondNet
from bot.language.topics import TopicModel
from bot.nlu.red_flag_classifier import examples
from sklearn.model_selection import StratifiedKFold

from bot.content.reader import read_content
from bot.triage import second_net as second_net_rules
from evaluation.cases import HERE, judged_questions

FOLDS = 5
BINS = 10
"""Bins of confidence for the expected calibration error."""


def training_questions() -> list[tuple[str, str]]:
    """Every training question with its label ("causes/disc", "greet")."""
    pairs = []
    for path in sorted((HERE.parent / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = block["examples"].splitlines()
            pairs += [(line[2:], block["intent"]) for line in lines if line.startswith("- ")]
    return pairs


def calibration_error(confidence: list[float], right: list[bool]) -> float:
    """Expected calibration error (0 to 1): how far confidence and the share of right answers lie apart, on average."""
    sure, hits = np.array(confidence), np.array(right, dtype=float)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [(bins == at) for at in range(BINS) if (bins == at).any()]
    return float(sum(part.mean() * abs(hits[part].mean() - sure[part].mean()) for part in parts))


def topics() -> dict[str, Any]:
    """Strict, right or judged to fit, among the best three, right intent, calibration error, and the commonest confusions."""
    pairs, fitting = training_questions(), judged_questions()
    labels = np.array([label for _, label in pairs])
    vectors = shared_reader().encode([text for text, _ in pairs])
    strict, fits, three, intent, sure, confused = [], [], [], [], [], {}
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, labels):
        model = TopicModel.train(vectors[train], list(labels[train]))
        for at in test:
            ranking = model.guess(vectors[at]).ranking
            best, confidence = ranking[0]
            strict.append(best == labels[at])
            fits.append(strict[-1] or best in fitting.get(pairs[at][0], ()))
            three.append(labels[at] in [name for name, _ in ranking[:3]])
            intent.append(best.split("/")[0] == labels[at].split("/")[0])
            sure.append(confidence)
            if best != labels[at]:
                pair = f"{labels[at]} taken for {best}"
                confused[pair] = confused.get(pair, 0) + 1
    most = sorted(confused.items(), key=lambda item: -item[1])[:15]
    return {
        "counts": {
            "questions": len(labels),
            "topic right": float(np.mean(strict)),
            "topic right, or judged to fit as well": float(np.mean(fits)),
            "topic among the best three": float(np.mean(three)),
            "intent right": float(np.mean(intent)),
            "expected calibration error": calibration_error(sure, strict),
        },
        "confusions": [f"{pair}: {count}" for pair, count in most],
    }


def second_net() -> dict[str, Any]:
    """How many dangers the net alone hears at the thresholds in use, and how many harmless texts it takes for one."""
    flags = read_content().red_flags
    questions = [text for text, _ in training_questions()]
    texts, labels = examples(read_content().examples.values(), questions)
    names, vectors = np.array(labels), shared_reader().encode_tuned(texts)
    ordinary = np.arange(len(texts)) >= len(texts) - len(questions)
    heard = np.zeros(len(texts), dtype=bool)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, names):
        net = SecondNet.train(vectors[train], list(names[train]))
        for at in test:
            heard[at] = bool(second_net_rules.heard(net.scores(vectors[at : at + 1]), (), flags))
    counts: dict[str, Any] = {"examples": int((~ordinary).sum())}
    for level in ("emergency", "urgent", "see_doctor"):
        at_level = np.array([name != NOTHING and flags[name].urgency.value == level for name in names])
        counts[f"{level} heard"] = float(heard[at_level].mean()) if at_level.any() else 0.0
    counts["look-alikes heard"] = float(heard[(names == NOTHING) & ~ordinary].mean())
    counts["ordinary questions heard"] = float(heard[ordinary].mean())
    return {"counts": counts}
