"""Rasa graph components: thin wrappers over bot.language and bot.triage."""
