"""The desk of nominations for commendation."""
