"""SimBench lines and transformers with their types, and the switches at them."""

from collections import Counter
from collections.abc import Mapping
from math import pi

from simulator.importing.bounds import RefusedError, quoted
from simulator.importing.csv_tables import CsvRow, number
from simulator.importing.simbench_nodes import Nodes
from simulator.importing.source import Row

_NF_PER_US = 1e3 / (2 * pi * 50)
_LINE_KINDS = {"cable": "cs", "ohl": "ol"}
_CABLES = ("NA", "NY", "N2XS")  # what the names of cables begin with or hold
_ENDS = {"line": ("from_bus", "to_bus"), "trafo": ("hv_bus", "lv_bus")}

Csv = Mapping[str, list[CsvRow]]


class Branches:
    """Lines, transformers and switches in pandapower's terms; ``remarks`` names what has no model."""

    def __init__(self, csv: Csv, nodes: Nodes) -> None:
        """Convert all branches.

        Raises:
            RefusedError: a node or a type that is not there, or a value that is not a number.
        """
        self._csv, self._nodes = csv, nodes
        self._lone = _nodes_of_one_switch(csv, nodes)
        self.remarks: list[tuple[str, str]] = []
        self.tables: dict[str, list[Row]] = {"line": [], "dcline": []}
        self._add_lines()
        types = _by_id("TransformerType", csv)
        self.tables["trafo"] = [
            self._trafo(place, row, _type_of(place, row, types, "TransformerType"))
            for place, row in _places("Transformer", csv)
        ]
        self.tables["trafo3w"] = [self._trafo3w(place, row) for place, row in _places("Transformer3W", csv)]
        self.tables["switch"] = [self._switch(place, row) for place, row in _places("Switch", csv)]

    def hang_switches(self) -> None:
        """Turn a switch to an auxiliary node into one at the branch that ends there, and drop the node.

        An auxiliary node with several switches stays: it is a bus of its own.
        """
        ends: dict[object, list[tuple[str, Row, str]]] = {}
        for table, columns in _ENDS.items():
            for row in self.tables[table]:
                for column in columns:
                    ends.setdefault(row[column], []).append((table, row, column))
        for switch in self.tables["switch"]:
            at = switch["element"]
            if at not in self._lone or len(ends.get(at, ())) != 1:
                continue
            table, branch, column = ends[at][0]
            branch[column] = switch["bus"]
            switch["et"], switch["element"] = table[0], branch["index"]
            self._nodes.superfluous.add(int(str(at)))

    def _add_lines(self) -> None:
        types, dc_types = _by_id("LineType", self._csv), _by_id("DCLineType", self._csv)
        for place, row in _places("Line", self._csv):
            name = row.get("type", "")
            if name in dc_types and name not in types:
                self.tables["dcline"].append(self._dc_line(place, row, dc_types[name]))
            else:
                self.tables["line"].append(self._line(place, row, _type_of(place, row, types, "LineType")))

    def _dc_line(self, place: str, row: CsvRow, kind: CsvRow) -> Row:
        index = len(self.tables["dcline"])
        power_mw = number(f"DCLineType.csv, {quoted(kind['id'])}", kind, "pDCLine")
        return {
            "index": index,
            "name": row.get("id"),
            "p_mw": power_mw,
            "in_service": True,
        } | self._line_ends(place, row)

    def _line_ends(self, place: str, row: CsvRow) -> Row:
        nodes = {"from_bus": "nodeA", "to_bus": "nodeB"}
        return {end: self._nodes.find(place, row, column).index for end, column in nodes.items()}

    def _line(self, place: str, row: CsvRow, kind: CsvRow) -> Row:
        of_type = f"LineType.csv, {quoted(kind['id'])}"
        susceptance, current_a = number(of_type, kind, "b"), number(of_type, kind, "iMax")
        cable = any(part in kind["id"] for part in _CABLES)
        given = kind.get("type", "cable" if cable else "ohl")
        return {
            "index": len(self.tables["line"]),
            "name": row.get("id"),
            "std_type": kind["id"],
            **self._line_ends(place, row),
            "length_km": number(place, row, "length"),
            "r_ohm_per_km": number(of_type, kind, "r"),
            "x_ohm_per_km": number(of_type, kind, "x"),
            "c_nf_per_km": None if susceptance is None else susceptance * _NF_PER_US,
            "g_us_per_km": 0.0,
            "max_i_ka": None if current_a is None else current_a / 1e3,
            "df": 1.0,
            "parallel": 1,
            "type": _LINE_KINDS.get(given, given),
            "in_service": True,
        }

    def _trafo(self, place: str, row: CsvRow, kind: CsvRow) -> Row:
        of_type = f"TransformerType.csv, {quoted(kind['id'])}"
        copper_kw, mva = number(of_type, kind, "pCu"), number(of_type, kind, "sR")
        if number(of_type, kind, "dVa"):
            self.remarks.append((row.get("id", kind["id"]), "steps that turn the angle (dVa) are not read"))
        return {
            "index": int(place.rpartition(" ")[2]) - 1,
            "name": row.get("id"),
            "std_type": kind["id"],
            "hv_bus": self._nodes.find(place, row, "nodeHV").index,
            "lv_bus": self._nodes.find(place, row, "nodeLV").index,
            "sn_mva": mva,
            "vn_hv_kv": number(of_type, kind, "vmHV"),
            "vn_lv_kv": number(of_type, kind, "vmLV"),
            "vk_percent": number(of_type, kind, "vmImp"),
            "vkr_percent": None if copper_kw is None else 100 * copper_kw / (mva * 1e3) if mva else 0.0,
            "pfe_kw": number(of_type, kind, "pFe"),
            "i0_percent": number(of_type, kind, "iNoLoad"),
            "shift_degree": number(of_type, kind, "va0"),
            "tap_side": kind.get("tapside", "").lower() or None,
            "tap_pos": number(place, row, "tappos"),
            **_tap_steps(of_type, kind),
            "tap_step_degree": 0.0,
            "tap_dependency_table": False,
            "parallel": 1,
            "df": 1.0,
            "in_service": True,
        }

    def _trafo3w(self, place: str, row: CsvRow) -> Row:
        nodes = {"hv_bus": "nodeHV", "mv_bus": "nodeMV", "lv_bus": "nodeLV"}
        ends: Row = {end: self._nodes.find(place, row, column).index for end, column in nodes.items()}
        index = int(place.rpartition(" ")[2]) - 1
        ends |= {"index": index, "name": row.get("id"), "std_type": row.get("type"), "in_service": True}
        return ends

    def _switch(self, place: str, row: CsvRow) -> Row:
        here, there = self._nodes.find(place, row, "nodeA"), self._nodes.find(place, row, "nodeB")
        if here.index in self._lone:
            here, there = there, here
        if here.index in self._lone:
            raise RefusedError(place, "both nodes are auxiliary")
        closed = number(place, row, "cond")
        if closed not in (0, 1):
            raise RefusedError(f"{place}, column cond", "1 (closed) or 0 (open) belongs here")
        return {
            "index": int(place.rpartition(" ")[2]) - 1,
            "name": row.get("id"),
            "bus": here.index,
            "element": there.index,
            "et": "b",
            "type": row.get("type"),
            "closed": bool(closed),
            "z_ohm": 0.0,
        }


