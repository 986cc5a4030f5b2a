"""What each feeder's day comes to, kept so that a list of thousands solves none of them again."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from simulator.grid.profiles import read_profiles
from simulator.models.feeders import FeederRecord
from simulator.models.kept_json import KeptJSON
from simulator.models.profiles import ProfileSet

MAX_QUESTIONS = 8  # of people who move a slider, beside the one that the list begins with


def contents_of(records: Iterable[FeederRecord]) -> dict[int, str]:
    """Return a hash of what each feeder's answers depend on: its network, and what its customers follow."""
    profiles: dict[int, list[str]] = defaultdict(list)
    for feeder, *own in ProfileSet.objects.order_by("kind").values_list("feeder_id", "kind", "content_hash"):
        profiles[feeder] += own
    shared = read_profiles().content_hash
    return {each.pk: _hash(each.content_hash, shared, *profiles[each.pk]) for each in records}


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


class DayStatusQuerySet(models.QuerySet["DayStatusRecord"]):
    """Day statuses."""

    def known(self, question: str) -> dict[tuple[int, str], dict[str, Any]]:
        """Return what is listed under a question, by feeder and its content."""
        rows = self.filter(question=question).values_list("feeder_id", "content", "listed")
        return {(feeder, content): listed for feeder, content, listed in rows}

    def keep(self, statuses: Sequence["DayStatusRecord"], spare: str) -> None:
        """Keep statuses, each in the place of the one that its feeder had under the question.

        All but the latest questions are forgotten; the one to ``spare`` stays.
        """
        if not statuses:
            return
        own = ["content", "listed", "state", "made"]
        self.bulk_create(
            statuses, update_conflicts=True, unique_fields=["feeder", "question"], update_fields=own
        )
        others = self.exclude(question=spare).values("question").annotate(latest=models.Max("made"))
        old = [each["question"] for each in others.order_by("-latest")[MAX_QUESTIONS:]]
        self.filter(question__in=old).delete()


class DayStatusRecord(models.Model):
    """A feeder's day under one question, as it was for this ``content`` of network and profiles.

    ``question`` and ``content`` are hashes; ``state`` holds the voltages and line loadings of the tightest
    quarter-hour, as doubles.
    """

    feeder = models.ForeignKey(FeederRecord, models.CASCADE, related_name="day_statuses")
    question = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    listed = KeptJSON()
    state = models.BinaryField()
    made = models.DateTimeField(auto_now=True)

    objects = DayStatusQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feeder", "question"], name="one_status_a_question")]

    def __str__(self) -> str:
        return f"day of {self.feeder}"
