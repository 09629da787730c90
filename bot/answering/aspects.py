"""A side of what was just shown: why, how, how often, is it safe, where is it from; shorter, or in plainer words."""

from __future__ import annotations

from bot import messages
from bot.answering import answers, cards, fitting
from bot.answering.compose import sentences
from bot.answering.fitting import conditions_of
from bot.answering.references import latest_exercise
from bot.answering.turn import SEEN, Turn
from bot.conversation.meaning import Meant
from bot.conversation.state import Shown
from bot.model import Article, Exercise, Section, Unit

SECTIONS = {"proof": "evidence", "variant": "how", "more": "more"}
"""Aspects whose section has another key."""
INSTEAD = {
    "how": ("how_often", "cautions"), "how_often": ("how", "how_long"), "how_long": ("how_often", "how"), "why": ("evidence",),
    "evidence": ("why",), "cautions": (),
}  # fmt: skip
"""The sections that answer nearly the same, where an article lacks one."""


GATED = ("how", "how_often", "how_long", "more")
"""Sides of an exercise that nobody is told whom it does not suit."""


def aspect(meant: Meant, turn: Turn) -> Turn:
    """One side of what the person speaks of: the latest exercise's card, or the article of the latest answer."""
    wanted = meant.act.split("/", 1)[1]
    shown = _subject(meant, turn)
    if shown is None:
        return turn.say("answer/nothing_yet")
    if wanted == "sources":
        return _sources(shown, turn)
    if wanted == "variant" and (meant.topics or meant.units):
        return answers.answer([meant], turn)
    if shown.kind in ("exercise", "list"):
        exercise = latest_exercise(meant, turn)
        if exercise is not None and (said := _of_exercise(exercise, wanted, meant, turn)) is not None:
            return said
    return _of_article(shown, SECTIONS.get(wanted, wanted), meant, turn)


def _subject(meant: Meant, turn: Turn) -> Shown | None:
    """What an aspect is of: what is named, else what was shown last and has sides."""
    if meant.target is not None:
        return meant.target
    if meant.topics and meant.topics[0].probability >= 1.0:
        return Shown("article", meant.topics[0].label)
    kinds = ("article", "unit", "exercise", "table", "list")
    return next((one for one in turn.state.shown if one.kind in kinds), None)


def _article(shown: Shown, turn: Turn) -> Article | None:
    """The article behind something shown."""
    exercise = turn.voice.content.exercise(shown.id)
    if exercise is not None:
        topics = turn.voice.articles(turn.voice.content.topics())
        return next((one for one in topics if exercise.id in one.exercises and one.category == "exercise_howto"), None)
    return turn.voice.content.article("exercises/stretching" if shown.kind == "list" else shown.id.split(".", 1)[0])


def _of_exercise(exercise: Exercise, wanted: str, meant: Meant, turn: Turn) -> Turn | None:
    """A side of an exercise from its card, or None where the article knows it."""
    name = exercise.name.lower()
    mine = conditions_of(turn.state.person(meant.who), turn.voice, also=meant.facts)
    latest = turn.state.shown[0] if turn.state.shown else None
    just_now = latest is not None and (latest.id, latest.turn) == (exercise.id, turn.state.turn - 1)
    if wanted == "how" and just_now and not turn.careful and fitting.suits(exercise, mine, turn.voice):
        return turn.say(
            "exercise/slowly", text=exercise.steps[0]
        )  # the card is on the page: one step at a time instead
    if wanted == "how" or (wanted == "how_often" and not fitting.suits(exercise, mine, turn.voice)):
        return cards.card(exercise, turn, who=meant.who, conditions=mine)
    if wanted == "how_often":
        return _dose(exercise, turn)
    if wanted == "why":
        return turn.say("exercise/why", name=name, text=exercise.targets)
    if wanted == "cautions":
        return turn.say("exercise/cautions", name=name, text=" ".join(exercise.cautions))
    return None


def _dose(exercise: Exercise, turn: Turn) -> Turn:
    """How much and how often, with the card's note."""
    turn, text = turn.words("exercise/dose", name=exercise.name.lower(), text=cards.amount(exercise, turn))
    return turn.add(messages.message("text", f"{text} {exercise.dose.note or ''}"))


