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

HEADINGS = {"options": "Tùy chọn", "positional arguments": "Tham số"}
REFUSALS = (
    (r"the following arguments are required: (.*)", r"thiếu \1"),
    (r"unrecognized arguments: (.*)", r"không hiểu “\1”"),
    (r"argument (.*): expected one argument", r"\1 cần một giá trị"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 không có \2; chọn \3"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\1 không nhận giá trị \2"),
    (r"argument (.*): (.*)", r"\1: \2"),
)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with Vietnamese headings."""

    def start_section(self, heading: str | None) -> None:
        """Begin a section under its Vietnamese heading."""
        super().start_section(HEADINGS.get(heading or "", heading))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin the line that shows the words of the command."""
        super().add_usage(usage, actions, groups, prefix or "Cách dùng: ")


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence, with an example at the end of its help."""

    def __init__(self, program: str, summary: str, example: str) -> None:
        super().__init__(
            prog=program,
            description=summary,
            epilog=f"Ví dụ:\n  {example}",
            formatter_class=Help,
            add_help=False,
        )
        self.add_argument("-h", "--help", action="help", help="hiện trợ giúp này")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words and where the help is."""
        for pattern, said in REFUSALS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, said, message)
                break
        raise CommandFailed(f"{message}. Xem “{self.prog} --help”.")


def day(text: str) -> date:
    """A date typed as 2023-01-31 or 31/01/2023."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"“{text}” không phải một ngày có thật; ghi kiểu 2023-01-31")


def positive(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or len(text) > 3 or int(text) == 0:
        raise argparse.ArgumentTypeError(f"“{text}” phải là số nguyên từ 1 đến 999")
    return int(text)


def today() -> date:
    """Today in Vietnam."""
    return timezone.localdate()


def print_json(value: Any) -> None:
    """Print a value as JSON a person can read."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
