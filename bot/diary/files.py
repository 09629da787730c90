"""A diary as a file and back: CSV for a spreadsheet, JSON for programs. What goes out comes in again as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from bot.diary.entries import MOST_ENTRIES, MOST_MINUTES, MOST_NOTE, MOST_PAIN, Diary, Entry

COLUMNS = ("date", "minutes", "pain", "pain_later", "note", "id")
"""The first line of a CSV; `date` is YYYY-MM-DD. Of a file that comes in, only `date` must be there."""
ALSO_CALLED = {"day": "date", "mins": "minutes", "min": "minutes", "pain later": "pain_later", "later": "pain_later"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run as a formula: such a note gets an apostrophe in front, which is taken off when it comes in."""


class UnreadableDiary(ValueError):
    """The text is no diary: `line` says where, from 1, 0 for the whole."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line = line


def to_csv(diary: Diary) -> str:
    """The diary as CSV, one line an entry."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for one in diary.entries:
        row = _row(one)
        row["note"] = f"'{one.note}" if one.note.startswith((*_FORMULA, "'")) else one.note
        writer.writerow({name: "" if value is None else value for name, value in row.items()})
    return out.getvalue()


def to_json(diary: Diary) -> str:
    """The diary as JSON: {"diary": 1, "entries": [...]}."""
    entries = [{name: value for name, value in _row(one).items() if value not in (None, "")} for one in diary.entries]
    return json.dumps({"diary": 1, "entries": entries}, ensure_ascii=False, indent=1)


def from_text(text: str) -> tuple[Entry, ...]:
    """The entries of a file, whichever of the two it is. Raises UnreadableDiary."""
    text = text.lstrip("\ufeff").strip()
    rows = _json_rows(text) if text.startswith(("{", "[")) else _csv_rows(text)
    entries = tuple(_entry(row, line) for line, row in rows)
    if not entries or len(entries) > MOST_ENTRIES:
        raise UnreadableDiary
    return entries


def looks_like_one(text: str) -> bool:
    """Whether a text begins as one of the two files does."""
    start = text.lstrip("\ufeff \n").lower()
    header = [name.strip(' "') for name in start.splitlines()[0].replace(";", ",").split(",")] if start else []
    listed = len(header) > 1 and ALSO_CALLED.get(header[0], header[0]) == "date" and "\n" in start
    return listed or (start.startswith("{") and '"entries"' in start and '"date"' in start)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "date": entry.day.isoformat(),
        "minutes": entry.minutes,
        "pain": entry.pain,
        "pain_later": entry.later,
        "note": entry.note,
        "id": entry.id,
    }


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The lines of a CSV with a head; commas, semicolons or tabs."""
    head = text.splitlines()[0] if text else ""
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        names = [ALSO_CALLED.get(name.strip().lower(), name.strip().lower()) for name in next(reader, [])]
        if "date" not in names:
            raise UnreadableDiary(1)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = dict(zip(names, cells, strict=False))
                if (note := row.get("note", "")).startswith("'"):
                    row["note"] = note[1:]
                yield reader.line_num, row
    except csv.Error:
        raise UnreadableDiary(reader.line_num) from None


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The entries of a JSON file; a bare list of them will do."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableDiary from None
    entries = data.get("entries") if isinstance(data, dict) else data
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise UnreadableDiary
    yield from enumerate(entries, start=1)


def _entry(row: Mapping[str, Any], line: int) -> Entry:
    """One entry. Raises UnreadableDiary for a day, a number or a note that is none."""
    try:
        day = dt.date.fromisoformat(str(row.get("date") or "").strip())
    except ValueError:
        raise UnreadableDiary(line) from None
    found = Entry(
        _name(row.get("id")) or f"file-{line}",
        day,
        _number(row.get("minutes"), MOST_MINUTES, line),
        _number(row.get("pain"), MOST_PAIN, line),
        _number(row.get("pain_later"), MOST_PAIN, line),
        note(str(row.get("note") or "")),
    )
    if found.minutes is None and found.worst is None and not found.note:
        raise UnreadableDiary(line)
    return found


def _name(value: Any) -> str:
    """An id as far as it may be kept: letters, digits, hyphens."""
    text = str(value or "").strip()
    return text if len(text) <= 40 and text.isascii() and text.replace("-", "").isalnum() else ""


def _number(value: Any, most: int, line: int) -> int | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    text = str(value).strip().removesuffix(".0")
    if isinstance(value, bool) or not text.isascii() or not text.isdigit() or not 0 <= int(text[:6]) <= most:
        raise UnreadableDiary(line)
    return int(text)


def note(text: str) -> str:
    """Words as a note: on one line, without control characters, not too long."""
    plain = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in text)
    return " ".join(plain.split())[:MOST_NOTE].strip()
