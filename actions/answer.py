"""Questions, what is asked after one, and what is told."""

from __future__ import annotations

from actions.door import Door


class ActionAnswer(Door):
    """Questions."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_answer"


class ActionFollowUp(Door):
    """What is asked about an answer."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_follow_up"


class ActionOutOfScope(Door):
    """What lies outside."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_out_of_scope"


class ActionReportSymptom(Door):
    """What is told without a question."""

    def name(self) -> str:
        """See rasa_sdk.Action."""
        return "action_report_symptom"
