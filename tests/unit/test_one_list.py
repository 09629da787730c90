"""One list for one thing: a word that the lexicon has is known to every reader that should know it."""

from __future__ import annotations

import pytest

from bot.content.lexicon import NO_RELATIONS, people, word_classes, words
from bot.content.reader import read_content
from bot.language.doses import find_doses
from bot.language.patterns import counts, medicines, relatives
from bot.language.pipeline import FindingReader
from bot.language.values import find_values
from bot.model import Subject

CLASSES = word_classes()
BODY = words("body")
NOT_A_PLACE = {"i", "you", "and", "both", "pass", "passing", "number"}
"""In terms that are no bare place: "where i sit", "legs both", "pass water", "number one"."""


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(list(read_content().signs.values()))


@pytest.mark.parametrize("medicine", sorted(medicines()))
def test_every_medicine_can_be_counted(medicine: str) -> None:
    assert ("tablets", 12.0) in {(value.name, value.number) for value in find_doses(f"took 12 {medicine} today")}


@pytest.mark.parametrize("name", sorted(words("numbers")["paracetamol"]))
def test_every_name_of_paracetamol_can_be_weighed(name: str) -> None:
    assert ("grams", 7.0) in {(value.name, value.number) for value in find_doses(f"7 g of {name}")}


@pytest.mark.parametrize("name", sorted(words("numbers")["paracetamol"]))
def test_every_name_of_paracetamol_is_a_medicine(name: str) -> None:
    assert name in medicines()


@pytest.mark.parametrize("relative", sorted(relatives()))
def test_every_relative_has_an_age_and_is_spoken_of(relative: str, reader: FindingReader) -> None:
    found = [finding for finding in reader.read(f"my {relative} is 72") if finding.concept == "age"]
    assert [(finding.value("age"), finding.subject) for finding in found] == [(72.0, Subject.OTHER)]


@pytest.mark.parametrize("relation", sorted(set(people()) - NO_RELATIONS))
def test_every_relation_is_that_of_each_of_its_words(relation: str, reader: FindingReader) -> None:
    for word in people()[relation]:
        _, about = reader.read_with_person(f"my {word} is not well")
        assert about == (Subject.OTHER, relation), word


@pytest.mark.parametrize("count", sorted(word for word, number in counts().items() if number >= 2))
def test_every_count_is_read_alike_of_tablets_and_weeks(count: str) -> None:
    number = counts()[count]
    assert ("tablets", number) in {(value.name, value.number) for value in find_doses(f"took {count} tablets")}
    assert ("days", number * 7) in {(value.name, value.number) for value in find_values(f"for {count} weeks")}


@pytest.mark.parametrize("place", sorted(set(BODY["saddle"])))
def test_every_word_for_the_saddle_can_be_numb_and_be_denied(place: str, reader: FindingReader) -> None:
    told = [finding for finding in reader.read(f"numb {place}") if finding.concept == "saddle_change"]
    denied = [finding for finding in reader.read(f"numb {place}: no") if finding.concept == "saddle_change"]
    assert told
    assert all(finding.present for finding in told)
    assert not any(finding.present for finding in denied)


@pytest.mark.parametrize("kind", sorted(BODY))
def test_no_word_of_the_body_ends_a_denial(kind: str, reader: FindingReader) -> None:
    for place in BODY[kind]:
        if not NOT_A_PLACE & set(place.split()):
            fevers = [
                finding.present for finding in reader.read(f"no pain in {place} or fever") if finding.concept == "fever"
            ]
            assert fevers == [False], place


@pytest.mark.parametrize("garment", ["trousers", "jeans"])
def test_clothes_that_hang_loose_are_read_alike(garment: str, reader: FindingReader) -> None:
    read = [
        {finding.concept for finding in reader.read(f"my {one} are hanging off me")} for one in (garment, "trousers")
    ]
    assert read[0] == read[1]
