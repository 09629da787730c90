"""What reading findings costs: linear in the length of a message, whatever stands in it, and nothing of it is kept."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.content.lexicon import word_classes
from bot.content.reader import read_content
from bot.language.pipeline import FindingReader
from bot.language.tokens import Tokenizer

LONGEST = 2000
MOST_SECONDS, MOST_SECONDS_SHORT = 0.1, 0.003
TERMS = sorted({term for terms in word_classes().values() for term in terms})
SIGNS = [
    ",",
    ";",
    ".",
    ":",
    "?",
    "-",
    "/",
    "(",
    ")",
    "\n",
    " ",
    "...",
    "and",
    "or",
    "nor",
    "no",
    "not",
    "if",
    "but",
    "in 2015",
]
# The phase that explains a failure traces every line, which costs more than what is measured.
QUICK = settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
SHAPES = {
    "commas": ",",
    "commas apart": ", ",
    "semicolons": ";",
    "limp": "limp; ;;",
    "questions": "?",
    "colons": ":",
    "no": "no ",
    "not pain": "not pain, ",
    "cues": "not sure if maybe no history of, fine now ",
    "forms": "fever: no ",
    "signs": "numb groin legs weak pain can not feel bladder ",
    "one sign": "numb ",
    "story": "well my back went last week and i was walking to the shops when my legs felt tired so i sat down ",
    "typos": "numbnes grion bladdr weaknes ",
    "letters": "a",
    "ages": "i'm 72, ",
    "tablets": "took 12 pills ",
    "digits": "1 ",
    "counts": "a few a couple of the the the about ",
    "breaks": "\n",
    "odd": "n\u0336\u200b",
}
"""What made earlier readers slow, and what would make this one so if anything could."""


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(list(read_content().signs.values()))


def seconds(reader: FindingReader, text: str) -> float:
    """Processor time of reading a text: the least of three, because the machine does other things."""
    took = []
    for _ in range(3):
        start = time.process_time()
        reader.read(text)
        took.append(time.process_time() - start)
        if took[-1] < MOST_SECONDS / 4:
            break
    return min(took)


def test_what_makes_a_reader_slow_is_read_in_time(reader: FindingReader) -> None:
    took = {name: seconds(reader, (shape * LONGEST)[:LONGEST]) for name, shape in SHAPES.items()}
    assert {name: time for name, time in took.items() if time > MOST_SECONDS} == {}


def test_words_that_nobody_knows_are_read_in_time(reader: FindingReader) -> None:
    letters = random.Random(1)
    texts = [" ".join("".join(letters.choices("abcdefghijklmnoprstuw", k=8)) for _ in range(222)) for _ in range(3)]
    took = []
    for text in texts:
        start = time.process_time()
        reader.read(text)
        took.append(time.process_time() - start)
    assert min(took) < MOST_SECONDS


def test_twice_the_length_costs_no_more_than_thrice_the_time(reader: FindingReader) -> None:
    for name, shape in SHAPES.items():
        single, double = (seconds(reader, (shape * LONGEST)[: LONGEST * times]) for times in (1, 2))
        assert double < 3 * single + 0.03, name


@settings(QUICK)
@given(seed=st.integers(0, 10_000), share=st.floats(0, 1))
def test_any_mixture_of_signs_and_words_is_read_in_time(seed: int, share: float) -> None:
    chance = random.Random(seed)
    parts = [chance.choice(SIGNS) if chance.random() < share else chance.choice(TERMS) for _ in range(LONGEST)]
    assert seconds(shared(), " ".join(parts)[:LONGEST]) < MOST_SECONDS


@settings(QUICK)
@given(st.text(min_size=1, max_size=12))
def test_any_text_over_and_over_is_read_in_time(text: str) -> None:
    assert seconds(shared(), (text * LONGEST)[:LONGEST]) < MOST_SECONDS


def shared() -> FindingReader:
    """One reader for all examples of a property."""
    if not _kept:
        _kept.append(FindingReader(list(read_content().signs.values())))
    return _kept[0]


_kept: list[FindingReader] = []


def test_a_message_of_everyday_length_is_read_in_three_milliseconds(reader: FindingReader) -> None:
    text = "my back hurts when I walk uphill and since monday my left leg feels a bit numb, no fever, what should I do"
    reader.read(text)
    took = []
    for _ in range(20):
        start = time.process_time()
        reader.read(text)
        took.append(time.process_time() - start)
    assert min(took) < MOST_SECONDS_SHORT


def test_words_that_were_typed_are_not_kept_without_bound() -> None:
    tokenizer = Tokenizer(most=500)
    start = tokenizer.strings()
    for number in range(30):
        tokenizer(" ".join(f"w{number}x{place}" for place in range(50)))
        assert tokenizer.strings() <= start + 500 + 200
    tokenizer.forget()
    assert tokenizer.strings() == start


def test_what_was_read_is_forgotten(reader: FindingReader) -> None:
    reader.read("my neighbour Zbigniewka has a numb groin")
    assert reader.knows("zbigniewka")
    reader.forget()
    assert not reader.knows("zbigniewka")
