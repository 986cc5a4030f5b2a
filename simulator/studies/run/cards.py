"""Key figures as cards: each against its limit, in words and shape as well as colour."""

from simulator.assessment.violations import VOLTAGE_KINDS, Violation
from simulator.assessment.wording import NOT_RATED, percent, sided
from simulator.drawing.bar import render_bar
from simulator.grid.limits import Limits
from simulator.reports.report import Kpi
from simulator.reports.standing import loading_state, rise_state, voltage_state
from simulator.studies.run.snapshot import Snapshot


def snapshot_cards(snapshot: Snapshot) -> tuple[Kpi, ...]:
    """Return a snapshot's key figures, in the order a planner reads them."""
    kpis, limits = snapshot.kpis, snapshot.scenario.limits
    voltage = [
        voltage_card("min_voltage", "Lowest voltage", kpis.min_voltage_pu, kpis.min_voltage_bus, limits),
        voltage_card("max_voltage", "Highest voltage", kpis.max_voltage_pu, kpis.max_voltage_bus, limits),
    ]
    rise = [rise_card(snapshot.largest_rise, limits)] if limits.rise_max else []
    return (
        transformer_card(kpis.transformer_loading, _flow(snapshot), limits, rated=_is_rated(snapshot)),
        *voltage,
        *rise,
        loading_card("line_loading", "Most loaded line", kpis.line_loading, kpis.line or "", limits),
        _violations(snapshot),
        _power("loss", "Losses", kpis.loss_kw, "lines and transformer"),
        _exchange(snapshot),
    )


def _is_rated(snapshot: Snapshot) -> bool:
    return not snapshot.kpis.converged or snapshot.kpis.transformer is not None


def _flow(snapshot: Snapshot) -> str:
    kpis = snapshot.kpis
    if kpis.source_kw is None:
        return ""
    way = "exporting" if kpis.reverse_power_kw else "importing"
    return f"{kpis.transformer}, {way}" if kpis.transformer else way


def transformer_card(loading: float | None, place: str, limits: Limits, *, rated: bool) -> Kpi:
    """Return the loading of the most loaded transformer; that none has a rating where none has."""
    key, label = "transformer_loading", "Transformer loading"
    if not rated:
        return Kpi(key, label, NOT_RATED, "", f"{place}; no transformer to judge".removeprefix("; "))
    return loading_card(key, label, loading, place, limits)


def loading_card(key: str, label: str, loading: float | None, place: str, limits: Limits) -> Kpi:
    """Return a loading, a share of rating, against its limit."""
    limit = percent(limits.loading_max)
    if loading is None:
        return Kpi(key, label, "\N{EN DASH}", "", place, limit, "unknown")
    state = loading_state(loading, limits)
    bar = render_bar(loading, limits.loading_max, 1.25 * limits.loading_max)
    return Kpi(
        key, label, sided(loading * 100, (limits.loading_max * 100,), 1), "%", place, limit, state, bar
    )


def voltage_card(key: str, label: str, vm_pu: float | None, bus: str | None, limits: Limits) -> Kpi:
    """Return a voltage against its band; ``bus`` tells where it was found."""
    low, high = limits.vm_min_pu, limits.vm_max_pu
    limit = f"{low:.2f} to {high:.2f} pu"
    if vm_pu is None:
        return Kpi(key, label, "\N{EN DASH}", "", "", limit, "unknown")
    shown = sided(vm_pu, (low, high), 3)
    return Kpi(key, label, shown, "pu", bus or "", limit, voltage_state(vm_pu, limits))


def rise_card(rise: Violation | None, limits: Limits) -> Kpi:
    """Return the largest rise by PV against its limit."""
    limit = percent(limits.rise_max or 0)
    if rise is None or rise.value is None or rise.limit is None:
        return Kpi("rise", "Largest rise by PV", "\N{EN DASH}", "", "", limit, "unknown")
    return Kpi(
        "rise",
        "Largest rise by PV",
        sided(rise.value * 100, (rise.limit * 100,), 2),
        "%",
        rise.element,
        limit,
        rise_state(rise.value, limits),
    )


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
        return _power("exchange", "Export", kpis.reverse_power_kw, f"to the {grid}")
    return _power("exchange", "Import", kpis.import_kw, f"from the {grid}")


def _power(key: str, label: str, kw: float | None, place: str) -> Kpi:
    if kw is None:
        return Kpi(key, label, "\N{EN DASH}", "", place, "", "unknown")
    return Kpi(key, label, f"{kw:.1f}", "kW", place)
