"""Supervision: inspections and what they found, difficulties and proposals on their way up."""
