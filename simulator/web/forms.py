"""The forms: the only place where a query string becomes a question."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from simulator.grid.clock import STEPS_PER_DAY, step_of, time_of
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.reports.compare import COLUMNS as COMPARE_COLUMNS
from simulator.reports.feeders import COLUMNS as FEEDER_COLUMNS
from simulator.studies.scenario import DEFAULT_ADOPTION, DEFAULT_HOUR, DEFAULT_SWEEP_HOURS, Scenario


def encode(query: Mapping[str, Any]) -> str:
    """Return a query string that people can read: 07:00 stays 07:00."""
    return "?" + urlencode(query, doseq=True, safe=":,")


class ShareField(forms.FloatField):
    """A share from 0 to 1, shown as a slider."""

    def __init__(self, label: str, initial: float) -> None:
        accepts = f"{label}: enter a share from 0 to 1, for example 0.3."
        errors = dict.fromkeys(("invalid", "required", "min_value", "max_value"), accepts)
        slider = forms.NumberInput(
            attrs={"type": "range", "min": 0, "max": 1, "step": 0.01, "data-unit": "%"}
        )
        super().__init__(
            label=label, initial=initial, min_value=0, max_value=1, error_messages=errors, widget=slider
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keep the slider's own attributes: Django would reset its step."""
        return {}

    def clean(self, value: Any) -> float:
        """Return the share, rounded to what scenarios tell apart."""
        share: float = round(super().clean(value), 4) + 0.0
        return share


