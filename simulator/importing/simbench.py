"""A SimBench network, a folder of CSV files in a zip, turned into pandapower's tables and units.

Nodes are named, not numbered; what a line or a transformer is stands in a table of types; a switch at a
branch hangs between a node and an auxiliary node that the branch ends at.
"""

import posixpath
from collections.abc import Iterable

from simulator.importing.archive import Archive
from simulator.importing.bounds import MAX_CELLS, RefusedError
from simulator.importing.columns import COLUMNS, LIBRARY, LIBRARY_ENDINGS
from simulator.importing.csv_tables import CsvRow, read_csv
from simulator.importing.intake import Intake
from simulator.importing.intake_rules import count_rows
from simulator.importing.simbench_branches import Branches
from simulator.importing.simbench_elements import Elements
from simulator.importing.simbench_nodes import Nodes
from simulator.importing.source import Row

_READ = (
    "Node", "Coordinates", "Line", "LineType", "DCLineType", "Transformer", "TransformerType",
    "Transformer3W", "ExternalNet", "PowerPlant", "RES", "Load", "Shunt", "Storage", "Switch",
)  # fmt: skip


def read_simbench(archive: Archive) -> Intake:
    """Return the tables of a SimBench network.

    Raises:
        RefusedError: no Node.csv, a table twice, or a row that is not as it should be.
    """
    intake = Intake()
    files = _files(archive, intake)
    if "Node" not in files:
        raise RefusedError("zip file", "there is no Node.csv, so it is not a SimBench network")
    csv = _read_tables(archive, files)
    count_rows("Node.csv", "bus", _plain_nodes(csv["Node"]))
    nodes = Nodes(csv["Node"], csv.get("Coordinates", []))
    branches = Branches(csv, nodes)
    elements = Elements(csv, nodes)
    branches.hang_switches()
    _add(intake, "bus", nodes.rows())
    for table, rows in (branches.tables | elements.tables).items():
        _add(intake, table, rows)
    for name, words in branches.remarks:
        intake.leave_out("not_modelled", "trafo", [name], words)
    return intake


def _files(archive: Archive, intake: Intake) -> dict[str, str]:
    found: dict[str, str] = {}
    others = []
    for path in archive.names:
        name, ending = posixpath.splitext(posixpath.basename(path))
        if ending.lower() == ".csv" and name in _READ:
            if name in found:
                raise RefusedError("zip file", f"{name}.csv is there twice, in two folders")
            found[name] = path
        elif name in LIBRARY or name.endswith(LIBRARY_ENDINGS):
            intake.leave_out_table(name)
        else:
            others.append(path)
    if others:
        words = "not read: not a table of a SimBench network"
        intake.leave_out("dropped", "zip file", others, words, "not_needed")
    return found


def _read_tables(archive: Archive, files: dict[str, str]) -> dict[str, list[CsvRow]]:
    """Return the files' rows, whose cells are bounded together."""
    tables, left = {}, MAX_CELLS
    for name, path in files.items():
        tables[name] = read_csv(archive.read(path), posixpath.basename(path), left)
        left -= sum(map(len, tables[name]))
    return tables


def _plain_nodes(rows: Iterable[CsvRow]) -> int:
    return sum("auxiliary" not in row.get("type", "") for row in rows)


def _add(intake: Intake, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = [name for name in COLUMNS[table] if any(name in row for row in rows)]
    intake.add(
        table, columns, [row["index"] for row in rows], [[row.get(name) for name in columns] for row in rows]
    )
