"""Composed training messages: the label follows from the parts, so that what stands round a danger is learned to be no part.

The rules, each a function below: a denial of other things before or after a sign keeps its flag; denials alone are none; a
form with one yes has the flag of that yes; a question, a greeting, a past story or a harmless one round a sign keeps its
flag; two harmless texts are harmless; noise (case, marks, slips of the finger) keeps everything.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot.content.examples import PRESENT
from bot.language.corpus import NOTHING, Row

CONTENT = Path(__file__).parent.parent / "content" / "training" / "composition.yml"
LONGEST = 900
"""Characters of the longest composed message."""


@dataclass(frozen=True)
class Composed:
    """A message of parts: the row of the whole, and the row and place of each part."""

    row: Row
    parts: tuple[tuple[int, int, Row], ...]


class Composer:
    """Composes messages from rows; the same seed and rows give the same messages."""

    def __init__(self, rows: Sequence[Row], *, seed: int, content: Mapping[str, Any] | None = None) -> None:
        self._content = content or yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
        self._random = random.Random(seed)
        judged = [row for row in rows if row.flag is not None]
        self._dangers = [row for row in judged if row.section in PRESENT]
        self._absent = [row for row in judged if row.section and row.section not in PRESENT]
        self._denied = [row for row in judged if row.section == "negated"]
        self._past = [row for row in judged if row.section == "past_over"]
        self._questions = [row for row in judged if row.topic]
        self._signs: dict[str, list[str]] = self._content["signs"]
        known = {row.flag for row in self._dangers}
        self._named = {flag: names for flag, names in self._content["named"].items() if flag in known}
        self._rules: list[tuple[Callable[[], Composed], int]] = [
            (self.denied_then_danger, 5), (self.danger_then_denied, 3), (self.only_denied, 4), (self.form, 3),
            (self.question_round, 5), (self.story_round, 3), (self.past_then, 3), (self.harmless, 5), (self.greeted, 3),
            (self.framed_there, 3), (self.framed_not_there, 5),
        ]  # fmt: skip

    def compose(self, count: int) -> list[Composed]:
        """So many messages, by the rules in their shares; none where the rows lack any of what the rules put together."""
        if not all((self._dangers, self._absent, self._denied, self._questions)):
            return []
        rules, weights = zip(*self._rules, strict=True)
        return [self._noisy(self._random.choices(rules, weights)[0]()) for _ in range(count)]

    def denied_then_danger(self) -> Composed:
        """ "no fever, no weight loss, can't pee": the flag of what is not denied."""
        danger = self._random.choice(self._dangers)
        return self._joined([self._denial(danger), danger], self._pick("joins"), danger)

    def danger_then_denied(self) -> Composed:
        """ "can't pee. no fever though"."""
        danger = self._random.choice(self._dangers)
        return self._joined([danger, self._denial(danger)], self._pick("joins"), danger)

    def only_denied(self) -> Composed:
        """Denials, alone or with an ordinary text: no flag."""
        parts = [self._denial(None) if self._random.random() < 0.5 else self._random.choice(self._denied)]
        parts.append(self._random.choice(self._questions if self._random.random() < 0.6 else self._absent))
        self._random.shuffle(parts)
        return self._joined(parts, self._pick("plain_joins"), None)

    def form(self) -> Composed:
        """ "fever: no. bladder: leaking": the flag of the danger whose own words stand as one answer, none without."""
        danger = self._random.choice(self._dangers) if self._random.random() < 0.5 else None
        free = [sign for sign in self._signs if danger is None or sign not in danger.concepts]
        asked = self._random.sample(free, self._random.randint(2, 5))
        mark = self._pick("form_marks")
        parts = [Row(f"{self._random.choice(self._signs[sign])}{mark}{self._pick('form_no')}") for sign in asked]
        if danger is not None and len(danger.text) < 120:
            parts.insert(self._random.randrange(len(parts) + 1), danger)
            return self._joined(parts, self._pick("form_joins"), danger)
        return self._joined(parts, self._pick("form_joins"), None)

    def question_round(self) -> Composed:
        """A question about something else before or after the danger."""
        danger, question = self._random.choice(self._dangers), self._random.choice(self._questions)
        parts = [danger, question] if self._random.random() < 0.5 else [question, danger]
        return self._joined(parts, self._pick("plain_joins"), danger)

    def story_round(self) -> Composed:
        """A danger among two harmless texts."""
        danger = self._random.choice(self._dangers)
        parts = [self._random.choice(self._questions), danger, self._random.choice(self._questions)]
        self._random.shuffle(parts)
        return self._joined(parts, self._pick("plain_joins"), danger)

    def past_then(self) -> Composed:
        """A past story, then a danger of now, or a harmless question."""
        past = self._random.choice(self._past or self._absent)
        now = self._random.choice(self._dangers if self._random.random() < 0.5 else self._questions)
        return self._joined([past, now], ". ", now if now.section in PRESENT else None)

    def harmless(self) -> Composed:
        """Two texts without danger."""
        parts = [self._random.choice(self._absent), self._random.choice(self._questions)]
        self._random.shuffle(parts)
        return self._joined(parts, self._pick("plain_joins"), None)

    def greeted(self) -> Composed:
        """A danger, or a text without, between a greeting and thanks."""
        pool = self._dangers if self._random.random() < 0.6 else self._absent
        row = self._random.choice(pool)
        parts = [Row(self._pick("greetings")), row, Row(self._pick("thanks"))]
        return self._joined(parts[self._random.randrange(2) :], self._pick("plain_joins"), row)

    def framed_there(self) -> Composed:
        """ "new this week: a drooping face": a bare name in a frame that tells it as there; its flag."""
        return self._framed("there", present=True)

    def framed_not_there(self) -> Composed:
        """ "if I ever had a drooping face who would I ring": the same names where nobody has it; no flag."""
        return self._framed("not_there", present=False)

    def _framed(self, frames: str, *, present: bool) -> Composed:
        """A name in one of the frames, alone in four of ten, else with a question before or after it."""
        if not self._named:
            return self.greeted()
        flag = self._random.choice(list(self._named))
        text = self._pick(frames).format(sign=self._random.choice(self._named[flag]))
        row = Row(text, flag=flag, section="affirmed") if present else Row(text, section="hypothetical")
        parts = [row] if self._random.random() < 0.4 else [row, self._random.choice(self._questions)]
        if self._random.random() < 0.5:
            parts.reverse()
        return self._joined(parts, self._pick("plain_joins"), row)

    def _denial(self, danger: Row | None) -> Row:
        """A list of signs denied, none of them a sign of the danger beside it."""
        kept = [sign for sign in self._signs if danger is None or sign not in danger.concepts]
        names = [
            self._random.choice(self._signs[sign]) for sign in self._random.sample(kept, self._random.randint(1, 4))
        ]
        joined = (
            names[0]
            if len(names) == 1
            else ", ".join(names[:-1]) + self._random.choice((" or ", " and ", ", ")) + names[-1]
        )
        return Row(self._random.choice(self._content["denials"]).format(list=joined))

    def _joined(self, parts: Sequence[Row], join: str, danger: Row | None) -> Composed:
        """The parts as one message, with the flag and concepts of the danger in it."""
        text = ""
        places: list[tuple[int, int, Row]] = []
        for part in parts:
            piece = part.text.strip()
            if text:
                text = text.rstrip(" .!?") if join.strip(" ") not in ("", "?") else text
                start, _, before = places[-1]
                places[-1] = (start, len(text), before)
                text += join
            places.append((len(text), len(text) + len(piece), part))
            text += piece
        present = danger is not None and danger.section in PRESENT
        row = Row(text, flag=danger.flag if present and danger else NOTHING, section="composed")
        row = replace(row, concepts=danger.concepts if present and danger else (), about=danger.about if danger else "")
        return Composed(row, tuple(places))

    def _noisy(self, composed: Composed) -> Composed:
        """The message as it might be typed: each change keeps its length, so that the places of the parts hold."""
        text = composed.row.text[:LONGEST]
        if self._random.random() < 0.35:
            text = text.lower()
        if self._random.random() < 0.2:
            text = "".join(" " if letter in ".,;" else letter for letter in text)
        if self._random.random() < 0.25:
            text = self._slipped(text)
        kept = tuple(part for part in composed.parts if part[1] <= len(text))
        row = replace(composed.row, text=text)
        if row.flag and not any(part.section in PRESENT for *_, part in kept):
            row = replace(row, flag=None, concepts=())  # the danger was cut off, or half of it
        return Composed(row, kept)

    def _slipped(self, text: str) -> str:
        """One or two letters changed round or wrong."""
        letters = list(text)
        places = [at for at in range(1, len(letters) - 1) if letters[at].isalpha() and letters[at + 1].isalpha()]
        for at in self._random.sample(places, min(len(places), self._random.randint(1, 2))):
            if self._random.random() < 0.6:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                letters[at] = self._random.choice(string.ascii_lowercase)
        return "".join(letters)

    def _pick(self, name: str) -> str:
        return str(self._random.choice(self._content[name]))
