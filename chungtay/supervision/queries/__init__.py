"""Questions about supervision, one file a subject."""
