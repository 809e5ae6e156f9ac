"""What the commands share: an argument parser that speaks Vietnamese, dates, accounts, places."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime
from typing import Any, NoReturn

from django.utils import timezone

from chungtay.commands.outcome import CommandFailed


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence, with an example at the end of its help."""

    def __init__(self, program: str, summary: str, example: str) -> None:
        super().__init__(
            prog=program,
            description=summary,
            epilog=f"Ví dụ:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words and where the help is."""
        raise CommandFailed(f"{message}. Xem “{self.prog} --help”.")


def day(text: str) -> date:
    """A date typed as 2023-01-31 or 31/01/2023."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"“{text}” không phải một ngày có thật; ghi kiểu 2023-01-31")


def today() -> date:
    """Today in Vietnam."""
    return timezone.localdate()


def print_json(value: Any) -> None:
    """Print a value as JSON a person can read."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
