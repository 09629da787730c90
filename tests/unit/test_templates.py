"""Phrase templates: what they match, what they refuse, and how a wrong one is reported."""

from __future__ import annotations

import pytest

from bot.language.lexicon import Lexicon
from bot.language.templates import GAP, TemplateError, TemplateMatcher, parse

CLASSES = {
    "numb": [("numb",), ("no", "feeling")],
    "saddle": [("groin",), ("private", "parts")],
    "filler": [("my",), ("really",)],
    "gap_break": [("but",), (".",)],
}


def spans(template: str, text: str) -> list[tuple[int, int]]:
    lexicon = Lexicon(CLASSES)
    keys = text.split()
    matcher = TemplateMatcher([("x", one) for one in parse(template, str.split, lexicon.classes)])
    return [(start, end) for _, start, end in matcher.find(keys, lexicon.find(keys))]


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("{numb} {saddle}", "numb groin", [(0, 2)]),
        ("{numb} {saddle}", "numb my really groin", [(0, 4)]),
        ("{numb} {saddle}", "numb old groin", []),
        ("{numb} ... {saddle}", "numb and old in the groin", [(0, 6)]),
        ("{numb} ... {saddle}", "groin is numb", []),
        ("{numb} ~ {saddle}", "groin is numb", [(0, 3)]),
        ("{numb} ~ {saddle}", "no feeling in private parts", [(0, 5)]),
        ("{numb} ... {saddle}", "numb toe but sore groin", []),
        ("{numb} ... {saddle}", "numb " + "word " * GAP + "groin", [(0, GAP + 2)]),
        ("{numb} ... {saddle}", "numb " + "word " * (GAP + 1) + "groin", []),
        ("(lost|losing) feeling", "losing feeling", [(0, 2)]),
        ("(cold|{numb}) {saddle}", "cold groin", [(0, 2)]),
        ("(cold|{numb}) {saddle}", "no feeling groin", [(0, 3)]),
        ("cold|numb ... {saddle}", "cold old groin", [(0, 3)]),
        ("(leg day|boot camp)", "after leg day", [(1, 3)]),
        ("(leg day|boot camp)", "after boot camp", [(1, 3)]),
        ("(leg day|boot camp)", "leg boot", []),
        ("{numb} ... (out of it|not right)", "numb and out of it", [(0, 5)]),
        ("groin", "", []),
    ],
)
def test_a_template_matches_what_it_says(template: str, text: str, found: list[tuple[int, int]]) -> None:
    assert spans(template, text) == found


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{nothing}",
        "{numb} ...",
        "~ {numb}",
        "{numb",
        "numb||cold",
        "{numb} ~ ~ {saddle}",
        # alternatives beside another word: nobody can tell how far they reach
        "leg day|boot camp",
        "lost|losing feeling",
        "cold|{numb} {saddle}",
        "{numb} my|his",
        "(leg day|boot",
        "(a|b)c",
        "{numb} drowsy|sleepy|out of it",
    ],
)
def test_a_wrong_template_is_an_error_that_names_it(template: str) -> None:
    with pytest.raises(TemplateError):
        parse(template, str.split, Lexicon(CLASSES).classes)
