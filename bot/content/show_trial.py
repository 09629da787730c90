"""Prints what the program makes of messages. The words round it are in show.yml, the reading itself is bot.trial's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.document import read_document
from bot.content.reader import ROOT

SMALLEST = 0.05
"""Log-odds below which a piece of evidence is not worth a word."""


def show_trial(trial: Any) -> str:
    """One turn (a bot.trial.Trial) as lines to read."""
    words: dict[str, str] = read_document(ROOT / "show.yml", "bot/content/show.yml").data
    return "\n".join(
        [f"> {trial.text}", *_read(trial, words), *_level(trial, words), *_meant(trial, words), *_why(trial, words)]
    )


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
    yield f"{words['try_level']}: {words[trial.meaning.assessment.urgency.value]}"
    for match in trial.meaning.assessment.matches:
        yield f"  {match.flag} ({words[match.urgency.value]}): {match.rule}, {' + '.join(match.because)}"
        if why := trial.rule(match.rule):
            yield f"      {why}"
    if trial.meaning.assessment.ask:
        yield f"{words['try_ask']}: {', '.join(trial.meaning.assessment.ask)}"


def _meant(trial: Any, words: Mapping[str, str]) -> Iterator[str]:
    """What the message does in the conversation, what it asks, and why it was read so."""
    yield f"{words['try_meant']}:"
    for act in trial.meaning.acts:
        yield f"  {act.act} ({act.because})" + (f" -> {act.entry}" if act.entry else "")
        for name, ranked in ((words["try_topics"], act.topics), (words["try_units"], act.units)):
            if act.act == "ask" and ranked:
                yield f"      {name}: " + ", ".join(f"{one.label} {one.probability:.0%}" for one in ranked[:3])


def _why(trial: Any, words: Mapping[str, str]) -> Iterator[str]:
    """For each level: its probability with the two thresholds, and what speaks for and against it."""
    yield f"{words['try_evidence']}:"
    for why in trial.why:
        yield f"  {words[why.level.value]}: {why.probability:.0%} ({why.ask_at:.0%} / {why.alert_at:.0%})"
        yield "      " + ", ".join(f"{name} {share:+.1f}" for name, share in why.shares if abs(share) >= SMALLEST)
    for near in trial.nearest:
        yield f"  {words['try_nearest']} {near.similarity:.2f}: [{near.flag or '-'} {near.section}] {near.text}"
