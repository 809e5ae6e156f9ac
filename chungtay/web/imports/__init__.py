"""Nhập Excel: choose, look, apply, undo."""
