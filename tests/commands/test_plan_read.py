"""``chungtay plan read``: a plan's file as one object or in a few words, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def plan_file(name: str) -> Path:
    (path,) = SEEDS.glob(f"*_{name}_*.txt")
    return path


def test_one_object_with_every_key(run) -> None:
    done = run("plan", "read", str(plan_file("long_khanh")), "--json")
    assert done.code == 0
    said = json.loads(done.out)
    assert (said["number"], said["date"]) == ("498/KH-UBND", "2024-04-01")
    assert len(said["assignments"]) == 13
    assert set(said["legal_bases"][0]) == {"text", "kind", "number", "date", "issuer"}
    assert set(said["sections"][0]) == {"level", "number", "title", "text"}
    assert set(said["assignments"][0]) == {"number", "offices", "duties"}
    assert set(said["assignments"][0]["duties"][0]) == {"role", "text"}
    assert set(said["recipients"][0]) == {"name", "note"}
    assert set(said["signature"]) == {"on_behalf", "position", "name"}
    assert set(said["annexes"][0]) == {"label", "title", "attached"}
    assert set(said["findings"][0]) == {"code", "severity", "message", "text"}
    wanted = {"date", "comparator", "recurrence", "who", "what", "to", "via", "text"}
    assert set(said["deadlines"][0]) == wanted


def test_a_summary_in_vietnamese(run) -> None:
    done = run("plan", "read", str(plan_file("tu_mo_rong")))
    assert done.code == 0
    assert "Cơ quan ban hành: Ủy ban nhân dân xã Tu Mơ Rông" in done.out
    assert "Phân công: 7" in done.out
    assert "2024-06-20" in done.out
    assert "Cần xem: Kế hoạch chưa có số" in done.out


def test_the_same_from_a_word_file(run, tmp_path: Path) -> None:
    paper = docx.Document()
    for line in plan_file("lao_cai").read_text(encoding="utf-8").split("\n"):
        paper.add_paragraph(line)
    path = tmp_path / "ke-hoach.docx"
    paper.save(str(path))
    word = json.loads(run("plan", "read", str(path), "--json").out)
    text = json.loads(run("plan", "read", str(plan_file("lao_cai")), "--json").out)
    assert word == text


def test_a_file_that_is_not_there_or_not_a_plan(refused, tmp_path: Path) -> None:
    assert "không có tệp" in refused("plan", "read", str(tmp_path / "x.docx"))
    assert "thiếu FILE" in refused("plan", "read")
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    assert "Tệp rỗng" in refused("plan", "read", str(empty))
    scan = tmp_path / "quet.docx"
    scan.write_bytes(b"%PDF-1.4")
    assert "tệp PDF" in refused("plan", "read", str(scan), "--json")
    old = tmp_path / "cu.docx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    old.write_bytes(ole + "WordDocument".encode("utf-16-le"))
    assert "đời cũ (.doc)" in refused("plan", "read", str(old))


@pytest.mark.parametrize("name", ["quang_trung", "tan_khai"])
def test_nothing_is_written(run, name: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert run("plan", "read", str(plan_file(name))).code == 0
    assert sorted(tmp_path.iterdir()) == before
