"""Fields of forms that take a number, or nothing."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from simulator.questions.kinds import Number


class DecimalInput(forms.TextInput):
    """A text input for a number; every page has several, and a template for each would cost milliseconds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the input."""
        given = {"type": "text", "name": name, "value": self.format_value(value)}
        shown = {**given, **self.build_attrs(self.attrs, attrs)}
        return format_html(
            "<input{}>", flatatt({key: each for key, each in shown.items() if each is not None})
        )


class NumberField(forms.FloatField):
    """A number within bounds, or nothing; whole numbers stay whole."""

    def __init__(self, label: str, number: Number) -> None:
        low, high = number.lowest, number.highest
        bounds = f"from {low:g} to {high:g}" if low else f"above 0 and at most {high:g}"
        accepts = f"{label}: enter {number.what} {bounds}, for example {number.example}, or nothing."
        filled_in = accepts.replace("%", "%%")  # Django puts the bound into what these two say
        errors = {"invalid": accepts, "required": accepts, "min_value": filled_in, "max_value": filled_in}
        super().__init__(
            label=label,
            required=False,
            min_value=low or 1e-3,
            max_value=high,
            error_messages=errors,
            widget=DecimalInput(attrs={"inputmode": "decimal", "placeholder": "none"}),
        )

    def clean(self, value: Any) -> float | None:
        """Return the number."""
        number: float | None = super().clean(value)
        return int(number) if number is not None and number.is_integer() else number


class PercentField(NumberField):
    """A percentage, or nothing; cleaned to a share of 1."""

    def clean(self, value: Any) -> float | None:
        """Return the share of 1."""
        percent = super().clean(value)
        return None if percent is None else percent / 100
