"""``chungtay measure``: multidimensional poverty of tables of any size, without any database."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, day, positive
from chungtay.commands.speaking import _, in_words
from chungtay.measures.asking import Words, question_of
from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.schema_file import read_schema
from chungtay.rulebook.lawbook import LookUpError
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import MeasureError
from chungtay.rulebook.wording import vi_int

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LOOK_SECONDS = 0.5
EXTRAS = {"pyspark": "spark"}
MEASURING = "chungtay.measures.tables.measuring"


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(
        program,
        _(
            "Đo nghèo đa chiều trên bảng CSV hoặc Parquet lớn tùy ý, mỗi dòng một hộ. Cột: area "
            "(rural/urban), income_per_person (đồng một tháng), persons, households (mặc định 1), "
            "d01…d12 (1, 0, trống = chưa rõ) hoặc các dữ kiện có tên, và các cột để chia nhóm."
        ),
        "chungtay measure ho.parquet --on 2023-12-31 --by province,area --json\n"
        "  chungtay measure mau.csv --indicators a,b,c --weights a=1/2,b=1/4,c=1/4 --cutoff 1/3 "
        "--income none",
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("tệp CSV, Parquet"))
    _add_measure(made)
    made.add_argument("--by", default="", metavar="a,b", help=_("các cột để chia nhóm"))
    made.add_argument("--over", default="", metavar="year", help=_("cột năm: kèm thay đổi qua năm"))
    made.add_argument(
        "--survey",
        default="",
        metavar="strata=…,psu=…,weight=…",
        help=_("các cột của mẫu điều tra"),
    )
    made.add_argument(
        "--members",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=_(
            "tệp thành viên, mỗi dòng một người, cùng cột household_id với bảng hộ: d01…d06 được "
            "tính từ đó (birth, sex, schooling, education, work, …); ghi được nhiều lần"
        ),
    )
    made.add_argument("--schema", type=Path, metavar="FILE", help=_("tên cột khác, tệp TOML"))
    made.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help=_("bộ máy"))
    made.add_argument("--out", type=Path, help=_("ghi ra x.csv, x.xlsx hoặc x.parquet"))
    made.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
    made.add_argument("--progress", action="store_true", help=_("luôn báo tiến độ"))
    return made


def _add_measure(made: argparse.ArgumentParser) -> None:
    known = _("mã chuẩn nghèo ({known})").format(known=", ".join(law().standards))
    made.add_argument("--standard", default="", metavar="ID", help=known)
    made.add_argument("--on", type=day, help=_("ngày: chuẩn quốc gia của ngày ấy"))
    made.add_argument("--k", type=positive, metavar="N", help=_("số chỉ số từ đó là nghèo"))
    made.add_argument("--indicators", default="", metavar="a,b", help=_("các cột 0/1 của mình"))
    made.add_argument("--weights", default="", metavar="a=1/6,…", help=_("trọng số, phân số"))
    made.add_argument("--cutoff", default="", metavar="1/3", help=_("ngưỡng, phân số"))
    made.add_argument("--income", choices=("none",), help=_("none: không xét thu nhập"))


def run(arguments: argparse.Namespace) -> int:
    """Print or write what was measured; CommandFailed names the column, the row and the mend."""
    try:
        question, notes = question_of(_words(arguments), law(), datetime.now(VIETNAM).date())
        names = read_schema(arguments.schema) if arguments.schema else {}
        measuring = _measuring(arguments.engine)
        if arguments.out:
            measuring.refuse_other_endings(arguments.out)
        with _watched(arguments.progress) as watch:
            measured = measuring.measure(
                *(question, law(), arguments.files, names, arguments.engine, watch),
                members=arguments.members,
            )
        if arguments.out:
            measuring.write(arguments.out, measured.rows)
    except (NotMeasurable, MeasureError, LookUpError) as error:
        raise CommandFailed(in_words(error)) from error
    for note in (*notes, *measured.notes):
        print(_("Lưu ý: {note}").format(note=in_words(note)), file=sys.stderr)
    if arguments.json:
        print(json.dumps({"rows": measured.rows}, ensure_ascii=False, indent=2, default=str))
    elif arguments.out:
        count = vi_int(len(measured.rows))
        print(_("Đã ghi {count} dòng vào {path}.").format(count=count, path=arguments.out))
    else:
        _say(measured.rows)
    return 0


def _words(arguments: argparse.Namespace) -> Words:
    return Words(
        standard=arguments.standard,
        on=arguments.on,
        by=arguments.by,
        k=arguments.k,
        weights=arguments.weights,
        survey=arguments.survey,
        indicators=arguments.indicators,
        cutoff=arguments.cutoff,
        no_income=arguments.income == "none",
        over=arguments.over,
    )


def _measuring(engine: str) -> Any:
    """The heavy part, which an installation without the extra does not have."""
    try:
        if engine == "spark":
            importlib.import_module("pyspark")
        return importlib.import_module(MEASURING)
    except ModuleNotFoundError as error:
        if str(error.name).startswith("chungtay"):
            raise
        raise CommandFailed(
            _(
                "lệnh này cần phần cài thêm “{extra}” mà máy chưa có; hãy cài: "
                "pip install 'chungtay[{extra}]'."
            ).format(extra=EXTRAS.get(str(error.name), "tables"))
        ) from error


class Watch:
    """What a long run is asked about while it goes on."""

    def __init__(self) -> None:
        self.engine: Any = None

    def __call__(self, engine: Any) -> None:
        """Take the engine that is at work now."""
        self.engine = engine


@contextmanager
def _watched(always: bool) -> Iterator[Watch]:
    watch, ended = Watch(), threading.Event()
    if not (always or sys.stderr.isatty()):
        yield watch
        return
    teller = threading.Thread(target=_tell, args=(watch, ended), daemon=True)
    teller.start()
    try:
        yield watch
    finally:
        ended.set()
        teller.join()


def _tell(watch: Watch, ended: threading.Event) -> None:
    began, said = time.monotonic(), False
    while not ended.wait(LOOK_SECONDS):
        done = watch.engine.progress() if watch.engine else None
        seconds = int(time.monotonic() - began)
        text = (
            _("Đang đo: {seconds} giây").format(seconds=seconds)
            if done is None
            else _("Đang đo: {done} %, {seconds} giây").format(done=int(done), seconds=seconds)
        )
        print(f"\r{text}   ", end="", file=sys.stderr, flush=True)
        said = True
    if said:
        print(file=sys.stderr)


def _say(rows: list[dict[str, Any]]) -> None:
    """A table for the eye: the groups, counts of households, rates and the three figures."""
    heads = [
        *rows[0]["by"],
        _("số hộ"),
        _("nhân khẩu"),
        _("hộ nghèo"),
        _("tỷ lệ"),
        _("cận nghèo"),
        _("tỷ lệ"),
        "H",
        "A",
        "M0",
    ]
    lines = [heads] + [
        [
            *("" if value is None else str(value) for value in row["by"].values()),
            *(_count(row[name]) for name in ("households", "persons", "poor")),
            _percent(row["poor_rate"]),
            _count(row["near_poor"]),
            _percent(row["near_poor_rate"]),
            _percent(row["H"]),
            _percent(row["A"]),
            "–" if row["M0"] is None else f"{row['M0']:.4f}".replace(".", ","),
        ]
        for row in rows
    ]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    places = len(rows[0]["by"])
    for line in lines:
        cells = [
            cell.ljust(width) if at < places else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def _count(number: float) -> str:
    return vi_int(round(number))


def _percent(ratio: float | None) -> str:
    return "–" if ratio is None else f"{100 * ratio:.2f} %".replace(".", ",")
