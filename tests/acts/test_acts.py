"""One act: a right, a transaction, a key, a line."""

import uuid
from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from chungtay.acts import sealing
from chungtay.acts.checking import check_chains
from chungtay.acts.models import Chain, DoneAct, JournalLine, PersonalTrace
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Deed, System, perform
from chungtay.places.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@dataclass
class Somewhere:
    chain: str = "commune:test"


@dataclass(frozen=True)
class Stranger(System):
    user_id: int | None = 7

    def may(self, right, place):
        return False


def deed(**more):
    return Deed("tests.write", "tests.change", Somewhere(), **more)


def name_country(name):
    def write(line):
        Unit.objects.filter(level="country").update(name=name)
        line.details = {"name": name}
        return {"name": name}

    return write


def country():
    return Unit.objects.get(level="country").name


def test_an_act_writes_and_leaves_one_line(system):
    before = JournalLine.objects.filter(chain="commune:test").count()
    perform(system, deed(reason="thử"), name_country("Đại Việt"))
    lines = JournalLine.objects.filter(chain="commune:test")
    assert country() == "Đại Việt"
    assert lines.count() == before + 1
    assert lines.last().reason == "thử"
    assert lines.last().system_user == "tests"


def test_without_the_right_nothing_is_written():
    with pytest.raises(NotAllowed):
        perform(Stranger(), deed(), name_country("x"))
    assert country() == "Việt Nam"
    assert not JournalLine.objects.filter(chain="commune:test").exists()


def test_a_refused_act_leaves_the_state_as_before(system):
    def write(line):
        name_country("x")(line)
        raise Refused(sentence=deed)

    with pytest.raises(Refused):
        perform(system, deed(), write)
    assert country() == "Việt Nam"
    assert not JournalLine.objects.filter(chain="commune:test").exists()


def test_the_same_request_twice_acts_once_and_gets_the_stored_answer(system):
    first = perform(system, deed(key="k1"), name_country("Một"))
    second = perform(system, deed(key="k1"), name_country("Hai"))
    assert first == second == {"name": "Một"}
    assert country() == "Một"
    assert DoneAct.objects.count() == 1


def test_a_key_of_another_act_is_refused(system):
    perform(system, deed(key="k1"), name_country("Một"))
    other = Deed("tests.other", "tests.change", Somewhere(), key="k1")
    with pytest.raises(Refused, match="đã được dùng cho một việc khác"):
        perform(system, other, name_country("Hai"))


def test_a_key_counts_for_one_subject_one_actor_and_one_chain(system):
    perform(system, deed(key="k1", subject="household:a"), name_country("Một"))
    with pytest.raises(Refused, match="đã được dùng cho một việc khác"):
        perform(system, deed(key="k1", subject="household:b"), name_country("Hai"))
    elsewhere = Deed("tests.write", "tests.change", Somewhere("commune:other"), key="k1")
    perform(system, elsewhere, name_country("Ba"))
    assert country() == "Ba"


def test_a_line_is_not_replaced(system):
    perform(system, deed(), name_country("a"))
    line = JournalLine.objects.filter(chain="commune:test").values().get()
    names = ", ".join(line)
    statement = (
        "TRUNCATE acts_journalline CASCADE"
        if connection.vendor == "postgresql"
        else f"INSERT OR REPLACE INTO acts_journalline ({names}) SELECT {names} "
        f"FROM acts_journalline WHERE id = {line['id']}"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_chain_holds_and_shows_a_changed_line(system):
    for name in "abc":
        perform(system, deed(), name_country(name))
    assert check_chains().problems == []
    _without_triggers("acts_journalline", "update")
    JournalLine.objects.filter(chain="commune:test", number=2).update(reason="sửa trộm")
    assert [str(problem) for problem in check_chains().problems] == [
        "Chuỗi commune:test: dòng số 2 đã bị sửa."
    ]


def test_a_missing_last_line_is_seen(system):
    for name in "abc":
        perform(system, deed(), name_country(name))
    _without_triggers("acts_journalline", "delete")
    JournalLine.objects.filter(chain="commune:test", number=3).delete()
    assert "dòng cuối không khớp" in str(check_chains().problems[0])


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {} WHERE {} = {}"])
@pytest.mark.parametrize(
    ("table", "column"),
    [("acts_journalline", "id"), ("acts_personaltrace", "id"), ("acts_doneact", "line_id")],
)
def test_the_database_refuses_to_change_the_journal(system, statement, table, column):
    def write(line):
        line.trace(uuid.uuid4(), sealing.new_salt(), before=None, after="x")
        return

    perform(system, deed(key="k"), write)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))


def test_personal_values_are_sealed_and_erased_with_their_salt(system):
    subject, salt = uuid.uuid4(), sealing.new_salt()

    def write(line):
        line.trace(subject, salt, before=None, after={"name": "Hà Thị Mận"})
        return

    perform(system, deed(), write)
    trace = PersonalTrace.objects.get(subject=subject)
    assert "Mận".encode() not in bytes(trace.sealed)
    assert open_trace(trace, salt)["after"] == {"name": "Hà Thị Mận"}
    with pytest.raises(sealing.Unreadable):
        open_trace(trace, sealing.new_salt())
    assert check_chains().problems == []


def test_a_changed_trace_is_seen(system):
    subject, salt = uuid.uuid4(), sealing.new_salt()
    perform(system, deed(), lambda line: line.trace(subject, salt, before=None, after="x"))
    _without_triggers("acts_personaltrace", "update")
    PersonalTrace.objects.filter(subject=subject).update(keyed_hash="0" * 64)
    assert "phần dữ liệu cá nhân" in str(check_chains().problems[0])


def test_each_day_the_heads_of_all_chains_are_chained(system):
    perform(system, deed(), name_country("a"))
    perform(system, deed(), name_country("b"))
    witnesses = JournalLine.objects.filter(chain="days")
    assert witnesses.count() == 1
    assert Chain.objects.get(name="days").number == witnesses.last().number


def _without_triggers(table, event):
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_no_{event}{on}")
