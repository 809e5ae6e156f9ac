"""A plan's wording as plain text with its live numbers, to be read again by the rules."""

from __future__ import annotations

from collections.abc import Iterator

from chungtay.plans.models import Plan
from chungtay.plans.values import values_of
from chungtay.reports.plan_content import read_content
from chungtay.reports.plan_document import Section, label_of, runs_of
from chungtay.reports.plan_paper import printed_part
from chungtay.reports.tokens import fill_tokens


def text_of(plan: Plan) -> str:
    """The title and the sections; ContentError or TokenError where it cannot be printed either."""
    content, values = read_content(printed_part(plan.content)), values_of(plan)
    lines = [content.wording.title.upper(), content.wording.subject.replace("\n", " ")]
    lines.append(content.wording.lead_in)
    lines += [line for section in content.sections for line in _lines(section)]
    return "\n".join(fill_tokens(line, values) for line in lines)


def _lines(section: Section) -> Iterator[str]:
    heading = " ".join(filter(None, (label_of(section.number), section.title)))
    said = [
        f"{'- ' if one.kind == 'dash' else ''}{''.join(run.text for run in runs_of(one.text))}"
        for one in section.paragraphs
    ]
    if heading and not section.title and said:
        said[0] = f"{heading} {said[0]}"
    elif heading and section.run_in and said:
        said[0] = f"{heading}: {said[0]}"
    elif heading:
        yield heading
    yield from said
