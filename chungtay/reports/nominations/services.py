"""Acts on nominations: opening, changing, submitting with the numbers frozen, deciding."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.reports.nominations.achievements import achievements_of, sheet_of
from chungtay.reports.nominations.forms import forms
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.nominations.queries import DECIDE, NOMINATE
from chungtay.reports.sheets.asked import Asked
from chungtay.rulebook.wording import Sentence, vi_int
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor

MOST_SIGNS = 4000
State = Nomination.State


@dataclass(frozen=True)
class Nominee:
    """Who is nominated: a village, a person, a household, or an office by its sheet and name."""

    village: Unit | None = None
    user: User | None = None
    household: Household | None = None
    office: str = ""
    office_name: str = ""


@dataclass(frozen=True)
class NominationInput:
    """The form asked for, what is written beside the data, which achievements are not used."""

    form: str
    form_words: str = ""
    words: str = ""
    left_out: Collection[str] = ()


def open_nomination(
    *, actor: Actor, asked: Asked, nominee: Nominee, given: NominationInput, key: str = ""
) -> int:
    """Begin a nomination of the commune for the year; Refused where the same one stands."""
    _check(given)
    made = Nomination(
        unit=asked.place,
        year=asked.year,
        village=nominee.village,
        user=nominee.user,
        household=nominee.household,
        office=nominee.office,
        office_name=nominee.office_name,
        written_by=actor.name,
    )
    if made.kind != "household" and sheet_of(asked, made) is None:
        raise Refused(Sentence("Nơi hoặc người này không có phiếu năm ở đây. Hãy chọn lại."))

    def write(line: OpenLine) -> int:
        _fill(made, given)
        _refuse_twice(made)
        made.save(force_insert=True)
        line.subject = f"nomination:{made.pk}"
        line.details = _details(made)
        return made.pk

    return perform(actor, Deed("reports.open_nomination", NOMINATE, asked.place, key=key), write)


def change_nomination(
    *,
    actor: PostActor,
    nomination: Nomination,
    given: NominationInput,
    expected_version: int,
    key: str = "",
) -> int:
    """Write a nomination anew that was not submitted; its new version."""
    _check(given)

    def write(fresh: Nomination, _line: OpenLine) -> None:
        _in_state(fresh, State.DRAFT)
        _fill(fresh, given)
        _refuse_twice(fresh)

    return _on(actor, "change_nomination", NOMINATE, nomination, expected_version, key, write)


def submit_nomination(
    *,
    actor: PostActor,
    asked: Asked,
    nomination: Nomination,
    today: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Submit it to the chairman with its achievements as they stand today; its new version.

    Refused where neither the data nor anybody says anything for it.
    """

    def write(fresh: Nomination, line: OpenLine) -> None:
        _in_state(fresh, State.DRAFT)
        with translation.override("vi"):
            found = achievements_of(asked, fresh)
            fresh.achievements = [
                {"key": one.key, "text": str(one.sentence)}
                for one in found
                if one.key not in fresh.left_out
            ]
        if not fresh.achievements and not fresh.words.strip():
            raise Refused(
                Sentence(
                    "Đề nghị chưa có thành tích nào. Hãy chọn thành tích từ dữ liệu hoặc ghi thêm."
                )
            )
        fresh.state, fresh.frozen_on, fresh.submitted_by = State.SUBMITTED, today, actor.name
        line.details = _details(fresh) | {"achievements": len(fresh.achievements)}

    return _on(actor, "submit_nomination", NOMINATE, nomination, expected_version, key, write)


def recall_nomination(
    *, actor: PostActor, nomination: Nomination, expected_version: int, key: str = ""
) -> int:
    """Take a submitted nomination back before it is decided; its new version."""

    def write(fresh: Nomination, line: OpenLine) -> None:
        _in_state(fresh, State.SUBMITTED)
        fresh.state, fresh.frozen_on, fresh.submitted_by = State.DRAFT, None, ""
        fresh.achievements = []
        line.details = _details(fresh)

    return _on(actor, "recall_nomination", NOMINATE, nomination, expected_version, key, write)


