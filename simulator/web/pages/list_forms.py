"""The forms of lists and comparisons: what is listed, sorted and compared."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from simulator.questions.question import Question
from simulator.reports.scenarios import SORTABLE as SCENARIO_COLUMNS
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.compare.report import COLUMNS as COMPARE_COLUMNS
from simulator.studies.feeders.report import COLUMNS as FEEDER_COLUMNS
from simulator.studies.scenario import Scenario
from simulator.web.pages.fields import CountField, OneOfField, SearchField, TwoNumbersField
from simulator.web.pages.form_fields import asks
from simulator.web.pages.forms import QueryForm
from simulator.web.pages.question_form import QuestionForm

ORDERS = [("asc", "ascending"), ("desc", "descending")]


class CompareForm(QuestionForm):
    """The question of a comparison."""

    question = CompareQuestion
    many = ("feeders",)
    along = ("sort", "order")
    feeders = forms.MultipleChoiceField(label="Feeders", required=False, widget=forms.CheckboxSelectMultiple)
    sort = OneOfField("Sort by", [(c.key, c.heading) for c in COMPARE_COLUMNS], "day")
    order = OneOfField("Order", ORDERS, "desc")

    def __init__(self, query: QueryDict, names: Mapping[str, str]) -> None:
        super().__init__(query)
        self.fields["feeders"].choices = list(names.items())  # type: ignore[attr-defined]
        self.fields["feeders"].error_messages["invalid_choice"] = (
            f"Feeders: choose among {', '.join(names)}; %(value)s is none of them."
        )
        self.everything = list(names)
        self.data["feeders"] = self.data["feeders"] or self.everything

    @property
    def scenario(self) -> Scenario:
        """The moment that the feeders are compared at."""
        return Scenario("all", self.adoption, self.cleaned_data["time"], self.limit_set)

    def _text(self, name: str) -> Any:
        """Return nothing for "all feeders", which is what no choice means."""
        text = super()._text(name)
        return None if text == self.everything else text


class FeedersForm(QuestionForm):
    """The question of the feeders' list; another question begins at its first page."""

    along = ("page",)
    q = SearchField()
    sort = OneOfField("Sort by", [(c.key, c.heading) for c in FEEDER_COLUMNS], "feeder")
    order = OneOfField("Order", ORDERS, "asc")
    page = CountField("Page", 1, 1, None)

    @property
    def carried(self) -> list[forms.BoundField]:
        """Nothing."""
        return []

    def _text(self, name: str) -> Any:
        """Return nothing for the first page, at which the list begins."""
        text = super()._text(name)
        return None if name == "page" and text == 1 else text


asks(CompareForm, CompareQuestion)
asks(FeedersForm, Question)


def usual_list() -> dict[str, Any]:
    """Return what the feeders' list asks where nobody has asked for anything."""
    form = FeedersForm(QueryDict())
    form.full_clean()
    return form.asked()


class ScenariosForm(QueryForm):
    """The question of the list of saved scenarios; another question begins at its first page."""

    along = ("page",)
    q = SearchField()
    sort = OneOfField("Sort by", [(c.key, c.heading) for c in SCENARIO_COLUMNS], "number")
    order = OneOfField("Order", ORDERS, "desc")
    page = CountField("Page", 1, 1, None)

    @property
    def carried(self) -> list[forms.BoundField]:
        """Nothing."""
        return []


class CompareScenariosForm(QueryForm):
    """The question of two scenarios side by side."""

    many = ("ids",)
    ids = TwoNumbersField()
