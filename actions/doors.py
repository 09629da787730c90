"""The actions of the domain, one for each kind of intent (data/rules)."""

from __future__ import annotations

from actions.door import Door


class ActionAnswer(Door):
    """Questions."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_answer"


class ActionFollowUp(Door):
    """What is asked about something shown."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_follow_up"


class ActionReply(Door):
    """Answers to open questions, and buttons that answer one."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_reply"


class ActionTell(Door):
    """What is told, and corrected, of somebody."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_tell"


class ActionEscalate(Door):
    """An alert."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_escalate"


class ActionAfterAlert(Door):
    """What is said about an alert that stands."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_after_alert"


class ActionTalk(Door):
    """Small talk, feelings, questions about the assistant, and repair."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_talk"


class ActionGoal(Door):
    """Something to be done together."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_goal"


class ActionOutOfScope(Door):
    """What lies outside."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_out_of_scope"
