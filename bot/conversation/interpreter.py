"""From what was read and what is remembered to what is meant. Deterministic; Rasa, SQL and words for people are elsewhere."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.conversation import alerting, persons, references
from bot.conversation.acts import Chosen, choose
from bot.conversation.buttons import Pressed, act_of
from bot.conversation.meaning import Alert, Meaning, Meant
from bot.conversation.questions import ANSWERS, before_them, top
from bot.conversation.references import Catalogue, resolve
from bot.conversation.replying import never_said, one_answer
from bot.conversation.retraction import Retraction, retract
from bot.conversation.scope import SHORT
from bot.conversation.state import SELF, Shown, State
from bot.conversation.words import Words, words_of
from bot.model import Assertion, Finding, RedFlag, Subject
from bot.reading import Part, Read
from bot.triage import Triage
from bot.triage.heard import GENERAL

REFERRING = ("reference/", "aspect/", "change/", "compare/", "tell/hurts_doing")
"""Acts that are resolved against what was shown."""
ABOUT_ALERT = ("after_alert/", "withdraw/", "minimise/", "feeling/", "meta/", "repair/", "correct/")
"""Acts that answer an alert: fear, doubt in who says so and "is this reported?" are about it as much as "are you sure?"."""
OF_THINGS = frozenset({"shoes.age"})
"""Open questions about a thing: the age told there is the thing's."""
DIARY, RECENT = "walks", 2
"""The kind of thing shown that an entry of the walking diary is, and the turns for which a correction is about it."""
FEW = 5
"""Words of a question that says too little by itself, beside others in one message."""
BETTER_BY = 0.15
"""How much likelier the best topic must be, read with what was shown, for that reading of a short message to win."""


class Again(abc.ABC):
    """Reads a short message once more together with what it may refer to."""

    @abc.abstractmethod
    def read_with(self, text: str, shown_id: str) -> Part:
        """The part read with the title of what was shown before it."""


