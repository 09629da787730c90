"""Topics, units, acts and scope: is the right thing answered, or at least offered, and is the rest honestly declined?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.nlu.assembly import words
from bot.reading import Scored
from evaluation.figures import Tally, calibration_error, macro_f1, value
from evaluation.playing import Played, Player

Case = Mapping[str, Any]
Scores = tuple[dict[str, Any], list[dict[str, Any]]]
"""Figures of a set, and its misses."""
HONEST = {"none": ("notice", "choices"), "statement": ("text", "question", "notice")}
"""For questions with no topic: the message types that a reasonable person would be content with."""
MOST_RANKED = 3


def topic_scores(player: Player, cases: Iterable[Case], *, change: Callable[[str], str] = str) -> Scores:
    """Topics answered, offered and refused, and the reader's own ranking. `change` makes a variant of each text."""
    tally, misses = Tally(), []
    sure: list[float] = []
    hits: list[bool] = []
    for case in cases:
        played = player.talk(change(case["text"]))[0]
        accepted = {case["topic"], *case.get("also_ok", ())}
        fits = _fits(accepted, played.topics[:1], played)
        near = fits or _fits(accepted, played.offered, played)
        tally.add("all", "right", fits)
        tally.add("all", "right or offered", near)
        ranked = played.read.whole.topics
        if case["topic"] not in HONEST:
            tally.add("all", "refused", played.refused)
            tally.add("all", "alert alone", played.types == ["alert"])
            _ranking(tally, ranked, accepted)
            sure.append(ranked[0].probability if ranked else 0.0)
            hits.append(bool(ranked) and ranked[0].label in accepted)
        if not near:
            misses.append({"id": case["id"], "wanted": sorted(accepted), "got": played.offered or played.types})
    values = {"calibration error": value(lambda at: _error(sure, hits, at), len(hits))}
    return {"figures": tally.figures(), "values": values}, misses


def _error(sure: Sequence[float], hits: Sequence[bool], at: Iterable[int]) -> float:
    """The calibration error of the cases at some places."""
    places = [int(place) for place in at]
    return calibration_error([sure[place] for place in places], [hits[place] for place in places])


def _ranking(tally: Tally, ranked: Sequence[Scored], accepted: set[str]) -> None:
    """Whether the reader's best label, or one of its best three, is accepted."""
    labels = [one.label for one in ranked[:MOST_RANKED]]
    tally.add("all", "best is right", bool(accepted.intersection(labels[:1])))
    tally.add("all", "among three", bool(accepted.intersection(labels)))


def _fits(accepted: set[str], got: list[str], played: Played) -> bool:
    """Whether any of the topics, or the kind of answer, is one that the case accepts."""
    if accepted.intersection(got):
        return True
    honest = {kind for name in accepted.intersection(HONEST) for kind in HONEST[name]}
    return not played.topics and bool(honest.intersection(played.types))


def unit_scores(player: Player, cases: Iterable[Case]) -> Scores:
    """Units answered first, and among the reader's best three. A case has `text`, `unit`, and perhaps `also_ok`."""
    tally, misses = Tally(), []
    for case in cases:
        played = player.talk(case["text"])[0]
        accepted = {case["unit"], *case.get("also_ok", ())}
        right = bool(accepted.intersection(played.units[:1]))
        tally.add("all", "right", right)
        _ranking(tally, played.read.whole.units, accepted)
        tally.add("all", "refused", played.refused)
        if not right:
            misses.append({"id": case.get("id"), "wanted": sorted(accepted), "got": played.units or played.topics})
    return {"figures": tally.figures()}, misses


def scope_scores(player: Player, cases: Iterable[Case]) -> Scores:
    """By category, how many foreign messages were answered as a topic, only offered something, or declined."""
    tally, misses = Tally(), []
    for case in cases:
        played = player.talk(case["text"])[0]
        for group in ("all", case["category"]):
            tally.add(group, "not answered", not played.topics)
            tally.add(group, "declined", played.refused)
            tally.add(group, "alerted or asked", played.alerts or bool(played.asked))
        if played.topics:
            misses.append({"id": case["id"], "wanted": case["category"], "got": played.topics})
    return {"figures": tally.figures()}, misses


def act_scores(player: Player, cases: Iterable[Case]) -> Scores:
    """Macro-F1 of the act of each message taken by itself. A case has `text`, `act`, and perhaps a `second` act; an act without
    its kind ("reply" for "reply/yes") asks for no more than that."""
    tally, misses = Tally(), []
    wanted: list[str] = []
    got: list[str] = []
    for case in cases:
        read = player.reader.read(case["text"])
        found = words().act(case["text"]) or read.whole.act
        found = found if "/" in case["act"] or case["act"] == "ask" else found.split("/")[0]
        near = found in (case["act"], case.get("second"))
        tally.add("all", "right", found == case["act"])
        tally.add("all", "right or its second", near)
        wanted.append(case["act"])
        got.append(found)
        if not near:
            misses.append({"id": case.get("id"), "wanted": case["act"], "got": found})
    score = value(lambda at: macro_f1([wanted[place] for place in at], [got[place] for place in at]), len(wanted))
    return {"figures": tally.figures(), "values": {"macro-F1": score}}, misses
