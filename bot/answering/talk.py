"""Small talk, feelings, questions about the assistant itself, repair, and what lies outside what it knows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot import messages
from bot.answering import answers, episode, memory, units
from bot.answering.showing import missed
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant

_WORD = re.compile(r"[\w\u0900-\u097f]+")
"""A word; the vowel signs of Devanagari are marks to Python, and part of the word to everybody else."""
MISSES = 2
"""Misses after which near things are offered instead of another guess."""
FEWEST_WORDS = 2
"""Words of a language by which a message is known to be in it; a single one may be a name."""
SURELY_WORDS, SURELY_SHARE = 3, 0.5
"""Words of a language, and their share of all, by which a message is surely in it, however it was read."""


def said(meant: Meant, turn: Turn) -> Turn:
    """The reply that has the act's name; while help that cannot wait is to be had, the one for that where there is one."""
    name = meant.act
    if episode.pressing(turn) and turn.has(f"{name}/alert"):
        if name.startswith("outside/"):  # what is declined advises nothing, so what stands is said with its number
            turn = episode.standing(turn)
        return turn.say(f"{name}/alert", urgency=turn.state.episode.level)
    return turn.say(name)


def about_self(meant: Meant, turn: Turn) -> Turn:
    """Questions about the assistant, and what it knows of the person."""
    if meant.act == "meta/know_about_me":
        return memory.read_back(turn)
    if meant.act == "meta/forget":
        return memory.forget(turn)
    if meant.act == "meta/start_over":
        return memory.start_over(turn)
    if meant.act == "meta/language":
        return in_language(meant.text, turn)
    return said(meant, turn)


def repair(meant: Meant, turn: Turn) -> Turn:
    """An answer that missed: what was shown last is rejected, and the next reading comes; after two misses near things."""
    latest = next((one for one in turn.state.shown if one.kind in ("unit", "article", "exercise", "table")), None)
    turn = missed(turn)
    if meant.act == "repair/not_understood":
        return _plainer(meant, turn)
    if meant.act == "repair/said_already" or latest is None:
        turn = turn.say(meant.act)
        return turn if meant.act == "repair/useless" and turn.state.misses < MISSES else _offer(meant, turn)
    gone = (latest.id, latest.id.split(".", 1)[0]) if meant.act == "repair/useless" else (latest.id,)
    turn = answers.rejected(turn, *gone)
    turn = turn.say(meant.act)
    # Another reading helps only where a reading was shown: "the second one" was no guess at the question before it.
    guessed = latest.id.split(".", 1)[0] in {one.label for one in meant.topics}
    if turn.state.misses < MISSES and guessed:
        return _runner_up(meant, turn)
    return _offer(meant, turn)


def sorry(meant: Meant, turn: Turn) -> Turn:
    """An answer that missed, said beside the question put better: a word of regret, and the question is answered next."""
    latest = next((one for one in turn.state.shown if one.kind in ("unit", "article", "exercise", "table")), None)
    if latest is not None and meant.act == "repair/not_asked":
        turn = answers.rejected(turn, latest.id)
    return turn.say("repair/sorry")


def _runner_up(meant: Meant, turn: Turn) -> Turn:
    """The next reading of the question that was answered wrongly, however unsure it was."""
    ranked = [one for one in meant.topics if one.label not in turn.state.rejected]
    ranked_units = [one for one in meant.units if one.label not in turn.state.rejected]
    fresh = [one for one in ranked_units if one.label not in turn.state.said]
    shown = {one.id.split(".", 1)[0] for one in turn.state.shown[:1]}
    other = [one for one in ranked if one.label not in shown and turn.voice.content.article(one.label)]
    if fresh and turn.voice.unit(fresh[0].label):
        topic = fresh[0].label.split(".", 1)[0]
        again = replace(meant, act="ask", topics=(answers.sure(topic),), units=(answers.sure(fresh[0].label),))
    elif other:
        new = [one for one in other if one.label not in turn.state.said]
        again = replace(meant, act="ask", topics=(answers.sure((new or other)[0].label),), units=())
    else:
        return _offer(meant, turn)
    misses = turn.state.misses
    turn = answers.answer([again], turn)
    return turn.put(replace(turn.state, misses=misses))


def _offer(meant: Meant, turn: Turn) -> Turn:
    """Near things that were neither rejected nor shown, with the check; with none left, other words are asked for."""
    offered = [name for one in turn.state.shown if one.kind == "choices" for name in one.entries]
    shown = {*(one.id.split(".", 1)[0] for one in turn.state.shown[:1]), *turn.state.rejected, *offered}
    ranked = [one for one in meant.topics if one.label not in shown]
    fresh = [one for one in units.near(ranked, turn.voice) if one.id not in shown]
    if fresh:
        return answers.offer(fresh, turn, words="answer/torn")
    return turn if meant.act == "repair/useless" else turn.say("repair/other_words")


def _plainer(meant: Meant, turn: Turn) -> Turn:
    """The heart of what was said last in one sentence, or a question what is not clear."""
    latest = next((one for one in turn.state.shown if one.kind in ("unit", "article")), None)
    if latest is None or turn.state.misses >= MISSES:
        return _offer(meant, turn.say("repair/not_understood"))
    unit = turn.voice.unit(latest.id)
    article = turn.voice.content.article(latest.id.split(".", 1)[0])
    heart = unit.answer if unit else article.short if article else ""
    return turn.say("repair/plainer", essential=turn.fill(messages.first_sentence(heart)))


def outside(meant: Meant, turn: Turn) -> Turn:
    """What it does not know: said honestly, with who does. While an alert stands, that stands instead."""
    return said(meant, turn)


def foreign(text: str, turn: Turn) -> bool:
    """Whether a message is surely in another language: most of its words are, or most of its letters are not Latin ones."""
    letters = [c for c in text if c.isalpha()]
    if sum("LATIN" in unicodedata.name(c, "") for c in letters) * 2 < len(letters):
        return True
    words = set(_WORD.findall(text.lower()))
    most = max((len(words.intersection(one.words)) for one in turn.voice.replies.languages.values()), default=0)
    return most >= SURELY_WORDS and most >= len(words) * SURELY_SHARE


def in_language(text: str, turn: Turn) -> Turn:
    """That it only knows English, in the language of the message or the one that is named, with what to do in an emergency."""
    words = _WORD.findall(text.lower())
    languages = turn.voice.replies.languages.values()
    named = next((one for one in languages if set(words).intersection(one.names)), None)
    counts = [(sum(word in one.words for word in words), one) for one in languages]
    most, likely = max(counts, key=lambda pair: pair[0], default=(0, None))
    found = named or (likely if most >= FEWEST_WORDS else None)
    if found is None:
        return turn.say("meta/language")
    turn, english = turn.words("meta/language")
    line = turn.voice.help_desk.line("emergency", turn.region)
    call = found.with_number.format(number=line.number) if line else found.without
    own = found.say.format(call=call)
    said = messages.message("notice", own, reason="language")
    return turn.add(messages.in_paragraphs(said, own, english))
