"""The key figures of one power flow."""

from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from simulator.answers.declared import WHERE_TOLD
from simulator.answers.quantity import (
    EXPORT,
    HIGHEST_VOLTAGE,
    IMPORT,
    LINE_LOADING,
    LOSSES,
    LOWEST_VOLTAGE,
    RETURNING,
    TRANSFORMER_LOADING,
    UNBALANCE,
    Card,
)
from simulator.assessment.violations import phase_name, place_of
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.unbalance import Unbalance


class Kpis(BaseModel):
    """What a planner reads first; every figure is None where there is no solution.

    ``transformer`` and its loading are None too where no transformer has a rating, and phases where all are
    balanced.

    Units: loadings as a share of rating, voltages in pu, powers in kW. ``import_kw`` is drawn from the
    medium-voltage grid, ``reverse_power_kw`` fed back to it; one of them is 0.
    """

    model_config = ConfigDict(frozen=True)

    converged: bool
    transformer_loading: Annotated[float | None, TRANSFORMER_LOADING]
    transformer: str | None
    min_voltage_pu: Annotated[float | None, LOWEST_VOLTAGE, Card(at="min_voltage_place")]
    min_voltage_bus: str | None
    min_voltage_phase: Annotated[str | None, WHERE_TOLD] = None
    max_voltage_pu: Annotated[float | None, HIGHEST_VOLTAGE, Card(at="max_voltage_place")]
    max_voltage_bus: str | None
    max_voltage_phase: Annotated[str | None, WHERE_TOLD] = None
    line_loading: Annotated[float | None, LINE_LOADING, Card(at="line")]
    line: str | None
    loss_kw: Annotated[float | None, LOSSES, Card(place="lines and transformer")]
    unbalance: Annotated[float | None, WHERE_TOLD, UNBALANCE, Card(at="unbalance_bus")] = None
    unbalance_bus: Annotated[str | None, WHERE_TOLD] = None
    neutral_current_a: Annotated[float | None, WHERE_TOLD, RETURNING, Card(at="neutral_current_line")] = None
    neutral_current_line: Annotated[str | None, WHERE_TOLD] = None
    import_kw: Annotated[float | None, IMPORT]
    reverse_power_kw: Annotated[float | None, EXPORT]

    @property
    def min_voltage_place(self) -> str | None:
        """Where the lowest voltage is."""
        return self.min_voltage_bus and place_of(self.min_voltage_bus, self.min_voltage_phase)

    @property
    def max_voltage_place(self) -> str | None:
        """Where the highest voltage is."""
        return self.max_voltage_bus and place_of(self.max_voltage_bus, self.max_voltage_phase)

    @property
    def source_kw(self) -> float | None:
        """Power drawn from the medium-voltage grid, negative on export."""
        return None if self.import_kw is None else self.import_kw - (self.reverse_power_kw or 0.0)


def with_unbalance(kpis: Kpis, feeder: Feeder, found: Unbalance, case: int) -> Kpis:
    """Return key figures with the largest unbalance and the largest current in a neutral of one case."""
    if not kpis.converged:
        return kpis
    told: dict[str, Any] = {}
    share, returning_a = found.share[case], found.returning_a[case]
    if np.isfinite(share).any():
        bus = int(np.nanargmax(share))
        told |= {"unbalance": float(share[bus]), "unbalance_bus": feeder.buses[bus].id}
    if len(returning_a):
        line = int(np.argmax(returning_a))
        told |= {"neutral_current_a": float(returning_a[line]), "neutral_current_line": feeder.lines[line].id}
    return kpis.model_copy(update=told)


def read_kpis(feeder: Feeder, flow: PowerFlow, case: int) -> Kpis:
    """Read the key figures of one case."""
    if not flow.converged[case]:
        unknown: dict[str, Any] = dict.fromkeys(Kpis.model_fields)
        return Kpis(**{**unknown, "converged": False})
    low_pu, high_pu, lines = flow.low_pu[case], flow.high_pu[case], flow.line_loading[case]
    low, high = int(np.argmin(low_pu)), int(np.argmax(high_pu))
    phases = flow.phases.at([case]) if flow.phases else None
    rated = np.flatnonzero(feeder.rated)
    worst = max(rated, key=flow.transformer_loading[case].__getitem__, default=None)
    line = max(np.flatnonzero(feeder.rated_lines), key=lines.__getitem__, default=None)
    source_kw = float(flow.source_kw[case])
    return Kpis(
        converged=True,
        transformer_loading=None if worst is None else float(flow.transformer_loading[case, worst]),
        transformer=None if worst is None else feeder.transformers[worst].id,
        min_voltage_pu=float(low_pu[low]),
        min_voltage_bus=feeder.buses[low].id,
        min_voltage_phase=phase_name(phases.lowest[0, low]) if phases else None,
        max_voltage_pu=float(high_pu[high]),
        max_voltage_bus=feeder.buses[high].id,
        max_voltage_phase=phase_name(phases.highest[0, high]) if phases else None,
        line_loading=None if line is None else float(lines[line]),
        line=None if line is None else feeder.lines[line].id,
        loss_kw=float(flow.loss_kw[case]),
        import_kw=max(0.0, source_kw),
        reverse_power_kw=max(0.0, -source_kw),
    )
