"""Acts on petitions: writing, correcting, passing up, answering, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Petition, PetitionState, PetitionStep
from chungtay.supervision.queries.petitions import ANSWER, PROPOSE, goes_next, stands_at
from chungtay.supervision.services import rows


@dataclass(frozen=True)
class PetitionInput:
    """What a unit has to say: a difficulty or a petition, of what, in words."""

    kind: str
    about: str
    text: str


def write_petition(
    *, actor: PostActor, unit: Unit, given: PetitionInput, on: date, key: str = ""
) -> int:
    """Write a difficulty or a petition of one's own unit; it is not sent yet."""
    _check(given)
    _own(actor, PROPOSE, unit)

    def write(line: OpenLine) -> int:
        made = Petition(unit=unit, at=unit, on=on, recorded_by=actor.name)
        _fill(made, given)
        made.save(force_insert=True)
        _step(actor, made, unit, unit, "")
        line.subject = f"petition:{made.pk}"
        line.details = {"kind": made.kind}
        return made.pk

    return perform(actor, Deed("supervision.write_petition", PROPOSE, unit, key=key), write)


def correct_petition(
    *,
    actor: PostActor,
    petition: Petition,
    given: PetitionInput,
    expected_version: int,
    key: str = "",
) -> int:
    """Correct a petition that was not sent yet; its new version."""
    _check(given)
    _own(actor, PROPOSE, petition.unit)

    def write(line: OpenLine) -> int:
        fresh = rows.standing(petition, expected_version)
        if fresh.state != PetitionState.WRITTEN:
            raise Refused(
                Sentence("Nội dung này đã gửi đi nên không sửa nữa. Hãy ghi một nội dung mới.")
            )
        _fill(fresh, given)
        line.details = {"kind": fresh.kind}
        return rows.saved(fresh)

    deed = _deed("supervision.correct_petition", PROPOSE, petition, petition.unit, key)
    return perform(actor, deed, write)


def pass_up(
    *,
    actor: PostActor,
    petition: Petition,
    text: str = "",
    expected_version: int,
    key: str = "",
) -> int:
    """Send a petition to who answers it: one's own committee, or the unit above; its new version.

    Refused where nobody stands above; NotAllowed for who does not speak for the unit it lies with.
    """
    rows.as_shown(petition, expected_version)
    written = petition.state == PetitionState.WRITTEN
    right = PROPOSE if written else ANSWER
    _own(actor, right, petition.at)

    def write(line: OpenLine) -> int:
        fresh = rows.standing(petition, expected_version)
        to = goes_next(actor, fresh)
        if to is None:
            raise Refused(Sentence("Không còn cấp nào ở trên để gửi. Hãy trả lời ở cấp này."))
        before, fresh.at, fresh.state = fresh.at, to, PetitionState.PASSED_UP
        line.details = {"from": before.pk, "to": to.pk}
        _step(actor, fresh, before, to, text)
        return rows.saved(fresh)

    deed = _deed("supervision.pass_up", right, petition, petition.at, key)
    return perform(actor, deed, write)


def answer_petition(
    *, actor: PostActor, petition: Petition, text: str, expected_version: int, key: str = ""
) -> int:
    """Answer a petition where it lies; a second answer stands beside the first. Its new version."""
    if not text.strip():
        raise Refused(Sentence("Chưa ghi lời trả lời."))
    rows.as_shown(petition, expected_version)
    _own(actor, ANSWER, petition.at)

    def write(line: OpenLine) -> int:
        fresh = rows.standing(petition, expected_version)
        if fresh.state == PetitionState.WRITTEN:
            raise Refused(Sentence("Nội dung này chưa được gửi nên chưa trả lời được."))
        fresh.state = PetitionState.ANSWERED
        line.details = {"at": fresh.at_id}
        _step(actor, fresh, fresh.at, fresh.unit, text)
        return rows.saved(fresh)

    deed = _deed("supervision.answer_petition", ANSWER, petition, petition.at, key)
    return perform(actor, deed, write)


def withdraw_petition(
    *, actor: PostActor, petition: Petition, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw what one's own unit wrote, as long as nobody answered; its new version."""
    rows.need_reason(reason)
    _own(actor, PROPOSE, petition.unit)

    def write(_line: OpenLine) -> int:
        version = rows.withdraw(petition, reason, expected_version)
        if petition.steps.filter(state=PetitionState.ANSWERED).exists():
            raise Refused(Sentence("Nội dung này đã được trả lời nên không rút nữa."))
        return version

    deed = _deed("supervision.withdraw_petition", PROPOSE, petition, petition.unit, key, reason)
    return perform(actor, deed, write)


def restore_petition(
    *, actor: PostActor, petition: Petition, expected_version: int, key: str = ""
) -> int:
    """Use a withdrawn petition again, where it lay; its new version."""
    _own(actor, PROPOSE, petition.unit)

    def write(_line: OpenLine) -> int:
        return rows.restore(petition, expected_version)

    deed = _deed("supervision.restore_petition", PROPOSE, petition, petition.unit, key)
    return perform(actor, deed, write)


def _own(actor: PostActor, right: str, unit: Unit) -> None:
    if not stands_at(actor, right, unit):
        raise NotAllowed(Sentence("Chỉ người giữ chức danh ở chính nơi đó làm được việc này."))


def _deed(
    act: str, right: str, petition: Petition, place: Unit, key: str, reason: str = ""
) -> Deed:
    return Deed(act, right, place, f"petition:{petition.pk}", key, reason)


def _check(given: PetitionInput) -> None:
    if not given.about.strip() or not given.text.strip():
        raise Refused(Sentence("Hãy ghi cả việc gì và nội dung."))


def _fill(row: Petition, given: PetitionInput) -> None:
    row.kind, row.about, row.text = given.kind, given.about, given.text


def _step(actor: PostActor, petition: Petition, unit: Unit, to: Unit, text: str) -> None:
    PetitionStep.objects.create(
        petition=petition,
        state=petition.state,
        unit=unit,
        to=to,
        text=text,
        by=actor.name,
        post_title=actor.post_title,
        at=timezone.now(),
    )
