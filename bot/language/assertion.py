"""Assertion and time of findings: the cues round them, how far each reaches, and answers in form style.

Everything is laid down per token first, in one walk of bounded steps, so that a finding is then only looked up. Why this
stands in place of medspaCy's ConText: docs/adr/0011-assertion.md.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.language.cues import (
    BACKWARD,
    HYPOTHETICAL,
    IN_CLAUSE,
    LISTING,
    NEGATED,
    NEGATION_STOP,
    NOUN,
    PAST,
    PSEUDO,
    STATEMENT,
    TERMINATE,
    UNSURE,
    Cue,
    CueFinder,
)
from bot.language.denial import BREAK, COMMA, OR, Denial, ListWords
from bot.language.forms import Answer, FormReader
from bot.language.message import Message
from bot.language.tokens import Token
from bot.model import Assertion, Time

YES, NO = "yes", "no"
"""Categories of what a form's answer covers."""
FARTHEST = 40
"""Tokens beyond which no cue reaches, so that no walk is longer."""
Marks = defaultdict[int, set[str]]


@dataclass(frozen=True)
class Context:
    """What the cues of a message say, token by token: `forward` of cues before a token, `backward` of cues after it.

    `boundaries` are the tokens at which something denied, or told as past, ends though the words go on.
    """

    forward: Marks
    backward: Marks
    boundaries: frozenset[int]

    def categories(self, start: int, end: int) -> set[str]:
        """The categories of the cues round the finding at tokens start to end."""
        return self.before(start) | self.backward.get(end - 1, set())

    def before(self, start: int) -> set[str]:
        """The categories of the cues before the finding at token `start`, and of a form's answer to it."""
        return self.forward.get(start, set())

    def straddles(self, start: int, end: int) -> bool:
        """Whether a finding begins in what a cue covers and ends outside it: it joins two statements."""
        return any(position in self.boundaries for position in range(start + 1, end))


class ContextReader:
    """Reads the cues of messages. Deterministic, and linear in the length of a message."""

    def __init__(
        self, content: Mapping[str, Any], *, places: Iterable[str], to_norms: Callable[[str], Sequence[str]]
    ) -> None:
        """`content` of assertion.yml, `places` words for parts of the body; `to_norms` parts cues as messages are parted."""
        self._lists = ListWords(content["list"], places)
        self._negators = frozenset(content[NEGATED]["negators"])
        self._cues = CueFinder(content, to_norms)
        self._forms = FormReader(content["form"], self._lists)

    def answers(self, tokens: Sequence[Token], norms: Sequence[str]) -> list[Answer]:
        """The labels of a form with their answers."""
        return self._forms.read(tokens, norms)

    def told(self, tokens: Sequence[Token], answers: Sequence[Answer]) -> set[int]:
        """The colons that read as "is": "bladder: leaking"."""
        return self._forms.told(tokens, answers)

    def read(
        self, message: Message, norms: Sequence[str], answers: Sequence[Answer], signs: Collection[int]
    ) -> Context:
        """The context of every token. `norms` are what the tokens stand for, `signs` the tokens inside of phrases that were
        found: the "no" of "no feeling when I wipe" is the sign, and denies nothing."""
        tokens, sentences = message.tokens, message.sentences
        answered = {position for answer in answers for position in range(answer.end, answer.after)}
        found = self._cues.find(norms, sentences)
        cues = [
            cue
            for cue in found
            if answered.isdisjoint(range(cue.start, cue.end))
            and not (cue.category == NEGATED and all(position in signs for position in range(cue.start, cue.end)))
        ]
        reach = _Reach(norms, self._lists, self._negators, tokens)
        for first, last in sentences:
            reach.sentence(first, last, _between(cues, first, last))
        _answer(answers, reach.forward)
        return Context(reach.forward, reach.backward, frozenset(reach.boundaries))


