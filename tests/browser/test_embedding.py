"""The chat on somebody else's page, as docs/embedding.md says it is done: another site, a strict policy, one script tag."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.channel.pages import STATIC
from bot.content.reader import read_content
from tests.browser.conftest import Host, NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import SAMPLES

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVENTS = """
window.told = [];
for (const name of ['ready', 'open', 'close', 'sent', 'answer', 'alert', 'trouble', 'forgotten'])
  document.addEventListener(`stridewell:${name}`, (event) => window.told.push([name, event.detail]));
"""


@pytest.fixture
def example(host: Host, new_chat: NewChat) -> Chat:
    """The example page of the documentation, on another site."""
    chat = new_chat()
    page = (DOCS / "example.html").read_text(encoding="utf-8").replace("https://chat.example.org", chat.address)
    host.put("example.css", (DOCS / "example.css").read_text(encoding="utf-8"))
    chat.page.add_init_script(EVENTS)
    chat.page.goto(host.put("example.html", page))
    return chat


def told(page: Page) -> list[str]:
    return [name for name, _ in page.evaluate("window.told")]


def test_the_example_page_works_from_another_site_with_a_strict_policy(example: Chat) -> None:
    page = example.page
    launcher = page.get_by_role("button", name="Does your back hurt?")
    assert launcher.get_attribute("aria-haspopup") == "dialog"
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [
        one for one in example.requests if "/webhooks/" in one
    ] == []  # nothing is kept of people who do not open it
    launcher.click()
    dialog = page.get_by_role("dialog", name="Chat with Stridewell")
    expect(dialog.get_by_role("heading", name="Back and walking")).to_be_visible()
    example.idle()
    assert example.focused() == "words"
    expect(example.scroller).to_contain_text("call 999")
    dialog.get_by_role("button", name="Which shoes are best for walking?").click()
    example.idle()
    assert example.kinds()[1] == "answer"
    example.ask("Show me the bird dog exercise")
    picture = example.scroller.get_by_role("img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    accent = page.locator(".send").evaluate("button => getComputedStyle(button).backgroundColor")
    assert accent == "rgb(91, 58, 140)"
    dialog.get_by_role("button", name="Close the chat").click()
    assert "launcher" in example.focused()
    assert {"ready", "open", "sent", "answer", "close"} <= set(told(page))
    example.sound()
    hosts = {re.sub(r"^(\w+://[^/]+).*", r"\1", one) for one in example.requests}
    assert hosts == {example.address, page.evaluate("location.origin")}


def test_the_host_is_told_what_happens_and_never_what_was_said(new_chat: NewChat, host: Host) -> None:
    chat = new_chat()
    chat.page.add_init_script(EVENTS)
    Mouth(chat.page, answer=[SAMPLES["emergency"]])
    chat.open()
    chat.ask("a very private matter")
    events = chat.page.evaluate("window.told")
    assert ["alert", {"level": "emergency"}] in events
    assert "private" not in json.dumps(events)
    assert SAMPLES["emergency"]["title"] not in json.dumps(events)


def test_a_page_may_place_the_element_itself_and_ask_for_the_person(new_chat: NewChat, host: Host) -> None:
    chat = new_chat()
    mouth = Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.page.goto(
        host.put(
            "own.html",
            '<!doctype html><html lang="en"><title>Own</title><h1>Own</h1><button id="ask">Ask about shoes</button>'
            f'<stridewell-chat server="{chat.address}" region="IE" theme="dark"></stridewell-chat>'
            f'<script src="{chat.address}/widget/stridewell.js" data-auto="off" defer></script>',
        )
    )
    chat.page.evaluate(
        "document.querySelector('#ask').onclick = () => document.querySelector('stridewell-chat').ask('About shoes')"
    )
    chat.page.locator("#ask").click()
    expect(chat.mine).to_contain_text("About shoes")
    chat.idle()
    assert [(said["message"], said["region"]) for said in mouth.said] == [("About shoes", "IE")]
    assert chat.page.locator(".root").evaluate("root => getComputedStyle(root).colorScheme") == "dark"
    assert chat.page.locator("stridewell-chat").count() == 1


def test_a_hash_in_the_tag_fits_the_script(new_chat: NewChat, host: Host) -> None:
    chat = new_chat()
    Mouth(chat.page)
    integrity = json.loads((STATIC / "stridewell.manifest.json").read_text(encoding="utf-8"))["integrity"]
    page = '<!doctype html><title>x</title><body><script src="{}/widget/stridewell.js" integrity="{}" crossorigin defer></script>'
    chat.page.goto(host.put("hash.html", page.format(chat.address, integrity)))
    expect(chat.page.get_by_role("button", name="Ask about your back")).to_be_visible()
    chat.page.goto(host.put("wrong.html", page.format(chat.address, integrity[:-8] + "AAAAAAA=")))
    chat.page.wait_for_timeout(300)
    expect(chat.page.locator("stridewell-chat")).to_have_count(0)


def test_the_landing_page_says_what_people_must_know(chat: Chat) -> None:
    chat.open()
    words = chat.page.inner_text("main")
    for needed in (
        "not a diagnosis",
        "No clinician has reviewed",
        "sources",
        "computer program",
        "kept on this server",
    ):
        assert needed in words
    listed = chat.page.locator("#emergency li").all_inner_texts()
    regions = read_content().help_lines.values()
    assert [one.split() for one in listed] == [[*one.name.split(), one.emergency.number] for one in regions]


def test_without_scripts_the_page_still_says_what_to_do(new_chat: NewChat) -> None:
    chat = new_chat(java_script_enabled=False)
    chat.page.goto(f"{chat.address}/chat")
    expect(chat.page.get_by_role("link", name="999")).to_be_visible()
