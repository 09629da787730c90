"""Acceptance tests 3 to 10: every kind of message as its card, and what is no message at all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.channel.message_schema import message_schema, validate
from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_messages(name: str) -> None:
    validate(SAMPLES[name])


def test_the_samples_are_of_every_kind() -> None:
    kinds = {definition["$ref"].rpartition("/")[2].removesuffix("_message") for definition in message_schema()["oneOf"]}
    assert {sample["type"] for sample in SAMPLES.values()} == kinds


def shown(chat: Chat, *names: str) -> Chat:
    """The chat with these samples as its last answer."""
    Mouth(chat.page, answer=[SAMPLES[name] for name in names])
    chat.open()
    chat.ask("Show me")
    return chat


def test_03_an_answer_has_its_sources_folded_away_with_evidence_and_date(chat: Chat) -> None:
    card = shown(chat, "answer").theirs.last
    expect(card.get_by_role("heading", name="Should I keep walking or rest?")).to_be_visible()
    expect(card.locator("strong")).to_have_text("can and should keep walking")
    assert card.locator(".prose ul li").count() == 2
    assert card.locator(".prose ol li").count() == 3
    expect(card.get_by_text("Strong evidence")).to_be_visible()
    expect(card.get_by_text("12 March 2026")).to_be_hidden()
    card.locator(".evidence summary").click()
    expect(card.get_by_text("12 March 2026")).to_be_visible()
    link = card.get_by_role("link", name=re.compile("assessment and management.*opens in a new tab"))
    assert link.get_attribute("href") == "https://www.nice.org.uk/guidance/ng59"
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(card.get_by_role("button", name="How fast should I walk?")).to_be_visible()


def test_04_choices_and_questions_are_buttons_that_go_when_they_are_used(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[SAMPLES["choices"]])
    chat.open()
    chat.ask("Shoes")
    mouth.answer = [SAMPLES["question"]]
    chat.page.get_by_role("button", name="Insoles and arch support").click()
    chat.idle()
    assert mouth.said[-1]["message"] == "/b"
    expect(chat.mine.last).to_contain_text("Insoles and arch support")
    expect(chat.page.get_by_role("button", name="Insoles and arch support")).to_have_count(0)
    expect(chat.page.get_by_role("progressbar", name="Question 2 of 11")).to_be_visible()
    mouth.answer = [SAMPLES["number"]]
    chat.page.get_by_role("button", name="Skip this question").click()
    chat.idle()
    assert mouth.said[-1]["message"] == "/skip"
    expect(chat.words).to_have_attribute("inputmode", "decimal")


@pytest.mark.parametrize(
    ("level", "words"), [("emergency", "Emergency advice"), ("urgent", "Urgent advice"), ("see_doctor", "See a doctor")]
)
def test_05_an_alert_says_its_level_in_words_and_the_number_comes_first(chat: Chat, level: str, words: str) -> None:
    card = shown(chat, level).theirs.last.locator(".card")
    assert card.inner_text().strip().startswith(words)
    calls = card.locator(".call")
    assert [calls.nth(place).get_attribute("href") for place in range(2)] == [
        "tel:999",
        "https://www.nhs.uk/service-search",
    ]
    expect(calls.first).to_contain_text("999")
    # In sight, it is not said twice; what pins it is in test_face.py.
    expect(chat.page.locator(".pinned")).to_have_count(0)


def test_06_an_exercise_has_picture_steps_dose_and_cautions(chat: Chat) -> None:
    card = shown(chat, "exercise").theirs.last
    picture = card.get_by_role("img", name="On hands and knees")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert picture.get_attribute("referrerpolicy") == "no-referrer"
    assert card.locator(".steps li").count() == 4
    for words in ("5 to 10 on each side, slowly", "Take care", "folded towel", "Hold for ten seconds."):
        expect(card.get_by_text(words)).to_be_visible()


def test_06_a_picture_that_fails_leaves_its_words(chat: Chat) -> None:
    chat.page.route("**/exercises/*", lambda route: route.abort())
    card = shown(chat, "exercise").theirs.last
    expect(card.get_by_text("The picture could not be loaded. It shows: On hands and knees")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_07_a_table_stays_a_table_and_readable(new_chat: NewChat, width: int) -> None:
    chat = shown(new_chat(viewport={"width": width, "height": 700}), "table")
    table = chat.page.get_by_role("table", name="Which shoe for which walk?")
    assert table.get_by_role("row").count() == 4
    assert table.get_by_role("rowheader").all_inner_texts() == ["Walking shoe", "Running shoe", "Light boot"]
    assert table.get_by_role("columnheader").count() == 4
    assert table.get_by_role("cell").count() == 9
    assert chat.overflow() <= 0
    # No word is broken: the longest fits its cell.
    assert chat.in_chat(
        "root => [...root.querySelectorAll('td span:last-child')].every((c) => c.scrollWidth <= c.clientWidth + 1)"
    )


def test_07_a_chart_is_a_picture_with_its_numbers_as_a_table(chat: Chat) -> None:
    card = shown(chat, "chart").theirs.last
    expect(card.get_by_role("img", name="Pain (0 to 10)")).to_be_visible()
    expect(card.get_by_role("img", name="Walk (minutes)")).to_be_visible()
    # A day without an entry breaks the line.
    assert card.locator("svg.chart-svg").first.locator("polyline").count() == 2
    card.get_by_text("Show the numbers").click()
    table = card.get_by_role("table")
    assert table.get_by_role("row").count() == 11
    expect(table.get_by_role("row", name="4 March")).to_contain_text("0")


def test_08_a_plan_can_be_downloaded_and_a_summary_copied_and_printed(new_chat: NewChat) -> None:
    chat = new_chat(permissions=["clipboard-read", "clipboard-write"])
    shown(chat, "plan", "summary")
    plan, summary = chat.theirs.nth(1), chat.theirs.nth(2)
    assert plan.locator("details[open].week").count() == 1
    assert plan.get_by_role("link", name="Download the plan").get_attribute("href") == f"{chat.address}/static/plan.txt"
    summary.get_by_role("button", name="Copy").click()
    expect(summary.get_by_role("button", name="Copied")).to_be_visible()
    words = chat.page.evaluate("navigator.clipboard.readText()")
    assert words.startswith("Your symptom check\n\nWhat you told me\n\n- Back pain for five weeks")
    chat.page.evaluate(
        "window.printed = 0; Object.defineProperty(HTMLIFrameElement.prototype, 'printed', { value: true })"
    )
    summary.get_by_role("button", name="Print").click()
    frame = chat.page.frames[-1]
    assert "Your symptom check" in frame.inner_text("body")
    assert "Back to walking" not in frame.inner_text("body")
    chat.sound()


def test_08_a_notice_says_what_it_is(chat: Chat) -> None:
    card = shown(chat, "notice").theirs.last
    expect(card.get_by_text("I cannot help with that", exact=True)).to_be_visible()
    expect(card.get_by_role("button", name="When to see a doctor")).to_be_visible()


@pytest.mark.parametrize(
    "message",
    [
        {"v": 1, "id": "x", "type": "hologram", "text": "Plain words"},
        {"v": 2, "id": "x", "type": "answer", "text": "Plain words", "title": "No", "body": "No"},
        {"v": 1, "id": "x", "type": "constructor", "text": "Plain words"},
    ],
)
def test_09_what_is_not_known_shows_its_text(chat: Chat, message: dict[str, object]) -> None:
    Mouth(chat.page, answer=[message])
    chat.open()
    chat.ask("Show me")
    expect(chat.theirs.last.locator(".card")).to_have_text("Plain words")
    chat.sound()


GARBAGE: list[object] = [
    None, [], 7, "words", {}, {"v": 1}, {"v": 1, "type": "answer"}, {"type": []},
    *({"v": 1, "id": "g", "type": kind, "text": "still here"} for kind in (
        "answer", "choices", "alert", "question", "exercise", "table", "chart", "plan", "summary", "notice")),
    {"v": 1, "id": "g", "type": "chart", "text": "still here", "x": None, "series": [{"values": [None, "1", {}]}, 3]},
    {"v": 1, "id": "g", "type": "table", "text": "still here", "caption": 3, "columns": [{}, None], "rows": [[], None, 4]},
    {"v": 1, "id": "g", "type": "plan", "text": "still here", "weeks": [None, {"days": [None, {}]}]},
    {"v": 1, "id": "g", "type": "exercise", "text": "still here", "image": "x", "steps": {"0": 1}, "dose": [1], "cautions": "x"},
    {"v": 1, "id": {"a": 1}, "type": "question", "text": "still here", "step": -4, "of": "x", "options": [{"title": 3}]},
]  # fmt: skip


def test_10_garbage_is_no_exception_and_what_follows_is_shown(chat: Chat) -> None:
    last = {"v": 1, "id": "last", "type": "text", "text": "The last of them"}
    Mouth(chat.page, answer=[*GARBAGE, last])  # type: ignore[list-item]
    chat.open()
    chat.ask("Show me")
    expect(chat.theirs.last).to_contain_text("The last of them")
    chat.sound()
    chat.page.reload()
    expect(chat.theirs.last).to_contain_text("The last of them")
    chat.sound()
