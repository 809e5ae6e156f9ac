"""What happens to a household: one short form an event, moves that wait, the moving paper."""
