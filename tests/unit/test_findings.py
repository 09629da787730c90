"""From words to findings: concept, assertion, time and person, on the content that ships."""

from __future__ import annotations

import pytest

from bot.content.reader import read_content
from bot.language.pipeline import FindingReader
from bot.model import Assertion, Finding, Subject, Time


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(list(read_content().signs.values()))


def one(reader: FindingReader, text: str, concept: str) -> Finding:
    found = [finding for finding in reader.read(text) if finding.concept == concept]
    assert found, f"no {concept} in {[finding.concept for finding in reader.read(text)]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("I can't feel it when I wipe", "saddle_change"),
        ("i cant feel it wen i wipe", "saddle_change"),
        ("gone numb in my privates", "saddle_change"),
        ("NUMBNESS BETWEEN MY LEGS!!!", "saddle_change"),
        ("my genitels have gone numb", "saddle_change"),
        ("sudden and cant catch my breaht", "sudden_breathless"),
        ("grandad's smle is wonky", "stroke_sign"),
        ("desperate for a wee but nothing comes", "bladder_change"),
        ("I pooed myself and never noticed", "bowel_change"),
        ("both my legs feel weak", "both_leg_weakness"),
        ("my left leg keeps giving way", "leg_weakness"),
        ("I had breast cancer in 2015", "cancer"),
    ],
)
def test_the_concept_is_found(reader: FindingReader, text: str, concept: str) -> None:
    assert one(reader, text, concept).present or concept == "cancer"


@pytest.mark.parametrize(
    ("text", "concept", "assertion"),
    [
        ("no numbness down below", "saddle_change", Assertion.NEGATED),
        ("I have no pain, numbness or tingling in my groin", "saddle_change", Assertion.NEGATED),
        ("no fever but my bladder is leaking", "bladder_change", Assertion.AFFIRMED),
        ("no fever and my legs are weak", "both_leg_weakness", Assertion.AFFIRMED),
        ("what should I do if my groin goes numb", "saddle_change", Assertion.HYPOTHETICAL),
        ("what are the signs of a numb groin", "saddle_change", Assertion.HYPOTHETICAL),
        ("can flu cause incontinence", "bladder_change", Assertion.HYPOTHETICAL),
        ("maybe my groin is a bit numb", "saddle_change", Assertion.UNSURE),
        ("I can't feel my private parts", "saddle_change", Assertion.AFFIRMED),
        ("I'm not diabetic", "diabetes", Assertion.NEGATED),
        ("im not pregnant, why", "maybe_pregnant", Assertion.NEGATED),
        ("I am not suicidal", "suicidal", Assertion.NEGATED),
        ("she's not confused", "confusion", Assertion.NEGATED),
        ("I am not well, fever and a sore back", "fever", Assertion.AFFIRMED),
        ("I'm not able to pass urine", "bladder_change", Assertion.AFFIRMED),
        ("he was unable to get his words out", "stroke_sign", Assertion.AFFIRMED),
        ("I couldn't feel when I wiped", "saddle_change", Assertion.AFFIRMED),
        # A denial ends at "but" in a sentence of any length.
        (
            "not to be crude but my groin has gone numb and it feels so odd down there",
            "saddle_change",
            Assertion.AFFIRMED,
        ),
        (
            "no I am not one to complain or anything but my legs gave way on the stairs tonight and I sat for an hour",
            "both_leg_weakness",
            Assertion.AFFIRMED,
        ),
        ("writing a story where a walker collapses", "collapse", Assertion.HYPOTHETICAL),
        ("what would numbness between the legs feel like?", "saddle_change", Assertion.HYPOTHETICAL),
        ("groin is numb, my mate says that's normal", "saddle_change", Assertion.AFFIRMED),
        ("Say my legs are weak one day, who do I call?", "both_leg_weakness", Assertion.HYPOTHETICAL),
        ("Imagine a walker collapses, then what?", "collapse", Assertion.HYPOTHETICAL),
        ("I have to say my legs are weak", "both_leg_weakness", Assertion.AFFIRMED),
    ],
)
def test_the_assertion_is_heard(reader: FindingReader, text: str, concept: str, assertion: Assertion) -> None:
    assert one(reader, text, concept).assertion is assertion