def _of_article(shown: Shown, key: str, meant: Meant, turn: Turn) -> Turn:
    """A section of an article, or of one that answers nearly the same; else the heart of it."""
    article = _article(shown, turn)
    if article is None:
        return turn.say("answer/nothing_yet")
    mine = conditions_of(turn.state.person(meant.who), turn.voice, also=meant.facts)
    if key in GATED and cards.unsuited(article, turn, mine):
        return cards.howto(article, turn, who=meant.who, conditions=mine)
    if key == "more":
        return _more(article, turn)
    unit = turn.voice.unit(shown.id) if shown.kind == "unit" else None
    if key == "why" and unit and unit.because and not turn.seen(f"{unit.id}#why"):
        return turn.remember(f"seen:{unit.id}#why").add(_because(article, unit, turn))
    part = _section(article, key)
    if part is None:
        essential = turn.fill(messages.first_sentence(unit.answer if unit else article.short))
        return turn.say("answer/no_section", essential=essential)
    if turn.seen(f"{article.id}#{part.key}") and key != "cautions":
        return turn.say("answer/again", essential=turn.fill(messages.first_sentence(part.text)))
    return answers.section(article, part, turn)


def _section(article: Article, key: str) -> Section | None:
    """The section, or the one that comes nearest."""
    found = (article.section(name) for name in (key, *INSTEAD.get(key, ())))
    return next((part for part in found if part is not None), None)


def _because(article: Article, unit: Unit, turn: Turn) -> messages.Message:
    """A unit's own reason."""
    return messages.message("text", turn.fill(unit.because), topic=article.id, unit=unit.id)


def _more(article: Article, turn: Turn) -> Turn:
    """The next section not yet given: one at a time, so that a phone can hold it."""
    part = next((part for part in article.more if not turn.seen(f"{article.id}#{part.key}")), None)
    if part is None:
        return answers.again(article, None, turn)
    return answers.section(article, part, turn)


def _sources(shown: Shown, turn: Turn) -> Turn:
    """Where the last answer comes from."""
    article, unit = _article(shown, turn), turn.voice.unit(shown.id)
    exercise = turn.voice.content.exercise(shown.id)
    ids = unit.sources if unit else exercise.sources if exercise else article.sources if article else ()
    found = turn.voice.sources(ids)
    if not found:
        return turn.say("answer/no_sources")
    names = "; ".join(f"{one.title} ({one.publisher})" if one.publisher else one.title for one in found)
    turn, text = turn.words("answer/sources", titles=names)
    topic = article.id if article else None
    return turn.add(messages.message("text", text, topic=topic, sources=messages.source_list(found)))


def latest_text(article: Article, turn: Turn) -> str:
    """What was said last of an article: its section where one was shown after its short text."""
    start = f"{SEEN}{article.id}#"
    said = next((one for one in reversed(turn.state.said) if one == article.id or one.startswith(start)), article.id)
    part = article.section(said.removeprefix(start))
    return part.text if part else article.short


def shorter(meant: Meant, turn: Turn) -> Turn:
    """The first sentence of what was said last; in plainer words it is the same: each first sentence is the answer."""
    shown = _subject(meant, turn)
    exercise = turn.voice.content.exercise(shown.id) if shown else None
    if exercise is not None:
        return turn.say("exercise/short", name=exercise.name.lower(), text=" ".join(exercise.steps[:2]))
    article = _article(shown, turn) if shown else None
    if shown is None or article is None:
        return turn.say("answer/nothing_yet")
    unit = turn.voice.unit(shown.id)
    text = sentences(unit.answer if unit else latest_text(article, turn), turn.voice.settings.most.shorter)
    do = sentences(unit.do, 1) if unit and unit.do and meant.act == "change/simpler" else ""
    turn, said = turn.words("answer/shorter", text=turn.fill(f"{text} {do}".strip()))
    return turn.add(messages.message("text", said, topic=article.id, unit=unit.id if unit else None))
