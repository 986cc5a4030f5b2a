"""pandapower's Excel: a sheet a table, its first column the index, its first row the columns' names."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from simulator.importing.bounds import RefusedError, legible
from simulator.importing.columns import COLUMNS
from simulator.importing.intake import Intake
from simulator.importing.intake_rules import renamed
from simulator.importing.plain import parse_json
from simulator.importing.workbook import Workbook
from simulator.importing.workbook_cells import Unread

_INDEX = 1


def read_excel(workbook: Workbook) -> Intake:
    """Return the tables of a workbook as ``pandapower.to_excel`` writes it.

    Raises:
        RefusedError: no sheet of buses, or a sheet that is not as it should be.
    """
    if "bus" not in workbook.sheets:
        raise RefusedError("workbook", "there is no sheet named bus, so it is not a pandapower workbook")
    intake = Intake()
    for name in workbook.sheets:
        if name in COLUMNS:
            intake.add_or_leave_out(name, partial(_add_sheet, intake, name, workbook))
        else:
            intake.leave_out_table(legible(name, 60))
    _refuse_old_units(intake)
    return intake


def _add_sheet(intake: Intake, name: str, workbook: Workbook) -> None:
    rows = workbook.rows(name)
    if not rows:
        return
    (_, header), *body = rows
    # The index is named by no header, or by the name that the frame's index had.
    at = sorted(column for column in header if column != _INDEX)
    names, read_from = renamed(name, [header[column] for column in at])
    geo = names.index("geo") if "geo" in names else -1
    cells: list[list[object]] = [[row.get(at[column]) for column in read_from] for _, row in body]
    if geo >= 0:
        for row in cells:
            row[geo] = _unwrapped(row[geo])
    index = [row.get(_INDEX) for _, row in body]
    _refuse_unread(name, names, cells, index)
    intake.add(name, names, index, cells)


def _refuse_unread(
    table: str, names: list[object], cells: list[list[object]], index: Sequence[object]
) -> None:
    """Refuse formulas and errors in the columns that are read.

    Raises:
        RefusedError: at such a cell.
    """
    read = [at for at, name in enumerate(names) if name in COLUMNS[table]]
    needed = [row[at] for row in cells for at in read]
    for cell in (*needed, *index):
        if isinstance(cell, Unread):
            raise RefusedError(cell.place, cell.reason)


def _unwrapped(cell: object) -> object:
    """Return the point's text: pandapower writes the text once more as JSON."""
    if not isinstance(cell, str) or not cell.startswith('"'):
        return cell
    try:
        return cast("object", parse_json(cell.encode(), "geo"))
    except (RefusedError, UnicodeEncodeError):
        return cell


def _refuse_old_units(intake: Intake) -> None:
    for row in intake.rows.get("parameters", []):
        for key in ("format_version", "version"):
            if str(row.get(key) or "").split(".", 1)[0] in ("0", "1"):
                raise RefusedError(
                    "sheet parameters", "pandapower 1 counted in kW; save the file anew with 2.0 or later"
                )
