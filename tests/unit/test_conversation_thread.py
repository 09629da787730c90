"""What keeps the thread: how plain words are taken beside open questions, alerts and other people."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.acts import choose
from bot.conversation.questions import MOST_ASKED, asked
from bot.conversation.references import resolve
from bot.conversation.state import SELF, Episode, Fact, OpenQuestion, Person, Shown, State
from bot.model import Assertion, Finding, Urgency
from bot.reading import Part, Read, Scored
from bot.triage.heard import possible, sounds
from tests.conversation_kit import FewNames, interpreter, read, talk, words

SIGN = State(questions=(OpenQuestion("flag:cauda_equina"),))
RAISED = State(episode=Episode("raised", Urgency.EMERGENCY, ("cauda_equina",)))
DANGER = ("i can't feel anything when i wipe", "tell/symptom")


def part(text: str, *acts: tuple[str, float], topic: float = 0.2) -> Part:
    """A part with these acts and one topic."""
    scored = tuple(Scored(label, probability) for label, probability in acts)
    return Part(text, 0, len(text), acts=scored, topics=(Scored("causes/overview", topic),))


def message(*parts: Part) -> Read:
    """A message of these parts; of one, the whole is that part."""
    text = " ".join(one.text for one in parts)
    whole = parts[0] if len(parts) == 1 else dataclasses.replace(parts[0], text=text)
    return Read(text=text, whole=whole, parts=parts)


def acts(state: State, *parts: Part) -> list[str]:
    """The acts chosen for a message of these parts."""
    return [one.act for one in choose(message(*parts), state, words())]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes, all fine there", "no"),
        ("yes confirmed, nobody has that now", "no"),
        ("yes i can feel everything", "no"),
        ("yes", "yes"),
        ("yes all fine, only i can't feel it when i wipe", "yes"),
    ],
)
def test_a_yes_that_says_that_all_is_well_is_a_no(text: str, answer: str) -> None:
    meaning = interpreter().interpret(read(text, "reply/yes"), SIGN)
    assert meaning.acts[0].value == answer
    assert (meaning.alert.level is Urgency.EMERGENCY) == (answer == "yes")


def test_a_wish_to_go_on_is_no_yes_to_a_sign() -> None:
    assert acts(SIGN, part("go on then", ("reply/yes", 0.9))) == ["control/resume"]
    assert acts(SIGN, part("ok go on", ("aspect/more", 0.9))) == ["control/resume"]
    offered = State(questions=(OpenQuestion("offer:check"),))
    assert acts(offered, part("go on then", ("reply/yes", 0.9))) == ["reply/yes"]


def test_carry_on_with_a_question_mark_asks_whether_to() -> None:
    assert acts(SIGN, part("carry on?", ("ask", 0.9))) == ["ask"]


def test_words_likelier_about_the_alert_are_no_reply() -> None:
    below = dataclasses.replace(RAISED, questions=SIGN.questions)
    unhurt = part("it doesn't hurt so that's fine", ("minimise/nothing", 0.5), ("reply/no", 0.4))
    assert acts(below, unhurt) == ["minimise/nothing"]
    assert acts(SIGN, unhurt) == ["reply/no"]


def test_what_is_done_in_two_sentences_is_answered_once() -> None:
    twice = part("sorry, 27", ("correct/fact", 0.9)), part("i miscounted", ("correct/fact", 0.9))
    assert acts(State(), *twice) == ["correct/fact"]
    assert acts(SIGN, part("no fever", ("reply/no", 0.9)), part("that's all", ("reply/no", 0.9))) == ["reply/no"]


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        ([("after_alert/sure", "are they sure"), ("tell/symptom", "it aches a bit")], ["after_alert/sure"]),
        ([("withdraw/checked", "they scanned me"), ("after_alert/sent_home", "and let me home")], ["withdraw/checked"]),
        (
            [("after_alert/ok", "right so"), ("after_alert/what_tell", "what'll i say to them")],
            ["after_alert/what_tell"],
        ),
        ([("social/thanks", "thanks so much"), ("social/joke", "you old toaster")], ["social/thanks"]),
        ([("tell/fact", "i'm 45"), ("correct/fact", "sorry 46")], ["correct/fact"]),
    ],
)
def test_what_another_act_makes_needless_is_left_out(others: list[tuple[str, str]], kept: list[str]) -> None:
    assert acts(RAISED, *(part(text, (label, 0.9)) for label, text in others)) == kept


def test_plain_words_are_told_rather_than_asked_where_no_topic_is_sure() -> None:
    scored = ("ask", 0.6), ("tell/progress", 0.3)
    assert acts(State(), part("managed the whole loop", *scored)) == ["tell/progress"]
    assert acts(State(), part("how about the whole loop", *scored)) == ["ask"]
    assert acts(State(), part("managed the whole loop", *scored, topic=0.8)) == ["ask"]
    assert acts(State(), part("managed the whole loop", ("ask", 0.9), ("tell/progress", 0.1))) == ["ask"]


def test_while_an_alert_stands_plain_words_are_about_it_whatever_the_topic() -> None:
    scored = part("they tested my legs, full strength", ("ask", 0.6), ("withdraw/checked", 0.3), topic=0.9)
    assert acts(RAISED, scored) == ["withdraw/checked"]
    assert acts(State(), scored) == ["ask"]
    foreign = part("the nurse put a dressing on", ("outside/near", 0.8), ("withdraw/checked", 0.15))
    assert acts(RAISED, foreign) == ["withdraw/checked"]


def test_a_value_that_answers_nothing_is_told() -> None:
    assert acts(State(), part("2 months", ("reply/value", 0.9))) == ["tell/symptom"]
    assert acts(State(questions=(OpenQuestion("ask:since"),)), part("2 months", ("reply/value", 0.9))) == [
        "reply/value"
    ]


def test_why_after_an_alert_is_about_the_alert() -> None:
    shown = dataclasses.replace(RAISED, shown=(Shown("article", "walking/hills"),))
    assert acts(shown, part("why", ("aspect/why", 0.9))) == ["after_alert/why"]
    assert acts(dataclasses.replace(shown, episode=Episode()), part("why", ("aspect/why", 0.9))) == ["aspect/why"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("my brother is driving me", "after_alert/on_way"),
        ("not me, my brother", "withdraw/someone_else"),
        ("it isn't me it's my brother", "withdraw/someone_else"),
    ],
)
def test_who_takes_the_writer_along_is_not_ill_in_their_place(text: str, act: str) -> None:
    assert acts(RAISED, part(text, ("withdraw/someone_else", 0.9))) == [act]


@pytest.mark.parametrize("act", ["correct/person", "withdraw/someone_else"])
def test_i_meant_my_mum_moves_the_sign_to_her(act: str) -> None:
    last = talk(DANGER, ("I meant my mum", act))[-1]
    assert last.alert.level is Urgency.EMERGENCY
    assert last.state.episode.who == "mother"


@pytest.mark.parametrize("act", ["feeling/worry", "meta/private", "repair/useless"])
def test_fear_and_doubt_in_who_says_so_answer_the_alert(act: str) -> None:
    assert talk(DANGER, ("x", act))[-1].alert.level is None


def test_an_alarm_told_twice_is_not_given_a_third_time() -> None:
    one, two, three = talk(DANGER, DANGER, ("which shoes", "ask"))
    assert (one.alert.level, two.alert.level) == (Urgency.EMERGENCY, Urgency.EMERGENCY)
    assert three.alert.level is None


def test_she_is_whoever_was_named_before() -> None:
    last = talk(("my mum is 86", "tell/fact"), ("she takes warfarin", "tell/fact"), ("does she need a stick", "ask"))[
        -1
    ]
    names = {fact.name for fact in last.state.person("mother").facts}
    assert {"age", "condition:blood_thinner"} <= names
    assert last.state.current == "mother"
    assert not [person for person in last.state.persons if person.who == "other"]


def test_a_correction_in_the_same_breath_counts() -> None:
    told, right = part("I'm 45.", ("tell/fact", 0.9)), part("sorry 46", ("correct/fact", 0.9))
    both = dataclasses.replace(message(told, right), findings=read("I'm 45. sorry 46").findings)
    last = interpreter().interpret(both, State())
    assert [fact.value for fact in last.state.person(SELF).facts if fact.name == "age"] == [46.0]


def test_who_asks_what_something_is_does_not_say_to_have_it() -> None:
    assert not talk(("hang on, what's sciatica", "ask"))[-1].state.person(SELF).facts
    assert talk(("i have sciatica", "tell/fact"))[-1].state.person(SELF).facts


def test_what_lasts_is_not_over_because_it_was_found_long_ago() -> None:
    facts = talk(("I was told last year I've osteoporosis", "tell/fact"))[-1].state.person(SELF).facts
    assert [fact.value for fact in facts if fact.name == "condition:osteoporosis"] == [True]


@pytest.mark.parametrize(
    ("age", "male", "expected"), [(83.0, False, False), (30.0, True, False), (30.0, False, True), (None, False, True)]
)
def test_what_the_nets_hear_of_a_pregnancy_must_be_possible(age: float | None, male: bool, expected: bool) -> None:
    assert possible(sounds("pregnancy_warning"), age=age, male=male) is expected
    assert possible(sounds("cauda_equina"), age=age, male=male)


def test_nobody_of_83_is_asked_about_a_pregnancy() -> None:
    old = State(persons=(Person(facts=(Fact("age", 83.0, 1),)),))
    heard = dataclasses.replace(
        read("i bumped my head", "tell/symptom"),
        findings=(Finding(sounds("pregnancy_warning"), assertion=Assertion.UNSURE, source="net"),),
    )
    assert not interpreter().interpret(heard, old).alert.ask
    assert interpreter().interpret(heard, State()).alert.ask == ("pregnancy_warning",)


def test_a_bump_on_an_old_head_is_no_pregnancy() -> None:
    told = ("I am 83", "tell/fact"), ("I had a little bump on the head and a headache since", "tell/symptom")
    assert not [one for one in talk(*told)[-1].state.person(SELF).findings if one.concept == "late_pregnancy"]


def test_a_question_wished_for_again_counts_no_further() -> None:
    state = State()
    for _ in range(4):
        state = asked(state, OpenQuestion("flag:cauda_equina"))
    assert [one.asked for one in state.questions] == [MOST_ASKED]


def test_what_was_offered_long_ago_is_not_counted() -> None:
    choices, steps = Shown("choices", "choices", ("plank",), turn=1), Shown("exercise", "bridge", ("step 1",), turn=4)
    late = State(turn=5, shown=(steps, choices))
    found = resolve("reference/nth", "the last one", late, words=words(), catalogue=FewNames())
    assert found is not None
    assert found.entry == "step 1"
    soon = State(turn=2, shown=(choices,))
    found = resolve("reference/nth", "the last one", soon, words=words(), catalogue=FewNames())
    assert found is not None
    assert found.entry == "plank"
    assert resolve("reference/next", "next", soon, words=words(), catalogue=FewNames()) is None


def test_a_word_in_common_with_an_entry_points_at_nothing() -> None:
    table = State(shown=(Shown("table", "table", ("walking poles", "walking shoes")),))
    asked_for = interpreter().interpret(read("so walking wise this week", probability=0.3), table)
    assert asked_for.acts[0].act == "ask"
    named = interpreter().interpret(read("the poles one", probability=0.3), table)
    assert named.acts[0].act == "reference/nth"


def test_a_no_beside_what_only_sounds_like_a_yes_is_a_no() -> None:
    state = State(turn=4, questions=(OpenQuestion("flag:cauda_equina", turn=4),))
    parts = (("Good to know.", "reply/yes"), ("No, no accident.", "reply/no"))
    said = Read(
        text=" ".join(text for text, _ in parts),
        whole=read("x", "reply/no").whole,
        parts=tuple(read(text, label).whole for text, label in parts),
    )
    answers = [meant.act for meant in interpreter().interpret(said, state).acts if meant.question is not None]
    assert answers == ["reply/no"]
