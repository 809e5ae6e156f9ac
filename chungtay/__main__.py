"""``chungtay`` and ``python -m chungtay``: one command, every error a sentence."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence

import django
from django.utils import translation

from chungtay.acts.refusing import Refusal
from chungtay.commands import COMMANDS, Command
from chungtay.commands.outcome import CommandFailed, log_unexpected
from chungtay.commands.speaking import _, in_words, speaks_english
from chungtay.files.refusals import UnfriendlyFile
from chungtay.rulebook.refusing import LawError

OK, BAD_INPUT, UNEXPECTED = 0, 2, 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 on success, 2 on bad input, 1 on an error of ours."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = _find(words)
    if command is None:
        return _usage(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.settings")
    try:
        return _run(command, words[len(command.words) :])
    except (CommandFailed, Refusal, UnfriendlyFile, LawError) as error:
        print(f"chungtay: {in_words(error)}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        return OK
    except KeyboardInterrupt:
        print(_("chungtay: đã dừng."), file=sys.stderr)
        return BAD_INPUT
    except Exception:  # noqa: BLE001 a command never ends in a traceback: it is kept in a file
        print(f"chungtay: {log_unexpected(traceback.format_exc())}", file=sys.stderr)
        return UNEXPECTED


def _run(command: Command, rest: list[str]) -> int:
    if command.needs_database:
        django.setup()
        if speaks_english():
            translation.activate("en")
    module = importlib.import_module(f"chungtay.commands.{command.module}")
    arguments = module.parser(f"chungtay {' '.join(command.words)}").parse_args(rest)
    if command.needs_database:
        importlib.import_module("chungtay.commands.database").prepare()
    code: int = module.run(arguments)
    return code


def _find(words: list[str]) -> Command | None:
    return next((one for one in COMMANDS if tuple(words[: len(one.words)]) == one.words), None)


def _usage(words: list[str]) -> int:
    asked = bool(words) and words[0] in ("-h", "--help", "help")
    out = sys.stdout if asked or not words else sys.stderr
    if words and not asked:
        print(_("chungtay: không có lệnh “{words}”.").format(words=" ".join(words[:2])), file=out)
    print(_("Cách dùng: chungtay LỆNH [--help]\n"), file=out)
    for command in COMMANDS:
        print(f"  {' '.join(command.words):<18} {_(command.summary)}", file=out)
    print(
        _("\nVí dụ: chungtay import households danh-sach.xlsx --place 14824 --on 2023-01-01"),
        file=out,
    )
    return OK if asked or not words else BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
