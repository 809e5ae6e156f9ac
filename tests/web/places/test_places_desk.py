"""The desk of places: what each year shows, acts asked once more, the outsider who sees nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from chungtay.households.models import Household
from chungtay.households.services import add_household, merge_villages
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Level, Unit, VillageChange
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.places.services import Counted, count_populations, rename_village

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OPENING, MERGED = date(2023, 1, 1), date(2024, 6, 1)
PAPER = "Nghị quyết số 12/NQ-HĐND ngày 15/5/2024"
WHEN = {"on_day": "1", "on_month": "6", "on_year": "2024"}


def text_of(answer):
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def thon(quang_trung):
    return {int(unit.name[-1]): unit for unit in villages_of(quang_trung, OPENING)}


@pytest.fixture
def families(system, quang_trung, thon):
    """Two households in thôn 1, one in thôn 2."""
    for name, village in (("Lê Văn An", 1), ("Lê Văn Ba", 1), ("Lê Văn Cư", 2)):
        add_household(
            actor=system,
            commune=quang_trung,
            given=HouseholdInput(thon[village], [PersonInput(name, relation="00")]),
            on=OPENING,
        )
    return list(Household.objects.order_by("head_name"))


@pytest.fixture
def desk(officer, client_of):
    return client_of(officer)


@pytest.fixture
def ward() -> Unit:
    return unit_by_code("14818", date(2025, 7, 1))


def merge_form(thon, **more):
    chosen = {"village": [thon[1].pk, thon[2].pk], "into": "", "name": "Thôn Đoàn Kết"}
    return chosen | {"paper": PAPER, "key": "k"} | WHEN | more


def test_the_commune_shows_its_villages_counts_and_what_became_of_it(
    desk, families, quang_trung, thon, system
):
    counts = [Counted(quang_trung, 500, 2000), *(Counted(one, 120) for one in thon.values())]
    count_populations(
        actor=system, commune=quang_trung, on=OPENING, counts=counts, source="Công an xã"
    )
    page = text_of(desk.get(reverse("places")))
    assert "Xã Quang Trung Tại ngày 31/12/2023" in page
    assert "Thôn 1 Nông thôn 120 chưa ghi 2" in page
    assert "Cộng các thôn, tổ được 480 hộ, số của cả xã là 500: chênh 20." in page
    assert "Đến hết ngày 30/06/2025" in page
    assert "Nay thuộc Phường Quang Trung mã 14818 Toàn bộ, từ ngày 01/07/2025" in page
    assert "Có từ ngày chưa rõ" in page


def test_a_merger_is_asked_then_written_and_last_year_stays(desk, families, quang_trung, thon):
    href = reverse("places_merge", args=[quang_trung.pk])
    asked = desk.post(href, merge_form(thon))
    assert asked.status_code == 200
    page = text_of(asked)
    assert "Thôn 1 (2 hộ), Thôn 2 (1 hộ)" in page
    assert "3 hộ chuyển sang Thôn Đoàn Kết từ ngày 01/06/2024." in page
    assert not VillageChange.objects.filter(kind="villages_merged").exists()
    assert 'value="Thôn Đoàn Kết"' in asked.content.decode()

    done = desk.post(href, merge_form(thon, confirm="1"), follow=True)
    assert "Đã sáp nhập 2 thôn, tổ; 3 hộ đi theo." in text_of(done)
    assert "Thôn 1 Nông thôn chưa ghi chưa ghi 2" in text_of(done)
    session = desk.session
    session["year"] = 2024
    session.save()
    later = text_of(desk.get(reverse("places")))
    assert "Thôn Đoàn Kết Nông thôn chưa ghi chưa ghi 3" in later
    assert "Thôn 2 Nông thôn" not in later

    change = VillageChange.objects.get(kind="villages_merged")
    undone = desk.post(reverse("places_undo", args=[change.pk]), {"key": "u"}, follow=True)
    assert "Đã hoàn tác" in text_of(undone)
    assert Household.objects.filter(village=thon[1]).count() == 2
    again = desk.post(reverse("places_undo", args=[change.pk]), {"key": "v"}, follow=True)
    assert "Việc này đã được hoàn tác rồi" in text_of(again)


def test_going_back_keeps_what_was_typed(desk, quang_trung, thon):
    page = desk.post(reverse("places_merge", args=[quang_trung.pk]), merge_form(thon, back="1"))
    body = page.content.decode()
    assert page.status_code == 200
    assert 'value="Thôn Đoàn Kết"' in body
    assert body.count("checked") == 2
    assert 'value="2024"' in body


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"on_day": "31", "on_month": "2"}, "31/2/2024 không có thật"),
        ({"on_day": ""}, "cần đủ ngày, tháng, năm"),
        ({"on_year": "2099"}, "chưa tới"),
        ({"paper": ""}, "văn bản làm căn cứ"),
        ({"village": []}, "ít nhất hai thôn"),
        ({"name": ""}, "không được để trống"),
        ({"name": "Thôn 3"}, "đã có Thôn 3"),
    ],
)
def test_a_wrong_merger_says_what_to_mend_and_loses_nothing(desk, quang_trung, thon, more, words):
    page = desk.post(reverse("places_merge", args=[quang_trung.pk]), merge_form(thon, **more))
    assert page.status_code == 422
    assert words in text_of(page)
    if "paper" not in more:
        assert PAPER in page.content.decode()


def test_a_village_has_its_names_history_and_acts(desk, families, thon, system):
    rename_village(actor=system, village=thon[1], name="Thôn Hòa Bình", on=MERGED, paper=PAPER)
    page = text_of(desk.get(reverse("places_unit", args=[thon[1].pk])))
    assert "Thôn 1 Tại ngày 31/12/2023" in page
    assert f"Thôn 1, đến hết 31/05/2024 Đổi theo {PAPER}" in page
    assert "Đổi tên thôn, tổ: Thôn 1 → Thôn Hòa Bình" in page
    assert "Thôi dùng" in page


def test_a_form_renames_corrects_divides_and_ends(desk, families, thon):
    renamed = desk.post(
        reverse("places_rename", args=[thon[3].pk]),
        {"name": "Tổ dân phố 3", "paper": PAPER, "key": "r"} | WHEN,
        follow=True,
    )
    assert "Đã đổi tên" in text_of(renamed)
    corrected = desk.post(
        reverse("places_correct", args=[thon[2].pk]),
        {"name": "Thôn 2", "kind": "Bản", "area_type": "urban", "reason": "nhầm", "key": "c"}
        | {"seen_name": "Thôn 2", "seen_kind": "Thôn"},
        follow=True,
    )
    assert "Đã đính chính" in text_of(corrected)
    assert "Thành thị" in text_of(corrected)
    stale = desk.post(
        reverse("places_correct", args=[thon[2].pk]),
        {"name": "Thôn Hai", "kind": "Thôn", "reason": "nhầm", "key": "d"}
        | {"seen_name": "Thôn 2", "seen_kind": "Thôn"},
    )
    assert stale.status_code == 409
    assert 'value="Thôn Hai"' in stale.content.decode()
    ended = desk.post(reverse("places_end", args=[thon[1].pk]), {"paper": PAPER, "key": "e"} | WHEN)
    assert "Thôn 1 còn 2 hộ từ ngày 01/06/2024" in text_of(ended)
    assert "Sáp nhập vào thôn khác" in text_of(ended)
    gone = desk.post(
        reverse("places_end", args=[thon[4].pk]),
        {"paper": PAPER, "key": "f", "confirm": "1"} | WHEN,
        follow=True,
    )
    assert "Thôn 4 thôi dùng từ ngày 01/06/2024" in text_of(gone)


def test_a_division_asks_where_each_household_goes(desk, families, thon):
    href = reverse("places_split", args=[thon[1].pk])
    first = families[0]
    assert f'name="h_{first.pk}"' in desk.get(href).content.decode()
    form = {"name_1": "Thôn 1A", "name_2": "Thôn 1B", "rest": "2", "paper": PAPER, "key": "s"}
    form |= WHEN | {f"h_{first.pk}": "1"}
    assert "Thôn 1A: 1 hộ; Thôn 1B: 1 hộ" in text_of(desk.post(href, form))
    done = desk.post(href, form | {"confirm": "1"}, follow=True)
    assert "Đã chia Thôn 1" in text_of(done)
    first.refresh_from_db()
    assert first.village.name == "Thôn 1A"
    wrong = desk.post(reverse("places_split", args=[thon[2].pk]), form | {"name_2": "", "key": "t"})
    assert wrong.status_code == 422
    assert "ít nhất hai thôn mới" in text_of(wrong)


def test_counts_are_typed_with_their_day_and_source(desk, quang_trung, thon):
    href = reverse("places_count", args=[quang_trung.pk])
    form = {"h_0": "1.411", "p_0": "5.015", f"h_{thon[1].pk}": "268", "source": "Công an xã"}
    form |= WHEN | {"key": "n"}
    bad = desk.post(href, form | {f"h_{thon[2].pk}": "hai trăm", f"p_{thon[3].pk}": "9"})
    assert bad.status_code == 422
    assert "Thôn 2: “hai trăm” không phải số đếm" in text_of(bad)
    assert "Thôn 3 có số khẩu mà chưa có số hộ" in text_of(bad)
    assert 'value="hai trăm"' in bad.content.decode()
    fewer = desk.post(href, form | {"p_0": "9"})
    assert "số khẩu không thể ít hơn số hộ" in text_of(fewer)
    done = desk.post(href, form, follow=True)
    assert "Đã ghi số hộ, số khẩu của 2 đơn vị" in text_of(done)
    assert quang_trung.population_counts.get().persons == 5015


def test_the_officer_of_2026_works_on_2024_of_the_old_commune(
    hire, client_of, ward, families, thon, quang_trung
):
    desk = client_of(hire("officer", ward), year=2024)
    page = text_of(desk.get(reverse("places")))
    assert "Phường Quang Trung không tồn tại tại ngày 31/12/2024." in page
    assert "Xã Quang Trung (mã 14824)" in page
    assert "2026 Phường Quang Trung" in page
    assert "3/3 hộ" in text_of(desk.get(reverse("register")))
    old = text_of(desk.get(reverse("places_unit", args=[quang_trung.pk])))
    assert "Sáp nhập thôn, tổ" in old
    assert "Sáp nhập thôn, tổ" not in page
    href = reverse("places_merge", args=[quang_trung.pk])
    done = desk.post(href, merge_form(thon, confirm="1"), follow=True)
    assert "Đã sáp nhập 2 thôn, tổ" in text_of(done)


def test_a_ward_takes_over_a_register_and_the_past_stays(
    hire, client_of, ward, families, quang_trung, officer
):
    desk = client_of(hire("officer", ward), year=2026)
    page = text_of(desk.get(reverse("places")))
    assert "Còn 3 hộ ở sổ của đơn vị cũ. Nhận sổ hộ" in page
    href = reverse("places_take_over", args=[quang_trung.successions.get().pk])
    assert "3 hộ đang ở sổ của Xã Quang Trung" in text_of(desk.get(href))
    done = desk.post(href, {"confirm": "1", "key": "o"}, follow=True)
    assert "Đã nhận 3 hộ và 4 thôn, tổ của Xã Quang Trung." in text_of(done)
    assert "Thôn 1 Thành thị chưa ghi chưa ghi 2" in text_of(done)
    assert "3/3 hộ" in text_of(desk.get(reverse("register")))
    old = client_of(officer, year=2024)
    assert "3/3 hộ" in text_of(old.get(reverse("register")))


def test_the_menu_of_places_names_the_former_ones_last_and_says_so(hire, client_of, ward):
    body = client_of(hire("officer", ward), year=2026).get("/").content.decode()
    menu = body.partition('class="menu-list menu-left"')[2].partition("</details>")[0]
    names = re.findall(r"<span>([^<]+)<", menu)
    assert names[0] == "Phường Quang Trung"
    assert len(names) > 3
    assert menu.count("đến hết 30/06/2025") == len(names) - 1
    assert reverse("places") in menu


def test_a_district_and_a_province_see_the_units_below_on_the_day(
    hire, client_of, quang_trung, families, phu_son
):
    district = client_of(hire("district_officer", quang_trung.parent))
    page = text_of(district.get(reverse("places")))
    assert "Thị xã Bỉm Sơn" in page
    assert "Xã Quang Trung Nông thôn chưa ghi chưa ghi 3" in page
    assert "Phường Phú Sơn Thành thị chưa ghi chưa ghi 0" in page
    assert "Sáp nhập thôn" not in page
    province = quang_trung.parent.parent
    above = text_of(client_of(hire("province_officer", province)).get(reverse("places")))
    assert "Thị xã Bỉm Sơn chưa ghi chưa ghi 3" in above


def test_the_ward_of_long_khanh_that_is_known_from_memory_says_so(hire, client_of):
    town = unit_by_code("732", OPENING, Level.DISTRICT)
    desk = client_of(hire("district_officer", town))
    page = text_of(desk.get(reverse("places")))
    assert "15/15 đơn vị" in page
    assert "Phường Xuân Trung chưa đối chiếu văn bản" in page
    ward = unit_by_code("26071", OPENING)
    one = text_of(desk.get(reverse("places_unit", args=[ward.pk])))
    assert "Chưa đối chiếu văn bản: units_before_2025_supplement.csv: M .75." in one
    assert "Chưa đối chiếu được Phường Xuân Trung nhập vào đơn vị nào." in one


def test_a_year_before_the_change_shows_the_name_of_that_year(hire, client_of):
    commune = unit_by_code("25357", date(2025, 7, 1))
    officer = hire("officer", commune)
    in_2025 = client_of(officer, year=2025).get(reverse("places")).content.decode()
    assert "<h1>Xã Tân Khai</h1>" in in_2025
    assert "Xã Tân Khai · 2025" in in_2025
    assert "Tỉnh Đồng Nai" in in_2025
    in_2026 = text_of(client_of(officer, year=2026).get(reverse("places")))
    assert "Phường Tân Khai Tại ngày" in in_2026
    assert "Khu vực Thành thị" in in_2026
    assert "Xã Tân Khai, đến hết 29/04/2026" in in_2026
    assert "237/NQ-UBTVQH16 ngày 14/4/2026 (chưa đối chiếu văn bản)" in in_2026


def test_who_only_looks_gets_no_acts_and_the_outsider_no_page(
    hire, client_of, outsider, quang_trung, thon, families, system
):
    chairman = client_of(hire("chairman", quang_trung))
    page = chairman.get(reverse("places")).content.decode()
    assert "Sáp nhập" not in text_of(chairman.get(reverse("places")))
    assert reverse("places_merge", args=[quang_trung.pk]) not in page
    head = client_of(hire("village_head", thon[1]))
    own = text_of(head.get(reverse("places")))
    assert "Thôn 1 Tại ngày" in own
    assert head.get(reverse("places_unit", args=[thon[2].pk])).status_code == 404
    stranger = client_of(outsider)
    own = text_of(stranger.get(reverse("places")))
    assert "Thôn 1" not in own
    assert "2023 Phường Phú Sơn đúng 0" in own
    for name, pk in (("places_unit", thon[1].pk), ("places_merge", quang_trung.pk)):
        assert stranger.get(reverse(name, args=[pk])).status_code == 404
    merged = merge_villages(
        actor=system,
        commune=quang_trung,
        villages=[thon[1], thon[2]],
        into=thon[1],
        on=MERGED,
        paper=PAPER,
    )
    undo = reverse("places_undo", args=[merged["change"]])
    assert stranger.post(undo, {"key": "x"}).status_code == 404


def test_many_villages_cost_the_same_queries_as_few(
    desk, system, quang_trung, families, django_assert_max_num_queries
):
    with django_assert_max_num_queries(45) as few:
        desk.get(reverse("places"))
    from_few = len(few)
    for number in range(5, 25):
        Unit.objects.create(
            level=Level.VILLAGE,
            kind="Thôn",
            name=f"Thôn {number}",
            folded=f"thon {number}",
            parent=quang_trung,
            path=f"{quang_trung.path}9{number}/",
        )
    with django_assert_max_num_queries(from_few):
        desk.get(reverse("places"))
