"""Feeders of a list that cannot be computed: rows and cards that say so among those that can."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from simulator.grid.errors import FeederFileError, InjectionError, TwinError, UnsolvableError
from simulator.grid.schema import Feeder
from simulator.grid.summary import FeederSummary

F = TypeVar("F", Feeder, FeederSummary)
T = TypeVar("T")

UNUSABLE = (FeederFileError, InjectionError, UnsolvableError)
CANNOT = "cannot be computed"


@dataclass(frozen=True)
class Unusable:
    """A feeder that no power flow can be made of as it is stored, and why."""

    feeder_id: str
    name: str
    archetype: str
    reason: str

    @property
    def words(self) -> str:
        """What its row says in place of a state."""
        return f"{CANNOT}: {self.reason}"

    @property
    def data(self) -> dict[str, Any]:
        """The feeder in a list's JSON, beside its figures, which are null."""
        return {"feeder_id": self.feeder_id, "error": f"It {self.words}."}


@dataclass(frozen=True)
class Listed(Generic[F, T]):
    """A list's feeders with what was found of each, and those that cannot be computed."""

    rows: Sequence[tuple[F, T]]
    unusable: Sequence[Unusable] = ()


def reason_of(error: TwinError) -> str:
    """Return why a stored feeder cannot be computed, without the name that it is stored under."""
    if not isinstance(error, FeederFileError):
        return str(error)
    return f"{error.place}: {error.reason.partition(' (')[0]}"  # what a bound rests on is told at the door


def unusable_sentence(unusable: Sequence[Unusable]) -> str:
    """Return how many of a list cannot be computed, and which, to follow its sentence; nothing for none."""
    if not unusable:
        return ""
    names = ", ".join(each.feeder_id for each in unusable[:5])
    more = f" and {len(unusable) - 5} more" if len(unusable) > 5 else ""
    return f" {len(unusable)} {CANNOT} as stored: {names}{more}."
