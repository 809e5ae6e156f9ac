"""Nhật ký: who did what, when and why."""
