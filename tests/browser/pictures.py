"""`python -m tests.browser.pictures ADDRESS`: takes the pictures of docs/screenshots from a Stridewell that runs there.

They are as large as on a screen, and of what it really answers. Nothing is tested: they are for looking at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.kit import FLAGS, Chat

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
TALKS = {
    "answer": ("should I keep walking with a sore back?",),
    "exercise": ("show me the bird dog exercise",),
    "plan": ("make me a walking plan", "5 minutes", "30 minutes", "3 days a week", "no worse", "flat streets"),
    "table": ("how do i build up my walking week by week",),
    "choices": ("why do I ache the day after a long hike",),
    "check": ("check my symptoms",),
    "summary": ("I am 52 and my low back has hurt for six weeks", "write a summary for my doctor"),
    "emergency": ("since this morning my groin is numb",),
    "urgent": ("my foot has gone weak and catches on the ground",),
    "notice": ("what is the capital of France?",),
}
"""What is said for each picture: all that the last words bring is on it."""
DARK = ("answer", "emergency", "urgent")
"""Those that are taken in dark colours too."""
PHONE, SMALL = 375, 320
"""Widths of screens in pixels."""
LONDON = "Europe/London"
TALL = 3200
"""Pixels of a window in which no answer has to be scrolled."""


def picture(browser: Browser, address: str, name: str, *, width: int, dark: bool) -> None:
    """One answer, from its first card to its last."""
    look = "dark" if dark else "light"
    context = browser.new_context(
        viewport={"width": width, "height": TALL},
        has_touch=True,
        is_mobile=True,
        color_scheme=look,
        locale="en-GB",
        timezone_id=LONDON,
    )
    chat = placed(Chat(context.new_page(), address))
    *before, last = TALKS[name]
    for words in before:
        chat.ask(words)
    said = chat.theirs.count()
    chat.ask(last)
    chat.idle()
    boxes = [box for card in chat.theirs.all()[said:] if (box := card.bounding_box())]
    top = min(box["y"] for box in boxes) - 8
    bottom = max(box["y"] + box["height"] for box in boxes) + 8
    clip = {"x": 0, "y": top, "width": width, "height": bottom - top}
    chat.page.screenshot(path=FOLDER / f"{name}-{width}-{look}.png", clip=clip)
    context.close()


def placed(chat: Chat) -> Chat:
    """The chat of somebody who has said where they are."""
    chat.open().page.get_by_role("button", name="United Kingdom").click()
    return chat


def greeting(browser: Browser, address: str, name: str, size: tuple[int, int], *, dark: bool) -> None:
    """What is seen first: the page with the greeting at a desk, the chat on a phone."""
    width, height = size
    phone = width < 700
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=phone, is_mobile=phone, locale="en-GB",
        color_scheme="dark" if dark else "light", timezone_id=LONDON,
    )  # fmt: skip
    chat = Chat(context.new_page(), address).open()
    chat.page.screenshot(path=FOLDER / f"{name}-{'dark' if dark else 'light'}.png")
    context.close()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    parser.add_argument("address", help="where it runs: http://127.0.0.1:8080")
    address = parser.parse_args().address.rstrip("/")
    sys.path.insert(0, str(FOLDER.parents[1] / "scripts"))
    import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.get(), args=FLAGS)
        for dark in (False, True):
            greeting(browser, address, "page", (1280, 800), dark=dark)
        greeting(browser, address, f"greeting-{PHONE}", (PHONE, 760), dark=False)
        for name in TALKS:
            picture(browser, address, name, width=PHONE, dark=False)
        for name in DARK:
            picture(browser, address, name, width=PHONE, dark=True)
        picture(browser, address, "emergency", width=SMALL, dark=False)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
