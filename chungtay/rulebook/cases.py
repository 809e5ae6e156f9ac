"""Worked cases of the law: from a case as written to the facts of its household."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chungtay.rulebook.compiling import Shelf
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.household import AnswerError, HouseholdFacts, MemberFacts, checked_answer
from chungtay.rulebook.lawbook import Law
from chungtay.rulebook.schema import Case, CaseHousehold, CaseMember, CasesFile


def case_facts(case: Case, file: CasesFile) -> HouseholdFacts:
    """The household of a worked case on its day; KeyError if its starting household is missing."""
    start = file.households[case.like] if case.like else CaseHousehold()
    area = start.area if case.area is None else case.area or None
    members = start.members if case.members is None else case.members
    return HouseholdFacts(
        on=case.on,
        area=area,
        answers={**start.answers, **case.answers},
        members=tuple(_member(one, case) for one in members),
    )


def check_cases(law: Law, shelf: Shelf, file: CasesFile) -> None:
    """Refuse a case that names a household, fact, answer, date or standard there is none of."""
    for place, case in enumerate(file.cases):
        key = f"cases[{place}]"
        if case.like is not None and case.like not in file.households:
            raise shelf.refuse(
                f"{key}.like", f"không có hộ mẫu “{case.like}”.", "Hãy khai báo trong [households]."
            )
        if case.standard is not None and case.standard not in law.standards:
            known = ", ".join(law.standards)
            raise shelf.refuse(
                f"{key}.standard", f"không có chuẩn “{case.standard}”.", f"Các chuẩn: {known}."
            )
        try:
            facts = case_facts(case, file)
        except ValueError as error:
            raise shelf.refuse(
                f"{key}.members", f"{error} không phải là ngày.", "Hãy sửa lại ngày sinh."
            ) from None
        _check_answers(shelf, f"{key}.answers", "household", facts.answers)
        for member in facts.members:
            _check_answers(shelf, f"{key}.members.{member.key}", "member", member.answers)


def _check_answers(shelf: Shelf, key: str, scope: str, answers: Mapping[str, Any]) -> None:
    for name, answer in answers.items():
        fact = shelf.facts.get(name)
        if fact is None or fact.scope != scope or fact.held != "answer":
            raise shelf.refuse(
                key, f"không có dữ kiện tên “{name}” ở cấp này.", "Hãy xem forms/facts.toml."
            )
        try:
            checked_answer(fact, answer)
        except AnswerError as error:
            raise shelf.refuse(key, str(error), "Hãy sửa lại câu trả lời của ca mẫu.") from None


def partial_date(written: str) -> PartialDate | None:
    """Read "1980", "5/1980" or "17/5/1980"; "" is not known; ValueError if it is no date."""
    if not written:
        return None
    try:
        return PartialDate(*(int(part) for part in reversed(written.split("/"))))
    except (ValueError, TypeError):
        raise ValueError(f"“{written}”") from None


def _member(member: CaseMember, case: Case) -> MemberFacts:
    answers = {**member.answers, **case.member_answers.get(member.key, {})}
    return MemberFacts(
        key=member.key,
        birth=partial_date(member.birth),
        sex=member.sex,
        answers=answers,
        name=member.name,
    )
