"""The form of the first step: a file and the day it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.sync.days import ask_day
from chungtay.web.here import Here, today
from chungtay.web.templating import said

BYTES_A_MEGABYTE = 2**20
PARTS = ("day", "month", "year")
LONGEST_PART = 20


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
        jumps = {"place": "file", "file": "file", "on": "on_day"}
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
    typed = {part: request.POST.get(f"on_{part}", "").strip()[:LONGEST_PART] for part in PARTS}
    chosen = Chosen(typed)
    if text := shown_for_another(request, commune):
        chosen.errors["place"] = text
        return chosen
    _read_day(chosen, commune)
    read_upload(request, chosen)
    return chosen


def shown_for_another(request: HttpRequest, commune: Unit) -> str:
    """Why a form made for a place that is not the one looked at now is not taken; else empty."""
    place = request.POST.get("place", "")
    if not place or place == str(commune.pk):
        return ""
    text = _(
        "Nơi đang xem đã đổi thành %(place)s khi trang này đang mở, nên chưa nhập gì. "
        "Hãy chọn lại tệp để nhập cho %(place)s, hoặc chọn lại nơi cũ."
    )
    return text % {"place": commune.name}


def _read_day(chosen: Chosen, commune: Unit) -> None:
    typed = chosen.typed
    try:
        on = date(*(int(typed[part]) for part in reversed(PARTS)))
    except (ValueError, OverflowError):
        day = "/".join(typed[part] or "…" for part in PARTS)
        text = _("Ngày %(said)s không có thật. Ghi đủ ngày, tháng, năm bằng số, ví dụ 15/03/2023.")
        chosen.errors["on"] = text % {"said": day}
        return
    try:
        ask_day(commune, on)
    except Refused as wrong:
        chosen.errors["on"] = said(wrong.sentence)
    else:
        chosen.on = on


def read_upload(request: HttpRequest, chosen: Chosen) -> None:
    """Take in the file that was sent, or note why there is none."""
    upload: Any = request.FILES.get("file")
    if upload is None:
        chosen.errors["file"] = _(
            "Chưa chọn tệp nào. Hãy chọn danh sách kiểu .xlsx, .xls hoặc .csv."
        )
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
