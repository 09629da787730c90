"""Whole conversations played mechanically, and written down for readers who did not build the assistant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.messages import Message
from bot.model import Urgency
from evaluation.figures import Tally
from evaluation.playing import Played, Player

Talk = tuple[Mapping[str, Any], list[Played]]
"""A conversation as it is written in its set, and what its turns led to."""
HEAD = """\
# Transcripts

For a reader who did not build the assistant. Mark each turn met, partly or not met by what it should do, and whether it did
what it must not. After an alarm one short check before standing down is right. Where an earlier reply makes a turn impossible,
a clarification that names its own options is right.
"""


def play(player: Player, cases: Iterable[Mapping[str, Any]]) -> list[Talk]:
    """Every conversation, each from its beginning."""
    return [(case, player.talk(*(turn["user"] for turn in case["turns"]))) for case in cases]


def dialogue_scores(talks: Iterable[Talk]) -> dict[str, Any]:
    """What can be counted without judgement, and the level of each turn by conversation. Every turn is taken to be in scope."""
    tally = Tally()
    levels: dict[str, list[str]] = {}
    for case, played in talks:
        for number, now in enumerate(played):
            tally.add("all", "refused in scope", now.refused)
            tally.add("all", "only offered", now.types[-1:] == ["choices"] and not now.topics)
            if number:
                tally.add("all", "same words twice", bool(words_of(played[number - 1]) & words_of(now)))
        levels[str(case["id"])] = [one.level.value for one in played]
    turns = sum(len(one) for one in levels.values())
    shown = tally.figures()["all"]
    for level in Urgency:
        shown[f"at {level.value}"] = (sum(one.count(level.value) for one in levels.values()), turns)
    return {"figures": {"all": shown}, "levels": levels}


def words_of(played: Played) -> set[str]:
    """The words of each message, as one reads them."""
    return {str(message.get("body") or message["text"]) for message in played.messages}


def transcripts(talks: Iterable[Talk]) -> str:
    """The conversations as a page, with what each turn should and must not do below it."""
    return "\n".join([HEAD, *(line for case, played in talks for line in _conversation(case, played))]) + "\n"


def _conversation(case: Mapping[str, Any], played: Sequence[Played]) -> Iterator[str]:
    """One conversation as lines."""
    yield f"## {case['id']}"
    yield ""
    for number, (turn, one) in enumerate(zip(case["turns"], played, strict=True), start=1):
        yield f"### {case['id']}.{number}"
        yield ""
        yield f"**Person:** {one.text}"
        yield ""
        for message in one.messages:
            yield from (f"> {line}".rstrip() for line in _shown(message))
            yield ">"
        yield ""
        yield f"- should: {turn['expect']}"
        yield f"- must not: {turn.get('must_not') or '-'}"
        yield ""


def _shown(message: Message) -> Iterator[str]:
    """One message as it is seen."""
    level = f", {message['level']}" if message.get("level") else ""
    yield f"*{message['type']}{level}*" + (f" **{message['title']}**" if message.get("title") else "")
    yield from str(message.get("body") or message["text"]).splitlines()
    yield from (f"{number}. {step}" for number, step in enumerate(message.get("steps", ()), start=1))
    if message.get("dose"):
        yield "; ".join(f"{name}: {value}" for name, value in message["dose"].items())
    for part in message.get("sections", ()):
        yield f"{part['heading']}: {'; '.join(part['lines'])}"
    for row in message.get("rows", ()):
        yield " | ".join(str(row.get(column["key"], "")) for column in message["columns"])
    buttons = [*message.get("options", ()), *message.get("quick_replies", ())]
    labels = [button["title"] for button in buttons] + [action["label"] for action in message.get("actions", ())]
    if labels:
        yield " ".join(f"[{label}]" for label in labels)
