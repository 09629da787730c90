"""Stridewell: cited answers and red-flag triage for people whose back hurts when they walk."""
