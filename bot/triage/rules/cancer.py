"""Cancer, and signs that may be one."""

from __future__ import annotations

from bot.content.thresholds import thresholds
from bot.model import FlagMatch, Urgency
from bot.triage.facts import Facts
from bot.triage.rules.registry import raised, rule


@rule("C4", Urgency.URGENT)
def cancer_new_pain(facts: Facts) -> FlagMatch | None:
    """Cancer ever, with new, different, worsening, constant or upper back pain."""
    cancer = facts.had("cancer")
    pain = facts.any(
        "new_back_pain", "worse_back_pain", "constant_pain", "night_pain", "upper_back_pain", "cough_pain", "back_pain",
        "severe_pain", "sudden_severe_pain", "sudden_pain", "different_pain", "persistent",
    )  # fmt: skip
    return raised(facts, "cancer_history_new_pain", "C4", cancer + pain, at=Urgency.URGENT) if cancer and pain else None


@rule("C5", Urgency.URGENT)
def weight_loss_at_60(facts: Facts) -> FlagMatch | None:
    """Weight loss without trying, at 60 or over with the more reason (NICE NG12)."""
    loss = facts.any("weight_loss")
    return (
        raised(facts, "unexplained_weight_loss", "C5", loss, at=Urgency.URGENT)
        if loss and facts.at_least(thresholds().weight_loss_age.value)
        else None
    )
