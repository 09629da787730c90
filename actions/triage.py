"""Alerts, their acknowledgement, and the answers to questions about warning signs."""

from __future__ import annotations

from actions.door import Door


class ActionEscalate(Door):
    """An alert."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_escalate"


class ActionRecheck(Door):
    """Words that take back what raised an alert."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_recheck"


class ActionAcknowledgeAlert(Door):
    """An alert that was read."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_acknowledge_alert"


class ActionAnswerFlag(Door):
    """The answer to a question about a warning sign."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_answer_flag"


class ActionCheckSymptoms(Door):
    """The symptom check."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_check_symptoms"


class ActionArranged(Door):
    """Whether urgent help is arranged."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_arranged"


class ActionSetRegion(Door):
    """Where the person is."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_set_region"
