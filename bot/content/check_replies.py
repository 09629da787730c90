"""Checks on what is said outside the articles: the shape of replies/ and answering.yml, and the ids that they name."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.answering import Answering, read_answering
from bot.content.checklists import Checklists, read_checklists
from bot.content.document import Problem
from bot.content.plans import Number, Plans, read_plans
from bot.content.reader import Reading
from bot.content.replies import SYSTEM, Replies, read_replies


def reply_errors(reading: Reading) -> Iterator[Problem]:
    """A key or value that the schema does not know, a button, topic, condition or exercise that is not there."""
    folder, settings = reading.root / "replies", reading.root / "answering.yml"
    if (folder / SYSTEM).exists():
        name = reading.name(folder)
        try:
            yield from _topics(read_replies(folder), reading, name)
        except (ValueError, KeyError, TypeError) as error:
            yield Problem(name, 1, " ".join(str(error).split()))
    if settings.exists():
        name = reading.name(settings)
        try:
            yield from _ids(read_answering(settings), reading, name)
        except (ValueError, TypeError) as error:
            yield Problem(name, 1, " ".join(str(error).split()))
    if (plans := reading.root / "plans.yml").exists():
        name = reading.name(plans)
        try:
            yield from _plan_ids(read_plans(plans), reading, name)
        except (ValueError, TypeError) as error:
            yield Problem(name, 1, " ".join(str(error).split()))


def _plan_ids(plans: Plans, reading: Reading, name: str) -> Iterator[Problem]:
    """Conditions and sources of the plans that are not there."""
    walking, content = plans.walking, reading.content
    numbers = [value for value in (*dict(walking).values(), *dict(plans.routine).values()) if isinstance(value, Number)]
    sources = {*walking.sources, *(number.source for number in numbers if number.source)}
    conditions = {*walking.gentle, *walking.ask_first, *walking.sitting, *walking.notes}
    for kind, ids, known in (("condition", conditions, content.conditions), ("source", sources, content.sources)):
        for missing in sorted(ids - set(known)):
            yield Problem(name, 1, f"{kind} {missing!r} is not there")


def list_errors(reading: Reading) -> Iterator[Problem]:
    """A key or value of checklists.yml that the schema does not know, and what it names that is not there."""
    file = reading.root / "checklists.yml"
    if not file.exists():
        return
    name = reading.name(file)
    try:
        yield from _list_ids(read_checklists(file), reading, name)
    except (ValueError, TypeError) as error:
        yield Problem(name, 1, " ".join(str(error).split()))


def _list_ids(lists: Checklists, reading: Reading, name: str) -> Iterator[Problem]:
    """What the lists name and the content has not."""
    content = reading.content
    units = {unit.id for article in content.articles.values() for unit in article.units}
    when = [one for feature in lists.shoes.features for one in feature.when]
    signs = {one.sign for one in lists.form.steps if one.sign} | {one.sign for one in lists.shoes.steps if one.sign}
    options = {f"{step.id}={option.id}" for step in lists.shoes.steps for option in step.options}
    options |= {f"{step.id}={step.default}" for step in lists.shoes.steps if step.options}
    wanted = (
        (
            "unit",
            {one.unit for one in lists.shoes.features} | {one.unit for one in lists.form.steps if one.unit},
            units,
        ),
        ("sign", signs, set(content.red_flags)),
        ("condition", {one.removeprefix("?") for one in when if one.startswith("?")}, set(content.conditions)),
        ("answer", {one for one in when if "=" in one}, options),
        ("observation", set(lists.form.order), {one.id for one in lists.form.steps if one.unit}),
        ("topic", {lists.shoes.checklist.topic}, set(content.articles)),
    )
    for kind, ids, known in wanted:
        for missing in sorted(ids - known):
            yield Problem(name, 1, f"{kind} {missing!r} is not there")


def _topics(replies: Replies, reading: Reading, name: str) -> Iterator[Problem]:
    """Replies that rest on an article which is not there."""
    for key, reply in replies.spoken.items():
        if reply.topic and reply.topic not in reading.content.articles:
            yield Problem(name, 1, f"{key}: topic {reply.topic!r} has no article")
        if len(set(reply.say)) != len(reply.say):
            yield Problem(name, 1, f"{key}: says the same twice")


def _ids(settings: Answering, reading: Reading, name: str) -> Iterator[Problem]:
    """Conditions, topics and exercises of the settings that are not there."""
    content = reading.content
    conditions = {*settings.conditions.values(), *(rule.condition for rule in settings.numbers)}
    conditions |= {condition for rule in settings.unknown.values() for condition in rule.conditions}
    wanted = (
        ("condition", conditions, content.conditions),
        ("topic", {*settings.goals.values(), *settings.near}, content.articles),
    )
    for kind, ids, known in wanted:
        for missing in sorted(ids - set(known)):
            yield Problem(name, 1, f"{kind} {missing!r} is not there")
