"""Gathers every text said to a person and keeps the English catalogue in step with them.

`python tools/catalogue.py` adds what is new with an empty English, drops what is said no more and
names what waits; `--check` changes nothing and ends with 1 where the catalogue is behind.
"""

from __future__ import annotations

import ast
import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from chungtay import catalogue  # noqa: E402 the tool runs from any folder

PACKAGE = ROOT / "chungtay"
# Who is handed a text to be said; in a function of ours that hands its parameter on to one of
# these, the texts are those its callers give.
MARKS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "catalogued": 0, "Sentence": 0}
# Files whose words are shown: the keys that hold them, at any depth.
SHOWN_KEYS = {
    "law/forms/facts.toml": ("label", "question", "unit"),
    "law/forms/causes.toml": ("label",),
    "law/forms/result_tables.toml": ("title",),
    "law/forms/points/*.toml": ("label", "title"),
    "law/standards/*.toml": (
        *("name", "label", "unit", "dimension", "deprived", "not_deprived", "mend", "note"),
    ),
    "law/provinces/*.toml": ("name", "label", "unit", "dimension", "meaning", "note"),
    "law/codes/index.toml": ("name",),
    "law/values/*.toml": ("label", "unit", "note"),
    "law/coverage.toml": ("title", "label", "name", "text", "note", "says", "what", "why"),
    "reports/letters/kinds.toml": ("name", "label"),
    "reports/nominations/forms.toml": ("name",),
    "staff/roles.toml": ("name",),
}
SHOWN_COLUMNS = {
    "law/codes/relation_to_head_bhxh.csv": "relation",
    "law/codes/education_levels.csv": "level_vi",
}
VIETNAMESE = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.I
)
# A name in code, not a word: the names of classes, fields and values inside law files.
JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
NAME_IN_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class Module:
    """One Python file: its tree, where each node stands, and its named texts."""

    path: Path
    tree: ast.Module
    parents: dict[ast.AST, ast.AST]
    names: dict[str, list[ast.expr]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The path as the catalogue names it."""
        return self.path.relative_to(ROOT).as_posix()


@dataclass
class Found:
    """The texts gathered so far, each with its places; and what could not be read."""

    texts: dict[str, dict[str, None]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def add(self, text: str, place: str) -> None:
        """Note a text; one without a letter is no text."""
        if re.search(r"[^\W\d_]", re.sub(r"\{[^{}]*\}|%\(\w+\)[sd]", "", text)):
            self.texts.setdefault(text, {})[place] = None


def gather() -> Found:
    """Every text said to a person: in Python, in templates, in the data that is shown."""
    found = Found()
    modules = {one.place: one for one in map(read_module, python_files())}
    for module in modules.values():
        _of_python(module, modules, found)
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.html")):
        _of_template(path, found)
    for pattern, keys in SHOWN_KEYS.items():
        for path in sorted(PACKAGE.glob(pattern)):
            place = path.relative_to(ROOT).as_posix()
            for text in _values_under(keys, tomllib.loads(path.read_text("utf-8"))):
                found.add(text, place)
    for name, column in SHOWN_COLUMNS.items():
        with (PACKAGE / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.add(row[column], f"chungtay/{name}")
    return found


def python_files() -> list[Path]:
    """The Python of the package that may speak; what migrations say nobody reads."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def read_module(path: Path) -> Module:
    """A file with its tree, the texts it names and what it imports from the package."""
    tree = ast.parse(path.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    module = Module(path, tree, parents)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chungtay"):
            for one in node.names:
                source = str(node.module).replace(".", "/")
                module.imports[one.asname or one.name] = (source, one.name)
        for target, value in _assigned(node):
            module.names.setdefault(target, []).append(value)
    return module


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Subscript() as value):
            yield from ((one.id, value) for one in names[-1:] if isinstance(one, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value


def _of_python(module: Module, modules: dict[str, Module], found: Found) -> None:
    """The texts a module hands to a mark, directly or through a function of ours."""
    waiting: list[tuple[Module, ast.expr, ast.AST]] = []
    for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
        position = MARKS.get(_called(call))
        if position is not None and len(call.args) > position:
            waiting.append((module, call.args[position], call))
    seen: set[int] = set()
    while waiting:
        where, expression, at = waiting.pop(0)
        if id(expression) in seen:
            continue
        seen.add(id(expression))
        waiting += _follow(where, expression, at, modules, found)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _follow(
    module: Module, expression: ast.expr, at: ast.AST, modules: dict[str, Module], found: Found
) -> list[tuple[Module, ast.expr, ast.AST]]:
    """Note the text of an expression, or say where to look further for it."""
    match expression:
        case ast.Constant(value=str(text)):
            found.add(text, module.place)
        case ast.BinOp(op=ast.Add()) | ast.JoinedStr():
            whole = _whole(module, expression)
            if whole is None:
                _unread(module, expression, found)
            else:
                found.add(whole, module.place)
        case ast.Name(id=name):
            return _named(module, name, at, modules)
        case _:
            return [(module, one, at) for one in _within(expression)]
    return []


def _within(expression: ast.expr) -> list[ast.expr]:
    """The expressions one of which the text is.

    What another call answers is gathered where that call takes its text; a field of data, from the
    file of the data.
    """
    match expression:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            return values
        case ast.Dict(values=values):
            # in a table of rows the words stand last
            return [one.elts[-1] if isinstance(one, ast.Tuple) else one for one in values]
        case ast.Subscript(value=value) | ast.Starred(value=value):
            return [value]
        case ast.Call(func=ast.Attribute(value=value, attr="get"), args=args):
            return [value, *args[1:]]
    return []


def _named(
    module: Module, name: str, at: ast.AST, modules: dict[str, Module]
) -> list[tuple[Module, ast.expr, ast.AST]]:
    """Where the text behind a name stands: assigned here, imported, or given by the callers."""
    function = _function_around(module, at)
    if function is not None:
        parameters = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        kept = [one.arg for one in function.args.kwonlyargs]
        if name in parameters or name in kept:
            position = parameters.index(name) if name in parameters else None
            return list(_given(function, position, name, modules))
    if name in module.names:
        return [(module, value, at) for value in module.names[name]]
    source, kept_name = module.imports.get(name, ("", ""))
    for path in (f"{source}.py", f"{source}/__init__.py"):
        if path in modules and kept_name in modules[path].names:
            other = modules[path]
            return [(other, value, other.tree) for value in other.names[kept_name]]
    return []


def _function_around(module: Module, node: ast.AST) -> ast.FunctionDef | None:
    while node in module.parents:
        node = module.parents[node]
        if isinstance(node, ast.FunctionDef):
            return node
    return None


def _given(
    function: ast.FunctionDef, position: int | None, name: str, modules: dict[str, Module]
) -> Iterator[tuple[Module, ast.expr, ast.AST]]:
    """What the callers of a function give for one of its parameters."""
    own = bool(function.args.args) and function.args.args[0].arg in ("self", "cls")
    home = next(one for one in modules.values() if function in one.parents)
    around = home.parents[function]
    made = isinstance(around, ast.ClassDef) and function.name == "__init__"
    name_called = around.name if made and isinstance(around, ast.ClassDef) else function.name
    for module in modules.values():
        if module is not home and name_called not in module.imports:
            continue
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            if _called(call) != name_called:
                continue
            given = [word.value for word in call.keywords if word.arg == name]
            at = None if position is None else position - own
            if at is not None and 0 <= at < len(call.args):
                given.append(call.args[at])
            yield from ((module, one, call) for one in given)


def _whole(module: Module, expression: ast.expr) -> str | None:
    """A text put together from texts that are all known; None where one is not."""
    match expression:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name) if len(module.names.get(name, ())) == 1:
            return _whole(module, module.names[name][0])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = [_whole(module, left), _whole(module, right)]
            return None if None in parts else "".join(filter(None, parts))
    return None


def _unread(module: Module, expression: ast.expr, found: Found) -> None:
    """A text put together from parts: it has no whole sentence to be translated."""
    parts = [one.value for one in ast.walk(expression) if isinstance(one, ast.Constant)]
    if any(isinstance(part, str) and VIETNAMESE.search(part) for part in parts):
        found.unread.append(f"{module.place}:{expression.lineno}")


def _of_template(path: Path, found: Found) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 nothing is rendered
    place = path.relative_to(ROOT).as_posix()
    tree = environment.parse(path.read_text("utf-8"))
    for line, _function, texts in extract_from_ast(tree, ("_", "gettext"), babel_style=False):
        text = texts[0] if isinstance(texts, tuple) else texts
        if text is None:
            found.unread.append(f"{place}:{line}")
        else:
            found.add(text, place)


def _values_under(keys: Iterable[str], content: Any) -> Iterator[str]:
    match content:
        case dict():
            for key, value in content.items():
                if key in keys and isinstance(value, str):
                    if not NAME_IN_CODE.fullmatch(value):
                        yield value
                else:
                    yield from _values_under(keys, value)
        case list():
            for value in content:
                yield from _values_under(keys, value)


def unwrapped(found: Found) -> Iterator[tuple[str, str]]:
    """Vietnamese in Python or a template that nobody could be told in English: file, words."""
    for path in python_files():
        module = read_module(path)
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if VIETNAMESE.search(node.value) and not _gathered(module, node, found):
                yield module.place, node.value
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.html")):
        plain = JINJA.sub("", path.read_text("utf-8"))
        for line in plain.splitlines():
            if VIETNAMESE.search(line):
                yield path.relative_to(ROOT).as_posix(), line.strip()


def _gathered(module: Module, node: ast.Constant, found: Found) -> bool:
    """Whether a text, or the one it is a part of, is in the catalogue; a docstring needs not be."""
    whole: ast.AST = node
    while isinstance(module.parents[whole], ast.BinOp):
        whole = module.parents[whole]
    text = _whole(module, whole) if isinstance(whole, ast.expr) else None
    return isinstance(module.parents[node], ast.Expr) or text in found.texts


def in_step(found: Found, kept: list[catalogue.Entry]) -> list[catalogue.Entry]:
    """The catalogue as it must be: every text in file order, its English where there is one."""
    english = {entry.said: entry.english for entry in kept}
    return [
        catalogue.Entry(text, english.get(text, ""), tuple(places))
        for text, places in found.texts.items()
    ]


def main() -> int:
    """Write the catalogue, or with `--check` only say what it lacks."""
    found = gather()
    kept = catalogue.read() if catalogue.ENGLISH.is_file() else []
    entries = in_step(found, kept)
    text = catalogue.written(entries)
    behind = not catalogue.ENGLISH.is_file() or text != catalogue.ENGLISH.read_text("utf-8")
    if behind and "--check" not in sys.argv:
        catalogue.ENGLISH.parent.mkdir(parents=True, exist_ok=True)
        catalogue.ENGLISH.write_text(text, "utf-8")
    for place in found.unread:
        print(f"put together from parts, say it as one sentence: {place}")
    waiting = [entry for entry in entries if not entry.english]
    for entry in waiting:
        print(f"no English yet ({entry.places[0]}): {entry.said!r}")
    print(f"{len(entries)} texts, {len(waiting)} without English.")
    return int(bool(found.unread or waiting or (behind and "--check" in sys.argv)))


if __name__ == "__main__":
    raise SystemExit(main())
