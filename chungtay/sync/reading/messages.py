"""Every message of the reading in one table: how grave it is and how it is said.

- ``note``: said once, nothing to do; the household is taken as it is.
- ``doubtful``: the household is offered, but written only when a person ticks it.
- ``refused``: the household is not written at all until the list is mended; others go on.

A cell that decides who somebody is (name, birth, household code) refuses its household when it
cannot be read. A cell that only adds a fact leaves the fact unknown and makes it doubtful. A
citizen ID is never repeated in clear, neither here nor in a quoted cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import Sentence

Severity = Literal["note", "doubtful", "refused"]
GRAVITY: dict[Severity, int] = {"note": 0, "doubtful": 1, "refused": 2}
LONGEST_QUOTE = 60
SECRET = re.compile(r"\d(?:[\s.\-]?\d){6,}")
SHOWN_DIGITS = 3
PLACE = "(dòng {row}, cột {column})"

RULES: dict[str, tuple[Severity, str]] = {
    # the sheet
    "file_note": ("note", "{said}"),
    "hidden_sheet": ("note", "Trang “{sheet}” đang ẩn nhưng vẫn được đọc."),
    "hidden_rows": ("note", "{count} dòng đang ẩn vẫn được đọc: {rows}."),
    "other_sheets": (
        "note",
        (
            "Chỉ đọc trang “{sheet}”. Các trang sau cũng có danh sách nhưng chưa đọc: {others}. "
            "Hãy nhập riêng từng trang."
        ),
    ),
    "unknown_columns": (
        "note",
        "Không nhận ra các cột: {columns}. Nội dung được giữ kèm từng dòng, không ghi vào hồ sơ.",
    ),
    "rows_skipped": ("note", "Không đọc dòng {rows}: {why}."),
    "village_from_title": ("note", "Lấy “{village}” ở dòng {row} làm thôn của các hộ bên dưới."),
    "class_from_title": ("note", "Lấy “{title}” ở dòng {row} làm diện của các hộ bên dưới."),
    "blank_means_no": (
        "note",
        (
            "Các cột chỉ số thiếu hụt chỉ có dấu x, nên ô trống của hộ đã có dấu "
            "được hiểu là không thiếu hụt."
        ),
    ),
    # any cell
    "error_cell": (
        "doubtful",
        (
            "Ô “{label}” đang báo lỗi {error} " + PLACE + ", nên coi là chưa rõ. "
            "Hãy sửa công thức hoặc gõ thẳng giá trị."
        ),
    ),
    "error_cell_identity": (
        "refused",
        (
            "Ô “{label}” đang báo lỗi {error} " + PLACE + ". "
            "Hãy sửa công thức hoặc gõ thẳng giá trị rồi nhập lại."
        ),
    ),
    "formula_without_value": (
        "doubtful",
        (
            "Ô “{label}” là công thức chưa có kết quả " + PLACE + ", nên coi là chưa rõ. "
            "Hãy mở tệp bằng Excel, lưu lại, hoặc gõ thẳng giá trị."
        ),
    ),
    "not_understood": (
        "doubtful",
        (
            "Không hiểu “{value}” ở cột “{label}” " + PLACE + ", nên coi là chưa rõ. "
            "Hãy ghi lại theo mẫu của cột này."
        ),
    ),
    "word_unknown": (
        "note",
        "Không hiểu “{value}” ở cột “{label}” " + PLACE + ", nên coi là chưa rõ.",
    ),
    # names and relations
    "name_missing": (
        "refused",
        "Dòng {row} có dữ liệu nhưng thiếu họ tên " + PLACE + ". Hãy ghi họ tên hoặc xóa dòng này.",
    ),
    "name_not_words": (
        "refused",
        "“{value}” không phải họ tên " + PLACE + ". Hãy ghi lại họ tên của người này.",
    ),
    "name_with_digits": (
        "doubtful",
        "Họ tên “{value}” có chữ số " + PLACE + ". Hãy kiểm tra lại họ tên.",
    ),
    "relation_other": (
        "note",
        "Quan hệ “{value}” không có trong danh mục " + PLACE + ", được ghi là “Khác”.",
    ),
    "ethnicity_unknown": (
        "note",
        "Dân tộc “{value}” không có trong danh mục 54 dân tộc " + PLACE + ", được giữ như đã ghi.",
    ),
    # dates
    "date_not_real": (
        "refused",
        (
            "{label} {value} không có thật " + PLACE + ". "
            "Sửa thành ngày đúng, hoặc chỉ ghi năm {year}."
        ),
    ),
    "birth_in_future": (
        "refused",
        (
            "{label} {value} ở sau ngày {on} " + PLACE + ". "
            "Sửa thành ngày đúng, hoặc để trống nếu chưa rõ."
        ),
    ),
    "birth_not_understood": (
        "refused",
        (
            "Không hiểu ngày sinh “{value}” " + PLACE + ". "
            "Ghi kiểu 15/3/1984, hoặc chỉ ghi năm 1984, hoặc để trống nếu chưa rõ."
        ),
    ),
    "birth_too_long_ago": (
        "doubtful",
        "Ngày sinh {value} cho tuổi trên {age} " + PLACE + ". Hãy kiểm tra lại năm sinh.",
    ),
    "two_digit_year": (
        "doubtful",
        (
            "{label} “{value}” chỉ ghi hai chữ số của năm, được hiểu là {read} " + PLACE + ". "
            "Hãy ghi đủ bốn chữ số."
        ),
    ),
    "year_shown_as_date": (
        "doubtful",
        (
            "Excel hiện {value} nhưng số gõ vào là {year}, được hiểu là năm {year} " + PLACE + ". "
            "Hãy đổi định dạng ô thành chữ rồi ghi lại."
        ),
    ),
    "serial_date": ("note", "Số {value} được hiểu là ngày {read} của Excel " + PLACE + "."),
    "crowded_date": (
        "doubtful",
        "{label} “{value}” viết liền, được hiểu là {read} " + PLACE + ". Hãy ghi kiểu 15/3/1984.",
    ),
    "dates_differ": (
        "doubtful",
        (
            "Ngày sinh {value} không khớp giữa hai ô của dòng {row} (cột {column}). "
            "Hãy giữ một ngày đúng."
        ),
    ),
    "sexes_differ": (
        "doubtful",
        "Dòng {row} được đánh dấu cả nam và nữ (cột {column}). Hãy giữ một bên.",
    ),
    "decision_in_future": (
        "doubtful",
        "Ngày quyết định {value} ở sau ngày {on} " + PLACE + ". Hãy kiểm tra lại.",
    ),
    # citizen IDs
    "id_lost_zero": (
        "doubtful",
        (
            "Số định danh {value} thiếu chữ số, được thêm số 0 ở đầu thành {read} " + PLACE + ". "
            "Hãy đối chiếu với thẻ và định dạng ô là chữ."
        ),
    ),
    "id_wrong_length": (
        "doubtful",
        (
            "Số định danh {value} có {length} chữ số, không phải 12 hoặc 9 " + PLACE + ", "
            "nên chưa được ghi. Hãy ghi lại theo thẻ."
        ),
    ),
    "id_lost_digits": (
        "doubtful",
        (
            "Số định danh đã bị Excel đổi sang dạng rút gọn và mất chữ số " + PLACE + ", "
            "nên chưa được ghi. Hãy ghi lại theo thẻ và định dạng ô là chữ."
        ),
    ),
    "id_not_digits": (
        "doubtful",
        (
            "Số định danh {value} có ký tự không phải chữ số " + PLACE + ", nên chưa được ghi. "
            "Hãy ghi lại theo thẻ."
        ),
    ),
    "id_sex_differs": (
        "note",
        (
            "Số định danh {value} không khớp với giới tính đã ghi " + PLACE + ". "
            "Nên đối chiếu với thẻ; vẫn nhập được."
        ),
    ),
    "id_year_differs": (
        "note",
        (
            "Số định danh {value} không khớp với năm sinh đã ghi ({written}) " + PLACE + ". "
            "Nên đối chiếu với thẻ; vẫn nhập được."
        ),
    ),
    "id_province_unknown": (
        "note",
        (
            "Ba số đầu của số định danh {value} không phải mã tỉnh, thành nào " + PLACE + ". "
            "Nên đối chiếu với thẻ; vẫn nhập được."
        ),
    ),
    # numbers
    "income_too_small": (
        "doubtful",
        (
            "Thu nhập {value} đồng một người một tháng là quá nhỏ "
            + PLACE
            + ", nên chưa được ghi. "
            "Nếu tính bằng nghìn đồng hãy ghi đủ số đồng."
        ),
    ),
    "number_ambiguous": (
        "doubtful",
        (
            "“{value}” có thể là {one} hoặc {other} " + PLACE + "; được hiểu là {one}. "
            "Hãy ghi lại cho rõ."
        ),
    ),
    "education_was_date": (
        "doubtful",
        (
            "Ô trình độ đã bị Excel đổi thành ngày, được hiểu là {read} " + PLACE + ". "
            "Hãy định dạng ô là chữ rồi ghi lại."
        ),
    ),
    # households
    "head_missing": (
        "refused",
        (
            "Hộ ở dòng {row} (cột {column}) không có chủ hộ. "
            "Hãy ghi “Chủ hộ” ở cột quan hệ cho đúng một người."
        ),
    ),
    "two_heads": (
        "refused",
        (
            "Hộ này có hai chủ hộ, ở dòng {first} và dòng {row} (cột {column}). "
            "Hãy giữ một chủ hộ, hoặc tách thành hai hộ có mã hộ khác nhau."
        ),
    ),
    "head_without_row": (
        "doubtful",
        (
            "Chủ hộ “{value}” không có dòng riêng " + PLACE + ", nên chỉ ghi được họ tên. "
            "Hãy thêm một dòng cho chủ hộ."
        ),
    ),
    "head_assumed": (
        "doubtful",
        (
            "Không ghi quan hệ; người ở dòng {row} (cột {column}) được hiểu là chủ hộ. "
            "Hãy ghi “Chủ hộ” ở cột quan hệ."
        ),
    ),
    "relation_missing": (
        "note",
        "Chưa ghi quan hệ với chủ hộ " + PLACE + ", được coi là chưa rõ.",
    ),
    "both_classes": (
        "doubtful",
        (
            "Hộ được đánh dấu cả hộ nghèo và hộ cận nghèo "
            + PLACE
            + ", nên diện được coi là chưa rõ. "
            "Hãy giữ một bên."
        ),
    ),
    "values_differ": (
        "doubtful",
        (
            "Cột “{label}” ghi khác nhau trong cùng một hộ, ở dòng {first} và dòng {row} "
            "(cột {column}); lấy theo dòng {first}. Hãy ghi giống nhau."
        ),
    ),
    "member_count_differs": (
        "doubtful",
        (
            "Hộ ghi {said} nhân khẩu nhưng danh sách có {found} người " + PLACE + ". "
            "Hãy thêm người còn thiếu hoặc sửa số nhân khẩu."
        ),
    ),
    # the same twice
    "id_twice_in_household": (
        "refused",
        (
            "Số định danh {value} ghi cho hai người cùng hộ, ở dòng {first} và dòng {row} "
            "(cột {column}). Hãy ghi lại theo thẻ của từng người."
        ),
    ),
    "id_twice": (
        "doubtful",
        (
            "Số định danh {value} " + PLACE + " cũng ghi ở dòng {others}, thuộc hộ khác. "
            "Hãy đối chiếu với thẻ; một người chỉ thuộc một hộ."
        ),
    ),
    "member_twice": (
        "doubtful",
        (
            "“{value}” ghi hai lần trong cùng hộ với cùng ngày sinh, ở dòng {first} và dòng {row} "
            "(cột {column}). Hãy xóa dòng thừa nếu là một người."
        ),
    ),
    "household_twice": (
        "doubtful",
        (
            "Hộ “{value}” "
            + PLACE
            + " giống hộ ở dòng {others}: cùng tên chủ hộ, ngày sinh và thôn. "
            "Hãy xóa một hộ nếu là một."
        ),
    ),
}


@dataclass(frozen=True)
class Message:
    """One thing to say about a place in the sheet; ``row`` and ``column`` are empty for a sheet."""

    severity: Severity
    row: int | None
    column: str | None
    code: str
    sentence: Sentence


def say(code: str, row: int | None = None, column: str | None = None, /, **values: Any) -> Message:
    """Make the message of a code of ``RULES``; KeyError for an unknown code."""
    severity, text = RULES[code]
    return Message(severity, row, column, code, Sentence(text, row=row, column=column, **values))


def masked(number: str) -> str:
    """Hide all but the last three characters of an ID: "•••••••••123"."""
    hidden = max(len(number) - SHOWN_DIGITS, 0) if len(number) > 2 * SHOWN_DIGITS else len(number)
    return "•" * hidden + number[hidden:]


def quoted(value: object) -> str:
    """A cell's content fit for a sentence: shortened, and long runs of digits masked."""
    text = SECRET.sub(lambda hit: masked(re.sub(r"\D", "", hit[0])), tidy(str(value)))
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
