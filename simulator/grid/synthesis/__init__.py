"""The synthetic twelve: plans of feeders that a planner recognises, laid out from a seed."""

from simulator.grid.reading import render_feeder
from simulator.grid.synthesis import country, town, village
from simulator.grid.synthesis.laying import lay
from simulator.grid.synthesis.plan import Plan

PLANS: tuple[Plan, ...] = (
    town.MILL_LANE,
    town.HARBOUR_STREET,
    village.CHURCH_GREEN,
    country.LONG_MEADOW_ROAD,
    country.ORCHARD_FARMS,
    village.SUNFIELD_ESTATE,
    village.FERRY_COTTAGES,
    town.MARKET_STREET,
    town.STATION_TERRACES,
    town.ABBEY_CLOSE,
    village.KILN_YARD,
    country.HERON_MARSH,
)


def network_files() -> dict[str, str]:
    """Return the text of every file in ``data/networks``, by file name."""
    return {f"{plan.feeder_id}.json": render_feeder(lay(plan)) for plan in PLANS}
