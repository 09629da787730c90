"""Acceptance tests 26 to 38: for people who see, hear or move in another way, or whose window is small."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import NewChat
from tests.browser.kit import Chat, Mouth
from tests.browser.samples import SAMPLES, hostile

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
PHONE = {"width": 320, "height": 568}


def clean(chat: Chat) -> None:
    """axe finds nothing."""
    # What moves is measured half-way.
    chat.page.wait_for_timeout(400)
    found = Axe().run(chat.page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_26_axe_in_every_state(new_chat: NewChat, scheme: str, width: int) -> None:
    chat = new_chat(viewport={"width": width, "height": 760}, color_scheme=scheme)
    mouth = Mouth(
        chat.page, greeting=[SAMPLES["text"]], answer=[one for name, one in SAMPLES.items() if name != "emergency"]
    )
    chat.page.goto(chat.address + "/chat")
    chat.page.wait_for_timeout(300)
    clean(chat)  # the page, with the chat closed where it is small
    chat.open()
    clean(chat)  # greeting
    chat.ask("Show me everything")
    chat.in_chat("root => root.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    clean(chat)  # every card, unfolded
    chat.page.get_by_role("button", name="No", exact=True).last.click()
    clean(chat)  # feedback
    mouth.answer = [SAMPLES["emergency"]]
    chat.ask("It is worse")
    clean(chat)  # emergency
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_role("button", name="Forget this conversation").click()
    clean(chat)  # options
    chat.page.keyboard.press("Escape")
    mouth.before = lambda route: route.abort() is None
    chat.words.fill("Are you there?")
    chat.words.press("Enter")
    expect(chat.page.locator(".setback")).to_be_visible()
    clean(chat)  # offline


def test_26_axe_of_hostile_cards_and_the_other_way_of_reading(chat: Chat) -> None:
    Mouth(chat.page, answer=[hostile(SAMPLES["answer"], "javascript:1"), {**hostile(SAMPLES["table"], "x"), "id": "t"}])
    chat.open()
    chat.ask("Show me")
    clean(chat)


def test_27_the_keyboard_alone_is_enough(new_chat: NewChat) -> None:
    chat = new_chat(viewport={"width": 375, "height": 700})
    Mouth(chat.page, greeting=[SAMPLES["text"]], answer=[SAMPLES["answer"]])
    chat.page.goto(chat.address + "/chat")
    chat.page.wait_for_function("document.querySelector('stridewell-chat').shadowRoot?.querySelector('.launcher')")
    press = chat.page.keyboard.press
    for _ in range(6):
        press("Tab")
        if "launcher" in chat.focused():
            break
    assert "launcher" in chat.focused()
    press("Enter")
    expect(chat.theirs.first).to_be_visible()
    chat.idle()
    assert chat.focused() == "words"
    # Modal here: whatever is pressed, the focus stays in the chat.
    seen = set()
    for _ in range(16):
        press("Tab")
        seen.add(chat.focused())
        assert chat.page.evaluate("document.activeElement.tagName") in ("STRIDEWELL-CHAT", "BODY")
    assert {"options", "words", "chip"} <= {name.split(" ")[0] for name in seen}
    chat.words.focus()
    for _ in range(4):  # past the microphone's and the place's buttons to the last proposed question
        press("Shift+Tab")
        if chat.in_chat("root => root.activeElement.textContent.trim()") == "Check my symptoms":
            break
    assert chat.focused().startswith("chip")
    press("Enter")
    chat.idle()
    assert chat.focused() == "words"
    chat.in_chat("root => root.querySelector('.evidence summary').focus()")
    press("Enter")
    expect(chat.page.locator(".evidence")).to_have_attribute("open", "")
    press("Escape")
    assert not chat.page.locator("dialog").evaluate("dialog => dialog.open")


def test_27_beside_the_page_the_focus_is_free(chat: Chat) -> None:
    chat.open()
    chat.words.focus()
    for _ in range(3):
        chat.page.keyboard.press("Tab")
    assert chat.page.evaluate("document.activeElement.tagName") != "STRIDEWELL-CHAT"


def test_28_escape_closes_one_thing_at_a_time_and_gives_the_focus_back(new_chat: NewChat) -> None:
    chat = new_chat(viewport={"width": 375, "height": 700})
    Mouth(chat.page)
    chat.open()
    chat.page.get_by_role("button", name="Options").click()
    assert chat.focused() == "sheet-title"
    chat.page.keyboard.press("Escape")
    assert chat.focused() == "options"
    assert chat.page.locator("dialog").evaluate("dialog => dialog.open")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("button", name="Back to your chat")).to_be_visible()
    assert "launcher" in chat.focused()
    chat.page.reload()
    expect(chat.page.get_by_role("button", name="Back to your chat")).to_be_visible()
    expect(chat.words).to_be_hidden()


def test_29_each_message_is_told_once_and_an_emergency_at_once(chat: Chat) -> None:
    mouth = Mouth(chat.page, answer=[SAMPLES["answer"], SAMPLES["table"]])
    chat.open()
    assert chat.log() == ["Hello."]
    chat.ask("One")
    assert chat.log() == ["Hello.", SAMPLES["answer"]["text"], SAMPLES["table"]["text"]]
    assert chat.alarm() == ""
    mouth.answer = [SAMPLES["emergency"]]
    chat.ask("Two")
    assert chat.alarm() == SAMPLES["emergency"]["text"]
    assert len(chat.log()) == 3
    chat.page.reload()
    chat.idle()
    assert (chat.log(), chat.alarm()) == ([], "")
    assert (
        chat.page.locator(".messages").evaluate("list => list.closest('[aria-live], [role=log], [role=alert]')") is None
    )


def test_30_names_and_roles(chat: Chat) -> None:
    Mouth(chat.page, greeting=[SAMPLES["text"]], answer=[SAMPLES["question"]])
    chat.open()
    chat.ask("Check me")
    chat.page.wait_for_timeout(300)
    expect(chat.page.locator(".in-place")).to_match_aria_snapshot("""
