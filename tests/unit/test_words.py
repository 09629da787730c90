"""The words that are not articles: every reply and button is used, every slot is known, no sentence stands in Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.config import Settings
from bot.content.reader import read_content
from bot.content.replies import read_replies
from bot.content.screen import read_screen

ROOT = Path(__file__).resolve().parents[2]
CODE = [path for folder in ("actions", "bot", "bot/answering") for path in sorted((ROOT / folder).glob("*.py"))]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
SLOTS = {
    "question",
    "emergency",
    "same_day",
    "crisis",
    "poison",
    "title",
    "region",
    "number",
    "label",
    "numbers",
    "sources",
}


def test_every_reply_is_said_by_something() -> None:
    replies = read_replies()
    unused = {name for name in {**replies.texts, **replies.notices} if f'"{name}"' not in SOURCE}
    assert unused - set(replies.signs.values()) == set()


def test_every_button_is_offered() -> None:
    replies = read_replies()
    offered = {
        name
        for reply in (*replies.texts.values(), *replies.notices.values(), *replies.spoken.values())
        if not isinstance(reply, str)
        for name in reply.buttons
    }
    assert offered == set(replies.buttons)


@pytest.mark.parametrize("name", ["replies/system.yml", "screen.yml", "help_lines.yml"])
def test_every_slot_is_known(name: str) -> None:
    text = (ROOT / "bot" / "content" / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\{([a-z_]+)\}", text)) <= SLOTS


def test_red_flags_name_lines_by_role_alone() -> None:
    for flag in read_content().red_flags.values():
        for text in (flag.tell.you, flag.tell.other, flag.tell.child or ""):
            assert set(re.findall(r"\{([a-z_]+)\}", text)) <= {"emergency", "same_day", "crisis", "poison"}


def test_the_symptom_check_asks_about_flags_that_exist() -> None:
    assert {step.flag for step in read_screen().steps} <= set(read_content().red_flags)


def sentences(path: Path) -> list[str]:
    """String literals of a file that read like sentences and are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [
        node.value
        for node in texts
        if id(node) not in documents | alone and re.search(r"[A-Z]?[a-z]+ [a-z]+ [a-z]+ [a-z]+", node.value)
    ]


WITHOUT_WORDS = [path for path in CODE if path.stem not in ("config", "ports", "model")]


@pytest.mark.parametrize("path", WITHOUT_WORDS, ids=lambda path: path.stem)
def test_no_words_for_people_stand_in_python(path: Path) -> None:
    assert sentences(path) == []


def test_the_check_for_words_sees_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "x.py"
    bad.write_text('"""A docstring may say what it likes."""\nsay("Please call your doctor now")\n')
    assert sentences(bad) == ["Please call your doctor now"]


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, field in Settings.__fields__.items():
        assert f"`{name.upper()}`" in readme, name
        assert str(field.field_info.description) in readme or name == "default_region", name
