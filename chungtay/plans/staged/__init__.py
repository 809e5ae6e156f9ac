"""A plan that was read: kept, looked through datum by datum, and made a plan of the register."""
