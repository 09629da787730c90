"""Counts, what they are worth, and the figures that are no counts: intervals by bootstrap, calibration error, macro-F1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

Pair = tuple[int, int]
"""How many of how many."""
Figures = Mapping[str, Mapping[str, Pair]]
"""Counts by group of cases and by what was counted."""
Value = tuple[float, float, float, int]
"""A figure that is no count: its value, the ends of its interval, and the number of cases."""

SMALL = 300
"""Sets of fewer cases have their interval beside the figure."""
RESAMPLES = 2000
INTERVAL = (2.5, 97.5)
"""Percentiles of the resampled figures between which 95 % of them lie."""
BINS = 10
"""Bins of confidence for the expected calibration error."""
SEED = 11


@dataclass
class Tally:
    """Counts that grow case by case."""

    counts: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, group: str, measure: str, hit: bool) -> None:
        """Counts one case of a group."""
        pair = self.counts[group].setdefault(measure, [0, 0])
        pair[0] += hit
        pair[1] += 1

    def figures(self) -> dict[str, dict[str, Pair]]:
        """The counts as they stand."""
        return {
            group: {name: (hits, cases) for name, (hits, cases) in counts.items()}
            for group, counts in self.counts.items()
        }


def summed(several: Sequence[Figures]) -> dict[str, dict[str, Pair]]:
    """The counts of several sets together."""
    total: dict[str, dict[str, Pair]] = {}
    for figures in several:
        for group, counts in figures.items():
            into = total.setdefault(group, {})
            for name, (hits, cases) in counts.items():
                before = into.get(name, (0, 0))
                into[name] = (before[0] + hits, before[1] + cases)
    return total


def interval(pair: Pair) -> tuple[float, float]:
    """The ends (0 to 1) of the 95 % interval of a share, by bootstrap; without width where none or all hit."""
    hits, cases = pair
    if not cases:
        return 0.0, 1.0
    # Cases drawn with replacement: the hits among them are binomial.
    resampled = np.random.default_rng(SEED).binomial(cases, hits / cases, RESAMPLES) / cases
    low, high = np.percentile(resampled, INTERVAL)
    return float(low), float(high)


def value(statistic: Callable[[np.ndarray], float], cases: int) -> Value:
    """A figure and its interval by bootstrap; `statistic` takes the places of the cases to count."""
    chance = np.random.default_rng(SEED)
    resampled = [statistic(chance.integers(0, cases, cases)) for _ in range(RESAMPLES // 4)]
    low, high = np.percentile(resampled, INTERVAL)
    return round(statistic(np.arange(cases)), 4), round(float(low), 4), round(float(high), 4), cases


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error (0 to 1): how far confidence and the share of right answers lie apart, on average."""
    sure, hits = np.asarray(confidence), np.asarray(right, dtype=float)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [bins == place for place in range(BINS) if (bins == place).any()]
    return float(sum(part.mean() * abs(hits[part].mean() - sure[part].mean()) for part in parts))


def macro_f1(expected: Sequence[str], got: Sequence[str]) -> float:
    """The mean, over the labels that were expected, of the harmonic mean of precision and recall."""
    wanted, found = np.asarray(expected), np.asarray(got)
    scores = []
    for label in np.unique(wanted):
        hits = float(((wanted == label) & (found == label)).sum())
        scores.append(2 * hits / float((wanted == label).sum() + (found == label).sum()))
    return float(np.mean(scores))
