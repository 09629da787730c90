"""Acceptance tests 1, 2 and 11 to 17: talking, waiting, failing, coming back. Against the real server and model."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth, answer
from tests.browser.samples import SAMPLES
from tests.conversations.stack import Stack

QUESTION = "Why does my back hurt when I walk?"


def test_01_greeting_and_quick_replies(chat: Chat) -> None:
    chat.open()
    expect(chat.theirs).to_have_count(1)
    expect(chat.theirs).to_contain_text("I am not a doctor")
    assert chat.theirs.get_by_role("button").count() >= 3
    chat.sound()


def test_02_a_reply_is_shown_sent_and_gone_and_the_focus_is_in_the_box(chat: Chat) -> None:
    chat.open()
    sent = []
    chat.page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    chat.page.get_by_role("button", name="Why does my back hurt?").click()
    expect(chat.mine).to_contain_text("Why does my back hurt?")
    expect(chat.page.get_by_role("button", name="Make me a walking plan")).to_have_count(0)
    chat.idle()
    assert json.loads(sent[0] or "")["message"] == '/causes{"topic":"causes/overview"}'
    assert chat.focused() == "words"
    assert chat.kinds()[1] == "answer"
    chat.page.reload()
    expect(chat.mine).to_contain_text("Why does my back hurt?")


def test_11_dots_show_while_an_answer_is_on_its_way_and_go_with_it(chat: Chat) -> None:
    chat.open()
    chat.page.route("**/messages", lambda route: (time.sleep(0.4), route.continue_()))
    chat.words.fill(QUESTION)
    chat.words.press("Enter")
    expect(chat.page.locator(".dots")).to_be_visible()
    expect(chat.page.locator(".dots")).to_have_attribute("aria-hidden", "true")
    chat.idle()
    expect(chat.page.locator(".dots")).to_have_count(0)


def test_12_still_working_after_five_seconds_and_an_honest_notice_by_ten(chat: Chat) -> None:
    chat.page.clock.install()
    mouth = Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    hanging: list[Route] = []

    def hang(route: Route) -> bool:
        if route.request.method == "POST" and not hanging:
            hanging.append(route)
            return True
        return False

    mouth.before = hang
    chat.words.fill(QUESTION)
    chat.words.press("Enter")
    expect(chat.page.locator(".dots")).to_be_visible()
    chat.page.clock.run_for(4_900)
    expect(chat.page.get_by_text("Still working on it.")).to_have_count(0)
    chat.page.clock.run_for(300)
    expect(chat.page.locator(".waiting")).to_contain_text("Still working on it.")
    assert chat.log()[-1] == "Still working on it."
    chat.page.clock.run_for(4_900)
    late = chat.page.locator(".setback")
    expect(late).to_contain_text("This takes longer than it should.")
    expect(late).to_contain_text("call your emergency number")
    expect(late.get_by_role("link", name=re.compile("United Kingdom"))).to_be_visible()
    late.get_by_role("button", name="Try again").click()
    expect(chat.theirs.last).to_contain_text("keep walking")
    first = json.loads(hanging[0].request.post_data or "")
    assert [said["id"] for said in mouth.said] == [first["id"]]


def test_12_a_server_that_cannot_answer_says_so_and_the_same_message_can_be_tried_again(
    chat: Chat, stack: Stack
) -> None:
    chat.open()
    stack.actions.kill()
    try:
        began = time.monotonic()
        chat.ask(QUESTION)
        assert time.monotonic() - began < 11
        assert chat.kinds()[-1] == "notice"
        expect(chat.theirs.last).to_contain_text("call your emergency number")
    finally:
        stack.actions.start()
        stack.wait()
    chat.page.get_by_role("button", name="Try again").click()
    expect(chat.theirs.last.locator(".card.answer")).to_be_visible(timeout=15_000)
    expect(chat.mine).to_have_count(1)
    assert "notice" not in chat.kinds()
    before = chat.kinds()
    chat.page.reload()
    chat.idle()
    assert chat.kinds() == before


def test_13_a_reload_restores_the_conversation_the_panel_and_the_draft(new_chat: NewChat) -> None:
    chat = new_chat(viewport={"width": 375, "height": 700})
    chat.open()
    chat.ask(QUESTION)
    chat.words.fill("And what about")
    before, key = chat.scroller.locator(".messages").inner_text(), chat.kept()["stridewell.session"]
    chat.page.reload()
    expect(chat.mine).to_have_count(1)
    chat.idle()
    expect(chat.words).to_have_value("And what about")
    assert chat.page.locator("dialog").evaluate("dialog => dialog.open")
    assert chat.scroller.locator(".messages").inner_text() == before
    assert chat.kept()["stridewell.session"] == key
    assert chat.log() == []


def test_14_forgetting_deletes_everything_here_and_on_the_server(chat: Chat) -> None:
    chat.open()
    chat.ask(QUESTION)
    chat.words.fill("a draft")
    key = chat.kept_once("stridewell.session")["stridewell.session"]
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_role("button", name="Forget this conversation").click()
    expect(chat.page.get_by_text("what was noted of your symptoms")).to_be_visible()
    chat.page.get_by_role("button", name="No, keep it").click()
    chat.page.get_by_role("button", name="Forget this conversation").click()
    chat.page.get_by_role("button", name="Yes, forget it").click()
    expect(chat.mine).to_have_count(0)
    expect(chat.scroller).to_contain_text("All forgotten. This is a new chat.")
    expect(chat.words).to_have_value("")
    kept = chat.kept_once("stridewell.session")
    assert kept["stridewell.session"] != key
    assert set(kept) == {"stridewell.session"}
    old = chat.page.request.get(f"{chat.address}/webhooks/web/messages", headers={"Authorization": f"Bearer {key}"})
    assert old.status == 401


def test_15_what_is_sent_while_the_server_is_down_is_kept_and_delivered_once(chat: Chat, stack: Stack) -> None:
    chat.open()
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_label("Where are you?", exact=True).select_option("GB")
    chat.page.get_by_role("button", name="Done").click()
    stack.server.kill()
    try:
        chat.words.fill(QUESTION)
        chat.words.press("Enter")
        setback = chat.page.locator(".setback")
        expect(setback).to_contain_text("We cannot reach Stridewell just now.")
        expect(setback.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
        expect(chat.mine).to_contain_text("Not sent yet")
        assert any("We cannot reach" in line for line in chat.log())
        assert chat.focused() == "words"
    finally:
        stack.server.start()
        stack.wait()
    expect(chat.page.locator(".card.answer")).to_be_visible(timeout=40_000)
    expect(setback).to_have_count(0)
    chat.page.reload()
    chat.idle()
    expect(chat.mine).to_have_count(1)
    expect(chat.page.locator(".card.answer")).to_have_count(1)


def test_15_a_lost_answer_is_asked_for_again_under_the_same_id(chat: Chat) -> None:
    chat.open()
    sent: list[dict[str, Any]] = []

    def lose_first(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(json.loads(route.request.post_data or ""))
        if len(sent) == 1:
            route.fetch()  # it arrives, but its answer does not
            route.abort()
        else:
            route.continue_()

    chat.page.route("**/messages", lose_first)
    chat.words.fill(QUESTION)
    chat.words.press("Enter")
    expect(chat.page.locator(".card.answer")).to_have_count(1, timeout=20_000)
    assert len(sent) == 2
    assert sent[0]["id"] == sent[1]["id"]
    chat.page.reload()
    chat.idle()
    expect(chat.mine).to_have_count(1)


def test_15_too_fast_waits_and_sends_again(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    turns: list[str] = []

    def too_fast(route: Route) -> bool:
        if route.request.method == "POST":
            turns.append(route.request.post_data or "")
        if len(turns) == 1 and route.request.method == "POST":
            route.fulfill(status=429, headers={"Retry-After": "1"}, content_type="application/problem+json", body="{}")
            return True
        return False

    mouth.before = too_fast
    chat.words.fill(QUESTION)
    chat.words.press("Enter")
    expect(chat.page.locator(".setback")).to_contain_text("That was a little fast.")
    expect(chat.page.locator(".card.answer")).to_be_visible(timeout=8_000)
    assert len(mouth.said) == 1


def test_15_what_the_server_refuses_goes_back_into_the_box(chat: Chat) -> None:
    mouth = Mouth(chat.page)
    chat.open()
    mouth.before = lambda route: (
        route.request.method == "POST" and answer(route, 413, {"detail": "Please keep it short."}) is None
    )
    chat.words.fill(QUESTION)
    chat.words.press("Enter")
    expect(chat.page.locator(".setback")).to_contain_text("Please keep it short.")
    expect(chat.words).to_have_value(QUESTION)
    expect(chat.mine).to_have_count(0)


def test_15_a_conversation_that_has_ended_goes_on_in_a_new_one(chat: Chat) -> None:
    chat.open()
    chat.page.evaluate("localStorage.setItem('stridewell.session', 'no-such-key')")
    chat.ask(QUESTION)
    expect(chat.scroller).to_contain_text("Your last chat had ended, so this is a new one.")
    expect(chat.mine).to_have_count(1)
    assert chat.kinds()[:2] == ["text", "answer"]


NO_STORAGE = """
for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
}
"""


def test_16_without_storage_it_still_works_and_says_what_that_means(chat: Chat) -> None:
    chat.page.add_init_script(NO_STORAGE)
    chat.open()
    expect(chat.scroller).to_contain_text("This browser does not keep your chat.")
    chat.ask(QUESTION)
    assert chat.kinds()[1] == "answer"
    chat.sound()


def test_17_two_tabs_share_the_conversation(context_of: Callable[..., BrowserContext], stack: Stack) -> None:
    context = context_of()
    first, second = Chat(context.new_page(), stack.address), Chat(context.new_page(), stack.address)
    first.open()
    second.open()
    first.ask(QUESTION)
    expect(second.mine).to_have_count(1)
    expect(second.page.locator(".card.answer")).to_have_count(1)
    second.ask("Which shoes are best for walking?")
    expect(first.mine).to_have_count(2)
    assert first.kept()["stridewell.session"] == second.kept()["stridewell.session"]
    first.page.get_by_role("button", name="Options").click()
    first.page.get_by_role("button", name="Forget this conversation").click()
    first.page.get_by_role("button", name="Yes, forget it").click()
    expect(first.mine).to_have_count(0)
    expect(second.mine).to_have_count(0)


def test_enter_sends_and_shift_enter_starts_a_line(chat: Chat) -> None:
    Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    chat.words.press("Enter")
    expect(chat.mine).to_have_count(0)
    chat.words.type("one")
    chat.words.press("Shift+Enter")
    chat.words.type("two")
    expect(chat.words).to_have_value("one\ntwo")
    # A key that an input method still composes with sends nothing.
    chat.words.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(chat.mine).to_have_count(0)
    chat.words.press("Enter")
    expect(chat.mine).to_have_count(1)
    assert chat.mine.locator(".bubble").inner_text() == "one\ntwo"


def answer_a_reader(chat: Chat, mouth: Mouth, message: dict[str, Any]) -> None:
    """Has a message answered while its writer has gone to the top of the list."""
    held: list[Route] = []
    mouth.before = lambda route: route.request.method == "POST" and held.append(route) is None
    chat.words.fill("Two")
    chat.words.press("Enter")
    expect(chat.page.locator(".dots")).to_be_visible()
    chat.scroller.evaluate("box => { box.scrollTop = 0; }")
    mouth.answer = [{**message, "id": "second"}]
    mouth.say(held[0], held[0].request)
    chat.idle()
    chat.page.wait_for_timeout(700)


def test_a_new_answer_begins_in_sight_and_never_moves_a_reader(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[SAMPLES["exercise"]])
    chat.open()
    chat.ask("One")
    chat.page.wait_for_timeout(700)
    top = chat.theirs.nth(1).bounding_box()
    box = chat.scroller.bounding_box()
    assert top is not None
    assert box is not None
    assert box["y"] <= top["y"] <= box["y"] + 120
    answer_a_reader(chat, mouth, SAMPLES["answer"])
    assert chat.scroller.evaluate("box => box.scrollTop") == 0
    chat.page.get_by_role("button", name="New answer below").click()
    chat.page.wait_for_timeout(700)
    assert chat.scroller.evaluate("box => box.scrollTop") > 200


def test_feedback_is_sent_with_its_reasons(chat: Chat) -> None:
    chat.open()
    chat.ask(QUESTION)
    sent: list[dict[str, Any]] = []
    chat.page.on(
        "request", lambda r: sent.append(json.loads(r.post_data or "")) if r.url.endswith("feedback") else None
    )
    card = chat.page.locator(".card.answer")
    card.get_by_role("group", name="Did this help?").get_by_role("button", name="No", exact=True).click()
    card.get_by_label("Hard to understand").check()
    card.get_by_label("In your own words").fill("Too many words")
    with chat.page.expect_response("**/feedback") as response:
        card.get_by_role("button", name="Send feedback").click()
    assert response.value.status == 204
    expect(card.get_by_text("Thank you for telling us.")).to_be_visible()
    assert [(one["helpful"], one.get("comment")) for one in sent] == [
        (False, None),
        (False, "Hard to understand. Too many words"),
    ]


def test_an_emergency_stays_in_sight_until_it_is_read_and_put_away(chat: Chat) -> None:
    chat.open()
    chat.ask("I have lost feeling between my legs and I cannot pee")
    pinned = chat.page.locator(".pinned")
    expect(chat.page.locator(".card.alert .call").first).to_be_in_viewport(ratio=1)
    expect(pinned).to_have_count(0)  # while the alert itself is in sight
    chat.ask("are you sure?")
    expect(pinned).to_be_visible()
    pinned.get_by_text("Emergency numbers").click()
    expect(pinned.get_by_role("link", name="Ireland: 112")).to_be_visible()
    assert chat.alarm()
    chat.page.reload()
    chat.idle()
    expect(pinned).to_be_visible()
    assert chat.alarm() == ""
    pinned.get_by_role("button", name="I have read this").click()
    chat.idle()
    expect(pinned).to_be_visible()
    chat.page.reload()
    chat.idle()
    pinned.get_by_role("button", name="Put this away").click()
    expect(pinned).to_have_count(0)
    chat.page.reload()
    chat.idle()
    expect(pinned).to_have_count(0)


def test_the_conversation_can_be_saved_and_printed(chat: Chat) -> None:
    chat.open()
    chat.ask(QUESTION)
    chat.page.get_by_role("button", name="Options").click()
    with chat.page.expect_download() as download:
        chat.page.get_by_role("button", name="Save as a text file").click()
    words = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "stridewell-chat.txt"
    assert QUESTION in words
    assert "https://" in words
    chat.page.get_by_role("button", name="Print the chat").click()
    assert QUESTION in chat.page.frames[-1].inner_text("body")
    chat.sound()


def test_a_long_paste_loses_nothing_and_says_what_is_too_much(chat: Chat) -> None:
    chat.open()
    long = "my back hurts. " * 150 + "since yesterday I cannot pee"
    chat.words.fill(long)
    expect(chat.page.locator("#keys")).to_contain_text(f"{2000 - len(long)} characters left")
    chat.words.press("Enter")
    expect(chat.page.locator(".setback")).to_contain_text("2,000")
    expect(chat.words).to_have_value(long)
    expect(chat.mine).to_have_count(0)


def test_an_alert_comes_into_view_wherever_the_reader_was(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[SAMPLES["exercise"]])
    chat.open()
    chat.ask("One")
    answer_a_reader(chat, mouth, SAMPLES["emergency"])
    top = chat.theirs.last.bounding_box()
    box = chat.scroller.bounding_box()
    assert top is not None
    assert box is not None
    assert box["y"] <= top["y"] <= box["y"] + box["height"] / 2
