"""Measured quality: understanding and triage, through the real model and the real action server."""
