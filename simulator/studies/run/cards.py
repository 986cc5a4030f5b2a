"""A snapshot's cards: those that its answer declares, and between them those that say more than a figure."""

from simulator.answers.quantity import EXPORT, IMPORT, RISE, TRANSFORMER_LOADING
from simulator.assessment.violations import VOLTAGE_KINDS, Violation
from simulator.assessment.wording import NOT_RATED
from simulator.grid.limits import Limits
from simulator.reports.cards import card, cards_of
from simulator.reports.report import Kpi
from simulator.studies.run.data import SimulateOut
from simulator.studies.run.snapshot import Snapshot


def snapshot_cards(snapshot: Snapshot) -> tuple[Kpi, ...]:
    """Return a snapshot's key figures, in the order a planner reads them."""
    kpis, limits = snapshot.kpis, snapshot.scenario.limits
    loading = transformer_card(kpis.transformer_loading, _flow(snapshot), limits, rated=_is_rated(snapshot))
    own = {
        "transformer_loading": [loading],
        "max_voltage_bus": [rise_card(snapshot.largest_rise, limits)] if limits.rise_max else [],
        "line": [_violations(snapshot)],
        "import_kw": [_exchange(snapshot)],
    }
    return cards_of(SimulateOut, snapshot.scenario, snapshot, kpis, limits=limits, own=own)


def _is_rated(snapshot: Snapshot) -> bool:
    return not snapshot.kpis.converged or snapshot.kpis.transformer is not None


def _flow(snapshot: Snapshot) -> str:
    kpis = snapshot.kpis
    way = "exporting" if kpis.reverse_power_kw else "importing"
    return f"{kpis.transformer}, {way}" if kpis.transformer else way


def transformer_card(loading: float | None, place: str, limits: Limits, *, rated: bool) -> Kpi:
    """Return the loading of the most loaded transformer; that none has a rating where none has."""
    key = "transformer_loading"
    if rated:
        return card(key, TRANSFORMER_LOADING, loading, place, limits)
    place = f"{place}; no transformer to judge".removeprefix("; ")
    return Kpi(key, TRANSFORMER_LOADING.label, NOT_RATED, "", place)


def rise_card(rise: Violation | None, limits: Limits, place: str = "") -> Kpi:
    """Return the largest rise by PV against its limit; ``place`` tells more than the element."""
    if rise is None:
        return card("rise", RISE, None, "", limits)
    return card("rise", RISE, rise.value, place or rise.place, limits)


def _violations(snapshot: Snapshot) -> Kpi:
    if not snapshot.kpis.converged:
        return Kpi("violation", "Violation", "yes", "", "no solution", "", "unknown")
    voltage = sum(v.kind in VOLTAGE_KINDS for v in snapshot.violations)
    loading = len(snapshot.violations) - voltage
    if not snapshot.violations:
        where = "all buses, lines and transformers" if _is_rated(snapshot) else "all buses and lines"
        return Kpi("violation", "Violation", "no", "", where, "", "ok")
    parts = [f"{voltage} of voltage"] * bool(voltage) + [f"{loading} of loading"] * bool(loading)
    return Kpi("violation", "Violation", "yes", "", ", ".join(parts), "", "violated")


def _exchange(snapshot: Snapshot) -> Kpi:
    kpis = snapshot.kpis
    grid = "medium-voltage grid" if _is_rated(snapshot) else "source"
    if kpis.reverse_power_kw:
        return card("exchange", EXPORT, kpis.reverse_power_kw, f"to the {grid}")
    return card("exchange", IMPORT, kpis.import_kw, f"from the {grid}")
