"""The summary for a clinician, of one person, at any time: from what was told, put right by talk; and takeaways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import messages
from bot.answering import diary_cards, memory, questions
from bot.answering.compose import sentences
from bot.answering.showing import showed
from bot.answering.turn import Turn, joined
from bot.conversation.meaning import Meant
from bot.conversation.persons import OTHER, key_of
from bot.conversation.state import SELF, Fact
from bot.journeys import clinician as accounts
from bot.journeys import takeaways as points
from bot.journeys import told
from bot.messages import Message, first_sentence
from bot.model import Urgency

SUMMARY = "summary"
RECHECK = "recheck:"
"""Beginning of the entries of State.said that keep how an alert was said not to hold, until the check is answered."""
MOST_ADVICE = 10
"""Answers listed as what was talked about."""
TELLS = (
    "tell/",
    "correct/",
    "ask",
    "reply/",
    "change/",
    "repair/",
    "goal/",
    "after_alert/",
    "meta/",
    "social/",
    "feeling/",
)
"""Acts in whose words facts are told in passing."""
Section = dict[str, object]


def noted(turn: Turn) -> Turn:
    """The turn with what was told in passing kept: medicines, sex, minutes of a walk, what was denied."""
    words = turn.voice.told
    for meant in turn.meaning.acts:
        if not meant.text or not meant.act.startswith(TELLS):
            continue
        facts = list(told.facts_in(meant.text, words, turn.state.turn))
        if meant.act == "ask":  # "should I walk 40 minutes?" tells nothing of what they walk
            facts = [fact for fact in facts if fact.name != told.WALK]
        if meant.who != SELF:
            sex = told.sex_of_relation(meant.text, words)
            facts = [fact for fact in facts if fact.name != told.SEX]
            facts += [Fact(told.SEX, sex, turn.state.turn)] if sex else []
        for fact in facts:
            turn = questions.remember_fact(turn, meant.who, fact)
    return turn


def kept_alert(turn: Turn) -> Turn:
    """The turn that remembers the alert it gives, or how the one that stood ended."""
    alert, kind = turn.meaning.alert, (turn.state.episode.checking or "").split(":", 1)[0]
    turn = turn.remember(f"{RECHECK}{kind}") if kind else turn
    if alert.stands_down:
        asked = [one.removeprefix(RECHECK) for one in turn.state.said if one.startswith(RECHECK)]
        acts = [one.act.split("/", 1)[1] for one in turn.meaning.acts if one.act.startswith("withdraw/")]
        how = [turn.state.episode.stage, *asked, *acts][-1]
        turn = turn.put(accounts.ended(turn.state, how))
    given = [(key_of(one.subject, one.relation), one.flag, one.urgency.value) for one in alert.new]
    return turn.put(accounts.alerted(turn.state, given)) if alert.level is not None else turn


def kept_for(before: Sequence[str], turn: Turn) -> Turn:
    """The turn that remembers for whom something was answered, where it was not for the writer."""
    who = next((one.who for one in turn.meaning.acts if one.act == "ask"), SELF)
    if who == SELF:
        return turn
    new = [one for one in turn.state.said if one not in before and (turn.voice.unit(one) or _article(one, turn))]
    return turn.remember(*(f"{accounts.FOR}{who}/{one}" for one in new))


def _article(name: str, turn: Turn) -> bool:
    return ":" not in name and turn.voice.content.article(name) is not None


def summary(meant: Meant, turn: Turn) -> Turn:
    """The summary of the one person whom it is asked for; of others there is a button."""
    return shown(_whom(meant, turn), turn)


def shown(who: str, turn: Turn) -> Turn:
    """The summary of a person, and buttons for the other persons that something is known of."""
    found = sections(who, turn)
    if not any(one["heading"] != turn.spoken("summary/signs").say[0] for one in found):
        turn = turn.say("summary/little")
    others = [one.who for one in turn.state.persons if one.who not in (who, OTHER) and accounts.tells(one)]
    offered = [_offered(one, turn) for one in others]
    said = _message("summary/title", found, turn, who=who, offered=offered)
    return showed(turn.add(said), SUMMARY, who)


def _offered(who: str, turn: Turn) -> tuple[str, str]:
    """The button for the summary of another person; its words are what one would type."""
    title = turn.spoken("summary/mine" if who == SELF else "summary/about").say[0].format(who=turn.whose(who))
    typed = turn.spoken("summary/mine_typed" if who == SELF else "summary/about_typed").say[0]
    return title, typed.format(who=who)


def _whom(meant: Meant, turn: Turn) -> str:
    """The person asked about; where nothing is known of the writer and of one other, that one ("summary for my doctor")."""
    known = [one.who for one in turn.state.persons if accounts.tells(one)]
    return known[0] if meant.who == SELF and SELF not in known and len(known) == 1 else meant.who


def sections(who: str, turn: Turn) -> list[Section]:
    """The parts of a person's summary; a part with nothing in it is left out, the signs are always there."""
    account = accounts.account(turn.state, who, turn.voice.fact_names)
    found = [(f"summary/{name}", list(_phrases(facts, turn))) for name, facts in account.groups]
    found.append(("summary/own", [turn.spoken("summary/own_words").say[0].format(words=one) for one in account.own]))
    found.append(("summary/signs", _signs(account, turn)))
    found.append(("summary/alerts", [_alert(one, turn) for one in account.alerts]))
    found.append(("summary/diary", diary_cards.for_clinician(turn) if who == SELF else []))
    found.append(("summary/asked", list(_advice(who, turn))[-MOST_ADVICE:]))
    return [{"heading": turn.spoken(name).say[0], "lines": lines} for name, lines in found if lines]


