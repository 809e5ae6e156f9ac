"""The duplicates desk: pairs that are probably one, side by side, merged or kept apart."""
