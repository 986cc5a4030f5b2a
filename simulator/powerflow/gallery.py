"""Published networks as ready feeders: taken from pandapower, through the import that people's files take."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.grid.reading import GALLERY_DIR, render_feeder
from simulator.grid.schema import Feeder
from simulator.importing.importing import import_file
from simulator.powerflow.libraries import pandapower

SEED = 1  # pandapower draws the Kerber networks' cables anew on every call
KWP_PER_KW = 1.0  # the networks have no PV: each customer may have as much as its load's peak

_KERBER = (
    "G. Kerber, Aufnahmefähigkeit von Niederspannungsverteilnetzen für die Einspeisung aus "
    "Photovoltaikkleinanlagen, dissertation, TU München, 2011"
)
_CIGRE = (
    "CIGRE Task Force C6.04.02, Benchmark Systems for Network Integration of Renewable and Distributed "
    "Energy Resources, Technical Brochure 575, 2014"
)
_PV = "PV potential is this site's addition, 1 kWp for each kW of load."


@dataclass(frozen=True)
class Exhibit:
    """A published network: pandapower's function for it, and what the gallery calls it."""

    feeder_id: str
    function: str
    name: str
    archetype: str
    words: str
    source: str

    @property
    def description(self) -> str:
        """What the network is, what was added, and where it comes from."""
        return f"{self.words} {_PV} Source: {self.source}; as pandapower has it ({self.function})."


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit(
        "gallery_cigre_lv",
        "create_cigre_network_lv",
        "CIGRE LV benchmark",
        "gallery: CIGRE",
        "The European low-voltage benchmark: a residential, an industrial and a commercial network, each "
        "behind a transformer of its own. Every line is rated 1000 A there, so none binds.",
        _CIGRE,
    ),
    Exhibit(
        "gallery_kerber_dorfnetz",
        "create_kerber_dorfnetz",
        "Kerber village (Dorfnetz)",
        "gallery: Kerber",
        "A typical German village on cables: 57 house connections on six streets behind 400 kVA.",
        _KERBER,
    ),
    Exhibit(
        "gallery_kerber_landnetz_freileitung_1",
        "create_kerber_landnetz_freileitung_1",
        "Kerber country, overhead (Landnetz Freileitung 1)",
        "gallery: Kerber",
        "A hamlet on overhead lines: 13 house connections behind 160 kVA.",
        _KERBER,
    ),
    Exhibit(
        "gallery_kerber_landnetz_kabel_1",
        "create_kerber_landnetz_kabel_1",
        "Kerber country, cable (Landnetz Kabel 1)",
        "gallery: Kerber",
        "A hamlet on cables: 8 house connections, each on a short branch, behind 100 kVA.",
        _KERBER,
    ),
)


def build_exhibit(exhibit: Exhibit) -> Feeder:
    """Return a published network as a feeder; the same on every call."""
    pp = pandapower()
    content: str = pp.to_json(published_network(exhibit.function))
    feeder = import_file(content.encode(), f"{exhibit.feeder_id}.json")[1][0].feeder
    customers = [{**c.model_dump(), "pv_kwp": round(KWP_PER_KW * c.peak_kw, 3)} for c in feeder.customers]
    titles = {key: getattr(exhibit, key) for key in ("feeder_id", "name", "archetype", "description")}
    data = feeder.model_dump(mode="json", by_alias=True)
    return Feeder.model_validate({**data, **titles, "customers": customers})


def published_network(function: str) -> Any:
    """Return a network of pandapower's, drawn with the gallery's seed."""
    pandapower()
    from pandapower import networks

    before = random.getstate()
    random.seed(SEED)
    try:
        return getattr(networks, function)()
    finally:
        random.setstate(before)


def render_gallery(directory: Path = GALLERY_DIR) -> dict[Path, str]:
    """Return the text of every file of the gallery, by its path."""
    return {directory / f"{e.feeder_id}.json": render_feeder(build_exhibit(e)) for e in EXHIBITS}
