"""The plan of Quang Trung as content: whole, live where a number comes from data, honest."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from chungtay.reports.plan_content import ContentError, build_document, read_content
from chungtay.reports.plan_document import PlanDocument
from chungtay.reports.tokens import TokenError, token_names


def sentences(raw: dict[str, Any]) -> list[str]:
    texts = [raw["wording"][key] for key in ("title", "subject", "lead_in")]
    texts += [
        paragraph["text"] for each in raw["sections"] for paragraph in each.get("paragraphs", [])
    ]
    return texts


def test_every_live_value_of_the_test_is_asked_for(
    raw_content: dict[str, Any], values: dict[str, str]
) -> None:
    asked = {name for text in sentences(raw_content) for name in token_names(text)}
    assert asked == set(values)


def test_no_number_of_the_data_is_typed_into_a_sentence(raw_content: dict[str, Any]) -> None:
    typed = [text for text in sentences(raw_content) if re.search(r"(?<!household_)\d", text)]
    assert typed == []


def test_the_file_keeps_the_order_and_numbers_of_the_seed(
    raw_content: dict[str, Any], seed_text: str
) -> None:
    numbers = [each["number"] for each in raw_content["sections"]]
    seen = re.findall(r"^[#* ]*((?:[IV]+|\d(?:\.\d)?))\. ?", seed_text, re.MULTILINE)
    assert numbers == seen


def test_five_offices_have_duties(raw_content: dict[str, Any]) -> None:
    titles = {each["number"]: each["title"] for each in raw_content["sections"]}
    assert len(raw_content["assignments"]) == 5
    for each in raw_content["assignments"]:
        assert each["office"] in titles[each["section"]]


def test_what_the_seed_does_not_say_is_marked(raw_content: dict[str, Any], seed_text: str) -> None:
    for table in (raw_content["head"], raw_content["issued"], raw_content["signature"]):
        assert table["made_up"] is True
        assert table["made_up_reason"]
    for household in raw_content["households"]:
        assert household["made_up"] is True
        assert household["full_name"] in seed_text


def test_each_legal_basis_names_its_number_and_day(raw_content: dict[str, Any]) -> None:
    for basis in raw_content["legal_bases"]:
        assert basis["number"] in basis["text"]
        assert f"{basis['issued_on']:%d/%m/%Y}" in basis["text"]


def test_a_missing_value_is_named(raw_content: dict[str, Any], values: dict[str, str]) -> None:
    short = {name: text for name, text in values.items() if name != "poor_closing_rate"}
    with pytest.raises(TokenError, match="poor_closing_rate"):
        build_document(read_content(raw_content), short)


def test_a_strange_key_is_refused_with_its_section(raw_content: dict[str, Any]) -> None:
    wrong = copy.deepcopy(raw_content)
    wrong["sections"][1]["paragrahps"] = []
    with pytest.raises(ContentError, match=r"Mục 1 .* khóa lạ “paragrahps”"):
        read_content(wrong)


def test_a_wrong_kind_of_paragraph_is_refused(raw_content: dict[str, Any]) -> None:
    wrong = copy.deepcopy(raw_content)
    wrong["sections"][1]["paragraphs"][0]["kind"] = "star"
    with pytest.raises(ContentError, match="star"):
        read_content(wrong)


def test_the_document_carries_no_token(document: PlanDocument) -> None:
    assert "{{" not in repr(document)
