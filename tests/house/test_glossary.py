"""One Vietnamese term, one name in code: docs/glossary.md held against models, choices and roles.

Every model, and every list of choices of a model module, stands in the name column in snake_case.
Every choice stands there by its value, and its label stands among the Vietnamese words of the same
row; so do the roles of roles.toml. No word and no name stands in two rows.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import TextChoices

import chungtay
from chungtay.rulebook.findings import CLASS_LABELS
from chungtay.staff.policy import roles

ROOT = Path(__file__).resolve().parent.parent.parent
ROOM = ROOT / "chungtay"
ROOMS = {path.parent.name for path in ROOM.glob("*/__init__.py")} | {"law"}
CELLS = re.compile(r"^\| (.+?) \| (.*?) \| (.*?) \|$")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def rows() -> list[tuple[str, str, str]]:
    """The rows of the table: words, name, room; headings and the ruler are left out."""
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    found = [match.groups() for line in lines if (match := CELLS.match(line))]
    return [(words, name, room) for words, name, room in found[1:] if name]


ROWS = rows()
WORDS = {name: [word.strip() for word in words.split(";")] for words, name, _ in ROWS}


def snake(name: str) -> str:
    return CAPITAL.sub("_", name).lower()


def choices_of_models() -> set[type[TextChoices]]:
    """Every list of choices of a module of models, those inside a model included."""
    found: set[type[TextChoices]] = set()
    for module in pkgutil.walk_packages(chungtay.__path__, "chungtay."):
        if ".models" not in module.name:
            continue
        classes = [c for _, c in inspect.getmembers(importlib.import_module(module.name))]
        inner = [c for one in classes if inspect.isclass(one) for c in vars(one).values()]
        found |= {
            c for c in [*classes, *inner] if inspect.isclass(c) and issubclass(c, TextChoices)
        }
    return found - {TextChoices}


MODELS = sorted(
    (m.__name__ for m in apps.get_models() if m.__module__.startswith("chungtay.")), key=str
)
LISTS = sorted(choices_of_models(), key=lambda one: one.__qualname__)
CHOICES = [
    pytest.param(value, str(label), id=f"{one.__qualname__}.{value}")
    for one in LISTS
    for value, label in one.choices
]
ROLES = [pytest.param(key, role.name, id=key) for key, role in roles().items()]
CLASSES = [pytest.param(value, label, id=value) for value, label in CLASS_LABELS.items()]


def test_there_is_something_to_compare() -> None:
    assert len(ROWS) > 60
    assert {"Household", "JournalLine", "ImportBatch"} <= set(MODELS)
    assert {"HouseholdClass", "ImportBatch.State"} <= {one.__qualname__ for one in LISTS}


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_a_row(model: str) -> None:
    assert snake(model) in WORDS


@pytest.mark.parametrize("name", [o.__name__ for o in LISTS if "." not in o.__qualname__])
def test_every_list_of_choices_has_a_row(name: str) -> None:
    assert snake(name) in WORDS


@pytest.mark.parametrize(("value", "label"), [*CHOICES, *ROLES, *CLASSES])
def test_every_choice_and_role_has_a_row_with_its_label(value: str, label: str) -> None:
    assert value in WORDS, f"docs/glossary.md has no row named {value} ({label})"
    assert label.casefold() in [word.casefold() for word in WORDS[value]]


def test_no_word_and_no_name_stands_twice() -> None:
    words = Counter(word.casefold() for known in WORDS.values() for word in known)
    names = Counter(name for _, name, _ in ROWS)
    assert [word for word, times in words.items() if times > 1] == []
    assert [name for name, times in names.items() if times > 1] == []


def test_every_name_stands_in_code() -> None:
    kept = [path for kind in ("py", "toml", "html") for path in ROOM.rglob(f"*.{kind}")]
    code = snake("\n".join(path.read_text("utf-8") for path in kept))
    assert [name for name in WORDS if not re.search(rf"(?<!\w){name.lower()}s?(?!\w)", code)] == []


def test_every_row_names_a_room() -> None:
    assert {room for _, _, room in ROWS} <= ROOMS
    assert all(words.strip() and name.strip() for words, name, _ in ROWS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Unit", "unit"), ("StatusSpell", "status_spell"), ("DoneAct", "done_act")],
)
def test_the_search_itself(text: str, expected: str) -> None:
    assert snake(text) == expected