- region "Chat with Stridewell":
  - heading "Stridewell" [level=2]
  - paragraph: Information, not a diagnosis
  - button "Options"
  - region "Conversation":
    - group: Emergency numbers
    - list:
      - listitem:
        - text: "Stridewell said:"
        - paragraph: /Hello/
      - listitem: "You said: Check me"
      - listitem:
        - text: "Stridewell said: Question 2 of 11"
        - progressbar "Question 2 of 11"
        - paragraph: /Is there numbness/
        - group:
          - button "Yes"
          - button "No"
          - button "Not sure"
        - button "Skip this question"
  - text: Your question
  - textbox "Your question"
  - button "Send"
  - paragraph: Enter sends. Shift and Enter starts a new line.
  - log:
    - paragraph: /Hello/
    - paragraph: /Is there numbness/
  - alert
""")


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 256}])
def test_31_small_windows_and_four_times_zoom(new_chat: NewChat, size: dict[str, int]) -> None:
    chat = new_chat(viewport=size)
    Mouth(chat.page, greeting=[SAMPLES["text"]], answer=list(SAMPLES.values()))
    chat.page.goto(chat.address + "/chat")
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    chat.open()
    chat.ask("Show me everything")
    chat.in_chat("root => root.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    assert chat.overflow() <= 0
    box = chat.words.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"]
    # Whatever has the focus can be seen: nothing lies over the middle of it.
    chat.words.focus()
    for _ in range(25):
        chat.page.keyboard.press("Shift+Tab")
        chat.page.wait_for_timeout(20)
        assert chat.in_chat("""root => {
          const now = root.activeElement;
          if (!now || now.matches('.scroller, .sr')) return true;
          const box = now.getBoundingClientRect();
          const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
          const top = root.elementFromPoint(x, y);
          return box.bottom > 0 && box.top < innerHeight && (now.contains(top) || top?.contains(now));
        }"""), chat.focused()  # fmt: skip


def test_32_a_window_that_shrinks_keeps_the_conversation(chat: Chat) -> None:
    Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    chat.ask("One")
    chat.words.fill("half a question")
    chat.page.set_viewport_size(PHONE)
    expect(chat.words).to_be_visible()
    expect(chat.words).to_have_value("half a question")
    assert chat.page.locator("dialog").evaluate("dialog => dialog.matches(':modal')")
    assert chat.focused() == "words"
    assert chat.overflow() <= 0
    chat.page.set_viewport_size({"width": 1280, "height": 800})
    expect(chat.words).to_have_value("half a question")
    expect(chat.page.locator("dialog")).to_have_count(0)


SPACING = """root => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}"""


@pytest.mark.parametrize("width", [320, 390])
def test_33_text_spacing(new_chat: NewChat, width: int) -> None:
    chat = new_chat(viewport={**PHONE, "width": width})
    Mouth(chat.page, greeting=[SAMPLES["text"]], answer=list(SAMPLES.values()))
    chat.open()
    chat.ask("Show me everything")
    chat.in_chat(SPACING)
    assert chat.overflow() <= 0
    cut = """root => [...root.querySelectorAll('.card *, .head *, .replies *, button')].filter((e) => {
      const style = getComputedStyle(e);
      return style.overflow !== 'visible' && !e.closest('.sr, thead, svg') && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 0;
    }).map((e) => e.className || e.tagName)"""
    assert chat.in_chat(cut) == []


def test_34_targets_are_large_enough(new_chat: NewChat) -> None:
    chat = new_chat(viewport={"width": 375, "height": 700})
    Mouth(chat.page, greeting=[SAMPLES["text"]], answer=list(SAMPLES.values()))
    chat.open()
    chat.ask("Show me everything")
    sizes = """root => [...root.querySelectorAll('button, select, textarea, summary, .call, .sos a, .download, .numbers-list a')]
      .map((e) => [e.className || e.tagName, e.getBoundingClientRect()]).filter(([, box]) => box.width > 0)
      .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""
    assert [one for one in chat.in_chat(sizes) if min(one[1:]) < 44] == []
    chat.page.get_by_role("button", name="Options").click()
    assert [one for one in chat.in_chat(sizes) if min(one[1:]) < 44] == []


