"""What is said of a plan that was begun from another: what came along, what did not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chungtay.plans.reading.offers import packed
from chungtay.rulebook.wording import Sentence


@dataclass
class Notes:
    """The sentences gathered while a plan is carried over."""

    carried: list[Sentence] = field(default_factory=list)
    left: list[Sentence] = field(default_factory=list)

    def as_json(self) -> dict[str, list[Any]]:
        """Both lists as they are kept."""
        return {
            "carried": [packed(one) for one in self.carried],
            "left": [packed(one) for one in self.left],
        }
