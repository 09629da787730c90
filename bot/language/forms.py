"""Form style: "chest pain? no", "numbness in groin: no, bladder: fine", "leg weakness - no", "numbness (n) bladder (y)"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.denial import COMMA, ListWords
from bot.language.tokens import SENTENCE_ENDS, Token

LONGEST_LABEL = 12
SHORT_LABEL = 4
LONGEST_ANSWER = 6
MOST_SIGNS = 4
_BRACKETS = {"(": ")", "[": "]"}
_BOUNDARIES = SENTENCE_ENDS | {",", ";", ".", ")", "]", "/", "|", "•", "*"}
_DASHES = frozenset({"-", "–", "—", "--"})


@dataclass(frozen=True)
class Answer:
    """A label (tokens `start` to `end`), the tokens `end` to `after` of its sign and answer, and whether that says yes."""

    start: int
    end: int
    after: int
    yes: bool


class FormReader:
    """Finds labels with their answers. Every look ahead or back is bounded."""

    def __init__(self, content: Mapping[str, Sequence[str]], lists: ListWords) -> None:
        """`content` of assertion.yml's section `form`."""
        self._signs = frozenset(content["signs"])
        self._followers = frozenset(content["followers"])
        self._answers = {
            tuple(words.split()): yes for yes in (True, False) for words in content["yes" if yes else "no"]
        }
        self._unsure_alone = frozenset(content["only_after_sign"])
        self._lists = lists

    def read(self, tokens: Sequence[Token], words: Sequence[str]) -> list[Answer]:
        """The answered labels of a message, in order; `words` are what the tokens stand for."""
        found: list[Answer] = []
        for position in range(1, len(words)):
            after = found[-1].after if found else 0
            answer = self._answer(tokens, words, position, after)
            if answer is not None:
                found.append(answer)
        return found

    def told(self, tokens: Sequence[Token], answers: Sequence[Answer]) -> set[int]:
        """The colons that stand for "is": "bladder: leaking"."""
        words = [token.text for token in tokens]
        answered = {position for answer in answers for position in range(answer.end, answer.after)}
        colons = [position for position, word in enumerate(words) if word == ":" and position not in answered]
        return {position for position in colons if self._is_label(words, position)}

    def _is_label(self, words: Sequence[str], end: int) -> bool:
        """Whether a short name of a complaint or of a part of the body, and nothing else, stands before a colon."""
        start = self._label_start(words, end, 0)
        return start is not None and end - start <= SHORT_LABEL and self._plain(words[start:end])

    def _answer(self, tokens: Sequence[Token], words: Sequence[str], position: int, after: int) -> Answer | None:
        """The label that is answered from `position` on, where its sign stands; or the answer itself after a bare name."""
        if position < after:
            return None
        sign = words[position] in self._signs and self._is_sign(tokens, position)
        first = position
        if sign:
            while first < min(len(words), position + MOST_SIGNS) and self._leads(words, first):
                first += 1
        said = self._said(words, first, bracket=_BRACKETS.get(words[position]) if sign else None, signed=sign)
        start = self._label_start(words, position, after) if said else None
        if said is None or start is None:
            return None
        label = words[start:position]
        if not sign and (len(label) > SHORT_LABEL or not (self._lists.named(label) or _is_mark(words[position]))):
            return None
        return Answer(start, position, said[1], said[0])

    def _leads(self, words: Sequence[str], place: int) -> bool:
        """Whether a token may stand between a label and its answer: "numb groin? A: no"."""
        return words[place] in self._signs or words[place] in ("\n", "!") or words[place : place + 2] == ["a", ":"]

    def _is_sign(self, tokens: Sequence[Token], position: int) -> bool:
        """A dash parts a label from its answer only with a blank before it."""
        return tokens[position].text not in _DASHES or tokens[position].start > tokens[position - 1].end

    def _said(self, words: Sequence[str], first: int, *, bracket: str | None, signed: bool) -> tuple[bool, int] | None:
        """Whether the words from `first` on say yes or no and nothing else, and the position after them."""
        for length in range(LONGEST_ANSWER, 0, -1):
            yes = self._answers.get(tuple(words[first : first + length]))
            end = first + length
            if yes is None or (not signed and words[first] in self._unsure_alone):
                continue
            if bracket:
                return (yes, end + 1) if words[end : end + 1] == [bracket] else None
            if self._ends(words, end, signed=signed):
                return yes, end
        return None

    def _ends(self, words: Sequence[str], end: int, *, signed: bool) -> bool:
        """Whether an answer is over at `end`: a boundary, a word that leads on, or the next label."""
        if end >= len(words) or words[end] in _BOUNDARIES or (signed and words[end] in self._followers):
            return True
        if not signed:
            return _is_mark(words[end - 1])
        sign = next((at for at in range(end, min(end + 5, len(words))) if words[at] in self._signs), None)
        return sign is not None and sign > end and self._lists.joint(words[sign - 1]) is None

    def _label_start(self, words: Sequence[str], end: int, after: int) -> int | None:
        """Where the label begins that ends at `end`, or None where there is none. It goes back over commas where all between
        are names or parts of the body."""
        start = first = end
        while first > max(after, end - LONGEST_LABEL):
            word = words[first - 1]
            if word in _BOUNDARIES:
                # A list goes on before the comma only where it is one on both sides of it.
                if word != "," or not self._plain(words[first:end]):
                    break
                before = self._stretch(words, first - 1, max(after, end - LONGEST_LABEL))
                if not self._plain(words[before : first - 1]):
                    break
            first -= 1
            start = first
        label = words[start:end]
        return start if label and any(word.isalpha() for word in label) else None

    def _stretch(self, words: Sequence[str], end: int, least: int) -> int:
        """Where the stretch without a boundary begins that ends at `end`."""
        while end > least and words[end - 1] not in _BOUNDARIES:
            end -= 1
        return end

    def _plain(self, said: Sequence[str]) -> bool:
        """Whether a stretch is a list of names and parts of the body."""
        parts = [word for word in said if self._lists.joint(word) != COMMA]
        return self._lists.named(parts) or self._lists.place_only(parts)


def _is_mark(word: str) -> bool:
    """Whether an answer is a tick or a cross."""
    return not word.isalnum()
