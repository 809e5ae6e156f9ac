"""The year sheets: what the data say of each village, office and person of a commune in a year."""
