"""The forms of a profile file: what it holds, and how it is to be read."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.grid.schema import Feeder
from simulator.importing.profiles.reading import Found, read_profile_file
from simulator.importing.profiles.text import MAX_BYTES
from simulator.importing.profiles.units import LABELS
from simulator.importing.profiles.wanted import (
    HOURS,
    MAX_HOURS,
    Option,
    ProfileQuestionError,
    Wanted,
    read_begins,
)
from simulator.web.feeders.import_forms import FilledForm, clean_name
from simulator.web.pages.fields import OneOfField

FILE = f"File: choose a CSV file of at most {MAX_BYTES // 1_000_000} MB."
ASKED = ("kind", "unit", "year", "hours_ahead", "numbers", "column")


class ReadingForm(FilledForm):
    """What a file holds, in which unit, and what the file itself leaves open."""

    kind = OneOfField("Profile of", [("load", "load"), ("pv", "PV")], "load")
    unit = OneOfField("Unit", list(LABELS.items()), "kw")
    year = forms.CharField(
        label="Year or first day, where the file has no dates",
        required=False,
        widget=forms.TextInput(attrs={"size": 10, "placeholder": "2023 or 2023-01-31"}),
    )
    hours_ahead = forms.FloatField(
        label="Hours ahead of UTC, where its times are UTC",
        required=False,
        min_value=-MAX_HOURS,
        max_value=MAX_HOURS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HOURS),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 4}),
    )
    numbers = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    column = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    many: tuple[str, ...] = ()  # fields of several boxes, which these forms have none of

    def clean_year(self) -> str:
        """Return the text of a year or a day."""
        text: str = self.cleaned_data["year"].strip()
        try:
            read_begins(text)
        except QuestionError as error:
            raise forms.ValidationError(error.message) from error
        return text

    @property
    def asked(self) -> dict[str, Any]:
        """What was entered, as it is kept with a waiting file."""
        return {name: self.cleaned_data[name] for name in ASKED}


class ProfileForm(ReadingForm):
    """A file, and how it is to be read; ``content`` is there once the form is valid."""

    file = forms.FileField(
        label="CSV file",
        error_messages=dict.fromkeys(("required", "invalid", "missing", "empty"), FILE),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    field_order = ("file", *ASKED)

    def __init__(self, feeder: Feeder, *args: Any) -> None:
        super().__init__(*args)
        self.feeder = feeder
        self.name, self.content = "", b""

    def clean(self) -> dict[str, Any]:
        """Read the file, where everything else holds; what it leaves open is asked on the next page."""
        asked: dict[str, Any] = self.cleaned_data
        if self.errors:
            return asked
        upload = asked["file"]
        if upload.size > MAX_BYTES:
            self.add_error("file", f"{FILE} {upload.name[:60]} has {upload.size:,} bytes.")
            return asked
        self.name, self.content = clean_name(upload.name), upload.read()
        look = look_at(self.content, self.name, self.feeder, self.asked)
        if look.refused:
            self.add_error("file", look.error)
        return asked


class Look:
    """What became of a file: a profile, or what must be chosen first, or why it is refused."""

    def __init__(self) -> None:
        self.found: Found | None = None
        self.field, self.error, self.refused = "", "", False
        self.options: tuple[Option, ...] = ()


def wanted_of(asked: Mapping[str, Any]) -> Wanted:
    """Return how a file is to be read, from what was entered."""
    return Wanted(
        kind=asked["kind"],
        unit=asked["unit"],
        begins=read_begins(asked["year"]),
        numbers=asked["numbers"],
        column=asked["column"],
        hours_ahead=cast("float | None", asked["hours_ahead"]),
    )


def look_at(content: bytes, name: str, feeder: Feeder, asked: Mapping[str, Any]) -> Look:
    """Read a file as people asked."""
    look = Look()
    try:
        look.found = read_profile_file(content, name[-60:], feeder, wanted_of(asked))
    except ProfileFileError as error:
        look.field, look.error, look.refused = "file", f"{error}.", True
    except ProfileQuestionError as error:
        look.field, look.error, look.options = error.field, error.message, error.options
    except QuestionError as error:
        look.field, look.error = error.field, error.message
    return look
