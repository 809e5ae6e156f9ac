"""Tasks: what is due of whom, on lists, in a month, on a sheet for those without the program."""
