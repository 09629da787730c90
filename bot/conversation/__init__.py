"""What a message means here, and what is remembered of a conversation. Pure Python: no Rasa, no SQL, no words for people."""
