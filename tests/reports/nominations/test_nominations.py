"""Nominations: drawn from the data, frozen when submitted, decided with a reason, printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.reports.letters.content import offered
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.queries import shown_to, whole
from chungtay.reports.letters.services import PaperInput, open_paper
from chungtay.reports.nominations.achievements import achievements_of
from chungtay.reports.nominations.forms import forms
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.nominations.queries import nominations_seen_by
from chungtay.reports.nominations.services import (
    NominationInput,
    Nominee,
    change_nomination,
    decide_nomination,
    open_nomination,
    recall_nomination,
    restore_nomination,
    submit_nomination,
    withdraw_nomination,
)
from chungtay.reports.sheets.asked import Asked
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from tests.reports.reporting_world import Line, decide, family

pytestmark = pytest.mark.django_db
MIDDLE, TODAY = date(2023, 6, 1), date(2024, 1, 5)
PAPER = NominationInput("certificate", words="Vận động làng giúp ngày công.")


@pytest.fixture
def asked(line: Line) -> Asked:
    return Asked(line.commune, (line.commune,), 2023, date(2023, 12, 31), "nd-07-2021")


@pytest.fixture
def chairman(line: Line, hire: Callable[..., User], acting: Callable[[User], PostActor]):
    return acting(hire("chairman", line.commune))


@pytest.fixture
def nominate(line: Line, asked: Asked) -> Callable[..., Nomination]:
    """A draft of the officer, for Thôn 1 unless somebody else is said."""

    def made(nominee: Nominee | None = None, given: NominationInput = PAPER) -> Nomination:
        pk = open_nomination(
            actor=line.officer,
            asked=asked,
            nominee=nominee or Nominee(village=line.villages[0]),
            given=given,
        )
        return Nomination.objects.select_related("unit__parent").get(pk=pk)

    return made


def submit(line: Line, asked: Asked, one: Nomination) -> Nomination:
    submit_nomination(
        actor=line.officer, asked=asked, nomination=one, today=TODAY, expected_version=one.version
    )
    one.refresh_from_db()
    return one


def accept(who: PostActor, one: Nomination, *, accepted: bool = True, reason: str = "") -> None:
    decide_nomination(
        actor=who,
        nomination=one,
        accepted=accepted,
        reason=reason,
        today=TODAY,
        expected_version=one.version,
    )
    one.refresh_from_db()


def test_the_numbers_live_until_submitted_and_are_frozen_then(
    line: Line, asked: Asked, nominate: Callable[..., Nomination], chairman: PostActor
) -> None:
    village = line.villages[0]
    risen, poor = family(village, "poor"), family(village, "poor")
    decide(risen, "not_poor", MIDDLE)
    one = nominate()
    said = [str(row.sentence) for row in achievements_of(asked, one)]
    assert said == ["Có 1 hộ thoát nghèo trên 2 hộ nghèo đầu năm."]
    with translation.override("en"):
        one = submit(line, asked, one)
    decide(poor, "not_poor", MIDDLE)
    assert one.achievements == [{"key": "poor_left", "text": said[0]}]
    assert (one.state, one.frozen_on) == ("submitted", TODAY)
    accept(chairman, one)
    assert (one.state, one.decided_by, one.decided_on) == ("accepted", chairman.name, TODAY)


def test_what_is_left_out_is_not_used(
    line: Line, asked: Asked, nominate: Callable[..., Nomination]
) -> None:
    decide(family(line.villages[0], "poor"), "not_poor", MIDDLE)
    one = nominate()
    given = NominationInput("certificate", words="", left_out=("poor_left",))
    change_nomination(actor=line.officer, nomination=one, given=given, expected_version=1)
    one.refresh_from_db()
    with pytest.raises(Refused, match="chưa có thành tích nào"):
        submit(line, asked, one)


def test_a_household_is_told_of_without_a_name(
    line: Line, asked: Asked, nominate: Callable[..., Nomination]
) -> None:
    household = family(line.villages[0], "poor")
    decide(household, "near_poor", MIDDLE)
    one = nominate(Nominee(household=household))
    said = [str(row.sentence) for row in achievements_of(asked, one)]
    assert said == ["Đầu năm là hộ nghèo; ngày 31/12/2023 là hộ cận nghèo."]


def test_who_may_decide(
    line: Line, asked: Asked, nominate: Callable[..., Nomination], chairman: PostActor
) -> None:
    own = submit(line, asked, nominate(Nominee(user=User.objects.get(pk=chairman.user_id))))
    with pytest.raises(Refused, match="người khác quyết"):
        accept(chairman, own)
    one = submit(line, asked, nominate())
    for who in (line.officer, line.head, line.outsider, line.above):
        with pytest.raises(NotAllowed):
            accept(who, one)
    with pytest.raises(Refused, match="lý do không đồng ý"):
        accept(chairman, one, accepted=False)
    accept(chairman, one, accepted=False, reason="Còn báo cáo muộn")
    assert (one.state, one.reason) == ("turned_down", "Còn báo cáo muộn")
    with pytest.raises(Refused, match="không đồng ý"):
        accept(chairman, one)


def test_taken_back_changed_withdrawn_and_used_again(
    line: Line, asked: Asked, nominate: Callable[..., Nomination]
) -> None:
    one = submit(line, asked, nominate())
    with pytest.raises(Refused):
        change_nomination(
            actor=line.officer, nomination=one, given=PAPER, expected_version=one.version
        )
    recall_nomination(actor=line.officer, nomination=one, expected_version=one.version)
    one.refresh_from_db()
    assert (one.state, one.achievements, one.frozen_on) == ("draft", [], None)
    with pytest.raises(Stale):
        recall_nomination(actor=line.officer, nomination=one, expected_version=1)
    withdraw_nomination(
        actor=line.officer, nomination=one, reason="Ghi nhầm", expected_version=one.version
    )
    again = nominate()
    one.refresh_from_db()
    with pytest.raises(Refused, match="đã có đề nghị"):
        restore_nomination(actor=line.officer, nomination=one, expected_version=one.version)
    withdraw_nomination(
        actor=line.officer, nomination=again, reason="Ghi nhầm", expected_version=again.version
    )
    restore_nomination(actor=line.officer, nomination=one, expected_version=one.version)


def test_once_a_year_and_only_a_form_that_is_said(
    line: Line, nominate: Callable[..., Nomination]
) -> None:
    nominate()
    with pytest.raises(Refused, match="đã có đề nghị"):
        nominate()
    for given in (NominationInput("medal"), NominationInput("other")):
        with pytest.raises(Refused):
            nominate(given=given)
    nominate(given=NominationInput("other", "Biểu dương tại hội nghị"))
    with pytest.raises(Refused, match="không có phiếu năm"):
        nominate(Nominee(office="nowhere", office_name="Nơi khác"))


def test_only_its_own_commune_sees_it(line: Line, nominate: Callable[..., Nomination]) -> None:
    one = nominate()
    assert list(nominations_seen_by(line.officer)) == [one]
    for who in (line.head, line.outsider, line.above):
        assert not nominations_seen_by(who).exists()


def test_no_form_is_said_to_be_verified() -> None:
    """No paper on commendation is loaded: none of the forms may claim one."""
    assert [one.verified for one in forms().values()] == [False, False]


def test_the_paper_lists_those_accepted(
    line: Line, asked: Asked, nominate: Callable[..., Nomination], chairman: PostActor
) -> None:
    household = family(line.villages[0], "poor")
    decide(household, "not_poor", MIDDLE)
    accept(chairman, submit(line, asked, nominate(Nominee(household=household))))
    accept(chairman, submit(line, asked, nominate()))
    submit(line, asked, nominate(Nominee(village=line.villages[1])))
    kind = kinds()["commendation"]
    given = PaperInput("Đề nghị khen thưởng", kind.symbol, offered(kind, line.commune, None))
    pk = open_paper(
        actor=line.officer,
        unit=line.commune,
        year=2023,
        kind="commendation",
        plan=None,
        given=given,
    )
    paper = OfficePaper.objects.select_related("unit__parent", "plan__unit").get(pk=pk)
    document = whole(line.officer, paper, TODAY)
    (annex,) = document.paper.annexes
    assert [row[1] for row in annex.rows] == ["Lò Văn Sáng", "Thôn 1"]
    assert annex.rows[0][2:4] == ("Thôn 1", "Giấy khen")
    assert "Vận động làng giúp ngày công." in annex.rows[1][4]
    assert "khen thưởng 02 tập thể" in document.blocks[0].text
    assert shown_to(line.above, paper, TODAY).paper.annexes
    nobody = PostActor(None, "", TODAY)
    assert not shown_to(nobody, paper, TODAY).paper.annexes


@pytest.mark.database
@pytest.mark.parametrize(
    "given",
    [
        {"office": "front", "village": True},
        {"office": ""},
        {"office": "front", "state": "submitted"},
        {"office": "front", "state": "turned_down", "frozen_on": TODAY, "decided_on": TODAY},
        {"office": "front", "withdrawn": True},
    ],
)
def test_what_the_database_refuses(line: Line, given: dict[str, object]) -> None:
    village = {"village": line.villages[0]} if given.pop("village", False) else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.create(
            unit=line.commune, year=2023, form="certificate", **given, **village
        )
