"""The ordinary papers of the office: their kinds as data, what is typed, what the data fills in."""
