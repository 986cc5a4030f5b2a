"""Scenarios that people save: the question, the answer, and all that the answer depended on."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction

from simulator.models.feeders import FeederRecord
from simulator.models.kept_json import KeptJSON, as_text

# Of a scenario's answer and its tables together: room for a day of the 2,000 buses that an import may have.
MOST_BYTES = 6_000_000
HEAVY = ("question", "answer", "report")
NAME_MAX = 120
COPY = " (copy)"


class TooLargeError(ValueError):
    """An answer is too large to be kept; the message says how large it is and what is the most."""


class ScenarioQuerySet(models.QuerySet["SavedScenario"]):
    """Saved scenarios."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "ScenarioQuerySet":
        """Return the scenarios that a person may see: their own, all for staff."""
        if getattr(user, "is_staff", False):
            return self.all()
        return self.owned_by(user)

    def owned_by(self, user: AbstractBaseUser | AnonymousUser) -> "ScenarioQuerySet":
        """Return the scenarios that a person may change: their own."""
        return self.filter(models.Q(owner=user)) if user.is_authenticated else self.none()

    def keep(self, record: FeederRecord, **fields: Any) -> "SavedScenario":
        """Store a scenario on a feeder, all of it or nothing; a feeder that was just deleted is left out.

        Raises: TooLargeError beyond MOST_BYTES, ValueError where a number is no number.
        """
        size = len(as_text(fields["answer"])) + len(as_text(fields["report"]))
        if size > MOST_BYTES:
            raise TooLargeError(
                f"this answer has {size:,} bytes as JSON with its tables; at most {MOST_BYTES:,} are kept"
            )
        with transaction.atomic():
            there = FeederRecord.objects.select_for_update(no_key=True).filter(pk=record.pk).first()
            return self.create(feeder=there, feeder_id_then=record.feeder_id, **fields)


class SavedScenario(models.Model):
    """A study's question on a feeder and its answer as it was, with the feeder's content and the versions.

    ``question`` is what the study was asked, ``answer`` what the API gives, ``report`` what the page showed
    without its pictures; all plain data.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=NAME_MAX)
    note = models.TextField(blank=True)
    feeder = models.ForeignKey(FeederRecord, models.SET_NULL, null=True, related_name="scenarios")
    feeder_id_then = models.CharField(max_length=64)
    study = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    sentence = models.TextField()
    question = KeptJSON()
    answer = KeptJSON()
    report = KeptJSON()
    feeder_hash = models.CharField(max_length=64)
    profiles_hash = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField(null=True)
    versions = models.CharField(max_length=200)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shared = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-updated", "-pk"]
        verbose_name = "scenario"

    def __str__(self) -> str:
        return self.name

    def share(self, *, on: bool) -> None:
        """Switch the share link on or off; on again, it is a new link, so that old ones stay dead."""
        if on and not self.shared:
            self.token = uuid.uuid4()
        self.shared = on
        self.save(update_fields=["shared", "token"])

    def duplicate_for(self, owner: AbstractBaseUser | AnonymousUser) -> "SavedScenario":
        """Store a copy that belongs to a person and is not shared."""
        kept = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        for own in ("id", "token", "shared", "created", "updated"):
            del kept[own]
        kept |= {"name": self.name[: NAME_MAX - len(COPY)] + COPY, "owner_id": owner.pk}
        return SavedScenario.objects.create(**kept)
