"""Acts of supervision, one file a subject."""
