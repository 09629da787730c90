"""The examples: sections, tags, and a clear error for each bad line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.document import ContentError
from bot.content.examples import SECTIONS, Example, read_examples
from bot.content.reader import read_content

SIGNS = {"saddle_change", "bladder_change"}


def read(folder: Path, text: str) -> tuple[Example, ...]:
    path = folder / "cauda_equina.txt"
    path.write_text(text, encoding="utf-8")
    return read_examples(path, "examples/cauda_equina.txt", SIGNS)


def test_every_section_is_read_with_its_tags(tmp_path: Path) -> None:
    lines = [f"[{section}]\na text of {section}" for section in SECTIONS]
    found = read(tmp_path, "\n\n".join(lines) + "\n[someone_else]\nbladder_change+saddle_change|  my dad is numb\n")
    assert [one.section for one in found] == [*SECTIONS, "someone_else"]
    assert (found[-1].concepts, found[-1].text, found[-1].line) == (
        ("bladder_change", "saddle_change"),
        "my dad is numb",
        3 * len(SECTIONS) + 1,
    )
    assert {one.flag for one in found} == {"cauda_equina"}
    assert {one.section for one in found if one.present} == {"affirmed", "someone_else"}


@pytest.mark.parametrize(
    ("text", "line", "error"),
    [
        ("numb\n[affirmed]\nx y", 1, "a text before any section"),
        ("[affirmd]\nnumb", 1, "there is no section [affirmd]"),
        ("[affirmed]\nsadle_change| numb", 2, "there is no sign 'sadle_change'"),
        ("[affirmed]\nsaddle_change|", 2, "a tag without text"),
        ("[negated]\nsaddle_change| not numb", 2, "[negated] takes no tags"),
        ("[affirmed]\nI am numb\n\n[idiom]\ni am  numb", 5, "stands at line 2 already"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: int, error: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    assert [one.line for one in caught.value.errors] == [line]
    assert error in caught.value.errors[0].message


def test_a_bar_inside_a_text_is_no_tag(tmp_path: Path) -> None:
    assert read(tmp_path, "[affirmed]\nLeft | right, both numb")[0].concepts == ()


def test_every_flag_has_examples_of_what_is_there_and_what_only_looks_like_it() -> None:
    content = read_content()
    assert set(content.examples) == set(content.red_flags)
    for examples in content.examples.values():
        assert {"affirmed", "look_alike"} <= {one.section for one in examples}
