"""The journal in plain words: every act has its sentence, every chain its readers."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chungtay.acts.models import Chain, JournalLine
from chungtay.acts.services import System
from chungtay.households.models import Household
from chungtay.households.services import record_answers
from chungtay.places.models import Unit
from chungtay.places.services import count_population
from chungtay.staff.models import User
from chungtay.web.journal.chains import LINES_CHECKED, state_of
from chungtay.web.journal.wording import ABOUT, ACTS, KINDS
from tests.sync.conftest import FAMILY, ON, bring, stage

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["bring", "stage"]

PROGRAM = Path(__file__).resolve().parents[3] / "chungtay"


def acts_in_the_code() -> Iterator[str]:
    """The first word of every Deed, and of every helper named after it that makes one."""
    for path in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if "deed" not in node.func.id.lower():
                continue
            words = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "act")]
            yield from (word.value for word in words if isinstance(word, ast.Constant))


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_every_act_of_the_program_has_its_sentence() -> None:
    found = set(acts_in_the_code())
    assert len(found) > 20
    assert found - set(ACTS) == set()
    assert {act.partition(".")[0] for act in ACTS} == set(KINDS)
    assert set(ABOUT) <= set(ACTS)


def test_an_act_is_told_with_who_what_and_why(
    quang_trung: Unit, officer: User, acting, client_of, bring
) -> None:
    bring(quang_trung, FAMILY)
    household = Household.objects.get()
    record_answers(
        actor=acting(officer),
        household=household,
        on=ON,
        answers={"income_points": 120},
        members={},
        expected_version=None,
        reason="Đi thăm hộ",
    )
    page = client_of(officer).get(reverse("journal"))
    said = text_of(page)
    assert "Hà Thị Mận" in said
    assert "Ghi câu trả lời của hộ" in said
    assert "Đi thăm hộ" in said
    assert f'href="{reverse("register_household", args=[household.pk])}"' in page.content.decode()
    assert "1 hộ: 1 thêm mới, 0 cập nhật; 2 người mới" in said
    assert "120" not in said
    assert "038084996102" not in said
    assert "Chuỗi nguyên vẹn" in said


def test_the_lines_of_another_place_are_not_read(
    quang_trung: Unit, phu_son: Unit, officer: User, outsider: User, client_of, bring
) -> None:
    bring(quang_trung, FAMILY)
    said = text_of(client_of(outsider).get(reverse("journal")))
    assert "Ghi danh sách nhập vào sổ" not in said.partition("Các việc đã làm")[2]
    assert "Lưu Văn Khánh" not in said
    assert "Quang Trung" not in said


def test_the_district_reads_below_and_the_village_head_nothing(
    quang_trung: Unit, hire: Callable[..., User], client_of, bring
) -> None:
    bring(quang_trung, FAMILY)
    district = hire("district_officer", quang_trung.parent)
    assert "Ghi danh sách nhập vào sổ" in text_of(client_of(district).get(reverse("journal")))
    assert reverse("imports") not in client_of(district).get(reverse("journal")).content.decode()
    head = hire("village_head", Unit.objects.get(parent=quang_trung, name="Thôn 1"))
    assert client_of(head).get(reverse("journal")).status_code == 404


def test_lines_are_chosen_by_act_and_day(
    quang_trung: Unit, officer: User, client_of, bring
) -> None:
    bring(quang_trung, FAMILY)
    client: Client = client_of(officer)

    def told(query: str) -> str:
        return (
            text_of(client.get(reverse("journal") + query)).partition("dd/mm/yyyy")[2]
            or text_of(client.get(reverse("journal") + query)).partition("Lọc")[2]
        )

    assert "Tải lên một danh sách" in told("?viec=sync")
    assert "Mở tài khoản" not in told("?viec=sync")
    assert "Tải lên một danh sách" not in told("?viec=sync.apply_import")
    assert "Chưa có dòng nào như vậy" in told("?den=01/01/2020")
    assert "Mở tài khoản" in told("?tu=01/01/2020")
    wrong = client.get(reverse("journal") + "?tu=32/1/2023")
    assert "“32/1/2023” không phải một ngày có thật" in text_of(wrong)
    assert 'value="32/1/2023"' in wrong.content.decode()
    assert client.get(reverse("journal") + "?viec=<script>&trang=x").status_code == 200


def test_fifty_lines_a_page_in_as_many_questions_as_one(
    quang_trung: Unit, officer: User, client_of, system: System, bring
) -> None:
    bring(quang_trung, FAMILY)
    client: Client = client_of(officer)
    client.get(reverse("journal"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("journal"))
    for number in range(60):
        count_population(
            actor=system, unit=quang_trung, on=ON, households=number, persons=None, source="thử"
        )
    client.get(reverse("journal"))  # as before: what the frame remembers is known again
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("journal"))
    assert len(many) <= len(few)
    assert "50/" in text_of(page)
    assert "Trang 1 trên 2" in text_of(page)
    assert "Xã Quang Trung: 59 hộ" in text_of(page)
    assert "Xã Quang Trung: 59 hộ" not in text_of(client.get(reverse("journal") + "?trang=2"))


def test_a_chain_that_was_touched_is_seen(quang_trung: Unit, system: System, bring) -> None:
    bring(quang_trung, FAMILY)
    state = state_of(quang_trung.chain)
    assert (state.whole, state.checked) == (True, state.total)
    assert Chain.objects.get(name=quang_trung.chain).head.startswith(state.head)
    assert state_of("commune:00000:").whole
    Chain.objects.filter(name=quang_trung.chain).update(head="0" * 64)
    assert not state_of(quang_trung.chain).whole


def test_a_forged_line_is_seen(quang_trung: Unit, officer: User, client_of) -> None:
    kept = Chain.objects.get(name=quang_trung.chain)
    forged = JournalLine.objects.create(
        chain=quang_trung.chain, number=kept.number + 1, at="2023-01-01T00:00Z",
        act="households.add_household", actor_name="ai đó", previous=kept.head, digest="f" * 64,
    )  # fmt: skip
    Chain.objects.filter(name=quang_trung.chain).update(number=forged.number, head=forged.digest)
    assert not state_of(quang_trung.chain).whole
    page = text_of(client_of(officer).get(reverse("journal")))
    assert "Chuỗi nhật ký không khớp" in page


def test_a_long_chain_is_checked_from_its_head(
    quang_trung: Unit, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chungtay.web.journal.chains.LINES_CHECKED", 2)
    for number in range(3):
        count_population(
            actor=system, unit=quang_trung, on=ON, households=number, persons=None, source="thử"
        )
    state = state_of(quang_trung.chain)
    assert (state.whole, state.checked) == (True, 2)
    assert state.total > 2
    assert LINES_CHECKED > 2


@pytest.mark.parametrize("days", [{"den": "31/12/9999"}, {"tu": "01/01/0001"}])
def test_the_ends_of_the_calendar_are_said(officer: User, client_of, days) -> None:
    answer = client_of(officer).get(reverse("journal"), days)
    assert answer.status_code == 200
    assert "không phải một ngày có thật" in text_of(answer)
