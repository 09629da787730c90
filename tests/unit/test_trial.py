"""`python -m bot.content try`: what it says of a message, turn by turn, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import __main__ as command
from bot.language.assembly import shared_reader, trained_heads
from bot.language.corpus import NOTHING, Row
from bot.language.danger import FEATURES, LEVELS
from bot.language.encoder import shared_encoder
from bot.model import Urgency
from bot.nlu.assembly import interpreter
from bot.trial import NEAREST, Nearest, Trial, trials

ROWS = [
    Row("my face droops and my arm is weak", flag="stroke", section="affirmed", about="stroke"),
    Row("one side of my mouth hangs down", flag="stroke", section="affirmed", about="stroke"),
    Row("I am numb where I sit", flag="cauda_equina", section="affirmed", about="cauda_equina"),
    Row("my calves are sore after a hike", flag=NOTHING, section="look_alike", about="dvt"),
]
TURNS = ["I had breast cancer in 2015.", "Shoes? My legs are weak since monday. Thanks"]


@pytest.fixture(scope="module")
def nearest() -> Nearest:
    return Nearest(ROWS, shared_encoder().encode)


@pytest.fixture(scope="module")
def played(nearest: Nearest) -> list[Trial]:
    return trials(TURNS, reader=shared_reader(), interpreter=interpreter(), nearest=nearest)


def test_turns_are_read_together(played: list[Trial]) -> None:
    first, second = (one.meaning.assessment for one in played)
    assert (first.urgency, second.urgency) == (Urgency.SELF_CARE, Urgency.EMERGENCY)
    assert "cord_compression_cancer" in second.flags
    assert [one.meaning.state.turn for one in played] == [1, 2]


def test_a_finding_has_its_words_and_the_sentence_round_them(played: list[Trial]) -> None:
    weak = next(one for one in played[1].said if one.finding.concept == "both_leg_weakness")
    assert weak.sentence == "My legs are weak since monday."
    assert "legs are weak" in weak.words


def test_a_rule_says_what_it_takes_and_a_direct_sign_needs_none(played: list[Trial]) -> None:
    assert played[1].rule("C3").startswith("Cancer ever")
    assert played[1].rule("direct") == ""


def test_every_level_says_what_spoke_for_and_against_it(played: list[Trial]) -> None:
    for trial in played:
        assert [why.level for why in trial.why] == list(LEVELS)
        for why in trial.why:
            assert [name for name, _ in why.shares] == list(FEATURES)
            assert 0 <= why.probability <= 1
            assert why.ask_at < why.alert_at


def test_the_training_texts_nearest_to_a_message_are_shown_the_nearest_first(nearest: Nearest) -> None:
    found = nearest("his face hangs down on one side")
    assert len(found) == NEAREST
    assert found[0].text in {row.text for row in ROWS[:2]}
    assert (found[0].flag, found[0].section) == ("stroke", "affirmed")
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)
    assert trials(["hello"], reader=shared_reader(), interpreter=interpreter())[0].nearest == ()


class TestCommand:
    """What is printed."""

    @pytest.fixture(autouse=True)
    def _few_rows(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(command, "danger_rows", lambda: ROWS)
        monkeypatch.setattr(command, "VECTORS", tmp_path)

    def test_it_is_printed_with_sign_rule_level_and_evidence(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.main(["try", TURNS[0], "my legs are weak, maybe a fever"]) == 0
        printed = capsys.readouterr().out
        for part in (
            "> I had breast cancer", "past and over", "cord_compression_cancer", "C3", "unsure", "emergency", "Meant",
            "Topics", "Evidence", "net_whole", "near ",
        ):  # fmt: skip
            assert part in printed

    def test_without_a_trained_model_it_says_so(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(command, "MODEL", tmp_path / "none.tar.gz")
        assert command.main(["try", "hello"]) == 1
        assert "make train" in capsys.readouterr().err
        assert trained_heads(tmp_path / "none.tar.gz") is None
