"""Nominations for commendation: whom, in which form, for what; submitted and decided."""
