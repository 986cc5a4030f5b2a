"""The tables of the report of Monte Carlo: what binds, who is affected, and the pass rate."""

from simulator.answers.quantity import POTENTIAL
from simulator.assessment.wording import KIND_WORDS
from simulator.grid.schema import Feeder
from simulator.reports.report import Table
from simulator.reports.tables import cells, table_of
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.data import (
    BindingShareOut,
    CustomerShareOut,
    PassRateOut,
    binding_shares,
    customer_shares,
    pass_rates,
)
from simulator.studies.over import declared_over, in_its_names


def monte_carlo_tables(feeder: Feeder, found: MonteCarlo) -> tuple[Table, ...]:
    """Return what binds how often, whom it affects, and the pass rate level by level."""
    rates = [in_its_names(PassRateOut, row, found.over) for row in pass_rates(found)]
    return (
        _bindings(feeder, found),
        _customers(feeder, found),
        table_of("points", "The pass rate", declared_over(PassRateOut, found.over), rates),
    )


def _bindings(feeder: Feeder, found: MonteCarlo) -> Table:
    rows = binding_shares(found, feeder)
    told = [{**row, "kind": KIND_WORDS[row["kind"]] if row["kind"] else "nothing"} for row in rows]
    return table_of("bindings", "What binds", BindingShareOut, told)


def _customers(feeder: Feeder, found: MonteCarlo) -> Table:
    rows = sorted(customer_shares(found, feeder), key=lambda row: -row["violated_share"])
    sizes = {each.id: size for each, size in zip(feeder.customers, found.sizes.tolist(), strict=True)}
    label, unit = f"{found.technology.label} potential", found.technology.unit
    potential = cells(
        "potential", POTENTIAL, [sizes[row["customer"]] for row in rows], label=label, unit=unit
    )
    return table_of(
        "customers", "Customers most often in violation", CustomerShareOut, rows, behind=("bus", [potential])
    )
