"""The words while an alert stands: several ways each, and nothing in braces but the help lines and the question."""

from __future__ import annotations

import pytest

from bot.content.episode_replies import EpisodeReplies, read_episode_replies
from bot.content.reader import read_content
from bot.content.replies import read_replies
from bot.content.texts import placeholders
from bot.help import HelpDesk

NAMES = tuple(EpisodeReplies.__fields__)
LINES = {"emergency", "same_day", "crisis"}
ASKS = {"was_joking", "wrong_word", "explained"}
"""Replies that hold the flag's question."""
ONE_IS_ENOUGH = {"checked_still_there", "urgent_arranged", "crisis_no"}


@pytest.fixture(scope="module")
def desk() -> HelpDesk:
    return HelpDesk(list(read_content().help_lines.values()), read_replies())


@pytest.mark.parametrize("name", NAMES)
def test_each_reply_has_variants_that_can_be_filled(name: str, desk: HelpDesk) -> None:
    variants = getattr(read_episode_replies(), name)
    assert len(set(variants)) == len(variants) >= (1 if name in ONE_IS_ENOUGH else 2)
    for text in variants:
        assert set(placeholders(text)) <= LINES | ({"question"} if name in ASKS else set())
        assert ("{question}" in text) is (name in ASKS)
        for region in ("GB", "EU", None):
            assert "{" not in desk.fill(text.replace("{question}", "Is it so?"), region)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("crisis_")])
def test_every_reply_in_a_crisis_names_the_line_somewhere(name: str) -> None:
    assert any("{crisis}" in text for text in getattr(read_episode_replies(), name))
