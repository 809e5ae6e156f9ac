"""The households behind a figure as a list, fifty a page, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Container
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest

from chungtay.web.here import Here
from chungtay.web.register.filters import standing_here
from chungtay.web.register.lists import list_rows

PAGE_ROWS = 50


def listed(here: Here, behind: Container[UUID]) -> list[UUID]:
    """Of the households behind a figure those the reader sees, by the name of the head."""
    seen = standing_here(here).order_by("head_sort_key", "pk").values_list("pk", flat=True)
    return [pk for pk in seen if pk in behind]


def page_of(
    request: HttpRequest, here: Here, href: str, ids: list[UUID], standard: str
) -> dict[str, Any]:
    """Fifty of the households, and the ways to the pages beside."""
    shown = Paginator(ids, PAGE_ROWS).get_page(request.GET.get("page"))
    found = standing_here(here).in_bulk(list(shown.object_list))
    rows = list_rows([found[pk] for pk in shown.object_list], here, standard)
    return {
        "rows": rows,
        "page_number": shown.number,
        "pages": shown.paginator.num_pages,
        "previous": f"{href}&page={shown.number - 1}" if shown.has_previous() else None,
        "next": f"{href}&page={shown.number + 1}" if shown.has_next() else None,
    }
