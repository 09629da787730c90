"""The spaCy pipeline: one pass over a message gives its sentence vector and its clinical findings.

spacy.blank("en") and components of our own: norms and spelling, sentence bounds, phrase templates, medspaCy ConText for
assertion, and the person spoken of. Nothing here knows of Rasa.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import spacy
from medspacy.context import ConText
from spacy.tokens import Doc, Span

from bot.content import lexicon as lexicon_content
from bot.content.signs import SignFile
from bot.language import templates, words
from bot.language.assertion import NEGATED, PAST, ConTextRules, assertion_of, time_of
from bot.language.doses import find_doses
from bot.language.lexicon import Lexicon
from bot.language.narrative import past_until
from bot.language.subject import SELF, SubjectFinder, Who
from bot.language.values import find_values
from bot.model import Finding, Subject

SPAN_GROUP = "findings"
CORRECTION = "correction"
"""The lexicon class, and the concept, of words that take back something said before."""
WEAK = "weak"
"""The source of a finding by a weak phrase, which the learned net may talk down to a question."""
SENTENCE_ENDS = frozenset(".!?")
NEAR = 4
"""Words before and after a match in which the words of `not_with` void it."""


@dataclass(frozen=True)
class _Phrases:
    """What the matcher reports for a phrase: the concept, whether it is weak, and words that void a match beside it."""

    concept: str
    weak: bool
    not_with: tuple[tuple[str, ...], ...]


class FindingReader:
    """Reads the clinical findings of a message by phrase templates and ConText. Deterministic."""

    def __init__(self, signs: Collection[SignFile], classes: Mapping[str, Sequence[str]] | None = None) -> None:
        """`signs` with their phrases; `classes` of the lexicon (default: the content's). Raises TemplateError."""
        classes = classes if classes is not None else lexicon_content.word_classes()
        self._nlp = spacy.blank("en")
        self._speller = words.Speller(self._vocabulary(classes))
        self._lexicon = Lexicon({name: [self._term(term) for term in terms] for name, terms in classes.items()})
        self._matcher = templates.TemplateMatcher(list(self._templates(signs)))
        self._habits = {sign.concept for sign in signs if sign.habit}
        self._events = {sign.concept for sign in signs if sign.event}
        self._context_rules = ConTextRules(lexicon_content.assertion_rules())
        self._context = ConText(
            self._nlp,
            rules=None,
            phrase_matcher_attr="NORM",
            input_span_type="group",
            span_group_name=SPAN_GROUP,
            span_attrs=None,
        )
        self._context.add(self._context_rules.rules)
        self._sudden = {self._term(term)[0] for term in classes.get("sudden", ()) if len(term.split()) == 1}
        self._subjects = SubjectFinder(lexicon_content.people())
        self._nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "\n", "…", "।"]})

    def read(self, text: str) -> tuple[Finding, ...]:
        """The findings of one message, in the order in which they are said."""
        return self.read_with_person(text)[0]

    def read_with_person(self, text: str) -> tuple[tuple[Finding, ...], Who]:
        """The findings of one message, and the other person whom it speaks of, or the writer."""
        doc = self._doc(text)
        keys, classes = self._keyed(doc)
        who = self._subjects.per_token(doc)
        found = self._findings(doc, self._spans(doc, keys, classes), keys, who) + self._values(doc, text, who)
        if any(CORRECTION in here for here in classes):
            found.append(Finding(CORRECTION))
        about = next((one for one in who if one[0] is Subject.OTHER), SELF)
        return tuple(sorted(set(found), key=lambda finding: (finding.start, finding.concept))), about

    def keyed(self, text: str) -> tuple[list[str], templates.Found]:
        """The keys of a text and the classes of the lexicon found in it: what templates are matched on."""
        return self._keyed(self._doc(text))

    def _doc(self, text: str) -> Doc:
        """The text in tokens with their norms."""
        lower = text.lower()  # "CAN'T" is parted from its "not" only in lower case
        plain = lower if len(lower) == len(text) else text
        return self._norms(self._nlp(plain.replace("’", "'").replace("\n", " \n ")))

    def _keyed(self, doc: Doc) -> tuple[list[str], templates.Found]:
        keys = [words.stem(token.norm_) for token in doc]
        return keys, self._lexicon.find(keys)

    def mend(self, text: str) -> str:
        """`text` with its spelling mended for the sentence encoder."""
        return self._speller.mend_text(text)

    def _vocabulary(self, classes: Mapping[str, Sequence[str]]) -> set[str]:
        """The single words of the lexicon, lower case."""
        return {word.lower() for terms in classes.values() for term in terms for word in term.split()}

    def _term(self, term: str) -> tuple[str, ...]:
        """The keys of a lexicon term or of a plain word in a template."""
        return tuple(words.stem(words.norm(token)) for token in self._nlp.make_doc(term.lower()))

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

    def _norms(self, doc: Doc) -> Doc:
        """Each token's norm: contractions written out, spelling mistakes in words of the lexicon mended."""
        for token in doc:
            token.norm_ = self._speller.mend(words.norm(token))
        return doc

    def _spans(self, doc: Doc, keys: Sequence[str], classes: templates.Found) -> list[Span]:
        """The phrases found, the longest of each concept where they overlap."""
        matches = [
            (phrases, start, end)
            for phrases, start, end in self._matcher.find(keys, classes)
            if not _holds(_beside(keys, start, end), phrases.not_with)
        ]
        matches.sort(key=lambda match: (match[1] - match[2], match[1], match[0].weak))
        kept: list[Span] = []
        taken: dict[str, set[int]] = {}
        for phrases, start, end in matches:
            positions = set(range(start, end))
            if not positions & taken.setdefault(phrases.concept, set()):
                taken[phrases.concept] |= positions
                kept.append(Span(doc, start, end, label=phrases.concept, kb_id=WEAK if phrases.weak else ""))
        return kept

    def _findings(self, doc: Doc, spans: list[Span], keys: Sequence[str], who: Sequence[Who]) -> list[Finding]:
        """The spans with who, whether and when."""
        doc.spans[SPAN_GROUP] = spans
        self._context(doc)
        story_end = past_until(doc.text)
        return [self._finding(span, who[span.end - 1], keys, story_end) for span in doc.spans[SPAN_GROUP]]

    def _finding(self, span: Span, who: Who, keys: Sequence[str], story_end: int) -> Finding:
        """One span as a finding; up to the offset `story_end` the message tells a story of the past."""
        # medspaCy lets a modifier that shares words with the span modify it; "can not feel" would negate itself.
        outside = [m for m in span._.modifiers if m.modifier_span[1] <= span.start or m.modifier_span[0] >= span.end]
        if span.label_ in self._habits:
            outside = [m for m in outside if m.category == NEGATED and m.modifier_span[0] < span.start]
        categories = {modifier.category for modifier in outside} | ({PAST} if span.start_char < story_end else set())
        sentence = keys[span.sent.start : span.sent.end]
        clause = _clause(keys, span)
        return Finding(
            concept=span.label_,
            subject=who[0],
            relation=who[1],
            assertion=assertion_of(categories),
            time=time_of(categories, ongoing=self._context_rules.ongoing(clause), event=span.label_ in self._events),
            side=_side(keys[max(0, span.start - 2) : span.end + 2]),
            onset="sudden" if self._sudden.intersection(sentence) else None,
            start=span.start_char,
            end=span.end_char,
            source=span.kb_id_ or "rule",
        )

    def _values(self, doc: Doc, text: str, who: Sequence[Who]) -> list[Finding]:
        """Ages and durations as findings of their own, with whose they are."""
        found = []
        for value in (*find_values(text), *find_doses(text)):
            at = next((token.i for token in doc if token.idx + len(token) >= value.end), len(doc) - 1)
            subject, relation = self._owner(doc, at, who)
            numbers = ((value.name, value.number),)
            found.append(Finding(value.name, subject, relation, values=numbers, start=value.start, end=value.end))
        return found

    def _owner(self, doc: Doc, at: int, who: Sequence[Who]) -> Who:
        """Whose age it is: in "my 80 year old mum" the person named within the next words, else the one named before."""
        for later in range(at, min(at + 4, len(doc))):
            if who[later][0] is Subject.OTHER and (later == 0 or who[later - 1] != who[later]):
                return who[later]
        return who[at]


def _clause(keys: Sequence[str], span: Span) -> Sequence[str]:
    """The keys of the part of the sentence between commas that holds the span."""
    start, end = span.start, span.end
    while start > span.sent.start and keys[start - 1] != ",":
        start -= 1
    while end < span.sent.end and keys[end] != ",":
        end += 1
    return keys[start:end]


def _side(keys: Sequence[str]) -> str | None:
    """The side of the body that the words round a finding name, or None."""
    sides = {key for key in keys if key in ("left", "right", "both")}
    return "both" if "both" in sides or len(sides) > 1 else next(iter(sides), None)


def _beside(keys: Sequence[str], start: int, end: int) -> Sequence[str]:
    """The keys of a match and up to NEAR on either side, within its sentence: a question after it voids nothing."""
    first, last = start, end
    while first > max(0, start - NEAR) and keys[first - 1] not in SENTENCE_ENDS:
        first -= 1
    while last < min(len(keys), end + NEAR) and keys[last] not in SENTENCE_ENDS:
        last += 1
    return keys[first:last]


def _holds(keys: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether any of the phrases stands in a stretch of keys, word for word."""
    return any(tuple(keys[start : start + len(phrase)]) == phrase for phrase in phrases for start in range(len(keys)))
