"""Things done together over several messages, as pure functions: what was put in, what follows from it."""
