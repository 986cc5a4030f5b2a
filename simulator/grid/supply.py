"""A feeder at another source voltage, or with its tap changers at another position."""

from pydantic import ValidationError

from simulator.grid.changes import with_supply
from simulator.grid.elements import Tap
from simulator.grid.errors import QuestionError
from simulator.grid.schema import Feeder


def supplied(feeder: Feeder, source_pu: float | None, tap: float | None) -> Feeder:
    """Return the feeder as it is supplied; itself where neither is given.

    Raises: QuestionError naming a tap position that a transformer does not have, or what the feeder cannot be
    solved with.
    """
    if source_pu is None and tap is None:
        return feeder
    if tap is not None:
        _check_tap(feeder, tap)
    try:
        return with_supply(feeder, source_pu, tap)
    except ValidationError as error:
        field = "source_pu" if tap is None else "tap"
        raise QuestionError(field, f"{feeder.feeder_id}: {error.errors()[0]['msg']}.") from error


def _check_tap(feeder: Feeder, tap: float) -> None:
    for each in feeder.transformers:
        if each.tap is None:
            raise QuestionError("tap", f"Tap position: {each.id} has no tap changer.")
        if not (each.tap.min <= tap <= each.tap.max and _is_position(each.tap, tap)):
            where = f"{each.id} has positions from {each.tap.min} to {each.tap.max}"
            raise QuestionError("tap", f"Tap position: {where}, and {tap:g} is none of them.")


def _is_position(tap: Tap, position: float) -> bool:
    """Tell whether a changer stops there; what a regulator's file says may lie between two steps."""
    return position == tap.pos or float(position - tap.min).is_integer()
