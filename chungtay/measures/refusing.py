"""Why a table or a question about it cannot be measured: one sentence with the mend."""

from __future__ import annotations

from typing import Any

from chungtay.rulebook.wording import Sentence


class NotMeasurable(ValueError):
    """A question or a table that cannot be measured; the sentence names what to mend."""

    def __init__(self, text: str, **values: Any) -> None:
        self.sentence = Sentence(text, **values)
        super().__init__(str(self.sentence))
