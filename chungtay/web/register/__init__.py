"""Hộ dân: the register and each household."""
