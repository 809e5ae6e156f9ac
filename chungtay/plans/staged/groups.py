"""The groups of data a plan is read into, and the typed fields of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chungtay.plans.reading.numbers import people, rows
from chungtay.rulebook.wording import catalogued

TEXT, LONG, LINES = "text", "long", "lines"
WHOLE, NUMBER, MONEY, DAY, CHOICE = "whole", "number", "money", "day", "choice"

Words = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One value of a datum: its name, its words, its kind, whether it must be there."""

    name: str
    label: str
    kind: str = TEXT
    required: bool = False
    choices: Words = field(default_factory=dict)
    most: int = 300


@dataclass(frozen=True)
class Group:
    """Data of one sort; of a ``single`` one there is one and none can be added."""

    name: str
    label: str
    fields: tuple[Field, ...]
    single: bool = False

    def of(self, name: str) -> Field:
        """One field by its name."""
        return next(one for one in self.fields if one.name == name)


KINDS = {
    rows.OPENING: catalogued("số đầu kỳ"),
    rows.REDUCTION: catalogued("giảm"),
    rows.CLOSING: catalogued("số cuối kỳ"),
    rows.COVERAGE: catalogued("đạt"),
}
MEASURES = {
    rows.COUNT: catalogued("số đếm"),
    rows.RATE: catalogued("tỷ lệ, %"),
    rows.POINTS: catalogued("điểm phần trăm"),
    rows.SHARE: catalogued("phần trăm của một số gốc"),
    rows.COVERAGE: catalogued("mức bao phủ, %"),
}
COMPARED = {
    rows.EXACT: catalogued("đúng"),
    rows.AT_LEAST: catalogued("ít nhất"),
    rows.OVER: catalogued("trên"),
    rows.ABOUT: catalogued("khoảng"),
    rows.RANGE: catalogued("từ … đến …"),
    rows.AT_MOST: catalogued("nhiều nhất"),
    rows.UNDER: catalogued("dưới"),
}
UNITS = {
    people.HOUSEHOLD: catalogued("hộ"),
    people.PERSON: catalogued("người"),
    people.CHILD: catalogued("trẻ em"),
    people.WORKER: catalogued("người lao động"),
    people.OFFICER: catalogued("cán bộ"),
    people.TASK: catalogued("nhiệm vụ"),
    people.VILLAGE: catalogued("thôn"),
    people.COMMUNE: catalogued("xã"),
    people.HOUSE: catalogued("nhà"),
    people.MODEL: catalogued("mô hình"),
    people.CLASS_HELD: catalogued("lớp"),
    people.NEED: catalogued("nhu cầu"),
}
POPULATIONS = {
    "": catalogued("chưa rõ"),
    "poor": catalogued("hộ nghèo"),
    "near_poor": catalogued("hộ cận nghèo"),
    "poor+near_poor": catalogued("hộ nghèo và hộ cận nghèo"),
    "newly_escaped": catalogued("hộ mới thoát nghèo"),
    "poor+near_poor+newly_escaped": catalogued("hộ nghèo, cận nghèo, mới thoát nghèo"),
    "newly_escaped+near_poor": catalogued("hộ mới thoát nghèo và hộ cận nghèo"),
    "escaped_near_poor": catalogued("hộ mới thoát cận nghèo"),
    "average_living": catalogued("hộ có mức sống trung bình"),
    "poor_a": catalogued("hộ nghèo A"),
    "poor_b": catalogued("hộ nghèo B"),
    "poor_kinh": catalogued("hộ nghèo người Kinh"),
    "near_poor_kinh": catalogued("hộ cận nghèo người Kinh"),
    "poor_minority": catalogued("hộ nghèo dân tộc thiểu số"),
    "near_poor_minority": catalogued("hộ cận nghèo dân tộc thiểu số"),
    "officer": catalogued("cán bộ làm công tác giảm nghèo"),
    "task": catalogued("nhiệm vụ của kế hoạch"),
}
CAPITALS = {
    "": catalogued("chưa rõ"),
    rows.INVESTMENT: catalogued("vốn đầu tư"),
    rows.RECURRENT: catalogued("vốn sự nghiệp"),
}
STAGES = {
    "": catalogued("chưa rõ"),
    rows.EXPECTED: catalogued("dự kiến"),
    rows.ASSIGNED: catalogued("được giao"),
    rows.ALLOCATED: catalogued("đã phân bổ"),
}
MONEY_ROLES = {
    rows.LINE: catalogued("một khoản chi"),
    rows.PART: catalogued("một phần của tổng"),
    rows.TOTAL: catalogued("tổng cộng"),
}
ROLES = {
    "lead": catalogued("chủ trì"),
    "cooperate": catalogued("phối hợp"),
    "advise": catalogued("tham mưu"),
    "request": catalogued("đề nghị"),
    "guide": catalogued("hướng dẫn"),
    "report": catalogued("báo cáo"),
    "do": catalogued("thực hiện"),
}
DUES = {
    "": catalogued("chưa rõ"),
    "before": catalogued("trước ngày"),
    "on_or_before": catalogued("chậm nhất ngày"),
    "on": catalogued("đúng ngày"),
    "in": catalogued("trong kỳ"),
    "from": catalogued("kể từ ngày"),
}
OFTEN = {
    "": catalogued("một lần"),
    "monthly": catalogued("hằng tháng"),
    "quarterly": catalogued("hằng quý"),
    "six_monthly": catalogued("6 tháng một lần"),
    "yearly": catalogued("hằng năm"),
}

