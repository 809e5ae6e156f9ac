"""What every personal field declares: how sensitive, for what, on which ground, kept how long."""

from __future__ import annotations

from dataclasses import dataclass

BASIC = "basic"
SENSITIVE = "sensitive"
TECHNICAL = "technical"

REVIEW = "rà soát, công nhận và hỗ trợ hộ nghèo, hộ cận nghèo"
GROUND = "Nghị định 07/2021/NĐ-CP; Quyết định 24/2021/QĐ-TTg; Luật 91/2025/QH15"
RETENTION = "trong thời gian quản lý hộ và thời hạn lưu trữ hồ sơ theo quy định"


@dataclass(frozen=True)
class Declared:
    """The declaration of one field of a person or household."""

    sensitivity: str
    purpose: str = REVIEW
    legal_basis: str = GROUND
    retention: str = RETENTION


def declare(technical: str = "", basic: str = "", sensitive: str = "") -> dict[str, Declared]:
    """Declarations by field name, from space-separated names per kind."""
    kinds = {TECHNICAL: technical, BASIC: basic, SENSITIVE: sensitive}
    return {name: Declared(kind) for kind, names in kinds.items() for name in names.split()}
