"""The tables of the report of chance: what binds, who is affected, and the pass rate."""

import numpy as np

from simulator.assessment.wording import KIND_WORDS
from simulator.grid.schema import Feeder
from simulator.reports.report import Column, Table
from simulator.reports.tables import Cells, by_columns, table_of
from simulator.studies.chance.answer import MonteCarlo
from simulator.studies.chance.data import PassRateOut, pass_rates
from simulator.studies.over import declared_over, in_its_names


def chance_tables(feeder: Feeder, found: MonteCarlo) -> tuple[Table, ...]:
    """Return what binds how often, whom it affects, and the pass rate level by level."""
    rates = [in_its_names(PassRateOut, row, found.over) for row in pass_rates(found)]
    return (
        _bindings(found),
        _customers(feeder, found),
        table_of("points", "The pass rate", declared_over(PassRateOut, found.over), rates),
    )


def _bindings(found: MonteCarlo) -> Table:
    met = found.bindings.most_common()
    share = Column("share", "Share of placements", "%", 1, bar=(None, 100))
    columns: list[Cells] = [
        (Column("binding", "What binds first"), [KIND_WORDS[key[0]] if key else "nothing" for key, _ in met]),
        (Column("element", "Element"), [key[1] if key else None for key, _ in met]),
        (share, [100 * n / found.placements for _, n in met]),
    ]
    return by_columns("bindings", "What binds", columns)


def _customers(feeder: Feeder, found: MonteCarlo) -> Table:
    order = np.argsort(-found.violated, kind="stable")
    customers = [feeder.customers[i] for i in order]
    share = Column("share", "Voltage beyond a limit in", "% of placements", 1, bar=(None, 100))
    columns: list[Cells] = [
        (Column("customer", "Customer"), [customer.id for customer in customers]),
        (Column("bus", "Bus"), [customer.bus for customer in customers]),
        (Column("pv_kwp", "PV potential", "kWp", 1), [customer.pv_kwp for customer in customers]),
        (share, (100 * found.violated[order]).tolist()),
    ]
    return by_columns("customers", "Customers most often in violation", columns)
