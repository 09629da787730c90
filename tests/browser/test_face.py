"""What a person meets: the greeting and its tiles, the question about the place, cards on a phone, paper, voice, keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import SAMPLES

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}
SCREENS = 1.5
LONDON: dict[str, Any] = {"timezone_id": "Europe/London"}

TEN_WEEKS = {
    **SAMPLES["plan"],
    "title": "Walking plan: 5 to 30 minutes in 10 weeks",
    "weeks": [
        {
            "label": f"Week {week}",
            "days": [
                {"day": "Mon, Tue, Thu, Fri, Sat", "what": f"{3 * week} minutes, twice a day.", "minutes": 3 * week},
                {"day": "Other days", "what": "Rest, or a short stroll."},
            ],
        }
        for week in range(1, 11)
    ],
}


def box(found: Locator) -> dict[str, float]:
    """Where something stands; it must be on the page."""
    place = found.bounding_box()
    assert place is not None
    return dict(place)


def shown(chat: Chat, *messages: dict[str, Any]) -> Locator:
    """The last card of an answer that a test gives."""
    Mouth(chat.page, answer=messages)
    chat.open()
    chat.ask("Show me")
    return chat.theirs.last


def test_the_greeting_is_two_lines_with_tiles_and_all_of_it_is_in_view(new_chat: NewChat) -> None:
    chat = new_chat(viewport=PHONE, **LONDON).open()
    greeting = chat.theirs.first
    assert greeting.locator(".prose p").count() == 2
    assert greeting.locator(".tiles button").count() == 6
    last = box(chat.page.get_by_role("button", name="Another country"))
    assert last["y"] + last["height"] <= box(chat.page.locator(".composer"))["y"]


def test_no_tile_is_dead(new_chat: NewChat) -> None:
    titles = new_chat().open().theirs.first.locator(".tiles button").all_inner_texts()
    for title in titles:
        chat = new_chat().open()
        chat.page.get_by_role("button", name=title).click()
        expect(chat.theirs.nth(1)).to_be_visible()
        chat.idle()
        kinds = chat.kinds()[1:]
        assert set(kinds) & {"answer", "question", "exercise", "plan"}, (title, kinds)
        assert "notice" not in kinds, title


def test_the_questions_on_the_landing_page_ask_themselves(new_chat: NewChat) -> None:
    page = new_chat().open().page
    questions = page.locator("[data-stridewell-ask]").all_inner_texts()
    assert len(questions) == 6
    for words in questions:
        chat = new_chat().open()
        chat.page.get_by_role("button", name=words).click()
        expect(chat.mine.last).to_contain_text(words.strip("\u201c\u201d"))
        expect(chat.theirs.nth(1)).to_be_visible()
        chat.idle()
        assert "notice" not in chat.kinds(), words


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Dublin", "Ireland"),
        ("America/Chicago", "United States"),
        ("America/Toronto", "Canada"),
        ("Australia/Perth", "Australia"),
        ("Europe/Berlin", "European Union"),
    ],
)
def test_the_clock_puts_a_place_first_and_never_decides(new_chat: NewChat, zone: str, first: str) -> None:
    chat = new_chat(timezone_id=zone).open()
    where = chat.page.get_by_role("group", name="Where are you?")
    expect(where.locator(".chip")).to_have_text([first])
    expect(chat.page.locator(".sos summary")).to_have_text("Emergency numbers")
    assert "stridewell.region" not in chat.kept()
    where.get_by_role("button", name="Another country").click()
    expect(where.locator(".chip")).to_have_count(8)
    assert chat.focused().startswith("chip")


def test_the_place_is_asked_once_and_then_there_is_one_number(new_chat: NewChat) -> None:
    chat = new_chat(viewport=PHONE, **LONDON).open()
    chat.page.get_by_role("button", name="United Kingdom").click()
    where = chat.page.locator(".where")
    expect(where).to_have_count(0)
    expect(chat.page.locator(".sos a")).to_have_attribute("href", "tel:999")
    assert chat.log()[-1] == "United Kingdom. The emergency number there is 999."
    chat.page.reload()
    chat.idle()
    expect(where).to_have_count(0)
    expect(chat.page.locator(".sos a")).to_have_count(1)


def test_who_would_rather_not_say_is_not_asked_again(new_chat: NewChat) -> None:
    chat = new_chat(**LONDON).open()
    chat.page.get_by_role("button", name="Another country").click()
    chat.page.get_by_role("button", name="I would rather not say").click()
    chat.page.reload()
    chat.idle()
    expect(chat.page.locator(".where")).to_have_count(0)
    expect(chat.page.locator(".sos summary")).to_have_count(1)


def test_the_place_is_changed_by_words(new_chat: NewChat) -> None:
    chat = new_chat(**LONDON).open()
    chat.page.get_by_role("button", name="United Kingdom").click()
    chat.ask("I'm in Ireland")
    expect(chat.theirs.last).to_contain_text("Ireland")
    expect(chat.page.locator(".sos a")).to_have_attribute("href", "tel:112")
    chat.ask("I have lost feeling between my legs and I cannot pee")
    expect(chat.theirs.last.get_by_role("link", name="Call 112")).to_be_visible()
    chat.sound()


def test_an_exercise_begins_with_its_picture(new_chat: NewChat) -> None:
    card = shown(new_chat(viewport=PHONE), SAMPLES["exercise"])
    tops = card.evaluate("card => ['.card', 'img', 'h3'].map((s) => card.querySelector(s).getBoundingClientRect().top)")
    assert tops[0] < tops[1] < tops[0] + 30
    assert tops[1] < tops[2]


def test_ten_weeks_fit_on_a_screen_and_a_half(new_chat: NewChat) -> None:
    card = shown(new_chat(viewport=PHONE), TEN_WEEKS)
    assert box(card)["height"] <= SCREENS * PHONE["height"]
    assert card.locator("summary .minutes").all_inner_texts()[1] == "6 min"


def test_the_ten_week_table_fits_on_a_screen_and_a_half(new_chat: NewChat) -> None:
    chat = new_chat(viewport=PHONE).open()
    chat.ask("how do i build up my walking week by week")
    table = chat.page.locator(".card.table")
    assert table.locator("tbody tr").count() == 10
    assert box(table)["height"] <= SCREENS * PHONE["height"]
    assert chat.overflow() <= 0


@pytest.mark.parametrize("words", ["Short", "Words that are so many that they would be a tower on a phone " * 2])
def test_from_480_pixels_a_table_is_a_table(new_chat: NewChat, words: str) -> None:
    columns = [{"key": key, "label": key.upper()} for key in "abc"]
    message = {**SAMPLES["table"], "columns": columns, "rows": [dict.fromkeys("abc", words)] * 3}
    display = "table => getComputedStyle(table.querySelector('td')).display"
    wide = shown(new_chat(viewport={"width": 480, "height": 800}), message)
    assert wide.locator("table").evaluate(display) == "table-cell"
    phone = shown(new_chat(viewport=PHONE), message)
    assert phone.locator("table").evaluate(display) == ("table-cell" if words == "Short" else "block")
    narrow = shown(new_chat(viewport=SMALL), message)
    assert narrow.locator("table").evaluate(display) == "block"
    assert narrow.get_by_role("row").count() == 4


def test_a_reload_opens_at_the_end(new_chat: NewChat) -> None:
    chat = new_chat(viewport=PHONE)
    Mouth(chat.page, answer=[SAMPLES["exercise"], SAMPLES["answer"]])
    chat.open()
    chat.ask("One")
    chat.ask("Two")
    chat.page.reload()
    chat.idle()
    left = (
        "root => { const b = root.querySelector('.scroller'); return b.scrollHeight - b.scrollTop - b.clientHeight; }"
    )
    chat.page.wait_for_timeout(300)
    assert chat.in_chat(left) <= 2


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_ctrl_p_prints_the_whole_chat_and_nothing_to_press(new_chat: NewChat, viewport: dict[str, int]) -> None:
    chat = new_chat(viewport=viewport)
    Mouth(chat.page, answer=[SAMPLES["answer"], SAMPLES["table"], TEN_WEEKS, SAMPLES["exercise"]])
    chat.open()
    chat.ask("Print me")
    chat.page.emulate_media(media="print")
    assert chat.in_chat(
        "root => { const b = root.querySelector('.scroller'); return b.scrollHeight <= b.clientHeight; }"
    )
    for gone in (".composer", ".sos", ".tools", ".feedback", ".launcher", ".replies"):
        assert all(not found.is_visible() for found in chat.page.locator(gone).all()), gone
    assert not chat.page.locator(".welcome").is_visible()
    for there in ("Print me", "Week 10", "Bird-dog", "Should I keep walking or rest?"):
        expect(chat.page.locator(".messages").get_by_text(there, exact=True).first).to_be_visible()
    expect(chat.page.locator(".days").last).to_be_visible()
    pages = chat.page.pdf().count(b"/Type /Page\n") or len(re.findall(rb"/Type\s*/Page\b", chat.page.pdf()))
    assert 2 <= pages <= 6


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"text", "choices", "number", "question", "notice"}))
def test_copied_words_are_clean(new_chat: NewChat, name: str) -> None:
    chat = new_chat(permissions=["clipboard-read", "clipboard-write"])
    card = shown(chat, SAMPLES[name])
    if card.get_by_role("button", name="Copy").count():
        card.get_by_role("button", name="Copy").click()
        expect(card.get_by_role("button", name="Copied")).to_be_visible()
        words = chat.page.evaluate("navigator.clipboard.readText()")
        assert not re.search(
            r"undefined|\[object|\(opens in|; ?$|;\s;|\btel:|Copy|Print|Did this help|  |\n\n\n", words, re.M
        )
    else:
        assert name in ("emergency", "urgent", "see_doctor")
    # The same marked by hand: what can only be pressed does not come along.
    chat.in_chat(
        "(root, id) => getSelection().selectAllChildren(root.querySelector(`[data-id='${id}']`))", SAMPLES[name]["id"]
    )
    assert not re.search(r"Copy|Print\b|Did this help", chat.page.evaluate("getSelection().toString()"))


VOICE = """
window.made = [];
window.SpeechRecognition = class extends EventTarget {
  constructor() { super(); window.made.push(this); }
  start() { this.started = true; }
  stop() { this.dispatchEvent(new Event('end')); }
  say(...words) {
    this.dispatchEvent(Object.assign(new Event('result'), { results: words.map((one) => [{ transcript: one }]) }));
  }
};
window.SpeechRecognition.available = async () => window.on_device;
"""


def test_dictation_on_the_device_fills_the_box_and_sends_nothing(chat: Chat) -> None:
    chat.page.add_init_script("window.on_device = 'available';" + VOICE)
    mouth = Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    chat.words.fill("Hello.")
    chat.page.get_by_role("button", name="Speak instead of typing").click()
    stop = chat.page.get_by_role("button", name="Stop listening")
    expect(stop).to_have_attribute("aria-pressed", "true")
    chat.page.evaluate("window.made[0].say('my back hurts', ' on hills')")
    expect(chat.words).to_have_value("Hello. my back hurts on hills")
    assert chat.page.evaluate("window.made[0].processLocally")
    stop.click()
    expect(chat.page.get_by_role("button", name="Speak instead of typing")).to_be_visible()
    assert mouth.said == []


def test_dictation_that_may_leave_the_device_asks_first(chat: Chat) -> None:
    chat.page.add_init_script("window.on_device = 'unavailable';" + VOICE)
    Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    speak = chat.page.get_by_role("button", name="Speak instead of typing")
    speak.click()
    asked = chat.page.get_by_role("group", name="It may send your voice to its maker")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="No, I will type").click()
    expect(asked).to_have_count(0)
    assert chat.page.evaluate("window.made.filter((one) => one.started).length") == 0
    speak.click()
    assert chat.focused() == "may-dictate"
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("button", name="Stop listening")).to_be_visible()
    assert chat.page.evaluate("window.made.filter((one) => one.started).length") == 1


def test_without_dictation_there_is_no_button_for_it(chat: Chat) -> None:
    chat.page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    Mouth(chat.page)
    chat.open()
    expect(chat.page.get_by_role("button", name="Speak instead of typing")).to_have_count(0)


READER = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ name: 'near', lang: 'en-GB', localService: true, default: true }],
  cancel() {}, addEventListener() {}, removeEventListener() {},
  speak(one) { window.spoken.push(one); },
} });
"""


