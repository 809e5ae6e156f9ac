"""The numbers of a plan that was read: targets, money, named households, and what they belie."""
