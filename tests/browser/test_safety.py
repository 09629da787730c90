"""Acceptance tests 20 to 25: what comes over the wire does nothing, and nothing leaves for anywhere else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import HOSTILE, HOSTILE_ADDRESSES, SAMPLES, hostile

ADDRESSES = """root => [...root.querySelectorAll('[href], [src], [action], [formaction], [data], [srcdoc]')].flatMap(
  (element) => ['href', 'src', 'action', 'formaction', 'data', 'srcdoc'].map((name) => element.getAttribute(name)).filter(Boolean))"""


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_20_hostile_words_and_addresses_do_nothing(chat: Chat, address: str) -> None:
    bad = [{**hostile(sample, address), "id": name} for name, sample in SAMPLES.items()]
    mouth = Mouth(chat.page, answer=bad)
    chat.open()
    chat.ask(HOSTILE)
    chat.in_chat("root => root.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    chat.page.wait_for_timeout(150)
    assert chat.page.evaluate("window.hacked") is None
    for found in chat.in_chat(ADDRESSES):
        assert found.split(":")[0] in ("http", "https", "tel", "mailto"), found
    assert chat.in_chat("root => root.querySelectorAll('script, style, iframe, object, embed').length") == 0
    assert (
        chat.in_chat(
            "root => [...root.querySelectorAll('.card *')].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).length"
        )
        == 0
    )
    assert chat.mine.locator(".bubble").inner_text() == HOSTILE
    assert len(mouth.said) == 1
    assert {request for request in chat.requests if not request.startswith(chat.address)} == set()
    chat.sound()


def test_21_22_23_strict_policy_trusted_types_and_no_other_host(chat: Chat) -> None:
    responses = []
    chat.page.on("response", lambda response: responses.append(response))
    Mouth(chat.page, answer=list(SAMPLES.values()))
    chat.open()
    chat.ask("Show me everything")
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_role("button", name="Print the chat").click()
    policy = next(one.headers["content-security-policy"] for one in responses if one.url.endswith("/chat"))
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "default-src 'none'" in policy
    assert [request for request in chat.requests if not request.startswith(chat.address)] == []
    chat.sound()


def test_22_the_policy_would_stop_what_it_forbids(chat: Chat) -> None:
    chat.open()
    chat.page.evaluate("try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>') } catch { }")
    assert any("require-trusted-types-for" in one for one in chat.page.evaluate("window.violations"))


def test_24_the_key_is_in_no_address_no_log_and_no_referrer(chat: Chat) -> None:
    sent = []
    chat.page.on("request", lambda request: sent.append(request))
    chat.open()
    chat.ask("Show me the bird dog exercise")
    chat.page.reload()
    chat.idle()
    key = chat.kept()["stridewell.session"]
    assert all(key not in request.url for request in sent)
    assert all(key not in line for line in chat.console)
    assert [r.headers["referer"] for r in sent if r.headers.get("referer") and "/webhooks/" in r.url] == []
    assert all("cookie" not in request.headers for request in sent)
    assert key not in chat.page.content()
    pictures = chat.in_chat("root => [...root.querySelectorAll('img')].map((image) => image.referrerPolicy)")
    assert set(pictures) <= {"no-referrer"}


HOST = """<!doctype html><html lang="en"><title>A host</title>
<style>
* { all: unset !important; }
* { color: lime !important; font: 40px/3 fantasy !important; letter-spacing: 1em !important; display: inline !important; }
html { font-size: 5px !important; }
stridewell-chat { position: absolute !important; left: -4000px !important; opacity: 0 !important; pointer-events: none !important; }
</style><body><p id="own">The host's own words</p><script src="/widget/stridewell.js" defer></script></body></html>"""

LOOKS = (
    "() => JSON.stringify(['html', 'body', '#own'].map((one) => ({...getComputedStyle(document.querySelector(one))})))"
)


def test_25_a_hostile_host_breaks_nothing_and_is_left_alone(new_chat: NewChat) -> None:
    def host(route: Route) -> None:
        route.fulfill(content_type="text/html", body=HOST)

    bare = new_chat()
    bare.page.route("**/host", host)
    bare.page.route("**/widget/*", lambda route: route.abort())
    bare.page.goto(f"{bare.address}/host")
    before = bare.page.evaluate(LOOKS)
    chat = new_chat()
    chat.page.route("**/host", host)
    mouth = Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open("/host")
    chat.ask("Still there?")
    assert len(mouth.said) == 1
    expect(chat.page.locator(".dialog")).to_be_visible()
    box = chat.page.locator(".dialog").bounding_box()
    assert box is not None
    assert box["x"] > 640
    assert box["x"] + box["width"] <= 1280
    size = chat.page.locator(".card.answer .prose p").first.evaluate("p => getComputedStyle(p).fontSize")
    assert size == "16px"
    assert chat.page.evaluate(LOOKS) == before
    children = chat.page.evaluate("[...document.body.children].map((one) => one.tagName)")
    assert children == ["P", "SCRIPT", "STRIDEWELL-CHAT"]
    assert set(chat.page.evaluate("Object.keys(window).filter((name) => /stride/i.test(name))")) <= {"Stridewell"}
