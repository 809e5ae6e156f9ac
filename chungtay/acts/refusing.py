"""How an act says no: always with a sentence a person can act on."""

from __future__ import annotations

from chungtay.rulebook.wording import Sentence


class Refusal(Exception):
    """An act that was not done; carries the sentence that says why."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class Refused(Refusal):
    """An act refused for a reason a person can mend."""


class NotAllowed(Refusal):
    """The actor has no such right at this place; seen from outside the thing does not exist."""


class Stale(Refused):
    """The record changed since the form was opened; both are to be shown."""
