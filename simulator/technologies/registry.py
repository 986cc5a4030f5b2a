"""The technologies that there are, in the order in which their power is derived."""

from collections.abc import Iterator, Sequence

from simulator.technologies.battery import BATTERY
from simulator.technologies.load import LOAD
from simulator.technologies.pv import PV
from simulator.technologies.technology import Technology

USUAL = PV.key  # what capacities and rooms are of where nobody says otherwise
TECHNOLOGIES: dict[str, Technology] = {each.key: each for each in (LOAD, PV, BATTERY)}


class Over:
    """What is told ``over`` a technology, by its key."""

    over: str

    @property
    def technology(self) -> Technology:
        """What is adopted."""
        return TECHNOLOGIES[self.over]


def register(technology: Technology) -> None:
    """Add a technology, before forms and routes are made.

    Raises: ValueError for a key that another has.
    """
    if technology.key in TECHNOLOGIES:
        raise ValueError(f"there is a technology {technology.key!r} already")
    TECHNOLOGIES[technology.key] = technology


def by_technology(unit: str, values: Sequence[float]) -> dict[str, float]:
    """Return values under names such as ``pv_kw``, in the technologies' order."""
    return {f"{key}_{unit}": value for key, value in zip(TECHNOLOGIES, values, strict=True)}


def words() -> list[str]:
    """Return the technologies' words, in their order."""
    return [technology.word for technology in TECHNOLOGIES.values()]


def drawing() -> set[str]:
    """Return the keys of those that do not generate: what is left where generation is off."""
    return {key for key, technology in TECHNOLOGIES.items() if not technology.generates}


def adopted() -> Iterator[Technology]:
    """Yield those that a question gives a share of."""
    yield from (each for each in TECHNOLOGIES.values() if each.adopted)
