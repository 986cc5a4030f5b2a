"""Profile files that wait for their owner to look at them before they are stored."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from simulator.models.feeders import FeederRecord

KEPT = timedelta(days=1)


class ProfileDraftQuerySet(models.QuerySet["ProfileDraft"]):
    """Waiting files."""

    def keep(
        self, record: FeederRecord, file_name: str, content: bytes, asked: dict[str, Any]
    ) -> "ProfileDraft":
        """Store a file in the place of the one that waits for the feeder; what has waited for a day goes."""
        with transaction.atomic():
            self.filter(created__lt=timezone.now() - KEPT).delete()
            self.filter(feeder=record).delete()
            return self.create(feeder=record, file_name=file_name, content=content, asked=asked)


class ProfileDraft(models.Model):
    """A profile file as it came, with how it is to be read; no profile yet. A feeder has one at most."""

    feeder = models.OneToOneField(FeederRecord, models.CASCADE, related_name="profile_draft")
    file_name = models.CharField(max_length=120)
    content = models.BinaryField()
    asked = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)

    objects = ProfileDraftQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name
