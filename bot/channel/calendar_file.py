"""A walking plan as a calendar file (RFC 5545), made from the message that shows it: what is on the page is in the calendar."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Mapping
from typing import Any

from icalendar import Calendar, Event

NAME = "stridewell-plan.ics"


def has_dates(message: Mapping[str, Any]) -> bool:
    """Whether a message is a plan with its days on the calendar."""
    return message.get("type") == "plan" and next(_walks(message), None) is not None


def to_calendar(message: Mapping[str, Any], made_at: dt.datetime) -> bytes:
    """The file: one event a walking day, all day long, or from the plan's time of day where it has one.

    A day is that of the person's own calendar: an event with a time carries its zone with the rules for daylight saving.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Stridewell//walking plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(message["title"]))
    zone = _zone(message.get("zone"))
    for day, row in _walks(message):
        calendar.add_component(_event(day, row, message, zone, made_at))
    if message.get("clock") and zone is not None:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(
    day: dt.date, row: Mapping[str, Any], message: Mapping[str, Any], zone: dt.tzinfo | None, made_at: dt.datetime
) -> Event:
    """One walking day. Its id is the same whenever the plan's file is made anew, so that no day stands twice."""
    event = Event()
    event.add("uid", f"{message['id']}-{day.isoformat()}@stridewell")
    event.add("dtstamp", made_at.astimezone(dt.timezone.utc))
    event.add("summary", f"{str(message['title']).split(':')[0]}: {str(row['what']).split('. ')[0].rstrip('.')}")
    event.add("description", str(row["what"]))
    if message.get("clock"):
        begins = dt.datetime.combine(day, dt.time.fromisoformat(message["clock"]), zone)
        event.add("dtstart", begins)
        event.add("duration", dt.timedelta(minutes=max(1, int(row.get("minutes") or 1))))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(1))
        event.add("transp", "TRANSPARENT")
    return event


def _walks(message: Mapping[str, Any]) -> Iterator[tuple[dt.date, Mapping[str, Any]]]:
    """The walking days of a plan with their rows, in order of the weeks."""
    for week in message.get("weeks") or ():
        for row in week["days"]:
            for day in row.get("dates") or ():
                yield dt.date.fromisoformat(day), row


def _zone(name: Any) -> zoneinfo.ZoneInfo | None:
    """The time zone of a plan; None, which is the time wherever the person is, for one that is not known here."""
    try:
        return zoneinfo.ZoneInfo(str(name)) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
