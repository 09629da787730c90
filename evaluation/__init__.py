"""Measured quality: levels of care, topics, units, scope, acts and conversations, on sets that are never training text."""
