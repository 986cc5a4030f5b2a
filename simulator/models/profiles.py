"""Uploaded profiles: what a feeder's customers draw or feed in over a day or a year."""

from django.db import models

from simulator.models.feeders import FeederRecord


class ProfileSet(models.Model):
    """Load or PV of a feeder, for all customers alike or for each; a day, or a year of equal intervals.

    ``values`` holds doubles in per unit, compressed, of shape (intervals, columns); ``customers`` the ids
    that the columns belong to, empty where one column serves all.
    """

    feeder = models.ForeignKey(FeederRecord, models.CASCADE, related_name="profile_sets")
    kind = models.CharField(max_length=4, choices=[("load", "load"), ("pv", "PV")])
    file_name = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    first_day = models.DateField(null=True)
    customers = models.JSONField(default=list)
    values = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    uploaded = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feeder", "kind"], name="one_profile_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.feeder.feeder_id}"
