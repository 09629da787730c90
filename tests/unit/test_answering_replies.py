"""The words of replies/: each is used, has the forms and grade that it should, and what is used is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.content.check_wording import grade, read_lists
from bot.content.replies import read_replies
from tests.answering_kit import EVERY_ACT, act

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = read_replies().spoken
LITERAL = re.compile(r"^[a-z_]+/[a-z_/]*[a-z]$")
OF_CONTENT = ("exercises/", "walking/", "sessions/")
"""Beginnings of literals that are topics of articles, or paths of the HTTP API."""
PARTS = ("fact/", "heard/", "summary/", "takeaways/", "compare/", "button/", "person/", "words/", "fit/as")
"""Beginnings of replies that are labels or picked by facts, and may have a single form."""


def patterns() -> tuple[set[str], list[re.Pattern[str]]]:
    """The names of replies in the code: whole ones, and those with a part filled in."""
    names, filled = set(), []
    for path in (ROOT / "bot/answering").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and LITERAL.match(node.value):
                names.add(node.value)
            if isinstance(node, ast.JoinedStr):
                text = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values
                )
                # The words of a journey are named by its kind, which is filled in.
                if re.match(r"^(?:[a-z_]+/|\.\+/[a-z])", text):
                    filled.append(re.compile(f"^{text}$"))
    return names, filled


def test_every_reply_is_used() -> None:
    names, filled = patterns()
    stems = {*names, *EVERY_ACT}
    unused = [
        name
        for name in SPOKEN
        if name not in stems
        and not any(pattern.match(name) for pattern in filled)
        and name.removesuffix("/alert") not in EVERY_ACT
        and not name.endswith("_other")
        and not name.startswith("normal/")
    ]
    assert unused == []


def test_every_reply_that_is_named_is_there() -> None:
    names, _ = patterns()
    handled = {name for name in names if name in EVERY_ACT or name.startswith(OF_CONTENT)}
    flags = {name for name in names if name in ("offer/check",)}
    assert names - handled - flags - set(SPOKEN) == set()


@pytest.mark.parametrize("name", [name for name in SPOKEN if not name.startswith(PARTS)])
def test_what_is_said_in_a_talk_has_no_long_words(name: str) -> None:
    lists = read_lists()
    joined = " ".join(SPOKEN[name].say).replace("{", "").replace("}", "")
    found = grade(joined, lists)
    assert found is None or found <= 6.5
    assert all(len(form.split()) <= 65 for form in SPOKEN[name].say)


@pytest.mark.parametrize("label", [label for label in EVERY_ACT if label in SPOKEN])
def test_what_answers_an_act_has_two_forms_and_more(label: str) -> None:
    assert len(set(SPOKEN[label].say)) >= 2
    assert act(label).act == label


@pytest.mark.parametrize(
    "stem", ["heard/since_days_years", "heard/condition", "heard/age_old", "exercise/avoid", "episode/stood_down"]
)
def test_what_is_heard_has_two_forms_and_more(stem: str) -> None:
    assert len(set(SPOKEN[stem].say)) >= 2
