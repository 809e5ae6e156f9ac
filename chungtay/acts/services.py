"""The one door of every change: ``perform``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chungtay.acts import sealing
from chungtay.acts.inserting import insert, ready_values
from chungtay.acts.models import Chain, DoneAct, JournalLine, PersonalTrace
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.rulebook.wording import Sentence

Answer = TypeVar("Answer")

SEPARATOR = "\x1f"
DAYS_CHAIN = "days"


class Place(Protocol):
    """What an act needs to know of its place."""

    @property
    def chain(self) -> str: ...


class Actor(Protocol):
    """Who acts: a post's holder on a date, or the system itself."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def post_title(self) -> str: ...
    @property
    def system_user(self) -> str: ...

    def may(self, right: str, place: Any) -> bool: ...
    def sees_fields(self, kind: str, place: Any) -> bool: ...


@dataclass(frozen=True)
class Deed:
    """What is about to be done: the act's name, the right it asks, its place and its reasons."""

    act: str
    right: str
    place: Place
    subject: str = ""
    key: str = ""
    reason: str = ""
    paper: str = ""


class Trace(NamedTuple):
    """Personal values before and after an act, with their owner and the owner's own key part."""

    subject: UUID
    salt: bytes
    before: Any
    after: Any


class SealedTrace(NamedTuple):
    """A trace nobody reads without the key, and the keyed hash the journal line chains."""

    subject: UUID
    sealed: bytes
    keyed_hash: str


@dataclass
class OpenLine:
    """The journal line of an act while it is being written."""

    details: dict[str, Any] = field(default_factory=dict)
    subject: str = ""
    traces: list[Trace] = field(default_factory=list)
    sealed: list[SealedTrace] = field(default_factory=list)

    def trace(self, subject: UUID, salt: bytes | memoryview, *, before: Any, after: Any) -> None:
        """Note personal values before and after, to be sealed with the subject's own salt."""
        self.traces.append(Trace(subject, bytes(salt), before, after))


def perform(actor: Actor, deed: Deed, write: Callable[[OpenLine], Answer]) -> Answer:
    """Do one act: right, transaction, idempotency key and journal line, or nothing at all.

    The answer must be JSON; the same key gives the stored answer and acts once.
    Raises NotAllowed without the right, and whatever ``write`` refuses.
    """
    if not actor.may(deed.right, deed.place):
        raise NotAllowed(Sentence("Tài khoản này không có quyền làm việc đó ở địa bàn này."))
    with transaction.atomic():
        chain = _lock_chain(deed.place.chain)
        key = _done_key(actor, deed)
        done = DoneAct.objects.filter(key=key).first() if key else None
        if done is not None:
            stored: Answer = _stored_answer(done, deed)
            return stored
        line = OpenLine(subject=deed.subject)
        answer = write(line)
        written = _write_line(chain, actor, deed, line, timezone.now())
        if key:
            DoneAct.objects.create(
                key=key, act=deed.act, subject=deed.subject, answer=answer, line=written
            )
        _witness_heads(written.at)
    return answer


def _done_key(actor: Actor, deed: Deed) -> str:
    """A key counts within one chain and one actor only; the chain's lock makes it safe to ask."""
    if not deed.key:
        return ""
    parts = SEPARATOR.join((deed.place.chain, str(actor.user_id), deed.key))
    return hashlib.sha256(parts.encode()).hexdigest()


def _stored_answer(done: DoneAct, deed: Deed) -> Any:
    if (done.act, done.subject) != (deed.act, deed.subject):
        raise Refused(
            Sentence("Yêu cầu này đã được dùng cho một việc khác. Hãy mở lại trang rồi làm lại.")
        )
    return done.answer


def _lock_chain(name: str) -> Chain:
    Chain.objects.get_or_create(name=name)
    return Chain.objects.select_for_update().get(name=name)


