"""Each card as a screen reader would walk through it: roles, names and words in their order, held against committed texts.

`python -m tests.browser.spoken_again` writes them anew after a wanted change; what changed is then read in the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import SAMPLES

FOLDER = Path(__file__).with_name("spoken")
STATES = ("greeting", "options", "pinned")


def spoken(chat: Chat, name: str) -> str:
    """The accessibility tree of a card, or of a state of the whole panel, as text."""
    mouth = Mouth(chat.page, greeting=[SAMPLES["text"]], answer=[SAMPLES.get(name, SAMPLES["emergency"])])
    chat.open()
    if name == "greeting":
        return chat.page.locator(".panel").aria_snapshot() + "\n"
    if name == "options":
        chat.page.get_by_role("button", name="Options").click()
        return chat.page.locator(".sheet").aria_snapshot() + "\n"
    chat.ask("Show me")
    if name == "pinned":
        mouth.answer = [SAMPLES["answer"]]
        chat.ask("And now?")
        return chat.page.locator(".pinned").aria_snapshot() + "\n"
    card = chat.theirs.last
    card.evaluate("card => card.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    expect(card).to_be_visible()
    return card.aria_snapshot().replace(chat.address, "") + "\n"


@pytest.mark.parametrize("name", [*SAMPLES, *STATES])
def test_each_card_is_spoken_as_written_down(new_chat: NewChat, name: str) -> None:
    chat = new_chat(viewport={"width": 390, "height": 844}, timezone_id="Europe/London")
    assert spoken(chat, name) == (FOLDER / f"{name}.yml").read_text(encoding="utf-8")


def test_nothing_that_is_written_down_is_of_a_card_that_is_gone() -> None:
    assert {file.stem for file in FOLDER.glob("*.yml")} == {*SAMPLES, *STATES}
