"""Triage: clinical findings in, assessment out. Pure Python over bot.model; every rule can be read by a clinician."""

from bot.triage.engine import Triage

__all__ = ["Triage"]
