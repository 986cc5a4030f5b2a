"""Who has adopted what, in words, in rows and as data."""

from simulator.assessment.wording import percent
from simulator.grid.schema import Feeder
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import adopted


def share_words(share: float) -> str:
    """Return a share as percent, with as many decimals as it has, two at most."""
    digits = next((n for n in (0, 1) if abs(round(share * 100, n) - share * 100) < 1e-9), 2)
    return percent(share, digits)


def adoption_words(adoption: Adoption) -> str:
    """Return ``60 % PV`` or ``60 % PV and 10 % batteries``."""
    return _together([f"{share_words(adoption.get('pv', 0.0))} PV", *_beside_pv(adoption)])


def adoption_of(feeder: Feeder, adoption: Adoption) -> str:
    """Return the adoption in words, beside PV that stands; that none is known without a potential."""
    stands = f"{feeder.existing_kwp:.4g} kWp of PV that stands already" if feeder.existing_kwp else ""
    if feeder.pv_potential_kwp:
        return f"{adoption_words(adoption)} beside {stands}" if stands else adoption_words(adoption)
    return _together([stands or "no PV known", *_beside_pv({**adoption, "battery": 0.0})])


def adoption_rows(adoption: Adoption, over: str = "") -> tuple[tuple[str, str], ...]:
    """Return the shares as (label, value) pairs, but for that of what is asked over."""
    return tuple(
        (each.adoption, share_words(adoption.get(each.key, 0.0))) for each in adopted() if each.key != over
    )


def _beside_pv(adoption: Adoption) -> list[str]:
    return [
        f"{share_words(adoption[each.key])} {each.plural}"
        for each in adopted()
        if each.key != "pv" and adoption.get(each.key)
    ]


def _together(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
