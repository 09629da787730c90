"""One answer to a warning sign's question, and what is said against an alert that nobody's words raised."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.alerting import FLAG
from bot.conversation.meaning import Meant
from bot.conversation.state import State
from bot.model import Assertion, RedFlag
from bot.reading import Read

TAKES_BACK = "withdraw/"
NEVER_SAID = "withdraw/wrong_word"
"""The act that says of an alert's words that they were never so: the sign's own question is asked (decision 4a)."""


def one_answer(acts: tuple[Meant, ...], read: Read, flags: Mapping[str, RedFlag]) -> tuple[Meant, ...]:
    """The acts without a "yes" to a sign's question beside a "no" to it, where nothing said tells of the sign ("good to know.
    No, no accident")."""
    answers = [act for act in acts if act.question is not None and act.question.slot.startswith(FLAG)]
    no = next((act for act in answers if act.act == "reply/no"), None)
    flag = flags.get(no.question.slot.removeprefix(FLAG)) if no is not None and no.question is not None else None
    if flag is None or any(one.present and one.concept in flag.concepts for one in read.findings):
        return acts
    return tuple(act for act in acts if act.act != "reply/yes" or act not in answers)


def never_said(acts: tuple[Meant, ...], read: Read, state: State, flags: Mapping[str, RedFlag]) -> tuple[Meant, ...]:
    """The acts, with one that takes the alert back where its own signs are denied ("I have NO fever") and nothing that was
    told of this person ever named one of them: then nets or a misread answer raised it, and its question is to be asked."""
    episode = state.episode
    if episode.stage == "none" or any(act.act.startswith(TAKES_BACK) or act.question is not None for act in acts):
        return acts
    signs = {concept for name in episode.flags if (flag := flags.get(name)) for concept in flag.concepts}
    said = [one for person in state.persons for one in person.findings if one.concept in signs]
    now = [one for one in read.findings if one.concept in signs]
    if any(one.present for one in (*said, *now)) or not any(one.assertion is Assertion.NEGATED for one in now):
        return acts
    taken = Meant(NEVER_SAID, episode.who, text=read.text, because="its signs are denied, and were never told")
    return (taken, *acts)
