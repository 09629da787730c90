"""It keeps the thread: open questions, alerts that stand, facts and whole conversations, in process with the trained model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from bot.conversation import codec
from bot.conversation.alerting import stands
from bot.conversation.state import OpenQuestion, State
from bot.model import Urgency
from evaluation.cases import sets
from evaluation.dialogues import play as play_dialogues
from evaluation.dialogues import words_of
from evaluation.playing import REGION, Played, Player, player
from tests.conversations import random_talk

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "thread.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def who() -> Player:
    return player()


def after(played: Played, who: Player) -> State:
    """The state after a turn."""
    return who.assistant.respond(played.meaning, region=REGION).state


def opened(case: Sequence[str]) -> list[str]:
    """A case with the words of its alarm first."""
    return [CASES["alarms"][case[0]], *case[1:]]


def test_every_alarm_alarms(who: Player) -> None:
    for text in CASES["alarms"].values():
        assert who.talk(text)[0].level.rank >= Urgency.URGENT.rank, text


def test_natural_forms_of_no_are_a_no(who: Player) -> None:
    question = OpenQuestion("flag:cauda_equina")
    missed = []
    for text in CASES["denials"]:
        meaning = who.interpreter.interpret(who.reader.read(text), State(questions=(question,)))
        if not any(act.act == "reply/no" for act in meaning.acts):
            missed.append((text, [act.act for act in meaning.acts]))
    assert len(missed) <= 0.05 * len(CASES["denials"]), missed


def test_what_may_be_taken_back_stands_down_after_one_check(who: Player) -> None:
    missed = []
    for case in CASES["taken_back"]:
        # An alarm of two signs asks about each.
        played = who.talk(*opened(case), case[-1])
        if not any(one.meaning.alert.stands_down for one in played[-2:]):
            missed.append(case)
    assert len(missed) <= 0.1 * len(CASES["taken_back"]), missed


@pytest.mark.parametrize("kind", ["minimised", "went_away"])
def test_nothing_else_stands_down(who: Player, kind: str) -> None:
    for case in CASES[kind]:
        *_, last = who.talk(*opened(case))
        state = after(last, who)
        assert stands(state.episode), case
        assert state.episode.level.rank >= Urgency.URGENT.rank, case


def test_somebody_elses_sign_alarms_for_them(who: Player) -> None:
    for *case, relation in CASES["someone_else"]:
        *_, last = who.talk(*opened(case))
        assert last.level is Urgency.EMERGENCY, case
        assert after(last, who).episode.who == relation, case


def test_every_message_after_an_alert_has_a_reply_of_its_own(who: Player) -> None:
    for alarm in ("cauda", "chest"):
        said: dict[str, str] = {}
        first = random_talk.seen(who.talk(CASES["alarms"][alarm])[0].messages)
        for text in CASES["after_alert"]:
            # Acknowledged, so that the alert itself is not given once more.
            *_, last = who.talk(CASES["alarms"][alarm], "ok, understood", text)
            reply = random_talk.seen(last.messages)
            assert not last.refused, text
            assert reply != first, text
            said.setdefault(reply, text)
        assert len(said) >= len(CASES["after_alert"]) - 2, sorted(said.values())


def test_what_was_told_is_read_back_whatever_was_asked_between(who: Player) -> None:
    for case in CASES["facts"]:
        for question in CASES["asked_between"]:
            *_, last = who.talk(*case["told"], question, "what do you know about me")
            reply = random_talk.seen(last.messages).lower()
            assert all(known in reply for known in case["known"]), (case, question, reply)
            assert not any(gone in reply for gone in case.get("gone", ())), (case, question, reply)


def test_random_talks_break_no_rule(who: Player) -> None:
    result = random_talk.play(who, 600, seed=3)
    assert result.alarms
    assert not result.found


def test_the_state_costs_little_and_does_not_grow(who: Player) -> None:
    source = random_talk.messages_of(random_talk.random.Random(5))
    texts = [next(source)[0] for _ in range(60)]
    state, reading, costs = State(), [], []
    for text in texts:
        read = who.reader.read(text)
        began = time.perf_counter()
        loaded = codec.load(codec.dump(state))
        costs.append(time.perf_counter() - began)
        meaning = who.interpreter.interpret(read, loaded)
        reading.append(time.perf_counter() - began)
        state = who.assistant.respond(meaning, region=REGION).state
    assert median(costs) < 0.001
    assert len(codec.dump(state)) < 8000


def test_development_conversations_are_not_refused_and_do_not_loop(who: Player) -> None:
    """Of those that are here: a checkout alone has none."""
    cases = [case for one in sets() if one.kind == "dialogues" and one.path.is_file() for case in one.read()]
    talks = play_dialogues(who, cases)
    if not cases:
        return
    turns = [one for _, played in talks for one in played]
    assert sum(one.refused for one in turns) <= 0.03 * len(turns)
    pairs = [pair for _, played in talks for pair in pairwise(played)]
    # An alert that was not acknowledged is to be given once more.
    same = [
        after.text for before, after in pairs if words_of(before) & words_of(after) and not after.meaning.alert.repeat
    ]
    assert len(same) <= 0.03 * len(pairs), same
    for _, played in talks:
        replies = [random_talk.seen(one.messages) for one in played]
        assert all(len(set(replies[at : at + 3])) > 1 for at in range(len(replies) - 2)), replies
