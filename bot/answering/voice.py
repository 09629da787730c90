"""What answers are made of: the content, the replies, the numbers to call, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot import messages
from bot.answering.ports import Alerts, SymptomCheck
from bot.content.answering import Answering
from bot.content.checklists import Checklists, fact_names, other_medicines, read_checklists, told_words
from bot.content.replies import Replies
from bot.help import HelpDesk
from bot.journeys.told import ToldWords
from bot.model import Article, Source, Unit
from bot.ports import ContentRepository


def _told() -> ToldWords:
    """The words by which people tell things in passing."""
    return ToldWords.of(told_words(), medicines=other_medicines())


@dataclass(frozen=True)
class Voice:
    """The ports of answering, and a few ways to read them."""

    content: ContentRepository
    replies: Replies
    help_desk: HelpDesk
    settings: Answering
    alerts: Alerts
    check: SymptomCheck
    lists: Checklists = field(default_factory=read_checklists)
    told: ToldWords = field(default_factory=_told)
    fact_names: Mapping[str, str] = field(default_factory=fact_names)

    def unit(self, unit_id: str) -> Unit | None:
        """A unit by its id ("walking/poles.help_balance"), or None."""
        article = self.content.article(unit_id.split(".", 1)[0])
        return next((unit for unit in article.units if unit.id == unit_id), None) if article else None

    def articles(self, topics: Iterable[str]) -> list[Article]:
        """The articles of topics that have one, each once."""
        return [article for topic in dict.fromkeys(topics) if (article := self.content.article(topic))]

    def sources(self, ids: Iterable[str]) -> list[Source]:
        """The sources that are there, each once."""
        return [source for source_id in dict.fromkeys(ids) if (source := self.content.source(source_id))]

    def buttons(self, names: Iterable[str]) -> list[dict[str, str]]:
        """The named buttons of the content."""
        named = [self.replies.buttons[name] for name in names]
        return messages.buttons((button.title, button.payload) for button in named)