@pytest.mark.parametrize(
    ("text", "concept", "time"),
    [
        ("I had numbness in my groin years ago, all sorted", "saddle_change", Time.PAST_OVER),
        ("my legs were weak last year", "both_leg_weakness", Time.PAST_OVER),
        ("had bowel cancer 5 yrs ago, all clear since", "cancer", Time.PAST_OVER),
        (
            "threw my back out at christmas, couldn't move for 3 days, all gone by new year",
            "crisis",
            Time.PAST_OVER,
        ),
        ("my legs went weak last year and still are", "both_leg_weakness", Time.PAST_PRESENT),
        ("my legs are weak", "both_leg_weakness", Time.NOW),
        ("I fell off a ladder ten years ago and my back still hurts", "major_trauma", Time.PAST_OVER),
        (
            "Some years back, I got up at night. The next thing I knew, I fell off a ladder.",
            "major_trauma",
            Time.PAST_OVER,
        ),
        ("Ten years ago I had a disc out. Now my legs are weak.", "both_leg_weakness", Time.NOW),
        ("Two years ago I had an op. This week I fell off a ladder.", "major_trauma", Time.NOW),
        ("In 2015 I had an op. I cannot feel when I wipe.", "saddle_change", Time.NOW),
        ("My op was two years ago. I fell off a ladder.", "major_trauma", Time.NOW),
        # The clauses after a past time, as long as they go on in the past.
        ("It was a slipped disc back in 2009, I couldn't feel when I wiped", "saddle_change", Time.PAST_OVER),
        ("Had an op in 2019, can't feel when I wipe", "saddle_change", Time.NOW),
        ("Had an op in 2019, lost feeling when I wipe", "saddle_change", Time.NOW),
        ("I was suicidal in 2018", "suicidal", Time.PAST_OVER),
        ("I am suicidal", "suicidal", Time.NOW),
    ],
)
def test_the_time_is_heard(reader: FindingReader, text: str, concept: str, time: Time) -> None:
    assert one(reader, text, concept).time is time


@pytest.mark.parametrize(
    ("text", "concept", "subject", "relation"),
    [
        ("my mum can't feel between her legs", "saddle_change", Subject.OTHER, "mother"),
        ("my mum is 80. She keeps wetting herself", "bladder_change", Subject.OTHER, "mother"),
        ("my mum says I should ask, my groin is numb", "saddle_change", Subject.SELF, None),
        ("my dad had cancer and my legs are weak", "both_leg_weakness", Subject.SELF, None),
        ("my dad had cancer and my legs are weak", "cancer", Subject.OTHER, "father"),
        ("he can't pee", "bladder_change", Subject.OTHER, None),
        ("numb groin", "saddle_change", Subject.SELF, None),
    ],
)
def test_the_person_is_heard(
    reader: FindingReader, text: str, concept: str, subject: Subject, relation: str | None
) -> None:
    found = one(reader, text, concept)
    assert (found.subject, found.relation) == (subject, relation)


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("I'm 74 and my back hurts", "age", 74),
        ("68, smoker, sore back", "age", 68),
        ("my 80 year old mum fell", "age", 80),
        ("a lady in her seventies", "age", 70),
        ("been sore for six weeks", "days", 42),
        ("it started about two months ago", "days", 60),
    ],
)
def test_numbers_are_read(reader: FindingReader, text: str, name: str, number: float) -> None:
    assert one(reader, text, name).value(name) == number


@pytest.mark.parametrize(
    "text", ["I walk 5 miles", "28 weeks pregnant", "my pain is 8 out of 10", "I'm 6 feet tall, 90 kg"]
)
def test_other_numbers_are_not_ages(reader: FindingReader, text: str) -> None:
    assert not [finding for finding in reader.read(text) if finding.concept == "age"]


