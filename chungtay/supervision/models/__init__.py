"""What supervision keeps."""

from chungtay.supervision.models.activities import Activity, ActivityKind, TrainingSeat
from chungtay.supervision.models.comments import CommentOutcome, PlanComment
from chungtay.supervision.models.inspections import (
    Inspection,
    InspectionFinding,
    InspectionKind,
    Severity,
)
from chungtay.supervision.models.petitions import (
    Petition,
    PetitionKind,
    PetitionState,
    PetitionStep,
)

__all__ = [
    "Activity",
    "ActivityKind",
    "CommentOutcome",
    "Inspection",
    "InspectionFinding",
    "InspectionKind",
    "Petition",
    "PetitionKind",
    "PetitionState",
    "PetitionStep",
    "PlanComment",
    "Severity",
    "TrainingSeat",
]
