"""`python -m tests.browser.spoken_again ADDRESS`: writes tests/browser/spoken anew, from the widget of a Stridewell that runs there."""

from __future__ import annotations

import argparse
import sys

from playwright.sync_api import sync_playwright

from tests.browser.kit import FLAGS, Chat
from tests.browser.samples import SAMPLES
from tests.browser.test_spoken import FOLDER, STATES, spoken


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.spoken_again", description=__doc__)
    parser.add_argument("address", help="where it runs: http://127.0.0.1:8080")
    address = parser.parse_args().address.rstrip("/")
    sys.path.insert(0, str(FOLDER.parents[2] / "scripts"))
    import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.get(), args=FLAGS)
        for name in (*SAMPLES, *STATES):
            context = browser.new_context(
                viewport={"width": 390, "height": 844}, locale="en-GB", timezone_id="Europe/London"
            )
            (FOLDER / f"{name}.yml").write_text(spoken(Chat(context.new_page(), address), name), encoding="utf-8")
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
