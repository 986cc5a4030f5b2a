"""Controllers in a file: those that hold a voltage by a tap, and what the others may change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.importing.dead import first_names
from simulator.importing.objects import Described
from simulator.importing.plates import Plate
from simulator.importing.source import Cell, Row
from simulator.importing.tables import Tables, in_service, number, whole

REGULATING = {"ContinuousTapControl": "continuous", "DiscreteTapControl": "discrete"}
_ELEMENT = ("element_index", "tid", "transformer_index")  # today's name first, then those of older releases
_TABLE = ("element", "trafotable", "trafotype")
_LOWER, _UPPER, _SET = ("vm_lower_pu", "u_lower"), ("vm_upper_pu", "u_upper"), ("vm_set_pu", "u_set")
_OLD_TABLES = {"2W": "trafo", "3W": "trafo3w"}
_PROFILES = ("ConstControl",)


@dataclass(frozen=True)
class TapControl:
    """A controller that moves one transformer's tap until the voltage at a side lies in a band, in pu."""

    kind: Literal["continuous", "discrete"]
    trafo: Cell
    side: Literal["hv", "lv"]
    lower_pu: float
    upper_pu: float
    tolerance: float
    within_range: bool
    level: int
    order: int

    @property
    def words(self) -> str:
        """What it holds: ``1.02 pu`` or ``0.98 to 1.02 pu``."""
        if self.kind == "continuous":
            return f"{self.lower_pu:g} pu at its {self.side.upper()} side"
        return f"{self.lower_pu:g} to {self.upper_pu:g} pu at its {self.side.upper()} side"


def read_controls(tables: Tables, plates: Mapping[Cell, Plate]) -> tuple[TapControl, ...]:
    """Return the voltage controllers of transformers' taps, and tell what the other controllers are."""
    found: list[TapControl] = []
    trafos = {row["index"]: row for row in tables.rows("trafo")}
    others: dict[str, list[Row]] = {}
    for row in tables.rows("controller"):
        if not in_service(row):
            others.setdefault("", []).append(row)
            continue
        what = Described.read(row.get("object"))
        controls = list(_tap_controls(what, row, trafos, plates)) if what else []
        found += controls
        if not controls:
            others.setdefault(_words(tables, what), []).append(row)
    tables.tell("dropped", "controller", others.pop("", []), "controllers that are out of service")
    for words, rows in others.items():
        tables.tell("not_modelled", "controller", rows, words)
    return tuple(found)


def _tap_controls(
    what: Described, row: Row, trafos: Mapping[Cell, Row], plates: Mapping[Cell, Plate]
) -> Iterator[TapControl]:
    kind, side = REGULATING.get(what.name), what.text("side") or "lv"
    indices = what.whole_numbers(*_ELEMENT)
    table = what.text(*_TABLE) or "trafo"
    if not kind or _OLD_TABLES.get(table, table) != "trafo" or side not in ("hv", "lv"):
        return
    if any(index not in trafos or plates[index].tap is None for index in indices):
        return
    for at, index in enumerate(indices):
        lower, upper = what.number_at(at, *_LOWER), what.number_at(at, *_UPPER)
        if kind == "continuous":
            lower = upper = what.number_at(at, *_SET)
        if lower is None or upper is None or not in_service(trafos[index]):
            continue
        yield TapControl(
            kind="continuous" if kind == "continuous" else "discrete",
            trafo=index,
            side="hv" if side == "hv" else "lv",
            lower_pu=lower,
            upper_pu=upper,
            tolerance=what.number("tol") or 1e-3,
            within_range=what.values.get("check_tap_bounds") is not False,
            level=whole(row, "level"),
            order=int(number(row, "order")),
        )


def _words(tables: Tables, what: Described | None) -> str:
    """Return what a controller is that is not followed, and how far off results may be."""
    if what is None:
        return "a controller that cannot be read: whatever it sets stays as it stands in the file"
    table, indices = _moved(what)
    rows = [row for row in tables.rows(table) if row["index"] in indices]
    named = first_names([tables.name(table, row) for row in rows]) or table or "its elements"
    if what.name in _PROFILES:
        return (
            f"{what.name} sets {what.text('variable') or 'values'} of {named} from a time series: the values "
            "in the file's tables are taken, in every quarter-hour alike"
        )
    ranges = [_range(row) for row in rows if row.get("tap_step_percent") is not None]
    further = f"; its tap could change the ratio by {' and '.join(ranges[:3])}" if ranges else ""
    return f"{what.name} of {named}: not followed, what it moves stays as it stands in the file{further}"


def _moved(what: Described) -> tuple[str, set[int]]:
    """Return which table's elements a controller moves, and their numbers."""
    table = what.text(*_TABLE, "output_element")
    return _OLD_TABLES.get(table, table), set(what.whole_numbers(*_ELEMENT, "output_element_index"))


def _range(row: Row) -> str:
    step, pos = number(row, "tap_step_percent"), number(row, "tap_pos", number(row, "tap_neutral"))
    ends = [step * (number(row, f"tap_{end}", pos) - pos) for end in ("min", "max")]
    return f"{min(ends):+.3g} to {max(ends):+.3g} %"
