"""A form saved over a newer version is refused, and both are shown."""

from __future__ import annotations

from uuid import UUID

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household
from chungtay.rulebook.wording import Sentence


def lock_household(household_id: UUID, expected_version: int | None) -> Household:
    """The household locked for this act; Stale if it changed since ``expected_version``."""
    household = (
        Household.objects.select_for_update(of=("self",))
        .select_related("commune", "village")
        .filter(pk=household_id, withdrawn=False)
        .first()
    )
    if household is None:
        raise Refused(_gone(household_id))
    if expected_version is not None and household.version != expected_version:
        raise Stale(
            Sentence(
                "Hộ này vừa được người khác sửa trong lúc trang đang mở. "
                "Những gì vừa nhập vẫn còn bên dưới; hãy so với số liệu mới rồi lưu lại."
            )
        )
    return household


def _gone(household_id: UUID) -> Sentence:
    if Household.objects.filter(pk=household_id, merged_into__isnull=False).exists():
        return Sentence(
            "Hộ này đã được gộp vào một hộ khác. Hãy tìm hộ đó trong sổ rồi làm tiếp ở đó."
        )
    return Sentence("Hộ này không còn trong sổ: đợt nhập tạo ra nó đã được hoàn tác.")


def step_version(household: Household) -> None:
    """Mark a household as changed by this act."""
    household.version += 1
    household.save()
