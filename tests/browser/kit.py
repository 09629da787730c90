"""What the browser tests do with a page: open it, talk, look at what stands there, and put answers in the server's mouth."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import Locator, Page, Request, Route, expect

Message = dict[str, Any]

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


class Chat:
    """The chat on a page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.console: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.console.append(message.text))
        page.on("request", lambda request: self.requests.append(request.url))
        page.add_init_script(WATCH)

    def open(self, path: str = "/chat") -> Chat:
        """Opens a page and, where the screen is small, the chat on it. Waits for the greeting."""
        self.page.goto(self.address + path)
        self.page.wait_for_function("document.querySelector('stridewell-chat')?.shadowRoot?.querySelector('.root')")
        if not self.words.is_visible():
            self.page.locator(".launcher").click()
        expect(self.theirs.first).to_be_visible()
        self.idle()
        return self

    def idle(self) -> None:
        """Returns when no answer is on its way."""
        expect(self.page.locator(".messages")).to_have_attribute("aria-busy", "false", timeout=15_000)

    def ask(self, words: str) -> None:
        """Types a message, sends it, and waits for what comes."""
        before = self.theirs.count()
        self.words.fill(words)
        self.words.press("Enter")
        expect(self.mine.last).to_contain_text(words[:40])
        self.page.wait_for_function(
            "count => document.querySelector('stridewell-chat').shadowRoot.querySelectorAll('.theirs').length > count",
            arg=before,
        )
        self.idle()

    @property
    def words(self) -> Locator:
        return self.page.locator("#words")

    @property
    def theirs(self) -> Locator:
        return self.page.locator(".theirs")

    @property
    def mine(self) -> Locator:
        return self.page.locator(".mine")

    @property
    def scroller(self) -> Locator:
        return self.page.locator(".scroller")

    def kinds(self) -> list[str]:
        """The kinds of the cards, in order."""
        return self.in_chat("root => [...root.querySelectorAll('.card[data-type]')].map((card) => card.dataset.type)")

    def log(self) -> list[str]:
        """What a screen reader was told politely."""
        return self.in_chat("root => [...root.querySelectorAll('[role=log] p')].map((line) => line.textContent)")

    def alarm(self) -> str:
        """What a screen reader was told at once."""
        return self.in_chat("root => root.querySelector('[role=alert]').textContent")

    def focused(self) -> str:
        """The id or class of what has the focus inside the chat, "" where nothing has."""
        return self.in_chat("root => root.activeElement ? root.activeElement.id || root.activeElement.className : ''")

    def kept(self) -> dict[str, str]:
        """What is kept in the browser."""
        return dict(self.page.evaluate("({...localStorage})"))

    def kept_once(self, name: str, seconds: float = 10.0) -> dict[str, str]:
        """What is kept in the browser once `name` is among it: the widget says so before the server has answered."""
        end = time.monotonic() + seconds
        while name not in (kept := self.kept()) and time.monotonic() < end:
            self.page.wait_for_timeout(100)
        return kept

    def in_chat(self, script: str, argument: Any = None) -> Any:
        """Runs a function on the chat's shadow root."""
        return self.page.evaluate(
            f"(argument) => ({script})(document.querySelector('stridewell-chat').shadowRoot, argument)", argument
        )

    def overflow(self) -> int:
        """By how many pixels anything is wider than its place, of the page and of the list of messages."""
        return int(
            self.in_chat(
                "root => Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth,"
                "...[...root.querySelectorAll('.scroller, .sheet')].map((box) => box.scrollWidth - box.clientWidth))"
            )
        )

    def sound(self) -> None:
        """Nothing went wrong on the page and nothing that its policy forbids was tried."""
        assert self.errors == []
        assert self.page.evaluate("window.violations") == []


class Mouth:
    """Answers in the server's place: the greeting, then for each message what the test wants."""

    def __init__(self, page: Page, greeting: Iterable[Message] = (), answer: Iterable[Message] = ()) -> None:
        self.greeting = list(greeting) or [{"v": 1, "id": "greeting", "type": "text", "text": "Hello."}]
        self.answer = list(answer)
        self.said: list[dict[str, Any]] = []
        self.lines: list[dict[str, Any]] = []
        self.feedback: list[dict[str, Any]] = []
        self.before: Callable[[Route], bool] = lambda route: False
        page.route("**/webhooks/web/**", self.handle)

    def handle(self, route: Route) -> None:
        if self.before(route):
            return
        request = route.request
        path = request.url.rsplit("/", 1)[-1]
        if path == "sessions" and request.method == "POST":
            self.lines = [{"from": "assistant", "message": message} for message in self.greeting]
            answer(route, 201, {"session": "token-" + uuid.uuid4().hex, "messages": self.greeting})
        elif path == "messages" and request.method == "POST":
            self.say(route, request)
        elif path == "messages":
            answer(route, 200, {"messages": self.lines})
        elif path == "feedback":
            self.feedback.append(json.loads(request.post_data or "{}"))
            answer(route, 204)
        else:
            answer(route, 204)

    def say(self, route: Route, request: Request) -> None:
        said = json.loads(request.post_data or "{}")
        self.said.append(said)
        self.lines.append({"from": "user", "id": said["id"], "text": said["message"]})
        self.lines += [{"from": "assistant", "message": message} for message in self.answer]
        answer(route, 200, {"messages": self.answer})


def answer(route: Route, status: int, body: Any = None) -> None:
    """Answers a call as the server would."""
    if body is None:
        route.fulfill(status=status)
    else:
        route.fulfill(status=status, content_type="application/json", body=json.dumps(body))
