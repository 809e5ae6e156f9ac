"""Every personal field says how sensitive it is, for what it is kept, on which ground, how long."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from chungtay.households.sensitivity import BASIC, SENSITIVE, TECHNICAL, Declared
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema import Fact

# model of the register without personal data: why
NOT_PERSONAL = {"Decision": "a published paper: number, day and issuing authority"}

MODELS = [
    model
    for model in apps.get_app_config("households").get_models()
    if model.__name__ not in NOT_PERSONAL
]
FACTS = sorted(law().facts.values(), key=lambda fact: fact.name)


def fields_of(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def declarations_of(model: type[Model]) -> dict[str, Declared]:
    return getattr(model, "declarations", {})


def test_there_is_something_to_ask() -> None:
    assert {"Household", "Person", "Membership", "AnswerSheet"} <= {one.__name__ for one in MODELS}
    assert len(FACTS) > 20


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_personal_model_is_declared(model: type[Model]) -> None:
    declared = declarations_of(model)
    assert fields_of(model) - set(declared) == set(), "declare these in the model's `declarations`"
    assert set(declared) - fields_of(model) == set(), "these fields are no longer there"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_declaration_is_whole(model: type[Model]) -> None:
    for name, declared in declarations_of(model).items():
        assert declared.sensitivity in {BASIC, SENSITIVE, TECHNICAL}, name
        assert declared.purpose.strip(), name
        assert declared.legal_basis.strip(), name
        assert declared.retention.strip(), name


def test_what_the_decree_calls_sensitive_is_declared_so() -> None:
    kinds = {
        (model.__name__, name): declared.sensitivity
        for model in MODELS
        for name, declared in declarations_of(model).items()
    }
    assert kinds["Person", "ethnicity"] == SENSITIVE
    assert kinds["AnswerSheet", "answers"] == SENSITIVE
    assert {kinds["Person", name] for name in ("full_name", "birth_year", "id_sealed")} == {BASIC}


def test_what_is_not_personal_is_still_there() -> None:
    names = {model.__name__ for model in apps.get_app_config("households").get_models()}
    assert set(NOT_PERSONAL) <= names


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_fact_of_the_law_is_declared(fact: Fact) -> None:
    assert fact.sensitivity in {BASIC, SENSITIVE}
    assert fact.purpose.strip()
    assert fact.retention.strip()
    assert fact.legal_basis in law().documents
