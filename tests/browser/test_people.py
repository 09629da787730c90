"""Twelve kinds of people on their way from the first sight of the page to what they came for, in the real product.

Each way is walked as that person would, and its taps are counted: more than are written here is a fault.
`docs/accessibility.md` lists them.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat
from tests.browser.test_access import clean
from tests.browser.test_keyboard_journeys import pressed

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "timezone_id": "Europe/London",
}  # fmt: skip
THUMB = 0.3
"""Share of the screen, from the top, that the thumb of a hand that holds the phone hardly reaches."""
NUMB = "numb where i sit since this morning"


class Person:
    """Somebody who taps; typing a message and sending it counts as one tap more."""

    def __init__(self, chat: Chat) -> None:
        self.chat, self.page, self.taps = chat, chat.page, 0
        self.page.goto(chat.address + "/chat")
        self.page.wait_for_function("document.querySelector('stridewell-chat')?.shadowRoot?.querySelector('.root')")

    def opens(self) -> Person:
        self.taps_on(self.page.locator(".launcher"))
        expect(self.chat.theirs.first).to_be_visible(timeout=15_000)
        self.chat.idle()
        return self

    def taps_on(self, found: Locator) -> None:
        found.click()
        self.taps += 1

    def answers(self, *titles: str) -> None:
        for title in titles:
            before = self.chat.theirs.count()
            self.taps_on(self.chat.theirs.last.get_by_role("button", name=title, exact=True))
            expect(self.chat.theirs.nth(before)).to_be_visible(timeout=15_000)
            self.chat.idle()

    def asks(self, words: str) -> None:
        self.chat.ask(words)
        self.taps += 1


def test_1_an_old_person_with_the_largest_letters_gets_a_walking_plan(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE)).opens()
    person.taps_on(person.page.get_by_role("button", name="Options"))
    person.page.get_by_label("Text size").select_option("Largest")
    person.taps_on(person.page.get_by_role("button", name="Done"))
    person.answers("Make me a walking plan", "5 minutes", "15 minutes", "3 days a week", "No worse")
    person.answers("Flat streets or a park")
    assert "plan" in person.chat.kinds()
    assert person.chat.overflow() <= 0
    assert person.taps <= 9


def test_2_somebody_in_a_hurry_has_the_call_button_under_the_thumb(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE)).opens()
    person.asks(NUMB)
    call = person.page.locator(".card.alert .call").first
    expect(call).to_be_in_viewport(ratio=1)
    assert call.get_attribute("href") == "tel:999"
    assert person.taps <= 2


def test_3_one_hand_reaches_every_answer_of_a_routine(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE)).opens()
    reached = []
    person.answers("Pick exercises")
    while person.chat.kinds()[-1] == "question":
        found = person.chat.theirs.last.locator(".choice").first
        place = found.bounding_box()
        assert place is not None
        reached.append(place["y"] > THUMB * PHONE["viewport"]["height"])
        person.answers(found.inner_text())
    assert "table" in person.chat.kinds()
    assert all(reached[1:])
    assert person.taps <= 8


def test_4_low_vision_at_200_and_400_percent_reads_about_shoes(new_chat: NewChat) -> None:
    for size in ({"width": 640, "height": 400}, {"width": 320, "height": 256}):
        person = Person(new_chat(viewport=size, device_scale_factor=2, timezone_id="Europe/London")).opens()
        person.asks("are crocs ok for walking?")
        card = person.page.locator(".card.answer").first
        expect(card).to_be_in_viewport()
        assert person.chat.overflow() <= 0
        expect(person.chat.words).to_be_in_viewport()
        assert person.taps <= 2


def test_5_in_the_dark_an_alert_can_be_read(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE, color_scheme="dark")).opens()
    person.asks("my foot has gone weak and catches on the ground")
    expect(person.page.locator(".card.urgent h3")).to_be_visible()
    clean(person.chat)
    assert person.taps <= 2


def test_6_the_keyboard_alone_ends_the_symptom_check(new_chat: NewChat) -> None:
    chat = new_chat(timezone_id="Europe/London").open()
    pressed(chat, "Check my symptoms")
    presses = 1
    while chat.kinds()[-1] == "question":
        pressed(chat, "No" if chat.theirs.last.get_by_role("button", name="No", exact=True).count() else
                chat.theirs.last.locator(".choice").first.inner_text())  # fmt: skip
        presses += 1
    assert "summary" in chat.kinds()
    assert presses <= 20


def test_7_with_reduced_motion_nothing_moves(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE, reduced_motion="reduce")).opens()
    person.answers("Why does my back hurt?")
    expect(person.page.locator(".card.answer").first).to_be_in_viewport()
    assert person.chat.in_chat("root => root.getAnimations().length") == 0
    assert person.taps <= 2


def test_8_a_screen_reader_finds_everything_by_role_and_name(new_chat: NewChat) -> None:
    chat = new_chat(timezone_id="Europe/London").open()
    page = chat.page
    page.get_by_role("group", name="Suggested questions").get_by_role("button", name="Why does my back hurt?").press(
        "Enter"
    )
    expect(page.get_by_role("heading", name="Why your back may hurt on walks")).to_be_visible()
    chat.idle()
    told = chat.log()
    assert len([line for line in told if line.startswith("Back pain on walks")]) == 1
    page.get_by_role("textbox", name="Your question").fill(NUMB)
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("link", name="Call 999")).to_be_visible(timeout=15_000)
    assert chat.alarm()


def test_9_on_a_slow_network_an_answer_comes_with_a_sign_that_it_is_on_its_way(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE)
    slow = chat.page.context.new_cdp_session(chat.page)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000,
    })  # fmt: skip
    person = Person(chat).opens()
    chat.words.fill("should I keep walking?")
    chat.words.press("Enter")
    expect(chat.page.locator(".dots")).to_be_visible()
    expect(chat.page.locator(".card.answer").first).to_be_visible(timeout=15_000)
    assert person.taps <= 1


def test_10_who_loses_the_network_in_between_loses_no_words(new_chat: NewChat) -> None:
    chat = new_chat(**PHONE)
    person = Person(chat).opens()
    chat.page.context.set_offline(True)
    chat.words.fill("should I keep walking?")
    chat.words.press("Enter")
    expect(chat.page.locator(".setback")).to_contain_text("kept here")
    chat.page.context.set_offline(False)
    expect(chat.page.locator(".card.answer").first).to_be_visible(timeout=20_000)
    expect(chat.page.locator(".setback")).to_have_count(0)
    expect(chat.mine).to_have_count(1)
    assert person.taps <= 1


def test_11_a_learner_of_english_is_understood(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE)).opens()
    person.asks("my back he hurt when i walking, why?")
    assert "answer" in person.chat.kinds()
    person.asks("no entiendo, me duele mucho la espalda")
    expect(person.chat.theirs.last).to_contain_text("Lo siento")
    assert person.taps <= 3


def test_12_a_teenager_gets_an_answer_to_slang(new_chat: NewChat) -> None:
    person = Person(new_chat(**PHONE)).opens()
    person.asks("yo my back kills when i walk to school lol what do i do")
    assert {"answer", "exercise", "choices", "question"} & set(person.chat.kinds()[1:])
    assert "notice" not in person.chat.kinds()
    assert person.taps <= 2
