"""Scenarios that people save: the question, the answer, and all that the answer depended on."""

import uuid

from django.conf import settings
from django.db import models

from simulator.models.feeders import FeederRecord


class SavedScenario(models.Model):
    """A study's question on a feeder and its answer as it was, with the feeder's content and the versions."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    feeder = models.ForeignKey(FeederRecord, models.SET_NULL, null=True, related_name="scenarios")
    feeder_id_then = models.CharField(max_length=64)
    study = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    sentence = models.TextField()
    question = models.JSONField()
    answer = models.JSONField()
    tables = models.JSONField()
    feeder_hash = models.CharField(max_length=64)
    profiles_hash = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField(null=True)
    versions = models.CharField(max_length=200)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shared = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated", "-pk"]
        verbose_name = "scenario"

    def __str__(self) -> str:
        return self.name