class TimeField(forms.CharField):
    """A quarter-hour, as HH:MM."""

    def __init__(self) -> None:
        self.accepts = "Time of day: enter a quarter-hour as HH:MM, from 00:00 to 23:45."
        super().__init__(
            label="Time of day",
            initial=time_of(DEFAULT_HOUR),
            error_messages={"required": self.accepts},
            # not type=time: browsers show that as 12:00 PM where their language says so
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "pattern": "[0-2][0-9]:(00|15|30|45)", "size": 5}
            ),
        )

    def clean(self, value: Any) -> int:
        """Return the step 0..95."""
        try:
            return step_of(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(self.accepts) from error


class TimesField(forms.CharField):
    """Any set of quarter-hours, as HH:MM separated by commas."""

    def __init__(self) -> None:
        self.accepts = (
            "Quarter-hours: enter 1 to 96 times as HH:MM, separated by commas, for example 07:00, 12:00."
        )
        super().__init__(
            label="Quarter-hours",
            initial=", ".join(map(time_of, DEFAULT_SWEEP_HOURS)),
            error_messages={"required": self.accepts},
        )

    def clean(self, value: Any) -> tuple[int, ...]:
        """Return the steps, each once, in order."""
        texts = super().clean(value).split(",")
        try:
            steps = [step_of(text) for text in texts]
        except ValueError as error:
            raise forms.ValidationError(self.accepts) from error
        if len(steps) > STEPS_PER_DAY:
            raise forms.ValidationError(self.accepts)
        return tuple(sorted(set(steps)))


class QueryForm(forms.Form):
    """A form over the query string: what is missing takes its default, what is unknown is refused."""

    many: tuple[str, ...] = ()  # fields that may be named more than once
    along: tuple[str, ...] = ()  # fields that only travel along

    def __init__(self, query: QueryDict, **options: Any) -> None:
        super().__init__(**options)
        self.is_bound = True
        self.unknown = sorted(set(query) - set(self.fields))
        self.data: dict[str, Any] = {name: self._given(query, name, f) for name, f in self.fields.items()}

    def _given(self, query: QueryDict, name: str, field: forms.Field) -> Any:
        if name not in query:
            return field.initial
        return query.getlist(name) if name in self.many else query[name]

    def clean(self) -> dict[str, Any]:
        """Refuse fields that the page does not have."""
        for name in self.unknown:
            self.add_error(None, f"{name[:40]}: no such field; this page takes {', '.join(self.fields)}.")
        return self.cleaned_data

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Every error as (field, message)."""
        errors = self.errors.get_json_data()
        return [(name, error["message"]) for name, found in errors.items() for error in found]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that a person sets."""
        return [self[name] for name in self.fields if name not in self.along]

    @property
    def carried(self) -> list[forms.BoundField]:
        """The fields that only travel along."""
        return [self[name] for name in self.along]

    def scenario_query(self) -> str:
        """Return the part of the question that every page of a feeder understands."""
        if not self.is_valid():
            return ""
        return encode({name: self._text(name) for name in ScenarioForm.base_fields if name in self.fields})

    def query(self, **changes: Any) -> str:
        """Return the query string that asks this question again, with the given fields changed."""
        asked = {name: self._text(name) for name in self.fields} if self.is_valid() else {}
        asked = {name: text for name, text in (asked | changes).items() if text not in ("", None)}
        return encode(asked) if asked else ""

    def _text(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if isinstance(self.fields[name], TimeField):
            return time_of(value)
        if isinstance(self.fields[name], TimesField):
            return ",".join(map(time_of, value))
        return value


class AdoptionForm(QueryForm):
    """How much PV and storage there is, and which limits apply."""

    pv_adoption = ShareField("PV adoption", DEFAULT_ADOPTION["pv_adoption"])
    battery_adoption = ShareField("Battery adoption", DEFAULT_ADOPTION["battery_adoption"])
    limits = forms.ChoiceField(
        label="Limits",
        initial=DEFAULT_LIMITS.name,
        choices=[(limits.name, f"{limits.title}: {limits.band}") for limits in LIMIT_SETS.values()],
        error_messages=dict.fromkeys(
            ("invalid_choice", "required"), f"Limits: choose one of {', '.join(LIMIT_SETS)}."
        ),
    )

    @property
    def limit_set(self) -> Limits:
        """The chosen limit set."""
        return LIMIT_SETS[self.cleaned_data["limits"]]


class ScenarioForm(AdoptionForm):
    """The question of one quarter-hour."""

    time = TimeField()
    field_order = ["pv_adoption", "battery_adoption", "time", "limits"]

    def scenario(self, feeder_id: str) -> Scenario:
        """Return the scenario that the form asks for."""
        return Scenario(
            feeder_id=feeder_id,
            pv_adoption=self.cleaned_data["pv_adoption"],
            battery_adoption=self.cleaned_data["battery_adoption"],
            hour=self.cleaned_data["time"],
            limits=self.limit_set,
        )


class SweepForm(ScenarioForm):
    """The question of a sweep; PV adoption and time only travel along, for the way back to the scenario."""

    along = ("pv_adoption", "time")
    times = TimesField()
    field_order = ["times", "battery_adoption", "limits"]


class CompareForm(SweepForm):
    """The question of a comparison."""

    many = ("feeders",)
    along = ("sort", "order")
    field_order = ["pv_adoption", "battery_adoption", "time", "limits", "times", "feeders"]
    feeders = forms.MultipleChoiceField(label="Feeders", required=False, widget=forms.CheckboxSelectMultiple)
    sort = forms.ChoiceField(choices=[(c.key, c.heading) for c in COMPARE_COLUMNS], initial="feeder")
    order = forms.ChoiceField(choices=[("asc", "ascending"), ("desc", "descending")], initial="asc")

    def __init__(self, query: QueryDict, names: Mapping[str, str]) -> None:
        super().__init__(query)
        self.fields["feeders"].choices = list(names.items())  # type: ignore[attr-defined]
        self.fields["feeders"].error_messages["invalid_choice"] = (
            f"Feeders: choose among {', '.join(names)}; %(value)s is none of them."
        )
        self.everything = list(names)
        self.data["feeders"] = self.data["feeders"] or self.everything

    def _text(self, name: str) -> Any:
        """Return nothing for "all feeders", which is what no choice means."""
        text = super()._text(name)
        return None if text == self.everything else text


class FeedersForm(AdoptionForm):
    """The question of the feeders' list."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": "Search: enter at most 80 characters."},
    )
    sort = forms.ChoiceField(
        label="Sort by", choices=[(c.key, c.heading) for c in FEEDER_COLUMNS], initial="feeder"
    )
    order = forms.ChoiceField(
        label="Order", choices=[("asc", "ascending"), ("desc", "descending")], initial="asc"
    )
