"""Questions about the register, cut by subject."""
