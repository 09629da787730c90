"""What to say: a Meaning in, messages and the new state out. Pure; every word for people is in bot/content."""
