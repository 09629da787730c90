"""Every journey from the greeting to its end with the keyboard alone, in the real product."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat

MOST_STEPS = 24
MOST_TABS = 12


def pressed(chat: Chat, wanted: str) -> None:
    """Goes back from the message box to a button of the newest message, and presses it."""
    chat.words.focus()
    for _ in range(MOST_TABS):
        chat.page.keyboard.press("Shift+Tab")
        if chat.in_chat("root => root.activeElement?.textContent.trim() ?? ''") == wanted:
            before = chat.theirs.count()
            chat.page.keyboard.press("Enter")
            expect(chat.theirs.nth(before)).to_be_visible(timeout=15_000)
            chat.idle()
            assert chat.focused() == "words"
            return
    raise AssertionError(f"{wanted!r} cannot be reached")


def options(chat: Chat) -> list[str]:
    """What the newest question can be answered with."""
    return chat.theirs.last.locator(".choice, .quiet").all_inner_texts()


@pytest.mark.parametrize(
    ("tile", "end"),
    [
        ("Make me a walking plan", "plan"),
        ("Pick exercises", "table"),
        ("Help me choose shoes", "table"),
        ("Check how I walk", "text"),
        ("Check my symptoms", "summary"),
    ],
)
def test_a_journey_ends_without_a_pointer(new_chat: NewChat, tile: str, end: str) -> None:
    chat = new_chat(timezone_id="Europe/London").open()
    pressed(chat, tile)
    for _ in range(MOST_STEPS):
        if chat.kinds()[-1] != "question":
            assert end in chat.kinds()[2:]
            return
        offered = options(chat)
        assert offered, chat.kinds()
        # "No" keeps a check for warning signs calm; elsewhere the first answer will do.
        pressed(chat, next((one for one in offered if one == "No"), offered[0]))
    raise AssertionError(chat.kinds())
