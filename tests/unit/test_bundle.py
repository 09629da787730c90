"""Acceptance tests 39 and 40: the committed widget is small, whole, and what its manifest says. Needs no node."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re

from bot.channel.pages import STATIC

WIDGET = STATIC.parents[2] / "widget"
MOST_BYTES = 30_000

SCRIPT = (STATIC / "stridewell.js").read_bytes()
MANIFEST = json.loads((STATIC / "stridewell.manifest.json").read_text(encoding="utf-8"))


def test_39_it_is_small() -> None:
    assert len(gzip.compress(SCRIPT, 9)) < MOST_BYTES
    assert MANIFEST["gzip"] < MOST_BYTES


def test_40_it_is_the_file_that_the_manifest_names() -> None:
    digest = base64.b64encode(hashlib.sha384(SCRIPT).digest()).decode()
    assert MANIFEST["integrity"] == f"sha384-{digest}"
    assert MANIFEST["bytes"] == len(SCRIPT)


def test_it_has_no_way_from_a_text_to_markup_or_code() -> None:
    text = SCRIPT.decode()
    # The template library sets innerHTML of its own templates, through its trusted types policy; nothing else does.
    assert text.count("innerHTML") == 1
    for sink in ("outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "unsafeHTML", "srcdoc"):
        assert sink not in text


def test_the_licences_of_what_is_in_it_are_there() -> None:
    words = (STATIC / "stridewell.licences.txt").read_text(encoding="utf-8")
    assert "lit-html" in words
    assert "BSD 3-Clause" in words


def test_every_language_has_every_word_and_every_slot() -> None:
    english = json.loads((WIDGET / "src" / "words" / "en.json").read_text(encoding="utf-8"))
    for file in sorted((STATIC / "words").glob("*.json")):
        other = json.loads(file.read_text(encoding="utf-8"))
        assert list(other) == list(english), file.name
        slots = {key: re.findall(r"\{\w+\}", words) for key, words in english.items()}
        assert {key: re.findall(r"\{\w+\}", words) for key, words in other.items()} == slots, file.name


def test_the_lock_file_names_no_address() -> None:
    lock = json.loads((WIDGET / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []
