"""The law as its readers find it: what is modelled, how sure, what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code
from chungtay.rulebook.conditions import Compare
from chungtay.rulebook.loading import law
from chungtay.web.law.views import KINDS
from chungtay.web.law.wording import condition_word, span_word

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(officer, client_of):
    def read(name, *args):
        answer = client_of(officer).get(reverse(name, args=args))
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_everything_modelled_stands_on_the_page_with_its_mark(page):
    text = page("law")
    for entry in law().coverage:
        assert entry.title in text
        for missing in entry.missing:
            assert missing in text
    for title in KINDS.values():
        assert str(title) in text
    for said in (
        "đã đối chiếu",
        "đối chiếu một phần",
        "chưa đối chiếu văn bản",
        "chưa nạp",
        "01/01/2022 – 31/12/2026",
        "từ 01/10/2024",
        "Mã theo Quyết định 1019/QĐ-TCTK ngày 12/11/2008 (từ 12/11/2008, chưa đối chiếu văn bản)",
        "Tại Xã Quang Trung, ngày 31/12/2023, áp dụng:",
    ):
        assert said in text, said


def test_every_kind_of_coverage_has_a_heading():
    assert {one.kind for one in law().coverage} <= set(KINDS)


@pytest.mark.parametrize("name", sorted(law().standards))
def test_every_standard_has_its_page(name, page):
    standard, text = law().standard(name), page("law_standard", name)
    assert standard.name in text
    for indicator in standard.indicators:
        assert indicator.name in text
    for one in standard.territory:
        assert one.name in text
        assert one.note in text
    for kind in standard.subclasses:
        assert kind.meaning in text
    assert "chưa đối chiếu văn bản" in text


def test_lines_cut_offs_and_articles_are_readable(page):
    text = page("law_standard", "nd-07-2021")
    for said in (
        "1.500.000 đồng/người/tháng",
        "2.000.000 đồng/người/tháng",
        "nông thôn",
        "Điều 3 Nghị định 07/2021/NĐ-CP",
        "thu nhập không vượt chuẩn và số chỉ số thiếu hụt từ 3 chỉ số trở lên",
        "thu nhập vượt chuẩn và thu nhập bình quân đầu người không vượt 2.250.000 đồng",
        "đồng/người/tháng ở nông thôn, 3.000.000 đồng/người/tháng ở thành thị",
        "Đang áp dụng tại Xã Quang Trung, ngày 31/12/2023.",
        "Lời của 12 chỉ số: theo nguồn thứ cấp hoặc trí nhớ",
    ):
        assert said in text, said
    assert "46.000.000 đồng/người/năm" in page("law_standard", "tphcm-2024")


def test_where_a_provincial_standard_counts_is_said(page, hire, client_of):
    text = page("law_standard", "dong-nai-2022")
    assert "Không áp dụng tại Xã Quang Trung" in text
    assert "mã tỉnh 70 theo danh mục ngày 30/06/2025" in text
    assert "chưa rõ có áp dụng không" in text
    ward = Unit.objects.filter(parent=unit_by_code("732", date(2024, 1, 1), "district")).first()
    there = client_of(hire("officer", ward), 2024)
    own = there.get(reverse("law_standard", args=["dong-nai-2022"])).content.decode()
    assert f"Đang áp dụng tại {ward.name}, ngày 31/12/2024." in own
    assert (
        "Chuẩn nghèo của tỉnh Đồng Nai 2022–2025</a>" in there.get(reverse("law")).content.decode()
    )


def test_where_no_text_says_it_the_page_says_so(hire, client_of):
    heir = Unit.objects.get(
        origins__old=unit_by_code("25357", date(2024, 1, 1)), origins__kind__startswith="whole"
    )
    text = client_of(hire("officer", heir), 2025).get(reverse("law")).content.decode()
    assert "Chưa rõ Chuẩn nghèo của tỉnh Đồng Nai 2022–2025 có áp dụng ở đây không" in text


def test_a_standard_there_is_none_of_is_a_missing_page(officer, client_of):
    assert client_of(officer).get(reverse("law_standard", args=["khong-co"])).status_code == 404


def test_the_menu_leads_to_it(page):
    assert f'<a href="{reverse("law")}">' in page("today")


@pytest.mark.parametrize("name", sorted(law().standards))
def test_every_condition_of_the_law_can_be_said(name):
    standard = law().standard(name)
    for rule in standard.classes:
        assert condition_word(rule.when, standard)
    for one in standard.indicators:
        for when in (one.when, one.unless):
            assert when is None or "{" not in condition_word(when, standard)


def test_a_condition_is_said_in_words():
    standard = law().standard("nd-07-2021")
    area = Compare("house_area_m2", "below", "house_area_per_person", per_member=True)
    assert condition_word(area, standard) == ("diện tích nhà ở dưới 8 m²/người tính cho cả hộ")
    water = next(one for one in standard.indicators if one.code == "d09").when
    assert condition_word(water, standard).startswith("nguồn nước sinh hoạt là: ")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""),
        (date(2022, 1, 1), None, "từ 01/01/2022"),
        (None, date(2022, 1, 1), "đến 01/01/2022"),
        (date(2022, 1, 1), date(2022, 12, 31), "01/01/2022 – 31/12/2022"),
    ],
)
def test_spans(first, last, said):
    assert span_word(first, last) == said
