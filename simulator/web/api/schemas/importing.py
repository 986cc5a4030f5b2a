"""What the route that imports a feeder takes and gives."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from simulator.grid.errors import QuestionError
from simulator.grid.potential import MAX_KWP_PER_CUSTOMER, MAX_KWP_PER_KW, Potential

ImportFormat = Literal["feeder JSON", "pandapower JSON", "pandapower Excel", "SimBench CSV"]


IMPORT_ACCEPTS = {
    "file": "accepts a network file of at most 5 MB, as a part of multipart/form-data",
    "choice": "accepts the key of one of the file's feeders, as dry_run tells them",
    "dry_run": "accepts true or false",
    "kwp_per_kw": "accepts a number from 0 to 20: PV potential for each kW of load where the file has none",
    "kwp_per_customer": "accepts a number from 0 to 1000: PV potential of each customer without one",
}


class ImportIn(Schema):
    """What goes with the file."""

    choice: Annotated[str, Field(max_length=200, description="The key of the feeder to store.")] = ""
    kwp_per_kw: Annotated[float, Field(ge=0, le=MAX_KWP_PER_KW, allow_inf_nan=False)] = 0.0
    kwp_per_customer: Annotated[float, Field(ge=0, le=MAX_KWP_PER_CUSTOMER, allow_inf_nan=False)] = 0.0
    dry_run: Annotated[bool, Field(description="Tell what the file holds, and store nothing.")] = False

    def potential(self) -> Potential:
        """Return the PV potential that is asked for.

        Raises: QuestionError where it is given in two ways.
        """
        try:
            return Potential(self.kwp_per_kw, self.kwp_per_customer)
        except ValueError as error:
            raise QuestionError("kwp_per_customer", f"{error}.") from error


class ItemOut(Schema):
    """What became of some elements of the file; ``weight`` says whether results differ by it."""

    outcome: Literal["read", "merged", "dropped", "not_modelled"]
    weight: Literal["changes_results", "simplified", "not_needed"]
    table: str
    elements: list[str]
    words: str


class ChoiceOut(Schema):
    """A feeder that the file can be stored as; ``transformer_kva`` is null where no transformer is rated."""

    key: str
    title: str
    buses: int
    lines: int
    customers: int
    transformers: int
    transformer_kva: float | None


class ImportOut(Schema):
    """The log of an import; ``feeder_id`` is null where nothing was stored."""

    feeder_id: str | None
    file: str
    format: ImportFormat
    choices: list[ChoiceOut]
    import_log: list[ItemOut]
    account: Annotated[list[ItemOut], Field(deprecated=True, description="The old name of `import_log`.")]