def _between(cues: Sequence[Cue], first: int, last: int) -> list[Cue]:
    """The cues of one sentence; `cues` are in order."""
    low, high = 0, len(cues)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if cues[middle].start < first else (low, middle)
    end = low
    while end < len(cues) and cues[end].start < last:
        end += 1
    return list(cues[low:end])


def _answer(answers: Iterable[Answer], forward: Marks) -> None:
    """Lays the answers of a form over their labels."""
    for answer in answers:
        for position in range(answer.start, answer.end):
            forward[position].add(YES if answer.yes else NO)


class _Reach:
    """Lays the reach of each cue of a message over its tokens."""

    def __init__(
        self, words: Sequence[str], lists: ListWords, negators: Collection[str], tokens: Sequence[Token]
    ) -> None:
        self._words = [_dash(word, place, tokens) for place, word in enumerate(words)]
        self._lists = lists
        self._denial = Denial(lists)
        self._negators = negators
        self.forward: Marks = defaultdict(set)
        self.backward: Marks = defaultdict(set)
        self.boundaries: set[int] = set()

    def sentence(self, first: int, last: int, cues: Sequence[Cue]) -> None:
        """Lays down the cues of the sentence from token `first` to `last`."""
        for number, cue in enumerate(cues):
            if cue.category in (TERMINATE, NEGATION_STOP, PSEUDO):
                continue
            if cue.direction == BACKWARD:
                before = cues[max(0, number - FARTHEST) : number]
                self._mark(self.backward, cue, self._backward(cue, first, before), cue.start)
            else:
                end = self._forward(cue, last, itertools.islice(cues, number + 1, None))
                self._mark(self.forward, cue, self._first(cue), end)
                if end < last and cue.category in (NEGATED, PAST):
                    self.boundaries.add(end)

    def _first(self, cue: Cue) -> int:
        """The first token that a cue acts on: of "not had" the "had" may begin the finding ("not had an accident")."""
        if cue.category != NEGATED:
            return cue.end
        inside = (place for place in range(cue.start, cue.end) if self._words[place] in self._negators)
        return max(inside, default=cue.end - 1) + 1

    def _mark(self, marks: Marks, cue: Cue, start: int, end: int) -> None:
        for position in range(start, end):
            marks[position].add(cue.category)

    def _forward(self, cue: Cue, last: int, later: Iterable[Cue]) -> int:
        """Where the reach of a cue over what follows ends; `later` are the cues after it, in order."""
        near = itertools.takewhile(lambda other: other.start < cue.end + FARTHEST, later)
        stop = next((other.start for other in near if self._ends(cue, other)), last)
        if cue.direction != STATEMENT and (cue.category == NEGATED or cue.direction == NOUN):
            return self._denial.until(self._words, cue.end, stop, listing=cue.direction == LISTING)
        stop = min(stop, cue.end + cue.scope)
        if cue.direction in (IN_CLAUSE, STATEMENT) or cue.category == UNSURE:
            return self._clause_end(cue.end, stop)
        return self._told_end(cue.end, stop, past=cue.category == PAST)

    def _ends(self, cue: Cue, other: Cue) -> bool:
        """Whether a later cue ends the reach of an earlier one."""
        if other.start < cue.end or other.direction == BACKWARD:
            return False
        if cue.direction == STATEMENT:
            return other.category == TERMINATE
        if other.category == NEGATION_STOP and cue.category == NEGATED:
            before = self._words[other.start - 1] if other.start > cue.end else ""
            return before not in self._lists.before_place and not self._lists.of_a_place(self._words, other.start)
        return other.category in (TERMINATE, cue.category)

    def _clause_end(self, start: int, stop: int) -> int:
        """The first comma or break that no "or" follows."""
        for position in range(start, stop):
            joint = self._lists.joint(self._words[position])
            if joint == BREAK or (joint == COMMA and self._words[position + 1 : position + 2] != ["or"]):
                return position
        return stop

    def _told_end(self, start: int, stop: int, *, past: bool) -> int:
        """Where a supposition or a story of the past ends: at a new statement of what is there now."""
        for position in range(start, stop):
            joint = self._lists.joint(self._words[position])
            if joint in (None, OR):
                continue
            if self._now_told(self._clause(position + 1, stop), past=past):
                return position
        return stop

    def _clause(self, start: int, stop: int) -> Sequence[str]:
        """The words from `start` up to the next joint, a dozen at most."""
        end = start
        while end < min(stop, start + 12) and self._lists.joint(self._words[end]) is None:
            end += 1
        return self._words[start:end]

    def _now_told(self, said: Sequence[str], *, past: bool) -> bool:
        """Whether a stretch says what is there now: a time of now and somebody it holds for; after a story, a present verb."""
        lists = self._lists
        personal = any(word in lists.of("personal") for word in said)
        now = any(word in lists.of("present") for word in said)
        verb = any(word in lists.of("own_present") for word in said)
        return (now and (personal or verb or past)) or (past and personal and verb)

    def _backward(self, cue: Cue, first: int, before: Sequence[Cue]) -> int:
        """Where the reach of a cue over what stands before it begins; `before` are the cues before it, in order."""
        ends = (
            other.end
            for other in reversed(before)
            if other.category == TERMINATE or (other.category == cue.category and other.direction == BACKWARD)
        )
        start = max(first, cue.start - cue.scope, next(ends, first))
        if cue.category in (HYPOTHETICAL, UNSURE):
            return start
        own = self._own_start(cue.start, start)
        if self._light(self._words[own : cue.start]):
            return self._before_now(own, start, needs_past=False)
        if cue.category == NEGATED:
            return self._denial.list_start(self._words, start, cue.start)
        return self._before_now(own, start, needs_past=True)

    def _own_start(self, stop: int, start: int) -> int:
        """Where the stretch between commas or breaks begins that ends at `stop`."""
        position = stop
        while position > start and self._lists.joint(self._words[position - 1]) not in (COMMA, BREAK):
            position -= 1
        return position

    def _light(self, said: Sequence[str]) -> bool:
        """Whether words name nothing that a cue could be about: "and it all" before "cleared up"."""
        return all(word in self._lists.of("light") or word.isdigit() for word in said)

    def _before_now(self, own: int, start: int, *, needs_past: bool) -> int:
        """How far back a past goes over commas: up to a stretch that speaks of now, or, where the cue's own stretch has its own
        subject, that does not speak of the past itself."""
        position = own
        while position > start:
            begin = self._own_start(position - 1, start)
            said = self._words[begin : position - 1]
            now = any(word in self._lists.of("present" if needs_past else "standing") for word in said)
            told = any(word in self._lists.of("past_verbs") for word in said)
            if now or (needs_past and not told):
                break
            position = begin
        return position


def _dash(word: str, place: int, tokens: Sequence[Token]) -> str:
    """A hyphen between blanks as a dash, which ends a statement; "anti-inflammatory" has none."""
    apart = word == "-" and place and tokens[place].start > tokens[place - 1].end
    return "–" if apart else word


def assertion_of(categories: set[str]) -> Assertion:
    """The assertion of a finding from the categories round it. An answer settles it; else a supposition outweighs a denial."""
    if NO in categories:
        return Assertion.NEGATED
    if HYPOTHETICAL in categories and YES not in categories:
        return Assertion.HYPOTHETICAL
    if NEGATED in categories:
        return Assertion.NEGATED
    if UNSURE in categories and YES not in categories:
        return Assertion.UNSURE
    return Assertion.AFFIRMED


def time_of(categories: set[str], *, ongoing: bool, event: bool) -> Time:
    """When a finding holds; `ongoing` when its clause says that it is still there, which an `event` cannot be."""
    if PAST not in categories:
        return Time.NOW
    return Time.PAST_PRESENT if ongoing and not event else Time.PAST_OVER
