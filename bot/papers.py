"""The tables of docs/clinical-safety.md, made from the rules, thresholds and flags, so that they cannot go stale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.content.document import Problem, read_document
from bot.content.reader import ROOT, Content
from bot.content.thresholds import Thresholds, thresholds
from bot.triage.rules import RULES
from bot.triage.rules.registry import Rule
from bot.triage.rules.together import two_and_worse

PAGE = Path("docs") / "clinical-safety.md"
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.S)


def filled(page: str, content: Content) -> str:
    """The page with each table between `<!-- table: name -->` and `<!-- end -->` made anew. Raises KeyError."""
    tables: dict[str, Callable[[], str]] = {
        "rules": _rules,
        "thresholds": _thresholds,
        "explained": lambda: _explained(content),
    }
    return _TABLE.sub(lambda found: f"{found[1]}{tables[found[2]]()}\n{found[3]}", page)


def stale(root: Path, content: Content) -> list[Problem]:
    """An error where the page below `root` is not what its sources make of it."""
    page = (root / PAGE).read_text(encoding="utf-8")
    made = filled(page, content)
    if made == page:
        return []
    lines = zip(page.splitlines(), made.splitlines(), strict=False)
    line = next((number for number, (one, two) in enumerate(lines, 1) if one != two), 1)
    return [Problem(PAGE.as_posix(), line, _words()["papers_stale"])]


def _words() -> dict[str, str]:
    """The words round the tables, which show.yml holds."""
    words: dict[str, str] = read_document(ROOT / "show.yml", "bot/content/show.yml").data
    return words


def _head(name: str) -> tuple[str, ...]:
    """The headings of a table."""
    return tuple(_words()[f"papers_{name}"].split("; "))


def _rules() -> str:
    """Every rule, the numbered ones first."""
    rows = [_rule_row(rule) for rule in sorted(RULES, key=_order)]
    rows.append(("C28", " ".join((two_and_worse.__doc__ or "").split()), "urgent", "together"))
    return _table(_head("rules"), rows)


def _order(rule: Rule) -> tuple[bool, int, str]:
    numbered = rule.id[1:].isdigit()
    return not numbered, int(rule.id[1:]) if numbered else 0, rule.condition


def _rule_row(rule: Rule) -> tuple[str, str, str, str]:
    levels = " or ".join(level.value for level in rule.levels)
    return rule.id, rule.when, _words()["papers_asks"] if rule.asks else levels, rule.condition


def _thresholds() -> str:
    """Every threshold with what it rests on."""
    limits = [getattr(thresholds(), name) for name in Thresholds.__fields__]
    rows = [
        (limit.decides, f"{limit.value:g} {limit.unit}", "; ".join(part for part in (limit.source, limit.why) if part))
        for limit in limits
    ]
    return _table(_head("thresholds"), rows)


def _explained(content: Content) -> str:
    """The flags that "I sat on it, and it is gone" may take back."""
    rows = [(flag.id, flag.condition) for flag in content.red_flags.values() if flag.may_be_explained]
    return _table(_head("explained"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
