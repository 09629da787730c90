"""Things asked about by name."""

from __future__ import annotations

import pytest

from bot.content.reader import read_content
from bot.language.assembly import finding_reader
from bot.language.entities import EntityFinder
from bot.model import Entity


def entity(name: str, *names: str) -> Entity:
    return Entity(id=name, kind="thing", names=names, sentence="It is.", general_advice=True)


FINDER = EntityFinder({
    one.id: one
    for one in (
        entity("crocs", "crocs"), entity("salt", "epsom salt"), entity("bath", "bath", "epsom salt bath"),
        entity("brush", "brush"),
    )
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("are Crocs any good", ("crocs",)),
        ("epsom salts or a bath?", ("salt", "bath")),
        ("an epsom salt bath, then crocs, then crocs again", ("bath", "crocs")),
        ("two brushes", ("brush",)),
        ("microcrocs and bathing", ()),
        ("", ()),
    ],
)
def test_entities_are_found_by_whole_names_the_longest_first(text: str, found: tuple[str, ...]) -> None:
    assert FINDER.find(text) == found


def test_without_entities_nothing_is_found() -> None:
    assert EntityFinder({}).find("crocs") == ()


def test_every_name_that_ships_is_found_whatever_its_case() -> None:
    entities = read_content().entities
    finder = EntityFinder(entities)
    for one in entities.values():
        for name in one.names:
            for text in (f"is {name} any good", f"IS {name.upper()} ANY GOOD?", f"two {name}s"):
                assert finder.find(text) == (one.id,), text


def test_no_name_that_ships_is_taken_for_a_spelling_mistake() -> None:
    """ "crocs" is one letter from "cross"."""
    names = {name for entity in read_content().entities.values() for name in entity.names}
    assert {name: mended for name in names if (mended := finding_reader().mend(name)) != name} == {}
    assert finding_reader().mend("my bak hurts in crocs") == "my back hurts in crocs"
