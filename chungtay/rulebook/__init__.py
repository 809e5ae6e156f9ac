"""The reasoning: pure functions of (law, facts, date) to findings with their reasons."""
