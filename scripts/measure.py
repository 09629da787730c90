"""Measures the widget in Chromium: bytes, requests, time until it can be used, and what moves when an answer comes.

python scripts/measure.py [address]      of a running Stridewell (default http://127.0.0.1:8080)
"""

from __future__ import annotations

import statistics
import sys
from typing import Any

import chromium
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SLOW_DOWN = 4
ROUNDS = 7
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifts.push(one.value); })
  .observe({ type: 'layout-shift', buffered: true });
document.addEventListener('stridewell:ready', () => { window.ready_at = performance.now(); });
"""
USABLE = """() => new Promise((done) => {
  const look = () => {
    const root = document.querySelector('stridewell-chat')?.shadowRoot;
    const there = root?.querySelector('.theirs') && root.querySelector('#words');
    if (there) done(performance.now()); else requestAnimationFrame(look);
  };
  look();
})"""


def visit(browser: Browser, address: str) -> dict[str, Any]:
    """One first visit at a desk, on a processor slowed down, with one question."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    session.send("Network.enable")
    received: dict[str, float] = {}
    names: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
    session.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    page.goto(f"{address}/chat")
    usable = page.evaluate(USABLE)
    ready = page.evaluate("window.ready_at")
    page.wait_for_timeout(300)
    loading = {names[one]: size for one, size in received.items() if one in names}
    before = sum(page.evaluate("window.shifts"))
    page.locator("#words").fill("Why does my back hurt when I walk?")
    page.keyboard.press("Enter")
    page.locator(".card.answer").wait_for()
    page.wait_for_timeout(1500)
    shift = sum(page.evaluate("window.shifts")) - before
    page.context.close()
    return {"ready": ready, "usable": usable, "loading": loading, "shift_before": before, "shift": shift}


def main(arguments: list[str]) -> int:
    """The command line."""
    address = (arguments or ["http://127.0.0.1:8080"])[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.get(), args=FLAGS)
        rounds = [visit(browser, address) for _ in range(ROUNDS)]
        browser.close()
    for url, size in rounds[-1]["loading"].items():
        print(f"{size:8.0f} bytes  {url.removeprefix(address)}")
    print(f"{len(rounds[-1]['loading'])} requests, {sum(rounds[-1]['loading'].values()):.0f} bytes with headers")
    for name, words in (("ready", "element there"), ("usable", "greeting shown, box usable")):
        times = sorted(one[name] for one in rounds)
        print(
            f"{words}: median {statistics.median(times):.0f} ms, {times[0]:.0f} to {times[-1]:.0f} ({SLOW_DOWN}x slowed)"
        )
    print(f"layout shift while loading: {max(one['shift_before'] for one in rounds):.4f}")
    print(f"layout shift when an answer comes: {max(one['shift'] for one in rounds):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
