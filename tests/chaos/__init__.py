"""Faults under load, and an audit from outside: what people were told against what the service then knows."""
