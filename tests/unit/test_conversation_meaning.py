"""What messages mean in their conversation: acts, references, persons, buttons, alerts and what takes them back."""

from __future__ import annotations

import pytest

from bot.conversation.acts import choose
from bot.conversation.buttons import Pressed
from bot.conversation.references import resolve
from bot.conversation.state import SELF, Episode, OpenQuestion, State
from bot.model import Urgency
from bot.reading import Part, Read, Scored
from tests.conversation_kit import FewNames, interpreter, read, shown, talk, words

LIST = shown("list", "cat_cow", "bridge", "plank", cursor=0)
PLAN = shown("plan", "week 1", "week 2", "week 3", "week 4")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("naw", "reply/no"), ("None of that!", "reply/no"), ("not at all", "reply/no"), ("AYE", "reply/yes"),
        ("yes please", "reply/yes"), ("hmm not sure", "reply/not_sure"), ("dunno mate", "reply/not_sure"),
        ("what do u mean", "control/what_mean"), ("how many more?", "control/how_many"), ("skip", "control/skip"),
    ],
)  # fmt: skip
def test_short_replies_are_known_while_a_question_is_open(text: str, act: str) -> None:
    state = State(questions=(OpenQuestion("flag:cauda_equina"),))
    assert choose(read(text, "outside/foreign"), state, words())[0].act == act


@pytest.mark.parametrize("text", ["no", "no not suicidal, just fed up"])
@pytest.mark.parametrize(("asked_in", "answers"), [(6, True), (3, False), (0, True)])
def test_a_reply_answers_what_the_person_has_before_them(text: str, asked_in: int, answers: bool) -> None:
    state = State(turn=6, questions=(OpenQuestion("flag:ectopic_pregnancy", turn=asked_in),))
    meaning = interpreter().interpret(read(text, "reply/no"), state)
    assert any(meant.question is not None for meant in meaning.acts) == answers


@pytest.mark.parametrize(
    ("label", "text", "state", "entry"),
    [
        ("reference/nth", "the second one", LIST, "bridge"),
        ("reference/nth", "the last one please", LIST, "plank"),
        ("reference/nth", "number 3", LIST, "plank"),
        ("reference/nth", "the cat one", LIST, "cat_cow"),
        ("reference/nth", "that one on all fours", LIST, "cat_cow"),
        ("reference/nth", "whats week 4 look like", PLAN, "week 4"),
        ("reference/nth", "week two", PLAN, "week 2"),
        ("reference/next", "next", LIST, "bridge"),
        ("reference/previous", "carry me go back to the first", LIST, "cat_cow"),
    ],
)
def test_references_name_what_was_shown(label: str, text: str, state: State, entry: str) -> None:
    found = resolve(label, text, state, words=words(), catalogue=FewNames())
    assert found is not None
    assert found.entry == entry


@pytest.mark.parametrize("text", ["the ninth one", "week 12", "the unicorn one"])
def test_what_was_not_shown_is_not_made_up(text: str) -> None:
    found = resolve("reference/nth", text, LIST, words=words(), catalogue=FewNames())
    assert found is None or found.entry in LIST.shown[0].entries[:0]


def test_an_entry_named_by_its_words_is_a_reference() -> None:
    meaning = interpreter().interpret(read("the cat cow", probability=0.3), LIST)
    assert (meaning.acts[0].act, meaning.acts[0].entry) == ("reference/nth", "cat_cow")


def test_what_needs_something_shown_is_a_question_without_it() -> None:
    assert choose(read("next one", "reference/next"), State(), words())[0].act == "ask"


