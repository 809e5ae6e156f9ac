"""Đọc kế hoạch: an existing plan read, looked through, and made a plan."""
