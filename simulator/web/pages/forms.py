"""The forms: the only place where a query string becomes a question."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.web.pages.number_fields import PercentField
from simulator.web.pages.time_fields import DAY, TimeField, TimesField


def encode(query: Mapping[str, Any]) -> str:
    """Return a query string that people can read: 07:00 stays 07:00."""
    return "?" + urlencode(query, doseq=True, safe=":,")


class QueryForm(forms.Form):
    """A form over the query string: what is missing takes its default, what is unknown is refused."""

    many: tuple[str, ...] = ()  # fields that may be named more than once
    along: tuple[str, ...] = ()  # fields that only travel along

    def __init__(self, query: QueryDict, **options: Any) -> None:
        super().__init__(**options)
        self.is_bound = True
        self.unknown = sorted(set(query) - set(self.fields))
        single = set(query) & set(self.fields) - set(self.many)
        self.repeated = sorted(name for name in single if len(query.getlist(name)) > 1)
        self.data: dict[str, Any] = {name: self._given(query, name, f) for name, f in self.fields.items()}

    def _given(self, query: QueryDict, name: str, field: forms.Field) -> Any:
        if name not in query:
            return field.initial
        if name not in self.many:
            return query[name]
        return [value for value in query.getlist(name) if value] or [""]  # "" alone: none is chosen

    def clean(self) -> dict[str, Any]:
        """Refuse fields that the page does not have, and several values where it takes one."""
        for name in self.unknown:
            self.add_error(None, f"{name[:40]}: no such field; this page takes {', '.join(self.fields)}.")
        for name in self.repeated:
            self.add_error(name, f"{self.fields[name].label}: give one value; it is given more than once.")
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
        return [self[name] for name in self.along if name in self.fields]

    def query_for(self, form: type["QueryForm"], *but: str) -> str:
        """Return the part of the question that another form understands, but for some fields."""
        if not self.is_valid():
            return ""
        names = [name for name in form.base_fields if name in self.fields and name not in but]
        asked = {name: self._text(name) for name in names}
        return encode({name: text for name, text in asked.items() if text not in ("", None)})

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
            return DAY if len(value) == STEPS_PER_DAY else ",".join(map(time_of, value))
        if isinstance(self.fields[name], PercentField) and value is not None:
            return f"{value * 100:.10g}"
        return value