def _nodes_of_one_switch(csv: Csv, nodes: Nodes) -> set[int]:
    """Return the auxiliary nodes that hold a single switch."""
    count: Counter[int] = Counter()
    for place, row in _places("Switch", csv):
        ends = (nodes.find(place, row, column) for column in ("nodeA", "nodeB"))
        count.update(node.index for node in ends if node.is_auxiliary)
    return {index for index, switches in count.items() if switches == 1}


def _tap_steps(place: str, kind: CsvRow) -> Row:
    neutral = number(place, kind, "tapNeutr")
    tapable = bool(number(place, kind, "tapable"))
    return {
        "tap_neutral": neutral,
        "tap_min": number(place, kind, "tapMin") if tapable else neutral,
        "tap_max": number(place, kind, "tapMax") if tapable else neutral,
        "tap_step_percent": number(place, kind, "dVm"),
    }


def _places(table: str, csv: Csv) -> list[tuple[str, CsvRow]]:
    return [(f"{table}.csv, row {at}", row) for at, row in enumerate(csv.get(table, []), start=1)]


def _by_id(table: str, csv: Csv) -> dict[str, CsvRow]:
    found: dict[str, CsvRow] = {}
    for place, row in _places(table, csv):
        if "id" not in row or row["id"] in found:
            raise RefusedError(f"{place}, column id", "a name is missing or there twice")
        found[row["id"]] = row
    return found


def _type_of(place: str, row: CsvRow, types: dict[str, CsvRow], table: str) -> CsvRow:
    name = row.get("type", "")
    if name not in types:
        raise RefusedError(f"{place}, column type", f"there is no {quoted(name)} in {table}.csv")
    return types[name]
