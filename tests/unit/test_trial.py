"""`python -m bot.content try`: what it says of a message, turn by turn."""

from __future__ import annotations

import pytest

from bot.content.__main__ import main
from bot.content.reader import read_content
from bot.model import Urgency
from bot.trial import trained_topics, trials


def test_turns_are_read_together() -> None:
    first, second = trials(
        read_content(), ["I had breast cancer in 2015.", "Shoes? My legs are weak since monday. Thanks"]
    )
    assert (first.assessment.urgency, second.assessment.urgency) == (Urgency.SELF_CARE, Urgency.EMERGENCY)
    weak = next(one for one in second.said if one.finding.concept == "both_leg_weakness")
    assert weak.sentence == "My legs are weak since monday."
    assert "legs are weak" in weak.words
    assert second.why("C3", "cord_compression_cancer").startswith("Cancer ever")
    assert second.why("direct", "cauda_equina") == ""


def test_it_is_printed_with_sign_rule_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", "I had breast cancer in 2015.", "my legs are weak, maybe a fever"]) == 0
    printed = capsys.readouterr().out
    for part in (
        "> I had breast cancer",
        "past and over",
        "cord_compression_cancer",
        "C3",
        "unsure",
        "emergency",
        "Topics",
    ):
        assert part in printed


def test_without_a_trained_model_there_are_no_topics(tmp_path: object) -> None:
    from pathlib import Path

    assert trained_topics(Path(str(tmp_path)) / "none.tar.gz") is None
