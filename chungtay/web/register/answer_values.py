"""One answer as text on a form and back, by the kind of its fact."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.rulebook.household import AnswerError, checked_answer
from chungtay.rulebook.schema import Fact
from chungtay.rulebook.wording import vi_int, vi_number
from chungtay.web.templating import said

NONE_OF_THEM = "-"
NUMBERS = frozenset({"money", "whole", "number"})
WHOLE = re.compile(r"[0-9]{1,3}(?:[.,\s][0-9]{3}){1,3}|[0-9]{1,12}")
DECIMAL = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,6})?")
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


class Unreadable(ValueError):
    """Text that is no answer to its question; the message is a sentence for the field."""


def raw_of(fact: Fact, value: Any) -> str:
    """An answer as its field holds it; empty for "chưa rõ"."""
    if value is None:
        return ""
    if fact.type == "yes_no":
        return "1" if value else "0"
    if fact.type == "choices":
        return ",".join(sorted(value)) or NONE_OF_THEM
    if fact.type == "money":
        return vi_int(int(value))
    if fact.type in NUMBERS:
        # No thousands mark: 1.234 would be asked about when it comes back.
        return vi_number(value).replace(".", "")
    not_known = {option.code for option in fact.options if option.not_known}
    return "" if value in not_known else str(value)


def value_of(fact: Fact, raw: str) -> Any:
    """The answer that a field's text is; None for "chưa rõ"; Unreadable with the mend."""
    value = _value(fact, raw)
    try:
        checked_answer(fact, value)
    except AnswerError as error:
        raise Unreadable(said(error.sentence)) from error
    return value


def _value(fact: Fact, raw: str) -> Any:
    if not raw:
        return None
    if fact.type == "yes_no":
        return {"1": True, "0": False}.get(raw)
    if fact.type == "choices":
        return _choices(fact, raw)
    if fact.type in NUMBERS:
        return _number(fact, raw)
    return raw if raw in {option.code for option in fact.options} else None


def _choices(fact: Fact, raw: str) -> list[str]:
    chosen = raw.split(",")
    if NONE_OF_THEM in chosen and len(chosen) > 1:
        raise Unreadable(
            _("“%(label)s”: đã tích “không có gì” thì bỏ các ô khác, hoặc ngược lại.")
            % {"label": said(fact.label)}
        )
    known = [option.code for option in fact.options]
    return [code for code in known if code in chosen]


def _number(fact: Fact, raw: str) -> int | float:
    text = raw.replace(fact.unit, "").strip() if fact.unit else raw
    if fact.type != "number":
        if not WHOLE.fullmatch(text):
            raise Unreadable(
                _(
                    "“%(label)s” ghi “%(text)s” không đọc được. "
                    "Chỉ ghi chữ số, ví dụ 4 hoặc 1.200.000."
                )
                % {"label": said(fact.label), "text": raw[:20]}
            )
        return int(re.sub(r"\D", "", text))
    if not DECIMAL.fullmatch(text):
        raise Unreadable(
            _("“%(label)s” ghi “%(text)s” không đọc được. Ghi kiểu 45 hoặc 45,5.")
            % {"label": said(fact.label), "text": raw[:20]}
        )
    if AMBIGUOUS.fullmatch(text):
        raise Unreadable(
            _(
                "“%(label)s” ghi “%(text)s” có thể hiểu hai cách. "
                "Ghi %(large)s nếu là số lớn, hoặc %(small)s nếu là số lẻ."
            )
            % {
                "label": said(fact.label),
                "text": text,
                "large": text.replace(".", ""),
                "small": text.replace(".", ","),
            }
        )
    number = Decimal(text.replace(",", "."))
    return int(number) if number == number.to_integral_value() else float(number)


def shown_value(fact: Fact, value: Any) -> str:
    """An answer in words."""
    if value is None:
        return _("chưa rõ")
    if fact.type == "yes_no":
        return _("có") if value else _("không")
    labels = {option.code: said(option.label) for option in fact.options}
    if fact.type == "choices":
        return ", ".join(labels.get(code, code) for code in value) or _("không có gì")
    if fact.type in NUMBERS:
        return f"{vi_number(value)} {said(fact.unit)}".strip()
    return labels.get(value, str(value))
