"""The Jinja2 environment of the screens: its filters, and the few functions templates may call."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from chungtay.rulebook.wording import said_in, vi_date, vi_int, vi_number, vi_percent

ICONS = Path(__file__).parent / "static" / "vendor" / "icons"


def environment(**options: Any) -> Environment:
    """Jinja2 with translation, strict about names a view forgot."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701 Django turns autoescape on
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=False
    )
    made.globals |= {
        "static": static,
        "url": url,
        "icon": icon,
        "get_messages": get_messages,
        "demo": settings.DEMO,
        "language": translation.get_language,
    }
    made.filters |= {
        "day": day,
        "moment": moment,
        "vi_int": vi_int,
        "vi_number": vi_number,
        "percent": percent,
        "said": said,
    }
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def icon(name: str) -> Markup:
    """An icon as inline SVG, hidden from screen readers: a word always stands beside it."""
    path = ICONS / f"{Path(name).name}.svg"
    svg = path.read_text("utf-8").replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return Markup(svg)  # noqa: S704 a file of the package, not of a user


def day(value: date | None) -> str:
    """dd/mm/yyyy, or nothing."""
    return vi_date(value) if value else ""


def moment(value: datetime) -> str:
    """hh:mm dd/mm/yyyy in Vietnam's time."""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {vi_date(local.date())}"


def percent(value: Decimal | None) -> str:
    """A rate with two digits, or a dash where it is not known."""
    return vi_percent(value) if value is not None else "—"


def said(sentence: Any) -> str:
    """A sentence, or words of the law, in the reader's language, its values filled in."""
    return said_in(translation.gettext, sentence)
