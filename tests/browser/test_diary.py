"""The walking diary on the page: told, seen as chart and table, taken along, and found again on another device."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from bot.diary.files import from_text
from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import SAMPLES
from tests.browser.test_access import clean

PHRASE = "apple banana cactus dolphin eagle forest"


def tools(*kinds: str) -> list[dict[str, str]]:
    """Buttons of these kinds."""
    paths = {"save": "diary.csv", "load": "diary", "phrase": "phrase", "back": "sessions/return"}
    return [{"kind": kind, "path": paths[kind], "title": f"Do {kind}"} for kind in kinds]


@pytest.mark.parametrize("width", [1280, 320])
def test_a_diary_from_the_first_walk_to_its_file(new_chat: NewChat, width: int, tmp_path: Path) -> None:
    chat = new_chat(viewport={"width": width, "height": 760}, timezone_id="Pacific/Auckland").open()
    chat.ask("walked 25 min")
    chat.page.get_by_role("button", name="3", exact=True).click()  # the pain, by a tap
    chat.idle()
    chat.ask("yesterday 15 min, pain 4 then 2, new shoes")
    chat.ask("show my diary")
    card = chat.theirs.last
    assert chat.kinds()[-1] == "chart"
    expect(card.get_by_role("img", name="Minutes walked (min)")).to_be_visible()
    card.locator("summary").first.click()
    table = card.get_by_role("table")
    expect(table.get_by_role("row").nth(1).get_by_role("cell").first).to_contain_text("15")
    expect(table).to_contain_text("new shoes")
    clean(chat)
    assert chat.overflow() == 0
    with chat.page.expect_download() as saved:
        card.get_by_role("button", name="Save as a spreadsheet (CSV)").click()
    assert saved.value.suggested_filename == "stridewell-diary.csv"
    file = tmp_path / "diary.csv"
    saved.value.save_as(file)
    assert [(one.minutes, one.pain, one.later) for one in from_text(file.read_text())] == [(15, 4, 2), (25, 3, None)]
    chat.sound()


def test_the_file_comes_in_on_another_page_by_the_keyboard(new_chat: NewChat, tmp_path: Path) -> None:
    chat = new_chat().open()
    chat.ask("import my diary")
    file = tmp_path / "diary.csv"
    file.write_text("date,minutes,pain\n2026-01-02,20,3\n")
    with chat.page.expect_file_chooser() as choosing:
        chat.theirs.last.get_by_role("button", name="Bring in a saved diary").press("Enter")
    choosing.value.set_files(file)
    expect(chat.mine.last).to_contain_text("Show my diary")
    chat.idle()
    assert chat.kinds()[-1] == "chart"
    assert "1 new entries are in your diary." in chat.log()


def test_a_phrase_opens_the_chat_on_another_device(new_chat: NewChat) -> None:
    first = new_chat().open()
    first.ask("walked 20 min, pain 3")
    first.ask("how do I come back on another phone?")
    first.theirs.last.get_by_role("button", name="Get a pass-phrase").press("Enter")
    shown = first.page.locator(".phrase")
    expect(shown).to_be_focused()
    phrase = shown.inner_text()
    assert len(phrase.split()) == 6
    clean(first)
    first.page.reload()
    first.idle()
    expect(first.page.locator(".phrase")).to_have_count(0)
    second = new_chat(viewport={"width": 375, "height": 667}).open()
    second.ask("I have a pass-phrase")
    second.theirs.last.get_by_role("button", name="Come back with a phrase").press("Enter")
    field = second.page.get_by_label("Your six words")
    expect(field).to_be_focused()
    clean(second)
    field.fill(f" {phrase.upper()} ")
    field.press("Enter")
    expect(second.page.get_by_text("walked 20 min, pain 3")).to_be_visible()
    second.sound()


def test_a_phrase_that_opens_nothing_says_so_beside_it(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[{**SAMPLES["text"], "tools": tools("back")}])
    problem = {"type": "urn:x", "title": "No", "status": 403, "detail": "That phrase opens nothing."}
    chat.open()
    chat.ask("I have a phrase")
    mouth.before = lambda route: (
        bool(route.request.url.endswith("/return"))
        and (route.fulfill(status=403, content_type="application/problem+json", body=json.dumps(problem)) is None)
    )
    chat.page.get_by_role("button", name="Do back").click()
    chat.page.get_by_label("Your six words").fill(PHRASE)
    chat.page.keyboard.press("Enter")
    expect(chat.theirs.last.get_by_text("That phrase opens nothing.")).to_be_visible()
    assert "That phrase opens nothing." in chat.log()


def test_a_path_that_is_none_is_never_called(chat: Chat) -> None:
    bad = [{"kind": "save", "path": "../../x", "title": "Do save"}]
    Mouth(chat.page, answer=[{**SAMPLES["text"], "tools": bad}])
    chat.open()
    chat.ask("Hello")
    before = len(chat.requests)
    chat.page.get_by_role("button", name="Do save").click()
    chat.page.wait_for_timeout(300)
    assert len(chat.requests) == before


def test_the_plan_is_saved_for_the_calendar(chat: Chat, tmp_path: Path) -> None:
    chat.open()
    chat.ask("make me a walking plan")
    for words in ("10 minutes", "30 minutes", "tue, thu and sat", "no worse", "flat"):
        chat.ask(words)
    assert chat.kinds()[-1] == "plan"
    with chat.page.expect_download() as saved:
        chat.theirs.last.get_by_role("button", name="Add to my calendar").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name == "stridewell-plan.ics"
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) >= 12
