"""People a list puts into another household of the commune: found, moved, put back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from chungtay.acts.services import System
from chungtay.households.models import Household, Membership, Person
from chungtay.households.queries.answers import answers_on
from chungtay.places.models import Unit
from chungtay.sync.persons import Likeness
from chungtay.sync.services import undo_import
from tests.sync.conftest import (
    FAMILY,
    NEIGHBOURS,
    ON,
    Bring,
    Stage,
    codes,
    person,
    register_rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = date(2024, 1, 1)
SEN = ("Phùng Thị Sen", {"sex": "Nữ", "birth": "1986", "number": "038186993347"})


def sen(relation: str, code: str = "", **more: str) -> list[object]:
    """The wife of FAMILY as another household's member."""
    return person(SEN[0], relation, code=code, **SEN[1], **more)


def nobody_twice_on_a_day() -> bool:
    """Whether every person is in at most one household on every day."""
    spans: dict[object, list[tuple[date, date]]] = defaultdict(list)
    for row in Membership.objects.filter(withdrawn=False):
        spans[row.person_id].append((row.valid_from or date.min, row.valid_to or date.max))
    for own in spans.values():
        own.sort()
        if any(before[1] >= after[0] for before, after in pairwise(own)):
            return False
    return True


def test_a_member_moves_to_a_household_that_is_known(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    rows = [NEIGHBOURS[0], sen("Em", "H-02", insured="x")]
    _, preview = stage(quang_trung, rows, LATER)
    assert (preview.proposals[0].outcome, codes(preview)[0][-1]) == ("doubtful", "moves_here")
    assert "cùng số định danh +60" in str(preview.proposals[0].messages[-1].sentence)
    before = register_rows()
    answer = bring(quang_trung, rows, LATER)
    assert (answer["changed"], answer["persons"]) == (1, 0)
    one = Person.objects.get(full_name="Phùng Thị Sen")
    old, new = Membership.objects.filter(person=one).order_by("valid_from")
    assert (old.household.code, old.valid_to) == ("H-01", date(2023, 12, 31))
    assert (new.household.code, new.valid_from, new.valid_to) == ("H-02", LATER, None)
    assert answers_on(new.household_id, LATER).members[str(one.id)] == {"health_insurance": True}
    assert "phung thi sen" not in Household.objects.get(code="H-01").search_text
    assert nobody_twice_on_a_day()
    undo_import(actor=System(system_user="tests"), batch_id=answer["batch"])
    assert register_rows() == before


def test_a_member_founds_a_household_that_is_new(quang_trung: Unit, bring: Bring) -> None:
    bring(quang_trung, FAMILY)
    before = register_rows()
    rows = [sen("Chủ hộ", "H-20", village="Thôn 3", kind="CN", insured="x")]
    answer = bring(quang_trung, rows, LATER)
    assert (answer["added"], answer["persons"]) == (1, 0)
    one = Person.objects.get(full_name="Phùng Thị Sen")
    household = Household.objects.get(code="H-20")
    assert household.memberships.get().person == one
    assert answers_on(household.id, LATER).members[str(one.id)] == {"health_insurance": True}
    assert nobody_twice_on_a_day()
    undo_import(actor=System(system_user="tests"), batch_id=answer["batch"])
    assert register_rows() == before


def test_unticked_nobody_moves(quang_trung: Unit, bring: Bring) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    before = register_rows()
    bring(quang_trung, [NEIGHBOURS[0], sen("Em", "H-02")], LATER, ticked=frozenset())
    assert register_rows() == before


def test_one_who_is_only_perhaps_the_same_is_shown(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    rows = [NEIGHBOURS[0], person("Phùng Thị Sen", "Em", code="H-02", sex="Nữ", birth="1986")]
    _, preview = stage(quang_trung, rows, LATER)
    assert codes(preview)[0][-1] == "perhaps_person"
    assert "75 điểm" in str(preview.proposals[0].messages[-1].sentence)
    assert bring(quang_trung, rows, LATER)["persons"] == 1
    assert Person.objects.filter(full_name="Phùng Thị Sen").count() == 2


def test_a_head_does_not_leave_a_household(quang_trung: Unit, bring: Bring, stage: Stage) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    head = person(
        "Lưu Văn Khánh", "Em", code="H-02", sex="Nam", birth="15/03/1984", number="038084996102"
    )
    _, preview = stage(quang_trung, [NEIGHBOURS[0], head], LATER)
    assert (preview.proposals[0].outcome, codes(preview)[0][-1]) == ("refused", "heads_another")


def test_a_household_that_may_have_moved_is_asked_about(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    rows = [person("Lưu Văn Khánh", sex="Nam", birth="15/03/1984", village="Thôn 4")]
    _, preview = stage(quang_trung, rows, LATER)
    assert (preview.proposals[0].outcome, codes(preview)) == ("doubtful", [["heads_another"]])


def test_nobody_moves_back_in_time(quang_trung: Unit, bring: Bring, stage: Stage) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    _, preview = stage(quang_trung, [NEIGHBOURS[0], sen("Em", "H-02")], ON)
    assert (preview.proposals[0].outcome, codes(preview)[0][-1]) == ("refused", "came_later")


def test_one_whom_the_list_keeps_at_home_too_is_refused(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    rows = [*FAMILY, NEIGHBOURS[0], sen("Em", "H-02")]
    _, preview = stage(quang_trung, rows, LATER)
    assert [one.outcome for one in preview.proposals] == ["unchanged", "refused"]
    assert codes(preview)[1][-1] == "in_two_households"
    twice = [NEIGHBOURS[0], sen("Em", "H-02"), sen("Chủ hộ", "H-20", village="Thôn 3")]
    _, preview = stage(quang_trung, twice, LATER)
    assert [one.outcome for one in preview.proposals] == ["doubtful", "refused"]


def test_a_household_that_somebody_leaves_may_change_in_the_same_list(
    quang_trung: Unit, bring: Bring
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    before = register_rows()
    richer = [[*FAMILY[0][:10], 1_900_000, ""], NEIGHBOURS[0], sen("Em", "H-02")]
    answer = bring(quang_trung, richer, LATER)
    assert answer["changed"] == 2
    assert nobody_twice_on_a_day()
    undo_import(actor=System(system_user="tests"), batch_id=answer["batch"])
    assert register_rows() == before


def test_a_person_of_another_commune_is_never_found(
    quang_trung: Unit, phu_son: Unit, bring: Bring, stage: Stage
) -> None:
    bring(phu_son, [person("Hà Thị Đông", village="Tổ dân phố 1"), sen("Con")])
    bring(quang_trung, NEIGHBOURS)
    _, preview = stage(quang_trung, [NEIGHBOURS[0], sen("Em", "H-02")], LATER)
    assert (preview.proposals[0].outcome, codes(preview)[0][-1]) == ("changed", "not_listed")


@pytest.mark.parametrize(
    ("signs", "verdict"),
    [
        (("same_number", "same_name"), "sure"),
        (("same_number",), "doubtful"),
        (("same_number", "same_name", "other_year"), "doubtful"),
        (("same_name", "same_birth"), "sure"),
        (("same_name", "same_birth", "other_number", "same_sex"), "doubtful"),
        (("same_name", "agreeing_birth", "same_sex"), "doubtful"),
        (("same_name", "agreeing_birth", "same_sex", "same_village"), "sure"),
        (("same_name", "same_sex"), "none"),
        (("same_name", "same_birth", "other_sex"), "none"),
        (("same_name", "other_year", "same_sex", "same_village", "same_head"), "none"),
    ],
)
def test_what_the_signs_add_up_to(signs: tuple[str, ...], verdict: str) -> None:
    known = Likeness(None, None, signs)  # type: ignore[arg-type]
    assert known.verdict == verdict
    rival = Likeness(None, None, signs, rivals=1)  # type: ignore[arg-type]
    assert rival.verdict in {verdict, "doubtful"} - {"sure"}


def test_the_number_of_somebody_dead_is_refused(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    dead = Person.objects.filter(full_name="Phùng Thị Sen")
    Membership.objects.filter(person__in=dead).update(valid_to=date(2023, 5, 1))
    dead.update(died_on=date(2023, 5, 1))
    rows = [person("Ngô Thị Lan", number="038186993347", village="Thôn 4")]
    _, preview = stage(quang_trung, rows, LATER)
    assert (preview.proposals[0].outcome, codes(preview)[0]) == ("refused", ["id_of_the_dead"])
    said = str(preview.proposals[0].messages[0].sentence)
    assert "mất ngày 01/05/2023" in said
    assert "038186993347" not in said
