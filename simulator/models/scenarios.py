"""Scenarios that people save: the question, the answer, and all that the answer depended on."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction

from simulator.models.feeders import FeederRecord
from simulator.models.kept_json import KeptJSON, as_text
from simulator.models.plain_text import refuse_hidden, refuse_hidden_in_lines

# Of a scenario's answer and its tables together: room for a day of the 2,000 buses that an import may have.
MAX_BYTES = 6_000_000
# Of one person: a year of work, and what the disk under a small site bears from each of a hundred people.
MAX_OWN, MAX_OWN_BYTES = 200, 100_000_000
HEAVY = ("question", "answer", "report")
NAME_MAX = 120
COPY = " (copy)"


class TooLargeError(ValueError):
    """An answer is too large to be kept; the message says how large it is and what is the most."""


class TooManyScenariosError(ValueError):
    """A person keeps as many scenarios, or as large ones, as one may; the message says what is the most."""


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

        Raises: TooLargeError beyond MAX_BYTES, TooManyScenariosError beyond a person's share, ValueError
        where a number is NaN or infinite.
        """
        size = len(as_text(fields["answer"])) + len(as_text(fields["report"]))
        if size > MAX_BYTES:
            raise TooLargeError(
                f"this answer has {size:,} bytes as JSON with its tables; at most {MAX_BYTES:,} are kept"
            )
        with transaction.atomic():
            self.make_room(fields["owner_id"] if "owner_id" in fields else fields["owner"].pk, size)
            there = FeederRecord.objects.select_for_update(no_key=True).filter(pk=record.pk).first()
            return self.create(feeder=there, feeder_id_then=record.feeder_id, size=size, **fields)

    def make_room(self, owner: int, size: int) -> None:
        """See within a transaction that a person may keep so many bytes more.

        Raises: TooManyScenariosError.
        """
        User.objects.select_for_update().get(pk=owner)  # two saves at once count too
        kept = self.filter(owner=owner).aggregate(count=models.Count("pk"), bytes=models.Sum("size"))
        if kept["count"] >= MAX_OWN:
            words = f"You keep {MAX_OWN} scenarios, the most that one person may: delete one first."
            raise TooManyScenariosError(words)
        if (kept["bytes"] or 0) + size > MAX_OWN_BYTES:
            words = f"Your scenarios hold {kept['bytes']:,} bytes and this one {size:,}; "
            raise TooManyScenariosError(f"{words}one person may keep {MAX_OWN_BYTES:,}: delete some first.")


class SavedScenario(models.Model):
    """A study's question on a feeder and its answer as it was, with the feeder's content and the versions.

    ``question`` is what the study was asked, ``answer`` what the API gives, ``report`` what the page showed
    without its pictures; all plain data.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=NAME_MAX, validators=[refuse_hidden])
    note = models.TextField(blank=True, validators=[refuse_hidden_in_lines])
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
    size = models.PositiveIntegerField(default=0, editable=False, help_text="Bytes of answer and report.")
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
        """Store a copy that belongs to a person and is not shared.

        Raises: TooManyScenariosError.
        """
        kept = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        for own in ("id", "token", "shared", "created", "updated"):
            del kept[own]
        kept |= {"name": self.name[: NAME_MAX - len(COPY)] + COPY, "owner_id": owner.pk}
        with transaction.atomic():
            SavedScenario.objects.make_room(kept["owner_id"], self.size)
            return SavedScenario.objects.create(**kept)
