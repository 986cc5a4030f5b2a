"""The files that a feeder can be taken away as."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.drawing.geojson import elements_geojson
from simulator.grid.schema import Feeder
from simulator.powerflow.exporting import pandapower_excel, pandapower_json
from simulator.reports.finite_json import write_json

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    """A kind of file: what its link says, its content type, and what writes it."""

    label: str
    content_type: str
    write: Callable[[Feeder], str | bytes]


def _own_json(feeder: Feeder) -> str:
    return write_json(feeder.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False)


def _geojson(feeder: Feeder) -> str:
    return write_json(elements_geojson(feeder), ensure_ascii=False)


EXPORTS: dict[str, Export] = {
    "feeder.json": Export("Feeder JSON", "application/json", _own_json),
    "pandapower.json": Export("pandapower JSON", "application/json", pandapower_json),
    "pandapower.xlsx": Export("pandapower Excel", EXCEL, pandapower_excel),
    "map.geojson": Export("GeoJSON", "application/geo+json", _geojson),
}
