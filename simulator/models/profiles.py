"""Uploaded profiles: what a feeder's customers draw or feed in over a day or a year."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

import numpy as np
from django.db import models, transaction

from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.importing.profiles.series import ProfileKind, Series, unpack
from simulator.models.feeders import FeederRecord

NAME_LENGTH = 120


class ProfileSetManager(models.Manager["ProfileSet"]):
    """Profiles without their values, which are large: ``series`` fetches them."""

    def get_queryset(self) -> models.QuerySet["ProfileSet"]:
        """Leave the values in the database."""
        return super().get_queryset().defer("values")

    def keep(
        self,
        record: FeederRecord,
        kind: ProfileKind,
        file_name: str,
        series: Series,
        import_log: Sequence[str] = (),
    ) -> "ProfileSet":
        """Store a profile in the place of the one there was, or leave that one as it is.

        ``import_log`` tells what was done to the file, line by line.
        """
        content = {
            "file_name": file_name[:NAME_LENGTH],
            "import_log": list(import_log),
            "minutes": series.minutes,
            "first_day": series.first_day,
            "days": series.days,
            "customers": list(series.customers),
            "values": series.pack(),
            "content_hash": series.content_hash,
        }
        with transaction.atomic():
            return self.update_or_create(feeder=record, kind=kind, defaults=content)[0]


class ProfileSet(models.Model):
    """Load or PV of a feeder, for all customers alike or for each; a day, or up to a year of equal intervals.

    ``values`` holds doubles in per unit, compressed, of shape (intervals, columns); ``customers`` the ids
    that the columns belong to, empty where one column serves all. ``first_day`` is that of several days; a
    single day has none. ``import_log`` tells what was done to the file.
    """

    feeder = models.ForeignKey(FeederRecord, models.CASCADE, related_name="profile_sets")
    kind = models.CharField(max_length=4, choices=[("load", "load"), ("pv", "PV")])
    file_name = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    first_day = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(default=1)
    import_log = models.JSONField(default=list)
    customers = models.JSONField(default=list)
    values = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    uploaded = models.DateTimeField(auto_now=True)

    objects = ProfileSetManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feeder", "kind"], name="one_profile_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.feeder.feeder_id}"

    @property
    def is_year(self) -> bool:
        """Whether this has days of the calendar rather than one that stands for every day."""
        return self.first_day is not None

    @property
    def last_day(self) -> date | None:
        """The last day, where they are days of the calendar."""
        first = self.first_day
        return None if first is None else first + timedelta(days=self.days - 1)

    @property
    def series(self) -> Series:
        """The whole profile."""
        values = MEMORY.recall(
            "profiles",
            self.content_hash,
            lambda: _values(self.content_hash, len(self.customers) or 1),
            lambda values: values.nbytes,
            self.feeder.feeder_id,
        )
        return Series(self.minutes, self.first_day, tuple(self.customers), values)

    def on(self, feeder: Feeder, day: date | None) -> tuple[date | None, np.ndarray]:
        """Return a day's 96 quarter-hours in per unit, with its date, where it has one.

        Of a year, no ``day`` means load's peak day or PV's sunniest day; ``day`` must be in the year.
        """
        key = (self.content_hash, f"{self.kind} {feeder.content_hash}", day if self.is_year else None)
        return MEMORY.recall(
            "profiles",
            key,
            lambda: self._on(feeder, day),
            lambda found: found[1].nbytes,
            feeder.feeder_id,
        )

    def _on(self, feeder: Feeder, day: date | None) -> tuple[date | None, np.ndarray]:
        series, first = self.series, self.first_day
        if first is None:
            return None, series.day(0)
        typical = series.typical_day(feeder, cast("ProfileKind", self.kind)) if day is None else 0
        number = typical if day is None else (day - first).days
        return first + timedelta(days=number), series.day(number)

    def words(self, feeder: Feeder, day: date | None) -> str:
        """Say which file is used, and which of its days."""
        taken, _ = self.on(feeder, day)
        if taken is None:
            return f"{self.file_name}, a day"
        chosen = "" if day else (", its peak day" if self.kind == "load" else ", its sunniest day")
        return f"{self.file_name}, {taken}{chosen}"


def _values(content_hash: str, columns: int) -> np.ndarray:
    packed = ProfileSet.objects.filter(content_hash=content_hash).values_list("values", flat=True)[:1].get()
    return unpack(packed, columns)