def test_new_answers_are_read_aloud_where_somebody_wants_that(chat: Chat) -> None:
    chat.page.add_init_script(READER)
    mouth = Mouth(chat.page, answer=[SAMPLES["exercise"]])
    chat.open()
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_label("Read new answers aloud").check()
    chat.page.get_by_role("button", name="Done").click()
    chat.ask("One")
    words = chat.page.evaluate("window.spoken[0].text")
    assert "Slide one foot back" in words
    assert "Copy" not in words
    stop = chat.theirs.last.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    chat.page.evaluate("window.spoken[0].onend()")
    expect(stop).to_have_count(0)
    mouth.answer = [SAMPLES["emergency"]]
    chat.ask("Two")
    assert "Call 999 or go to A&E now" in chat.page.evaluate("window.spoken[1].text")


def test_starting_over_stands_beside_forgetting_and_keeps_what_was_written(chat: Chat) -> None:
    chat.open()
    chat.ask("should I keep walking?")
    chat.page.get_by_role("button", name="Options").click()
    start, forget = chat.page.locator("#start-over"), chat.page.locator("#forget")
    assert 0 < box(forget)["y"] - box(start)["y"] < 200
    before = chat.theirs.count()
    start.click()
    expect(chat.mine.last).to_contain_text("Start over")
    chat.idle()
    assert chat.theirs.count() > before
    assert chat.theirs.last.locator(".replies button").count() >= 3


