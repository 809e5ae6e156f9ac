"""The act on a year sheet: a person's remark on her own."""

from __future__ import annotations

from datetime import date

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.reports.sheets.models import SheetRemark
from chungtay.reports.sheets.queries import SEE_OWN, person_held
from chungtay.rulebook.wording import Sentence, vi_int
from chungtay.staff.policy import PostActor

MOST_SIGNS = 2000


def write_remark(
    *,
    actor: PostActor,
    place: Unit,
    commune: Unit,
    year: int,
    text: str,
    today: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Write what the actor says to her own sheet; its new version. Nobody writes for another.

    ``expected_version`` is 0 where nothing was said yet.
    """
    user = actor.user_id
    if user is None or not person_held(user, commune, year):
        raise NotAllowed(Sentence("Năm này tài khoản không giữ chức danh nào ở đây."))
    if len(text) > MOST_SIGNS:
        raise Refused(
            Sentence("Ý kiến dài quá {most} ký tự. Hãy viết gọn lại.", most=vi_int(MOST_SIGNS))
        )

    def write(line: OpenLine) -> int:
        rows = SheetRemark.objects.select_for_update()
        kept = rows.filter(unit=commune, year=year, user=user).first()
        if (kept.version if kept is not None else 0) != expected_version:
            raise Stale(
                Sentence("Ý kiến vừa được ghi ở nơi khác. Hãy xem lại rồi ghi lại nếu vẫn cần.")
            )
        fresh = kept or SheetRemark(unit=commune, year=year, user_id=user, version=0)
        fresh.text, fresh.written_on, fresh.version = text, today, fresh.version + 1
        fresh.save()
        line.subject = f"sheet_remark:{fresh.pk}"
        line.details = {"year": year, "version": fresh.version}
        return fresh.version

    return perform(actor, Deed("reports.write_sheet_remark", SEE_OWN, place, key=key), write)
