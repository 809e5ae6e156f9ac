"""Supervision: inspections, petitions on their way up, communication, training, comments."""
