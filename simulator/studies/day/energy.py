"""A day's energies: where the customers' PV goes, and what crosses the transformer."""

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict

from simulator.answers.quantity import Quantity
from simulator.grid.clock import HOURS_PER_STEP
from simulator.powerflow.flow import PowerFlow
from simulator.technologies.powers import Powers


def _kwh_of(label: str, meaning: str, short: str = "") -> Quantity:
    return Quantity(label, "kWh", 1, meaning, card_digits=0, short=short)


SELF_CONSUMPTION = Quantity(
    "Self-consumption", "%", 1, "The share of PV that covers its own customer's demand, at once or stored."
)
SELF_SUFFICIENCY = Quantity(
    "Self-sufficiency", "%", 1, "The share of demand that the customer's own PV covers, at once or stored."
)


class Energy(BaseModel):
    """Energies of all customers over a day in kWh.

    PV is used directly, charged into the customer's own battery, or left as surplus; the battery's output,
    ``via_battery_kwh``, covers its customer's own demand. What the power flow decides is None where a
    quarter-hour has no solution. Import less export is demand with all losses, less PV.
    """

    model_config = ConfigDict(frozen=True)

    demand_kwh: Annotated[float, _kwh_of("Demand", "All customers' load.")]
    pv_kwh: Annotated[float, _kwh_of("PV energy", "All customers' PV.", "PV")]
    direct_kwh: Annotated[float, _kwh_of("Used directly", "PV that covers its customer's load at once.")]
    via_battery_kwh: Annotated[float, _kwh_of("Through the battery", "PV that covers it out of the battery.")]
    battery_loss_kwh: Annotated[float, _kwh_of("Battery losses", "Charged but never given back.")]
    surplus_kwh: Annotated[
        float, _kwh_of("Surplus", "PV that leaves its customer: to neighbours or exported.")
    ]
    import_kwh: Annotated[float | None, _kwh_of("Imported energy", "From the medium-voltage grid.", "Import")]
    export_kwh: Annotated[float | None, _kwh_of("Exported energy", "To the medium-voltage grid.", "Export")]
    loss_kwh: Annotated[
        float | None, _kwh_of("Energy lost in the network", "In lines and transformers.", "Losses")
    ]

    @property
    def self_used_kwh(self) -> float:
        """PV that covers its customer's own demand, at once or out of the battery."""
        return self.direct_kwh + self.via_battery_kwh

    @property
    def self_consumption(self) -> float | None:
        """The share of PV that its customers use themselves; None without PV."""
        return self.self_used_kwh / self.pv_kwh if self.pv_kwh else None

    @property
    def self_sufficiency(self) -> float | None:
        """The share of demand that the customers' own PV covers; None without demand."""
        return self.self_used_kwh / self.demand_kwh if self.demand_kwh else None


def read_energy(powers: Powers, flow: PowerFlow) -> Energy:
    """Sum a day at one level of adoption and its 96 power flows to kWh."""
    load_kw, pv_kw, battery_kw = -powers.kw["load"], powers.kw["pv"], powers.kw["battery"]
    direct_kw = np.minimum(load_kw, pv_kw)
    charging_kw, given_kw = np.maximum(-battery_kw, 0), np.maximum(battery_kw, 0)
    solved = bool(flow.converged.all())

    def crossing(power_kw: np.ndarray) -> float | None:
        return _kwh(power_kw) if solved else None

    return Energy(
        demand_kwh=_kwh(load_kw),
        pv_kwh=_kwh(pv_kw),
        direct_kwh=_kwh(direct_kw),
        via_battery_kwh=_kwh(given_kw),
        battery_loss_kwh=_kwh(charging_kw - given_kw),
        surplus_kwh=_kwh(pv_kw - direct_kw - charging_kw),
        import_kwh=crossing(np.maximum(flow.source_kw, 0)),
        export_kwh=crossing(np.maximum(-flow.source_kw, 0)),
        loss_kwh=crossing(flow.loss_kw),
    )


def _kwh(power_kw: np.ndarray) -> float:
    return float(power_kw.sum()) * HOURS_PER_STEP + 0.0  # no -0.0: people read it as a sign
