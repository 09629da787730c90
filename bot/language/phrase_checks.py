"""What the content's checks ask of the phrase templates: can they be read, does any text match them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bot.content.signs import Phrase, SignFile
from bot.language.pipeline import FindingReader
from bot.language.templates import TemplateError, TemplateMatcher
from bot.model import Finding


class PhraseChecks:
    """Reads phrases and texts for the checks of bot.content. Signs that cannot be read are left out of the reading of texts."""

    def __init__(self, signs: Collection[SignFile]) -> None:
        self._parser = FindingReader(())
        readable = [sign for sign in signs if not list(self.unreadable(sign))]
        self._reader = FindingReader(readable)

    def unreadable(self, sign: SignFile) -> Iterator[tuple[Phrase, str]]:
        """The phrases of a sign that are no templates, and why."""
        for phrase in sign.all_phrases():
            try:
                self._parser.parse(phrase.say)
            except TemplateError as error:
                yield phrase, str(error)

    def unmatched(self, signs: Iterable[SignFile], texts: Iterable[str]) -> Iterator[tuple[SignFile, Phrase]]:
        """The phrases of the signs that no text holds. Raises TemplateError."""
        phrases = [(sign, phrase) for sign in signs for phrase in sign.all_phrases()]
        parsed = [(number, one) for number, (_, phrase) in enumerate(phrases) for one in self._parser.parse(phrase.say)]
        matcher, matched = TemplateMatcher(parsed), set[int]()
        for text in texts:
            matched.update(number for number, _, _ in matcher.find(*self._parser.keyed(text)))
        yield from (pair for number, pair in enumerate(phrases) if number not in matched)

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The findings of a text."""
        return self._reader.read(text)
