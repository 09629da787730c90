"""Content as rows of the tables, and back."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot import model
from bot.content.reader import Content

Row = dict[str, Any]
Cited = Mapping[tuple[str, str], tuple[str, ...]]
"""The sources of each section, by article id and section key."""

WHOLE, TABLE = "", "table"
"""What `article_sources.section` says of an article as a whole, and of its table."""


def to_rows(content: Content) -> dict[str, list[Row]]:
    """The rows of every content table but content_meta, by the table's name."""
    articles = list(content.articles.values())
    return {
        "sources": [_plain(source) for source in content.sources.values()],
        "articles": [_article_row(article) for article in articles],
        "sections": [row for article in articles for row in _section_rows(article)],
        "article_sources": [row for article in articles for row in _citation_rows(article)],
        "exercises": [_plain(exercise) for exercise in content.exercises.values()],
        "red_flags": [_plain(flag) for flag in content.red_flags.values()],
        "help_lines": [{**_plain(lines), "position": at} for at, lines in enumerate(content.help_lines.values())],
    }


def _plain(item: Any) -> Row:
    """A dataclass as what JSON and SQL can hold: enums as their value, tuples as lists."""
    return {key: _simple(value) for key, value in dataclasses.asdict(item).items()}


def _simple(value: Any) -> Any:
    if isinstance(value, model.Urgency | model.Evidence | model.Checked):
        return value.value
    if isinstance(value, Mapping):
        return {key: _simple(part) for key, part in value.items()}
    return [_simple(part) for part in value] if isinstance(value, tuple | list) else value


def _article_row(article: model.Article) -> Row:
    row = _plain(article)
    del row["sources"], row["more"]
    if row["table"]:
        del row["table"]["sources"]
    return row


def _section_rows(article: model.Article) -> Iterator[Row]:
    for position, section in enumerate(article.more):
        yield {
            "article_id": article.id,
            "key": section.key,
            "position": position,
            "text": section.text,
            "general_advice": section.general_advice,
        }


def _citation_rows(article: model.Article) -> Iterator[Row]:
    cited = {WHOLE: article.sources, **{section.key: section.sources for section in article.more}}
    if article.table:
        cited[TABLE] = article.table.sources
    for section, sources in cited.items():
        for position, source in enumerate(sources):
            yield {"article_id": article.id, "section": section, "position": position, "source_id": source}


def cited_by(rows: Iterable[Any]) -> Cited:
    """The rows of article_sources, in order of position, as a mapping."""
    found: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.article_id, row.section] += (row.source_id,)
    return found


def source(row: Any) -> model.Source:
    """A row of sources."""
    return model.Source(**{**row._mapping, "checked": model.Checked(row.checked)})


def section(row: Any, cited: Cited) -> model.Section:
    """A row of sections."""
    sources = cited.get((row.article_id, row.key), ())
    return model.Section(row.key, row.text, sources, row.general_advice)


def article(row: Any, sections: tuple[model.Section, ...], cited: Cited) -> model.Article:
    """A row of articles, with its sections in order."""
    return model.Article(
        id=row.id,
        title=row.title,
        short=row.short,
        evidence=model.Evidence(row.evidence),
        checked_on=row.checked_on,
        sources=cited.get((row.id, WHOLE), ()),
        more=sections,
        table=_table(row.table, cited.get((row.id, TABLE), ())) if row.table else None,
        see_also=tuple(row.see_also),
        exercises=tuple(row.exercises),
    )


def _table(data: Row, sources: tuple[str, ...]) -> model.Table:
    columns = tuple(model.Column(**column) for column in data["columns"])
    rest = {key: value for key, value in data.items() if key not in ("columns", "rows")}
    return model.Table(columns=columns, rows=tuple(data["rows"]), sources=sources, **rest)


def exercise(row: Any) -> model.Exercise:
    """A row of exercises."""
    return model.Exercise(**_tuples(row._mapping, dose=model.Dose(**row.dose)))


def red_flag(row: Any) -> model.RedFlag:
    """A row of red_flags."""
    return model.RedFlag(**_tuples(row._mapping, tell=model.Tell(**row.tell), urgency=model.Urgency(row.urgency)))


def help_lines(row: Any) -> model.HelpLines:
    """A row of help_lines."""
    lines = {role: getattr(row, role) for role in ("emergency", "same_day", "crisis", "poison")}
    found = {role: model.HelpLine(**line) if line else None for role, line in lines.items()}
    return model.HelpLines(region=row.region, name=row.name, **found)  # type: ignore[arg-type]


def _tuples(row: Mapping[str, Any], **replaced: Any) -> dict[str, Any]:
    """The row with its lists as tuples and some values replaced."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in {**row, **replaced}.items()}
