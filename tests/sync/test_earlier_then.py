"""Lists of earlier years: the communes, villages and people of that time, and those of today."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.refusing import Refused
from chungtay.acts.services import System
from chungtay.households.models import (
    Household,
    Membership,
    Person,
    Residence,
)
from chungtay.households.queries.statuses import count_by_commune
from chungtay.households.services import merge_villages, take_over_register
from chungtay.places.models import Level, Unit
from chungtay.places.queries import villages_of
from chungtay.places.services import add_villages
from chungtay.sync.earlier.terms import Asked
from chungtay.sync.models import ImportBatch
from chungtay.sync.services import (
    apply_import,
    choose_villages,
    preview_of,
    undo_import,
)
from tests.sync.conftest import (
    FAMILY,
    HEADER,
    NEIGHBOURS,
    ON,
    Bring,
    codes,
    person,
    sums,
    xlsx,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


# ---- old communes and villages


@pytest.fixture
def ward(quang_trung: Unit, system) -> Unit:
    """Phường Quang Trung, which took the commune over on 1/7/2025."""
    found = quang_trung.successions.get().new
    add_villages(actor=system, commune=found, names=["Tổ dân phố 5"], valid_from=None)
    return found


def test_the_successor_imports_a_list_of_the_old_commune(
    quang_trung: Unit, ward: Unit, bring: Bring, write, system, early
) -> None:
    rows = [person("Lưu Văn Khánh", code="H-01", birth=1984, village="Thôn 1", kind="N")]
    with_commune = [[*row, "xã Quang Trung"] for row in rows]
    content = xlsx(with_commune, [*HEADER, "Xã"])
    batch, preview = early(ward, content, Asked(2022))
    (village,) = preview.unmapped
    assert (village.name, village.commune, village.households) == ("Thôn 1", quang_trung.name, 1)
    assert codes(preview) == [["village_unmapped"]]
    present = Unit.objects.get(parent=ward, level=Level.VILLAGE)
    choose_villages(actor=system, batch_id=batch, chosen={village.key: present.pk})
    preview = preview_of(ImportBatch.objects.get(pk=batch))
    assert (preview.unmapped, codes(preview)) == ((), [["household_unknown"]])
    apply_import(actor=system, batch_id=batch, ticked=None)
    household = Household.objects.get()
    assert (household.commune, household.village) == (ward, present)
    old, now = Residence.objects.order_by("valid_from")
    assert (old.commune, str(old.village)) == (quang_trung, "Thôn 1")
    assert (old.valid_from, old.valid_to) == (date(2022, 1, 1), date(2025, 6, 30))
    assert (now.commune, now.valid_from, now.valid_to) == (ward, date(2025, 7, 1), None)


def test_the_successor_finds_households_still_written_in_the_old_commune(
    quang_trung: Unit, ward: Unit, bring: Bring, early
) -> None:
    bring(quang_trung, FAMILY)
    rows = [person("Lưu Văn Khánh", birth=1984, sex="Nam", village="Thôn 1", kind="N")]
    _, preview = early(ward, xlsx(rows), Asked(2022, commune=quang_trung.pk))
    assert sums(preview) == {"read": 1, "changed": 1}


def test_a_household_that_moved_since_is_counted_where_it_lived(
    quang_trung: Unit, ward: Unit, bring: Bring, write, system
) -> None:
    """Known in the ward since 2026 only; the list of 2022 says where it lived before."""
    bring(ward, [person("Lưu Văn Khánh", code="H-01", birth=1984, sex="Nam", village="Tổ 5")],
          on=date(2025, 8, 1))  # fmt: skip
    rows = [person("Lưu Văn Khánh", code="H-01", birth=1984, village="Thôn 1", kind="N")]
    batch = write(ward, xlsx(rows), Asked(2022, commune=quang_trung.pk))
    old, now = Residence.objects.filter(withdrawn=False).order_by("valid_from")
    assert (old.commune, old.valid_to) == (quang_trung, date(2025, 6, 30))
    assert (now.commune, now.valid_from) == (ward, date(2025, 7, 1))
    undo_import(actor=system, batch_id=batch)
    (home,) = Residence.objects.filter(withdrawn=False)
    assert (home.commune, home.valid_from) == (ward, date(2025, 8, 1))


def test_a_commune_that_is_not_of_this_place_is_refused(quang_trung: Unit, early) -> None:
    rows = [[*person("Lưu Văn Khánh", kind="N"), "xã Hà Lan"]]
    _, preview = early(quang_trung, xlsx(rows, [*HEADER, "Xã"]), Asked(2022))
    assert codes(preview) == [["unknown_commune"]]


def test_a_village_of_another_commune_cannot_be_chosen(
    quang_trung: Unit, phu_son: Unit, system, ward: Unit, early
) -> None:
    rows = [person("Lưu Văn Khánh", village="Thôn 1", kind="N")]
    batch, preview = early(ward, xlsx(rows), Asked(2022, commune=quang_trung.pk))
    foreign = Unit.objects.filter(parent=phu_son, level=Level.VILLAGE).first()
    assert foreign is not None
    with pytest.raises(Refused, match="không thuộc"):
        choose_villages(actor=system, batch_id=batch, chosen={preview.unmapped[0].key: foreign.pk})


def test_a_village_merged_since_is_mapped_and_was_lived_in(
    quang_trung: Unit, system, write
) -> None:
    first, second, *_rest = villages_of(quang_trung, ON)
    merge_villages(
        actor=system, commune=quang_trung, villages=[first, second], into="Thôn Đông",
        on=date(2024, 1, 1), paper="Nghị quyết 5/NQ-HĐND",
    )  # fmt: skip
    rows = [person("Bế Thị Lành", village="Thôn 1", birth=1950, kind="N")]
    write(quang_trung, xlsx(rows), Asked(2022))
    household = Household.objects.get()
    assert str(household.village) == "Thôn Đông"
    old, now = Residence.objects.order_by("valid_from")
    assert (str(old.village), old.valid_to) == ("Thôn 1", date(2023, 12, 31))
    assert (str(now.village), now.valid_from) == ("Thôn Đông", date(2024, 1, 1))


def test_a_register_taken_over_goes_on_taking_lists_of_the_old_commune(
    quang_trung: Unit, ward: Unit, bring: Bring, write, system, early
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    take_over_register(actor=system, old=quang_trung, new=ward, on=date(2025, 7, 1))
    rows = [
        person("Lưu Văn Khánh", code="H-01", birth=1984, village="Thôn 1", kind="N"),
        person("Bế Thị Lành", village="Thôn 3", birth=1950, kind="CN"),
    ]
    _, preview = early(ward, xlsx(rows), Asked(2022, commune=quang_trung.pk))
    assert (sums(preview), preview.unmapped) == ({"read": 2, "changed": 1, "doubtful": 1}, ())
    write(ward, xlsx(rows), Asked(2022, commune=quang_trung.pk))
    added = Household.objects.get(head_name="Bế Thị Lành")
    assert (added.commune, str(added.village)) == (ward, "Thôn 3")
    counted = count_by_commune(Household.objects.all(), date(2022, 6, 1))
    assert counted == {quang_trung.pk: {"poor": 1, "near_poor": 1}}


# ---- persons across years


def test_a_head_found_only_perhaps_is_shown_beside_the_other(
    quang_trung: Unit, bring: Bring, early
) -> None:
    bring(quang_trung, FAMILY)
    rows = [person("Lưu Văn Khánh", sex="Nam", village="Thôn 1", kind="N")]
    _, preview = early(quang_trung, xlsx(rows))
    assert (sums(preview), codes(preview)) == ({"read": 1, "doubtful": 1}, [["perhaps_one"]])
    said = str(preview.proposals[0].messages[0].sentence)
    assert "sinh 15/03/1984" in said
    assert "cùng họ tên +40" in said
    assert "75 điểm" in said


def test_one_who_lives_elsewhere_now_is_not_made_twice(
    quang_trung: Unit, bring: Bring, write, early
) -> None:
    """The daughter of 2022 is the wife of 2023: one person, in one household on every day."""
    bring(quang_trung, FAMILY)
    wife = Person.objects.get(full_name="Phùng Thị Sen")
    rows = [
        person("Phùng Văn Cội", code="H-77", sex="Nam", birth=1950, village="Thôn 3", kind="N"),
        person("Phùng Thị Sen", "Con", code="H-77", sex="Nữ", birth=1986, number="038186993347"),
    ]
    _, preview = early(quang_trung, xlsx(rows))
    assert codes(preview) == [["lives_elsewhere", "household_unknown"]]
    batch = write(quang_trung, xlsx(rows))
    assert Person.objects.filter(full_name="Phùng Thị Sen").count() == 1
    before, now = Membership.objects.filter(person=wife).order_by("valid_from")
    assert (before.household.code, before.valid_to) == ("H-77", date(2022, 12, 31))
    assert (now.household.code, now.valid_from) == ("H-01", ON)
    undo_import(actor=System(system_user="tests"), batch_id=batch)
    wife.refresh_from_db()
    assert not wife.withdrawn
    assert Membership.objects.filter(person=wife, withdrawn=False).count() == 1


def test_one_who_was_elsewhere_already_is_left_out(quang_trung: Unit, bring: Bring, write) -> None:
    bring(quang_trung, FAMILY)
    write(quang_trung, xlsx([*FAMILY]))
    rows = [
        person("Phùng Văn Cội", code="H-77", birth=1950, village="Thôn 3", kind="N"),
        person("Phùng Thị Sen", "Con", code="H-77", birth=1986, number="038186993347"),
    ]
    write(quang_trung, xlsx(rows))
    people = Membership.objects.filter(household__code="H-77")
    assert [row.person.full_name for row in people] == ["Phùng Văn Cội"]


def test_the_same_household_twice_in_one_list(quang_trung: Unit, bring: Bring, early) -> None:
    bring(quang_trung, FAMILY)
    rows = [
        person("Lưu Văn Khánh", number="038084996102", kind="N"),
        person("Lưu Văn Khánh", code="H-01", kind="N"),
    ]
    _, preview = early(quang_trung, xlsx(rows))
    assert codes(preview)[1][-1] == "same_household_twice"


def test_no_query_per_household(
    quang_trung: Unit, bring: Bring, early, system, django_assert_max_num_queries
) -> None:
    rows = [
        person(f"Lê Văn {sign}", code=f"C-{place}", village="Thôn 1", kind="N", birth=1960 + place)
        for place, sign in enumerate("ABCDEGHIKLMNOPQRSTUVXY")
    ]
    bring(quang_trung, rows)
    batch, preview = early(quang_trung, xlsx(rows))
    assert sums(preview)["changed"] == len(rows)
    with django_assert_max_num_queries(60):
        apply_import(actor=system, batch_id=batch, ticked=None)


def test_a_namesake_of_another_village_is_named(quang_trung: Unit, bring: Bring, early) -> None:
    bring(quang_trung, FAMILY)
    _, preview = early(quang_trung, xlsx([person("Lưu Văn Khánh", village="Thôn 4", kind="N")]))
    assert codes(preview) == [["namesakes", "household_unknown"]]
    assert "Lưu Văn Khánh, Thôn 1" in str(preview.proposals[0].messages[0].sentence)
