"""The questions of the walking-form check and of the shoe chooser, from the content."""

from __future__ import annotations

from bot.answering.turn import Turn
from bot.journeys.checklist import Option, Step


def steps(kind: str, turn: Turn) -> tuple[Step, ...]:
    """The questions of a list."""
    return _form_steps(turn) if kind == "form" else _shoe_steps(turn)


def _form_steps(turn: Turn) -> tuple[Step, ...]:
    form, names = turn.voice.lists.form, turn.voice.replies.question
    return tuple(
        Step(
            id=one.id,
            question=one.question,
            options=(
                Option("yes", names["yes"], (*one.yes, *form.yes)),
                Option("no", names["no"], (*one.no, *form.no)),
            ),
            sign=one.sign,
            known=tuple(one.known.items()),
        )
        for one in form.steps
    )


def _shoe_steps(turn: Turn) -> tuple[Step, ...]:
    return tuple(
        Step(
            id=one.id,
            question=one.question,
            options=tuple(Option(option.id, option.title, option.words) for option in one.options),
            several=one.several,
            default=one.default,
            sign=one.sign,
            when=one.when,
            known=tuple(one.known.items()),
            months=tuple(one.months.items()),
            about=one.about,
        )
        for one in turn.voice.lists.shoes.steps
    )
