"""Lists of earlier years: what was decided then, written as spells of the register."""
