"""What ``/api/standards`` takes."""

from typing import Annotated, Any

from pydantic import Field

from simulator.grid.errors import QuestionError
from simulator.questions.values import Share
from simulator.web.api.schemas.parts import USUAL_HOURS, FeederId, Hours, Strict
from simulator.web.pages.study_forms import own_limits

Voltage = Annotated[float, Field(gt=0, lt=2, examples=[0.92])]


class OwnLimitsIn(Strict):
    """Limits of one's own: a voltage band in pu, and bounds of rise and loading as shares."""

    vm_min_pu: Voltage
    vm_max_pu: Voltage
    rise_max: Annotated[float, Field(gt=0, lt=1)] | None = None
    loading_max: Annotated[float, Field(gt=0, le=10)] | None = None


class StandardsIn(Strict):
    """Quarter-hours (a set: repeats count once), at which to ask for the capacity under every limit set."""

    feeder_id: FeederId
    hours: Hours = USUAL_HOURS
    battery_adoption: Share = 0.0
    own: OwnLimitsIn | None = None

    def asked(self) -> dict[str, Any]:
        """Return the question as the study takes it.

        Raises: QuestionError where the own lowest voltage is not below the highest.
        """
        own = self.own
        if own and own.vm_min_pu >= own.vm_max_pu:
            message = f"{own.vm_min_pu:g} is not below vm_max_pu {own.vm_max_pu:g}"
            raise QuestionError("own.vm_min_pu", message)
        return {
            "hours": tuple(sorted(set(self.hours))),
            "battery_adoption": self.battery_adoption,
            "own": own_limits(**own.dict(exclude_none=True)) if own else None,
        }
