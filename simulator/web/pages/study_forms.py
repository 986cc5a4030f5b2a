"""The forms of a feeder's studies; each asks in the names of the study's own parameters."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder
from simulator.studies.chance.question import DEFAULT_PLACEMENTS, DEFAULT_SEED
from simulator.web.pages.fields import (
    CountField,
    OneOfField,
    OptionalNumberField,
    PercentField,
)
from simulator.web.pages.forms import ScenarioForm
from simulator.web.pages.time_fields import DayField, TimesField

Dates = tuple[date, date] | None  # the first and the last day that profiles of a year hold
WHEN = [("time", "at the time of day"), ("day", "over the whole day")]
OWN = {"low": "vm_min_pu", "high": "vm_max_pu", "rise": "rise_max", "loading": "loading_max"}


class StudyForm(ScenarioForm):
    """A question on one feeder; the fields ``along`` only travel, for the way to the other studies."""

    def __init__(self, query: QueryDict, feeder: Feeder, dates: Dates = None) -> None:
        super().__init__(query)
        self.feeder, self.dates = feeder, dates


class DayForm(StudyForm):
    """The question of a whole day, of a date where a year is uploaded; the time only travels along."""

    along = ("time",)
    date = DayField()
    field_order = ["date", "pv_adoption", "battery_adoption", "limits"]

    def __init__(self, query: QueryDict, feeder: Feeder, dates: Dates = None) -> None:
        super().__init__(query, feeder, dates)
        if dates:
            self.fields["date"].widget.attrs |= {"min": dates[0].isoformat(), "max": dates[1].isoformat()}
        elif not query.get("date"):
            del self.fields[
                "date"
            ]  # there is nothing to choose from; a date that is given is refused by name

    def asked(self) -> dict[str, Any]:
        """Return the question, with None for no date."""
        return {"date": None, **super().asked()}


class SweepForm(StudyForm):
    """The question of a sweep; PV adoption and time only travel along, for the way back to the scenario."""

    along: tuple[str, ...] = ("pv_adoption", "time")
    times = TimesField()
    field_order = ["times", "battery_adoption", "limits"]


class StandardsForm(SweepForm):
    """The question of a hosting capacity under every limit set; own limits may be typed in."""

    along = ("pv_adoption", "time", "limits")
    low = OptionalNumberField("Own lowest voltage (pu)", "a voltage in pu", 1.99, "0.92")
    high = OptionalNumberField("Own highest voltage (pu)", "a voltage in pu", 1.99, "1.08")
    rise = PercentField("Own largest rise by generation (%)", 99, "3")
    loading = PercentField("Own largest loading (%)", 1000, "80")
    field_order = ["times", "battery_adoption", "low", "high", "rise", "loading"]

    def clean(self) -> dict[str, Any]:
        """Refuse a band without both edges, or with the lower one above."""
        asked = super().clean()
        low, high = asked.get("low"), asked.get("high")
        given = [name for name in OWN if asked.get(name) is not None]
        for name in ("low", "high"):
            if given and asked.get(name) is None and name not in self.errors:
                self.add_error(name, f"{self.fields[name].label}: own limits need both voltages.")
        if low is not None and high is not None and low >= high:
            label = self.fields["low"].label
            self.add_error("low", f"{label}: {low:g} is not below the highest voltage {high:g}.")
        return asked

    def asked(self) -> dict[str, Any]:
        """Return the question with the own limits as one, None where none are typed in."""
        asked = super().asked()
        given = {key: asked.pop(name) for name, key in OWN.items()}
        given = {key: value for key, value in given.items() if value is not None}
        return {**asked, "own": own_limits(**given) if given else None}


def own_limits(**bounds: float) -> Limits:
    """Return limits that a person typed in."""
    return Limits(name="own", title="Own limits", source="typed in", **bounds)


class MonteCarloForm(StudyForm):
    """The question of chance: how many orders of adoption, from which seed."""

    along = ("pv_adoption", "time")
    placements = CountField("Placements", DEFAULT_PLACEMENTS, 1, None)
    seed = CountField("Seed", DEFAULT_SEED, 0, 2**32 - 1)
    quarter_hours = OneOfField(
        "Quarter-hours", [("binding", "those that can bind"), ("all", "all 96")], "binding"
    )
    field_order = ["placements", "seed", "battery_adoption", "limits", "quarter_hours"]


class NodesForm(StudyForm):
    """The question of places: where one more plant or load may stand."""

    when = OneOfField("When", WHEN, "day")
    field_order = ["pv_adoption", "battery_adoption", "time", "when", "limits"]


class WhyForm(StudyForm):
    """The question of a voltage's causes; no bus means the binding one."""

    when = OneOfField("Quarter-hour", [("day", "the day's binding one"), ("time", "the time of day")], "day")
    bus = forms.CharField(
        label="Bus",
        required=False,
        max_length=64,
        error_messages={"required": "Bus: enter a bus of the feeder, or nothing for the binding one."},
    )
    field_order = ["pv_adoption", "battery_adoption", "when", "time", "bus", "limits"]

    def __init__(self, query: QueryDict, feeder: Feeder, dates: Dates = None) -> None:
        super().__init__(query, feeder, dates)
        buses = [(bus.id, bus.id) for bus in feeder.buses]
        self.fields["bus"].widget = forms.Select(choices=[("", "the binding one"), *buses])

    def asked(self) -> dict[str, Any]:
        """Return the question, with None for the binding bus."""
        asked = super().asked()
        return {**asked, "bus": asked["bus"] or None}


class MeasuresForm(SweepForm):
    """The question of what would help; the same as a sweep's."""
