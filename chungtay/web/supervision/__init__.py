"""Supervision: inspections with what they found, and what goes up the line to be answered."""
