"""Fields of text that people read."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from simulator.models.plain_text import refuse_hidden


class PlainTextField(forms.CharField):
    """A line of text, or several; control characters and direction marks are refused by name."""

    def __init__(
        self, label: str, most: int, *, lines: int = 1, required: bool = True, **options: Any
    ) -> None:
        count = f"enter 1 to {most:,} characters" if required else f"enter at most {most:,} characters"
        if lines > 1:
            options.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(
            label=label,
            max_length=most,
            required=required,
            error_messages=dict.fromkeys(("required", "max_length"), f"{label}: {count}."),
            **options,
        )
        # in place of Django's own look at NUL, which does not say where
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        self.validators.append(lambda text: refuse_hidden(text, label, lines=lines > 1))
