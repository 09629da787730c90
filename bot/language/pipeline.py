"""From words to findings: one pass over a message gives its clinical findings.

Characters made plain, spaCy's tokens with norms and spelling of our own, sentence bounds, phrase templates, assertion and
time from the cues round a phrase, and the person spoken of. Nothing here knows of Rasa.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.content import lexicon as lexicon_content
from bot.content.signs import SignFile
from bot.content.thresholds import thresholds
from bot.language import templates, words
from bot.language.assertion import NO, YES, Context, ContextReader, assertion_of, time_of
from bot.language.characters import plain, plain_text
from bot.language.cues import NEGATED, PAST
from bot.language.doses import find_doses
from bot.language.lexicon import Lexicon
from bot.language.message import Message
from bot.language.narrative import past_stretches
from bot.language.subject import PET, SELF, SubjectFinder, Who
from bot.language.tokens import Tokenizer, sentences
from bot.language.values import find_values
from bot.model import Finding, Subject

CORRECTION = "correction"
"""The lexicon class, and the concept, of words that take back something said before."""
FORM_IS = "is"
"""What a colon reads as after a label: "bladder: leaking"."""
WEAK = "weak"
"""The source of a finding by a weak phrase, which the learned net may talk down to a question."""
NEAR = 4
"""Words before and after a match in which the words of `not_with` void it."""


@dataclass(frozen=True)
class _Phrases:
    """What the matcher reports for a phrase: the concept, whether it is weak, and words that void a match beside it."""

    concept: str
    weak: bool
    not_with: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Span:
    """A phrase found: its concept, its first token, the token after its last, whether it is weak, and words that void it."""

    concept: str
    start: int
    end: int
    weak: bool
    not_with: tuple[tuple[str, ...], ...]


class FindingReader:
    """Reads the clinical findings of a message by phrase templates and the cues round them. Deterministic."""

    def __init__(
        self,
        signs: Collection[SignFile],
        classes: Mapping[str, Sequence[str]] | None = None,
        *,
        names: Collection[str] = (),
    ) -> None:
        """`signs` with their phrases; `classes` of the lexicon (default: the content's); `names` are lower-case words that
        `mend` takes for no mistakes ("crocs"). Raises TemplateError."""
        classes = classes if classes is not None else lexicon_content.word_classes()
        self._tokenizer = Tokenizer()
        self._speller = words.Speller(self._vocabulary(classes), names)
        self._lexicon = Lexicon({name: [self._term(term) for term in terms] for name, terms in classes.items()})
        self._matcher = templates.TemplateMatcher(list(self._templates(signs)))
        self._habits = {sign.concept for sign in signs if sign.habit}
        self._ended = {sign.concept for sign in signs if sign.habit and sign.may_be_over}
        self._events = {sign.concept for sign in signs if sign.event}
        rules = lexicon_content.assertion_rules()
        self._context = ContextReader(rules, places=lexicon_content.body_words(), to_norms=self._literal)
        self._ongoing = [self._term(phrase) for phrase in rules["ongoing"]]
        self._sudden = {self._term(term)[0] for term in classes.get("sudden", ()) if len(term.split()) == 1}
        self._subjects = SubjectFinder(lexicon_content.people(), self._words)

    def read(self, text: str) -> tuple[Finding, ...]:
        """The findings of one message, in the order in which they are said."""
        return self.read_with_person(text)[0]

    def read_with_person(self, text: str) -> tuple[tuple[Finding, ...], Who]:
        """The findings of one message, and the other person whom it speaks of, or the writer."""
        typed = plain(text)
        tokens = self._tokenizer(_lower(typed.text))
        norms = [self._speller.mend(words.norm(token)) for token in tokens]
        answers = self._context.answers(tokens, norms)
        told = self._context.told(tokens, answers)
        keys = [words.stem(FORM_IS if place in told else norm) for place, norm in enumerate(norms)]
        message = Message(tokens=tokens, keys=keys, sentences=sentences(tokens))
        classes, who = self._lexicon.find(keys), self._subjects.per_token([token.text for token in tokens])
        matches = self._matches(message, classes)
        signs = _signs(matches, classes)
        context = self._context.read(message, norms, answers, signs)
        spans = _longest((span for span in matches if not _voided(span, message, context)), context)
        found = self._findings(message, spans, context, who, past_stretches(typed.text))
        found += self._values(message, typed.text, who)
        found = [_placed(finding, *typed.typed(finding.start, finding.end)) for finding in found]
        if any(CORRECTION in here for here in classes):
            found.append(Finding(CORRECTION))
        others = [one for one in who if one[0] is Subject.OTHER]
        about = next((one for one in others if one[1] != PET), others[0] if others else SELF)
        return tuple(sorted(set(found), key=lambda finding: (finding.start, finding.concept))), about

    def keyed(self, text: str) -> tuple[list[str], templates.Found]:
        """The keys of a text and the classes of the lexicon found in it: what templates are matched on."""
        tokens = self._tokenizer(_lower(plain(text).text))
        keys = [words.stem(self._speller.mend(words.norm(token))) for token in tokens]
        return keys, self._lexicon.find(keys)

    def mend(self, text: str) -> str:
        """`text` in plain characters, with its spelling mended for the sentence encoder."""
        return self._speller.mend_text(plain_text(text))

    def knows(self, word: str) -> bool:
        """Whether a word (lower case) that was typed is still held."""
        return self._tokenizer.knows(word)

    def forget(self) -> None:
        """Drops what is kept of the words of messages read so far, for speed alone."""
        self._tokenizer.forget()
        self._speller.forget()
        words.stem.cache_clear()

    def _vocabulary(self, classes: Mapping[str, Sequence[str]]) -> set[str]:
        """The single words of the lexicon, lower case."""
        return {word.lower() for terms in classes.values() for term in terms for word in term.split()}

    def _term(self, term: str) -> tuple[str, ...]:
        """The keys of a lexicon term or of a plain word in a template."""
        return tuple(words.stem(norm) for norm in self._literal(term))

    def _words(self, term: str) -> tuple[str, ...]:
        """The words of a term as they are."""
        return tuple(token.text for token in self._tokenizer(term.lower()))

    def _literal(self, term: str) -> tuple[str, ...]:
        """What the words of a term or cue stand for."""
        return tuple(words.norm(token) for token in self._tokenizer(term.lower()))

    def _templates(self, signs: Iterable[SignFile]) -> Iterable[tuple[_Phrases, templates.Template]]:
        """Every template of every sign, with what the matcher is to report for it."""
        for sign in signs:
            for phrase in sign.all_phrases():
                not_with = tuple(self._term(words) for words in phrase.not_with)
                phrases = _Phrases(sign.concept, phrase.weak, not_with)
                for template in self.parse(phrase.say):
                    yield phrases, template

    def parse(self, phrase: str) -> list[templates.Template]:
        """The templates that one phrase stands for. Raises TemplateError."""
        lines = templates.variants(phrase.lower())
        return [one for line in lines for one in templates.parse(line, self._term, self._lexicon.classes)]

    def _matches(self, message: Message, classes: templates.Found) -> list[_Span]:
        """The phrases found."""
        found = self._matcher.find(message.keys, classes)
        return [_Span(one.concept, start, end, one.weak, one.not_with) for one, start, end in found]

    def _findings(
        self,
        message: Message,
        spans: Iterable[_Span],
        context: Context,
        who: Sequence[Who],
        past: Sequence[tuple[int, int]],
    ) -> list[Finding]:
        """The spans with who, whether and when; in the stretches `past` the message tells of the past."""
        ongoing = message.clauses_with(self._ongoing)
        sudden = message.sentences_with(self._sudden)
        found = []
        for span in spans:
            start, end = message.tokens[span.start].start, message.tokens[span.end - 1].end
            categories = self._categories(span, context) | (
                {PAST} if any(first <= start < last for first, last in past) else set()
            )
            event = span.concept in self._events
            finding = Finding(
                concept=span.concept,
                subject=who[span.end - 1][0],
                relation=who[span.end - 1][1],
                assertion=assertion_of(categories),
                time=time_of(categories, ongoing=bool(ongoing.intersection((span.start, span.end - 1))), event=event),
                side=_side(message.keys[max(0, span.start - 2) : span.end + 2]),
                onset="sudden" if span.start in sudden else None,
                start=start,
                end=end,
                source=WEAK if span.weak else "rule",
            )
            found.append(finding)
        return found

    def _categories(self, span: _Span, context: Context) -> set[str]:
        """The categories of the cues round a finding; of a habit only those of a denial before it count, and where it may be
        over those of a past."""
        if span.concept in self._habits:
            ended = context.categories(span.start, span.end) & {PAST} if span.concept in self._ended else set()
            return context.before(span.start) & {NEGATED, NO, YES} | ended
        return context.categories(span.start, span.end)

    def _values(self, message: Message, text: str, who: Sequence[Who]) -> list[Finding]:
        """Ages and durations as findings of their own, with whose they are."""
        found = []
        for value in (*find_values(text), *find_doses(text)):
            subject, relation = _owner(message.at(value.end), who)
            if (
                value.name == "age"
                and subject is Subject.SELF
                and value.number < thresholds().youngest_writer_age.value
            ):
                continue
            numbers = ((value.name, value.number),)
            found.append(Finding(value.name, subject, relation, values=numbers, start=value.start, end=value.end))
        return found


def _signs(matches: Iterable[_Span], classes: templates.Found) -> set[int]:
    """The tokens of terms of several words ("no feeling", "not working") inside of the phrases found."""
    covered = {place for span in matches for place in range(span.start, span.end)}
    ends = {place: max(set().union(*classes[place].values()), default=place) for place in covered}
    return {inside for place, end in ends.items() if end > place + 1 for inside in range(place, end)}


def _voided(span: _Span, message: Message, context: Context) -> bool:
    """Whether words beside a phrase, in its sentence and not denied before a comma, void it: "no more coughing, I leak"."""
    keys = message.keys
    first, last = message.sentence_of(span.start)[0], message.sentence_of(span.end - 1)[1]
    first = max(first, span.start - NEAR)
    comma = next((place for place in range(span.start - 1, first, -1) if keys[place] == ","), first)
    before = ["" if NEGATED in context.before(place) else keys[place] for place in range(first, comma)]
    return _holds([*before, *keys[comma : min(last, span.end + NEAR)]], span.not_with)


def _longest(matches: Iterable[_Span], context: Context) -> list[_Span]:
    """The longest of each concept where they overlap, those within one statement first, weak ones where no other is."""
    kept: list[_Span] = []
    taken: dict[str, set[int]] = {}
    for span in sorted(
        matches, key=lambda one: (context.straddles(one.start, one.end), one.weak, one.start - one.end, one.start)
    ):
        positions = set(range(span.start, span.end))
        if not positions & taken.setdefault(span.concept, set()):
            taken[span.concept] |= positions
            kept.append(span)
    return kept


def _owner(at: int, who: Sequence[Who]) -> Who:
    """Whose age it is: in "my 80 year old mum" the person named within the next words, else the one named before."""
    for later in range(at, min(at + 4, len(who))):
        if who[later][0] is Subject.OTHER and (later == 0 or who[later - 1] != who[later]):
            return who[later]
    return who[at]


def _placed(finding: Finding, start: int, end: int) -> Finding:
    """The finding at other offsets."""
    return dataclasses.replace(finding, start=start, end=end)


def _lower(text: str) -> str:
    """The text in lower case, letter for letter: "CAN'T" is parted from its "not" only so, and places must hold."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _side(keys: Sequence[str]) -> str | None:
    """The side of the body that the words round a finding name, or None."""
    sides = {key for key in keys if key in ("left", "right", "both")}
    return "both" if "both" in sides or len(sides) > 1 else next(iter(sides), None)


def _holds(keys: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether any of the phrases stands in a stretch of keys, word for word."""
    here = set(keys)
    return any(
        tuple(keys[start : start + len(phrase)]) == phrase
        for phrase in phrases
        if phrase[0] in here
        for start in range(len(keys))
    )
