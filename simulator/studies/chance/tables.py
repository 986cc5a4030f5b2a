"""The tables of the report of chance: what binds, who is affected, and the pass rate."""

import numpy as np

from simulator.assessment.wording import KIND_WORDS
from simulator.grid.schema import Feeder
from simulator.reports.report import Column, Table
from simulator.reports.tables import table_of
from simulator.studies.chance.answer import MonteCarlo
from simulator.studies.chance.data import PassRateOut, pass_rates


def chance_tables(feeder: Feeder, found: MonteCarlo) -> tuple[Table, ...]:
    """Return what binds how often, whom it affects, and the pass rate level by level."""
    return (
        _bindings(found),
        _customers(feeder, found),
        table_of("points", "The pass rate", PassRateOut, pass_rates(found)),
    )


def _bindings(found: MonteCarlo) -> Table:
    columns = (
        Column("binding", "What binds first"),
        Column("element", "Element"),
        Column("share", "Share of placements", "%", 1, bar=(None, 100)),
    )
    rows = tuple(
        (KIND_WORDS[key[0]] if key else "nothing", key[1] if key else None, 100 * n / found.placements)
        for key, n in found.bindings.most_common()
    )
    return Table("bindings", "What binds", columns, rows)


def _customers(feeder: Feeder, found: MonteCarlo) -> Table:
    columns = (
        Column("customer", "Customer"),
        Column("bus", "Bus"),
        Column("pv_kwp", "PV potential", "kWp", 1),
        Column("share", "Voltage beyond a limit in", "% of placements", 1, bar=(None, 100)),
    )
    order = np.argsort(-found.violated, kind="stable")
    rows = tuple(
        (c.id, c.bus, c.pv_kwp, 100 * float(found.violated[i]))
        for i, c in ((i, feeder.customers[i]) for i in order)
    )
    return Table("customers", "Customers most often in violation", columns, rows)
