"""pandapower's Excel: a sheet a table, its first column the index, its first row the columns' names."""

from typing import cast

from simulator.grid.importing.bounds import RefusedError, legible, quoted
from simulator.grid.importing.columns import COLUMNS
from simulator.grid.importing.intake import Intake, renamed
from simulator.grid.importing.plain import parse_json
from simulator.grid.importing.workbook import Rows, Workbook

_INDEX = 1


def read_excel(workbook: Workbook) -> Intake:
    """Return the tables of a workbook as ``pandapower.to_excel`` writes it.

    Raises:
        RefusedError: no sheet of buses, or a sheet that is not as it should be.
    """
    if "bus" not in workbook.sheets:
        raise RefusedError("workbook", "there is no sheet named bus, so it is no pandapower workbook")
    intake = Intake()
    for name in workbook.sheets:
        if name in COLUMNS:
            _add_sheet(intake, name, workbook.rows(name))
        else:
            intake.leave_out_table(legible(name, 60))
    _refuse_old_units(intake)
    return intake


def _add_sheet(intake: Intake, name: str, rows: Rows) -> None:
    if not rows:
        return
    place = f"sheet {name}"
    (_, header), *body = rows
    # The index is named by no header, or by the name that the frame's index had.
    at = sorted(column for column in header if column != _INDEX)
    used = {column for _, row in body for column in row}
    if stray := used - {*at, _INDEX}:
        raise RefusedError(place, f"column {min(stray)} holds values, but has no name in the first row")
    names, read_from = renamed(name, [header[column] for column in at])
    geo = names.index("geo") if "geo" in names else -1
    cells: list[list[object]] = [[row.get(at[column]) for column in read_from] for _, row in body]
    if geo >= 0:
        for (number, _), row in zip(body, cells, strict=True):
            row[geo] = _unwrapped(f"{place}, row {number}, column geo", row[geo])
    index = [row.get(_INDEX) for _, row in body]
    intake.add(name, names, index, cells)


def _unwrapped(place: str, cell: object) -> object:
    """Return the point's text: pandapower writes the text once more as JSON, and NaN where there is none."""
    if not isinstance(cell, str) or cell in ("NaN", "null"):
        return None
    if not cell.startswith('"'):
        return cell
    try:
        return cast("object", parse_json(cell.encode(), place))
    except (RefusedError, UnicodeEncodeError):
        raise RefusedError(place, f"{quoted(cell)} is no GeoJSON point") from None


def _refuse_old_units(intake: Intake) -> None:
    for row in intake.rows.get("parameters", []):
        for key in ("format_version", "version"):
            if str(row.get(key) or "").split(".", 1)[0] in ("0", "1"):
                raise RefusedError(
                    "sheet parameters", "pandapower 1 counted in kW; save the file anew with 2.0 or later"
                )
