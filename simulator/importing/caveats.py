"""What everybody who reads an answer on an imported feeder must know first."""

from collections.abc import Sequence

from simulator.grid.caveats import Caveat
from simulator.importing.customers import PHASES, Power, is_built
from simulator.importing.import_log import Item
from simulator.importing.tables import Tables, number


def caveats_of_customers(loads: Sequence[Power], roofs: Sequence[Power]) -> tuple[Caveat, ...]:
    """Return what an area's loads and PV lose on their way to balanced customers."""
    single = [power for power in (*loads, *roofs) if _is_uneven(power)]
    return (*_unbalanced(len(single), len(loads) + len(roofs)), *_standing_pv(list(filter(is_built, roofs))))


def tell_standing_pv(tables: Tables, caveats: Sequence[Caveat]) -> None:
    """Say in the import log too that PV stands already."""
    for caveat in caveats:
        if caveat.about == "standing_pv":
            words = caveat.words[0].lower() + caveat.words[1:].rstrip(".")
            tables.items.append(Item("read", "sgen", (), words, "changes_results"))


def _is_uneven(power: Power) -> bool:
    """Tell whether the phases of an element carry different powers."""
    if not power.table.startswith("asymmetric"):
        return False
    columns = ("p_{}_mw", "q_{}_mvar")
    phases = {tuple(number(power.row, c.format(phase)) for c in columns) for phase in PHASES}
    return len(phases) > 1


def _unbalanced(single: int, of: int) -> tuple[Caveat, ...]:
    if not single:
        return ()
    words = (
        f"{single} of the file's {of} loads and PV plants {'is' if single == 1 else 'are'} on single phases; "
        "here each is spread evenly over the three. Phase by phase, voltages spread further, below the "
        "lowest and above the highest shown, and a street of single-phase PV hosts less than is told here: a "
        "result within limits says nothing yet about the phases."
    )
    return (Caveat(about="unbalanced", words=words),)


def _standing_pv(roofs: Sequence[Power]) -> tuple[Caveat, ...]:
    if not roofs:
        return ()
    kwp = sum(roof.p_kw for roof in roofs)
    plants = f"{len(roofs)} PV plants" if len(roofs) > 1 else "A PV plant"
    words = (
        f"{plants} of {kwp:.4g} kWp in the file {'stand' if len(roofs) > 1 else 'stands'} already and always "
        f"{'feed' if len(roofs) > 1 else 'feeds'} in here, along the PV profile. PV adoption and hosting "
        "capacity speak of what is added beside it: a potential that the file does not know."
    )
    return (Caveat(about="standing_pv", words=words),)
