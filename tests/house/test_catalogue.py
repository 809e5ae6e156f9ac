"""Everything said to a person can be said in English: the catalogue is whole and in step."""

from __future__ import annotations

import gettext
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from django.utils import translation

from chungtay import catalogue
from chungtay.rulebook.wording import Joined, Lowered, Sentence
from chungtay.web.templating import said
from tools.catalogue import Found, gather, in_step, read_module, unwrapped

FOUND = gather()
KEPT = catalogue.read()

# Vietnamese that is no word said to a reader of the screens, by file (the longest that fits): why.
LAW = "said to whoever edits the law files, which are Vietnamese themselves"
READ = "recognises what Vietnamese lists write"
PAPER = "an official paper is Vietnamese, whoever asks for it"
LIST = "a list that leaves, or is filled in and read back, is Vietnamese"
DATA = "data, kept in the database as it is written"
NOT_YET = "put together from parts; to become sentences that can be said in English"
NOT_SAID = {
    "chungtay/households/services/life/opening.py": NOT_YET,
    "chungtay/plans/amending.py": PAPER,
    "chungtay/plans/blanks.py": READ,
    "chungtay/plans/contradictions.py": NOT_YET,
    "chungtay/plans/reading/": READ,
    "chungtay/plans/staged/above.py": PAPER,
    "chungtay/plans/starting/days.py": READ,
    "chungtay/plans/starting/numbers.py": NOT_YET,
    "chungtay/plans/starting/tokens.py": READ,
    "chungtay/plans/structure.py": READ,
    "chungtay/reports/foresight_": LIST,
    "chungtay/reports/letters/": PAPER,
    "chungtay/reports/plan_annexes.py": PAPER,
    "chungtay/rulebook/promise_words.py": NOT_YET,
    "chungtay/sync/earlier/": NOT_YET,
    "chungtay/sync/persons.py": NOT_YET,
    "chungtay/web/life/parts.py": DATA,
    "chungtay/web/plan/sections.py": READ,
    "chungtay/acts/sealing.py": "an error of ours; screens say it in their own words",
    "chungtay/acts/services.py": DATA,
    "chungtay/commands/account_open.py": "an example command with a Vietnamese name",
    "chungtay/commands/database.py": DATA,
    "chungtay/commands/export_households.py": DATA,
    "chungtay/demo/": DATA,
    "chungtay/environment.py": "said before any setting, that of the language too, can be read",
    "chungtay/files/documents.py": "letters of fonts from before Unicode, no words",
    "chungtay/files/storing.py": DATA,
    "chungtay/files/writing.py": LIST,
    "chungtay/households/services/taking_over.py": DATA,
    "chungtay/households/sensitivity.py": "a declaration the law asks for, in the law's words",
    "chungtay/places/official.py": DATA,
    "chungtay/places/official_changes.py": DATA,
    "chungtay/places/services/villages.py": READ,
    "chungtay/reports/plan_document.py": PAPER,
    "chungtay/reports/report_annexes.py": PAPER,
    "chungtay/reports/report_book.py": PAPER,
    "chungtay/reports/report_content.py": PAPER,
    "chungtay/reports/result_files.py": PAPER,
    "chungtay/reports/sheets/files.py": LIST,
    "chungtay/rulebook/binding.py": LAW,
    "chungtay/rulebook/borrowing.py": LAW,
    "chungtay/rulebook/cases.py": LAW,
    "chungtay/rulebook/codelists.py": LAW,
    "chungtay/rulebook/compiling.py": LAW,
    "chungtay/rulebook/folding.py": "letters, no words",
    "chungtay/rulebook/loading.py": LAW,
    "chungtay/rulebook/paper_numbers.py": READ,
    "chungtay/rulebook/reading.py": READ,
    "chungtay/rulebook/refusing.py": LAW,
    "chungtay/rulebook/territories.py": LAW,
    "chungtay/settings.py": "the name of the language in itself",
    "chungtay/staff/models.py": "the name of the language in itself",
    "chungtay/sync/building.py": DATA,
    "chungtay/sync/exporting.py": LIST,
    "chungtay/sync/matching.py": READ,
    "chungtay/sync/reading/": READ,
    "chungtay/sync/villages.py": READ,
    "chungtay/web/imports/template.py": LIST,
    "chungtay/web/imports/views.py": LIST,
    "chungtay/web/templates/base.html": "the name of the language in itself",
    "chungtay/web/templates/papers/text.html": PAPER,
    "chungtay/web/templates/staff/account.html": "the name of the language in itself",
}


def fields(text: str) -> set[str]:
    return set(catalogue.fields_of(text))


def test_there_is_something_to_translate() -> None:
    assert len(FOUND.texts) > 1000
    for text in ("Hôm nay", "hộ cận nghèo", "Diện tích nhà ở", "Vợ"):
        assert text in FOUND.texts


def test_every_text_is_a_whole_one() -> None:
    assert FOUND.unread == [], "put together from parts: say each as one sentence"


def test_the_catalogue_holds_every_text_that_is_said_and_no_other() -> None:
    kept = {entry.said for entry in KEPT}
    assert set(FOUND.texts) - kept == set(), "run `make catalogue`, then fill these in"
    assert kept - set(FOUND.texts) == set(), "said no more: run `make catalogue`"


def test_the_catalogue_is_written_as_the_tool_writes_it() -> None:
    assert catalogue.ENGLISH.read_text("utf-8") == catalogue.written(in_step(FOUND, KEPT))