def decide_nomination(
    *,
    actor: PostActor,
    nomination: Nomination,
    accepted: bool,
    reason: str,
    today: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Accept a nomination, or not, with the reason; its new version. Nobody decides on herself."""
    if not accepted and not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do không đồng ý. Hãy ghi lý do để nơi đề nghị biết."))
    if actor.user_id is not None and nomination.user_id == actor.user_id:
        raise Refused(
            Sentence("Đề nghị này là về chính tài khoản đang dùng nên phải do người khác quyết.")
        )

    def write(fresh: Nomination, line: OpenLine) -> None:
        _in_state(fresh, State.SUBMITTED)
        fresh.state = State.ACCEPTED if accepted else State.TURNED_DOWN
        fresh.reason, fresh.decided_by, fresh.decided_on = reason, actor.name, today
        line.details = _details(fresh)

    return _on(actor, "decide_nomination", DECIDE, nomination, expected_version, key, write, reason)


def withdraw_nomination(
    *, actor: PostActor, nomination: Nomination, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw a nomination with its reason; it stays kept. Its new version."""
    if not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do rút. Hãy ghi lý do để người sau biết."))

    def write(fresh: Nomination, _line: OpenLine) -> None:
        fresh.withdrawn, fresh.withdrawn_why = True, reason

    return _on(
        actor, "withdraw_nomination", NOMINATE, nomination, expected_version, key, write, reason
    )


def restore_nomination(
    *, actor: PostActor, nomination: Nomination, expected_version: int, key: str = ""
) -> int:
    """Use a withdrawn nomination again; Refused where the same one was begun meanwhile."""

    def write(fresh: Nomination, _line: OpenLine) -> None:
        fresh.withdrawn, fresh.withdrawn_why = False, ""
        _refuse_twice(fresh)

    return _on(
        actor,
        "restore_nomination",
        NOMINATE,
        nomination,
        expected_version,
        key,
        write,
        withdrawn=True,
    )


def _on(
    actor: PostActor,
    act: str,
    right: str,
    nomination: Nomination,
    expected_version: int,
    key: str,
    write: Callable[[Nomination, OpenLine], None],
    reason: str = "",
    *,
    withdrawn: bool = False,
) -> int:
    def written(line: OpenLine) -> int:
        rows = Nomination.objects.select_for_update(of=("self",))
        fresh = rows.select_related("unit").get(pk=nomination.pk)
        if fresh.version != expected_version or fresh.withdrawn != withdrawn:
            raise Stale(Sentence("Đề nghị này vừa thay đổi. Hãy xem lại rồi làm lại nếu vẫn cần."))
        write(fresh, line)
        fresh.version += 1
        fresh.save()
        return fresh.version

    subject = f"nomination:{nomination.pk}"
    deed = Deed(f"reports.{act}", right, nomination.unit, subject, key, reason)
    return perform(actor, deed, written)


def _check(given: NominationInput) -> None:
    form = forms().get(given.form)
    if form is None:
        raise Refused(Sentence("Hãy chọn hình thức khen thưởng đề nghị."))
    if form.worded and not given.form_words.strip():
        raise Refused(Sentence("Hãy ghi rõ hình thức khen thưởng đề nghị."))
    if len(given.words) > MOST_SIGNS:
        raise Refused(
            Sentence(
                "Thành tích ghi thêm dài quá {most} ký tự. Hãy viết gọn lại.",
                most=vi_int(MOST_SIGNS),
            )
        )


def _fill(row: Nomination, given: NominationInput) -> None:
    row.form, row.words = given.form, given.words
    row.form_words = given.form_words if forms()[given.form].worded else ""
    row.left_out = sorted(given.left_out)


def _refuse_twice(row: Nomination) -> None:
    """The same nominee is nominated in the same form once a year."""
    same = Nomination.objects.filter(
        unit=row.unit_id,
        year=row.year,
        village=row.village_id,
        user=row.user_id,
        household=row.household_id,
        office=row.office,
        form=row.form,
        form_words=row.form_words,
        withdrawn=False,
    ).exclude(pk=row.pk)
    if same.exists():
        raise Refused(
            Sentence(
                "Năm này đã có đề nghị cùng hình thức cho nơi hoặc người này. Hãy mở đề nghị đó."
            )
        )


def _in_state(row: Nomination, state: str) -> None:
    if row.state != state:
        raise Refused(
            Sentence(
                "Đề nghị đang ở tình trạng “{state}” nên không làm được việc này.",
                state=str(State(row.state).label),
            )
        )


def _details(row: Nomination) -> dict[str, str | int | None]:
    """What the journal keeps: of a person or a household its number alone."""
    return {
        "year": row.year,
        "kind": row.kind,
        "form": row.form,
        "state": row.state,
        "village": row.village_id,
    }
