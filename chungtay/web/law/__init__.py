"""Luật đang dùng: which law the register reckons by, and how sure it is of it."""