@dataclass(frozen=True)
class Interpreter:
    """Everything that interpreting needs, put together once."""

    triage: Triage
    flags: Mapping[str, RedFlag]
    words: Words
    facts: persons.FactRules
    catalogue: Catalogue
    again: Again | None = None

    def interpret(
        self, read: Read, state: State, *, message_id: str | None = None, pressed: Pressed | None = None
    ) -> Meaning:
        """The meaning of a message. A `pressed` button has no words: it is its own act."""
        state = replace(state, turn=state.turn + 1, message_id=message_id or state.message_id)
        state = replace(state, current=self._current(read, state))
        acts = (act_of(pressed, state),) if pressed else self._replies(self._acts(read, state), read, state)
        new = (*self._heard(read, state), *_answers(acts, state))
        told = {} if self.words.defines(read.text) else persons.facts_of(new, self.facts, state.turn)
        for act in acts:
            if act.act == "correct/fact" and not _of_diary(
                state
            ):  # also of what was told in the same breath ("45, sorry 46")
                now = persons.told(state, act.who, told.get(act.who, ()))
                right = persons.corrected(now, act.who, act.text, state.turn)
                kept = (fact for fact in told.get(act.who, ()) if fact.name not in {one.name for one in right})
                told[act.who] = (*kept, *right)
        acts = tuple(replace(act, facts=(*act.facts, *told.get(act.who, ()))) for act in acts)
        for who, facts in told.items():
            state = persons.told(state, who, facts)
        retraction = retract(acts, state, self.triage, flags=self.flags, other=_other(read))
        state = persons.heard(retraction.state, new)
        return self._meaning(read, state, acts, new, retraction)

    def _meaning(
        self,
        read: Read,
        state: State,
        acts: tuple[Meant, ...],
        new: tuple[Finding, ...],
        retraction: Retraction,
    ) -> Meaning:
        """The meaning with what triage says to the findings that stand now."""
        acknowledged = any(_about_the_alert(act) for act in acts)
        assessment, alert = alerting.consider(
            self.triage,
            retraction.base,
            persons.findings(state),
            new,
            episode=state.episode,
            acknowledged=acknowledged,
            alerted=state.alerted,
        )
        if alert.level is None or alert.repeat:
            alert = _with_retraction(alert, retraction)
        state = replace(state, episode=alerting.raised(state.episode, alert, assessment))
        if alert.level is not None:
            state = replace(state, alerted=tuple(dict.fromkeys((*state.alerted, *(match.flag for match in alert.new)))))
        asked = next((act for act in acts if act.act == "ask"), None)
        state = replace(state, topics=asked.topics, units=asked.units) if asked else state
        return Meaning(
            intent=_intent(alert, acts),
            acts=acts,
            state=state,
            assessment=assessment,
            alert=alert,
            findings=new,
            english=read.english,
            sensitive=read.sensitive,
        )

    def _current(self, read: Read, state: State) -> str:
        """Whom the message is about: another person named, the writer where words say so, else whom the last was about."""
        if read.about[0] is Subject.OTHER:
            named = persons.key_of(*read.about)
            return named if named != persons.OTHER else persons.last_named(state)
        if self.words.selves.intersection(words_of(read.text)):
            return SELF
        return state.current

    def _whom(self, text: str, state: State) -> str:
        """Whom a part is about: "my friend does it, is it good for me?" asks for the writer."""
        said = set(words_of(text))
        return SELF if said & self.words.me and not said & self.words.others else state.current

    def _heard(self, read: Read, state: State) -> tuple[Finding, ...]:
        """The findings of the message; those of no named person are about whom the talk is ("it is numb", after "my dad")."""
        question = top(state)
        found = read.findings
        if question is not None and question.slot in OF_THINGS:
            found = tuple(one for one in found if one.concept != "age")
        if state.current != SELF and read.about[0] is not Subject.OTHER:
            relation = None if state.current == persons.OTHER else state.current
            found = tuple(replace(one, subject=Subject.OTHER, relation=relation) for one in found)
        elif state.current not in (SELF, persons.OTHER):  # "she" is whoever was named before
            found = tuple(
                replace(one, relation=state.current) if one.subject is Subject.OTHER and one.relation is None else one
                for one in found
            )
        return tuple(one for one in found if persons.may_have(one, state))

    def _acts(self, read: Read, state: State) -> tuple[Meant, ...]:
        """The acts of the words, each resolved."""
        return tuple(self._resolved(one, read, state) for one in choose(read, state, self.words))

    def _replies(self, acts: tuple[Meant, ...], read: Read, state: State) -> tuple[Meant, ...]:
        """The acts with replies to a sign's question taken as they are meant."""
        acts = one_answer(tuple(self._reassured(act, read, state) for act in acts), read, self.flags)
        return never_said(self._denied(acts, read, state), read, state, self.flags)

    def _reassured(self, act: Meant, read: Read, state: State) -> Meant:
        """A "yes" to a sign's question that goes on to say that all is well is a "no" ("yes, all fine there"), as long as the
        message tells of none of its signs, nor of those that the alert stands on."""
        if act.act != "reply/yes" or act.question is None or not act.question.slot.startswith(alerting.FLAG):
            return act
        asked = (act.question.slot.removeprefix(alerting.FLAG), *state.episode.flags)
        signs = {concept for name in asked if (flag := self.flags.get(name)) for concept in flag.concepts}
        signs -= GENERAL
        if not self.words.reassures(act.text) or any(one.present and one.concept in signs for one in read.findings):
            return act
        return replace(act, act="reply/no", value="no", because=f"{act.because}; says that all is well")

    def _denied(self, acts: tuple[Meant, ...], read: Read, state: State) -> tuple[Meant, ...]:
        """The acts, with a "no" to the open sign's question where the words deny its signs and affirm none of them ("nobody has
        chest pain now")."""
        question = top(state)
        flag = self.flags.get(question.slot.removeprefix(alerting.FLAG)) if question else None
        if flag is None or any(act.question is not None for act in acts):
            return acts
        own = [finding for finding in read.findings if finding.concept in flag.concepts]
        if not any(one.assertion is Assertion.NEGATED for one in own) or any(one.present for one in own):
            return acts
        answer = Meant("reply/no", question.about if question else SELF, question=question, value="no", text=read.text)
        return (
            replace(answer, because="its signs are denied"),
            *(act for act in acts if act.act != "ask" or act.formed),
        )

    def _resolved(self, chosen: Chosen, read: Read, state: State) -> Meant:
        """One act with what it is about."""
        part, act = chosen.part, chosen.act
        # What is to be made is often said beside the wish ("a plan please. tues and thurs"): a goal has all the words.
        text = read.text if act.startswith("goal/") else part.text
        moved = act in ("correct/person", "withdraw/someone_else") and read.about[0] is Subject.OTHER
        who = persons.key_of(*read.about) if moved else self._whom(part.text, state)  # "I meant my mum" is about her
        meant = Meant(act, who, entities=read.entities, in_scope=read.in_scope, text=text)
        formed = self.words.asks(part.text)
        # "Any good for me?" asks about what the rest of the message tells.
        asked = read.whole if act == "ask" and len(words_of(part.text)) <= FEW and len(read.parts) > 1 else part
        meant = replace(meant, topics=asked.topics, units=asked.units, because=chosen.because, formed=formed)
        if act.startswith(REFERRING):
            found = resolve(act, part.text, state, words=self.words, catalogue=self.catalogue)
            shown = found.shown if found else references.latest(state)
            return replace(meant, target=shown, entry=found.entry if found else _entry(shown))
        if act.startswith("repair/"):
            return replace(meant, topics=state.topics, units=state.units)
        if act.startswith(("reply/", "control/")):
            question = before_them(state) if act.startswith("reply/") else top(state)
            return replace(meant, question=question, value=ANSWERS.get(act))
        return self._with_shown(meant, part, state) if act == "ask" else meant

    def _points(self, text: str, named: references.Reference) -> bool:
        """Whether a text points at something shown ("the cat one"), or is nothing but its name ("cat cow"): a word in common
        alone is none ("how much walking this week?" after a table of weeks)."""
        said = words_of(text)
        wanted = {word for word in said if word not in self.words.filler}
        whole = wanted <= self.catalogue.names(named.shown.kind, named.entry or "")
        return whole or bool(self.words.pointing.intersection(said))

    def _with_shown(self, meant: Meant, part: Part, state: State) -> Meant:
        """A short question read also with what was shown last, where that reading is the better one ("and on hills?")."""
        shown = references.latest(state)
        counted = references.counted(words_of(part.text), state, self.words)
        if counted:
            return replace(meant, act="reference/nth", target=counted.shown, entry=counted.entry, because="counted")
        named = references.named(words_of(part.text), state, self.words, self.catalogue)
        if (
            named
            and self._points(part.text, named)
            and len(words_of(part.text)) <= SHORT
            and not _likely(part, BETTER_BY + 0.5)
        ):
            return replace(
                meant, act="reference/nth", target=named.shown, entry=named.entry, because="named by its words"
            )
        if shown is None or self.again is None or len(words_of(part.text)) > SHORT:
            return meant
        other = self.again.read_with(part.text, shown.id)
        if _best(other) <= _best(part) + BETTER_BY:
            return meant
        return replace(meant, topics=other.topics, units=other.units, target=shown, because="read with what was shown")


