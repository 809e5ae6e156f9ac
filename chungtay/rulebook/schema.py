"""The shape of each law file: what may stand in it, what must, and of which type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, field

Area = Literal["rural", "urban"]
ClassName = Literal["poor", "near_poor", "average_living", "not_poor"]
Scope = Literal["household", "member"]
FactType = Literal["money", "number", "whole", "yes_no", "choice", "choices", "date", "text"]


class Document(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A decree, decision, circular or law that is cited."""

    id: str
    kind: str
    number: str
    subject: str
    issuer: str
    verified: bool
    issued: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    note: str = ""


class DocumentsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """A file of cited documents."""

    documents: tuple[Document, ...]


class Option(Struct, forbid_unknown_fields=True, frozen=True):
    """One possible answer; `not_known` marks the answer that says nothing."""

    code: str
    label: str
    not_known: bool = False


class Fact(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A named fact: who has it, its type, the question asked for it, and why it may be kept."""

    name: str
    scope: Scope
    type: FactType
    held: Literal["answer", "field", "derived"]
    label: str
    question: str
    sensitivity: Literal["basic", "sensitive"]
    purpose: str
    legal_basis: str
    legal_article: str
    retention: str
    verified: bool
    unit: str = ""
    decimals: int = 0
    options: tuple[Option, ...] = ()
    code_list: str = ""


class FactsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """The vocabulary of named facts."""

    facts: tuple[Fact, ...]


class DatedValue(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What a number of the law is from the first to the last day given, and who says so."""

    from_: date = field(name="from")
    to: date | None = None
    value: Decimal
    document: str
    article: str
    verified: bool
    area: Area | None = None
    note: str = ""


class Value(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A number of the law under its name; `known = false` where no text has been seen."""

    label: str
    unit: str
    dated: tuple[DatedValue, ...] = ()
    known: bool = True
    note: str = ""


class Conversion(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """How many of one unit make one of another: so many months a year."""

    of: str
    to: str
    times: int


class ValuesFile(Struct, forbid_unknown_fields=True, frozen=True):
    """Numbers that several standards share, and how units are turned into one another."""

    values: dict[str, Value] = {}
    conversions: tuple[Conversion, ...] = ()


class RawCondition(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A condition as written: exactly one of its operators is used."""

    fact: str | None = None
    per_member: bool = False
    below: Any = None
    above: Any = None
    at_least: Any = None
    at_most: Any = None
    is_: bool | str | None = field(name="is", default=None)
    any_of: tuple[str, ...] | None = None
    includes: tuple[str, ...] | None = None
    all: tuple[RawCondition, ...] | None = None
    any: tuple[RawCondition, ...] | None = None
    not_: RawCondition | None = field(name="not", default=None)
    any_member: RawCondition | None = None
    share_of_members_above: str | None = None
    who: RawCondition | None = None
    count_at_least: str | None = None
    of: tuple[RawCondition, ...] | None = None


class RawIndicator(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One deprivation indicator with its rule and the words that explain it.

    Of an indicator whose rule is not known, `unless` may say when it surely does not hold.
    """

    code: str
    name: str
    dimension: str
    document: str
    article: str
    verified: bool
    deprived: str
    not_deprived: str
    mend: str
    known: bool = True
    ready_made: str | None = None
    when: RawCondition | None = None
    unless: RawCondition | None = None
    note: str = ""


class RawIncome(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One way to measure income: the fact, the line it is held against, the test."""

    fact: str
    line: str
    low: RawCondition


class RawClass(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A class of households and the condition to be in it."""

    name: ClassName
    when: RawCondition
    document: str
    article: str
    verified: bool


class RawBorrowed(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """That a standard takes the indicators of another one, and who says so."""

    standard: str
    document: str
    article: str
    verified: bool
    note: str = ""


class RawSubclass(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A kind of poor household that a place tells apart."""

    code: Literal["A", "B"]
    name: str
    meaning: str
    document: str
    article: str
    verified: bool
    note: str = ""


class RawTerritory(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Where a provincial standard counts; `named_on` says which province the code means."""

    province: str
    named_on: date
    name: str
    document: str
    article: str
    verified: bool
    from_: date = field(name="from")
    to: date | None = None
    known: bool = True
    note: str = ""


class StandardFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A multidimensional poverty standard, whole."""

    id: str
    name: str
    scope: Literal["national", "province"]
    from_: date = field(name="from")
    to: date | None = None
    document: str
    article: str
    verified: bool
    values: dict[str, Value]
    income: tuple[RawIncome, ...]
    classes: tuple[RawClass, ...]
    indicators: tuple[RawIndicator, ...] = ()
    indicators_from: RawBorrowed | None = None
    subclasses: tuple[RawSubclass, ...] = ()
    territory: tuple[RawTerritory, ...] = ()
    note: str = ""


class PointsChoice(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One answer of a points item and what it scores."""

    code: str
    label: str
    points: Decimal


class PointsItem(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One question of form B1: a choice, or so many points for each."""

    code: str
    label: str
    choices: tuple[PointsChoice, ...] = ()
    points_each: Decimal | None = None
    most: int | None = None


class PointsFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A points table of form B1 for one kind of area."""

    id: str
    title: str
    official: bool
    unit: str
    document: str
    article: str
    verified: bool
    from_: date = field(name="from")
    to: date | None = None
    area: Area | None = None
    items: tuple[PointsItem, ...]
    note: str = ""


class CaseMember(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A person of a worked case; `birth` is a year, "month/year" or "day/month/year"."""

    key: str
    name: str
    birth: str = ""
    sex: Literal["male", "female"] | None = None
    answers: dict[str, Any] = {}


class CaseHousehold(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A household that worked cases start from."""

    area: Area | None = None
    answers: dict[str, Any] = {}
    members: tuple[CaseMember, ...] = ()


class CaseExpected(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What the finding of a worked case must be; what is not named is not compared.

    `missing` holds "fact" or "fact@member", `flips` "kind code class", `says` parts of sentences.
    """

    class_: ClassName | Literal["unknown"] = field(name="class")
    possible: tuple[str, ...] | None = None
    income_low: bool | None = None
    deprived: tuple[str, ...] | None = None
    undecided: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    flips: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()


class Case(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A worked case in Vietnamese: facts on a date and the finding they must lead to.

    `like` names the household it starts from; `answers` and `member_answers` change it, "" blanks.
    """

    name: str
    story: str
    on: date
    expected: CaseExpected
    like: str | None = None
    standard: str | None = None
    area: Area | Literal[""] | None = None
    answers: dict[str, Any] = {}
    members: tuple[CaseMember, ...] | None = None
    member_answers: dict[str, dict[str, Any]] = {}


class CasesFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A file of worked cases and the households they start from."""

    cases: tuple[Case, ...]
    households: dict[str, CaseHousehold] = {}


class CausesFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The causes of poverty a review may name, several at once."""

    document: str
    article: str
    verified: bool
    causes: tuple[Option, ...]
