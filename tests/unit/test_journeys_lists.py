"""The walking-form check and the shoe chooser: answers in words, interruption, leaving, coming back, and what comes of them."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest

from bot.content.checklists import read_checklists
from bot.conversation.codec import dump, load
from bot.conversation.meaning import Alert
from bot.conversation.state import Episode, Goal
from bot.journeys import checklist
from bot.journeys.checklist import UNSURE, Option, Step
from bot.model import Assessment, FlagMatch, Urgency
from tests.answering_kit import Talk, act, ask, fact, read_content, shipped

LISTS = read_checklists()
FEET = next(one for one in LISTS.shoes.steps if one.id == "feet")
AGE = next(one for one in LISTS.shoes.steps if one.id == "age")


def step(one: object) -> Step:
    return Step(
        one.id,  # type: ignore[attr-defined]
        options=tuple(Option(option.id, option.title, option.words) for option in one.options),  # type: ignore[attr-defined]
        several=one.several,  # type: ignore[attr-defined]
        months=tuple(one.months.items()),  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize(
    ("text", "one", "found"),
    [
        ("They swell", FEET, ("swollen",)),
        ("numb toes and bunions", FEET, ("numb", "wide")),
        ("not numb, a bit flat", FEET, ("flat",)),
        ("nothing, they're fine", FEET, ("none",)),
        ("purple", FEET, None),
        ("no idea", FEET, (UNSURE,)),
        ("about three years", AGE, ("old",)),
        ("5 months", AGE, ("new",)),
        ("worn smooth", AGE, ("old",)),
        ("dunno", AGE, (UNSURE,)),
    ],
)
def test_words_are_read_as_options(text: str, one: object, found: tuple[str, ...] | None) -> None:
    assert checklist.read(text, step(one), unsure=LISTS.unsure, denies=LISTS.denies) == found


def test_any_order_of_answers_ends() -> None:
    steps = tuple(step(one) for one in LISTS.shoes.steps)
    for seed in range(50):
        drawn = random.Random(seed)
        goal = Goal("shoes")
        for count in itertools.count():
            following = checklist.next_step(steps, checklist.values(goal))
            if following is None:
                break
            assert count <= len(steps)
            options = [option.id for option in following.options] or ["no"]
            goal = checklist.given(goal, following.id, [drawn.choice(options)])


def say(talk: Talk, label: str, text: str, **more: object) -> list[dict[str, object]]:
    """What is answered to words that were read as an act, with the open question of a reply."""
    question = talk.state.questions[0] if talk.state.questions and label.startswith(("reply", "control")) else None
    return talk.say(act(label, text=text, question=question), **more)


def begun(label: str) -> Talk:
    talk = Talk(shipped())
    say(talk, label, "")
    if label == "goal/form":
        say(talk, "reply/no", "no")
    return talk


def test_not_knowing_says_how_to_find_out_and_goes_on() -> None:
    talk = begun("goal/form")
    said = say(talk, "feeling/angry", "fuck knows, i don't watch myself walk")
    assert LISTS.form.steps[1].find_out in str(said[0]["text"])
    assert said[-1]["text"] == LISTS.form.steps[2].question


def test_at_most_three_things_are_worth_trying_with_evidence_and_no_verdict() -> None:
    talk = begun("goal/form")
    for _ in range(7):
        said = say(talk, "reply/yes", "yes")
    body = str(said[-1]["body"])
    assert (body.count("**") // 2, "4." in body) == (3, False)
    assert body.count("Why:") == 3
    assert said[-1]["sources"]
    assert "posture" not in body.lower()


def test_nothing_seen_needs_no_change() -> None:
    talk = begun("goal/form")
    for _ in range(7):
        said = say(talk, "reply/no", "no")
    assert said[-1]["type"] == "text"


def test_a_foot_that_drags_is_seen_first_and_the_list_waits() -> None:
    talk = Talk(shipped())
    say(talk, "goal/form", "")
    match = FlagMatch("foot_drop_progressive_weakness", Urgency.URGENT, "direct")
    now = Assessment(Urgency.URGENT, (match,))
    said = say(talk, "reply/yes", "yes", alert=Alert(level=Urgency.URGENT, new=(match,)), assessment=now)
    assert said[0]["type"] == "alert"
    assert talk.state.questions == () or not talk.state.questions[0].slot.startswith("form")


def test_a_child_and_a_careful_condition_get_no_form_check() -> None:
    for told in (fact("age", 12.0), fact("condition:spine_cancer")):
        talk = Talk(shipped())
        talk.tell("self", told)
        talk.say(act("goal/form"))
        assert not talk.state.goals


def test_what_was_told_shapes_the_shoes_and_is_not_asked() -> None:
    talk = Talk(shipped())
    talk.tell("self", fact("condition:diabetes"), fact("age", 72.0))
    say(talk, "goal/shoes", "")
    for label, text in (
        ("tell/fact", "mostly hills"),
        ("reply/no", "no"),
        ("reply/value", "they rub"),
        ("tell/fact", "brand new"),
        ("reply/no", "nope"),
    ):
        said = say(talk, label, text)
    looked = [row["look"] for message in said if message["type"] == "table" for row in message["rows"]]  # type: ignore[union-attr]
    assert looked[:2] == ["Feet measured, and shoes fitted in person", "A low, firm sole with good grip"]
    assert "No need for insoles" in looked
    assert "Light, and bends at the toes" not in looked


def test_swelling_asks_about_one_leg_first() -> None:
    talk = begun("goal/shoes")
    say(talk, "tell/fact", "pavement")
    assert say(talk, "tell/symptom", "they swell")[-1]["flags"] == ["dvt"]
    assert talk.say(act("reply/no", question=talk.state.questions[0]))[-1]["text"] == LISTS.shoes.steps[3].question


def test_a_question_interrupts_and_the_list_comes_back() -> None:
    talk = begun("goal/shoes")
    said = talk.say(ask("walking/hills", text="what about hills?"))
    assert said[-1]["text"] == LISTS.shoes.steps[0].question
    assert said[0]["topic"] == "walking/hills"


def test_a_bad_answer_is_asked_again_once_then_a_default_is_said() -> None:
    talk = begun("goal/shoes")
    assert LISTS.shoes.steps[0].question in str(say(talk, "reply/value", "banana")[-1]["text"])
    said = say(talk, "reply/value", "banana")
    assert "Paths and pavements" in str(said[0]["text"])
    assert said[-1]["text"] == FEET.question


def test_what_answers_a_later_question_is_kept_and_not_asked_again() -> None:
    talk = begun("goal/shoes")
    said = say(talk, "tell/fact", "i have flat feet tho")
    assert ["Flat" in str(said[0]["text"]), said[-1]["text"]] == [True, LISTS.shoes.steps[0].question]
    assert say(talk, "tell/fact", "pavement")[-1]["text"] == LISTS.shoes.steps[3].question


def test_two_questions_are_answered_in_one_breath() -> None:
    talk = begun("goal/shoes")
    assert say(talk, "tell/fact", "pavement mostly, and flat feet")[-1]["text"] == LISTS.shoes.steps[3].question
    talk = begun("goal/shoes")
    assert say(talk, "tell/fact", "flat pavement")[-1]["text"] == FEET.question


def test_the_words_of_a_button_answer_however_they_read() -> None:
    talk = begun("goal/shoes")
    say(talk, "tell/fact", "pavement")
    assert say(talk, "control/what_mean", "Numb or tingly")[-1]["text"] == LISTS.shoes.steps[3].question


def test_what_is_told_of_the_person_is_no_bad_answer() -> None:
    talk = begun("goal/shoes")
    said = talk.say(act("tell/fact", text="2nd week now and it is a bit better", facts=(fact("trend", "better"),)))
    assert len(said) > 1
    assert said[-1]["text"] == LISTS.shoes.steps[0].question


def test_stopped_and_restarted_after_days_nothing_is_lost() -> None:
    talk = begun("goal/shoes")
    say(talk, "tell/fact", "a muddy field")
    say(talk, "control/stop", "stop")
    talk.state = load(dump(talk.state))
    assert talk.state.questions == ()
    assert say(talk, "goal/shoes", "help me choose shoes")[-1]["text"] == FEET.question
    assert say(talk, "control/back", "back")[-1]["text"] == LISTS.shoes.steps[0].question


def test_an_answer_is_put_right_afterwards() -> None:
    talk = begun("goal/shoes")
    for text in ("pavement", "none", "They fit well", "brand new", "No insoles"):
        say(talk, "reply/value", text)
    said = say(talk, "correct/fact", "sorry, hills not pavement")
    looked = [row["look"] for message in said if message["type"] == "table" for row in message["rows"]]  # type: ignore[union-attr]
    assert "A thumb's width in front of the toes, and grip" in looked
    assert "Light, and bends at the toes" not in looked


def test_while_an_emergency_stands_a_list_waits() -> None:
    talk = Talk(shipped())
    match = FlagMatch("cauda_equina", Urgency.EMERGENCY, "direct")
    now = Assessment(Urgency.EMERGENCY, (match,))
    talk.say(act("tell/symptom"), alert=Alert(level=Urgency.EMERGENCY, new=(match,)), assessment=now)
    talk.state = dataclasses.replace(talk.state, episode=Episode("raised", Urgency.EMERGENCY, ("cauda_equina",)))
    talk.say(act("goal/shoes"), assessment=now)
    assert not any(one.kind == "shoes" for one in talk.state.goals)


def test_no_brand_is_named_and_every_unit_is_there() -> None:
    text = " ".join(f"{one.look} {one.why}" for one in LISTS.shoes.features).lower()
    brands = read_content().articles["footwear/shoe_types"].units
    named = next(unit.asks for unit in brands if unit.id.endswith(".brand")).split(":")[1].lower()
    assert not any(brand.strip(" ?") in text for brand in named.split(","))
    units = {unit.id for article in read_content().articles.values() for unit in article.units}
    assert {one.unit for one in LISTS.shoes.features} <= units
