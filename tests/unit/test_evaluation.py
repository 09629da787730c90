"""The measuring itself: what counts as alerted, asked, answered, offered and refused, and how it is summed and shown."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.content.reader import read_content
from bot.conversation.meaning import Meaning, Meant
from bot.conversation.state import State
from bot.model import Urgency
from bot.reading import Part, Read, Scored
from evaluation import dialogues, figures, levels, understanding
from evaluation.__main__ import compact, ordered, recorded
from evaluation.cases import AGAIN, FIRST, FITTED, READ, SPENT, UNSEEN, CaseSet, sets, worth
from evaluation.playing import Played
from evaluation.report import page

FLAGS = read_content().red_flags
ASKED = {"type": "question", "text": "Any numbness?", "flags": ["cauda_equina"]}
ALERT = {"type": "alert", "text": "Call now.", "level": "emergency", "urgency": "emergency"}
ANSWER = {"type": "answer", "text": "Poles help.", "topic": "walking/poles", "unit": "walking/poles.balance"}


def played(*messages: Mapping[str, Any], act: str = "ask", text: str = "hello", topic: str = "walking/poles") -> Played:
    """A turn with these messages."""
    whole = Part(text, 0, len(text), acts=(Scored(act, 0.9),), topics=(Scored(topic, 0.8),))
    meaning = Meaning("x", (Meant(act, "self"),), State())
    return Played(text, Read(text, whole, (whole,)), meaning, tuple(dict(one) for one in messages))


class OnePlayer:
    """Stands for a player that makes the same of every message."""

    def __init__(self, *turns: Played) -> None:
        self.turns = turns
        self.flags = FLAGS
        self.reader: Any = None

    def talk(self, *texts: str) -> list[Played]:
        return list(self.turns[: len(texts)])


def case(**more: Any) -> levels.Case:
    """A case about cauda equina."""
    data = {"id": "1", "text": "numb there", "flag": "cauda_equina", "acceptable": ["emergency"], **more}
    return levels.Case.of(data, FLAGS)


class TestPlayed:
    def test_the_level_is_the_highest_of_the_messages(self) -> None:
        assert played(ANSWER).level is Urgency.SELF_CARE
        assert played(ANSWER, ALERT).level is Urgency.EMERGENCY

    def test_questions_about_the_complaint_ask_about_no_sign(self) -> None:
        assert played({"type": "question", "text": "Since when?"}).asked == frozenset()
        assert played(ASKED).asked == {"cauda_equina"}

    def test_choices_and_what_is_named_after_an_answer_are_offered(self) -> None:
        choices = {"type": "choices", "text": "Which?", "options": [{"topic": "causes/disc"}, {"title": "check"}]}
        other = {"quick_replies": [{"title": "x", "payload": '/causes{"topic":"causes/disc"}'}]}
        assert played(choices).offered == ["causes/disc"]
        assert played({**ANSWER, **other}).offered == ["walking/poles", "causes/disc"]
        assert played({"type": "text", "text": "Hello", **other}).offered == []

    @pytest.mark.parametrize(
        ("messages", "act", "refused"),
        [
            ([{"type": "notice", "text": "no", "reason": "out_of_scope"}], "ask", True),
            ([{"type": "text", "text": "a pharmacist"}], "outside/near", True),
            ([{"type": "text", "text": "hello"}], "social/hello", False),
            ([ANSWER], "outside/near", False),
            ([ALERT], "outside/near", False),
            ([ASKED], "outside/foreign", False),
        ],
    )
    def test_refused_is_what_got_nothing_else(self, messages: list[Any], act: str, refused: bool) -> None:
        assert played(*messages, act=act).refused is refused


class TestLevels:
    def test_a_case_is_read_from_each_kind_of_set(self) -> None:
        ours = case(kind="affirmed", denial=True, voice="tired, second language")
        assert ours.groups == ("with a denial", "told", "up to 12 words", "second language")
        strange = levels.Case.of({"id": 1, "text": "x", "acceptable_urgency": ["urgent"], "flags": ["other"]}, FLAGS)
        assert (strange.flags, strange.acceptable) == (frozenset(), {Urgency.URGENT})
        vignette = levels.Case.of({"id": 1, "text": "x", "urgency": "urgent", "red_flag_ids": ["stroke"]}, FLAGS)
        assert vignette.flags == {"stroke"}
        assert case(text=["one", "two"]).turns == case(turns=["one", "two"]).turns == ("one", "two")

    @pytest.mark.parametrize(
        ("text", "denies"), [("I dont feel it", True), ("it isn't numb", True), ("a note on my notch", False)]
    )
    def test_where_a_set_does_not_say_it_denials_are_looked_for(self, text: str, denies: bool) -> None:
        assert (case(text=text).groups[0] == "with a denial") is denies

    @pytest.mark.parametrize(
        ("message", "changed", "alerted", "asked", "silent"),
        [
            (ALERT, {}, True, True, False),
            (ALERT, {"acceptable": ["urgent"]}, False, False, False),
            (ASKED, {}, False, True, False),
            (ASKED, {"flag": "stroke"}, False, False, False),
            (ASKED, {"flag": "C1"}, False, True, False),
            (ASKED, {"flag": None, "acceptable": ["urgent"]}, False, False, False),
            (ANSWER, {}, False, False, True),
        ],
    )
    def test_dangers(self, message: Any, changed: Any, alerted: bool, asked: bool, silent: bool) -> None:
        tally = figures.Tally()
        levels.count(levels.Outcome.of(case(**changed), [played(message)]), FLAGS, tally)
        counted = tally.figures()["all"]
        assert counted == {"alerted": (alerted, 1), "alerted or asked": (asked, 1), "silent": (silent, 1)}

    @pytest.mark.parametrize(
        ("message", "acceptable", "counted"),
        [
            (ALERT, ["self_care"], (1, 0, 0)),
            (ALERT, ["self_care", "emergency"], (0, 0, 0)),
            ({**ALERT, "urgency": "urgent"}, ["self_care", "see_doctor"], (0, 1, 0)),
            (ASKED, ["self_care"], (0, 0, 1)),
            (ANSWER, ["self_care"], (0, 0, 0)),
        ],
    )
    def test_harmless(self, message: Any, acceptable: list[str], counted: tuple[int, ...]) -> None:
        tally = figures.Tally()
        levels.count(levels.Outcome.of(case(acceptable=acceptable), [played(message)]), FLAGS, tally)
        found = tally.figures()["all"]
        assert tuple(found[name][0] for name in ("false emergency", "false urgent", "harmless asked")) == counted

    def test_several_turns_come_to_the_highest_level_and_every_question(self) -> None:
        outcome = levels.Outcome.of(case(), [played(ASKED), played(ALERT), played(ANSWER)])
        assert (outcome.level, outcome.asked) == (Urgency.EMERGENCY, {"cauda_equina"})

    def test_misses_are_named(self) -> None:
        data = [{"id": "a", "text": "x", "flag": "stroke", "acceptable": ["emergency"]}]
        _, misses = levels.level_scores(OnePlayer(played(ASKED)), data)  # type: ignore[arg-type]
        assert misses == [{"id": "a", "wanted": ["emergency"], "level": "self_care", "asked": ["cauda_equina"]}]


class TestUnderstanding:
    @pytest.mark.parametrize("topic", ["walking/poles", "causes/disc"])
    def test_a_topic_is_right_by_the_first_answer(self, topic: str) -> None:
        cases = [{"id": "1", "text": "x", "topic": topic}, {"id": "2", "text": "y", "topic": topic, "also_ok": []}]
        scores, misses = understanding.topic_scores(OnePlayer(played(ANSWER)), cases)  # type: ignore[arg-type]
        right = topic == "walking/poles"
        assert scores["figures"]["all"]["right"] == (2 * right, 2)
        assert scores["figures"]["all"]["best is right"] == (2 * right, 2)
        assert scores["values"]["calibration error"][0] == pytest.approx(0.2 if right else 0.8)
        assert bool(misses) is not right

    def test_a_statement_is_content_with_being_heard(self) -> None:
        heard, statement = played({"type": "text", "text": "Three weeks."}), {"topic": "statement"}
        cases = [{"id": "1", "text": "x", "topic": "walking/poles"}, {"id": "2", "text": "y", **statement}]
        scores, _ = understanding.topic_scores(OnePlayer(heard), cases)  # type: ignore[arg-type]
        assert scores["figures"]["all"]["right"] == (1, 2)
        assert scores["figures"]["all"]["refused"] == (0, 1)

    def test_units_are_right_by_the_first_that_is_said(self) -> None:
        cases = [{"text": "x", "unit": "walking/poles.balance"}, {"text": "y", "unit": "walking/poles.hand"}]
        scores, misses = understanding.unit_scores(OnePlayer(played(ANSWER)), cases)  # type: ignore[arg-type]
        assert scores["figures"]["all"]["right"] == (1, 2)
        assert [miss["wanted"] for miss in misses] == [["walking/poles.hand"]]

    def test_an_act_is_right_by_its_label_and_near_by_its_second(self) -> None:
        player = OnePlayer()
        player.reader = types.SimpleNamespace(read=lambda text: played(act="meta/bot").read)
        data = [{"act": "meta/bot"}, {"act": "meta/private", "second": "meta/bot"}, {"act": "goal/plan", "second": ""}]
        cases = [{"id": str(number), "text": "qqq zzz", **one} for number, one in enumerate(data)]
        scores, misses = understanding.act_scores(player, cases)  # type: ignore[arg-type]
        assert scores["figures"]["all"] == {"right": (1, 3), "right or its second": (2, 3)}
        assert scores["values"]["macro-F1"][0] == pytest.approx((2 / 4) / 3, abs=1e-4)
        assert [miss["id"] for miss in misses] == ["2"]

    def test_foreign_messages_count_by_category(self) -> None:
        cases = [{"id": "1", "text": "x", "category": "generic"}]
        scores, _ = understanding.scope_scores(OnePlayer(played(ANSWER)), cases)  # type: ignore[arg-type]
        assert scores["figures"]["generic"]["not answered"] == (0, 1)


class TestFigures:
    def test_the_interval_narrows_with_the_cases(self) -> None:
        low, high = figures.interval((80, 100))
        assert low < 0.8 < high
        few = figures.interval((8, 10))
        assert few[1] - few[0] > high - low
        assert figures.interval((5, 5)) == (1.0, 1.0)
        assert figures.interval((0, 0)) == (0.0, 1.0)

    def test_calibration_error_is_the_distance_of_said_and_true(self) -> None:
        assert figures.calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)
        assert figures.calibration_error([1.0, 1.0], [False, True]) == pytest.approx(0.5)

    def test_macro_f1_weighs_every_label_alike(self) -> None:
        assert figures.macro_f1(["a", "a", "b"], ["a", "a", "b"]) == 1
        assert figures.macro_f1(["a"] * 9 + ["b"], ["a"] * 10) == pytest.approx((18 / 19 + 0) / 2)

    def test_a_value_has_an_interval_round_it(self) -> None:
        numbers = np.arange(100) / 100
        found, low, high, cases = figures.value(lambda at: float(numbers[at].mean()), 100)
        assert low < found < high
        assert cases == 100

    def test_sets_add_up(self) -> None:
        assert figures.summed([{"a": {"x": (1, 2)}}, {"a": {"x": (1, 1)}, "b": {"x": (0, 1)}}]) == {
            "a": {"x": (2, 3)},
            "b": {"x": (0, 1)},
        }


class TestDialogues:
    CASE = {
        "id": "X1",
        "turns": [
            {"user": "one", "expect": "poles", "must_not": "alarm"},
            {"user": "two", "expect": "something else"},
        ],
    }

    def test_the_same_words_twice_running_are_counted(self) -> None:
        scores = dialogues.dialogue_scores([(self.CASE, [played(ANSWER), played(ALERT, ANSWER)])])
        counted = scores["figures"]["all"]
        assert counted["same words twice"] == (1, 1)
        assert counted["at emergency"] == (1, 2)
        assert scores["levels"] == {"X1": ["self_care", "emergency"]}

    def test_a_transcript_shows_what_was_seen_and_what_should_be(self) -> None:
        button = {"quick_replies": [{"title": "More on poles", "payload": "/x"}]}
        text = dialogues.transcripts([(self.CASE, [played({**ANSWER, **button}, text="one"), played(ALERT)])])
        for words in ("**Person:** one", "> Poles help.", "[More on poles]", "*alert, emergency*", "must not: alarm"):
            assert words in text


class TestResults:
    def test_what_a_figure_is_worth(self) -> None:
        assert [worth("blind_2", own=True, first=first) for first in (True, False)] == [FIRST, AGAIN]
        assert worth("blind", own=True, first=False) == FITTED
        assert worth("fresh", own=True, first=True) == FITTED
        assert worth("vignettes", own=False, first=True) == READ

    def test_the_first_score_is_kept_until_the_set_changes(self, tmp_path: Path) -> None:
        path = tmp_path / "blind_2.jsonl"
        path.write_text("{}")
        one = CaseSet("blind_2", "triage", path)
        first = recorded(one, {"figures": {"all": {"alerted": (1, 2)}}}, {}, "m1")
        again = recorded(one, {"figures": {"all": {"alerted": (2, 2)}}}, first, "m2")
        assert (first["worth"], again["worth"]) == (FIRST, AGAIN)
        assert again["first"] == {"model": "m1", "figures": {"all": {"alerted": (1, 2)}}}
        path.write_text("{}\n{}")
        assert recorded(one, {"figures": {}}, again, "m3")["first"]["model"] == "m3"

    def test_a_set_that_was_seen_has_no_first_score(self, tmp_path: Path) -> None:
        path = tmp_path / "fresh.jsonl"
        path.write_text("{}")
        one = CaseSet("fresh", "triage", path)
        again = recorded(one, {"figures": {}}, recorded(one, {"figures": {}}, {}, "m1"), "m2")
        assert (again["model"], "first" in again) == ("m2", False)

    def test_variants_stand_after_their_set_and_old_sets_go(self) -> None:
        results: dict[str, Any] = {"b": {}, "b, typo": {}, "gone": {}, "a": {}}
        assert list(ordered(results, ["a", "b"])) == ["a", "b", "b, typo"]

    def test_the_figures_of_a_group_stand_on_one_line(self) -> None:
        results = {"a": {"worth": "read", "figures": {"all": {"x": [1, 2], "y": [0, 2]}}, "values": {"z": [0.5, 3]}}}
        text = compact(results)
        assert json.loads(text) == results
        assert '"all": { "x": [ 1, 2 ], "y": [ 0, 2 ] }' in text

    def test_every_set_has_a_name_of_its_own(self) -> None:
        names = [one.name for one in sets()]
        assert len(set(names)) == len(names)
        assert {"blind", "fresh_5", "dialogues"} <= set(names)

    def test_all_sets_together_fit_one_page(self) -> None:
        results = {one.name: self.result(one) for one in sets()}
        results |= {f"real_questions, {number}": self.result(CaseSet("x", "topics", Path())) for number in range(4)}
        lines = page(results).splitlines()
        assert len(lines) < 100
        assert any(line.startswith("| blind |") and line.endswith("| first score |") for line in lines)
        assert any(line.startswith("| blind |") and line.endswith("| fitted |") for line in lines)
        assert any(line.startswith("| blind_2 |") and line.endswith("| scored before |") for line in lines)
        assert "50% 1/2 [0-100%]" in "\n".join(lines)
        assert "Models: m2; m1 for blind_2, first, blind, first" in "\n".join(lines)

    def result(self, one: CaseSet) -> dict[str, Any]:
        """Some figures for a set."""
        measures = ("alerted", "right", "not answered", "refused in scope", "false urgent")
        groups = ("all", "emergency", *levels.KINDS.values(), *(name for _, name in levels.LENGTHS))
        counts = {group: dict.fromkeys(measures, (1, 2)) for group in groups}
        found = {"kind": one.kind, "worth": worth(one.name, own=one.own, first=False), "figures": counts, "model": "m2"}
        return {**found, "first": {"model": "m1", "figures": counts}} if one.name in (*UNSEEN, *SPENT) else found
