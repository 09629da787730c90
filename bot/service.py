"""The use cases: what the assistant says to a message that was understood, to a pressed button, or when all else fails."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from bot import messages, wire
from bot.answering.alerts import Alerts
from bot.answering.symptom_check import SymptomCheck
from bot.content.replies import Replies, Reply
from bot.content.screen import Screen
from bot.help import HelpDesk
from bot.messages import Message
from bot.model import SECTION_KEYS, Article, Assessment, Evidence, RankedTopic, Section, Source, Understanding, Urgency
from bot.ports import ContentRepository
from bot.triage.concepts import CRISIS, RISK_HISTORY

ANSWER_AT = 0.25
"""Least probability at which the best topic is answered, and MARGIN over the second; the others get choices. From a table of
thresholds (evaluation/designs.md)."""
MARGIN = 0.03
SURE_AT = 0.5
"""Probability below which an answer names the other topics that may have been meant."""
OFFER_AT = 0.08
"""Least probability of a topic that is offered as a choice."""
MOST_CHOICES = 3
ENGLISH_FROM = 0.5
"""Share of English words below which a text that is not understood is taken for another language."""
WAITING = ("exercises/", "exercise_howto/", "walking/progression", "walking/how_much", "walking/after_flare_up")
"""Beginnings of the topics that are exercises or plans."""


class Assistant:
    """Answers from the knowledge base. Every method returns messages of the contract, at least one."""

    def __init__(self, content: ContentRepository, *, replies: Replies, screen: Screen, help_desk: HelpDesk) -> None:
        self._content = content
        self._replies = replies
        self._help = help_desk
        self.alerts = Alerts(content, replies=replies, help_desk=help_desk)
        self.symptom_check = SymptomCheck(screen, replies=replies, help_desk=help_desk)

    def greeting(self, region: str | None) -> list[Message]:
        """What a new conversation begins with."""
        return self.say("greeting", region)

    def unavailable(self, region: str | None, *, kept: bool = True) -> Message:
        """The notice for when something is down: what to do in an emergency, and whether the words are `kept`. Needs no
        database."""
        notice = self._notice("unavailable" if kept else "unavailable_not_kept", region)[0]
        if not self._help.known(region):
            notice["text"] = f"{notice['text']} {self._help.numbers_everywhere()}"
        return notice

    def say(self, name: str, region: str | None, *, standing: Assessment | None = None) -> list[Message]:
        """The reply of that name in the content; `standing` is what triage advises, if the reply speaks of getting help."""
        reply = self._replies.reply(name)
        text = self._help.fill(_no_lower(reply.text, standing), region)
        return [messages.message("text", text, quick_replies=self._buttons(reply))]

    def answer(
        self, understood: Understanding, *, region: str | None, topic: str | None = None, arranged: bool = False
    ) -> list[Message]:
        """The answer to a question: an article, choices when torn between topics, or an honest notice.

        `topic` is the topic of a pressed button. Anything that triage has to say comes first. While help today is advised
        and not `arranged`, exercises and walking plans wait; plain information does not (decision 8 of the triage rules).
        """
        first = self.alerts.before_answer(understood, region)
        said = self._own_reply(understood, region) or self._answer(understood, region, topic)
        waits = understood.assessment.urgency.rank >= Urgency.URGENT.rank and not arranged
        if waits and any(str(message.get("topic", "")).startswith(WAITING) for message in said):
            return first + self.say("exercise_waits", region, standing=understood.assessment)
        return first + said if said or first else self._declined(understood, region)

    def _answer(self, understood: Understanding, region: str | None, topic: str | None) -> list[Message]:
        """The article, the choices, or nothing when the question is out of scope."""
        article = self._content.article(topic) if topic else None
        if article is not None:
            return self.article(article, region=region)
        ranking = self._known(understood.ranking)
        if not ranking or not understood.in_scope:
            return []
        several = [ranked for ranked in self._known(understood.asked) if ranked.confidence >= ANSWER_AT]
        if len(several) > 1:
            return self._several([ranked.topic for ranked in several], region)
        best = ranking[0]
        runner_up = ranking[1].confidence if len(ranking) > 1 else 0.0
        if best.confidence >= ANSWER_AT and best.confidence - runner_up >= MARGIN:
            return [*self.article(self._article(best.topic), region=region), *self._besides(ranking)]
        return self._choices(ranking, region)

    def _own_reply(self, understood: Understanding, region: str | None) -> list[Message]:
        """The reply to a sign that belongs to no flag, in place of an answer: an eating disorder gets no weight advice."""
        told = [finding.concept for finding in understood.findings if finding.ever]
        reply = next((self._replies.signs[concept] for concept in told if concept in self._replies.signs), None)
        return self.say(reply, region, standing=understood.assessment) if reply else []

    def _besides(self, ranking: Sequence[RankedTopic]) -> list[Message]:
        """After an answer that may not be the one that was meant: the others that may."""
        best, *rest = ranking[:MOST_CHOICES]
        others = [self._article(ranked.topic) for ranked in rest if ranked.confidence >= OFFER_AT]
        return self._offer("or_meant", others) if best.confidence < SURE_AT and others else []

    def _several(self, topics: Sequence[str], region: str | None) -> list[Message]:
        """The first question of a message answered, and the others offered."""
        first, *rest = (self._article(topic) for topic in topics)
        return [*self.article(first, region=region), *self._offer("also_asked", rest)]

    def _offer(self, line: str, articles: Sequence[Article]) -> list[Message]:
        """The line of that name, with a button for each article."""
        offered = [(article.title, messages.topic_payload(article.id)) for article in articles][: messages.MOST_BUTTONS]
        text = self._replies.line(line).format(title="; ".join(title for title, _ in offered))
        return [messages.message("text", text, quick_replies=messages.buttons(offered))]

    def article(self, article: Article, *, region: str | None) -> list[Message]:
        """An article's short answer, with its table and exercises where it has them, and its sections to ask for."""
        offered = [(self._replies.sections[part.key], section_payload(article.id, part.key)) for part in article.more]
        related = [other for topic in article.see_also if (other := self._content.article(topic))]
        said = [
            messages.answer(
                article,
                title=article.title,
                body=self._help.fill(article.short, region),
                sources=self._sources(article.sources),
                evidence=article.evidence,
                see_also=related,
            )
        ]
        if article.table:
            said.append(messages.table(article, article.table, sources=self._sources(article.table.sources)))
        for name in article.exercises if article.category == "exercise_howto" else ():
            exercise = self._content.exercise(name)
            if exercise:
                said.append(messages.exercise(exercise, topic=article.id, sources=self._sources(exercise.sources)))
        # Below the last: buttons between an answer and its table would part them.
        said[-1]["quick_replies"] = messages.buttons(offered)
        return said

    def follow_up(self, topic: str | None, key: str | None, *, region: str | None) -> list[Message]:
        """A section of the article that was answered last; `key` "sources" asks where it comes from, "more" for all."""
        article = self._content.article(topic) if topic else None
        if article is None:
            return self.say("no_topic_yet", region)
        if key == "sources":
            return [self._where_from(article, region)]
        wanted = [part for part in article.more if key == "more" or part.key == key]
        if not wanted:
            text = self._replies.line("no_such_section").format(title=article.title)
            return [messages.message("text", text), *self.article(article, region=region)]
        return [self._section(article, part, region) for part in wanted]

    def off_topic(
        self, understood: Understanding, *, region: str | None, asked: Message | None = None
    ) -> list[Message]:
        """An honest notice, or what triage has to say. `asked` is a question about a warning sign that is still open: it is
        asked again, since what is not understood must not end it.
        """
        first = self.alerts.before_answer(understood, region) + self._own_reply(understood, region)
        if first or asked is None or understood.english < ENGLISH_FROM:
            return first or self._declined(understood, region)
        return [*self.say("ask_again", region), asked]

    def report_symptom(self, understood: Understanding, *, region: str | None) -> list[Message]:
        """Symptoms told without a question: acknowledged, with what would help next."""
        said = self._own_reply(understood, region) or self.say("report_symptom", region)
        return self.alerts.before_answer(understood, region) + said

    def set_region(self, region: str | None, understood: Understanding) -> list[Message]:
        """Thanks for saying where the person is; where an emergency stands, its alert with the numbers to call there."""
        if self._help.known(region) and understood.assessment.urgency is Urgency.EMERGENCY:
            return self.alerts.alert(dataclasses.replace(understood, repeat=True), region)
        names = dict(self._help.regions())
        text = self._replies.line("region_set").format(region=names.get(region or "", region or ""))
        return [messages.message("text", text)]

    def _declined(self, understood: Understanding, region: str | None) -> list[Message]:
        """Thanks for something told about a body that triage will bear in mind, else the notice of what it cannot do."""
        if understood.english < ENGLISH_FROM:
            return self._notice("language", region)
        told = {finding.concept for finding in understood.findings if finding.ever and not finding.values}
        stated = "?" not in understood.text and told - {"on_exertion"}
        if stated or told.intersection(RISK_HISTORY):
            return self.say("noted", region)
        return self._notice("out_of_scope", region, standing=understood.assessment)

    def _section(self, article: Article, part: Section, region: str | None) -> Message:
        """One section as an answer."""
        body = self._help.fill(part.text, region)
        if part.general_advice:
            body = f"{body}\n\n*{self._replies.general_advice}*"
        others = [other for other in article.more if other.key != part.key]
        return messages.answer(
            article,
            title=f"{article.title}: {self._replies.sections[part.key]}",
            body=body,
            sources=self._sources(part.sources),
            evidence=Evidence.GENERAL_ADVICE if part.general_advice else article.evidence,
            quick_replies=[
                (self._replies.sections[other.key], section_payload(article.id, other.key)) for other in others
            ],
        )

    def _where_from(self, article: Article, region: str | None) -> Message:
        """The sources of an article as an answer."""
        sources = self._sources([*article.sources, *(source for part in article.more for source in part.sources)])
        titles = "; ".join(dict.fromkeys(f"{source.title} ({source.publisher})" for source in sources))
        body = self._replies.sources_line.format(sources=titles) if titles else self._replies.general_advice
        return messages.answer(article, title=article.title, body=body, sources=sources, evidence=article.evidence)

    def _choices(self, ranking: Sequence[RankedTopic], region: str | None) -> list[Message]:
        """Two to four topics to choose from, or a notice when there are not two."""
        near = [ranked for ranked in ranking if ranked.confidence >= OFFER_AT][:MOST_CHOICES]
        offered = near if len(near) > 1 else list(ranking[:2])
        if len(offered) < 2:
            return self._notice("unsure", region)
        options = [
            {"title": article.title, "topic": article.id, "payload": messages.topic_payload(article.id)}
            for article in (self._article(ranked.topic) for ranked in offered)
        ]
        return [messages.message("choices", self._replies.choices.text, options=options)]

    def _notice(self, name: str, region: str | None, *, standing: Assessment | None = None) -> list[Message]:
        """A notice of that name."""
        reply = self._replies.notices[name]
        text = self._help.fill(_no_lower(reply.text, standing), region)
        return [messages.message("notice", text, reason=reply.reason, quick_replies=self._buttons(reply))]

    def _known(self, ranking: Sequence[RankedTopic]) -> list[RankedTopic]:
        """The ranking without labels that have no article (follow-ups, small talk)."""
        return [ranked for ranked in ranking if self._content.article(ranked.topic)]

    def _article(self, topic: str) -> Article:
        """The article of a topic that is known to have one."""
        article = self._content.article(topic)
        if article is None:
            raise LookupError(topic)
        return article

    def _sources(self, ids: Sequence[str]) -> list[Source]:
        """The sources, each once."""
        return [source for source_id in dict.fromkeys(ids) if (source := self._content.source(source_id))]

    def _buttons(self, reply: Reply) -> list[dict[str, str]]:
        """A reply's buttons."""
        named = [self._replies.buttons[name] for name in reply.buttons]
        return messages.buttons([(button.title, button.payload) for button in named])


