"""Bảng giao chỉ tiêu: targets handed down, answered from below, and the board of both."""
