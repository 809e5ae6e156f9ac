"""When something happened, on which paper, and what is noted about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.rulebook.wording import Sentence, vi_date

LENGTHS = {
    "paper_number": ("số giấy tờ", 60),
    "paper_issuer": ("nơi cấp giấy tờ", 120),
    "note": ("ghi chú", 300),
}


@dataclass(frozen=True)
class Occasion:
    """The day of an event, the paper behind it (all of it may be unknown) and a note."""

    day: date
    paper_number: str = ""
    paper_date: date | None = None
    paper_issuer: str = ""
    note: str = ""

    @property
    def paper(self) -> str:
        """The paper in a few words, for the journal."""
        day = vi_date(self.paper_date) if self.paper_date else ""
        return " ".join(part for part in (self.paper_number, day, self.paper_issuer) if part)

    def check(self) -> None:
        """Refused if a text is too long to keep."""
        for name, (label, most) in LENGTHS.items():
            if len(getattr(self, name)) > most:
                raise Refused(
                    Sentence(
                        "Phần “{label}” dài quá {most} ký tự. Hãy ghi gọn lại.",
                        label=label,
                        most=most,
                    )
                )
