"""Custom actions: thin doors from Rasa to bot.service. No SQL and no words for people here."""
