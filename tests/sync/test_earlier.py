"""Lists of earlier years: what was decided then becomes spells of households that exist."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import (
    Decision,
    Household,
    Residence,
    StatusSpell,
)
from chungtay.households.queries.people import members_on
from chungtay.households.queries.statuses import count_by_class, statuses_of_many
from chungtay.places.models import Unit
from chungtay.sync.earlier.terms import Asked
from chungtay.sync.models import ImportBatch
from chungtay.sync.services import (
    apply_import,
    choose_villages,
    earlier_seen_by,
    undo_import,
)
from tests.sync.conftest import (
    FAMILY,
    HEADER,
    NEIGHBOURS,
    ON,
    PAPER,
    Bring,
    codes,
    person,
    register_rows,
    sums,
    titled,
    xlsx,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_known_household_gets_the_spell_of_that_time(
    quang_trung: Unit, bring: Bring, write, early
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    rows = [person("Lưu Văn Khánh", code="H-01", birth=1984, village="Thôn 1", kind="Hộ nghèo A")]
    _, preview = early(quang_trung, xlsx(rows))
    assert sums(preview) == {"read": 1, "changed": 1}
    write(quang_trung, xlsx(rows))
    household = Household.objects.get(code="H-01")
    old, present = StatusSpell.objects.filter(household=household).order_by("valid_from")
    assert (old.household_class, old.subclass) == ("poor", "A")
    # Known from 1/1/2023, so the earlier one ends the day before.
    assert (old.valid_from, old.valid_to) == (date(2021, 12, 28), date(2022, 12, 31))
    assert (old.standard, old.source) == (present.standard, "imported_list")
    assert old.decision is not None
    assert (old.decision.number, old.decision.issuer) == ("98/QĐ-UBND", "")
    assert (present.valid_from, present.valid_to) == (ON, None)
    assert statuses_of_many([household.id], date(2022, 6, 1))[household.id].pk == old.pk


def test_household_member_and_home_reach_back_and_are_counted(
    quang_trung: Unit, bring: Bring, write
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    then = date(2022, 6, 1)
    assert not count_by_class(Household.objects.all(), then)
    rows = [person("Lưu Văn Khánh", birth=1984, number="038084996102", kind="Nghèo")]
    write(quang_trung, xlsx(rows))
    household = Household.objects.get(code="H-01")
    assert household.valid_from == PAPER.decision_date
    assert count_by_class(Household.objects.all(), then) == {"poor": 1}
    # The wife is not in that list: what is not said is not made up.
    assert [row.person.full_name for row in members_on(household.id, then)] == ["Lưu Văn Khánh"]
    home = Residence.objects.get(household=household)
    assert (home.valid_from, home.valid_to) == (PAPER.decision_date, None)


def test_the_same_list_twice_changes_nothing(quang_trung: Unit, bring: Bring, write, early) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    rows = [person("Lưu Văn Khánh", code="H-01", village="Thôn 1", kind="N")]
    write(quang_trung, xlsx(rows))
    before = register_rows()
    _, preview = early(quang_trung, xlsx(rows))
    assert sums(preview) == {"read": 1, "unchanged": 1}
    write(quang_trung, xlsx(rows))
    assert register_rows() == before


def test_undo_puts_everything_back(quang_trung: Unit, bring: Bring, system, write) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    before = register_rows()
    rows = [
        person("Lưu Văn Khánh", code="H-01", village="Thôn 1", kind="N"),
        person("Bế Thị Lành", code="H-09", village="Thôn 2", birth=1950, kind="CN"),
    ]
    batch = write(quang_trung, xlsx(rows))
    assert register_rows() != before
    undo_import(actor=system, batch_id=batch)
    assert register_rows() == before
    assert StatusSpell.objects.filter(withdrawn=True).count() == 2


def test_an_unknown_household_is_added_only_when_it_is_ticked(
    quang_trung: Unit, system, early
) -> None:
    rows = [
        person("Bế Thị Lành", village="Thôn 2", birth=1950, kind="Hộ cận nghèo"),
        person("Bế Văn Kha", "Con", birth=1980, village="Thôn 2"),
    ]
    header = [*HEADER]
    rows = [["1", *rows[0][1:]], ["", *rows[1][1:]]]
    batch, preview = early(quang_trung, xlsx(rows, header), Asked(2022))
    assert (sums(preview), codes(preview)) == (
        {"read": 1, "doubtful": 1}, [["household_unknown"]],
    )  # fmt: skip
    apply_import(actor=system, batch_id=batch, ticked=frozenset())
    assert not Household.objects.exists()
    batch, preview = early(quang_trung, xlsx(rows, header), Asked(2022))
    answer = apply_import(actor=system, batch_id=batch, ticked=frozenset({2}))
    assert (answer["added"], answer["persons"]) == (1, 2)
    household = Household.objects.get()
    spell = StatusSpell.objects.get()
    assert (household.valid_from, household.valid_to) == (date(2022, 1, 1), None)
    assert (spell.household_class, spell.valid_to, spell.decision) == (
        *("near_poor", date(2022, 12, 31), None),
    )


def test_a_spell_that_overlaps_another_is_refused_and_named(
    quang_trung: Unit, bring: Bring, write, early
) -> None:
    bring(quang_trung, FAMILY)
    rows = [person("Lưu Văn Khánh", code="H-01", village="Thôn 1", kind="N")]
    write(quang_trung, xlsx(rows))
    other = [person("Lưu Văn Khánh", code="H-01", village="Thôn 1", kind="Cận nghèo")]
    _, preview = early(quang_trung, xlsx(other), Asked(2022))
    assert sums(preview) == {"read": 1, "refused": 1}
    said = str(preview.proposals[0].messages[-1].sentence)
    assert "Hộ nghèo, từ 28/12/2021 đến hết 31/12/2022, quyết định 98/QĐ-UBND" in said
    assert "Hộ cận nghèo, từ 01/01/2022" in said


def test_class_and_year_are_read_from_the_title(quang_trung: Unit, bring: Bring, early) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    rows = [person("Lưu Văn Khánh", code="H-01"), person("Tạ Văn Đoàn", code="H-02", kind="HCN")]
    content = titled("DANH SÁCH HỘ NGHÈO NĂM 2022", rows)
    batch, preview = early(quang_trung, content, Asked())
    assert [one.new_class for one in preview.proposals] == ["poor", "near_poor"]
    assert ImportBatch.objects.get(pk=batch).terms["year"] == 2022
    _, preview = early(quang_trung, xlsx(rows), Asked(2022))
    assert codes(preview) == [["class_missing"], []]


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("Hộ tái nghèo", ("poor", "")),
        ("Nghèo B", ("poor", "B")),
        ("Hộ nghèo loại A", ("poor", "A")),
        ("Mới thoát nghèo", ("not_poor", "")),
        ("Hộ thoát cận nghèo", ("not_poor", "")),
        ("Cận nghèo phát sinh", ("near_poor", "")),
    ],
)
def test_the_words_of_the_years(quang_trung: Unit, bring: Bring, write, word, written) -> None:
    bring(quang_trung, FAMILY)
    write(quang_trung, xlsx([person("Lưu Văn Khánh", code="H-01", kind=word)]))
    spell = StatusSpell.objects.get(valid_to__isnull=False)
    assert (spell.household_class, spell.subclass) == written


def test_a_and_b_from_a_column_of_their_own(quang_trung: Unit, bring: Bring, write) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    header = ["Mã hộ", "Họ và tên chủ hộ", "Diện", "Nhóm hộ nghèo"]
    rows = [["H-01", "Lưu Văn Khánh", "Hộ nghèo", "B"], ["H-02", "Tạ Văn Đoàn", "Cận nghèo", "A"]]
    write(quang_trung, xlsx(rows, header))
    spells = StatusSpell.objects.filter(valid_to__isnull=False).order_by("household__code")
    assert [(one.household_class, one.subclass) for one in spells] == [
        *[("poor", "B"), ("near_poor", "")],
    ]
    marked = ["Mã hộ", "Họ và tên chủ hộ", "Hộ nghèo A", "Hộ nghèo B", "Hộ cận nghèo"]
    rows = [["H-01", "Lưu Văn Khánh", "x", "", ""], ["H-02", "Tạ Văn Đoàn", "", "", "x"]]
    write(
        quang_trung,
        xlsx(rows, marked),
        Asked(2022, decision_number="1", decision_date=date(2021, 2, 1)),
    )
    first = StatusSpell.objects.order_by("valid_from", "household__code").first()
    assert first is not None
    assert (first.subclass, first.valid_to) == ("A", date(2021, 12, 27))


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(), "Chưa biết danh sách là của năm nào"),
        (Asked(2999), "chưa hết"),
        (Asked(202), "quá xa"),
        (Asked(2022, standard="nd-351-2025"), "không áp dụng"),
        (Asked(2022, decision_number="5/QĐ"), "cả số và ngày"),
        (Asked(2022, issuer="UBND huyện"), "chưa có số quyết định"),
        (Asked(2022, decision_number="5/QĐ", decision_date=date(2023, 1, 2)), "không thể là"),
        (Asked(2022, decision_number="5" * 61, decision_date=date(2022, 1, 2)), "ghi gọn"),
        (Asked(2022, commune=1), "Hãy chọn lại"),
    ],
)
def test_terms_that_cannot_be(quang_trung: Unit, system, asked: Asked, why: str) -> None:
    with pytest.raises(Refused, match=why):
        earlier_seen_by(actor=system, commune=quang_trung, asked=asked, content=xlsx(FAMILY))


def test_each_year_is_written_by_the_standard_of_its_time(
    quang_trung: Unit, bring: Bring, write
) -> None:
    bring(quang_trung, FAMILY)
    rows = [person("Lưu Văn Khánh", code="H-01", kind="Hộ nghèo")]
    for year in (2021, 2019, 2022):
        write(quang_trung, titled(f"DANH SÁCH HỘ NGHÈO NĂM {year}", rows), Asked())
    spells = StatusSpell.objects.order_by("valid_from")
    assert [(one.standard, one.valid_from.year, one.valid_to) for one in spells] == [
        ("qd-59-2015", 2019, date(2019, 12, 31)),
        ("qd-59-2015", 2021, date(2021, 12, 31)),
        ("nd-07-2021", 2022, date(2022, 12, 31)),
        ("nd-07-2021", 2023, None),
    ]


# ---- rights and the journal


def test_the_outsider_gets_nowhere(
    quang_trung: Unit, bring: Bring, outsider, acting, early
) -> None:
    with pytest.raises(NotAllowed):
        early(quang_trung, xlsx(FAMILY), actor=acting(outsider))
    batch, _ = early(quang_trung, xlsx(FAMILY))
    with pytest.raises(NotAllowed):
        choose_villages(actor=acting(outsider), batch_id=batch, chosen={})
    with pytest.raises(NotAllowed):
        apply_import(actor=acting(outsider), batch_id=batch, ticked=None)


def test_the_journal_says_the_terms_and_no_name(quang_trung: Unit, write) -> None:
    write(quang_trung, xlsx(FAMILY))
    lines = JournalLine.objects.filter(act__startswith="sync.").order_by("id")
    staged, applied = lines
    assert '"year":2022' in staged.details
    assert '"added":1' in applied.details
    assert not any("Khánh" in line.details for line in lines)
    assert Decision.objects.get().commune == quang_trung
