"""The journal: who did what, when and why, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chungtay.acts.models import JournalLine
from chungtay.acts.queries import lines_of
from chungtay.households.queries.merged import standing_for
from chungtay.households.queries.people import households_seen_by
from chungtay.plans.queries import plans_seen_by
from chungtay.staff.models import User
from chungtay.sync.models import ImportBatch
from chungtay.web.here import Here
from chungtay.web.journal.chains import chains_here, state_of
from chungtay.web.journal.wording import ACTS, KINDS, about, sentence_of
from chungtay.web.pages import page, show

RIGHT = "journal.see"
LINES_A_PAGE = 50


@dataclass
class Filter:
    """What was asked for: one kind of act or one act, from a day to a day."""

    act: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)

    def href(self, number: int) -> str:
        """The address of a page of what was asked for."""
        asked = {"viec": self.act, **self.typed, "trang": str(number)}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@page(RIGHT)
def journal(request: HttpRequest, here: Here) -> HttpResponse:
    """The lines of the place's chains, newest first, fifty a page."""
    asked = read_filter(request.GET)
    chains = chains_here(here)
    shown = Paginator(_lines(chains, asked), LINES_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "asked": asked,
        "errors": asked.errors,
        "acts": _act_choices(),
        "lines": _shown(list(shown.object_list), here),
        "found": shown.paginator.count,
        "state": state_of(here.place.chain),
        "pager": {
            "page": shown.number,
            "pages": shown.paginator.num_pages,
            "before": asked.href(shown.number - 1) if shown.has_previous() else None,
            "after": asked.href(shown.number + 1) if shown.has_next() else None,
        },
    }
    return show(request, "journal/journal.html", context)


def read_filter(given: QueryDict) -> Filter:
    """The filter of an address; a day that is not real is said and left out."""
    act = given.get("viec", "")
    asked = Filter(act if act in ACTS or act in KINDS else "")
    for name in ("tu", "den"):
        text = given.get(name, "").strip()[:20]
        if not text:
            continue
        asked.typed[name] = text
        try:
            asked.days[name] = _day(text)
        except ValueError:
            wrong = _("“%(text)s” không phải một ngày có thật. Ghi kiểu 15/03/2023.")
            asked.errors.append({"field": name, "text": wrong % {"text": text}})
    return asked


def _day(text: str) -> date:
    """A day as typed; ValueError also for those at the ends of the calendar, which have no next."""
    day = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 a day
    if not date.min.year < day.year < date.max.year:
        raise ValueError(text)
    return day


def _lines(chains: list[str], asked: Filter) -> QuerySet[JournalLine]:
    lines = lines_of(chains)
    if asked.act in KINDS:
        lines = lines.filter(act__startswith=f"{asked.act}.")
    elif asked.act:
        lines = lines.filter(act=asked.act)
    if "tu" in asked.days:
        lines = lines.filter(at__gte=_midnight(asked.days["tu"]))
    if "den" in asked.days:
        lines = lines.filter(at__lt=_midnight(asked.days["den"] + timedelta(days=1)))
    return lines


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _act_choices() -> list[dict[str, Any]]:
    """Kinds of acts, each with its acts below it."""
    return [
        {
            "kind": kind,
            "label": label,
            "acts": [(act, text) for act, text in ACTS.items() if act.startswith(f"{kind}.")],
        }
        for kind, label in KINDS.items()
    ]


def _shown(lines: list[JournalLine], here: Here) -> list[dict[str, Any]]:
    subjects = _subjects([line.subject for line in lines], here)
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": line.actor_name,
            "post": line.post_title or _system_words(line),
            "act": sentence_of(line.act),
            "about": about(line.act, line.details),
            "subject": subjects.get(line.subject) or _unseen(line.subject),
            "reason": line.reason,
            "paper": line.paper,
        }
        for line in lines
    ]


def _system_words(line: JournalLine) -> str:
    return _("máy chủ, %(user)s") % {"user": line.system_user} if line.system_user else ""


def _subjects(subjects: Iterable[str], here: Here) -> dict[str, dict[str, str]]:
    """Names and addresses of what lines speak of, as far as this person may see it."""
    by_kind: dict[str, list[str]] = {}
    for subject in subjects:
        kind, _colon, key = subject.partition(":")
        by_kind.setdefault(kind, []).append(key)
    asked = _uuids(by_kind.get("household", []))
    went_into = standing_for(asked)
    households = {
        one.pk: one
        for one in households_seen_by(here.actor).filter(pk__in=[*asked, *went_into.values()])
    }
    places = here.actor.units_for("households.import")
    batches = ImportBatch.objects.filter(
        commune__in=places, pk__in=_uuids(by_kind.get("import", []))
    ).defer("staged", "undo")
    plans = plans_seen_by(here.actor).filter(pk__in=_numbers(by_kind.get("plan", [])))
    users = User.objects.filter(pk__in=_numbers(by_kind.get("user", [])))
    return {
        **{
            f"household:{pk}": _link(
                _("Hộ %(name)s") % {"name": one.head_name}, "register_household", one.pk
            )
            for pk in asked
            if (one := households.get(went_into.get(pk, pk))) is not None
        },
        **{
            f"import:{one.pk}": _link(_("Lần nhập này"), "imports_batch", one.pk) for one in batches
        },
        **{
            f"plan:{one.pk}": _link(
                _("Kế hoạch năm %(year)s") % {"year": one.year}, "plan_page", one.pk
            )
            for one in plans
        },
        **{f"user:{one.pk}": {"text": one.full_name, "href": ""} for one in users},
    }


def _link(text: str, name: str, key: Any) -> dict[str, str]:
    return {"text": text, "href": reverse(name, args=[key])}


def _unseen(subject: str) -> dict[str, str] | None:
    words = {"household": _("một hộ không còn trong sổ hoặc ngoài địa bàn"), "import": ""}
    text = words.get(subject.partition(":")[0], "")
    return {"text": text, "href": ""} if text else None


def _uuids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in keys]


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]
