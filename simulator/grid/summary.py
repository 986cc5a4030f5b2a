"""What a list tells of a feeder without its network."""

from typing import Any

from simulator.grid.caveats import Caveat
from simulator.grid.elements import Source
from simulator.grid.frozen import Frozen
from simulator.grid.schema import Feeder


class FeederSummary(Frozen):
    """A feeder's words, its figures and where it begins; None where it has no rating, or no place.

    Units: kVA, kWp, degrees.
    """

    feeder_id: str
    name: str
    archetype: str
    rated_kva: float | None
    households: int
    pv_potential_kwp: float
    source: Source
    lat: float | None
    lon: float | None
    caveats: tuple[Caveat, ...]

    @classmethod
    def of(cls, feeder: Feeder) -> "FeederSummary":
        """Return a feeder's summary."""
        begin = feeder.buses[0]
        other: dict[str, Any] = {"lat": begin.lat, "lon": begin.lon, "caveats": feeder.all_caveats}
        return cls(**{name: getattr(feeder, name) for name in cls.model_fields if name not in other}, **other)

    @property
    def all_caveats(self) -> tuple[Caveat, ...]:
        """Its caveats, as a feeder has them."""
        return self.caveats

    @property
    def located(self) -> bool:
        """Whether it is known where on the globe the feeder lies."""
        return self.lat is not None
