"""Logging in and out, choosing place and year."""
