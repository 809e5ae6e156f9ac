"""Who may merge, once only, and how long a merge can be undone."""

from __future__ import annotations

import json

import pytest

from chungtay.acts import sealing
from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.models import (
    Household,
    KeptApart,
    RecordMerge,
)
from chungtay.households.services import record_answers
from chungtay.households.services.merging import (
    keep_apart,
    look_again,
    undo_merge,
)
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from tests.households.conftest import OPENING
from tests.households.merging_world import (
    member,
    merge_two,
    rows,
    unite_two,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Who may, once, and only while nothing was built on it


def test_an_outsider_merges_nothing(twice, acting, outsider, officer, add, phu_son):
    kept, lost = twice
    foreign = add(commune=phu_son, at=villages_of(phu_son, OPENING).first())
    before = rows()
    for actor, one, other in ((outsider, kept, lost), (officer, kept, foreign)):
        with pytest.raises(NotAllowed):
            unite_two(acting(actor), one, other)
        pair = member(one, "Nguyễn Thị Hòa"), member(other, "Đỗ Thị Bé")
        with pytest.raises(NotAllowed):
            merge_two(acting(actor), *pair, home=one.pk)
    with pytest.raises(NotAllowed):
        keep_apart(
            actor=acting(outsider), kind="household", household=kept, one=kept.pk, other=lost.pk
        )
    done = unite_two(acting(officer), kept, lost)
    with pytest.raises(NotAllowed):
        undo_merge(actor=acting(outsider), merge=RecordMerge.objects.get(pk=done["merge"]))
    assert before != rows()


def test_a_stale_form_merges_nothing(twice, system):
    kept, lost = twice
    versions = {kept.pk: kept.version, lost.pk: lost.version}
    record_answers(
        actor=system, household=lost, on=OPENING, answers={"latrine": "unhygienic"}, members={},
        expected_version=None,
    )  # fmt: skip
    with pytest.raises(Stale):
        unite_two(system, kept, lost, versions=versions)
    pair = member(kept, "Đỗ Thị Bé"), member(lost, "Đỗ Thị Bé")
    with pytest.raises(Stale):
        merge_two(system, *pair, home=kept.pk, versions=versions)
    assert not RecordMerge.objects.exists()


def test_a_double_click_merges_once_and_a_second_form_is_told(twice, system):
    kept, lost = twice
    first = unite_two(system, kept, lost, key="k1")
    assert unite_two(system, kept, lost, key="k1") == first
    assert RecordMerge.objects.count() == 1
    with pytest.raises(Refused, match="đã được gộp vào một hộ khác"):
        unite_two(system, kept, lost, key="k2", versions={})
    merge = RecordMerge.objects.get()
    undone = undo_merge(actor=system, merge=merge, key="u1")
    assert undo_merge(actor=system, merge=merge, key="u1") == undone
    with pytest.raises(Refused, match="đã được hoàn tác rồi"):
        undo_merge(actor=system, merge=merge)


def test_what_was_built_on_is_not_undone(twice, system):
    kept, lost = twice
    done = unite_two(system, kept, lost)
    record_answers(
        actor=system,
        household=Household.objects.get(pk=kept.pk),
        on=OPENING,
        answers={"latrine": "unhygienic"},
        members={},
        expected_version=None,
    )
    with pytest.raises(Refused, match="đã được sửa tiếp sau khi gộp"):
        undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))


def test_a_code_that_was_given_on_is_not_taken_back(twice, system, add):
    kept, lost = twice
    done = unite_two(system, kept, lost)
    add(code="A2", members=[PersonInput("Hà Văn Núi", "00")])
    with pytest.raises(Refused, match="mã hộ A2 nay là của hộ Hà Văn Núi"):
        undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))


def test_nothing_personal_stands_in_the_line_or_in_the_kept_rows(twice, system):
    unite_two(system, *twice)
    line = JournalLine.objects.get(act="households.merge_households")
    assert set(json.loads(line.details)) == {"merge", "lost"}
    assert "Nguyễn" not in line.details
    merge = RecordMerge.objects.get()
    assert "Nguyễn".encode() not in bytes(merge.undo)
    plain = sealing.unseal(
        "merge", bytes(merge.undo), bound_to=merge.pk.bytes, salt=bytes(merge.salt)
    )
    assert "Nguyễn" in json.loads(plain)["rows"]["households.Household"][str(twice[1].pk)][
        "before"
    ].get("search_text", "Nguyễn")


def test_a_pair_kept_apart_is_remembered_once_and_taken_back(twice, system):
    kept, lost = twice
    words = {"actor": system, "kind": "household", "household": kept}
    row = keep_apart(**words, one=lost.pk, other=kept.pk)
    assert keep_apart(**words, one=kept.pk, other=lost.pk) == row
    assert KeptApart.objects.get().first < KeptApart.objects.get().second
    look_again(actor=system, row=KeptApart.objects.get())
    assert not KeptApart.objects.filter(withdrawn=False).exists()
