"""Characters made plain before anything reads: one letter has one code point, whatever it was typed or copied from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.content import lexicon

_INVISIBLE = ("Cf", "Cs", "Co")
"""Categories of characters that show nothing: format characters, lone surrogates, private use."""
_TAB = "\t"


def _table() -> dict[str, str]:
    """What each listed character stands for; "" for those that are taken out."""
    listed = lexicon.characters()
    same = {chr(int(code, 16)): plain for plain, codes in listed["same_as"].items() for code in codes}
    return same | {chr(int(code, 16)): "" for code in listed["nothing"]}


_TABLE = _table()


@dataclass(frozen=True)
class Plain:
    """A text in plain characters. `starts` and `ends` say, for each of its characters, which characters of the text as
    typed it comes from: typed[starts[i]:ends[i]]."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text as typed of plain[start:end]. Offsets at the text's end, and empty spans, map too."""
        if not self.starts:
            return 0, 0
        first = self.starts[start] if start < len(self.starts) else self.ends[-1]
        return first, max(first, self.ends[end - 1] if end > 0 else 0)


def plain(text: str) -> Plain:
    """`text` in NFKC with every apostrophe ' and every quote ", without invisible characters, odd spaces and loose accents.

    Line breaks stay, "\\r\\n" as one. Case stays. Made plain once more, a text stays as it is.
    """
    if _is_plain(text):
        return Plain(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for letter in _plain_cluster(text[start:end]):
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return Plain("".join(letters), tuple(starts), tuple(ends))


def plain_text(text: str) -> str:
    """The text of `plain`, for readers that need no offsets."""
    return text if _is_plain(text) else plain(text).text


def _is_plain(text: str) -> bool:
    """Whether nothing has to be done: printable ASCII and line breaks, without the one ASCII character that is listed."""
    return text.isascii() and "`" not in text and text.replace("\n", "").isprintable()


def _clusters(text: str) -> list[tuple[int, int]]:
    """Start and end of each character with the marks that combine with it; invisible characters part nothing."""
    found: list[tuple[int, int]] = []
    for position, letter in enumerate(text):
        if found and (unicodedata.combining(letter) or (letter == "\n" and text[position - 1] == "\r")):
            found[-1] = (found[-1][0], position + 1)
        else:
            found.append((position, position + 1))
    return found


def _plain_cluster(typed: str) -> str:
    """One character with its marks: composed where there is such a letter, else a Latin letter without them."""
    if typed in ("\r\n", "\r"):
        return "\n"
    listed = "".join(_TABLE.get(letter, letter) for letter in typed)
    composed = unicodedata.normalize("NFKC", listed)
    # NFKC makes some signs of parts that are listed themselves (a spacing accent is a space and an accent).
    composed = "".join(_TABLE.get(letter, letter) for letter in composed)
    if (
        composed and ord(composed[0]) < 0x250
    ):  # marks carry meaning in other scripts, in Latin what does not compose is decoration
        composed = "".join(letter for letter in composed if not unicodedata.combining(letter))
    return "".join(map(_visible, composed))


def _visible(letter: str) -> str:
    """The letter; a space for a tab and every other space, nothing for what cannot be seen."""
    category = unicodedata.category(letter)
    if category == "Zs" or letter == _TAB:
        return " "
    if category in _INVISIBLE or (category == "Cc" and letter != "\n"):
        return ""
    return letter
