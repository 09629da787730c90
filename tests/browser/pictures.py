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
    "answer": "should I keep walking with a sore back?",
    "exercise": "show me the bird dog exercise",
    "plan": "make me a walking plan",
    "table": "which kind of shoe should I buy?",
    "choices": "why do I ache the day after a long hike",
    "check": "check my symptoms",
    "emergency": "since this morning my groin is numb",
    "urgent": "my foot has gone weak and catches on the ground",
    "notice": "what is the capital of France?",
}
"""What is said for each picture: all that it brings is on it."""
DARK = ("answer", "emergency", "urgent")
"""Those that are taken in dark colours too."""
PHONE, SMALL = 375, 320
"""Widths of screens in pixels."""
TALL = 3200
"""Pixels of a window in which no answer has to be scrolled."""


def picture(browser: Browser, address: str, name: str, *, width: int, dark: bool) -> None:
    """One answer, from its first card to its last."""
    look = "dark" if dark else "light"
    context = browser.new_context(
        viewport={"width": width, "height": TALL}, has_touch=True, is_mobile=True, color_scheme=look, locale="en-GB"
    )
    chat = Chat(context.new_page(), address).open()
    greeted = chat.theirs.count()
    chat.ask(TALKS[name])
    chat.idle()
    boxes = [box for card in chat.theirs.all()[greeted:] if (box := card.bounding_box())]
    top = min(box["y"] for box in boxes) - 8
    bottom = max(box["y"] + box["height"] for box in boxes) + 8
    clip = {"x": 0, "y": top, "width": width, "height": bottom - top}
    chat.page.screenshot(path=FOLDER / f"{name}-{width}-{look}.png", clip=clip)
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
        for name in TALKS:
            picture(browser, address, name, width=PHONE, dark=False)
        for name in DARK:
            picture(browser, address, name, width=PHONE, dark=True)
        picture(browser, address, "emergency", width=SMALL, dark=False)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
