"""References to what was shown: the second one, the next, something easier, another instead, which is best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering import answers, cards, checking, fitting, planned
from bot.answering.showing import moved
from bot.answering.turn import Turn
from bot.conversation.meaning import Meant
from bot.conversation.references import STEPPED
from bot.conversation.state import Shown
from bot.model import Article, Exercise
from bot.reading import Scored

COMPARED = 3
"""Things compared side by side."""


def conditions(meant: Meant, turn: Turn) -> tuple[str, ...]:
    """The conditions of the person that an act is about."""
    return fitting.conditions_of(turn.state.person(meant.who), turn.voice, also=meant.facts)


def refer(meant: Meant, turn: Turn) -> Turn:
    """ "The second one", "week 4", "next": the entry that is named, shown."""
    target = meant.target
    if meant.act == "reference/next" and meant.entry is None and (target is None or target.kind not in STEPPED):
        return _next_exercise(meant, turn)
    if target is None:
        return turn.say("answer/which" if turn.state.shown else "answer/nothing_yet")
    turn = moved(turn, target)
    if meant.entry is None:
        return turn.say("answer/last" if meant.act == "reference/next" else "answer/which")
    return entry(target, meant.entry, meant, turn)


def _next_exercise(meant: Meant, turn: Turn) -> Turn:
    """The next one where no list is gone through: another exercise after one, a list where none was shown."""
    if turn.careful:
        return cards.waits(turn)
    if latest_exercise(meant, turn) is not None:
        return instead(meant, turn)
    return cards.listed(turn, who=meant.who, conditions=conditions(meant, turn), wanted=meant.text)


def entry(target: Shown, name: str, meant: Meant, turn: Turn) -> Turn:
    """One entry of something shown: an exercise's card, a topic's answer, a row, a step."""
    if (found := planned.entry(target.kind, name, turn)) is not None:
        return found
    exercise = turn.voice.content.exercise(name)
    if exercise is not None:
        return cards.card(exercise, turn, who=meant.who, conditions=conditions(meant, turn))
    if turn.voice.content.article(name) is not None:
        return topic(name, meant, turn)
    if turn.voice.unit(name) is not None:
        return answers.answer(
            [_ask(meant, units=(Scored(name, 1.0),), topics=(Scored(name.split(".")[0], 1.0),))], turn
        )
    if name == checking.KIND:
        return checking.start(turn)
    if target.kind == "exercise":
        return _step(target, name, turn)
    return _row(target, name, turn)


def topic(name: str, meant: Meant, turn: Turn) -> Turn:
    """A topic's answer, as if it had been asked about."""
    return answers.answer([_ask(meant, topics=(Scored(name, 1.0),))], turn)


def _ask(meant: Meant, *, topics: tuple[Scored, ...], units: tuple[Scored, ...] = ()) -> Meant:
    """A question about what a reference names."""
    return Meant(act="ask", who=meant.who, topics=topics, units=units, facts=meant.facts, text=meant.text)


def _step(target: Shown, name: str, turn: Turn) -> Turn:
    """One step of an exercise."""
    exercise = turn.voice.content.exercise(target.id)
    number = name.rsplit(" ", 1)[-1]
    if exercise is None or not number.isdigit() or not 1 <= int(number) <= len(exercise.steps):
        return turn.say("answer/which")
    return turn.say("exercise/step", number=number, text=exercise.steps[int(number) - 1])


def _row(target: Shown, name: str, turn: Turn) -> Turn:
    """One row of an article's table, in words."""
    article = turn.voice.content.article(target.id)
    if article is None or article.table is None:
        return turn.say("answer/which")
    at = {row: number for number, row in enumerate(answers.row_names(article.table))}.get(name)
    if at is None:
        return turn.say("answer/which")
    row = article.table.rows[at]
    columns = article.table.columns
    text = ". ".join(f"{column.label}: {row[column.key]}" for column in columns[1:] if row[column.key])
    return turn.say("answer/row", name=name[:1].upper() + name[1:], text=text)


def latest_exercise(meant: Meant, turn: Turn) -> Exercise | None:
    """The exercise that an act speaks of: the entry or thing that it names, else the one shown last."""
    named = [meant.entry, meant.target.id if meant.target else None]
    shown = [one.id for one in turn.state.shown if one.kind == "exercise"]
    found = (turn.voice.content.exercise(name) for name in (*named, *shown) if name)
    return next((exercise for exercise in found if exercise is not None), None)


