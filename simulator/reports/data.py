"""Answers as plain data: what the API returns, pages offer as JSON, and the terminal prints."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder
from simulator.reports.report import Report
from simulator.studies.assessment import Violation
from simulator.studies.comparison import ComparedFeeder
from simulator.studies.day_status import DayStatus
from simulator.studies.guidance import Finding, advice_text
from simulator.studies.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.kpis import Kpis
from simulator.studies.scenario import Scenario
from simulator.studies.snapshot import Snapshot
from simulator.studies.wording import explain


def snapshot_data(snapshot: Snapshot, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return a snapshot; loadings are shares of rating, figures without a solution null."""
    return {
        **scenario_data(snapshot.scenario),
        **kpi_data(snapshot.kpis),
        "voltage_violation": int(snapshot.voltage_violation) if snapshot.kpis.converged else None,
        "violations": [violation_data(v) for v in snapshot.violations],
        "advice": advice_text(findings),
        "findings": [
            {"rule": f.key, "severity": f.severity, "title": f.title, "reason": f.reason} for f in findings
        ],
        "solver": snapshot.flow.algorithm,
        "agreement_pu": snapshot.agreement_pu,
        "engines_agree": snapshot.engines_agree,
    }


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario with its limits."""
    return {
        "feeder_id": scenario.feeder_id,
        "hour": scenario.hour,
        "time": scenario.time,
        "pv_adoption": scenario.pv_adoption,
        "battery_adoption": scenario.battery_adoption,
        "limits": limits_data(scenario.limits),
    }


def limits_data(limits: Limits) -> dict[str, Any]:
    """Return a limit set."""
    return limits.model_dump(exclude={"title"})


def kpi_data(kpis: Kpis) -> dict[str, Any]:
    """Return the key figures."""
    return {
        "converged": kpis.converged,
        "transformer_loading": kpis.transformer_loading,
        "transformer": kpis.transformer,
        "reverse_power_kw": kpis.reverse_power_kw,
        "import_kw": kpis.import_kw,
        "min_voltage_pu": kpis.min_voltage_pu,
        "min_voltage_bus": kpis.min_voltage_bus,
        "max_voltage_pu": kpis.max_voltage_pu,
        "max_voltage_bus": kpis.max_voltage_bus,
        "line_loading": kpis.line_loading,
        "line": kpis.line,
        "loss_kw": kpis.loss_kw,
    }


def violation_data(violation: Violation) -> dict[str, Any]:
    """Return a violation, with its sentence."""
    return {
        "kind": violation.kind,
        "element": violation.element,
        "hour": violation.step,
        "time": time_of(violation.step),
        "value": violation.value,
        "limit": violation.limit,
        "text": explain(violation),
    }


def sweep_data(feeder_id: str, sweep: Sweep) -> dict[str, Any]:
    """Return a sweep: its points, the hosting capacity, and what binds."""
    return {
        "feeder_id": feeder_id,
        "hours": list(sweep.hours),
        "times": [time_of(hour) for hour in sweep.hours],
        "battery_adoption": sweep.battery_adoption,
        "limits": limits_data(sweep.limits),
        "points": [vars(point) for point in sweep.points],
        "hosting_capacity": sweep.capacity.adoption,
        "hosting_capacity_kwp": sweep.capacity.kwp,
        "binding": _binding(sweep.capacity),
        "baseline_violation": sweep.baseline_violation,
        "hosting_capacity_pv_caused": sweep.caused.adoption,
        "hosting_capacity_pv_caused_kwp": sweep.caused.kwp,
        "binding_pv_caused": _binding(sweep.caused),
    }


def _binding(capacity: HostingCapacity) -> dict[str, Any] | None:
    return None if capacity.binding is None else violation_data(capacity.binding)


def comparison_data(row: ComparedFeeder) -> dict[str, Any]:
    """Return one compared feeder."""
    return {
        **scenario_data(row.scenario),
        **kpi_data(row.kpis),
        "violations": [violation_data(v) for v in row.violations],
        "sweep": sweep_data(row.scenario.feeder_id, row.sweep),
    }


def day_status_data(feeder_id: str, status: DayStatus) -> dict[str, Any]:
    """Return a feeder's day in one line."""
    return {
        "feeder_id": feeder_id,
        "within_limits": status.within_limits,
        "violated_hours": status.violated_steps,
        "tightest": violation_data(status.tightest),
    }


def network_data(feeder: Feeder, snapshot: Snapshot) -> dict[str, Any]:
    """Return the feeder with its elements' state; lists in the feeder's order, null without a solution."""
    solved, flow = snapshot.kpis.converged, snapshot.flow
    state = {
        "vm_pu": flow.vm_pu,
        "line_loading": flow.line_loading,
        "transformer_loading": flow.transformer_loading,
    }
    return {
        **scenario_data(snapshot.scenario),
        "converged": solved,
        **{key: values[0].tolist() if solved else None for key, values in state.items()},
        "network": feeder.model_dump(mode="json", by_alias=True),
    }


def help_data(report: Report) -> dict[str, Any]:
    """Return the help's tables, row by row."""
    return {
        table.key: [dict(zip([c.key for c in table.columns], row, strict=True)) for row in table.rows]
        for table in report.tables
    }
