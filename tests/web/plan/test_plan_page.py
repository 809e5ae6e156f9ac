"""The plan on screen: change a cell and what depends on it follows; save, name, download."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from chungtay.acts.models import JournalLine
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.plans.queries import candidates, named_households
from chungtay.plans.services import NamedHousehold, name_household
from tests.web.today.test_today import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CONTRADICTION = "21 hộ = 1,49\u00a0% chỉ đúng với tổng số 1.405–1.414 hộ; đang ghi 1.398"
CELLS = {
    "total": "1.411",
    "poor_opening": "21",
    "poor_reduction": "5",
    "poor_opening_rate": "1,49",
    "poor_closing_rate": "1,13",
    "near_poor_opening": "14",
    "near_poor_reduction": "2",
    "near_poor_opening_rate": "0,99",
    "near_poor_closing_rate": "0,85",
}


@pytest.fixture
def officer_browser(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


@pytest.fixture
def plan(officer_browser):
    return Plan.objects.select_related("unit").get()


@pytest.fixture
def save(officer_browser, plan):
    def send(version=None, browser=None, **cells):
        form = {**CELLS, **cells, "version": version or plan.version, "key": "k1"}
        return (browser or officer_browser).post(reverse("plan_page", args=[plan.pk]), form)

    return send


@pytest.fixture
def compute(officer_browser, plan):
    def send(**cells):
        return officer_browser.post(
            reverse("plan_compute", args=[plan.pk]),
            {**CELLS, **cells},
            headers={"HX-Request": "true"},
        )

    return send


def live(answer, name):
    """A number as an answer brings it along, out of band."""
    found = re.search(rf'oob="innerHTML:\.live-{name}">(.*?)</span>', answer.content.decode())
    return re.sub(r"<[^>]+>", "", found[1])


def unsaved(answer):
    page = answer.content.decode()
    return set(re.findall(r'innerHTML:\.live-(\w+)"><mark class="unsaved">', page))


# ---- the page ----


def test_the_room_opens_the_plan_of_the_year(officer_browser, plan):
    answer = officer_browser.get(reverse("plan"))
    assert answer.url == reverse("plan_page", args=[plan.pk])


def test_a_year_without_a_plan_offers_those_there_are(officer_browser, plan):
    officer_browser.get(reverse("choose"), {"year": "2024"})
    page = officer_browser.get(reverse("plan")).content.decode()
    assert "Xã Quang Trung chưa có kế hoạch giảm nghèo năm 2024" in page
    assert reverse("plan_page", args=[plan.pk]) in page


def test_the_page_shows_cells_text_and_names(officer_browser, plan):
    page = text_of(officer_browser.get(reverse("plan_page", args=[plan.pk])))
    assert "Hộ nghèo 1,49\u00a0% 16 1,13\u00a0% Hộ cận nghèo 0,99\u00a0% 12 0,85\u00a0%" in _nbsp(
        page
    )
    assert "bà Phùng Thị Lựu , Thôn 4 · hộ nghèo Hỗ trợ xây dựng nhà ở" in page
    assert "có tên 4 trên 5 hộ đã hứa" in page
    assert "xã có 21 hộ nghèo chiếm tỷ lệ 1,49\u00a0%" in _nbsp(page)
    assert "2 điều cần xem Chỉ tiêu giảm 5 hộ nghèo, mới có tên 4 hộ; còn thiếu tên 1 hộ." in page
    assert "tại ngày 31/12/2023" in page


def _nbsp(text):
    return text.replace(" %", "\u00a0%")


def test_the_standing_is_of_the_plans_year_whatever_year_is_looked_at(officer_browser, plan):
    officer_browser.get(reverse("choose"), {"year": "2022"})
    page = text_of(officer_browser.get(reverse("plan_page", args=[plan.pk])))
    assert "19 hộ, tại ngày 31/12/2023" in page


# ---- change a cell ----


def test_what_depends_on_a_cell_follows_at_once_and_nothing_is_saved(compute, plan):
    answer = compute(poor_reduction="8", poor_closing_rate="")
    assert answer.status_code == 200
    assert live(answer, "poor_rest") == "13"
    assert live(answer, "poor_closing") == "13"
    assert live(answer, "poor_reduction") == "08"
    assert live(answer, "poor_closing_rate") == "0,92\u00a0%"
    assert live(answer, "near_poor_rest") == "12"
    assert unsaved(answer) == {
        "poor_rest",
        "poor_closing",
        "poor_reduction",
        "poor_closing_rate",
    }
    assert "Có số chưa lưu" in answer.content.decode()
    assert Plan.objects.get().version == plan.version
    assert not JournalLine.objects.filter(act="plans.change_cells").exists()


def test_the_numbers_as_kept_are_not_marked(compute):
    answer = compute()
    assert unsaved(answer) == set()
    assert "Có số chưa lưu" not in answer.content.decode()


def test_a_contradiction_is_said_as_it_is_typed(compute):
    assert CONTRADICTION in compute(total="1398").content.decode()
    assert CONTRADICTION not in compute(total="1411").content.decode()


def test_an_impossible_number_is_said_and_nothing_false_is_shown(compute):
    answer = compute(poor_reduction="22")
    assert "Không thể giảm 22 hộ vì đầu năm chỉ có 21 hộ" in answer.content.decode()
    assert live(answer, "poor_rest") == "…"


def test_without_a_total_the_rates_are_open(compute):
    answer = compute(total="")
    assert live(answer, "poor_rest") == "16"
    assert live(answer, "poor_closing_rate") == "…"


# ---- save ----


def test_saving_writes_and_says_so(save, officer_browser, plan):
    answer = save(poor_reduction="6", poor_closing_rate="")
    assert answer.status_code == 302
    page = text_of(officer_browser.get(answer.url))
    assert "Đã ghi các con số của kế hoạch." in page
    assert "còn 15 hộ chiếm tỷ lệ 1,06\u00a0%" in _nbsp(page)
    assert Plan.objects.get().version == plan.version + 1


def test_a_second_click_saves_once(save, plan):
    assert save(poor_reduction="6").status_code == 302
    assert save(poor_reduction="6").status_code == 302
    assert JournalLine.objects.filter(act="plans.change_cells").count() == 1
    assert Plan.objects.get().version == plan.version + 1


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"poor_reduction": "22"}, "Không thể giảm 22 hộ vì đầu năm chỉ có 21 hộ"),
        ({"total": "20"}, "Số hộ đầu năm là 21 nhưng tổng số hộ chỉ có 20"),
        ({"poor_opening": "-3"}, "Số hộ “-3” không đọc được"),
        ({"poor_opening": "hai mốt"}, "Số hộ “hai mốt” không đọc được"),
        ({"poor_opening": ""}, "Ô này cần một số hộ"),
        ({"total": "9" * 12}, "không đọc được"),
        ({"total": "1.41"}, "Số hộ “1.41” không đọc được"),
        ({"poor_opening_rate": "nhiều"}, "Tỷ lệ “nhiều” không đọc được"),
        ({"poor_opening_rate": "101"}, "Tỷ lệ “101” không đọc được"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(save, plan, cells, sentence):
    answer = save(**{"near_poor_opening": "13", **cells})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "<title>Lỗi:" in page
    for name, value in {"near_poor_opening": "13", **cells}.items():
        assert re.search(rf'id="{name}" name="{name}" value="{re.escape(value)}"', page), name
    assert Plan.objects.get().version == plan.version


@pytest.mark.parametrize("total", ["1411", "1.411", "1 411"])
def test_a_count_is_read_as_people_write_it(save, total):
    assert save(total=total).status_code == 302
    assert Plan.objects.get().total_households == 1411


def test_a_stale_form_keeps_what_was_typed_beside_what_is_kept(officer_browser, save, plan):
    save(total="1.412")
    form = {**CELLS, "total": "1.413", "version": plan.version, "key": "another"}
    answer = officer_browser.post(reverse("plan_page", args=[plan.pk]), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kế hoạch vừa được người khác sửa" in page
    assert 'name="total" value="1.413"' in page
    assert "đang lưu: 1.412" in page
    again = {**form, "version": re.search(r'name="version" value="(\d+)"', page)[1], "key": "third"}
    assert officer_browser.post(reverse("plan_page", args=[plan.pk]), again).status_code == 302
    assert Plan.objects.get().total_households == 1413


def test_a_form_without_a_version_is_no_form_of_ours(officer_browser, plan):
    assert officer_browser.post(reverse("plan_page", args=[plan.pk]), CELLS).status_code == 404


# ---- names ----


def test_a_household_is_named_dropped_and_put_back(officer_browser, plan, demo, acting):
    fifth = candidates(acting(demo("canbo.quangtrung")), plan, "poor")[0]
    officer_browser.post(
        reverse("plan_name", args=[plan.pk]),
        {
            "household": f"poor:{fifth.id}",
            "salutation": "ông",
            "helps": "Cho vay vốn\n\n Dạy nghề ",
            "helpers": "Hội Nông dân",
            "key": "n1",
        },
    )
    row = named_households(plan)[-1]
    assert (row.household, row.salutation) == (fifth, "ông")
    assert row.helps == ["Cho vay vốn", "Dạy nghề"]
    answer = officer_browser.post(reverse("plan_drop", args=[plan.pk, row.pk]))
    page = officer_browser.get(answer.url).content.decode()
    restore = reverse("plan_restore", args=[plan.pk, row.pk])
    assert "Đã bỏ hộ khỏi chỉ tiêu." in page
    assert f'action="{restore}"' in page
    officer_browser.post(restore)
    assert PlanHousehold.objects.get(pk=row.pk).withdrawn is False


@pytest.mark.parametrize(
    "household", ["", "poor:", "poor:x", "rich:{id}", "{id}", "poor:{foreign}"]
)
def test_a_household_that_is_not_ones_own_cannot_be_named(
    officer_browser, plan, demo, acting, household
):
    own = candidates(acting(demo("canbo.quangtrung")), plan, "poor")[0].id
    foreign = "00000000-0000-4000-8000-000000000000"
    answer = officer_browser.post(
        reverse("plan_name", args=[plan.pk]),
        {"household": household.format(id=own, foreign=foreign)},
    )
    assert answer.status_code == 404
    assert len(named_households(plan)) == 4


# ---- the paper, and who may what ----


def test_the_word_file_opens_and_holds_the_numbers(officer_browser, plan):
    answer = officer_browser.post(reverse("plan_word", args=[plan.pk]))
    assert answer.status_code == 200
    assert (
        'filename="ke-hoach-giam-ngheo-2023-xa-quang-trung.docx"'
        in (answer.headers["Content-Disposition"])
    )
    document = Document(BytesIO(answer.content))
    text = _nbsp("\n".join(paragraph.text for paragraph in document.paragraphs))
    assert (
        "xã có 21 hộ nghèo chiếm tỷ lệ 1,49\u00a0%, 14 hộ cận nghèo chiếm tỷ lệ 0,99\u00a0%" in text
    )
    assert "giảm 05 hộ nghèo, còn 16 hộ chiếm tỷ lệ 1,13\u00a0%" in text
    assert "giảm 02 hộ cận nghèo, còn 12 hộ chiếm tỷ lệ 0,85\u00a0%" in text
    line = JournalLine.objects.get(act="reports.write_plan_paper")
    assert line.subject == f"plan:{plan.pk}"


def test_the_chairman_reads_and_downloads_but_changes_nothing(
    demo, client_of, plan, save, officer_browser
):
    chairman = client_of(demo("chutich.quangtrung"))
    page = chairman.get(reverse("plan_page", args=[plan.pk])).content.decode()
    assert 'name="poor_opening"' not in page
    assert "Lưu các con số" not in page
    assert "Tải bản Word" in page
    assert chairman.post(reverse("plan_word", args=[plan.pk])).status_code == 200
    assert save(browser=chairman, total="1.500").status_code == 404
    row = named_households(plan)[0].pk
    assert chairman.post(reverse("plan_drop", args=[plan.pk, row])).status_code == 404
    assert Plan.objects.get().total_households == 1411
    assert len(named_households(plan)) == 4


def test_a_village_head_has_no_plan_room(demo, client_of, plan):
    head = client_of(demo("truongthon1.quangtrung"))
    assert "Kế hoạch" not in head.get("/").content.decode()
    for name in ("plan", "plan_page"):
        arguments = [plan.pk] if name == "plan_page" else []
        assert head.get(reverse(name, args=arguments)).status_code == 404
    assert head.post(reverse("plan_word", args=[plan.pk])).status_code == 404


def test_the_neighbour_sees_no_plan_by_any_address(demo, client_of, plan, save):
    outsider = client_of(demo("canbo.phuson"))
    room = outsider.get(reverse("plan")).content.decode()
    assert "Quang Trung" not in room
    assert outsider.get(reverse("plan_page", args=[plan.pk])).status_code == 404
    assert save(browser=outsider).status_code == 404
    for name in ("plan_compute", "plan_word", "plan_name"):
        assert outsider.post(reverse(name, args=[plan.pk])).status_code == 404
    assert not JournalLine.objects.filter(act="reports.write_plan_paper").exists()


def test_the_district_reads_the_plan_of_its_commune(hire, client_of, plan):
    district = client_of(hire("district_officer", plan.unit.parent))
    assert reverse("plan_page", args=[plan.pk]) in district.get(reverse("plan")).content.decode()
    page = district.get(reverse("plan_page", args=[plan.pk])).content.decode()
    assert "Xã Quang Trung" in page
    assert "Lưu các con số" not in page


def test_the_queries_do_not_grow_with_the_names(
    officer_browser, plan, demo, acting, system, django_assert_max_num_queries
):
    for household in candidates(acting(demo("canbo.quangtrung")), plan, "poor"):
        named = NamedHousehold(household, "poor", "bà", [], [])
        name_household(actor=system, plan=plan, named=named)
    with django_assert_max_num_queries(46):
        officer_browser.get(reverse("plan_page", args=[plan.pk]))


def test_a_version_of_any_length_is_answered_with_a_page(save):
    answer = save(version="9" * 5000)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_wording_that_cannot_be_filled_is_said(officer_browser, plan):
    plan.content["wording"]["title"] = "Kế hoạch {{ khong_co }}"
    plan.save()
    shown = officer_browser.get(reverse("plan_page", args=[plan.pk]))
    assert shown.status_code == 200
    assert "Chưa có giá trị cho ô “khong_co”" in shown.content.decode()
    answer = officer_browser.post(reverse("plan_word", args=[plan.pk]), follow=True)
    assert "Chưa có giá trị cho ô “khong_co”" in answer.content.decode()
    assert not JournalLine.objects.filter(act="reports.write_plan_paper").exists()


def test_what_was_done_is_said_on_the_page_and_not_eaten_by_a_part(officer_browser, save, compute):
    """A number typed just before saving is computed while the page is on its way."""
    assert save().status_code == 302
    assert "Đã ghi các con số" not in compute().content.decode()
    page = officer_browser.get(reverse("plan_page", args=[Plan.objects.get().pk]))
    assert "Đã ghi các con số của kế hoạch." in page.content.decode()
