"""Every law file loads, and every bad one is refused with a sentence that helps to mend it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chungtay.rulebook.lawbook import LookUpError
from chungtay.rulebook.loading import PACKAGE_LAW, law, load, load_cases
from chungtay.rulebook.refusing import LawError

BAD = sorted(path for path in (Path(__file__).parent / "bad_law").iterdir() if path.is_file())
READ_FOLDERS = {
    ".",
    "documents",
    "standards",
    "provinces",
    "values",
    "forms",
    "forms/points",
    "codes",
    "cases",
}


def law_with(tmp_path: Path, place: str, content: str) -> Path:
    root = tmp_path / "law"
    shutil.copytree(PACKAGE_LAW, root)
    (root / place).write_text(content, encoding="utf-8")
    return root


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.name)
def test_bad_law_file_is_refused_with_its_message(bad: Path, tmp_path: Path) -> None:
    place, expected, content = bad.read_text(encoding="utf-8").split("\n", 2)
    place = place.removeprefix("# place: ")
    root = law_with(tmp_path, place, content)
    with pytest.raises(LawError) as refused:
        load_cases(root)
    message = str(refused.value)
    assert refused.value.file == place
    assert place in message
    for part in expected.removeprefix("# expected: ").split(" | "):
        assert part in message
    assert message.endswith(".")


def test_every_law_file_loads() -> None:
    found = law()
    assert set(found.standards) == {
        "qd-59-2015",
        "nd-07-2021",
        "nd-351-2025",
        "tphcm-2024",
        "dong-nai-2022",
    }
    assert len(load_cases()) == len(list((PACKAGE_LAW / "cases").glob("*.toml")))


def test_no_law_file_lies_where_nobody_reads_it() -> None:
    files = [path for path in PACKAGE_LAW.rglob("*") if path.is_file()]
    assert {path.parent.relative_to(PACKAGE_LAW).as_posix() for path in files} <= READ_FOLDERS
    assert {path.suffix for path in files} <= {".toml", ".csv"}


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    root = law_with(tmp_path, "standards/zz.toml", "")
    (root / "standards/zz.toml").write_bytes('name = "Chuẩn"'.encode("utf-16"))
    with pytest.raises(LawError, match="UTF-8"):
        load(root)


def test_a_missing_vocabulary_is_refused(tmp_path: Path) -> None:
    root = law_with(tmp_path, "standards/zz.toml", "")
    (root / "forms/facts.toml").unlink()
    with pytest.raises(LawError, match=r"forms/facts\.toml: không tìm thấy tệp"):
        load(root)


def test_every_fact_says_why_it_is_kept_and_how_sensitive_it_is() -> None:
    facts = law().facts
    for fact in facts.values():
        assert fact.purpose
        assert fact.retention
        assert fact.legal_basis in law().documents
    sensitive = {fact.name for fact in facts.values() if fact.sensitivity == "sensitive"}
    assert {"ethnicity", "disabled", "undernourished"} <= sensitive


def test_what_is_not_known_is_not_verified_and_has_no_number() -> None:
    newer = law().standard("nd-351-2025")
    assert not newer.values["average_living_top"].known
    unknown = [one for one in newer.indicators if not one.known]
    assert {one.code for one in unknown} == {
        "internet_access",
        "digital_services",
        "domestic_waste",
    }
    assert not any(one.reference.verified for one in newer.indicators)


def test_every_code_list_is_dated_and_tagged_with_its_scheme() -> None:
    lists = law().code_lists
    assert {path.stem for path in (PACKAGE_LAW / "codes").glob("*.csv")} == set(lists)
    for one in lists.values():
        assert one.use
        assert one.schemes
        assert all(row.label for row in one.codes.values())


def test_a_peoples_code_means_nothing_without_its_scheme() -> None:
    peoples = law().code_lists["ethnic_groups"]
    older, newer = peoples.codes_by("qd-121-1979"), peoples.codes_by("qd-1019-2008")
    assert len(newer) == 54
    assert sum(older[name] != code for name, code in newer.items()) == 37
    assert (older["Mường"], newer["Mường"]) == ("06", "04")
    with pytest.raises(LookUpError, match="không có hệ mã “2019”"):
        peoples.codes_by("2019")
