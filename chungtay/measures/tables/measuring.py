"""The one door to measuring files: question and files in, plain rows out."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chungtay.measures.question import Question, Survey
from chungtay.measures.refusing import NotMeasurable
from chungtay.measures.tables.engines import Engine, open_engine
from chungtay.measures.tables.files import sources
from chungtay.measures.tables.running import UNITS, Tables
from chungtay.measures.tables.truths import never_known
from chungtay.measures.tables.writing import refuse_other_endings, write
from chungtay.rulebook.lawbook import Law
from chungtay.rulebook.measuring import Cube, as_row, figures_of
from chungtay.rulebook.measuring.changes import KINDS, Change, changes_of
from chungtay.rulebook.measuring.samples import SampleError, sample_of
from chungtay.rulebook.wording import Joined, Sentence

__all__ = ["Measured", "measure", "refuse_other_endings", "write"]


@dataclass(frozen=True)
class Measured:
    """One plain row a group, and what a person should know of how it came about."""

    rows: list[dict[str, Any]]
    notes: tuple[Sentence, ...] = ()


def measure(
    question: Question,
    law: Law,
    paths: Sequence[Path],
    names: Mapping[str, str],
    engine: str = "duckdb",
    watch: Callable[[Engine], None] = lambda _: None,
    members: Sequence[Path] = (),
) -> Measured:
    """Measure files, with the members of their households in files of their own where there are
    such; NotMeasurable names the file, the row, the column and the mend."""
    if members and not question.indicators:
        raise NotMeasurable(
            "--members chỉ dùng khi đo theo một chuẩn nghèo, không dùng với --indicators; hãy bỏ "
            "một trong hai."
        )
    tables = Tables(question, law, sources(paths), names, sources(members))
    working = open_engine(engine)
    try:
        watch(working)
        if question.survey or question.over:
            rows = _sampled(question, tables.cube(working))
        else:
            rows = [as_row(one) for one in tables.figures(working)]
    except SampleError as error:
        raise NotMeasurable("--survey: {why}", why=error.sentence) from error
    finally:
        working.close()
    return Measured(rows, tuple(_notes(question, rows, tables.told)))


def _notes(
    question: Question, rows: Sequence[Mapping[str, Any]], told: Container[str]
) -> Iterator[Sentence]:
    """What no table can tell by this standard, and that blanks were met."""
    lost = [one.name for one in question.indicators if never_known(one, told)]
    if lost:
        yield Sentence(
            "Chuẩn {id} chưa cho biết cách tính trên bảng của các chỉ số: {names}; với mọi hộ, "
            "chúng được coi là chưa rõ.",
            id=question.standard.id if question.standard else "",
            names=Joined(tuple(lost)),
        )
    if any("bounds" in row for row in rows):
        yield Sentence(
            "Có điều chưa rõ (ô trống), nên các số chỉ đếm điều chắc chắn; khoảng có thể của mỗi "
            "số nằm ở “bounds” khi dùng --json hoặc --out."
        )


def _sampled(question: Question, cube: Cube) -> list[dict[str, Any]]:
    """The rows of a sample, or of a register over the years: figures, errors, changes."""
    names, survey = question.names, question.survey
    sample = sample_of(
        cube,
        question.measure,
        names,
        psu=UNITS[1],
        stratum=UNITS[0],
        rounds=question.over or None,
        lonely=survey.lonely if survey else "certainty",
    )
    rows = {
        one.group: as_row(one, sample.estimates[one.group] if survey else None)
        for one in figures_of(cube, question.measure, names)
    }
    for change in changes_of(sample, question.over) if question.over else ():
        row = rows[(*change.group, change.last)]
        row["change" if "change" not in row else "change_from_first"] = _change(change, survey)
    return list(rows.values())


def _change(change: Change, survey: Survey | None) -> dict[str, Any]:
    """A change as a part of the row of its later time; a register has no errors of sampling."""
    found = {name: value for name, value in change.as_row().items() if name != "by"}
    if survey is None:
        for kind in KINDS:
            found[kind] = {**found[kind], "se": {}, "ci": {}}
    return found
