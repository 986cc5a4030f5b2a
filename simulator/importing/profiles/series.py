"""A stored profile: equal intervals of a day, or of up to a year, for all customers alike or for each."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import numpy as np

from simulator.grid.schema import Feeder

ProfileKind = Literal["load", "pv"]
Unit = Literal["kw", "w", "kwh", "pu", "shape"]
MINUTES_PER_DAY = 1440
MAX_BYTES = 50_000_000  # of values, unpacked: twenty times a year of quarter-hours for ten customers


@dataclass(frozen=True, eq=False)
class Series:
    """A profile in per unit: 1.0 is a customer's ``peak_kw`` for load, its rated ``pv_kwp`` for PV.

    Shape: ``values`` (intervals, columns). ``customers`` names the columns, in the feeder's order; it is
    empty where one column serves all. ``first_day`` is that of several days; None for a single one.
    """

    minutes: int
    first_day: date | None
    customers: tuple[str, ...]
    values: np.ndarray

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.values) * self.minutes // MINUTES_PER_DAY

    @property
    def is_year(self) -> bool:
        """Whether this has days of the calendar rather than one that stands for every day."""
        return self.days > 1

    @property
    def last_day(self) -> date | None:
        """The last day's date."""
        return None if self.first_day is None else self.first_day + timedelta(days=self.days - 1)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything."""
        head = repr((self.minutes, self.first_day, self.customers, self.values.shape))
        return hashlib.sha256(head.encode() + _plain(self.values)).hexdigest()

    def day(self, number: int) -> np.ndarray:
        """Return a day's 96 quarter-hours; each has its interval's value.

        Shape: (96,) where one column serves all, else (customers, 96).
        """
        a_day = MINUTES_PER_DAY // self.minutes
        quarters = np.repeat(self.values[number * a_day : (number + 1) * a_day], self.minutes // 15, axis=0)
        found: np.ndarray = np.ascontiguousarray(quarters.T) if self.customers else quarters[:, 0].copy()
        found.setflags(write=False)
        return found

    def total(self, feeder: Feeder, kind: ProfileKind) -> np.ndarray:
        """Return all customers together, in per unit of their total; shape (days, intervals of a day)."""
        share = sizes(feeder, kind) if self.customers else np.ones(1)
        together = self.values @ (share / (share.sum() or 1.0))
        return np.asarray(together.reshape(self.days, -1))

    def typical_day(self, feeder: Feeder, kind: ProfileKind) -> int:
        """Return the day that studies take where none is asked for: load's peak day, PV's sunniest day.

        The peak day has the highest interval of all customers together, the sunniest day the most energy;
        of equal days the first.
        """
        together = self.total(feeder, kind)
        return int(np.argmax(together.max(axis=1) if kind == "load" else together.sum(axis=1)))

    def pack(self) -> bytes:
        """Return the values as compressed doubles."""
        return zlib.compress(_plain(self.values), 1)


def unpack(data: bytes | memoryview, columns: int) -> np.ndarray:
    """Return packed values, read-only, shape (intervals, columns).

    Raises: ValueError for data that is no packed values.
    """
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise ValueError(f"no packed values: {error}") from error
    if not reader.eof:
        raise ValueError("no packed values: too many, or cut off")
    return np.frombuffer(plain, dtype="<f8").reshape(-1, columns)


def days_from(start: date) -> int:
    """Return how many days a year has that begins on a day."""
    leap = (start.month, start.day) == (2, 29)
    return (start.replace(year=start.year + 1, day=28 if leap else start.day) - start).days + leap


def sizes(feeder: Feeder, kind: ProfileKind) -> np.ndarray:
    """Return what 1.0 per unit means for each customer: ``peak_kw`` of load, ``pv_kwp`` of PV."""
    return np.array([c.peak_kw if kind == "load" else c.pv_kwp for c in feeder.customers], dtype=float)


def _plain(values: np.ndarray) -> bytes:
    return np.ascontiguousarray(values, dtype="<f8").tobytes()
