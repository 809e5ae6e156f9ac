"""Địa bàn: a unit, its villages and counts, and the acts on them."""
