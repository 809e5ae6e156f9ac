"""Live numbers as an officer writes them: ``{21 | hộ nghèo, đầu năm}`` for a token of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import MoneySource, Plan, PlannedLine
from chungtay.plans.tokens import TOKEN, token
from chungtay.plans.values import UNKNOWN, values_of
from chungtay.web.plan.promises import label_of

WRITTEN = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
BRACE = re.compile(r"[{}]")
# Not written in words: "all money", by kind of capital and source.
TOGETHER = "lines_million"


@dataclass(frozen=True)
class Live:
    """One live number: its name in the sentences, what it is in words, what it says now."""

    name: str
    label: str
    value: str

    @property
    def written(self) -> str:
        """As it stands in a box."""
        return f"{{{self.value} | {self.label}}}"


class WrongNumber(ValueError):
    """What stands in braces is no number of the data; the sentence says what to do."""


class LiveNumbers:
    """The live numbers of one plan, to write sentences with and to read them again."""

    def __init__(self, plan: Plan, cells: Cells) -> None:
        values = values_of(plan, cells)
        labels = dict(_labels(plan, cells))
        taken: dict[str, str] = {}
        for name in values:
            label = _free(_bare(labels.get(name, name)), taken)
            taken[label] = name
        self.all = [Live(name, label, _bare(values[name])) for label, name in taken.items()]
        self._by_label = taken
        self._by_name = {one.name: one for one in self.all}

    def written(self, text: str) -> str:
        """A kept sentence as it stands in a box."""

        def put(found: re.Match[str]) -> str:
            known = self._by_name.get(found[1])
            return known.written if known else f"{{{UNKNOWN} | {found[1]}}}"

        return TOKEN.sub(put, text)

    def shown(self, text: str) -> str:
        """A kept sentence as it reads now."""
        known = self._by_name
        return TOKEN.sub(
            lambda found: known[found[1]].value if found[1] in known else UNKNOWN, text
        )

    def read(self, text: str) -> str:
        """A typed sentence as it is kept; WrongNumber where its braces name no number."""
        kept = WRITTEN.sub(lambda found: token(self._named(found)), text)
        if BRACE.search(TOKEN.sub("", kept)):
            raise WrongNumber(
                _(
                    "Dấu ngoặc nhọn chỉ dùng cho số lấy từ dữ liệu. Hãy chọn số ở danh sách bên "
                    "cạnh để chèn, hoặc bỏ dấu ngoặc nhọn."
                )
            )
        return kept

    def _named(self, found: re.Match[str]) -> str:
        label = " ".join(found[2].split())
        name = self._by_label.get(label) or (label if label in self._by_name else "")
        if not name:
            raise WrongNumber(
                _(
                    "Không có số nào trong dữ liệu tên là “%(label)s”. Hãy chọn lại số ở danh sách "
                    "bên cạnh."
                )
                % {"label": label[:80]}
            )
        return name


def _labels(plan: Plan, cells: Cells) -> Iterator[tuple[str, str]]:
    yield "year", _("năm của kế hoạch")
    for cell in cells.targets:
        yield from _of_target(cell)
    for line in cells.lines:
        yield (
            f"line_{line.code}_million",
            _("kinh phí, triệu đồng: %(what)s") % {"what": line.purpose},
        )
    yield TOGETHER, _("tổng kinh phí, triệu đồng")
    for name, label in (*PlannedLine.Capital.choices, *MoneySource.choices):
        yield f"{name}_million", _("%(what)s, triệu đồng") % {"what": label}
    yield "needs_count", _("số nhu cầu của các hộ")
    yield "needs_million", _("kinh phí cho nhu cầu của các hộ, triệu đồng")
    for need in cells.needs:
        about = {"what": need.what}
        yield f"need_{need.code}_count", _("số hộ cần: %(what)s") % about
        yield f"need_{need.code}_million", _("kinh phí hộ cần, triệu đồng: %(what)s") % about
        yield f"need_{need.code}_cap", _("mức cao nhất, triệu đồng: %(what)s") % about
    for position in plan.named_households.values_list("position", flat=True):
        about = {"number": str(position)}
        yield f"household_{position}", _("hộ có tên thứ %(number)s và nơi ở") % about
        yield f"household_{position}_name", _("hộ có tên thứ %(number)s") % about
        yield f"household_{position}_village", _("nơi ở của hộ thứ %(number)s") % about
    for name in plan.content.get("values", {}):
        yield name, _("số ghi riêng trong lời văn")


def _of_target(cell: TargetCell) -> Iterator[tuple[str, str]]:
    words = label_of(cell)
    about = {"what": f"{words} {cell.meaning.aim}".strip()}
    ends = {
        "opening": _("%(what)s, đầu năm"),
        "reduction": _("%(what)s, số giảm"),
        "closing": _("%(what)s, cuối năm"),
        "opening_rate": _("%(what)s, tỷ lệ đầu năm"),
        "closing_rate": _("%(what)s, tỷ lệ cuối năm"),
        "value": _("%(what)s, số hứa"),
        "base": _("%(what)s, số gốc"),
    }
    for end, text in ends.items():
        yield f"{cell.code}_{end}", text % about
    for position, part in enumerate(cell.parts, 1):
        place = {**about, "place": part.name}
        yield f"{cell.code}_part_{position}", _("%(what)s, phần của %(place)s") % place


def _bare(text: str) -> str:
    """Without what marks a live number."""
    return " ".join(re.sub(r"[{}|]", " ", text).split())


def _free(label: str, taken: dict[str, str]) -> str:
    made, at = label, 2
    while made in taken:
        made, at = f"{label} ({at})", at + 1
    return made
