"""A stored profile in words, numbers and a picture."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from simulator.drawing.panel import NARROW
from simulator.drawing.uploaded import render_uploaded
from simulator.grid.schema import Feeder
from simulator.importing.profiles.series import ProfileKind, Series, sizes
from simulator.reports.report import Figure

NAMES: dict[ProfileKind, str] = {"load": "load", "pv": "PV"}


@dataclass(frozen=True)
class StoredProfile:
    """What a page tells of a profile: (label, value) pairs and a picture."""

    kind: ProfileKind
    facts: tuple[tuple[str, str], ...]
    figure: Figure


def describe_profile(feeder: Feeder, kind: ProfileKind, file_name: str, series: Series) -> StoredProfile:
    """Return a stored profile as people read it; kW are of all customers, PV with all potential built."""
    total_kw = series.total(feeder, kind) * sizes(feeder, kind).sum()
    typical = series.typical_day(feeder, kind)
    columns = f"{len(series.customers)}, one for each customer" if series.customers else "1 for all customers"
    values = series.values
    facts = (
        ("File", file_name),
        ("Days", _days(series)),
        ("Intervals", f"{len(values):,} of {series.minutes} minutes"),
        ("Columns", columns),
        ("All customers", f"{_range(total_kw.min(), total_kw.mean(), total_kw.max(), 1)} kW"),
        ("Per unit", _range(values.min(), values.mean(), values.max(), 3)),
        ("Studies use", _used(series, kind, typical)),
    )
    draw = partial(render_uploaded, series, total_kw, typical, NAMES[kind])
    built = "" if kind == "load" else ", with all PV potential built"
    caption = f"All customers together{built}."
    return StoredProfile(
        kind,
        facts,
        Figure(f"{kind}-profile", f"Uploaded {NAMES[kind]}", caption, draw, partial(draw, width=NARROW)),
    )


def _days(series: Series) -> str:
    if series.first_day is None:
        return "a day, which stands for every day"
    return f"{series.days}, from {series.first_day} to {series.last_day}"


def _range(low: float, mean: float, high: float, digits: int) -> str:
    return f"lowest {low:.{digits}f}, mean {mean:.{digits}f}, highest {high:.{digits}f}"


def _used(series: Series, kind: ProfileKind, typical: int) -> str:
    if series.first_day is None:
        return "this day"
    day = series.first_day + timedelta(days=typical)
    why = "with the highest load of all customers" if kind == "load" else "with the most PV energy"
    return f"{day}, the day {why}, unless a date is asked for"
