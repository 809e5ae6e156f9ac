"""A plan begun from one of an earlier year: what comes along, what does not, each said."""