def test_no_text_waits_for_its_english() -> None:
    waiting = [f"{entry.places[0]}: {entry.said}" for entry in KEPT if not entry.english]
    assert waiting == []


def test_none_is_doubtful_obsolete_or_there_twice() -> None:
    assert [entry.said for entry in KEPT if entry.flags or entry.obsolete] == []
    assert [text for text, times in Counter(e.said for e in KEPT).items() if times > 1] == []


def test_the_english_is_filled_with_the_same_values() -> None:
    wrong = [e.said for e in KEPT if e.english and fields(e.said) != fields(e.english)]
    assert wrong == []


def test_the_english_begins_and_ends_like_the_vietnamese() -> None:
    """A space or a full stop lost at an end would run two sentences together."""
    wrong = [
        entry.said
        for entry in KEPT
        if entry.english
        and (_spaces(entry.said), entry.said[-1:] in ".…")
        != (_spaces(entry.english), entry.english[-1:] in ".…")
    ]
    assert wrong == []


def _spaces(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_no_vietnamese_stands_where_nobody_could_say_it_in_english() -> None:
    bare: dict[str, list[str]] = {}
    for place, text in unwrapped(FOUND):
        if not any(place.startswith(known) for known in NOT_SAID):
            bare.setdefault(place, []).append(text)
    assert bare == {}, "wrap it in _(…), Sentence(…) or catalogued(…)"


def test_no_exception_is_kept_without_need() -> None:
    places = {place for place, _ in unwrapped(FOUND)}
    idle = [one for one in NOT_SAID if not any(place.startswith(one) for place in places)]
    assert idle == []


# The reader of the catalogue


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    hard = 'Dòng "một"\nhai\t\\ba {x} %(y)s'
    path = tmp_path / "django.po"
    path.write_text(catalogue.written([catalogue.Entry(hard, hard.upper(), ("a.py",))]), "utf-8")
    (entry,) = catalogue.read(path)
    assert (entry.said, entry.english, entry.places) == (hard, hard.upper(), ("a.py",))


def test_the_machine_form_is_what_gettext_reads() -> None:
    made = catalogue.machine_form({"Hộ dân": "Households", "ă": "b", "": ""})
    read = gettext.GNUTranslations(io.BytesIO(made))
    assert read.gettext("Hộ dân") == "Households"
    assert read.gettext("ă") == "b"
    assert read.gettext("chưa có") == "chưa có"


def test_a_changed_catalogue_is_compiled_anew(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    for english in ("Households", "Families"):
        source.write_text(catalogue.written([catalogue.Entry("Hộ dân", english)]), "utf-8")
        target = catalogue.compiled(tmp_path / "made", tmp_path / "locale")
        machine = (target / "en" / "LC_MESSAGES" / "django.mo").read_bytes()
        assert gettext.GNUTranslations(io.BytesIO(machine)).gettext("Hộ dân") == english


@pytest.mark.parametrize("text", ["msgid without quotes", 'msgid "open', 'other "x"'])
def test_a_broken_catalogue_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "django.po"
    path.write_text(text, "utf-8")
    with pytest.raises(catalogue.CatalogueError, match=r"django\.po"):
        catalogue.read(path)


# The gathering, tried on what it must and must not take


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('_("một")', ["một"]),
        ('Sentence("một {x}", x=_("hai"))', ["một {x}", "hai"]),
        ('A = "một"\nSentence(A)', ["một"]),
        (
            'def f():\n    t = "một"\n    if x:\n        t = "hai"\n    say(Sentence(t))',
            ["một", "hai"],
        ),
        ('T = {"a": "một", "b": "hai"}\nSentence(T[code])', ["một", "hai"]),
        ('def f(t):\n    return Sentence(t)\nf("một")\nf(t="hai")', ["một", "hai"]),
        ('catalogued("một" if x else "hai")', ["một", "hai"]),
        ('P = "(hai)"\nSentence("một " + P + ".")', ["một (hai)."]),
        ('other("một")', []),
        ('_("{x} %")', []),
    ],
)
def test_the_gathering_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, expected: list[str]
) -> None:
    from tools import catalogue as tool  # noqa: PLC0415 its root is another for this test

    monkeypatch.setattr(tool, "ROOT", tmp_path)
    path = tmp_path / "one.py"
    path.write_text(code, "utf-8")
    module, found = read_module(path), Found()
    tool._of_python(module, {module.place: module}, found)
    assert sorted(found.texts) == sorted(expected)


def test_a_text_made_of_parts_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tools import catalogue as tool  # noqa: PLC0415 its root is another for this test

    monkeypatch.setattr(tool, "ROOT", tmp_path)
    path = tmp_path / "one.py"
    path.write_text('Sentence(f"hộ {x}")', "utf-8")
    module, found = read_module(path), Found()
    tool._of_python(module, {module.place: module}, found)
    assert found.unread == ["one.py:1"]


# A sentence in English


def test_a_sentence_is_said_with_its_words_and_sentences() -> None:
    inner = Sentence("hộ {name}", name="Bùi Văn A")
    whole = Sentence("{a}: {b}; {c}", a="hộ nghèo", b=Joined(("nông thôn", inner)), c=Lowered("Vợ"))
    assert said(whole) == "hộ nghèo: nông thôn, hộ Bùi Văn A; vợ"
    with translation.override("en"):
        spoken = said(whole)
    assert "poor household" in spoken
    assert "rural" in spoken
    assert "Bùi Văn A" in spoken
    assert re.search(r"; wife$", spoken)
