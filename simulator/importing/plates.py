"""Transformers' nameplates, as their taps leave them.

A plain ratio changer stays a tap. What no tap here can say (a second changer, a step that turns the angle, a
table of its own ratios) is put into the nameplate as it stands, so that the voltages are the same.
"""

from cmath import phase
from dataclasses import dataclass, replace
from math import asin, cos, degrees, isfinite, radians, sin
from typing import Any

from simulator.importing.characteristics import at_position, table_at
from simulator.importing.import_log import Weight
from simulator.importing.source import Row
from simulator.importing.tables import Tables, kilo, number, whole
from simulator.importing.taps import SIDES, Changer, maybe, read_changers

_NAMEPLATE = ("vn_hv_kv", "vn_lv_kv", "vk_percent", "vkr_percent", "pfe_kw", "i0_percent", "shift_degree")


@dataclass(frozen=True)
class Plate:
    """A transformer's nameplate with the tap that stays one; ``said`` are words about its other taps."""

    values: dict[str, float]
    tap: dict[str, Any] | None = None
    said: tuple[tuple[Weight, str], ...] = ()

    def scaled(self, side: str, factor: complex) -> "Plate":
        """Return the plate with the rated voltage at one side multiplied and its angle turned."""
        turn = degrees(phase(factor)) * (1 if side == "hv" else -1)
        column = f"vn_{side}_kv"
        values = {
            column: self.values[column] * abs(factor),
            "shift_degree": round(self.values["shift_degree"] + turn, 9),
        }
        return replace(self, values={**self.values, **values})

    def standing_at(self, pos: float) -> "Plate":
        """Return the plate with its tap at another position."""
        tap = dict(self.tap or {})
        tap["pos"] = position(pos)
        tap["min"], tap["max"] = min(tap["min"], tap["pos"]), max(tap["max"], tap["pos"])
        return replace(self, tap=tap)

    def saying(self, weight: Weight, words: str) -> "Plate":
        """Return the plate with something said, and how much it weighs."""
        return replace(self, said=(*self.said, (weight, words)))


def read_plate(tables: Tables, row: Row) -> Plate:
    """Return a transformer's nameplate as its taps leave it, in kV, kVA, kW and percent."""
    values = {"sn_kva": kilo(row, "sn_mva"), **{column: number(row, column) for column in _NAMEPLATE}}
    plate = Plate(values)
    for changer in read_changers(tables, row):
        if changer.effect == "table":
            plate = _tabled(tables, row, changer, plate)
        elif changer.effect == "ideal":
            plate = _turned(changer, plate)
        elif changer.which or changer.step_degree:
            plate = _folded(changer, plate)
        else:
            plate = _plain(row, changer, plate)
    return _impedance(tables, row, plate)


def _plain(row: Row, changer: Changer, plate: Plate) -> Plate:
    """Keep a ratio changer as a tap; one without effect stands at its neutral position."""
    side, step = changer.side.strip().lower(), changer.step_percent
    if side not in SIDES or not step:
        return plate
    if changer.pos is None and changer.neutral is None:
        return plate
    pos = changer.pos if changer.pos is not None else changer.neutral
    neutral = changer.neutral if changer.neutral is not None else pos
    if pos is None or neutral is None:
        return plate
    if changer.effect is None:
        plate = plate.saying("changes_results", _ineffective(changer)) if pos != neutral else plate
        pos = neutral
    elif changer.neutral is None and pos:
        plate = plate.saying("changes_results", _no_neutral(changer))
    ends = [number(row, "tap_min", pos), number(row, "tap_max", pos), neutral]
    if not min(ends) <= pos <= max(ends):
        plate = plate.saying(
            "simplified", f"tap_pos {pos:g} is outside {min(ends):g} to {max(ends):g}: taken as it is"
        )
    elif pos != int(pos):
        plate = plate.saying(
            "simplified", f"the tap stands between two positions, at {pos:g}; taken as it is"
        )
    sign = -1 if step < 0 else 1  # a negative step is the same as counting the other way round
    places = [position(sign * place) for place in (*ends, pos)]
    tap = {
        "side": side,
        "pos": position(sign * pos),
        "neutral": position(sign * neutral),
        "min": min(places),
        "max": max(places),
        "step_percent": abs(step),
    }
    return replace(plate, tap=tap)