@pytest.mark.parametrize(
    "text", ["", "   ", "🙂🙂🙂", "ñandú œuf", "a" * 2000, "numb " * 400, "<b>numb</b> ' OR 1=1 --", "\x00\x01"]
)
def test_any_text_can_be_read(reader: FindingReader, text: str) -> None:
    reader.read(text)


@pytest.mark.parametrize(
    ("text", "concept", "side", "onset"),
    [
        ("my left leg is weak", "leg_weakness", "left", None),
        ("suddenly both my legs are weak", "both_leg_weakness", "both", "sudden"),
        ("my groin is numb", "saddle_change", None, None),
    ],
)
def test_side_and_onset_are_heard(
    reader: FindingReader, text: str, concept: str, side: str | None, onset: str | None
) -> None:
    found = one(reader, text, concept)
    assert (found.side, found.onset) == (side, onset)


def test_offsets_point_into_the_message(reader: FindingReader) -> None:
    text = "hello. my groin is numb today"
    found = one(reader, text, "saddle_change")
    assert text[found.start : found.end] == "groin is numb"


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "I can't go on like this",
        "I don't want to wake up",
        "I'd be better off dead",
        "I feel like hurting myself",
    ],
)
def test_words_of_crisis_are_heard(reader: FindingReader, text: str) -> None:
    assert one(reader, text, "suicidal").present


@pytest.mark.parametrize(
    "text",
    ["I hurt myself lifting a box", "I cut myself shaving", "this hill is killing me", "no point in buying boots"],
)
def test_harmless_words_are_no_crisis(reader: FindingReader, text: str) -> None:
    assert not [finding for finding in reader.read(text) if finding.concept == "suicidal"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my bak hurts when i wlak", "my back hurts when i walk"),
        ("how often", "how often"),
        ("my Nepalese friend", "my Nepalese friend"),
    ],
)
def test_spelling_is_mended_for_topics(reader: FindingReader, typed: str, meant: str) -> None:
    assert reader.mend(typed) == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my back is better now", True),
        ("is it better to walk fast or slow", False),
        ("it feels better when i sit", False),
    ],
)
def test_better_is_a_trend_only_where_it_is_told(text: str, told: bool) -> None:
    content = read_content()
    reader = FindingReader([*content.signs.values(), *content.facts.values()])
    assert ("trend_better" in {finding.concept for finding in reader.read(text)}) is told


def test_nobody_so_young_writes(reader: FindingReader) -> None:
    assert not [one for one in reader.read("they are 3 years old") if one.concept == "age"]
    assert {one.value("age") for one in reader.read("my son is 3 years old") if one.concept == "age"} == {3.0}


@pytest.mark.parametrize(
    ("text", "concept", "source"),
    [
        ("my legs are heavy", "both_leg_heavy", "weak"),
        ("my legs went heavy, they fold under me, legs folding", "both_leg_weakness", "rule"),
    ],
)
def test_a_weak_phrase_is_marked_where_no_other_says_the_same(
    reader: FindingReader, text: str, concept: str, source: str
) -> None:
    assert one(reader, text, concept).source == source


@pytest.mark.parametrize(
    ("text", "relation"),
    [("my horse bolted and my mum is hurt", "mother"), ("my horse is lame", "pet"), ("came off my horse", None)],
)
def test_a_message_is_about_a_person_before_an_animal(reader: FindingReader, text: str, relation: str | None) -> None:
    assert reader.read_with_person(text)[1][1] == relation


@pytest.mark.parametrize(
    "text", ["how do i do the child's pose, my groin is numb", "childs pose or cat cow? my groin is numb"]
)
def test_an_exercise_that_is_named_after_a_child_is_no_child(reader: FindingReader, text: str) -> None:
    assert one(reader, text, "saddle_change").subject is Subject.SELF
