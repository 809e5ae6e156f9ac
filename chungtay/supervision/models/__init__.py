"""What supervision keeps."""

from chungtay.supervision.models.inspections import (
    Inspection,
    InspectionFinding,
    InspectionKind,
    Severity,
)

__all__ = ["Inspection", "InspectionFinding", "InspectionKind", "Severity"]
