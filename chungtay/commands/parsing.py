"""What the commands share: an argument parser that speaks Vietnamese, dates, accounts, places."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NoReturn

from django.utils import timezone

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.speaking import _
from chungtay.rulebook.wording import catalogued

HEADINGS = {
    "options": catalogued("Tùy chọn"),
    "positional arguments": catalogued("Tham số"),
}
REFUSALS = (
    (r"the following arguments are required: (.*)", catalogued("thiếu {0}")),
    (r"unrecognized arguments: (.*)", catalogued("không hiểu “{0}”")),
    (r"argument (.*): expected one argument", catalogued("{0} cần một giá trị")),
    (
        r"argument (.*): invalid choice: (.*) \(choose from (.*)\)",
        catalogued("{0} không có {1}; chọn {2}"),
    ),
    (r"argument (.*): invalid \w+ value: (.*)", catalogued("{0} không nhận giá trị {1}")),
    (r"argument (.*): (.*)", catalogued("{0}: {1}")),
)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with Vietnamese headings."""

    def start_section(self, heading: str | None) -> None:
        """Begin a section under its Vietnamese heading."""
        known = HEADINGS.get(heading or "")
        super().start_section(_(known) if known else heading)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin the line that shows the words of the command."""
        super().add_usage(usage, actions, groups, prefix or _("Cách dùng: "))


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence, with an example at the end of its help."""

    def __init__(self, program: str, summary: str, example: str) -> None:
        super().__init__(
            prog=program,
            description=summary,
            epilog=_("Ví dụ:\n  {example}").format(example=example),
            formatter_class=Help,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help=_("hiện trợ giúp này"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words and where the help is."""
        for pattern, said in REFUSALS:
            found = re.fullmatch(pattern, message)
            if found is not None:
                message = _(said).format(*found.groups())
                break
        raise CommandFailed(
            _("{message}. Xem “{program} --help”.").format(message=message, program=self.prog)
        )


def day(text: str) -> date:
    """A date typed as 2023-01-31 or 31/01/2023."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(
        _("“{text}” không phải một ngày có thật; ghi kiểu 2023-01-31").format(text=text)
    )


def positive(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or len(text) > 3 or int(text) == 0:
        raise argparse.ArgumentTypeError(
            _("“{text}” phải là số nguyên từ 1 đến 999").format(text=text)
        )
    return int(text)


def today() -> date:
    """Today in Vietnam."""
    return timezone.localdate()


def print_json(value: Any) -> None:
    """Print a value as JSON a person can read."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
