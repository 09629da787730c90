"""Greetings, thanks and the like."""

from __future__ import annotations

from actions.door import Door


class ActionSmallTalk(Door):
    """Small talk."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_small_talk"


class ActionRepeat(Door):
    """The same again."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_repeat"