def _write_line(
    chain: Chain, actor: Actor, deed: Deed, line: OpenLine, at: datetime
) -> JournalLine:
    details = json.dumps(line.details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = sorted([*line.sealed, *seal_traces(line.traces)], key=_by_subject)
    written = JournalLine(
        chain=chain.name,
        number=chain.number + 1,
        at=at,
        act=deed.act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        post_title=actor.post_title,
        system_user=actor.system_user,
        subject=line.subject,
        reason=deed.reason,
        paper=deed.paper,
        details=details,
        traces=digest_of_traces([trace.keyed_hash for trace in sealed]),
        previous=chain.head,
    )
    written.digest = digest_of(written)
    written.save(force_insert=True)
    columns = ("line", *SealedTrace._fields)
    insert(ready_values(PersonalTrace, columns, ((written.pk, *trace) for trace in sealed)))
    chain.number, chain.head = written.number, written.digest
    chain.save(update_fields=["number", "head"])
    return written


def _by_subject(trace: SealedTrace) -> bytes:
    """The order traces are chained in, and the one the database finds them by."""
    return trace.subject.bytes


def seal_traces(traces: Iterable[Trace]) -> list[SealedTrace]:
    """Seal traces; an act that brings many does so before it takes the lock."""
    return [_seal_trace(trace) for trace in traces]


def _seal_trace(trace: Trace) -> SealedTrace:
    values = {"before": trace.before, "after": trace.after}
    plain = json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
    sealed = sealing.seal("journal", plain, bound_to=trace.subject.bytes, salt=trace.salt)
    keyed = sealing.keyed_hash("journal", plain, salt=trace.salt)
    return SealedTrace(trace.subject, sealed, keyed)


def digest_of_traces(keyed_hashes: list[str]) -> str:
    """One hash over the keyed hashes of a line's personal traces; empty without any."""
    if not keyed_hashes:
        return ""
    return hashlib.sha256(SEPARATOR.join(keyed_hashes).encode()).hexdigest()


def digest_of(line: JournalLine) -> str:
    """The chained hash of a line: every field and the hash before it."""
    fields = (
        line.chain,
        str(line.number),
        str(int(line.at.timestamp() * 1_000_000)),
        line.act,
        str(line.actor_id),
        line.actor_name,
        line.post_title,
        line.system_user,
        line.subject,
        line.reason,
        line.paper,
        line.details,
        line.traces,
        line.previous,
    )
    lengths = ",".join(str(len(field)) for field in fields)
    return hashlib.sha256(f"{lengths}{SEPARATOR}{SEPARATOR.join(fields)}".encode()).hexdigest()


def _witness_heads(at: datetime) -> None:
    """With a day's first act, chain the hash of all heads: the daily head of heads."""
    if _witnessed(at):
        return
    chain = _lock_chain(DAYS_CHAIN)
    if _witnessed(at):
        return
    day = timezone.localtime(at).date().isoformat()
    line = OpenLine(details={"day": day, "heads": head_of_heads()})
    deed = Deed(act="acts.witness_heads", right="", place=_Days(), subject="")
    _write_line(chain, System(), deed, line, at + timedelta(microseconds=1))


def _witnessed(at: datetime) -> bool:
    """Whether the day of a moment has its witness line already."""
    today = timezone.localtime(at).date()
    start = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    return JournalLine.objects.filter(chain=DAYS_CHAIN, at__gte=start).exists()


def head_of_heads() -> str:
    """One hash over the heads of all chains but the daily one."""
    chains = Chain.objects.exclude(name=DAYS_CHAIN)
    return hash_of_heads(chains.values_list("name", "number", "head"))


def hash_of_heads(heads: Iterable[tuple[str, int, str]]) -> str:
    """The hash of chain names, numbers and heads, in the order of their names."""
    ordered = sorted(list(head) for head in heads)
    return hashlib.sha256(json.dumps(ordered).encode()).hexdigest()


@dataclass(frozen=True)
class _Days:
    chain: str = DAYS_CHAIN


@dataclass(frozen=True)
class System:
    """The system itself, on the operating-system user's word: may all, always journalled."""

    user_id: int | None = None
    name: str = "hệ thống"
    post_title: str = ""
    system_user: str = ""

    def may(self, right: str, place: Any) -> bool:
        """Always: the machine's owner acts at the command line."""
        return True

    def sees_fields(self, kind: str, place: Any) -> bool:
        """Always: the machine's owner can read the database anyway."""
        return True