def test_a_keyboard_on_the_screen_leaves_the_box_in_view(new_chat: NewChat) -> None:
    chat = new_chat(viewport=PHONE, has_touch=True, is_mobile=True)
    chat.page.add_init_script("""
      const seen = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
      Object.defineProperty(window, 'visualViewport', { value: seen });
    """)  # iOS: the keyboard covers the page, and only the visual viewport tells
    Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    chat.ask("One")
    change = "(values) => { Object.assign(visualViewport, values); visualViewport.dispatchEvent(new Event('resize')); }"
    chat.page.evaluate(change, {"height": 460, "offsetTop": 40})
    dialog, composer = chat.page.locator("dialog"), chat.page.locator(".composer")
    expect(dialog).to_have_css("height", "460px")
    assert box(dialog)["y"] == 40
    assert box(composer)["y"] + box(composer)["height"] <= 501
    # Zoomed in by two fingers the panel stays.
    chat.page.evaluate(change, {"height": 300, "scale": 2.4})
    expect(dialog).to_have_css("height", f"{PHONE['height']}px")


def test_a_plan_is_shared_where_the_device_shares_and_saved_elsewhere(new_chat: NewChat) -> None:
    chat = new_chat()
    chat.page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    shown(chat, TEN_WEEKS).get_by_role("button", name="Share").click()
    shared = chat.page.evaluate("window.shared")
    assert shared["title"] == "Stridewell"
    assert "Week 10" in shared["text"]
    other = new_chat()
    other.page.add_init_script("delete Navigator.prototype.share;")
    card = shown(other, TEN_WEEKS)
    with other.page.expect_download() as download:
        card.get_by_role("button", name="Save").click()
    assert "Week 10" in download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["GB", None])
