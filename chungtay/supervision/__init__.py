"""Supervision: inspections, difficulties and petitions on their way up, communication, training."""
