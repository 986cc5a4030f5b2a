"""The network with its elements' state, declared."""

from math import isnan
from typing import Annotated, Any

from simulator.answers.declared import Of
from simulator.grid.schema import Feeder
from simulator.studies.data import AnswerOut, ScenarioOut
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.scenario import Scenario


def _each(name: str) -> Of:
    """Read a list in the feeder's order; a transformer without a rating has null."""

    def read(_scenario: Scenario, snapshot: Snapshot, _feeder: Feeder) -> list[float | None] | None:
        values = getattr(snapshot.flow, name)[0].tolist()
        return [None if isnan(each) else each for each in values] if snapshot.kpis.converged else None

    return Of(read)


def _file(_scenario: Scenario, _snapshot: Snapshot, feeder: Feeder) -> dict[str, Any]:
    return feeder.model_dump(mode="json", by_alias=True)


class NetworkOut(ScenarioOut, AnswerOut):
    """The feeder with its elements' state; null without a solution."""

    converged: Annotated[bool, Of("kpis.converged")]
    vm_pu: Annotated[list[float | None] | None, _each("vm_pu")]
    line_loading: Annotated[list[float | None] | None, _each("line_loading")]
    transformer_loading: Annotated[list[float | None] | None, _each("transformer_loading")]
    network: Annotated[dict[str, Any], Of(_file)]
