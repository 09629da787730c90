"""Exercises: a card with what to change for this person, or why there is none; and lists of what fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot import messages
from bot.answering import fitting
from bot.answering.compose import fitting_words
from bot.answering.showing import showed
from bot.answering.turn import Turn, joined
from bot.answering.voice import Voice
from bot.conversation.state import SELF
from bot.model import Article, Condition, Exercise, Fit

MOST_CARDS = 2
"""Cards shown for one question: an exercise has two ways at most."""
COLUMNS = ("name", "targets", "position", "dose")


def howto(article: Article, turn: Turn, *, who: str, conditions: Sequence[str]) -> Turn:
    """The card of a how-to article's exercise; of several ways those that suit the person."""
    found = [exercise for name in article.exercises if (exercise := turn.voice.content.exercise(name))]
    suiting = [exercise for exercise in found if fitting.suits(exercise, conditions, turn.voice)]
    for exercise in (suiting or found)[: MOST_CARDS if suiting else 1]:
        turn = card(exercise, turn, who=who, conditions=conditions)
    return turn.remember(article.id)


def unsuited(article: Article, turn: Turn, conditions: Sequence[str]) -> bool:
    """Whether a how-to article is of an exercise, and none of its exercises suits the person: then nothing that it says of how
    to do it, how often or what it is good for may stand by itself."""
    found = [exercise for name in article.exercises if (exercise := turn.voice.content.exercise(name))]
    howto_ = article.category == "exercise_howto" and bool(found)
    return howto_ and not any(fitting.suits(exercise, conditions, turn.voice) for exercise in found)


def card(exercise: Exercise, turn: Turn, *, who: str, conditions: Sequence[str]) -> Turn:
    """One exercise's card, what to change before it; or why it does not suit, with another in its place."""
    if turn.careful:
        return waits(turn)
    fitted = fitting.fit(exercise, conditions, turn.voice)
    if not fitted.shown:
        return refused(fitted, turn, who=who, conditions=conditions)
    changes = {fit.condition: fit.say for fit in fitted.adapt if fit.say}
    turn, text = fitting_words(changes.items(), conditions, turn, who=who)
    if text:
        turn = turn.add(messages.message("text", turn.fill(text)))
    sources = turn.voice.sources(exercise.sources)
    topic = topic_of(exercise, turn.voice)
    shown = messages.exercise(exercise, topic=topic, sources=sources)
    steps = [f"step {number}" for number in range(1, len(exercise.steps) + 1)]
    return showed(turn.add(shown), "exercise", exercise.id, steps)


def waits(turn: Turn) -> Turn:
    """That exercises and plans wait: until a suspected sign is cleared up, or until the person has been seen."""
    episode = turn.state.episode
    if episode.stage == "none" and turn.meaning.alert.level is None:
        return turn.say("exercise/waits")
    level = max(episode.level, turn.meaning.assessment.urgency, key=lambda one: one.rank)
    return turn.say("exercise/waits_seen", urgency=level)


def refused(fitted: fitting.Fitted, turn: Turn, *, who: str, conditions: Sequence[str]) -> Turn:
    """Why an exercise does not suit, and the one that does."""
    worst, name = fitted.worst, fitted.exercise.name
    if worst is None:
        return turn
    condition = turn.voice.content.condition(worst.condition)
    if worst.fit is Fit.ASK_FIRST or fitting.asks_first(fitting.fits(fitted.exercise, conditions, turn.voice)):
        return ask_team(condition, turn, who=who, name=name, why=worst.say if worst.fit is Fit.ASK_FIRST else "")
    turn, text = turn.words("exercise/avoid", name=name.lower(), why=worst.say, because=_because(condition, turn, who))
    if fitted.instead is None:
        return turn.add(messages.message("text", text))
    turn, lead = turn.words("exercise/instead", name=fitted.instead.name.lower())
    turn = turn.add(messages.message("text", f"{text} {lead}"))
    return card(fitted.instead, turn, who=who, conditions=conditions)


