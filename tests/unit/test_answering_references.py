"""What refers to something shown: the entry, a side of it, something easier, another, which is best, shorter."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.state import Shown
from bot.reading import Scored
from tests.answering_kit import BALANCE, POLES, Talk, act, ask, fact, shipped, words


def listed() -> Talk:
    talk = Talk()
    talk.say(act("goal/list_exercises"))
    return talk


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_entry_of_a_list_is_shown_as_its_card(place: int) -> None:
    talk = listed()
    target = dataclasses.replace(talk.state.shown[0], cursor=place)
    said = talk.say(act("reference/nth", target=target, entry=target.entries[place]))
    assert said[-1]["title"].lower() == target.entries[place]
    kept = next(one for one in talk.state.shown if one.kind == "list")
    assert kept.cursor == place


def test_rows_and_steps_are_read_out() -> None:
    talk = Talk()
    talk.say(ask("walking/progression"))
    table = talk.state.shown[0]
    assert table.entries[3] == "week 4"
    said = talk.text(act("reference/nth", target=dataclasses.replace(table, cursor=3), entry="week 4"))
    assert said.startswith("Week 4: Minutes each walk: 12")
    talk.say(ask("exercise_howto/cat"))
    card = talk.state.shown[0]
    assert "Step 2: Move." in talk.text(act("reference/nth", target=card, entry="step 2"))


def test_an_option_is_answered_and_the_last_of_an_offer_is_the_check() -> None:
    talk = Talk()
    talk.say(ask("walking/hills", 0.1))
    offer = talk.state.shown[0]
    assert talk.say(act("reference/nth", target=offer, entry=offer.entries[1]))[0]["topic"] == offer.entries[1]
    assert talk.say(act("reference/nth", target=offer, entry=offer.entries[-1]))[-1]["type"] == "question"


def test_what_names_nothing_is_asked_about_and_the_end_is_said() -> None:
    assert Talk().say(act("reference/nth"))[0]["quick_replies"]
    talk = listed()
    assert "which one" in talk.text(act("reference/nth")).lower()
    end = talk.text(act("reference/next", target=talk.state.shown[0]))
    assert "last one" in end or "none after" in end


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("aspect/why", "Two more points"),
        ("aspect/cautions", "A weak leg"),
        ("aspect/how_often", "Yes, poles can steady you."),
        ("aspect/sources", "checked no source"),
        ("aspect/more", "They share the load."),
        ("change/shorter", "Yes, poles can steady you."),
        ("change/simpler", "Try them on flat ground first."),
        ("change/repeat", "A leg that turns weak"),
    ],
)
def test_a_side_of_the_last_answer(label: str, expected: str) -> None:
    talk = Talk()
    talk.say(ask(POLES, 0.9, (BALANCE, 0.9)))
    assert expected in talk.text(act(label))


def test_shorter_after_a_section_shortens_the_section() -> None:
    talk = Talk(shipped())
    talk.say(ask(POLES))
    section = words(talk.say(act("aspect/how"))[0])
    short = talk.text(act("change/shorter"))
    assert short.removeprefix("In short: ").split(" That is")[0] == section.split(". ")[0] + "."


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("aspect/how_often", "For the cat: do 5 to 10, once a day."),
        ("aspect/why", "The cat is for the back."),
        ("aspect/cautions", "If your wrist is sore"),
        ("change/easier", "Do it on a chair."),
        ("change/harder", "Circle your hips."),
    ],
)
def test_a_side_of_the_card_shown_last(label: str, expected: str) -> None:
    talk = Talk()
    talk.say(ask("exercise_howto/cat"))
    assert expected in talk.text(act(label))


def test_what_the_card_does_not_have_is_said_with_what_to_do() -> None:
    talk = Talk()
    talk.say(ask("exercise_howto/twist"))
    assert "no harder form" in talk.text(act("change/harder"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it hurts my wrist", "If your wrist is sore, use a towel."),
        ("i get cramp doing it", "With cramp, bring your feet closer."),
        ("ouch", "Do it on a chair."),
    ],
)
def test_an_exercise_that_hurts_is_answered_by_its_own_card(text: str, expected: str) -> None:
    talk = Talk()
    talk.say(ask("exercise_howto/cat"))
    said = talk.text(act("tell/hurts_doing", text=text))
    assert expected in said
    assert "further down a leg" in said


def test_instead_shows_others_until_all_that_fit_were_shown() -> None:
    talk = Talk()
    talk.tell("self", fact("condition:no_floor"))
    talk.say(ask("exercise_howto/plank"))
    names = [talk.say(act("change/instead"))[-1].get("title") for _ in range(2)]
    assert names == ["Twist", None]


def test_the_best_for_this_person_is_one_that_suits_as_it_is() -> None:
    talk = listed()
    talk.tell("self", fact("condition:wrist_shoulder"))
    said = talk.say(act("compare/best"))
    assert said[-1]["title"] == "Twist"
    osteoporosis = listed()
    osteoporosis.tell("self", fact("condition:osteoporosis"))
    assert osteoporosis.say(act("compare/best"))[-1]["title"] == "Cat"


def test_two_things_side_by_side() -> None:
    talk = Talk()
    talk.say(ask("exercise_howto/cat"))
    talk.say(ask("exercise_howto/plank"))
    said = talk.say(act("compare/difference"))
    assert {row["name"] for row in said[0]["rows"]} == {"Cat", "Plank"}
    topics = (Scored(POLES, 0.5), Scored("walking/hills", 0.4))
    rows = Talk().say(act("compare/difference", topics=topics))[0]["rows"]
    assert [row["what"] for row in rows] == ["Walking poles", "Hills"]


def test_what_is_shown_is_kept_latest_first_and_twelve_at_most() -> None:
    talk = Talk(shipped())
    topics = [topic for topic in shipped().topics() if topic.startswith("walking/")]
    for topic in [*topics, *topics[:4], *topics[:2]]:
        talk.say(ask(topic))
    assert len(talk.state.shown) <= 12
    assert talk.state.shown[0].turn == talk.state.turn
    assert len({(one.kind, one.id) for one in talk.state.shown}) == len(talk.state.shown)


def test_a_variant_of_the_last_question_is_a_question_of_its_own() -> None:
    talk = Talk()
    talk.say(ask(POLES))
    said = talk.say(act("aspect/variant", topics=(Scored("walking/hills", 0.8),)))
    assert said[0]["topic"] == "walking/hills"
    target = Shown("article", POLES)
    assert talk.say(act("aspect/why", target=target))[0]["topic"] == POLES
