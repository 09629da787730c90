"""Things done together: pure functions over the conversation's state. Words and Rasa are elsewhere."""
