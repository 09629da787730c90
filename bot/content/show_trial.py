"""Prints what the program makes of messages. The words round it are in show.yml, the reading itself is bot.trial's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.document import read_document
from bot.content.reader import ROOT


def show_trial(trial: Any) -> str:
    """One turn (a bot.trial.Trial) as lines to read."""
    words: dict[str, str] = read_document(ROOT / "show.yml", "bot/content/show.yml").data
    return "\n".join([f"> {trial.text}", *_read(trial, words), *_level(trial, words), *_topics(trial, words)])


def _read(trial: Any, words: Mapping[str, str]) -> Iterator[str]:
    """The findings: sentence, sign, who, whether, when and values."""
    yield f"{words['try_read']}:" if trial.said else f"{words['try_read']}: {words['try_nothing']}"
    for said in trial.said:
        finding = said.finding
        who = finding.relation or words[f"try_{finding.subject.value}"]
        values = ", ".join(f"{name} {number:g}" for name, number in finding.values)
        parts = [
            who,
            words[f"try_{finding.assertion.value}"],
            words[f"try_{finding.time.value}"],
            finding.source,
            values,
        ]
        yield f"  {finding.concept} [{said.words}]: {', '.join(part for part in parts if part)}"
        yield f"      {said.sentence}"


def _level(trial: Any, words: Mapping[str, str]) -> Iterator[str]:
    """The level, which rule raised which flag on what, and what is asked about."""
    yield f"{words['try_level']}: {words[trial.assessment.urgency.value]}"
    for match in trial.assessment.matches:
        yield f"  {match.flag} ({words[match.urgency.value]}): {match.rule}, {' + '.join(match.because)}"
        if why := trial.why(match.rule, match.flag):
            yield f"      {why}"
    if trial.assessment.ask:
        yield f"{words['try_ask']}: {', '.join(trial.assessment.ask)}"


def _topics(trial: Any, words: Mapping[str, str]) -> Iterator[str]:
    """The likeliest topics, and how near the message is to any question that was learned from."""
    if trial.topics is None:
        yield f"{words['try_topics']}: {words['try_untrained']}"
        return
    best = ", ".join(f"{label} {confidence:.0%}" for label, confidence in trial.topics.ranking)
    yield f"{words['try_topics']}: {best}; {words['try_nearest']} {trial.topics.similarity:.2f}"
