"""What several answers are made of, as plain data."""

from typing import Any

from simulator.assessment.kpis import Kpis
from simulator.assessment.violations import Violation
from simulator.assessment.wording import explain
from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.studies.adoption import adoption_data
from simulator.studies.scenario import Scenario
from simulator.studies.sweep.hosting_capacity import HostingCapacity
from simulator.studies.sweep.levels import MOST_TIMES


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario with its limits."""
    return {
        "feeder_id": scenario.feeder_id,
        "hour": scenario.step,
        "time": scenario.time,
        **adoption_data(scenario.adoption),
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


def beyond_data(capacity: HostingCapacity) -> dict[str, Any] | None:
    """Return how far beyond the potential nothing is violated, and what binds then; None below it."""
    if not capacity.all_of_it:
        return None
    return {
        "hosting_capacity": capacity.adoption,
        "hosting_capacity_kwp": capacity.kwp,
        "binding": binding_data(capacity),
        "searched_to": float(MOST_TIMES),
    }


def binding_data(capacity: HostingCapacity) -> dict[str, Any] | None:
    """Return what binds, or None."""
    return None if capacity.binding is None else violation_data(capacity.binding)
