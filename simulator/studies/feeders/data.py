"""Each feeder's day in one line, declared."""

from typing import Annotated, Any

from simulator.answers.declared import Of, data_of
from simulator.grid.clock import HOURS_PER_STEP
from simulator.grid.summary import FeederSummary
from simulator.reports.caveats import caveats_of
from simulator.studies.data import AnswerOut, ViolationOut
from simulator.studies.feeders.day_status import DayLine
from simulator.studies.unusable import Listed


class DayStatusOut(AnswerOut):
    """A feeder's day in one line."""

    within_limits: bool
    violated_quarter_hours: Annotated[int, Of("violated_steps")]
    violated_hours: Annotated[float, Of(lambda status, *_: status.violated_steps * HOURS_PER_STEP)]
    tightest: ViolationOut


def day_status_data(feeder: FeederSummary, status: DayLine) -> dict[str, Any]:
    """Return a feeder's day in one line."""
    return data_of(DayStatusOut, status, feeder, caveats=caveats_of(feeder))


def day_statuses_data(found: Listed[FeederSummary, DayLine]) -> list[dict[str, Any]]:
    """Return each feeder's day; null, with the error, for those that cannot be computed."""
    names = ("within_limits", "violated_quarter_hours", "violated_hours", "tightest")
    unknown: dict[str, Any] = dict.fromkeys(names)
    known = [day_status_data(*row) for row in found.rows]
    return known + [{**feeder.data, **unknown} for feeder in found.unusable]
