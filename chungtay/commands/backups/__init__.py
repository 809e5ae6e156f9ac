"""A backup: one file with every row in a form no database owns, and what it must add up to."""
