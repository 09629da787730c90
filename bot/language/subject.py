"""Whose body a finding is about: the writer's, or another person's and whose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.content.lexicon import NO_RELATIONS
from bot.model import Subject

Who = tuple[Subject, str | None]
SELF: Who = (Subject.SELF, None)
PET = "pet"
"""The relation of an animal (people.yml): what is told of it is no finding of anybody."""


class SubjectFinder:
    """Resolves each token of a message to the person spoken of there.

    The person is the one named last before the finding or inside it: "my mum had cancer and now my legs are weak" is the
    mother first and the writer after. "he" and "she" carry on the person named before. "my mum says I should ask"
    returns to the writer with "I". A message that names nobody is the writer's.
    """

    def __init__(
        self, people: Mapping[str, Sequence[str]], to_words: Callable[[str], Sequence[str]] = str.split
    ) -> None:
        """`people`: words under self, pronoun, anyone and with_anyone, and words for others by relation (people.yml);
        `to_words` parts a term as messages are parted."""
        self._self = frozenset(people["self"])
        self._spoken_to = frozenset(people["spoken_to"])
        self._nobody = frozenset(people["nobody"])
        self._beside_pet = frozenset(people.get("beside_pet", ()))
        self._pronouns = frozenset(people["pronoun"])
        self._anyone = frozenset(people["anyone"])
        self._after_anyone = frozenset(people["with_anyone"])
        self._others = {
            tuple(to_words(word)): relation
            for relation, words in people.items()
            if relation not in NO_RELATIONS
            for word in words
        }

        self._things = frozenset(tuple(to_words(name)) for name in people.get("no_people", ()))
        self._longest = max(map(len, self._others))

    def per_token(self, words: Sequence[str]) -> list[Who]:
        """For each token of the message (lower case), the person who is spoken of up to and including it."""
        current: Who = SELF
        last_other: Who | None = None
        who: list[Who] = []
        inside = 0  # where the name ends that was read last: "someone I care for" holds no "I"
        for position in range(len(words)):
            mentioned = self._mention(words, position, last_other) if position >= inside else None
            if mentioned is not None:
                current = mentioned
                last_other = current if current[0] is Subject.OTHER else last_other
                inside = position + (self._name(words, position) if current[0] is Subject.OTHER else 0)
            who.append(current)
        return self._told_backwards(words, who)

    def _told_backwards(self, words: Sequence[str], who: list[Who]) -> list[Who]:
        """Puts right a message that names the person only later: "infected wound, and now he is confused" is all his."""
        first = next((position for position, one in enumerate(who) if one != SELF), None)
        if first is None or any(word in self._self for word in words[:first]):
            return who
        return [who[first]] * first + who[first:]

    def _mention(self, words: Sequence[str], position: int, last_other: Who | None) -> Who | None:
        """The person whom the word at `position` names, or None."""
        relation = self._relation(words, position)
        if relation is not None and self._introduced(words, position):
            return Subject.OTHER, relation
        word = words[position]
        if word in self._pronouns:
            return last_other or ((Subject.OTHER, None) if word in ("he", "she", "his") else None)
        if word in self._self and not self._of_relation(words, position):
            return SELF
        return None

    def _relation(self, words: Sequence[str], position: int) -> str | None:
        """The relation of the person named at `position`."""
        length = self._name(words, position)
        return self._others[tuple(words[position : position + length])] if length else None

    def _name(self, words: Sequence[str], position: int) -> int:
        """How many words name a person at `position`: 0 where none do, or where they begin the name of a thing."""
        if any(tuple(words[position : position + len(thing)]) == thing for thing in self._things):
            return 0
        for length in range(min(self._longest, len(words) - position), 0, -1):
            if tuple(words[position : position + length]) in self._others:
                return length
        return 0

    def _introduced(self, words: Sequence[str], position: int) -> bool:
        """Whether the word stands for a person spoken of: "my mum", "mum is", "a friend of mine", "asking for a friend", not
        "a baby" or "the patient", nor "a friend said", nor "came off my horse"."""
        before = words[position - 1] if position else ""
        if before == "a" and words[position] in self._anyone:
            after = words[position + 1] if position + 1 < len(words) else ""
            return after in self._after_anyone or (position > 1 and words[position - 2] == "for")
        if self._relation(words, position) == PET and position > 1 and words[position - 2] in self._beside_pet:
            return False
        return before not in self._nobody and before not in self._spoken_to

    def _of_relation(self, words: Sequence[str], position: int) -> bool:
        """Whether "my" belongs to another person's name ("my 80 year old mum")."""
        if words[position] != "my":
            return False
        return any(self._relation(words, later) for later in range(position + 1, min(position + 6, len(words))))
