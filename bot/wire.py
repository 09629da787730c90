"""Findings and decisions as the plain JSON that travels in a parsed message and in Rasa's tracker store."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.model import (
    Assertion,
    Assessment,
    Finding,
    FlagMatch,
    RankedTopic,
    Subject,
    Time,
    Understanding,
    Urgency,
)

FINDINGS = "findings"
TRIAGE = "triage"
TOPICS = "topic_ranking"
ALSO = "also_asked"
SCOPE = "scope"
ENGLISH = "english"


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding without the fields that have their default value."""
    defaults = Finding(concept="")
    pairs = ((field.name, getattr(finding, field.name)) for field in dataclasses.fields(finding))
    return {name: value for name, value in pairs if name == "concept" or value != getattr(defaults, name)}


def finding_from_json(data: Mapping[str, Any]) -> Finding:
    """The finding that `finding_to_json` wrote."""
    values = tuple((str(name), float(number)) for name, number in data.get("values", ()))
    plain = {name: value for name, value in data.items() if name not in ("values", "subject", "assertion", "time")}
    return Finding(
        values=values,
        subject=Subject(data.get("subject", Subject.SELF)),
        assertion=Assertion(data.get("assertion", Assertion.AFFIRMED)),
        time=Time(data.get("time", Time.NOW)),
        **plain,
    )


def assessment_to_json(assessment: Assessment) -> dict[str, Any]:
    """An assessment as JSON."""
    matches = [match_to_json(match) for match in assessment.matches]
    return {"urgency": assessment.urgency.value, "matches": matches, "ask": list(assessment.ask)}


def match_to_json(match: FlagMatch) -> dict[str, Any]:
    """One match as JSON."""
    return {**dataclasses.asdict(match), "because": list(match.because)}


def assessment_from_json(data: Mapping[str, Any]) -> Assessment:
    """The assessment that `assessment_to_json` wrote; an empty mapping is an assessment of nothing."""
    return Assessment(
        urgency=Urgency(data.get("urgency", Urgency.SELF_CARE)),
        matches=tuple(_match(match) for match in data.get("matches", ())),
        ask=tuple(data.get("ask", ())),
    )


def _match(data: Mapping[str, Any]) -> FlagMatch:
    """One match."""
    return FlagMatch(
        flag=data["flag"],
        urgency=Urgency(data["urgency"]),
        rule=data["rule"],
        subject=Subject(data["subject"]),
        relation=data["relation"],
        because=tuple(data["because"]),
    )


def understanding_from_json(parsed: Mapping[str, Any]) -> Understanding:
    """What the NLU pipeline wrote into a parsed message (rasa_sdk's `tracker.latest_message`)."""
    triage = parsed.get(TRIAGE) or {}
    alert = triage.get("alert")
    return Understanding(
        text=str(parsed.get("text") or ""),
        ranking=tuple(RankedTopic(topic["topic"], float(topic["confidence"])) for topic in parsed.get(TOPICS) or ()),
        asked=tuple(RankedTopic(topic["topic"], float(topic["confidence"])) for topic in parsed.get(ALSO) or ()),
        english=float(parsed.get(ENGLISH, 1.0)),
        in_scope=bool((parsed.get(SCOPE) or {}).get("near", True)),
        findings=tuple(finding_from_json(found) for found in parsed.get(FINDINGS) or ()),
        assessment=assessment_from_json(triage),
        alert=Urgency(alert) if alert else None,
        repeat=bool(triage.get("repeat")),
        here=tuple(_match(match) for match in triage.get("here", ())),
        recheck=_match(triage["recheck"]) if triage.get("recheck") else None,
    )