def _best(part: Part) -> float:
    """The probability of a part's best topic."""
    return part.topics[0].probability if part.topics else 0.0


def _of_diary(state: State) -> bool:
    """Whether the walking diary was shown last: "make it 20" puts an entry right, and no fact of the person."""
    return bool(state.shown) and state.shown[0].kind == DIARY and state.shown[0].turn >= state.turn - RECENT


def _likely(part: Part, least: float) -> bool:
    return _best(part) >= least


def _entry(shown: Shown | None) -> str | None:
    """The entry that the cursor of something shown stands on."""
    if shown is None or shown.cursor is None or not shown.entries:
        return None
    return shown.entries[shown.cursor]


def _answers(acts: tuple[Meant, ...], state: State) -> tuple[Finding, ...]:
    """What replies to a sign's question say about the person whom it was about."""
    return tuple(finding for act in acts if (finding := alerting.answer(act, state.episode)) is not None)


def _about_the_alert(act: Meant) -> bool:
    """Whether words are about the alert that stands: they acknowledge it, and so does an answer to what is asked about it."""
    return act.act.startswith(ABOUT_ALERT) or act.question is not None


def _other(read: Read) -> str | None:
    """The other person whom the message names, as a key."""
    return persons.key_of(*read.about) if read.about[0] is Subject.OTHER else None


def _with_retraction(alert: Alert, retraction: Retraction) -> Alert:
    """The alert, with the check or the standing down that a retraction brought; neither goes with a repetition."""
    if retraction.recheck is None and not retraction.stands_down:
        return alert
    return replace(alert, level=None, repeat=False, recheck=retraction.recheck, stands_down=retraction.stands_down)


def _intent(alert: Alert, acts: tuple[Meant, ...]) -> str:
    """What Rasa's policy sees: an alert before all else, else the category of the first act that asks for an answer."""
    if alert.level is not None:
        return f"red_flag_{alert.level.value}"
    if alert.recheck or alert.stands_down:
        return "withdraw"
    lead = next((act for act in acts if act.act == "ask"), acts[0])
    if lead.act == "ask":
        return lead.topics[0].label.split("/", 1)[0] if lead.topics else "outside"
    return lead.act.split("/", 1)[0]
