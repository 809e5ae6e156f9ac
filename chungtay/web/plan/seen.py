"""The plan an address names, and the version a form was shown with."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from chungtay.plans.models import Plan
from chungtay.plans.queries import plans_seen_by
from chungtay.web.here import Here

CONFLICT = 409
VERSION_DIGITS = 9


def seen_plan(here: Here, plan_id: int) -> Plan:
    """A plan the actor may see; Http404 otherwise."""
    return get_object_or_404(plans_seen_by(here.actor), pk=plan_id)


def version_of(request: HttpRequest) -> int:
    """The version a form was shown with."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= VERSION_DIGITS):
        raise Http404
    return int(text)
