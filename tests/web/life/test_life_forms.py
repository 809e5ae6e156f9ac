"""The forms of life events: each bad input is met with a sentence, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.households.models import Household, LifeEvent, Membership
from chungtay.web.life.kinds import HAPPENINGS

pytestmark = pytest.mark.database


@pytest.mark.parametrize("one", HAPPENINGS, ids=lambda one: one.kind)
def test_every_form_opens_with_its_words(browser, home, text_of, one):
    page = text_of(browser, one.name, home.pk)
    assert str(one.lead) in page
    assert 'name="on_day"' in page
    assert "Lò Văn Sáng" in page


def test_a_birth_is_written_and_can_be_undone_from_the_page(send, browser, home, text_of, who):
    fields = {"p_full_name": "Lò Thị Mới", "p_relation": "08", "mother": who("Hà Thị Mây")}
    assert send("birth", **fields).status_code == 302
    page = text_of(browser, "register_household", home.pk)
    assert "Đã ghi trẻ sinh trong hộ." in page
    assert "Lò Thị Mới" in page
    undo = reverse("life_undo", args=[LifeEvent.objects.get().pk])
    assert page.count(undo) == 2  # in the notice and in the timeline
    browser.post(undo, {"key": "u"})
    page = text_of(browser, "register_household", home.pk)
    assert "Đã hoàn tác “Sinh” của hộ." in page
    assert "Lò Thị Mới" not in page


def test_what_ends_something_is_looked_at_once_more(send, home, who):
    fields = {"person": who("Lò Văn Sáng"), "new_head": who("Hà Thị Mây"), "note": "ốm"}
    fields |= {f"rel_{who('Lò Văn Bình')}": "08", "paper_number": "12/TLKT"}
    page = send("death", **fields).content.decode()
    assert "Xem lại trước khi ghi" in page
    for said in (
        "15/06/2023",
        "Hà Thị Mây",
        "Lò Văn Bình: Con; ",
        "Lò Thị Lan: chưa rõ",
        "12/TLKT",
    ):
        assert said in page or said.replace("; ", "") in page, said
    assert 'name="note" value="ốm"' in page
    assert not LifeEvent.objects.exists()
    back = send("death", **fields, checked="1", back="1").content.decode()
    assert 'value="12/TLKT"' in back
    assert not LifeEvent.objects.exists()
    assert send("death", **fields, checked="1").status_code == 302
    assert LifeEvent.objects.get().paper_number == "12/TLKT"


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("birth", {}, "Hãy ghi họ và tên của trẻ."),
        ("birth", {"p_full_name": "Bé", "on_year": ""}, "Ngày cần"),
        ("birth", {"p_full_name": "Bé", "on_day": "31"}, "không có thật"),
        ("birth", {"p_full_name": "Bé", "on_year": "2022"}, "ở đây từ ngày 01/01/2023"),
        ("birth", {"p_full_name": "Bé", "paper_year": "2023"}, "Ngày trên giấy tờ cần đủ"),
        ("birth", {"p_full_name": "Bé", "mother": "ai đó"}, "Hãy chọn lại người mẹ."),
        ("death", {}, "Hãy chọn một người trong hộ."),
        ("death", {"person": "{Lò Văn Sáng}"}, "Hãy chọn chủ hộ mới"),
        ("marriage_in", {"p_full_name": ""}, "Hãy ghi họ và tên, hoặc tìm"),
        ("marriage_in", {"from": "found"}, "Hãy tìm rồi chọn một người"),
        (
            "marriage_in",
            {"p_full_name": "Ai", "p_citizen_id": "038070000111"},
            "đang là của Lò Văn Sáng",
        ),
        ("member_leave", {"person": "{Lò Văn Sáng}"}, "Hãy chọn chủ hộ mới"),
        ("change_of_head", {}, "Hãy chọn chủ hộ mới."),
        ("change_of_head", {"new_head": "{Lò Văn Sáng}"}, "đang là chủ hộ"),
        ("relation_change", {"person": "{Lò Văn Bình}", "relation": "08"}, "Quan hệ không đổi"),
        ("split", {"new_head": "{Lò Văn Bình}"}, "Hãy chọn những người tách ra."),
        (
            "split",
            {"people": "{Lò Văn Sáng}", "new_head": "{Lò Văn Sáng}"},
            "hộ cũ không còn chủ hộ",
        ),
        ("split", {"people": "{Lò Văn Bình}", "new_head": "{Lò Thị Lan}"}, "một người tách ra"),
        ("merge", {}, "Hãy tìm rồi chọn hộ sẽ nhập vào."),
        ("move_within", {"village": "0"}, "Hãy chọn một thôn trong danh sách."),
        ("move_out", {}, "Hãy tìm rồi chọn nơi đến trong danh mục"),
        ("move_out", {"find": "99999", "found": "99999"}, "Hãy tìm rồi chọn nơi đến"),
    ],
)
def test_bad_input_changes_nothing_and_loses_nothing(send, home, who, kind, fields, sentence):
    typed = {
        name: who(value[1:-1]) if value.startswith("{") else value for name, value in fields.items()
    }
    answer = send(kind, **typed, note="ghi chú đã gõ")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Có điều cần sửa" in page
    assert 'value="ghi chú đã gõ"' in page
    assert not LifeEvent.objects.exists()


def test_a_stale_form_shows_both(send, home, who):
    send("birth", p_full_name="Lò Thị Mới")
    fields = {"person": who("Lò Văn Bình"), "relation": "99", "version": "2", "key": "x"}
    answer = send("relation_change", **fields)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hộ này vừa được người khác sửa" in page
    assert "Nay hộ có:" in page
    assert "Lò Thị Mới" in page
    assert 'value="99" selected' in page


def test_a_spouse_is_found_in_the_register_of_the_commune(send, home, other_home, who, phu_son):
    page = send("marriage_in", find="sen", look="1").content.decode()
    assert "Bùi Thị Sen" in page
    assert "hộ Quách Văn Đông" in page
    found = who("Bùi Thị Sen")
    fields = {"from": "found", "find": "sen", "found": found, "relation": "19"}
    assert send("marriage_in", **fields).status_code == 302
    assert Membership.objects.get(person=found, valid_to=None).household == home


def test_the_neighbours_people_and_households_are_not_found(send, home, system, phu_son, text_of):
    from chungtay.households.services import add_household  # noqa: PLC0415
    from chungtay.households.writing import HouseholdInput, PersonInput  # noqa: PLC0415
    from tests.web.life.conftest import OPENING  # noqa: PLC0415

    given = HouseholdInput(None, [PersonInput("Kiều Thị Sương", "00")])
    add_household(actor=system, commune=phu_son, given=given, on=OPENING)
    for kind in ("marriage_in", "merge"):
        assert "Không thấy “sương”" in send(kind, find="sương", look="1").content.decode()


def test_a_split_off_household_says_that_it_has_no_class(send, browser, home, who, text_of):
    son = who("Lò Văn Bình")
    fields = {"people": son, "new_head": son, "village": str(home.village_id), "checked": "1"}
    assert send("split", **fields).status_code == 302
    new = Household.objects.exclude(pk=home.pk).get()
    page = text_of(browser, "register_household", new.pk)
    assert "Hộ này tách ra từ hộ Lò Văn Sáng ngày 15/06/2023" in page
    assert "chưa có quyết định về diện" in page
    old = text_of(browser, "register_household", home.pk)
    assert "Từng ở trong hộ: 1 người" in old
    assert "đến hết ngày 14/06/2023 (tách hộ)" in old
    assert "Tách hộ" in old
    assert "QT-01" in old


def test_a_merged_household_is_shown_as_ended_and_takes_no_more(
    send, browser, home, other_home, text_of
):
    found = {"find": "dong", "found": str(other_home.pk)}
    assert "Quách Văn Đông" in send("merge", find="dong", look="1").content.decode()
    assert send("merge", **found, checked="1").status_code == 302
    page = text_of(browser, "register_household", home.pk)
    assert "Hộ này kết thúc ngày 14/06/2023: nhập vào hộ khác." in page
    answer = browser.get(reverse("life_birth", args=[home.pk]), follow=True)
    assert "nên không ghi thêm việc" in answer.content.decode()


def test_nobody_without_the_right_writes_or_sees(send, neighbour, home, hire, client_of, village):
    head = client_of(hire("village_head", village))
    assert send("birth", client=head, p_full_name="Bé").status_code == 404
    assert send("birth", client=neighbour, p_full_name="Bé").status_code == 404
    page = head.get(reverse("register_household", args=[home.pk])).content.decode()
    assert "Ghi thay đổi" not in page


def test_the_journal_says_the_event_in_words_and_nobodys_name(send, browser, text_of):
    send("birth", p_full_name="Lò Thị Mới")
    page = text_of(browser, "journal")
    assert "Ghi một trẻ sinh trong hộ" in page
    assert "ngày 15/06/2023" in page
    assert "Lò Thị Mới" not in page