def test_only_the_clearly_foreign_is_refused() -> None:
    def part(outside: float, topic: float) -> Read:
        whole = Part(
            "x y z",
            0,
            5,
            (Scored("outside/foreign", outside), Scored("ask", 1 - outside)),
            (Scored("causes/disc", topic),),
        )
        return Read("x y z", whole, (whole,))

    assert choose(part(0.7, 0.9), LIST, words())[0].act == "ask"
    assert choose(part(0.9, 0.9), LIST, words())[0].act == "outside/foreign"
    assert choose(part(0.6, 0.1), LIST, words())[0].act == "outside/foreign"
    assert choose(part(0.45, 0.9), State(), words())[0].act == "ask"
    assert choose(part(0.7, 0.5), State(), words())[0].act == "outside/foreign"
    assert choose(part(0.7, 0.9), State(), words())[0].act == "ask"


def test_several_acts_stay_in_order() -> None:
    parts = (
        Part("im scared now", 0, 13, (Scored("feeling/worry", 0.9),)),
        Part("how often", 15, 24, (Scored("aspect/how_often", 0.9),)),
    )
    message = Read("im scared now. how often", Part("im scared now. how often", 0, 24), parts)
    assert [one.act for one in choose(message, LIST, words())] == ["feeling/worry", "aspect/how_often"]


def test_facts_are_kept_for_the_person_spoken_of() -> None:
    first, second = talk(("my mum is 80 and has osteoporosis", "tell/fact"), ("i am 45", "tell/fact"))
    assert {fact.name for fact in second.state.person("mother").facts} >= {"age", "condition:osteoporosis"}
    assert [fact.value for fact in second.state.person(SELF).facts if fact.name == "age"] == [45.0]
    assert first.acts[0].who == "mother"


@pytest.mark.parametrize(
    ("intent", "entities", "act"),
    [
        ("walking", {"topic": "walking/poles"}, "ask"),
        ("follow_up", {"topic": "walking/poles", "section": "evidence"}, "aspect/proof"),
        ("answer_flag", {"flag": "sepsis", "answer": "no"}, "reply/no"),
        ("arranged", {"answer": "yes"}, "reply/yes"),
        ("set_region", {"region": "IE"}, "reply/value"),
        ("check_symptoms", {}, "goal/check"),
        ("acknowledge_alert", {}, "after_alert/ok"),
        ("made_up", {}, "meta/can_do"),
    ],
)
def test_a_button_is_what_its_words_would_be(intent: str, entities: dict[str, str], act: str) -> None:
    assert interpreter().interpret(read(""), State(), pressed=Pressed(intent, entities)).acts[0].act == act


def test_a_yes_to_a_signs_question_raises_it() -> None:
    pressed = Pressed("answer_flag", {"flag": "cauda_equina", "answer": "yes"})
    assert interpreter().interpret(read(""), State(), pressed=pressed).alert.level is Urgency.EMERGENCY


def test_pregnancy_told_before_makes_leaking_an_alert() -> None:
    meanings = talk(("im 30 weeks pregnant", "tell/fact"), ("my waters might be leaking", "tell/symptom"))
    assert meanings[1].assessment.urgency.rank >= Urgency.URGENT.rank or meanings[1].alert.ask


def test_cancer_told_before_makes_weak_legs_an_alert() -> None:
    meanings = talk(
        ("i had breast cancer", "tell/fact"), ("shoes?", "ask"), ("my legs are weak since monday", "tell/symptom")
    )
    assert meanings[2].alert.level is Urgency.EMERGENCY


DANGER = ("i can't feel anything when i wipe", "tell/symptom")


def test_an_emergency_is_given_twice_until_it_is_acknowledged() -> None:
    one, two, three = talk(DANGER, ("which shoes", "ask"), ("and socks", "ask"))
    assert (one.alert.level, one.alert.repeat) == (Urgency.EMERGENCY, False)
    assert (two.alert.level, two.alert.repeat) == (Urgency.EMERGENCY, True)
    assert three.alert.level is None


