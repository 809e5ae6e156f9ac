"""The form of the first step: a file and the day it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here, first_year, today

BYTES_A_MEGABYTE = 2**20
PARTS = ("day", "month", "year")


@dataclass
class Chosen:
    """What was chosen; ``on`` and ``content`` are there when nothing is wrong."""

    typed: dict[str, str]
    on: date | None = None
    file_name: str = ""
    content: bytes = field(default=b"", repr=False)
    errors: dict[str, str] = field(default_factory=dict)

    def shown_errors(self) -> list[dict[str, str]]:
        """The errors as the summary on top shows them."""
        jumps = {"file": "file", "on": "on_day"}
        return [{"field": jumps[name], "text": text} for name, text in self.errors.items()]


def first_choice(here: Here, commune: Unit) -> Chosen:
    """An empty form: a year gone by is listed as it began, and so is a register's first list."""
    known = Household.objects.filter(commune=commune, withdrawn=False).exists()
    on = here.on if known and here.year == today().year else here.first_day
    if commune.valid_from is not None:
        on = max(on, commune.valid_from)
    return Chosen({"day": f"{on.day:02d}", "month": f"{on.month:02d}", "year": str(on.year)})


def read_choice(request: HttpRequest, commune: Unit) -> Chosen:
    """The form as it was sent, with what is wrong about it."""
    chosen = Chosen({part: request.POST.get(f"on_{part}", "").strip() for part in PARTS})
    _read_day(chosen, commune)
    _read_upload(request, chosen)
    return chosen


def _read_day(chosen: Chosen, commune: Unit) -> None:
    typed = chosen.typed
    try:
        on = date(*(int(typed[part]) for part in reversed(PARTS)))
    except ValueError:
        said = "/".join(typed[part] or "…" for part in PARTS)
        text = _("Ngày %(said)s không có thật. Ghi đủ ngày, tháng, năm bằng số, ví dụ 15/03/2023.")
        chosen.errors["on"] = text % {"said": said}
        return
    wrong = _wrong_day(on, commune)
    if wrong:
        chosen.errors["on"] = wrong
    else:
        chosen.on = on


def _wrong_day(on: date, commune: Unit) -> str:
    said = {"on": vi_date(on), "place": commune.name}
    if on > today():
        return _("Ngày %(on)s ở sau hôm nay. Chọn ngày mà danh sách đã có hiệu lực.") % said
    if on.year < first_year():
        return _("Chỉ nhập được danh sách từ năm %(year)d. Chọn ngày muộn hơn.") % {
            "year": first_year()
        }
    if commune.valid_to is not None and on > commune.valid_to:
        said["end"] = vi_date(commune.valid_to)
        text = _("%(place)s chỉ có đến hết ngày %(end)s. Chọn ngày không muộn hơn ngày đó.")
        return text % said
    if commune.valid_from is not None and on < commune.valid_from:
        said["begin"] = vi_date(commune.valid_from)
        return _("%(place)s chỉ có từ ngày %(begin)s. Chọn ngày không sớm hơn ngày đó.") % said
    return ""


def _read_upload(request: HttpRequest, chosen: Chosen) -> None:
    upload: Any = request.FILES.get("file")
    if upload is None:
        chosen.errors["file"] = _("Chưa chọn tệp nào. Hãy chọn danh sách kiểu .xlsx hoặc .csv.")
        return
    chosen.file_name = upload.name or ""
    if upload.size > settings.LARGEST_UPLOAD_BYTES:
        text = _(
            "Tệp lớn hơn %(limit)d MB nên không được đọc. "
            "Hãy bỏ hình ảnh và trang thừa, hoặc tách danh sách thành nhiều tệp."
        )
        chosen.errors["file"] = text % {"limit": most_megabytes()}
        return
    chosen.content = upload.read()


def most_megabytes() -> int:
    """The largest upload, in MB."""
    return int(settings.LARGEST_UPLOAD_BYTES // BYTES_A_MEGABYTE)