def _phrases(facts: Sequence[Fact], turn: Turn) -> Iterator[str]:
    """Facts as lines: what makes it worse, or better, in one line each."""
    names = list(dict.fromkeys(fact.name for fact in facts))
    for name in names:
        same = [fact for fact in facts if fact.name == name]
        fact = same[-1]
        if len(same) > 1:
            fact = replace(fact, value=joined([str(one.value) for one in same], last=turn.spoken("words/and").say[0]))
        if text := memory.phrase(fact, turn):
            yield text[:1].upper() + text[1:]


def _signs(account: accounts.Account, turn: Turn) -> list[str]:
    """The signs asked about with what was answered, then those denied without being asked, or that none came up."""
    lines = []
    known = {one.flag for one in account.alerts}
    for name, answer in account.asked:
        flag = turn.voice.content.red_flag(name)
        if flag is not None:
            words = turn.voice.replies.question.get(answer) or turn.spoken("summary/open").say[0]
            lines.append(turn.spoken("summary/answer").say[0].format(question=flag.ask, answer=words))
    lines += _raised(account, known, turn)
    denied = [turn.voice.told.denied[name].name for name in account.denied if name in turn.voice.told.denied]
    if denied:
        names = joined(denied, last=turn.spoken("words/or").say[0])
        lines.append(turn.spoken("summary/denied").say[0].format(names=names))
    return lines or [turn.spoken("summary/alert_given" if known else "summary/no_signs").say[0]]


def _raised(account: accounts.Account, known: set[str], turn: Turn) -> list[str]:
    """The signs that stand for this person without an alert of their own, as titles."""
    mine = [one for one in turn.meaning.assessment.matches if key_of(one.subject, one.relation) == account.who]
    flags = [turn.voice.content.red_flag(one.flag) for one in mine if one.flag not in known]
    return list(dict.fromkeys(flag.title for flag in flags if flag is not None))


def _alert(given: accounts.Given, turn: Turn) -> str:
    """An alert, what was advised, and what came of it."""
    flag = turn.voice.content.red_flag(given.flag)
    level = turn.spoken(f"summary/level_{given.level}").say[0]
    name = f"summary/outcome_{given.outcome}"
    outcome = turn.spoken(name if turn.has(name) else "summary/outcome_stands").say[0]
    return (
        turn.spoken("summary/alert")
        .say[0]
        .format(title=flag.condition if flag else given.flag, level=level, outcome=outcome)
    )


def _advice(who: str, turn: Turn) -> Iterator[str]:
    """What was answered to or for a person: the question, and of a unit the heart of the answer."""
    for name in accounts.said_for(turn.state, who):
        unit = turn.voice.unit(name) if "." in name else None
        article = turn.voice.content.article(name) if "." not in name and ":" not in name else None
        if unit is not None:
            yield f"{unit.asks} {turn.fill(first_sentence(unit.answer))}"
        elif article is not None:
            yield article.title


