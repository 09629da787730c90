"""An article, exercise or red flag as a person would see it, for whoever writes it. The words around it: show.yml."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from bot import model
from bot.content.document import read_document
from bot.content.reader import ROOT, Content

WIDTH = 76


def show(content: Content, wanted: str) -> str | None:
    """The text of the article, exercise or flag with this id, or None where there is none."""
    words: dict[str, str] = read_document(ROOT / "show.yml", "bot/content/show.yml").data
    if article := content.articles.get(wanted):
        return "\n".join(_article(article, content, words))
    if exercise := content.exercises.get(wanted):
        return "\n".join(_exercise(exercise, content, words))
    if flag := content.red_flags.get(wanted):
        return "\n".join(_red_flag(flag, content, words))
    return None


def _article(article: model.Article, content: Content, words: dict[str, str]) -> Iterator[str]:
    yield from _heading(article.title)
    yield from _text(article.short)
    for section in article.more:
        yield from _heading(words[section.key], line="-")
        yield from _text(section.text)
        yield from _sources(section.sources, content, words, general=section.general_advice)
    if article.table:
        yield from _table(article.table)
        yield from _sources(article.table.sources, content, words, general=False)
    for key in article.exercises:
        yield f"{words['exercise']}: {content.exercises[key].name if key in content.exercises else key}"
    for key in article.see_also:
        yield f"{words['see_also']}: {content.articles[key].title if key in content.articles else key}"
    yield from _sources(article.sources, content, words, general=False)
    yield f"{words['evidence_is']}: {words[article.evidence.value]}. {words['checked_on']}: {article.checked_on}."


def _exercise(exercise: model.Exercise, content: Content, words: dict[str, str]) -> Iterator[str]:
    yield from _heading(exercise.name)
    for number, step in enumerate(exercise.steps, 1):
        yield from _text(f"{number}. {step}", gap=False)
    yield ""
    for key in ("sets", "reps", "hold", "how_often", "note"):
        if text := getattr(exercise.dose, key):
            yield f"{words['dose_' + key]}: {text}"
    for caution in exercise.cautions:
        yield from _text(f"! {caution}", gap=False)
    for key in ("easier", "harder"):
        if text := getattr(exercise, key):
            yield from _text(f"{words[key]}: {text}", gap=False)
    yield from _sources(exercise.sources, content, words, general=exercise.general_advice)


def _red_flag(flag: model.RedFlag, content: Content, words: dict[str, str]) -> Iterator[str]:
    yield from _heading(flag.title)
    yield f"[{words[flag.urgency.value]}]"
    yield from _text(flag.tell.you)
    yield from _heading(words["other"], line="-")
    yield from _text(flag.tell.other)
    yield from _heading(words["questions"], line="-")
    for question in flag.questions:
        yield from _text(f"- {question}", gap=False)
    yield from _sources(flag.sources, content, words, general=False)


def _heading(text: str, *, line: str = "=") -> Iterator[str]:
    yield from ("", text, line * len(text))


def _text(text: str, *, gap: bool = True) -> Iterator[str]:
    """Paragraphs and list items, wrapped."""
    for paragraph in text.strip().splitlines():
        indent = "  " if paragraph.lstrip().startswith(("-", "!")) else ""
        yield from textwrap.wrap(paragraph, WIDTH, subsequent_indent=indent) or [""]
    if gap:
        yield ""


def _table(table: model.Table) -> Iterator[str]:
    """The table in columns as wide as their widest cell."""
    yield from _heading(table.caption, line="-")
    lines = [[column.label for column in table.columns]]
    lines += [[row[column.key] for column in table.columns] for row in table.rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
    for line in lines:
        yield " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    yield ""


def _sources(ids: Iterable[str], content: Content, words: dict[str, str], *, general: bool) -> Iterator[str]:
    """The sources as a person reads them, or that there was none checked."""
    for number, key in enumerate(ids, 1):
        source = content.sources.get(key)
        parts = [source.title, source.publisher, str(source.year or "")] if source else [key]
        yield f"  [{number}] {', '.join(part for part in parts if part)}"
    if general:
        yield f"  ({words['general_advice']})"