def ask_team(condition: Condition | None, turn: Turn, *, who: str, name: str = "", why: str = "") -> Turn:
    """That the team which treats the person comes first: for one exercise, or for any plan."""
    reply = "exercise/ask_first" if name else "exercise/ask_first_plan"
    turn, text = turn.words(
        reply if who == SELF else f"{reply}_other",
        name=name.lower(),
        because=_because(condition, turn, who),
        who=turn.whose(who),
    )
    walking = messages.topic_payload("walking/keep_walking")
    title = turn.voice.replies.buttons["keep_walking"].title
    said = messages.message("text", f"{text} {turn.fill(why)}", quick_replies=messages.buttons([(title, walking)]))
    return turn.add(said)


def _because(condition: Condition | None, turn: Turn, who: str) -> str:
    """A condition as the reason in a sentence: "as you have osteoporosis"."""
    if condition is None:
        return ""
    name = "fit/as" if who == SELF else "fit/as_other"
    return turn.spoken(name).say[0].format(told=condition.told, who=turn.whose(who), name=condition.name.lower())


def topic_of(exercise: Exercise, voice: Voice) -> str:
    """The how-to topic that shows an exercise; "exercises/safety" for one that none shows."""
    for topic in voice.content.topics():
        article = voice.content.article(topic)
        if article and article.category == "exercise_howto" and exercise.id in article.exercises:
            return topic
    return "exercises/safety"


def listed(turn: Turn, *, who: str, conditions: Sequence[str], wanted: str = "", only: Iterable[str] = ()) -> Turn:
    """A list of the exercises that suit a person, by the need and position named in `wanted`; as a table with their doses."""
    gate = fitting.careful(conditions, turn.voice)
    if gate is not None:
        return ask_team(gate, turn, who=who)
    if turn.careful:
        return waits(turn)
    pool = [exercise for name in only if (exercise := turn.voice.content.exercise(name))]
    gentler = () if pool else by_easier_way(turn.voice.content.exercises(), wanted, turn.voice)
    pool = pool or [*narrowed(turn.voice.content.exercises(), wanted, turn.voice), *gentler]
    suiting = [exercise for exercise in pool if fitting.suits(exercise, conditions, turn.voice)]
    if not suiting:
        return turn.say("exercise/none_fits")
    left_out = [exercise.name.lower() for exercise in pool if exercise not in suiting]
    turn = _list_lead(turn, conditions, left_out, who=who)
    turn = turn.add(table_of(suiting, turn, conditions=conditions, easier=gentler))
    offered = [(exercise.name, messages.topic_payload(topic_of(exercise, turn.voice))) for exercise in suiting]
    turn.messages[-1]["quick_replies"] = messages.buttons(offered[: turn.voice.settings.most.buttons])
    return showed(turn, "list", "exercises", [exercise.id for exercise in suiting])


def left_out(article: Article, turn: Turn, *, who: str, conditions: Sequence[str]) -> tuple[Turn, str]:
    """Which of the exercises that an article names do not suit this person; "" where all do."""
    found = [exercise for name in article.exercises if (exercise := turn.voice.content.exercise(name))]
    unfit = [exercise for exercise in found if not fitting.suits(exercise, conditions, turn.voice)]
    if not unfit:
        return turn, ""
    worst = fitting.fits(unfit[0], conditions, turn.voice)[0]
    because = _because(turn.voice.content.condition(worst.condition), turn, who)
    last = turn.spoken("words/and").say[0]
    return turn.words(
        "exercise/of_these", because=because, names=joined((one.name.lower() for one in unfit), last=last)
    )


