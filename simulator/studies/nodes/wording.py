"""Where there is room, in words."""

from simulator.studies.nodes.nodes import Nodes
from simulator.studies.sweep.wording import amount


def room_words(answer: Nodes) -> str:
    """Return up to which adoption there is room, where the scenario leaves none."""
    capacity, when = answer.room_up_to, "over the whole day" if answer.when == "day" else "at this time"
    plural = answer.technology.plural
    if capacity is None:
        return "there is room"
    if not answer.potential:
        return f"limits are violated without any {plural} {when}"
    if not capacity.adoption:
        return f"less {plural} makes no room: limits are violated without any {when}"
    return f"at {amount(capacity)} and below there is room {when}"