def test_35_reduced_motion(new_chat: NewChat) -> None:
    chat = new_chat(reduced_motion="reduce")
    mouth = Mouth(chat.page)
    chat.open()
    mouth.before = lambda route: route.request.method == "POST"
    chat.words.fill("One")
    chat.words.press("Enter")
    expect(chat.page.locator(".dots")).to_be_visible()
    assert chat.page.evaluate("document.getAnimations().length") == 0
    assert chat.in_chat("root => root.getAnimations().length") == 0


def test_36_forced_colours(new_chat: NewChat) -> None:
    chat = new_chat(forced_colors="active")
    Mouth(chat.page, answer=[SAMPLES["urgent"], SAMPLES["chart"]])
    chat.open()
    chat.ask("Show me")
    borders = chat.in_chat(
        "root => [...root.querySelectorAll('.card, .bubble, button.ack, .call')].map((e) => getComputedStyle(e).borderTopStyle)"
    )
    assert set(borders) == {"solid"}
    assert len(chat.page.screenshot()) > 10_000


def test_38_each_language_is_marked_and_the_other_way_of_reading_works(new_chat: NewChat) -> None:
    chat = new_chat(viewport=PHONE)
    chat.page.route("**/host", lambda route: route.fulfill(content_type="text/html", body=RIGHT_TO_LEFT))
    Mouth(chat.page, greeting=[SAMPLES["text"]], answer=list(SAMPLES.values()))
    chat.open("/host")
    chat.ask("Show me everything")
    panel = chat.page.locator(".panel")
    assert (panel.get_attribute("lang"), panel.get_attribute("dir")) == ("ar-XB", "rtl")
    assert (chat.theirs.last.get_attribute("lang"), chat.theirs.last.get_attribute("dir")) == ("en", "ltr")
    assert chat.overflow() <= 0
    send, box = chat.page.locator(".send").bounding_box(), chat.words.bounding_box()
    assert send is not None
    assert box is not None
    assert send["x"] < box["x"]
    # Every word of the widget is of the other language: whatever is not, is hard-coded.
    plain = chat.in_chat("""root => {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walk.nextNode()) {
        const words = walk.currentNode.data.trim();
        const own = walk.currentNode.parentElement.closest('[lang]')?.lang === 'ar-XB';
        if (own && /[A-Za-z]{3}/.test(words) && !words.includes('\\u202e')) found.push(words);
      }
      return found;
    }""")  # fmt: skip
    assert [words for words in plain if words not in ("Show me everything",)] == []
    clean(chat)


