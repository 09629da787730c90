"""The spaCy language layer: text in, sentence vector and clinical findings out. Knows nothing of Rasa."""
