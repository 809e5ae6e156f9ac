"""Supervision: inspections and what they found, difficulties and petitions on their way up."""
