"""What a person reads in the five plans, written down by hand from their text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """One plan as a person reads it."""

    subject: str
    number: str | None
    symbol: str | None
    authority: str
    place: str | None
    date: str | None
    parent: str | None
    bases: tuple[tuple[str, str, str | None, str], ...]
    headings: tuple[str, ...]  # of the outermost level
    duties: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # number, offices, roles
    deadlines: tuple[tuple[str | None, str | None, str | None], ...]
    annexes: tuple[str, ...]
    recipients: tuple[tuple[str, str | None], ...]
    signature: tuple[str | None, str | None, str | None]
    findings: tuple[tuple[str, str], ...]


UNSAID = (
    ("number_blank", "info"),
    ("date_blank", "info"),
    ("authority_not_in_head", "info"),
)
DO, LEAD, ADVISE, COOPERATE, GUIDE, REPORT, REQUEST = (
    "do", "lead", "advise", "cooperate", "guide", "report", "request",
)  # fmt: skip

QUANG_TRUNG = Expected(
    subject="Thực hiện Công tác giảm nghèo bền vững năm 2023 trên đại bàn xã Quang Trung",
    number=None,
    symbol=None,
    authority="Ủy ban nhân dân xã Quang Trung",
    place=None,
    date=None,
    parent="428/KH-UBND",
    bases=(
        ("Kế hoạch", "428/KH-UBND", "2023-02-24", "UBND thị xã"),
        ("Kế hoạch", "38/KH-UBND", "2022-11-30", "UBND xã Quang Trung"),
    ),
    headings=("I", "II", "III", "IV"),
    duties=(
        (
            "3.1",
            ("Công chức Chính sách- Xã hội",),
            (COOPERATE, DO, COOPERATE, COOPERATE, DO),
        ),
        ("3.2", ("Công chức địa chính-Xây dựng",), (ADVISE, ADVISE, DO)),
        ("3.3", ("Công chức Văn hóa- Xã hội",), (DO, DO, DO)),
        ("3.4", ("Công chức Tài chính- Kế toán",), (ADVISE, ADVISE, DO)),
        (
            "3.5",
            ("UBMTTQ xã", "các đoàn thể"),
            (REQUEST, REQUEST, REQUEST, GUIDE, REQUEST, REQUEST),
        ),
    ),
    deadlines=(),
    annexes=(),
    recipients=(
        ("UBND thị xã", "b/c"),
        ("Phòng Lao động-TBXH", "b/c"),
        ("TTr: Đảng ủy, HĐND xã", "b/c"),
        ("Chủ tịch, các PCT xã", None),
        ("MTTQ và các đoàn thể", None),
        ("Lưu: VT", None),
    ),
    signature=(None, "CHỦ TỊCH", "Lê Quang Hòa"),
    findings=UNSAID,
)

TU_MO_RONG = Expected(
    subject="Thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững năm 2024 "
    "trên địa bàn xã Tu Mơ Rông",
    number=None,
    symbol=None,
    authority="Ủy ban nhân dân xã Tu Mơ Rông",
    place=None,
    date=None,
    parent=None,
    bases=(
        ("Nghị định", "07/2021/NĐ-CP", "2021-01-27", "Chính phủ"),
        ("Nghị định", "27/2022/NĐ-CP", "2022-04-19", "Chính phủ"),
        ("Quyết định", "02/2022/QĐ-TTg", "2022-01-18", "Thủ tướng Chính phủ"),
        ("Quyết định", "90/QĐ-TTg", "2022-01-18", "Thủ tướng Chính phủ"),
        (
            "Nghị quyết",
            "01-NQ/HĐ",
            "2020-06-09",
            "Đại hội Đại biểu lần thứ XVII Đảng bộ huyện Tu Mơ Rông",
        ),
        ("Nghị quyết", "06/NQ-HĐND", "2022-07-06", "Hội đồng nhân dân huyện"),
        ("Nghị quyết", "18/NQ-HĐND", "2022-12-19", "Hội đồng nhân dân huyện"),
        ("Nghị quyết", "05-NQ/ĐU", "2023-12-21", "Ban chấp hành Đảng bộ xã Tu Mơ Rông"),
        ("Nghị quyết", "10/NQ-HĐND", "2023-12-26", "Hội đồng nhân dân xã Tu Mơ Rông"),
    ),
    headings=("I", "II", "III", "IV", "V"),
    duties=(
        (
            "1",
            ("Công chức Văn hóa – Xã hội (Lao động – Thương binh và Xã hội)",),
            (ADVISE, LEAD, ADVISE, LEAD),
        ),
        ("2", ("Công chức Tài chính - Kế toán",), (COOPERATE, DO, ADVISE)),
        ("3", ("Công chức Địa chính nông nghiệp",), (COOPERATE, GUIDE)),
        ("4", ("Công chức Địa chính Xây dựng và Môi trường",), (LEAD,)),
        ("5", ("Công chức Văn hóa – Xã hội (Văn hóa - Thông tin)",), (COOPERATE,)),
        (
            "6",
            (
                "Ủy ban Mặt trận Tổ quốc Việt Nam",
                "các tổ chức đoàn thể chính trị - xã hội xã",
            ),
            (REQUEST, REQUEST, REQUEST),
        ),
        ("7", ("Thôn trưởng các thôn",), (COOPERATE, DO, REPORT, REPORT)),
    ),
    deadlines=(
        ("2024-06-20", "before", "six_monthly"),
        ("2024-12-10", "before", "yearly"),
        ("2024-06-30", "before", "six_monthly"),
        ("2024-12-15", "before", "yearly"),
    ),
    annexes=("Phụ lục",),
    recipients=(
        ("Phòng Lao động-TB và XH huyện", None),
        ("TT. Đảng ủy xã", "thay b/c"),
        ("TT. HĐND xã", "thay b/c"),
        ("Chủ tịch, PCT UBND xã", None),
        ("Thành viên BCĐ CTMTQG GNBV", None),
        ("Thôn trưởng các thôn", None),
        ("Lưu: VT-VP", None),
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Đinh Văn Lực"),
    findings=(*UNSAID, ("annex_missing", "warning")),
)

TAN_KHAI = Expected(
    subject="Thực hiện Giảm hộ nghèo người Kinh thuộc Chương trình MTQG giảm nghèo bền vững "
    "năm 2024 trên địa bàn thị trấn Tân Khai",
    number=None,
    symbol=None,
    authority="Ủy ban nhân dân thị trấn Tân Khai",
    place="Tân Khai",
    date="2024-06",
    parent="190/KH-UBND",
    bases=(("Kế hoạch", "190/KH-UBND", "2024-06-24", "UBND huyện"),),
    headings=("I", "II", "III", "IV"),
    duties=(
        (
            "1",
            ("Công chức VHXH phụ trách công tác Lao động – Thương binh và Xã hội thị trấn",),
            (LEAD, DO, COOPERATE, DO, DO, DO, REPORT),
        ),
        ("2", ("Công chức Tài chính – kế toán thị trấn",), (LEAD,)),
        (
            "3",
            ("Công chức Địa chính – xây dựng – đô thị và môi trường thị trấn",),
            (COOPERATE,),
        ),
        ("4", ("Trạm Y tế thị trấn",), (LEAD, ADVISE)),
        ("5", ("Các trường học trên địa bàn thị trấn",), (LEAD,)),
        ("6", ("Công chức Tư pháp thị trấn",), (LEAD,)),
        (
            "7",
            (
                "Công chức VHXH phụ trách công tác văn hóa - Thông tin",
                "Đài Truyền thanh thị trấn",
            ),
            (DO,),
        ),
        ("8", ("Tổ vay vôn thị trấn",), (LEAD,)),
        ("9", ("Các ban, ngành liên quan",), (DO,)),
        (
            "10",
            (
                "Ủy ban MTTQ Việt Nam thị trấn",
                "các tổ chức thành viên",
                "Hội Nông dân",
                "Hội Liên hiệp Phụ nữ",
                "Hội Cựu chiến binh",
                "Đoàn Thanh niên thị trấn",
            ),
            (REQUEST,),
        ),
        ("11", ("Ban quản lý các khu phố",), (DO, DO)),
    ),
    deadlines=((None, None, "yearly"), (None, None, "yearly")),
    annexes=("Phụ lục 1",),
    recipients=(
        ("Phòng Lao động - TBXH", None),
        ("TTĐU, HĐND thị trấn", None),
        ("Chủ tịch, các PCT. UBND thị trấn", None),
        ("Các ban, ngành, đoàn thể thị trấn", None),
        ("Ban quản lý các khu phố", None),
        ("Lưu: VT", None),
    ),
    signature=(None, "CHỦ TỊCH", None),
    findings=(
        ("number_blank", "warning"),
        ("day_blank", "warning"),
        ("authority_not_in_head", "info"),
        ("annex_missing", "warning"),
        ("signer_absent", "warning"),
    ),
)

LAO_CAI = Expected(
    subject="Triển khai thực hiện Đề án 10 – ĐA/TU của Tỉnh uỷ Lào Cai về giảm nghèo bền vững "
    "trên địa phương Lào Cai năm 2024",
    number=None,
    symbol="KH-UBND",
    authority="Ủy ban nhân dân phường Lào Cai",
    place="P. Lào Cai",
    date="2024-03-20",
    parent="84/KH-UBND",
    bases=(
        ("Kế hoạch", "84/KH-UBND", "2024-02-27", "UBND thành phố Lào Cai"),
        ("Đề án", "10-ĐA/TU", None, "Tỉnh uỷ Lào Cai"),
        ("Thông báo kết luận", "504-TB/ĐU", "2024-03-18", "Đảng uỷ"),
    ),
    headings=("I", "II", "III", "IV"),
    duties=(
        (
            "1",
            ("Công chức văn hoá xã hội phường",),
            (ADVISE, ADVISE, GUIDE, DO, GUIDE, DO, ADVISE, ADVISE),
        ),
        ("2", ("Công chức tài chính kế toán phường",), (ADVISE,)),
        ("3", ("Công chức địa chính xây dựng",), (DO,)),
        ("4", ("các tổ dân phố",), (REPORT, DO, DO)),
        (
            "4",
            ("UBMTTQ", "các đoàn thể", "Bí thư các chi bộ khu dân cư trên địa bàn phường"),
            (REQUEST, REQUEST, REQUEST, REQUEST),
        ),
    ),
    deadlines=(
        (None, None, "six_monthly"),
        (None, None, "yearly"),
        ("2024-05-30", "before", None),
        ("2024-09", "in", None),
    ),
    annexes=(),
    recipients=(
        ("Phòng LĐTB&XH TP", None),
        ("Đảng ủy phường", None),
        ("HĐND phường", None),
        ("BCD giảm nghèo", None),
        ("Các tổ dân phố", None),
        ("Lưu VT, VHXX", None),
    ),
    signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Văn Bách"),
    findings=(
        ("number_blank", "warning"),
        ("authority_not_in_head", "info"),
        ("section_missing", "warning"),
        ("section_repeated", "warning"),
    ),
)

LABOUR = "Sở Lao động- Thương binh và Xã hội"
LONG_KHANH = Expected(
    subject="Thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững "
    "trên địa bàn thành phố Long Khánh năm 2024",
    number="498/KH-UBND",
    symbol="KH-UBND",
    authority="Ủy ban nhân dân thành phố Long Khánh",
    place="Long Khánh",
    date="2024-04-01",
    parent="155/KH-LĐTBXH",
    bases=(
        ("Quyết định", "389/QĐ-UBND", "2024-02-19", "UBND tỉnh Đồng Nai"),
        ("Kế hoạch", "155/KH-LĐTBXH", "2023-11-20", LABOUR),
        ("Công văn", "613/SLĐTBXH-BTXH", "2024-01-19", LABOUR),
        ("Báo cáo", "27/BC-SLĐTBXH", "2024-01-17", "Sở Lao động –Thương binh và Xã hội"),
    ),
    headings=("I", "II", "IV"),
    duties=(
        ("1", ("Phòng Lao động - Thương binh và Xã hội",), (LEAD, DO, ADVISE, ADVISE)),
        ("2", ("Phòng Kinh tế",), (LEAD, COOPERATE, GUIDE)),
        ("3", ("Phòng Tài chính - Kế hoạch",), (COOPERATE, GUIDE)),
        ("4", ("Chi cục Thống kê thành phố",), (COOPERATE, DO)),
        (
            "5",
            (
                "Phòng Văn hóa - Thông tin",
                "Trung tâm Văn hóa – Thông tin và Thể thao thành phố",
                "UBND các phường, xã",
            ),
            (DO,),
        ),
        ("6", ("Phòng Giáo dục và Đào tạo",), (COOPERATE,)),
        ("7", ("Phòng Y tế",), (GUIDE,)),
        ("8", ("Phòng Giao dịch Ngân hàng Chính sách Xã hội thành phố",), (DO, COOPERATE)),
        (
            "9",
            ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên thành phố",),
            (COOPERATE,),
        ),
        ("10", ("Bảo hiểm Xã hội thành phố",), (COOPERATE,)),
        ("11", ("UBMTTQ thành phố",), (REQUEST, REQUEST, REQUEST)),
        ("12", ("Các cơ quan, đơn vị", "các đoàn thể thành phố"), (DO, DO)),
        (
            "13",
            ("UBND các phường, xã",),
            (DO, DO, DO, GUIDE, DO, DO, DO, DO, DO),
        ),
    ),
    deadlines=((None, None, "quarterly"), (None, None, "monthly")),
    annexes=("Bảng",),
    recipients=(
        ("Sở LĐ-TB&XH tỉnh", None),
        ("TT. Thành ủy", None),
        ("TT. HĐND thành phố", None),
        ("CT, các PCT.UBTP", None),
        ("Các cơ quan, đơn vị liên quan", None),
        ("UBND các phường, xã", None),
        ("Chánh, Phó VP", None),
        ("Lưu: VT,TH", "VX"),
    ),
    signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Huỳnh Quốc Thịnh"),
    findings=(
        ("authority_not_in_head", "info"),
        ("section_missing", "warning"),
        ("annex_missing", "warning"),
        ("report_undated", "info"),
    ),
)

EXPECTED = {
    "quang_trung": QUANG_TRUNG,
    "tu_mo_rong": TU_MO_RONG,
    "tan_khai": TAN_KHAI,
    "lao_cai": LAO_CAI,
    "long_khanh": LONG_KHANH,
}
