"""Kế hoạch: the plan with its live arithmetic."""