@pytest.mark.parametrize(
    ("words", "number"),
    [("numb where i sit since this morning", "999"), ("I want to kill myself", "116 123")],
    ids=["emergency", "crisis"],
)
def test_an_alert_leads_with_a_sentence_and_a_call_button_in_view(
    new_chat: NewChat, place: str | None, words: str, number: str
) -> None:
    chat = new_chat(viewport=SMALL, **LONDON).open()
    if place:
        chat.page.get_by_role("button", name="United Kingdom").click()
    chat.ask(words)
    chat.page.wait_for_timeout(600)
    card = chat.page.locator(".card.alert")
    title, call = card.locator("h3"), card.locator(".call").first
    expect(call).to_contain_text(f"Call {number if place else '999'}")
    under = box(call)["y"] - box(title)["y"] - box(title)["height"]
    assert 0 < under < 48
    assert box(title)["y"] >= box(chat.scroller)["y"]
    assert box(call)["y"] + box(call)["height"] <= box(chat.page.locator(".composer"))["y"]
    if place:
        assert box(call)["y"] < box(card.locator(".prose"))["y"]
    # The same words are not said twice on so small a screen.
    expect(chat.page.locator(".pinned")).to_have_count(0)
    chat.ask("are you sure?")
    expect(chat.page.locator(".pinned")).to_be_visible()
    assert box(chat.page.locator(".pinned"))["height"] <= 2 / 3 * box(chat.scroller)["height"]


def test_an_alert_scrolled_away_is_pinned(new_chat: NewChat) -> None:
    chat = new_chat(viewport=SMALL)
    mouth = Mouth(chat.page, answer=[SAMPLES["exercise"]])
    chat.open()
    chat.ask("One")
    mouth.answer = [SAMPLES["emergency"]]
    chat.ask("Two")
    expect(chat.page.locator(".pinned")).to_have_count(0)
    chat.scroller.evaluate("box => box.scrollTo(0, 0)")
    expect(chat.page.locator(".pinned")).to_be_visible()


def test_an_alert_that_no_longer_stands_is_unpinned(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[SAMPLES["emergency"]])
    chat.open()
    chat.ask("One")
    mouth.answer = [SAMPLES["answer"]]
    chat.ask("Two")
    pinned = chat.page.locator(".pinned")
    expect(pinned).to_be_visible()
    mouth.answer = [{**SAMPLES["text"], "id": "down", "stands_down": True}]
    chat.ask("Three")
    expect(pinned).to_have_count(0)
    chat.page.reload()
    chat.idle()
    expect(pinned).to_have_count(0)


def test_another_language_is_declined_in_it_with_the_number(new_chat: NewChat) -> None:
    chat = new_chat(**LONDON).open()
    chat.page.get_by_role("button", name="United Kingdom").click()
    chat.ask("me duele la espalda cuando camino")
    expect(chat.theirs.last).to_contain_text("llame ya al 999")
    assert chat.theirs.last.locator(".prose p").count() == 2
