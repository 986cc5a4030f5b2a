"""The pages of a feeder, in the order of the argument: from how it stands to what would help."""

from dataclasses import dataclass

from simulator.web.pages.forms import QueryForm
from simulator.web.pages.studies import STUDIES


@dataclass(frozen=True)
class Tab:
    """A page of a feeder: what its tab says, the question that leads there, and its form."""

    label: str
    question: str
    form: type[QueryForm]


ALL_TABS: dict[str, Tab] = {
    name: Tab(study.label, study.question, study.form) for name, study in STUDIES.items()
}
WITH_MAP = ("feeders", *(name for name, study in STUDIES.items() if study.geojson))