HEAD = Group(
    "head",
    catalogued("Phần đầu"),
    (
        Field("subject", catalogued("Trích yếu"), LONG, required=True),
        Field("year", catalogued("Năm của kế hoạch"), WHOLE, required=True),
        Field("number", catalogued("Số, kèm ký hiệu"), most=60),
        Field("symbol", catalogued("Ký hiệu"), most=60),
        Field("authority", catalogued("Cơ quan ban hành")),
        Field("place", catalogued("Địa danh"), most=100),
        Field("date", catalogued("Ngày ban hành"), DAY),
        Field("parent", catalogued("Kế hoạch cấp trên"), most=120),
    ),
    single=True,
)
BASIS = Group(
    "basis",
    catalogued("Căn cứ"),
    (
        Field("text", catalogued("Câu căn cứ"), LONG, required=True, most=2000),
        Field("kind", catalogued("Loại văn bản"), most=60),
        Field("number", catalogued("Số, ký hiệu"), most=80),
        Field("date", catalogued("Ngày ban hành"), DAY),
        Field("issuer", catalogued("Nơi ban hành"), most=200),
    ),
)
TARGET = Group(
    "target",
    catalogued("Chỉ tiêu"),
    (
        Field("kind", catalogued("Loại"), CHOICE, required=True, choices=KINDS),
        Field("population", catalogued("Của ai"), CHOICE, choices=POPULATIONS),
        Field("unit", catalogued("Đếm theo"), CHOICE, required=True, choices=UNITS),
        Field("measure", catalogued("Đo bằng"), CHOICE, required=True, choices=MEASURES),
        Field("comparator", catalogued("So sánh"), CHOICE, required=True, choices=COMPARED),
        Field("value", catalogued("Số"), NUMBER, required=True),
        Field("value_to", catalogued("Đến số"), NUMBER),
        Field("on", catalogued("Tại ngày hoặc trong năm"), DAY),
        Field("place", catalogued("Thôn, khu phố, xã"), most=100),
        Field("condition", catalogued("Điều kiện kèm theo")),
        Field("base_population", catalogued("Số gốc: của ai"), CHOICE, choices=POPULATIONS),
        Field("base_on", catalogued("Số gốc: tại ngày hoặc giai đoạn"), DAY),
        Field("base_count", catalogued("Số gốc: bao nhiêu"), WHOLE),
        Field("denominator", catalogued("Số gốc theo câu văn"), most=160),
    ),
)
MONEY_GROUP = Group(
    "money",
    catalogued("Kinh phí"),
    (
        Field("amount_vnd", catalogued("Số tiền, đồng"), MONEY, required=True),
        Field("amount_to_vnd", catalogued("Đến số tiền, đồng (nếu câu ghi một khoảng)"), MONEY),
        Field("purpose", catalogued("Chi cho việc gì"), LONG, most=200),
        Field("role", catalogued("Là"), CHOICE, required=True, choices=MONEY_ROLES),
        Field("capital", catalogued("Loại vốn"), CHOICE, choices=CAPITALS),
        Field("source", catalogued("Nguồn theo câu văn"), most=160),
        Field("stage", catalogued("Bước"), CHOICE, choices=STAGES),
        Field("quantity", catalogued("Số lượng"), WHOLE),
        Field("households", catalogued("Số hộ"), WHOLE),
        Field("cap_per_household_vnd", catalogued("Mức cao nhất mỗi hộ, đồng"), MONEY),
    ),
)
DEADLINE = Group(
    "deadline",
    catalogued("Thời hạn"),
    (
        Field("what", catalogued("Việc"), LONG, required=True, most=2000),
        Field("date", catalogued("Thời hạn"), DAY),
        Field("comparator", catalogued("Tính"), CHOICE, choices=DUES),
        Field("recurrence", catalogued("Lặp lại"), CHOICE, choices=OFTEN),
        Field("who", catalogued("Ai làm"), most=400),
        Field("to", catalogued("Gửi tới (mỗi dòng một nơi)"), LINES),
        Field("via", catalogued("Qua đầu mối")),
    ),
)
DUTY = Group(
    "duty",
    catalogued("Phân công"),
    (
        Field("number", catalogued("Số mục"), most=20),
        Field("offices", catalogued("Đơn vị (mỗi dòng một đơn vị)"), LINES, required=True),
        Field("role", catalogued("Vai"), CHOICE, required=True, choices=ROLES),
        Field("text", catalogued("Việc được giao"), LONG, required=True, most=5000),
    ),
)
STATUSES = {key: POPULATIONS[key] for key in ("", "poor", "near_poor", "newly_escaped")}
SALUTATIONS = {"": catalogued("chưa rõ"), "bà": catalogued("bà"), "ông": catalogued("ông")}
HOUSEHOLD = Group(
    "household",
    catalogued("Hộ nêu tên"),
    (
        Field("head", catalogued("Chủ hộ"), required=True, most=100),
        Field("salutation", catalogued("Xưng hô"), CHOICE, choices=SALUTATIONS),
        Field("place", catalogued("Thôn, tổ"), most=100),
        Field("status", catalogued("Diện"), CHOICE, choices=STATUSES),
        Field("requests", catalogued("Điều đề nghị giúp (mỗi dòng một việc)"), LINES),
        Field("asked_of", catalogued("Bên giúp (mỗi dòng một bên)"), LINES),
    ),
)
RECIPIENT = Group(
    "recipient",
    catalogued("Nơi nhận"),
    (
        Field("name", catalogued("Nơi nhận"), required=True),
        Field("note", catalogued("Ghi chú"), most=120),
    ),
)
SIGNATURE = Group(
    "signature",
    catalogued("Chữ ký"),
    (
        Field("on_behalf", catalogued("Thay mặt, ký thay"), most=200),
        Field("position", catalogued("Chức vụ"), most=100),
        Field("name", catalogued("Họ tên người ký"), most=100),
    ),
    single=True,
)

GROUPS = {
    one.name: one
    for one in (
        HEAD, BASIS, TARGET, MONEY_GROUP, DEADLINE, DUTY, HOUSEHOLD, RECIPIENT, SIGNATURE
    )
}  # fmt: skip
