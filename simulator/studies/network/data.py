"""The network with its elements' state, declared."""

from math import isnan
from typing import Annotated, Any

from simulator.answers.declared import Of, data_of
from simulator.grid.schema import Feeder
from simulator.reports.caveats import caveats_of
from simulator.studies.data import AnswerOut, ScenarioOut
from simulator.studies.run.snapshot import Snapshot


def _each(name: str) -> Of:
    """Read a list in the feeder's order; a transformer without a rating has null."""

    def read(_scenario: Any, snapshot: Snapshot) -> list[float | None] | None:
        values = getattr(snapshot.flow, name)[0].tolist()
        return [None if isnan(each) else each for each in values] if snapshot.kpis.converged else None

    return Of(read)


class NetworkOut(ScenarioOut, AnswerOut):
    """The feeder with its elements' state; null without a solution."""

    converged: Annotated[bool, Of("kpis.converged")]
    vm_pu: Annotated[list[float | None] | None, _each("vm_pu")]
    line_loading: Annotated[list[float | None] | None, _each("line_loading")]
    transformer_loading: Annotated[list[float | None] | None, _each("transformer_loading")]
    network: dict[str, Any]


def network_data(feeder: Feeder, snapshot: Snapshot) -> dict[str, Any]:
    """Return the feeder with its elements' state."""
    told = {"caveats": caveats_of(feeder), "network": feeder.model_dump(mode="json", by_alias=True)}
    return data_of(NetworkOut, snapshot.scenario, snapshot, **told)
