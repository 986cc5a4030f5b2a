"""The list of saved scenarios as a report."""

from collections.abc import Sequence

from simulator.reports.report import CellValue, Column, Report, Table, texts

COLUMNS = (
    *texts(name="Name", study="Study", feeder="Feeder", sentence="Answer", saved="Saved (UTC)"),
    *texts(owner="Owner", since="Feeder since", shared="Shared"),
    Column("number", "Number", digits=0),
    Column("note", "Note"),
)
SORTABLE = COLUMNS[:9]
Row = tuple[CellValue, ...]


def scenarios_report(rows: Sequence[Row], search: str, sort: str, descending: bool) -> Report:
    """Return the list, sorted by a column whatever the capitals; a row has a value for each of COLUMNS."""
    column = [c.key for c in COLUMNS].index(sort)
    ordered = sorted(rows, key=lambda row: _order(row[column]), reverse=descending)
    return Report(
        title="Saved scenarios",
        sentence=_sentence(len(rows), search),
        state="plain",
        question=(("Search", search or "none"),),
        tables=(Table("scenarios", "Saved scenarios", COLUMNS, tuple(ordered)),),
    )


def _order(value: CellValue) -> tuple[bool, float, str]:
    if isinstance(value, int | float):
        return True, value, ""
    return value is not None, 0, (value or "").casefold()


def _sentence(count: int, search: str) -> str:
    found = {0: "no scenario is", 1: "1 scenario is"}.get(count, f"{count:,} scenarios are")
    words = f"{found} saved{f' with {search} in name, note, feeder, study or answer' if search else ''}."
    return words[0].upper() + words[1:]
