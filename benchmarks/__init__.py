"""Measured against peers: each script prints a table; README.md publishes them."""
