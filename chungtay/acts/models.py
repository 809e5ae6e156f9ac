"""What is kept of acts: chained journal lines, sealed personal traces, answers already given."""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """The head of one journal chain: a commune's, a province's, or the country's."""

    name = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.name} #{self.number}"


class JournalLine(models.Model):
    """One act: who, what, where, when, why, on which paper. The database refuses change."""

    chain = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, blank=True)
    system_user = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    paper = models.CharField(max_length=200, blank=True)
    details = models.TextField(blank=True)
    traces = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_line_per_number"),
        ]
        indexes = [models.Index(fields=["subject", "at"], name="journal_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain} #{self.number} {self.act}"


class PersonalTrace(models.Model):
    """The personal before and after of a subject in an act, sealed with the subject's own key."""

    line = models.ForeignKey(JournalLine, on_delete=models.PROTECT, related_name="personal_traces")
    subject = models.UUIDField()
    sealed = models.BinaryField()
    keyed_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="trace_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} in {self.line_id}"


class DoneAct(models.Model):
    """An act already done, under the hash of chain, actor and key, with the answer it gave."""

    key = models.CharField(max_length=64, primary_key=True)
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    answer = models.JSONField(null=True)
    line = models.ForeignKey(JournalLine, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.act} {self.key}"


class KeyMark(models.Model):
    """The keyed fingerprint of the key this database was written with: another key is refused."""

    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.fingerprint
