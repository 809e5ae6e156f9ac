"""Hôm nay: where the place stands and what needs doing."""
