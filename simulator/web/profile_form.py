"""The form that takes a profile file."""

from typing import TYPE_CHECKING, Any

from django import forms

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.grid.profile_files.reading import read_profile_file
from simulator.grid.profile_files.stamps import FIRST_YEAR, LAST_YEAR
from simulator.grid.profile_files.text import MOST_BYTES
from simulator.grid.schema import Feeder
from simulator.web.fields import OneOfField

if TYPE_CHECKING:
    from simulator.grid.profile_files.series import Series

FILE = f"File: choose a CSV file of at most {MOST_BYTES // 1_000_000} MB."
YEAR = f"Year: enter a year from {FIRST_YEAR} to {LAST_YEAR}, for example 2023, or nothing."


class ProfileForm(forms.Form):
    """A file, what it holds, and in which unit."""

    file = forms.FileField(
        label="CSV file",
        error_messages=dict.fromkeys(("required", "invalid", "missing", "empty"), FILE),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    kind = OneOfField("Profile of", [("load", "load"), ("pv", "PV")], "load")
    unit = OneOfField("Unit", [("kw", "kW"), ("pu", "per unit")], "kw")
    year = forms.IntegerField(
        label="Year, where the file has no dates",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), YEAR),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )

    def __init__(self, feeder: Feeder, *args: Any) -> None:
        super().__init__(*args)
        self.feeder = feeder
        self.series: Series | None = None

    def clean(self) -> dict[str, Any]:
        """Read the file, where everything else holds."""
        asked: dict[str, Any] = self.cleaned_data
        if self.errors:
            return asked
        upload = asked["file"]
        if upload.size > MOST_BYTES:
            self.add_error("file", f"{FILE} {upload.name[:60]} has {upload.size:,} bytes.")
            return asked
        question = {key: asked[key] for key in ("kind", "unit", "year")}
        try:
            self.series = read_profile_file(upload.read(), upload.name[:60], self.feeder, **question)
        except ProfileFileError as error:
            self.add_error("file", f"{error}.")
        except QuestionError as error:
            self.add_error(error.field, error.message)
        return asked

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Every error as (field, message)."""
        errors = self.errors.get_json_data()
        return [(name, error["message"]) for name, found in errors.items() for error in found]