def _no_lower(text: str, standing: Assessment | None) -> str:
    """A text that speaks of help today, raised to the help that stands: no reply may advise less than an alert before it."""
    if standing is None or standing.urgency is not Urgency.EMERGENCY:
        return text
    return text.replace("{same_day}", "{crisis}" if CRISIS in standing.flags else "{emergency}")


def understanding(parsed: Mapping[str, Any]) -> Understanding:
    """What the NLU pipeline understood, from a parsed message."""
    return wire.understanding_from_json(parsed)


def section_payload(topic: str, key: str) -> str:
    """The payload that asks for one section of an article."""
    return messages.payload("follow_up", topic=topic, section=key)


def section_of(ranking: Sequence[RankedTopic]) -> str | None:
    """The section that a typed follow-up asks for: the best label of follow_up/..., or None."""
    for ranked in ranking:
        category, _, key = ranked.topic.partition("/")
        if category == "follow_up" and key in (*SECTION_KEYS, "sources", "more"):
            return key
    return None


def advised(said: Sequence[Message]) -> Urgency:
    """What a turn advises: the highest urgency among its messages."""
    levels = [Urgency(message["urgency"]) for message in said if message.get("urgency")]
    return max(levels, key=lambda level: level.rank, default=Urgency.SELF_CARE)
