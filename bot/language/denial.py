"""How far a denial reaches: over a list of like things, and no further.

"no numbness, tingling or fever" denies three things; "no injury, lost control of my bowels" denies one. What tells them
apart is the shape: members of a list are bare names of complaints and are joined to an end by "or", "nor", or "and"; a
member with a verb, a person, a time or an intensity of its own is a new statement. Where that is doubtful, the danger
stands. Every walk is bounded, so that reading stays linear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_TOKENS = 40
"""Tokens that a list may go on for."""
MOST_IN_MEMBER = 12
"""Tokens of one member."""
FEWEST_OPEN = 2
"""Bare names after the first that make a list of what nothing closes: "no numbness, tingling, weakness"."""
OR, AND, COMMA, BREAK = "or", "and", ",", "break"
_BREAKS = frozenset({";", ":", "...", "..", "(", ")", "–", "—", "--", "•", "*", ">", "|"})


@dataclass(frozen=True)
class Member:
    """A stretch of tokens between joints, and the joint before it."""

    joint: str
    start: int
    end: int


class ListWords:
    """The word lists of assertion.yml's section `list`, and what may be said of a stretch of words by them."""

    def __init__(self, content: Mapping[str, Sequence[str]], places: Iterable[str]) -> None:
        """`places` are the words for parts of the body."""
        self._sets = {name: frozenset(words) for name, words in content.items()}
        self.names = self._sets["names"] | self._sets["events"]
        self.events = self._sets["events"]
        self.verbs = self._sets["verbs"]
        self.intensity = self._sets["intensity"]
        self.before_place = self._sets["before_place"]
        self._places = frozenset(places) - self.verbs - self.names - self._sets["beside"]
        self._beside = self._sets["beside"] | self.before_place

    def of(self, name: str) -> frozenset[str]:
        """One of the lists."""
        return self._sets[name]

    def joint(self, word: str) -> str | None:
        """What kind of joint a word is, or None."""
        if word in self._sets["open"]:
            return OR
        if word in self._sets["and"]:
            return AND
        if word in (",", "/"):
            return COMMA if word == "," else OR
        return BREAK if word in _BREAKS else None

    def place_only(self, words: Sequence[str]) -> bool:
        """Whether a stretch only names parts of the body ("or legs")."""
        return any(word in self._places for word in words) and all(
            word in self._places or word in self._beside for word in words
        )

    def named(self, words: Sequence[str]) -> bool:
        """Whether a stretch is a name of a complaint and nothing else ("night sweats", "loss of control")."""
        return any(word in self.names for word in words) and all(
            word in self.names or word in self._beside or word in self._places for word in words
        )

    def bare(self, words: Sequence[str]) -> bool:
        """Whether a stretch is such a name without a part of the body."""
        return self.named(words) and not any(word in self._places for word in words)

    def new_statement(self, words: Sequence[str]) -> bool:
        """Whether a stretch has a verb or a person of its own, or a "not" that is the sign itself ("cannot pee")."""
        return any(
            word in self.verbs
            and not (place and words[place - 1] in self.before_place)
            and not self.of_a_place(words, place)
            for place, word in enumerate(words)
        )

    def stressed(self, words: Sequence[str]) -> bool:
        """Whether a stretch has an intensity, a side or a time of its own; "and right leg" goes on with a place."""
        rest = [word for word in words if word not in self._sets["sides"]]
        return any(word in self.intensity for word in (rest if self.place_only(rest) else words))

    def of_a_place(self, words: Sequence[str], position: int) -> bool:
        """Whether a word belongs to a place: "my" in "in both my legs"."""
        skipped = self._sets["sides"] | self._sets["owners"]
        before = position - 1
        while before >= 0 and words[before] in skipped:
            before -= 1
        return before >= 0 and words[before] in self.before_place and words[position] in skipped

    def known(self, word: str) -> bool:
        """Whether a word can belong to the name of a complaint."""
        return word in self.names or word in self._beside or word in self._places


def members(words: Sequence[str], start: int, stop: int, lists: ListWords) -> list[Member]:
    """The stretches between the joints from `start` to `stop`, up to a break; "pins and needles" is one. At most MOST_TOKENS
    are looked at."""
    found: list[Member] = []
    joint, first = "", start
    stop = min(stop, start + MOST_TOKENS)
    for position in range(start, stop):
        kind = lists.joint(words[position])
        if kind is None or (kind == AND and words[position + 1 : position + 2] == ["needles"]):
            continue
        if position > first or not found:
            found.append(Member(joint, first, position))
            joint = kind
        elif kind != COMMA:
            joint = kind  # ", or"
        first = position + 1
        if kind == BREAK:
            return found
    found.append(Member(joint, first, stop))
    return found


