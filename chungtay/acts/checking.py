"""Proof that the journal stands as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from chungtay.acts.models import Chain, JournalLine, PersonalTrace
from chungtay.acts.services import digest_of, digest_of_traces
from chungtay.rulebook.wording import Sentence


@dataclass
class ChainsReport:
    """What the check found: lines and chains read, and what is wrong with them."""

    chains: int = 0
    lines: int = 0
    problems: list[Sentence] = field(default_factory=list)


def check_chains() -> ChainsReport:
    """Recompute every chain from its first line and hold it against the kept heads."""
    report = ChainsReport()
    heads = {chain.name: chain for chain in Chain.objects.all()}
    lines = JournalLine.objects.order_by("chain", "number").iterator(chunk_size=5000)
    for name, chain_lines in groupby(lines, key=lambda line: line.chain):
        report.chains += 1
        _check_chain(name, chain_lines, heads.pop(name, None), report)
    for name, chain in heads.items():
        if chain.number:
            report.problems.append(Sentence("Chuỗi {chain}: mất toàn bộ dòng nhật ký.", chain=name))
    _check_traces(report)
    return report


def _check_chain(
    name: str, lines: Iterator[JournalLine], head: Chain | None, report: ChainsReport
) -> None:
    previous, number = "", 0
    for line in lines:
        report.lines += 1
        if line.number != number + 1:
            report.problems.append(
                Sentence("Chuỗi {chain}: thiếu dòng số {number}.", chain=name, number=number + 1)
            )
        if line.previous != previous or line.digest != digest_of(line):
            report.problems.append(
                Sentence(
                    "Chuỗi {chain}: dòng số {number} đã bị sửa.", chain=name, number=line.number
                )
            )
        previous, number = line.digest, line.number
    if head is None or (head.number, head.head) != (number, previous):
        report.problems.append(
            Sentence("Chuỗi {chain}: dòng cuối không khớp đầu chuỗi đã giữ.", chain=name)
        )


def _check_traces(report: ChainsReport) -> None:
    """Hold the side table against the chained lines; erased people keep their keyed hash."""
    rows = (
        PersonalTrace.objects.order_by("line_id", "id")
        .values_list("line_id", "keyed_hash")
        .iterator(chunk_size=5000)
    )
    kept = {
        line_id: digest_of_traces([keyed for _, keyed in group])
        for line_id, group in groupby(rows, key=lambda row: row[0])
    }
    expected = dict(JournalLine.objects.exclude(traces="").values_list("id", "traces"))
    for line_id in sorted({*kept, *expected}):
        if kept.get(line_id) != expected.get(line_id):
            report.problems.append(
                Sentence(
                    "Dòng nhật ký {line}: phần dữ liệu cá nhân kèm theo đã bị sửa.", line=line_id
                )
            )