def change(meant: Meant, turn: Turn) -> Turn:
    """Something easier or harder: from the card of the exercise."""
    exercise = latest_exercise(meant, turn)
    if exercise is None:
        return cards.listed(turn, who=meant.who, conditions=conditions(meant, turn), wanted=meant.text)
    way = meant.act.split("/")[1]
    text = exercise.easier if way == "easier" else exercise.harder
    found = fitting.fit(exercise, conditions(meant, turn), turn.voice)
    if not found.shown or turn.careful:
        return cards.card(exercise, turn, who=meant.who, conditions=conditions(meant, turn))
    if text is None:
        return turn.say(f"exercise/no_{way}", name=exercise.name.lower())
    return turn.say(f"exercise/{way}", text=text)


def instead(meant: Meant, turn: Turn) -> Turn:
    """Another exercise that fits and was not shown; for an answer, the next reading or near things."""
    exercise = latest_exercise(meant, turn)
    if exercise is None:
        articles = _latest_articles(turn)
        return answers.offer(turn.voice.articles(name for one in articles for name in one.see_also)[:3], turn)
    other = another(exercise, meant, turn)
    if other is None:
        return turn.say("exercise/nothing_else")
    return cards.card(other, turn, who=meant.who, conditions=conditions(meant, turn))


def another(exercise: Exercise, meant: Meant, turn: Turn) -> Exercise | None:
    """An exercise that suits, was not shown, and is of the same kind where there is one."""
    seen = {one.id for one in turn.state.shown if one.kind == "exercise"} | {exercise.id}
    mine = conditions(meant, turn)
    listed = [
        name for one in turn.state.shown if one.kind == "list" and exercise.id in one.entries for name in one.entries
    ]
    pool = [found for name in listed if (found := turn.voice.content.exercise(name))]
    pool += sorted(turn.voice.content.exercises(), key=lambda one: one.kind != exercise.kind)
    return next((one for one in pool if one.id not in seen and fitting.suits(one, mine, turn.voice)), None)


def hurts(meant: Meant, turn: Turn) -> Turn:
    """An exercise that hurts: its own caution or easier way, and when to leave it out; another on request."""
    exercise = latest_exercise(meant, turn)
    if exercise is None:
        return turn.say("statement/advice_hurts")
    said = set(meant.text.lower().replace(",", " ").replace(".", " ").split())
    ranked = sorted(exercise.cautions, key=lambda caution: -len(said & _content_words(caution)))
    matching = [caution for caution in ranked[:1] if said & _content_words(caution)]
    text = (matching or [exercise.easier or ranked[0]])[0]
    turn, net = turn.words("exercise/hurts_net")
    turn, lead = turn.words("exercise/hurts", text=text)
    title = turn.spoken("button/instead").say[0]
    button = messages.buttons([(title, title)])
    return turn.add(messages.message("text", f"{lead} {net}", quick_replies=button))


def _content_words(text: str) -> set[str]:
    """The words of a caution that tell what it is about, with and without their plural."""
    words = {word.strip(".,;:") for word in text.lower().split() if len(word.strip(".,;:")) > 3}
    return words | {word[:-1] for word in words if word.endswith("s")} | {f"{word}s" for word in words}


def best(meant: Meant, turn: Turn) -> Turn:
    """Which of several is best for this person: the one that suits as it is, the gentlest first."""
    mine = conditions(meant, turn)
    pool = _compared(meant, turn)
    if not pool:
        return _best_topic(meant, turn)
    gate = fitting.careful(mine, turn.voice)
    if gate is not None:
        return cards.ask_team(gate, turn, who=meant.who)
    suiting = [exercise for exercise in pool if fitting.suits(exercise, mine, turn.voice)]
    if not suiting:
        return turn.say("exercise/none_fits")
    plain = [one for one in suiting if not fitting.fit(one, mine, turn.voice).adapt]
    chosen = min(plain or suiting, key=lambda one: _effort(one, turn))
    changes = " ".join(fit.say for fit in fitting.fit(chosen, mine, turn.voice).adapt)
    kind = (
        "exercise/best_change"
        if changes
        else "exercise/best_plain"
        if "strength" in chosen.kind
        else "exercise/best_easy"
    )
    turn, why = turn.words(kind, text=changes)
    turn = turn.say("exercise/best", name=chosen.name.lower(), why=why)
    return cards.card(chosen, turn, who=meant.who, conditions=mine)


def _effort(exercise: Exercise, turn: Turn) -> int:
    """How much an exercise asks, by its kind: the gentlest is 0."""
    kinds = turn.voice.settings.gentlest
    return next((at for at, kind in enumerate(kinds) if exercise.kind.startswith(kind)), len(kinds))


