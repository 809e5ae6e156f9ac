"""What was counted of a commune on a day, and how often each household has changed since.

Both are derived from the register, so a backup leaves them out: they are counted again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from chungtay.places.models import Unit


class Change(models.Model):
    """How often anything was written of a household; the database itself counts it up."""

    household = models.UUIDField(primary_key=True)
    times = models.PositiveIntegerField(default=0)

    derived: ClassVar = True

    def __str__(self) -> str:
        return f"{self.household}: {self.times}"


class StoredCube(models.Model):
    """The households of a commune on a day of a year, by one standard.

    ``standings`` says of each household its cell and how often it had changed when it was found
    there; ``cells`` adds them up. ``ground`` names the law, the kinds of area and the form they
    were found by; ``checked_at`` is how many acts had been done when all of it was known to hold.
    """

    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cubes")
    standard = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    ground = models.CharField(max_length=64)
    standings = models.JSONField(default=dict)
    cells = models.JSONField(default=list)
    checked_at = models.PositiveBigIntegerField()

    derived: ClassVar = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commune", "standard", "year"], name="one_cube_per_commune_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} {self.on}"
