"""What hangs at SimBench nodes: loads, plants, storages, shunts, and the grid beyond."""

from collections.abc import Mapping

from simulator.importing.bounds import RefusedError, quoted
from simulator.importing.csv_tables import CsvRow, number
from simulator.importing.simbench_nodes import Nodes
from simulator.importing.source import Row

# How a plant is calculated, in all of SimBench's spellings, and the table that this makes it.
_CALCULATED = {
    "ext_grid": ("vavm", "vmva", "slack", "sl"),
    "gen": ("pvm", "vmp", "pv"),
    "sgen": ("pq",),
    "ward": ("ward",),
    "xward": ("xward",),
}
_TABLE_OF = {spelling: table for table, spellings in _CALCULATED.items() for spelling in spellings}
# The order in which pandapower's tables are filled from SimBench's, and so numbered.
_ORDER = {
    "ext_grid": ("ExternalNet", "PowerPlant", "RES"),
    "gen": ("PowerPlant", "ExternalNet", "RES"),
    "sgen": ("RES", "ExternalNet", "PowerPlant"),
    "ward": ("ExternalNet",),
    "xward": ("ExternalNet",),
}
_SUFFIX = {"ExternalNet": "ExtNet", "PowerPlant": "PP", "RES": "RES"}

_CONSTANT_POWER: Row = {f"const_{kind}_{part}_percent": 0.0 for kind in "zi" for part in "pq"}

Csv = Mapping[str, list[CsvRow]]


class Elements:
    """Elements at nodes in pandapower's terms: MW and Mvar as in the file, which counts in them too."""

    def __init__(self, csv: Csv, nodes: Nodes) -> None:
        """Convert all elements.

        Raises:
            RefusedError: a node that is not there, or a value that is not a number.
        """
        self._csv, self._nodes = csv, nodes
        self.tables: dict[str, list[Row]] = {
            "load": [row | _CONSTANT_POWER for row in self._rows("Load", "Load")],
            "storage": self._rows("Storage", "Stor"),
            "shunt": self._rows("Shunt", "0"),
        }
        for place, row, storage in self._with_places("Storage"):
            charge = number(place, row, "chargeLevel")
            storage["soc_percent"] = None if charge is None else 100 * charge
            storage["max_e_mwh"] = number(place, row, "eStore")
            storage["min_e_mwh"] = 0.0
        for place, row, shunt in self._with_places("Shunt"):
            shunt["vn_kv"], shunt["step"] = number(place, row, "vmR"), number(place, row, "step")
        for table, sources in _ORDER.items():
            self.tables[table] = []
            for source in sources:
                self._add_plants(table, source)

    def _with_places(self, table: str) -> list[tuple[str, CsvRow, Row]]:
        made = self.tables[table.lower()]
        return [
            (f"{table}.csv, row {at}", row, element)
            for at, (row, element) in enumerate(zip(self._csv.get(table, []), made, strict=True), start=1)
        ]

    def _rows(self, table: str, suffix: str) -> list[Row]:
        return [
            {"index": at} | self._injection(f"{table}.csv, row {at + 1}", row, suffix)
            for at, row in enumerate(self._csv.get(table, []))
        ]

    def _injection(self, place: str, row: CsvRow, suffix: str) -> Row:
        return {
            "name": row.get("id"),
            "bus": self._nodes.find(place, row, "node").index,
            "p_mw": number(place, row, f"p{suffix}"),
            "q_mvar": number(place, row, f"q{suffix}"),
            "sn_mva": number(place, row, "sR"),
            "type": row.get("type"),
            "scaling": 1.0,
            "in_service": True,
        }

    def _add_plants(self, table: str, source: str) -> None:
        for at, row in enumerate(self._csv.get(source, []), start=1):
            place = f"{source}.csv, row {at}"
            way = row.get("calc_type", "")
            if way.lower() not in _TABLE_OF:
                raise RefusedError(
                    f"{place}, column calc_type", f"{quoted(way)} is none of vavm, pvm, pq, Ward, xWard"
                )
            if _TABLE_OF[way.lower()] == table:
                index: Row = {"index": len(self.tables[table])}
                self.tables[table].append(index | self._plant(table, place, row, _SUFFIX[source]))

    def _plant(self, table: str, place: str, row: CsvRow, suffix: str) -> Row:
        plant = self._injection(place, row, suffix)
        node = self._nodes.find(place, row, "node")
        if table in ("ward", "xward"):
            plant |= {"ps_mw": plant["p_mw"], "qs_mvar": plant["q_mvar"]}
            plant |= {"pz_mw": number(place, row, "pWardShunt"), "qz_mvar": number(place, row, "qWardShunt")}
        if table == "xward":
            plant |= {"r_ohm": number(place, row, "rXWard"), "x_ohm": number(place, row, "xXWard")}
            plant |= {"vm_pu": number(place, row, "vmXWard")}
        if table in ("ext_grid", "gen"):
            plant |= {"vm_pu": node.setpoint("vmSetp"), "slack_weight": number(place, row, "dspf")}
        if table == "gen":
            plant |= {"slack": False}
        if table == "ext_grid":
            plant |= {"va_degree": node.setpoint("vaSetp")}
        return plant