RIGHT_TO_LEFT = """<!doctype html><html lang="en"><title>A host</title><body><main><h1>Host</h1></main>
<script src="/widget/stridewell.js" data-lang="ar-XB" data-region="GB" defer></script></body></html>"""


def test_text_size_and_colours_are_kept(chat: Chat) -> None:
    Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    chat.ask("One")
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_label("Text size").select_option("Largest")
    chat.page.get_by_label("Colours").select_option("Dark")
    chat.page.get_by_role("button", name="Done").click()
    chat.page.reload()
    chat.idle()
    style = chat.page.locator(".card.answer .prose p").first.evaluate(
        "p => [getComputedStyle(p).fontSize, getComputedStyle(p.closest('.root')).colorScheme]"
    )
    assert style == ["25.6px", "dark"]
    assert chat.overflow() <= 0


SPEECH = """
window.spoken = [];
const voices = [{ name: 'far', lang: 'en-GB', localService: false, default: true }, { name: 'near', lang: 'en-US', localService: true }];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => (window.only_far ? voices.slice(0, 1) : voices), cancel() {}, addEventListener() {}, removeEventListener() {},
  speak: (one) => window.spoken.push([one.voice.name, one.text]),
} });
"""


def test_reading_aloud_uses_voices_of_the_device_alone(new_chat: NewChat) -> None:
    chat = new_chat()
    chat.page.add_init_script(SPEECH)
    Mouth(chat.page, answer=[SAMPLES["answer"]])
    chat.open()
    chat.ask("One")
    chat.page.get_by_role("button", name="Listen").click()
    voice, words = chat.page.evaluate("window.spoken[0]")
    assert voice == "near"
    assert words.startswith("Should I keep walking or rest?")
    assert "Sources" not in words
    far = new_chat()
    far.page.add_init_script("window.only_far = true;" + SPEECH)
    Mouth(far.page, answer=[SAMPLES["answer"]])
    far.open()
    far.ask("One")
    expect(far.page.get_by_role("button", name="Listen")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 375])
def test_the_largest_letters_leave_room_for_the_chat(new_chat: NewChat, width: int) -> None:
    chat = new_chat(viewport={"width": width, "height": 640})
    Mouth(chat.page, answer=[SAMPLES["emergency"]])
    chat.open()
    chat.page.get_by_role("button", name="Options").click()
    chat.page.get_by_label("Text size").select_option("Largest")
    chat.page.get_by_role("button", name="Done").click()
    chat.ask("One")
    head = chat.page.locator(".head").bounding_box()
    talk = chat.scroller.bounding_box()
    assert head is not None
    assert talk is not None
    assert head["height"] <= 0.2 * 640
    assert talk["height"] >= 0.4 * 640
    assert chat.overflow() <= 0
