"""The cast of the room, on its screens."""

from tests.supervision.conftest import (  # noqa: F401 fixtures are found by their names
    district_officer,
    front,
    head,
    other_head,
    other_village,
    plan,
    recorded,
    village,
)
