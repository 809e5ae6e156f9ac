"""What a citizen ID of twelve digits says of its holder (TT 07/2016/TT-BCA, law/codes).

Three digits name where the birth was registered, one the century and the sex, two the year of
birth; the other six mean nothing. A number that disagrees is worth a look at the card, never a
refusal: papers err, and where the birth was registered is not where one lives. The old numbers
of nine digits have no rule.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.wording import Sentence

LENGTH = 12
FIRST_CENTURY = 1900
IS_A_WOMANS = "Số này là của nữ, đang ghi nam. Hãy đối chiếu với thẻ; vẫn lưu được."
IS_A_MANS = "Số này là của nam, đang ghi nữ. Hãy đối chiếu với thẻ; vẫn lưu được."
OTHER_YEAR = (
    "Số này là của người sinh năm {year}, đang ghi {written}. Hãy đối chiếu với thẻ; vẫn lưu được."
)
NO_PROVINCE = (
    "Ba số đầu không phải mã của tỉnh, thành nào đã biết. Hãy đối chiếu với thẻ; "
    "nếu khai sinh ở nước ngoài thì số này vẫn có thể đúng."
)
SEX_DIFFERS = "Số định danh không khớp với giới tính đã ghi. Hãy đối chiếu với thẻ."
YEAR_DIFFERS = "Số định danh không khớp với năm sinh đã ghi ({written}). Hãy đối chiếu với thẻ."
PROVINCE_UNKNOWN = (
    "Ba số đầu của số định danh không phải mã tỉnh, thành nào. Hãy đối chiếu với thẻ."
)
Part = Literal["sex", "birth_year", "province"]


@dataclass(frozen=True)
class NumberSays:
    """What the first six digits say; ``province`` is the code of the birth's registration."""

    province: str
    sex: str
    birth_year: int


def number_says(number: str) -> NumberSays | None:
    """Read a number of twelve digits; None for any other text."""
    if len(number) != LENGTH or not (number.isascii() and number.isdecimal()):
        return None
    century, female = divmod(int(number[3]), 2)
    year = FIRST_CENTURY + century * 100 + int(number[4:6])
    return NumberSays(number[:3], "female" if female else "male", year)


def disagreements(
    number: str, sex: str | None, birth: PartialDate | None, provinces: Collection[str]
) -> tuple[Part, ...]:
    """In what a number disagrees with what is written of its holder; what is blank agrees.

    ``provinces`` are the two-digit codes of the provinces; none given, none is asked.
    """
    says = number_says(number)
    if says is None:
        return ()
    found: list[Part] = []
    if sex and sex != says.sex:
        found.append("sex")
    if birth is not None and birth.year != says.birth_year:
        found.append("birth_year")
    if provinces and not (says.province[0] == "0" and says.province[1:] in provinces):
        found.append("province")
    return tuple(found)


def told_to_writer(
    number: str, sex: str | None, birth: PartialDate | None, provinces: Collection[str]
) -> list[Sentence]:
    """The warnings for someone who has just written the number and so knows its digits."""
    says = number_says(number)
    parts = disagreements(number, sex, birth, provinces)
    found = []
    if says is not None and "sex" in parts:
        found.append(Sentence(IS_A_WOMANS if says.sex == "female" else IS_A_MANS))
    if says is not None and "birth_year" in parts and birth is not None:
        year, written = str(says.birth_year), str(birth.year)
        found.append(Sentence(OTHER_YEAR, year=year, written=written))
    if "province" in parts:
        found.append(Sentence(NO_PROVINCE))
    return found


def told_to_reader(
    number: str, sex: str | None, birth: PartialDate | None, provinces: Collection[str]
) -> list[Sentence]:
    """The same for someone to whom the number is masked: no digit of it can be read from them."""
    said = {"sex": SEX_DIFFERS, "birth_year": YEAR_DIFFERS, "province": PROVINCE_UNKNOWN}
    parts = disagreements(number, sex, birth, provinces)
    return [Sentence(said[part], written=str(birth.year) if birth else "") for part in parts]
