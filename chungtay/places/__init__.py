"""Units of the country, dated; their successors; population denominators."""
