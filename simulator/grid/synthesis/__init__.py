"""The synthetic twelve: plans of feeders that a planner recognises, laid out from a seed."""

from pathlib import Path

from simulator.grid.reading import DATA_DIR, render_feeder
from simulator.grid.synthesis import country, town, village
from simulator.grid.synthesis.laying import lay
from simulator.grid.synthesis.plan import Plan
from simulator.grid.synthesis.sunshine import render_pv_profile

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


def render_files(directory: Path = DATA_DIR) -> dict[Path, str]:
    """Return the text of every generated file, by its path under the data directory."""
    files = {directory / "networks" / f"{plan.feeder_id}.json": render_feeder(lay(plan)) for plan in PLANS}
    return {**files, directory / "profiles" / "pv_profile.csv": render_pv_profile()}


def stale_files(directory: Path = DATA_DIR) -> list[Path]:
    """Return the generated files that are missing or differ, byte for byte, from what they should be."""
    return [
        path
        for path, text in render_files(directory).items()
        if not path.is_file() or path.read_bytes() != text.encode()
    ]


def write_files(directory: Path = DATA_DIR) -> list[Path]:
    """Write the generated files that are missing or differ, and return their paths."""
    stale, files = stale_files(directory), render_files(directory)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path].encode())
    return stale
