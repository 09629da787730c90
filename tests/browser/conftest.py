"""A Chromium, the real server with the real model, and a fresh page for each test."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.kit import FLAGS, Chat
from tests.conversations.stack import Stack, running

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

DESKTOP = {"width": 1280, "height": 800}

NewChat = Callable[..., Chat]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Host:
    """A site of somebody else: its address, and the folder that its pages lie in."""

    address: str
    folder: Path

    def put(self, name: str, page: str) -> str:
        """Publishes a page; its address."""
        (self.folder / name).write_text(page, encoding="utf-8")
        return f"{self.address}/{name}"


# For this package alone: an open browser keeps an event loop running, which other tests would trip over.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    import chromium

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.get(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Another site, whose pages may hold the chat."""
    folder = tmp_path_factory.mktemp("host")
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Host(f"http://127.0.0.1:{server.server_port}", folder)
        server.shutdown()


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("stack"), "--cors", host.address) as started:
        yield started


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts, each a person of their own, and closes them at the end."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **options})
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def new_chat(context_of: Callable[..., BrowserContext], stack: Stack) -> NewChat:
    """A page of a new person; not opened yet."""
    return lambda **options: Chat(context_of(**options).new_page(), stack.address)


@pytest.fixture
def chat(new_chat: NewChat) -> Chat:
    """The page of a new person at a desk."""
    return new_chat()
