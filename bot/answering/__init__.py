"""What to say: alerts and the questions about signs, and the symptom check."""
