"""Daily profiles: 96 quarter-hours of load (1.0 at its peak) and PV (1.0 at rated kWp)."""

import csv
import hashlib
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.grid.errors import ProfileFileError
from simulator.grid.reading import DATA_DIR

COLUMNS = ["step", "time", "value_pu"]


@dataclass(frozen=True, eq=False)
class Profiles:
    """Load and PV over one day in per unit, read-only.

    Shape: each (96,) where all customers are alike, else (customers, 96) in the feeder's order.
    ``load_from`` and ``pv_from`` say in words where each comes from.
    """

    load_pu: np.ndarray
    pv_pu: np.ndarray
    load_from: str = ""
    pv_from: str = ""

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the values: what answers depend on besides the feeder."""
        both = (np.ascontiguousarray(values, dtype=float) for values in (self.load_pu, self.pv_pu))
        return hashlib.sha256(b"".join(repr(v.shape).encode() + v.tobytes() for v in both)).hexdigest()

    @property
    def words(self) -> str:
        """Where both come from, in words."""
        return f"load from {self.load_from}; PV from {self.pv_from}"

    def with_nobody(self, customers: int) -> "Profiles":
        """Return the same for so many customers, the further ones with no load and no sun of their own."""

        def filled(values: np.ndarray) -> np.ndarray:
            if values.ndim == 1:
                return values
            return np.concatenate([values, np.zeros((customers - len(values), values.shape[1]))])

        return replace(self, load_pu=filled(self.load_pu), pv_pu=filled(self.pv_pu))


@cache
def read_profiles(directory: Path = DATA_DIR / "profiles") -> Profiles:
    """Read both profiles, once a process.

    Raises:
        ProfileFileError: a file is missing or is not 96 finite values from 0 to 1, in order.
    """
    load_pu, pv_pu = (_read(directory / f"{kind}_profile.csv") for kind in ("load", "pv"))
    return Profiles(
        load_pu, pv_pu, "the site's own, a December working day", "the site's own, a clear June day"
    )


def _read(path: Path) -> np.ndarray:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            header, *rows = list(csv.reader(file)) or [[]]
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileFileError(path.name, "whole file", str(error)) from error
    if header != COLUMNS:
        raise ProfileFileError(path.name, "line 1", f"the header must be {','.join(COLUMNS)}")
    if len(rows) != STEPS_PER_DAY:
        raise ProfileFileError(path.name, "whole file", f"has {len(rows)} rows, not {STEPS_PER_DAY}")
    values = np.array([_value(path.name, step, row) for step, row in enumerate(rows)])
    values.setflags(write=False)
    return values


def _value(file: str, step: int, row: list[str]) -> float:
    place = f"line {step + 2}"
    if len(row) != len(COLUMNS) or row[:2] != [str(step), time_of(step)]:
        raise ProfileFileError(file, place, f"must begin with {step},{time_of(step)}")
    try:
        value = float(row[2])
    except ValueError:
        raise ProfileFileError(file, f"{place} column value_pu", f"{row[2]!r} is not a number") from None
    if not 0 <= value <= 1:
        raise ProfileFileError(file, f"{place} column value_pu", f"{row[2]} is not within 0 to 1")
    return value
