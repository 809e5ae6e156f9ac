"""A request that is too large is refused before any of its body is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chungtay.web.doors import BARE

ROOM_FOR_FIELDS = 2**20
MOST_OF_A_STRANGER = 2**16


class UploadLimit:
    """Holds the announced length of a request against what its sender may send."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to a body that is too large; without a session only a login form fits."""
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        most = settings.LARGEST_UPLOAD_BYTES + ROOM_FOR_FIELDS if known else MOST_OF_A_STRANGER
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and len(announced) < 20 and int(announced) <= most:
            return self.get_response(request)
        megabytes = settings.LARGEST_UPLOAD_BYTES // ROOM_FOR_FIELDS
        return render(request, "entrance/too_large.html", BARE | {"most": megabytes}, status=413)
