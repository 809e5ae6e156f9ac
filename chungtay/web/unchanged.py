"""Pages kept whole in this process: shown again as they are until an act changes anything.

An officer goes back and forth between the same lists and families. What such a page says follows
from its address, its reader and what has been done; only the token of its forms is the reader's
own of this moment, and is put in last.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from chungtay.acts.remembering import Memory
from chungtay.web.here import Here
from chungtay.web.pages import show, written

# A page is six to eight kilobytes packed.
PAGES = Memory(2000)
# Nobody can write it into a name, to have the reader's token shown in its place: it is drawn anew.
TOKEN_GOES_HERE = secrets.token_hex(16)


def show_unchanged(
    request: HttpRequest, here: Here, template: str, make: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Answer like ``show``, with what ``make`` gives; made anew only after an act.

    For pages that depend on nothing but address, reader, place, year, day and register: neither
    on the session nor on a key drawn for this showing. Notices that wait are shown once, unkept.
    """
    if len(get_messages(request)):
        return show(request, template, make())
    actor = here.actor
    who = (actor.user_id, actor.today, here.place.pk, here.year, here.on, get_language())
    packed = PAGES.remembered(
        (template, request.get_full_path(), who),
        here.version,
        lambda: _packed(written(request, template, make(), TOKEN_GOES_HERE)),
    )
    body = zlib.decompress(packed).replace(TOKEN_GOES_HERE.encode(), get_token(request).encode())
    return HttpResponse(body)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)