class Denial:
    """Finds where the reach of a denial ends."""

    def __init__(self, lists: ListWords) -> None:
        self._lists = lists

    def until(self, words: Sequence[str], start: int, stop: int, *, listing: bool = False) -> int:
        """The position after the last token that a denial just before `start` covers; `stop` is where its clause ends. After a
        cue of a `listing` ("denies") names with parts of the body are members of an unclosed list too."""
        listed = members(words, start, stop, self._lists)
        end = self._name_end(words, listed[0])
        if end < listed[0].end:
            return end
        head = words[listed[0].start : end]
        waiting: list[Member] = []  # members after commas, of which nothing says yet whether they are denied
        for member in listed[1:]:
            said = words[member.start : member.end]
            if self._starts_anew(said, member, [*waiting, member], words, listing=listing):
                break
            if self._lists.place_only(said) and member.joint != COMMA:
                # "or legs" belongs to the member before it, and closes nothing.
                waiting, end = ([*waiting, member], end) if waiting else ([], member.end)
                continue
            if member.joint == COMMA:
                waiting.append(member)
                continue
            if member.joint == AND and self._lists.events.intersection(head):
                break
            ended = self._name_end(words, member)
            end, waiting = ended, []
            if ended < member.end:
                return end
        return self._open_end(words, head, waiting, end, listing=listing)

    def _starts_anew(
        self, said: Sequence[str], member: Member, undecided: list[Member], words: Sequence[str], *, listing: bool
    ) -> bool:
        """Whether a stretch is no member of the list; `undecided` are the members of which that is not known, itself last."""
        lists = self._lists
        if member.joint == OR and len(undecided) == 1:
            return lists.new_statement(said[:2])
        if lists.new_statement(said):
            return True
        if member.joint == OR:
            return False
        if lists.stressed(said):
            return True
        # An "and" closes a list of bare names alone: "no fever and numb groin" is a denial and a sign.
        closes = member.joint == AND and not lists.place_only(said)
        fits = lists.named if listing else lists.bare
        return closes and not all(fits(words[one.start : one.end]) for one in undecided)

    def _open_end(
        self, words: Sequence[str], head: Sequence[str], waiting: list[Member], end: int, *, listing: bool
    ) -> int:
        """Where a list ends that no "or" closes: with its last bare name, if there are enough of them and all are alike."""
        fits = self._lists.named if listing else self._lists.bare
        bare = 0
        while bare < len(waiting) and fits(words[waiting[bare].start : waiting[bare].end]):
            bare += 1
        alike = self._lists.named(head) and not self._lists.events.intersection(head)
        return waiting[bare - 1].end if alike and bare >= FEWEST_OPEN else end

    def _name_end(self, words: Sequence[str], member: Member) -> int:
        """Where the name ends that a member begins with: without a comma too, "no injury numb groin" holds a sign."""
        named = placed = False
        for position in range(member.start, min(member.end, member.start + MOST_IN_MEMBER)):
            word, before = words[position], words[position - 1] if position > member.start else ""
            belongs = before in self._lists.before_place or self._lists.of_a_place(words, position)
            belongs = belongs or (word.endswith("ing") and before in self._lists.of("takes_verb"))
            if named and not belongs:
                anew = word in self._lists.verbs or word in self._lists.intensity
                if anew or not (placed or self._lists.known(word)):
                    return position
            placed = placed or (named and word in self._lists.before_place)
            named = named or word in self._lists.names
        return min(member.end, member.start + MOST_IN_MEMBER)

    def list_start(self, words: Sequence[str], start: int, stop: int) -> int:
        """The first token of what "... are fine" at `stop` speaks of, no earlier than `start`: its own stretch, and those that
        an "and" or "or" joins to it where they are bare names or parts of the body ("bladder, bowels and legs are fine")."""
        first = stop
        joined = False
        while first > start:
            begin = first
            while begin > start and self._lists.joint(words[begin - 1]) is None:
                begin -= 1
            said = words[begin:first]
            own = first == stop
            plain = self._lists.named(said) or self._lists.place_only(said)
            if said and not own and not (plain and joined):
                return first + 1
            kind = self._lists.joint(words[begin - 1]) if begin > start else None
            if kind in (None, BREAK) or (kind == COMMA and not joined):
                return begin
            joined = True
            first = begin - 1
        return max(start, first)
