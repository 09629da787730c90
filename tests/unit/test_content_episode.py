"""What is said while an alert stands: every act has words of its own, and none advises less than what stands."""

from __future__ import annotations

import pytest

from bot.content.replies import read_replies

ACTS = (
    "after_alert/sure", "after_alert/why", "after_alert/while_wait", "after_alert/on_way", "after_alert/arrived",
    "after_alert/can_drive", "after_alert/what_tell", "after_alert/sent_home", "after_alert/later", "after_alert/afford",
    "after_alert/scared", "after_alert/ok", "minimise/nothing", "withdraw/went_away", "withdraw/checked",
    "withdraw/someone_else", "withdraw/joke", "withdraw/wrong_word", "withdraw/long_ago", "withdraw/explained",
    "correct/person",
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_words_at_every_level(act: str) -> None:
    levels = read_replies().episode[act]
    assert levels["emergency"]
    assert levels.get("urgent", levels["emergency"])
    assert all(text.strip() for forms in levels.values() for text in forms)


@pytest.mark.parametrize(
    "act", [act for act in ACTS if act.startswith("after_alert/") and act not in ("after_alert/arrived",)]
)
def test_a_crisis_always_names_the_line(act: str) -> None:
    levels = read_replies().episode[act]
    assert any("{crisis}" in text for text in levels.get("crisis", ("{crisis}",)))


@pytest.mark.parametrize(
    "act", ["after_alert/sure", "after_alert/later", "after_alert/afford", "minimise/nothing", "withdraw/went_away"]
)
def test_doubt_lowers_nothing(act: str) -> None:
    assert all("{emergency}" in text for text in read_replies().episode[act]["emergency"])
