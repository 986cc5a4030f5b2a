"""The forms of a person's own feeders: a file to import, and a feeder's words."""

from typing import Any

from django import forms

from simulator.grid.errors import ImportFileError, QuestionError
from simulator.grid.potential import MAX_KWP_PER_CUSTOMER, MAX_KWP_PER_KW, Potential
from simulator.importing.bounds import MAX_FILE_BYTES
from simulator.models import FeederRecord
from simulator.web.feeders.importing import FILE, Import, read_import
from simulator.web.pages.fields import TextField

NAME_LENGTH = 120
PER_KW = f"PV potential: enter 0 to {MAX_KWP_PER_KW} kWp for each kW of peak load, or nothing for none."
PER_CUSTOMER = f"PV potential: enter 0 to {MAX_KWP_PER_CUSTOMER:,} kWp a customer, or nothing for none."


class FilledForm(forms.Form):
    """A form that is posted, and tells its errors as the pages do."""

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Every error as (field, message)."""
        errors = self.errors.get_json_data()
        return [(name, error["message"]) for name, found in errors.items() for error in found]


class KwpField(forms.FloatField):
    """An amount of PV in kWp, or nothing."""

    def __init__(self, label: str, most: float, accepts: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=most,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), accepts),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
        )


class ImportForm(FilledForm):
    """A file with a network; ``content`` and ``found`` are there once it is valid."""

    file = forms.FileField(
        label="Network file",
        error_messages=dict.fromkeys(("required", "invalid", "missing", "empty"), FILE),
        widget=forms.FileInput(attrs={"accept": ".json,.xlsx,.zip"}),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.content = b""
        self.found: Import | None = None

    def clean_file(self) -> str:
        """Read the file; return its name."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError(f"{FILE} This one has {upload.size:,} bytes.")
        name = clean_name(upload.name)
        self.content = upload.read()
        try:
            self.found = read_import(self.content, name)
        except ImportFileError as error:
            raise forms.ValidationError(f"{error}.") from error
        return name


class PotentialForm(FilledForm):
    """How much PV customers may build, where a person says so: for each kW of load, or for each customer."""

    kwp_per_kw = KwpField("kWp for each kW of peak load", MAX_KWP_PER_KW, PER_KW)
    kwp_per_customer = KwpField("or kWp for each customer", MAX_KWP_PER_CUSTOMER, PER_CUSTOMER)
    replace = forms.BooleanField(required=False, label="Also at customers that have a potential already")

    def clean(self) -> dict[str, Any]:
        """Refuse two potentials at once."""
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("kwp_per_kw") and asked.get("kwp_per_customer"):
            words = "PV potential: enter it for each kW of load or for each customer, not both."
            self.add_error("kwp_per_customer", words)
        return asked

    def read(self) -> Potential:
        """Return the potential that is asked for.

        Raises: QuestionError saying what is accepted.
        """
        if not self.is_valid():
            field, message = self.messages[0]
            raise QuestionError(field, message)
        per_kw, per_customer = (self.cleaned_data[name] or 0.0 for name in ("kwp_per_kw", "kwp_per_customer"))
        return Potential(per_kw, per_customer, self.cleaned_data["replace"])


class WordsForm(FilledForm):
    """What a feeder is called, and what is said of it."""

    name = TextField("Name", NAME_LENGTH, f"Name: enter 1 to {NAME_LENGTH} characters.")
    description = TextField(
        "Description",
        2000,
        "Description: enter at most 2000 characters.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def change(self, record: FeederRecord) -> None:
        """Store the words."""
        record.name, record.description = self.cleaned_data["name"], self.cleaned_data["description"]
        record.save(update_fields=["name", "description", "updated"])


def clean_name(name: str) -> str:
    """Return a file's name without control characters, cut where it is too long, its suffix kept."""
    return "".join(c for c in name if c.isprintable())[-NAME_LENGTH:] or "file"
