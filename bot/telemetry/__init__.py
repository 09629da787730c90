"""What an operator sees of a running Stridewell: numbers and spans. Neither ever holds a word that a person wrote."""
