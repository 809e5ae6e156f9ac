"""Each kind of defect has a text that must raise it and one like it that must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chungtay.plans.reading.whole import read_plan

HEAD = """Số: 12/KH-UBND
Sơn Tây, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Thực hiện công tác giảm nghèo bền vững năm 2024 trên địa bàn xã Bình Minh

{basis}

I. MỤC TIÊU
{aims}

II. KINH PHÍ
{money}

III. TỔ CHỨC THỰC HIỆN
{organising}

Nơi nhận:
- UBND huyện;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Tám
"""
BASIS = "Căn cứ Nghị định số 07/2021/NĐ-CP ngày 27 tháng 01 năm 2021 của Chính phủ;"
AIMS = "Phấn đấu giảm 05 hộ nghèo trong năm 2024."
MONEY = "Không bố trí riêng."
ORGANISING = "1. Công chức Văn hóa - Xã hội\n- Chủ trì thực hiện Kế hoạch này."


def plan(
    aims: str = AIMS, money: str = MONEY, basis: str = BASIS, organising: str = ORGANISING
) -> str:
    return HEAD.format(aims=aims, money=money, basis=basis, organising=organising)


def found(text: str) -> dict[str, str]:
    return {one.code: one.severity for one in read_plan(text).findings}


def aims(code: str, severity: str, bad: str, good: str) -> tuple[str, str, str, str]:
    return code, severity, plan(bad), plan(good)


def money(code: str, severity: str, bad: str, good: str) -> tuple[str, str, str, str]:
    return code, severity, plan(money=bad), plan(money=good)


def planted() -> Iterator[tuple[str, str, str, str]]:
    yield from of_targets()
    yield from of_money()
    yield from of_words()
    yield from of_structure()


def of_targets() -> Iterator[tuple[str, str, str, str]]:
    opening = "Đầu năm 2024 xã có {}, chiếm {} %."
    yield aims(
        "rate_fits_no_total", "error", opening.format("3 hộ nghèo", "85,31"),
        opening.format("3 hộ nghèo", "1,49"),
    )  # fmt: skip
    both = "Đầu năm 2024 xã có 21 hộ nghèo, chiếm 1,49 %, {} hộ cận nghèo, chiếm 0,99 %."
    yield aims("rates_disagree", "error", both.format(24), both.format(14))
    ends = "Đầu năm 2024 xã có 21 hộ nghèo, chiếm 1,49 %; cuối năm còn 16 hộ, chiếm {} %."
    yield aims("rates_disagree", "warning", ends.format("1,25"), ends.format("1,13"))
    total = "Đầu năm 2024 toàn xã có {} hộ dân, trong đó có 21 hộ nghèo, chiếm 1,49 %."
    yield aims("rates_against_total", "warning", total.format("1.500"), total.format("1.411"))
    yield aims(
        "rates_need_total", "info", opening.format("21 hộ nghèo", "1,49"), total.format("1.411")
    )
    rest = "Đầu năm 2024 xã có 21 hộ nghèo; cuối năm giảm 05 hộ nghèo, còn {} hộ."
    yield aims("rest_does_not_add_up", "error", rest.format(17), rest.format(16))
    exits = "Đầu năm 2024 xã có 21 hộ nghèo; trong năm có 05 hộ thoát nghèo, cuối năm còn {} hộ."
    yield aims("rest_does_not_add_up", "warning", exits.format(17), exits.format(16))
    above = "Đầu năm 2024 xã có {} hộ nghèo; phấn đấu giảm 25 hộ nghèo."
    yield aims("reduction_above_opening", "error", above.format(21), above.format(31))
    yield aims(
        "rate_above_hundred", "error", "Tỷ lệ hộ nghèo cuối năm còn 120 %.",
        "Tỷ lệ hộ nghèo cuối năm còn 12 %.",
    )  # fmt: skip
    yield aims(
        "target_above_base", "error", "Giảm 04 trong 03 hộ cận nghèo.",
        "Giảm 02 trong 03 hộ cận nghèo.",
    )  # fmt: skip
    points = (
        "Tỷ lệ giảm nghèo đa chiều năm 2024 {} (giảm hộ nghèo từ 8-9%, giảm hộ cận nghèo trên {}%)."
    )
    fitting = points.replace("trên {}", "từ {}").format("15%", "6-7")
    yield aims("points_need_range", "info", points.format("10,5%", 1), fitting)
    yield aims(
        "points_do_not_add_up", "error", points.format("10,5%", 3), points.format("10,5%", 1)
    )
    yield aims(
        "points_do_not_add_up", "warning", points.format("khoảng 10,5%", 3),
        points.format("khoảng 10,5%", 1),
    )  # fmt: skip
    parts = "Giảm 05 hộ nghèo, trong đó: thôn 1 (02 hộ), thôn 2 (0{} hộ)."
    yield aims("parts_do_not_make_whole", "error", parts.format(4), parts.format(3))
    yield aims("parts_do_not_make_whole", "warning", parts.format(2), parts.format(3))
    named = (
        "Giảm 0{} hộ nghèo, gồm hộ nghèo bà Lò Thị Mai (thôn 1), hộ nghèo ông Hà Văn Ba (thôn 2)."
    )
    yield aims("fewer_names_than_target", "warning", named.format(3), named.format(2))


def of_money() -> Iterator[tuple[str, str, str, str]]:
    whole = "Tổng vốn được giao: 500 triệu đồng, trong đó:\n- Vốn đầu tư: {} triệu đồng\n"
    whole += "- Vốn sự nghiệp: 150 triệu đồng"
    yield money("money_parts_do_not_add_up", "error", whole.format(340), whole.format(350))
    listed = "Tổng kinh phí được giao 11 triệu đồng, trong đó: mua bồn nước {} triệu đồng, ti vi 8 "
    listed += "triệu đồng."
    yield money("money_parts_do_not_add_up", "error", listed.format(4), listed.format(3))
    yield money("money_parts_do_not_add_up", "warning", listed.format(2), listed.format(3))
    span = "Tổng kinh phí được giao 11 triệu đồng, trong đó: mua bồn nước từ {} đến 9 triệu đồng, "
    span += "ti vi 8 triệu đồng."
    yield money("money_parts_do_not_add_up", "error", span.format(4), span.format(3))
    lines = plan(
        "1. Công tác nhà ở\nKinh phí được giao {} triệu đồng.\n"
        "2. Công tác sinh kế\nKinh phí được giao 200 triệu đồng.",
        "Tổng vốn được giao: 500 triệu đồng, trong đó:\n- Vốn đầu tư: 350 triệu đồng\n"
        "- Vốn sự nghiệp: 150 triệu đồng",
    )
    code = "money_lines_do_not_add_up"
    yield code, "error", lines.format(310), lines.format(300)
    yield code, "warning", lines.format(290), lines.format(300)
    cap = "Dự kiến 02 nhu cầu ti vi, kinh phí {} triệu đồng (không vượt quá 4 triệu đồng/hộ), từ "
    cap += "nguồn xã hội hóa."
    yield money("money_above_cap", "error", cap.format(9), cap.format(8))
    yield money(
        "money_without_source", "warning", "Dự kiến kinh phí 85 triệu đồng.",
        "Dự kiến kinh phí 85 triệu đồng từ ngân sách tỉnh.",
    )  # fmt: skip


def of_words() -> Iterator[tuple[str, str, str, str]]:
    work = "1. Công chức Văn hóa - Xã hội\n- Hướng dẫn các thôn rà soát.\n- Họp tại các thôn.\n"
    work += "- Kiểm tra ở các thôn.\n- Mở lớp cho {}."
    yield (
        *("words_of_another_place", "info"),
        plan(organising=work.format("các ấp, sóc")),
        plan(organising=work.format("các thôn")),
    )
    level = "1. Công chức Địa chính\n- Thực hiện các chức năng liên quan đến giảm nghèo của {}."
    yield (
        *("words_of_another_level", "info"),
        plan(organising=level.format("huyện")),
        plan(organising=level.format("xã")),
    )
    yield aims(
        "exceeds_exact_target", "info", f"{AIMS} Hoàn thành vượt mức chỉ tiêu về giảm nghèo.",
        f"{AIMS} Hoàn thành chỉ tiêu về giảm nghèo.",
    )  # fmt: skip
    share = "Giảm 35% hộ nghèo A trên tổng số hộ nghèo {}giai đoạn 2022-2025."
    given = "Căn cứ Quyết định số 38/QĐ-UBND ngày 19/2/2024 của UBND tỉnh về giảm hộ nghèo A trên "
    given += "tổng số hộ nghèo A giai đoạn 2022-2025."
    yield (
        *("base_differs_from_basis", "warning"),
        plan(share.format(""), basis=given),
        plan(share.format("A "), basis=given),
    )
    marks = "\n### **1.1. Nhà ở**\n\nHỗ trợ.\n\n{} **1.2. Nước sạch**\n\nHỗ trợ."
    yield aims("heading_deeper_than_next", "info", marks.format("##"), marks.format("###"))


def of_structure() -> Iterator[tuple[str, str, str, str]]:
    report = "1. Các thôn\n- Báo cáo kết quả về UBND xã trước ngày {}."
    yield (
        *("deadline_before_plan", "warning"),
        plan(organising=report.format("20/01/2024")),
        plan(organising=report.format("20/6/2024")),
    )
    yield (
        *("deadline_after_year", "warning"),
        plan(organising=report.format("20/6/2026")),
        plan(organising=report.format("20/6/2024")),
    )
    cited = "Căn cứ Quyết định số 59/2015/QĐ-TTg ngày 19 tháng 11 năm 2015 của Thủ tướng Chính phủ;"
    yield "basis_not_in_force", "warning", plan(basis=cited), plan()
    late = "Căn cứ Kế hoạch số 5/KH-UBND ngày {}/2024 của UBND huyện về giảm nghèo năm 2024;"
    yield (
        *("basis_after_plan", "error"),
        plan(basis=late.format("10/4")),
        plan(basis=late.format("10/2")),
    )
    yield (
        *("target_without_office", "warning"),
        plan(organising="Kế hoạch này có hiệu lực từ ngày ký."),
        plan(),
    )


PLANTED = list(planted())


@pytest.mark.parametrize(
    ("code", "severity", "bad", "good"), PLANTED, ids=[f"{c}-{s}" for c, s, _b, _g in PLANTED]
)
def test_the_defect_is_told_and_nothing_else_is_taken_for_it(
    code: str, severity: str, bad: str, good: str
) -> None:
    assert found(bad).get(code) == severity
    assert code not in found(good)


def test_a_sound_plan_has_no_defect_of_its_numbers() -> None:
    whole = read_plan(plan())
    assert [one.code for one in whole.numbers.findings] == []


def test_every_message_is_a_whole_sentence_with_its_place() -> None:
    for _code, _severity, bad, _good in PLANTED:
        for one in read_plan(bad).numbers.findings:
            said = str(one.message)
            assert said[:1].isupper() or said[:1].isdigit() or said[:1] == "“"
            assert said.endswith(".")
            assert one.text
