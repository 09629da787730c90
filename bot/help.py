"""Words with the numbers of a person's region in them, and the buttons that call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.content.replies import Replies
from bot.model import HelpLine, HelpLines

_SLOT = re.compile(r"\{(emergency|same_day|crisis|poison)\}")
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\n\s*)$")


class HelpDesk:
    """Fills {emergency} and the like in texts with the numbers of a region."""

    def __init__(self, lines: Sequence[HelpLines], replies: Replies) -> None:
        self._lines = {region.region: region for region in lines}
        self._replies = replies

    def known(self, region: str | None) -> bool:
        """Whether the region's numbers are known."""
        return region in self._lines

    def regions(self) -> list[tuple[str, str]]:
        """Code and name of every region."""
        return [(region.region, region.name) for region in self._lines.values()]

    def fill(self, text: str, region: str | None) -> str:
        """`text` with each role said for the region: with a capital where it begins a sentence."""

        def said(match: re.Match[str]) -> str:
            words = self._role(match.group(1), region)
            starts = _SENTENCE_START.search(text[: match.start()])
            return words[:1].upper() + words[1:] if starts else words

        return _SLOT.sub(said, text)

    def line(self, role: str, region: str | None) -> HelpLine | None:
        """The region's number for a role, or None where there is none or the region is not known."""
        lines = self._lines.get(region or "")
        return getattr(lines, role) if lines else None

    def numbers_everywhere(self, role: str = "emergency") -> str:
        """The numbers of a role in all regions that have one, in one line, for a person whose region is not known."""
        found = [(region.name, line) for region in self._lines.values() if (line := getattr(region, role))]
        numbers = ", ".join(f"{name} {line.number}" for name, line in found)
        return self._replies.alerts.numbers_everywhere[role].format(numbers=numbers)

    def actions(self, role: str, region: str | None) -> list[dict[str, str]]:
        """Buttons that call: the role's own number first, then the emergency number."""
        roles = dict.fromkeys((role, "emergency"))
        found = [line for name in roles if (line := self.line(name, region))]
        if not found and region not in self._lines:
            return self._emergency_everywhere()
        return [{"label": self._label(line), "url": line.url} for line in found]

    def _emergency_everywhere(self) -> list[dict[str, str]]:
        """One button for each emergency number, with the regions that it is for."""
        names: dict[str, list[str]] = {}
        for lines in self._lines.values():
            names.setdefault(lines.emergency.number, []).append(lines.name)
        lines_by_number = {lines.emergency.number: lines.emergency for lines in self._lines.values()}
        return [
            {
                "label": self._replies.alerts.call.format(number=number, label=", ".join(regions)),
                "url": lines_by_number[number].url,
            }
            for number, regions in names.items()
        ]

    def _label(self, line: HelpLine) -> str:
        """What a call button says."""
        return self._replies.alerts.call.format(number=line.number, label=line.label)

    def _role(self, role: str, region: str | None) -> str:
        """One role in words."""
        line = self.line(role, region)
        words = self._replies.roles[role]
        return words.with_number.format(number=line.number) if line else words.without
