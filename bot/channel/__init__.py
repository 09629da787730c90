"""The web channel: the HTTP API, the chat page and the tracker store, all on the Rasa server itself."""