def _list_lead(turn: Turn, conditions: Sequence[str], left_out: Sequence[str], *, who: str) -> Turn:
    """What a list is fitted to, and what was left out for it."""
    if not left_out:
        return turn
    told = [found for name in conditions if (found := turn.voice.content.condition(name))]
    reply = "exercise/list_fitted" if who == SELF else "exercise/list_fitted_other"
    because = _because(told[0] if told else None, turn, who)
    return turn.say(reply, because=because, who=turn.whose(who), names=", ".join(left_out))


def amount(exercise: Exercise, turn: Turn) -> str:
    """How much of an exercise, in words: how many, how long, in how many rounds, how often."""
    dose = exercise.dose
    parts = [(name, getattr(dose, name)) for name in ("reps", "hold", "sets", "how_often")]
    return ", ".join(turn.spoken(f"exercise/dose_{name}").say[0].format(value=value) for name, value in parts if value)


def table_of(
    exercises: Sequence[Exercise],
    turn: Turn,
    *,
    conditions: Sequence[str],
    caption: str = "exercise/caption",
    easier: Iterable[Exercise] = (),
) -> messages.Message:
    """Exercises as a table; a column says what to change where one needs it, of `easier` ones their easier way."""
    head = dict(zip((*COLUMNS, "change"), turn.spoken("exercise/columns").say, strict=True))
    gentler = list(easier)
    rows = [_row(exercise, conditions, turn, easier=exercise in gentler) for exercise in exercises]
    keys = [*COLUMNS, *(["change"] if any(row["change"] for row in rows) else [])]
    heading = turn.spoken(caption).say[0]
    return messages.message(
        "table",
        heading,
        caption=heading,
        columns=[{"key": key, "label": head[key]} for key in keys],
        rows=[{key: row[key] for key in keys} for row in rows],
    )


def _row(exercise: Exercise, conditions: Sequence[str], turn: Turn, *, easier: bool) -> dict[str, str]:
    """An exercise as a row; with `easier` its easier way is what to change."""
    changes = [fit.say for fit in fitting.fit(exercise, conditions, turn.voice).adapt]
    changes += [exercise.easier] if easier and exercise.easier else []
    return {
        "name": exercise.name,
        "targets": exercise.targets,
        "position": exercise.position,
        "dose": amount(exercise, turn),
        "change": " ".join(dict.fromkeys(changes)),
    }


def narrowed(exercises: Sequence[Exercise], wanted: str, voice: Voice) -> list[Exercise]:
    """The exercises of the position and need that are named; all where nothing is named, or none is so."""
    kinds, positions = _wanted(voice.settings.kinds, wanted), _wanted(voice.settings.positions, wanted)
    placed = [one for one in exercises if all(_names(words, one.position) for words in positions.values())]
    of_kind = [one for one in exercises if not kinds or any(kind in one.kind for kind in kinds)]
    found = [one for one in placed if one in of_kind]
    if not found and by_easier_way(exercises, wanted, voice):
        return []
    # Where nothing is both, the place counts: it says what the person can do at all.
    return found or (placed if positions else of_kind) or list(exercises)


def by_easier_way(exercises: Sequence[Exercise], wanted: str, voice: Voice) -> tuple[Exercise, ...]:
    """The exercises whose easier way, not the usual one, is in the position that is named."""
    kinds, positions = _wanted(voice.settings.kinds, wanted), _wanted(voice.settings.positions, wanted)
    of_kind = [one for one in exercises if not kinds or any(kind in one.kind for kind in kinds)]
    return tuple(
        one
        for one in of_kind
        for words in list(positions.values())[:1]
        if not _names(words, one.position) and _names(words, one.easier or "")
    )


def _wanted(named: Mapping[str, tuple[str, ...]], wanted: str) -> dict[str, tuple[str, ...]]:
    """The entries of a list of words that are named."""
    return {name: words for name, words in named.items() if _names(words, wanted)}


def _names(words: Iterable[str], text: str) -> bool:
    """Whether any of the words is in a text."""
    return any(word in text.lower() for word in words)
