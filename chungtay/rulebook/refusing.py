"""Why a law file is refused: which file, which key, what is wrong and how to mend it."""

from __future__ import annotations

import re

from chungtay.rulebook.wording import Sentence

TYPE_NAMES = {
    "str": "chữ (đặt trong ngoặc kép)",
    "int": "số nguyên",
    "float": "số lẻ",
    "decimal": "số",
    "bool": "true hoặc false",
    "date": "ngày (viết 2027-01-01, không có ngoặc kép)",
    "array": "danh sách [ … ]",
    "object": "bảng { … }",
    "null": "trống",
}
UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
MISSING_FIELD = re.compile(r"Object missing required field `(?P<key>[^`]*)`")
WRONG_TYPE = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`")
BAD_CHOICE = re.compile(r"Invalid enum value (?P<value>'[^']*')")
PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`")
LINE = re.compile(r"line (?P<line>\d+)")
MENDS = {
    "unit": 'Hãy ghi đơn vị, ví dụ unit = "đồng/người/tháng".',
    "document": 'Hãy ghi mã văn bản căn cứ, ví dụ document = "nd-07-2021".',
    "article": 'Hãy ghi điều, khoản căn cứ, ví dụ article = "Điều 3".',
    "verified": "Hãy ghi verified = true nếu đã đối chiếu văn bản gốc, nếu chưa thì false.",
}


class LawError(Exception):
    """A law file that cannot be trusted; the message names the file, the key and the mend."""

    def __init__(self, file: str, key: str, problem: str, mend: str) -> None:
        self.file, self.key = file, key
        self.sentence = Sentence(
            "Tệp luật {file}{place}: {problem} {mend}",
            file=file,
            place=f", khóa “{key}”" if key else "",
            problem=problem,
            mend=mend,
        )
        super().__init__(str(self.sentence))


def refuse_shape(file: str, message: str, within: str = "") -> LawError:
    """Turn a decoder's complaint (below the key `within`) into a sentence with its mend."""
    place = PLACE.search(message)
    path = (within + place["path"] if place else within).lstrip(".")
    if found := UNKNOWN_FIELD.search(message):
        key = _join(path, found["key"])
        return LawError(
            file,
            key,
            f"khóa “{found['key']}” không có trong mẫu tệp này.",
            "Hãy xem lại chính tả hoặc bỏ khóa đó.",
        )
    if found := MISSING_FIELD.search(message):
        key = found["key"]
        mend = MENDS.get(key, f"Hãy thêm dòng {key} = … vào đúng chỗ.")
        return LawError(file, _join(path, key), f"thiếu khóa “{key}”.", mend)
    if found := WRONG_TYPE.search(message):
        wanted = " hoặc ".join(_type_name(name) for name in found["wanted"].split(" | "))
        problem = f"cần {wanted} nhưng đang ghi {_type_name(found['got'])}."
        return LawError(file, path, problem, "Hãy sửa lại giá trị.")
    if found := BAD_CHOICE.search(message):
        problem = f"giá trị {found['value']} không nằm trong các lựa chọn cho phép."
        return LawError(file, path, problem, "Hãy xem lại chính tả của giá trị.")
    return LawError(file, path, "nội dung không đúng mẫu.", f"Chi tiết: {message}.")


def refuse_toml(file: str, message: str) -> LawError:
    """Turn the TOML reader's complaint (duplicate key, bad syntax) into a sentence."""
    line = LINE.search(message)
    where = f" ở dòng {line['line']}" if line else " ở cuối tệp"
    if "Cannot overwrite" in message or "twice" in message or "Duplicate" in message:
        problem = f"một khóa được viết hai lần{where}."
        return LawError(file, "", problem, "Mỗi khóa chỉ ghi một lần; hãy giữ lại dòng đúng.")
    problem = f"không đọc được theo cú pháp TOML{where}."
    return LawError(file, "", problem, "Hãy xem lại dấu ngoặc, dấu bằng và dấu nháy ở dòng đó.")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _type_name(name: str) -> str:
    return TYPE_NAMES.get(name, name)
