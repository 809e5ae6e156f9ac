"""What a number is in its sentence: where one starts, how far one goes down, what is left."""

from __future__ import annotations

import re

from chungtay.plans.reading.numbers.rows import CLOSING, COVERAGE, OPENING, REDUCTION

LEFT = re.compile(
    r"(?:(?<!\w)(?:chi\s+)?con(?:\s+lai)?|xuong(?:\s+(?:con|muc))?|con\s+o\s+muc|duy tri|khong che"
    r"|giu (?:vung|o muc)|ve\s+muc)(?:\s+(?:la|tong so|so ho|ty le|ti le|o muc|muc|ho|voi|:"
    r"|cuoi nam(?: \d{4})?|den (?:cuoi |het )?nam(?: \d{4})?|nam \d{4}|ngheo|can ngheo|cua toan xa"
    r"|da chieu|toan \w+|dat|khoang|dan))*\s*:?\s*$"
)
DOWN = re.compile(
    r"(?<!\w)(?<!mien, )(?<!mien )(?:giam|keo giam|ha)\b"
    r"(?!\s*(?:xuong|con|dan|nhe|sut|gia|thue|tien|sat|doc|tang)\b)"
    r"(?!\s*(?:hoc phi|vien phi|chi phi|lai suat|thieu|ty le (?:thieu|tre|tu|sinh|that|suy)))"
    r"(?! ngheo (?:ben vung|nam|cho|theo|va|tren|thong))"
    r"|(?<!\w)(?:xoa|dua)\s+(?:it nhat |khoang |tren |tu )?$"
)
RATE_OF_FALL = re.compile(
    r"(?:ty|ti) le giam|muc giam|toc do giam|(?:muc tieu"
    r"|chi tieu) giam (?:ho )?(?:can )?ngheo[^:,;]*:\s*$"
)
STARTS = re.compile(
    r"dau (?:nam|ky)|hien (?:nay |tai |van |toan \w+ )?(?:co|con|toan)|hien (?:nay|tai)|tinh den|"
    r"thoi diem|ket qua ra soat|theo ket qua|qua ra soat"
)
NOW = re.compile(r"hien (?:nay|tai|van|toan|con|co)|tinh den|thoi diem")
ENDS = re.compile(r"cuoi (?:nam|ky)|den (?:cuoi |het )?nam|het nam|den (?:het )?ngay|muc tieu den")
TO_BE = re.compile(r"(?<!\w)(?:la|co|dat|:|duoi|khoang|gom|tong so|chiem)\s*(?:\w+\s+){0,2}$")
# Right behind a count: "15 hộ thoát nghèo", "03 hộ được công nhận thoát nghèo".
LEAVE = re.compile(
    r"\s*(?:gia dinh\s+|dan toc thieu so\s+)?(?:ngheo\s+|can ngheo\s+)?(?:(?:se|dang ky"
    r"|duoc cong nhan|du kien|co kha nang"
    r"|phan dau|vuon len|tro len)\s+)*(?:thoat|vuot|ra khoi|dua ra khoi)(?: khoi)?(?: danh sach)?"
    r"(?: ho)?\s*(can )?ngheo"
)
LEAVE_BEFORE = re.compile(
    r"(?:so ho\s+)?(?:dang ky\s+)?thoat\s+(can )?ngheo(?: la|:|\s+nam \d{4}"
    r"|\s+trong nam(?: \d{4})?)*\s*:?\s*$"
)
FROM = re.compile(r"(?<!\w)tu\s*$")
DOWN_TO = re.compile(
    r"[^;.\d]{0,25}?(?:(?:dau |cuoi )?nam \d{4}\)?)?[^;.\d]{0,25}?\b(?:xuong|con)\b"
)
GIVEN = re.compile(
    r"(?<!\w)(?:ho tro|giai quyet|tao (?:\w+ )?viec lam|gioi thieu viec lam|dao tao"
    r"|tap huan|boi duong"
    r"|xay(?: dung| moi)?|sua chua|sua|cap|mo|to chuc|trien khai|van dong|trao tang|tang|giup do"
    r"|giup|cho vay|vay von|dua|xuat khau|phan dau co|co it nhat|dam bao|bao dam|xoa|nhan rong"
    r"|thuc hien|hoan thanh)\b"
)
ATTACHED = re.compile(
    r"^\s*(?:hộ|ho|nguoi|khau)?\s*(?:ngheo|can ngheo|da chieu)?[\s,]*"
    r"(?:[(\[=,]|chiem|tuong (?:duong|ung)|bang|voi|dat|tren)?\s*"
    r"(?:voi\s+|chiem\s+|tuong (?:duong|ung)\s+|bang\s+|giam\s+)?(?:(?:ty|ti) le\s+)?"
    r"(?:(?:ho\s+)?(?:ngheo|can ngheo)\s+)?(?:la|:|=|giam)?\s*$"
)


NAMED = re.compile(
    r"(?:tong\s+)?(?:so\s+)?ho\s+(?:can\s+)?ngheo(?:(?:,| va)\s*(?:ho )?can ngheo)?"
    r"(?! (?:duoc|co|tham|su dung|giam|thoat))(?:[^,;\d]|\b\d{4}\b){0,40}$"
)
HAS = re.compile(
    r"(?<!\w)(?:xa|phuong|thi tran|thon|ban|ap|huyen|dia ban"
    r"|thanh pho)\b[^,;\d]{0,25}?\bco\s*(?:tong so )?$"
)


def role_of(before: str, after: str, whole_before: str) -> str | None:
    """The role of a number by the words since the last number, or right behind it; None: unsaid."""
    if FROM.search(whole_before) and DOWN_TO.match(after):
        return OPENING
    if LEAVE_BEFORE.search(before) or LEAVE.match(after):
        return REDUCTION
    if LEFT.search(before):
        stands = STARTS.search(before) and not re.search(r"giam|xuong", before)
        return OPENING if stands or NOW.search(before) else CLOSING
    if DOWN.search(before) or RATE_OF_FALL.search(before):
        return REDUCTION
    if STARTS.search(before):
        return OPENING
    if ENDS.search(before) and TO_BE.search(before):
        return CLOSING
    if GIVEN.search(before):
        return COVERAGE
    return None


def role_by_name(before: str, whole_before: str) -> str | None:
    """The role of "số hộ nghèo: 25 hộ", said without a verb: what stands, unless a later time."""
    if not (NAMED.search(before) or STARTS.search(whole_before) or HAS.search(before)):
        return None
    ends = [match.start() for match in ENDS.finditer(whole_before)]
    starts = [match.start() for match in STARTS.finditer(whole_before)]
    return CLOSING if ends and (not starts or ends[-1] > starts[-1]) else OPENING