@pytest.mark.parametrize("act", ["withdraw/joke", "withdraw/wrong_word", "withdraw/long_ago"])
def test_what_was_never_so_falls_after_a_no_to_the_signs_question(act: str) -> None:
    first = talk(DANGER, ("x", act))[-1]
    assert first.alert.recheck == "cauda_equina"
    assert not first.alert.stands_down
    pressed = Pressed("answer_flag", {"flag": "cauda_equina", "answer": "no", "corrects": "yes"})
    last = interpreter().interpret(read(""), first.state, pressed=pressed)
    assert last.alert.stands_down
    assert last.assessment.urgency is Urgency.SELF_CARE


def test_a_yes_to_the_check_keeps_the_alert() -> None:
    first = talk(DANGER, ("x", "withdraw/joke"))[-1]
    pressed = Pressed("answer_flag", {"flag": "cauda_equina", "answer": "yes", "corrects": "yes"})
    last = interpreter().interpret(read(""), first.state, pressed=pressed)
    assert not last.alert.stands_down
    assert last.assessment.urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    "act", ["minimise/nothing", "withdraw/went_away", "after_alert/sent_home", "after_alert/later", "social/thanks"]
)
def test_nothing_less_lowers_an_alert(act: str) -> None:
    last = talk(DANGER, ("x", act))[-1]
    assert last.assessment.urgency is Urgency.EMERGENCY
    assert last.alert.recheck is None
    assert not last.alert.stands_down


def test_examined_and_nothing_left_is_free() -> None:
    asked = talk(DANGER, ("x", "withdraw/checked"))[-1]
    assert asked.alert.recheck == "examined"
    state = State(**{**asked.state.__dict__, "questions": (OpenQuestion("examined"),)})
    last = interpreter().interpret(read("no", "reply/no"), state)
    assert last.alert.stands_down


def test_somebody_elses_sign_moves_to_them() -> None:
    last = talk(DANGER, ("it was my dad", "withdraw/someone_else"))[-1]
    assert last.alert.level is Urgency.EMERGENCY
    assert last.state.person("father").findings
    assert not [one for one in last.state.person(SELF).findings if one.present]


def test_a_crisis_never_ends_by_joking() -> None:
    last = talk(("i want to kill myself", "tell/symptom"), ("only joking", "withdraw/joke"))[-1]
    assert last.alert.recheck is None
    assert last.assessment.urgency is Urgency.EMERGENCY


def test_new_danger_alerts_while_one_stands() -> None:
    last = talk(DANGER, ("ok", "after_alert/ok"), ("now i have crushing chest pain", "tell/symptom"))[-1]
    assert last.alert.level is Urgency.EMERGENCY
    assert not last.alert.repeat


def test_the_episode_follows_what_is_said() -> None:
    stages = [one.state.episode.stage for one in talk(DANGER, ("x", "after_alert/sure"), ("x", "after_alert/on_way"))]
    assert stages == ["raised", "questioned", "on_the_way"]
    assert State().episode == Episode()


def test_a_yes_with_a_hedge_about_a_sign_is_a_yes() -> None:
    open_sign = State(questions=(OpenQuestion("flag:cauda_equina"),))
    open_other = State(questions=(OpenQuestion("ask:since"),))
    for text, state, wanted in (
        ("yes but not much", open_sign, "reply/yes"),
        ("only when i sit", open_sign, "reply/partial"),
        ("yes but not much", open_other, "reply/partial"),
    ):
        assert choose(read(text, "reply/partial"), state, words())[0].act == wanted


def test_a_doubt_beside_a_question_about_the_alert_is_one_with_it() -> None:
    parts = (
        Part("are you sure?", 0, 13, (Scored("after_alert/sure", 0.9),)),
        Part("i feel fine", 14, 25, (Scored("minimise/nothing", 0.9),)),
    )
    message = Read("are you sure? i feel fine", Part("are you sure? i feel fine", 0, 25), parts)
    stands = State(episode=Episode("raised", Urgency.EMERGENCY, ("cauda_equina",)))
    assert [one.act for one in choose(message, stands, words())] == ["after_alert/sure"]
