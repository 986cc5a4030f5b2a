"""The key figures of one power flow."""

from dataclasses import dataclass

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow


@dataclass(frozen=True)
class Kpis:
    """What a planner reads first; every figure is None where there is no solution.

    ``transformer`` and its loading are None too where no transformer has a rating.

    Units: loadings as a share of rating, voltages in pu, powers in kW. ``source_kw`` is drawn from the
    medium-voltage grid, negative on export.
    """

    converged: bool
    transformer_loading: float | None
    transformer: str | None
    min_voltage_pu: float | None
    min_voltage_bus: str | None
    max_voltage_pu: float | None
    max_voltage_bus: str | None
    line_loading: float | None
    line: str | None
    loss_kw: float | None
    source_kw: float | None

    @property
    def import_kw(self) -> float | None:
        """Power drawn from the medium-voltage grid; 0 while the feeder exports."""
        return None if self.source_kw is None else max(0.0, self.source_kw)

    @property
    def reverse_power_kw(self) -> float | None:
        """Power fed back through the transformer; 0 while the feeder imports."""
        return None if self.source_kw is None else max(0.0, -self.source_kw)


_UNKNOWN = Kpis(False, *[None] * 10)


def read_kpis(feeder: Feeder, flow: PowerFlow, case: int) -> Kpis:
    """Read the key figures of one case."""
    if not flow.converged[case]:
        return _UNKNOWN
    vm, lines = flow.vm_pu[case], flow.line_loading[case]
    low, high = int(np.argmin(vm)), int(np.argmax(vm))
    rated = np.flatnonzero(feeder.rated)
    worst = max(rated, key=flow.transformer_loading[case].__getitem__, default=None)
    line = int(np.argmax(lines)) if len(lines) else None
    return Kpis(
        converged=True,
        transformer_loading=None if worst is None else float(flow.transformer_loading[case, worst]),
        transformer=None if worst is None else feeder.transformers[worst].id,
        min_voltage_pu=float(vm[low]),
        min_voltage_bus=feeder.buses[low].id,
        max_voltage_pu=float(vm[high]),
        max_voltage_bus=feeder.buses[high].id,
        line_loading=None if line is None else float(lines[line]),
        line=None if line is None else feeder.lines[line].id,
        loss_kw=float(flow.loss_kw[case]),
        source_kw=float(flow.source_kw[case]),
    )