def position(place: float) -> int | float:
    """Return a tap's position as a feeder holds it: whole ones as whole numbers."""
    place = round(place, 6)
    return int(place) if place == int(place) else place


def _ineffective(changer: Changer) -> str:
    share = f"{100 * abs(abs(changer.factor) - 1):.3g} %"
    if changer.side not in SIDES:
        side = changer.side.strip().lower()
        return (
            f"tap_side is “{changer.side}”: pandapower takes only “hv” and “lv”, letter by letter, "
            f"and gives this tap no effect; so does this site. Read as {side}, it would change the ratio by "
            f"{share}"
        )
    kind = f"is “{changer.kind}”" if changer.kind else "is empty"
    return (
        f"tap_changer_type {kind}: pandapower gives such a tap no effect, and it stands at its neutral "
        f"position here. As a ratio's, it would change the ratio by {share}"
    )


def _no_neutral(changer: Changer) -> str:
    share = f"{abs(changer.step_percent * (changer.pos or 0)):.3g} %"
    return (
        "no tap_neutral in the file: pandapower gives such a tap no effect, and its position counts as "
        f"neutral here. With 0 as the neutral position it would change the ratio by {share}"
    )


def _folded(changer: Changer, plate: Plate) -> Plate:
    """Put a second changer, or one that turns the angle too, into the rated voltage."""
    if not changer.steps or not changer.step_percent:
        return plate
    if changer.effect is None:
        return plate.saying("changes_results", _ineffective(changer))
    return _told(changer, plate, plate.scaled(changer.side, changer.factor))


def _told(changer: Changer, before: Plate, after: Plate) -> Plate:
    which = (
        "the second tap changer" if changer.which else "a tap changer that does more than change the ratio"
    )
    column = f"vn_{changer.side}_kv"
    turn = after.values["shift_degree"] - before.values["shift_degree"]
    said = (
        f"{which}, at position {changer.pos:g}: put into the nameplate as it stands "
        f"({column} {before.values[column]:g} becomes {after.values[column]:.6g}, the phase turns by "
        f"{turn:.3g} degrees), so that voltages are the same; it cannot be moved here"
    )
    return after.saying("simplified", said)


def _turned(changer: Changer, plate: Plate) -> Plate:
    """Turn the angle by an ideal phase shifter."""
    direction, steps = (1 if changer.side == "hv" else -1), changer.steps or 0.0
    if changer.step_degree:
        angle = steps * changer.step_degree
    else:
        half = steps * changer.step_percent / 200
        angle = 2 * degrees(asin(half)) if abs(half) <= 1 else 0.0
    if not angle:
        return plate
    shift = round(plate.values["shift_degree"] + direction * angle, 9)
    after = replace(plate, values={**plate.values, "shift_degree": shift})
    return _told(changer, plate, after)


def _tabled(tables: Tables, row: Row, changer: Changer, plate: Plate) -> Plate:
    """Take ratio, angle and impedance from the file's table of the tap's positions."""
    found = table_at(tables, whole(row, "id_characteristic_table", -1), changer.pos)
    if found is None:
        said = (
            f"the table of what its tap does has no position {changer.pos}: the nameplate's values are taken"
        )
        return plate.saying("changes_results", said)
    plate = replace(plate, values={**plate.values, **found.impedance})
    turn = radians(found.angle_degree)
    return _told(changer, plate, plate.scaled(changer.side, found.ratio * complex(cos(turn), sin(turn))))


def _impedance(tables: Tables, row: Row, plate: Plate) -> Plate:
    """Take the impedance that follows the tap's position, as releases before 3.0 wrote it."""
    pos = maybe(row, "tap_pos")
    if row.get("tap_dependent_impedance") is not True or "tap_dependency_table" in row or pos is None:
        return plate
    values = dict(plate.values)
    for column in ("vk_percent", "vkr_percent"):
        found = at_position(tables, row.get(f"{column}_characteristic"), pos)
        if found is not None and isfinite(found):
            values[column] = found
    said = (
        f"an impedance that follows the tap: that of position {pos:g} is taken (vk_percent "
        f"{values['vk_percent']:g}, vkr_percent {values['vkr_percent']:g}), also where the tap is moved here"
    )
    return replace(plate, values=values).saying("simplified", said)
