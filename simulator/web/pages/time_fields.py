"""The fields of days and quarter-hours: 7:00 is 07:00, and what is not a quarter-hour is refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from simulator.grid.clock import STEPS_PER_DAY, step_of, time_of
from simulator.questions.values import DEFAULT_STEP, DEFAULT_SWEEP_STEPS
from simulator.studies.monte_carlo.quarter_hours import ALL_STEPS

DAY, WHOLE_DAY = "day", "whole day"  # in addresses, and as people read it


class TimeField(forms.CharField):
    """A quarter-hour, as HH:MM; 7:00 is 07:00."""

    def __init__(self, label: str) -> None:
        self.accepts = f"{label}: enter a quarter-hour as HH:MM, from 00:00 to 23:45."
        super().__init__(
            label=label,
            initial=time_of(DEFAULT_STEP),
            error_messages={"required": self.accepts},
            # not type=time: browsers show that as 12:00 PM where their language says so
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
        )

    def clean(self, value: Any) -> int:
        """Return the step 0..95."""
        try:
            return step_of(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(self.accepts) from error


class DayField(forms.DateField):
    """A day of an uploaded year, as ISO writes it, or nothing; cleaned to text."""

    def __init__(self, label: str) -> None:
        accepts = f"{label}: enter a day of the uploaded year as YYYY-MM-DD, or nothing."
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages=dict.fromkeys(("invalid", "required"), accepts),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )

    def clean(self, value: Any) -> str | None:
        """Return the day as text."""
        day = super().clean(value)
        return day.isoformat() if day else None


class ChoicesInput(forms.TextInput):
    """A text input that offers the usual entries, and tells them where the browser does not."""

    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__()
        self.offered = offered

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the input, its list and a hint."""
        listed = f"{name}_offered"
        options = format_html_join("", "<option>{}</option>", ((words,) for words in self.offered))
        text = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        hint = format_html('<small class="hint">{}</small>', " or ".join(self.offered))
        return format_html('{}<datalist id="{}">{}</datalist>{}', text, listed, options, hint)


class TimesField(forms.CharField):
    """All quarter-hours of the day, or any set of them as HH:MM separated by commas."""

    def __init__(self, label: str) -> None:
        self.accepts = (
            f"{label}: enter whole day, or 1 to 96 times as HH:MM, separated by commas, "
            "for example 07:00, 12:00."
        )
        super().__init__(
            label=label,
            initial=DAY,
            error_messages={"required": self.accepts},
            widget=ChoicesInput((WHOLE_DAY, ", ".join(map(time_of, DEFAULT_SWEEP_STEPS)))),
        )

    def prepare_value(self, value: Any) -> Any:
        """Return what the form shows."""
        return WHOLE_DAY if _is_day(value) else value

    def clean(self, value: Any) -> tuple[int, ...]:
        """Return the steps, each once, in order."""
        if _is_day(value):
            return ALL_STEPS
        texts = super().clean(value).split(",")
        try:
            steps = [step_of(text) for text in texts]
        except ValueError as error:
            raise forms.ValidationError(self.accepts) from error
        if len(steps) > STEPS_PER_DAY:
            raise forms.ValidationError(self.accepts)
        return tuple(sorted(set(steps)))


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and " ".join(value.split()).lower() in {DAY, WHOLE_DAY}
