"""The question of a voltage's causes."""

from simulator.studies.places.question import PlacesQuestion


class WhyQuestion(PlacesQuestion):
    """What makes up a bus's voltage; no bus means the binding one, a day its binding quarter-hour."""

    bus: str | None = None