def _message(
    title: str, found: list[Section], turn: Turn, *, who: str = SELF, offered: Sequence[tuple[str, str]] = ()
) -> Message:
    """A summary message; its text reads all of it aloud."""
    heading = turn.spoken(title).say[0]
    if who != SELF:
        heading = turn.spoken("summary/title_other").say[0].format(who=turn.whose(who))
    aloud = " ".join(f"{one['heading']}: {'; '.join(_plain(one))}." for one in found)
    level = turn.meaning.assessment.urgency
    urgency = level.value if level is not Urgency.SELF_CARE else None
    text = f"{heading}. {aloud}"[:MOST_ALOUD]
    return messages.message(
        SUMMARY, text, title=heading, sections=found, urgency=urgency, quick_replies=messages.buttons(offered)
    )


MOST_ALOUD = 4000
"""Characters of a message's text (the contract)."""


def _plain(section: Section) -> list[str]:
    lines = section["lines"]
    return [str(line).rstrip(".") for line in lines] if isinstance(lines, list | tuple) else []


def corrected(turn: Turn) -> Turn | None:
    """A summary that was just shown, put right: something is left out or is to go, or it is to be about somebody else; None
    where the message does neither."""
    latest = turn.state.shown[0] if turn.state.shown else None
    if latest is None or latest.kind != SUMMARY or turn.meaning.alert.level is not None:
        return None
    words = turn.voice.told
    for meant in turn.meaning.acts:
        if told.says(meant.text, "take_out", words):
            return _taken_out(meant, latest.id, turn)
        if told.says(meant.text, "left_out", words):
            return _put_in(meant, latest.id, turn)
        if meant.act in ("correct/person", "aspect/variant") and meant.who != latest.id:
            return shown(meant.who, turn)
    return None


def _put_in(meant: Meant, who: str, turn: Turn) -> Turn:
    """What was left out, put in: what is known by name as such, all else in the person's own words."""
    words = turn.voice.told
    named = told.medicines_named(meant.text, words)
    facts = [Fact(told.MEDICINE + name, True, turn.state.turn) for name in named]
    own = told.own_words(meant.text, words)
    if own and not named and (not meant.facts or told.says(meant.text, "generic", words)):
        facts.append(Fact(_next_note(who, turn), own, turn.state.turn))
    for fact in (*meant.facts, *facts):
        turn = questions.remember_fact(turn, who, fact)
    return shown(who, turn.say("summary/put_in"))


def _next_note(who: str, turn: Turn) -> str:
    """The name of the next note in own words; the oldest makes way."""
    notes = [fact for fact in turn.state.person(who).facts if fact.name.startswith(told.OWN)]
    if len(notes) >= told.MOST_NOTES:
        return min(notes, key=lambda fact: fact.turn).name
    taken = {fact.name for fact in notes}
    return next(name for at in range(told.MOST_NOTES) if (name := f"{told.OWN}{at}") not in taken)


def _taken_out(meant: Meant, who: str, turn: Turn) -> Turn:
    """What is to go, taken out: medicines by name, notes and other facts by their words."""
    said = meant.text.lower()
    named = {told.MEDICINE + name for name in told.medicines_named(meant.text, turn.voice.told)}
    for fact in turn.state.person(who).facts:
        phrase = memory.phrase(fact, turn).lower()
        theirs = fact.name.startswith(told.OWN) and str(fact.value).lower() in said
        if fact.name in named or theirs or (phrase and phrase in said):
            turn = questions.remember_fact(turn, who, replace(fact, value=False, turn=turn.state.turn))
    return shown(who, turn.say("summary/taken_out"))


def takeaways(turn: Turn) -> Turn:
    """The heart of what was answered, and what to look out for."""
    heart, watch = [], []
    for name in turn.state.said:
        unit = turn.voice.unit(name) if "." in name else None
        article = turn.voice.content.article(name) if "." not in name and ":" not in name else None
        if text := unit.answer if unit else article.short if article else "":
            heart.append(turn.fill(sentences(text, 1)))
        if unit is not None and unit.net:
            watch.append(turn.fill(sentences(unit.net, 1)))
    walks = [diary_cards.summary(turn)] if turn.walks.entries else []
    if not heart and not walks:
        return turn.say("answer/nothing_yet")
    kept, watched = points.lines(heart, watch)
    found: list[Section] = [{"heading": turn.spoken("takeaways/heading").say[0], "lines": list(kept)}] if kept else []
    if walks:
        found.append({"heading": turn.spoken("takeaways/walks").say[0], "lines": walks})
    if watched:
        found.append({"heading": turn.spoken("takeaways/watch").say[0], "lines": list(watched)})
    return turn.add(_message("takeaways/title", found, turn))
