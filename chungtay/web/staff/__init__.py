"""People and roles: the posts of a place, who holds them, and how they change hands."""
