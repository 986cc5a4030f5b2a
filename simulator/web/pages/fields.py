"""The fields of the forms: each takes text, and says what it accepts where the text is something else."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from simulator.models.plain_text import refuse_hidden

TICK_TWO = "Scenarios: tick two of your scenarios to compare them"
MARK, FINEST, TOLERANCE = 0.01, 0.0001, 1e-9  # of shares: a slider's step, what scenarios tell apart


class ShareSlider(forms.NumberInput):
    """A slider for a share: a mark a percent, and finer where the share lies between two marks."""

    input_type = "range"

    def format_value(self, value: Any) -> str | None:
        """Return the share, as the browser is to show it."""
        return None if value is None else str(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template draws: browsers move a share to the nearest step without a word."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        steps = {"min": 0, "max": 1, "step": MARK if _is_multiple(value, MARK) else FINEST}
        context["widget"]["attrs"] |= {**steps, "data-unit": "%", "data-marks": MARK}
        return context


def _is_multiple(value: Any, step: float) -> bool:
    """Tell whether a share lies on a step; what is no share has none to lose."""
    try:
        return abs(round(float(value) / step) * step - float(value)) < TOLERANCE
    except (TypeError, ValueError, OverflowError):
        return True


class ShareField(forms.FloatField):
    """A share from 0 to 1, shown as a slider; one that is finer than scenarios tell apart is refused."""

    def __init__(self, label: str, initial: float) -> None:
        self.accepts = f"{label}: enter a share from 0 to 1, for example 0.3."
        errors = dict.fromkeys(("invalid", "required", "min_value", "max_value"), self.accepts)
        self.too_fine = f"{label}: enter a share from 0 to 1 with at most four decimals, for example 0.3125."
        super().__init__(
            label=label,
            initial=initial,
            min_value=0,
            max_value=1,
            error_messages=errors,
            widget=ShareSlider(),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keep the slider's own attributes: Django would reset its step."""
        return {}

    def clean(self, value: Any) -> float:
        """Return the share, to what scenarios tell apart."""
        share: float = super().clean(value)
        if not _is_multiple(share, FINEST):
            raise forms.ValidationError(self.too_fine)
        return round(share, 4) + 0.0


class TextField(forms.CharField):
    """Text up to a length; a browser that counted would cut off what is pasted without a word.

    Control characters and direction marks are refused by their names.
    """

    def __init__(self, label: str, highest: int, error: str, **options: Any) -> None:
        errors = dict.fromkeys(("required", "max_length"), error)
        super().__init__(label=label, max_length=highest, error_messages=errors, **options)
        lines = isinstance(self.widget, forms.Textarea)
        # in place of Django's own look at U+0000, which names no field
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        self.validators.append(lambda text: refuse_hidden(text, label, lines=lines))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the counting to the site."""
        return {}


class SearchField(TextField):
    """Words to look for, or nothing."""

    def __init__(self) -> None:
        super().__init__(
            "Search",
            80,
            "Search: enter at most 80 characters.",
            required=False,
            widget=forms.TextInput(attrs={"type": "search"}),
        )


class OneOfField(forms.ChoiceField):
    """One of a few words."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], initial: str) -> None:
        accepts = f"{label}: choose one of {', '.join(key for key, _ in choices)}."
        errors = dict.fromkeys(("invalid_choice", "required"), accepts)
        super().__init__(label=label, choices=choices, initial=initial, error_messages=errors)


class CountField(forms.IntegerField):
    """A whole number within bounds; no ``highest`` means that the study itself says what is too much."""

    def __init__(self, label: str, initial: int, lowest: int, highest: int | None) -> None:
        bounds = f"from {lowest} on" if highest is None else f"from {lowest} to {highest}"
        accepts = f"{label}: enter a whole number {bounds}, for example {initial}."
        errors = dict.fromkeys(("invalid", "required", "min_value", "max_value"), accepts)
        super().__init__(
            label=label,
            initial=initial,
            min_value=lowest,
            max_value=highest,
            error_messages=errors,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric"}
            ),  # a number input drops what it cannot read
        )


class BusField(forms.CharField):
    """A bus of the feeder, or nothing for the binding one."""

    def __init__(self, label: str) -> None:
        accepts = f"{label}: enter a bus of the feeder, or nothing for the binding one."
        super().__init__(label=label, required=False, max_length=64, error_messages={"required": accepts})

    def offer(self, buses: Iterable[str]) -> None:
        """Let a person choose among the buses."""
        self.widget = forms.Select(choices=[("", "the binding one"), *((bus, bus) for bus in buses)])

    def clean(self, value: Any) -> str | None:
        """Return the bus, None for the binding one."""
        return super().clean(value) or None


class TwoNumbersField(forms.Field):
    """Two scenarios by their numbers."""

    def __init__(self) -> None:
        super().__init__(
            label="Scenarios",
            error_messages={"required": f"{TICK_TWO}; none is ticked."},
            widget=forms.MultipleHiddenInput,
        )

    def clean(self, value: Any) -> tuple[int, int]:
        """Return the numbers in the order in which they were given."""
        given = super().clean(value)
        texts = [text for text in given if text.isascii() and text.isdecimal() and len(text) <= 18]
        if len(texts) != len(given):
            odd = next(text for text in given if text not in texts)
            raise forms.ValidationError(f"{TICK_TWO}; {odd[:20]!r} is not the number of a scenario.")
        if len(texts) != 2:
            raise forms.ValidationError(f"{TICK_TWO}; {_count(len(texts))} ticked.")
        first, second = map(int, texts)
        if first == second:
            raise forms.ValidationError(f"{TICK_TWO}; number {first} is given twice.")
        return first, second


def _count(ticked: int) -> str:
    return "only one is" if ticked == 1 else f"{ticked} are"