def _best_topic(meant: Meant, turn: Turn) -> Turn:
    """Of things that are no exercises: the first that was offered is answered; of all that was answered, short walks."""
    named = meant.target is not None and bool(meant.target.entries)
    names = [meant.target] if named and meant.target else [one for one in turn.state.shown if one.kind == "choices"]
    topics = [name for one in names for name in one.entries if turn.voice.content.article(name)]
    if topics:
        return topic(topics[0], meant, turn)
    return turn.say("answer/one_thing" if _latest_articles(turn) else "answer/which")


def _compared(meant: Meant, turn: Turn) -> list[Exercise]:
    """The exercises that are compared: those of the list named or shown last, else the cards shown last."""
    lists = [meant.target] if meant.target else [one for one in turn.state.shown if one.kind == "list"][:1]
    names = [name for one in lists for name in one.entries]
    names = names or [one.id for one in turn.state.shown if one.kind == "exercise"][:COMPARED]
    return [exercise for name in names if (exercise := turn.voice.content.exercise(name))]


def difference(meant: Meant, turn: Turn) -> Turn:
    """Two or three exercises side by side; of two topics the short texts, each in a sentence."""
    cards_shown = [one.id for one in turn.state.shown if one.kind == "exercise"][:2]
    found = [exercise for name in cards_shown if (exercise := turn.voice.content.exercise(name))]
    mine = conditions(meant, turn)
    found = [
        one for one in (found if len(found) > 1 else _compared(meant, turn)) if fitting.suits(one, mine, turn.voice)
    ]
    if len(found) < 2:
        return _topics_apart(meant, turn)
    return turn.add(cards.table_of(found[:COMPARED], turn, conditions=mine, caption="exercise/difference"))


def _topics_apart(meant: Meant, turn: Turn) -> Turn:
    """Two topics side by side: those that were asked about, else those shown last."""
    asked = [one.label for one in meant.topics[:2]]
    articles = turn.voice.articles(asked) if len(asked) > 1 else _latest_articles(turn)[:2]
    if len(articles) < 2:
        return turn.say("answer/which")
    return turn.add(_side_by_side(articles, turn))


def _side_by_side(articles: Sequence[Article], turn: Turn) -> messages.Message:
    """Topics as rows with the heart of each."""
    what, heart = turn.spoken("compare/columns").say
    caption = turn.spoken("exercise/difference").say[0]
    rows = [{"what": one.title, "heart": turn.fill(messages.first_sentence(one.short))} for one in articles]
    columns = [{"key": "what", "label": what}, {"key": "heart", "label": heart}]
    return messages.message("table", caption, caption=caption, columns=columns, rows=rows)


def _latest_articles(turn: Turn) -> list[Article]:
    """The articles of what was shown, the latest first."""
    topics = [one.id.split(".", 1)[0] for one in turn.state.shown if one.kind in ("article", "unit", "table")]
    return turn.voice.articles(topics)


def again(meant: Meant, turn: Turn) -> Turn:
    """The same once more, on request: the thing shown last."""
    latest = turn.state.shown[0] if turn.state.shown else None
    if latest is None:
        return turn.say("answer/nothing_yet")
    exercise = turn.voice.content.exercise(latest.id)
    if exercise is not None:
        return cards.card(exercise, turn, who=meant.who, conditions=conditions(meant, turn))
    if (found := planned.again(latest.kind, turn)) is not None:
        return found
    if latest.kind in ("list", "choices"):
        return _list_again(latest, meant, turn)
    return _answer_again(latest, meant, turn)


def _list_again(latest: Shown, meant: Meant, turn: Turn) -> Turn:
    """A list or an offer once more."""
    if latest.kind == "list":
        return cards.listed(turn, who=meant.who, conditions=conditions(meant, turn), only=latest.entries)
    return answers.offer(turn.voice.articles(latest.entries), turn)


def _answer_again(latest: Shown, meant: Meant, turn: Turn) -> Turn:
    """A unit or an article once more: what is kept as said does not count here."""
    said = tuple(one for one in turn.state.said if one not in (latest.id, latest.id.split(".", 1)[0]))
    turn = turn.put(replace(turn.state, said=said))
    units = (Scored(latest.id, 1.0),) if latest.kind == "unit" else ()
    topics = (Scored(latest.id.split(".", 1)[0], 1.0),)
    return answers.answer([_ask(meant, topics=topics, units=units)], turn)
