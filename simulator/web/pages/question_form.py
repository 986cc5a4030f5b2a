"""The form of a question, from its fields: a query string becomes what a study is asked."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from simulator.grid.limits import LIMIT_SETS, Limits, own_limits
from simulator.grid.schema import Feeder
from simulator.questions.fields import LIMITS, Asked, fields_of
from simulator.questions.question import Question
from simulator.questions.rare import rare_rows
from simulator.studies.run.question import RunQuestion
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import USUAL, adopted
from simulator.web.pages.form_fields import asks, form_field
from simulator.web.pages.forms import QueryForm

Dates = tuple[date, date] | None  # the first and the last day that profiles of a year hold
OWN = {"low": "vm_min_pu", "high": "vm_max_pu", "rise": "rise_max", "loading": "loading_max"}


class QuestionForm(QueryForm):
    """A question about feeders, or about one; its fields are those of ``question``.

    Fields of a scenario that it does not ask for travel ``along``, for the way to the other pages.
    """

    question: type[Question] = Question

    def __init__(self, query: QueryDict, feeder: Feeder | None = None, dates: Dates = None) -> None:
        super().__init__(query)
        self.feeder, self.dates = feeder, dates
        if feeder and "bus" in self.fields:
            self.fields["bus"].offer(bus.id for bus in feeder.buses)  # type: ignore[attr-defined]
        if feeder and not feeder.phases_recorded and not query.get("phases"):
            self.fields.pop("phases", None)  # there is nothing to choose from
        if "date" in self.fields:
            self._offer_dates(query)

    def _offer_dates(self, query: QueryDict) -> None:
        if self.dates:
            first, last = (day.isoformat() for day in self.dates)
            self.fields["date"].widget.attrs |= {"min": first, "max": last}
        elif not query.get("date"):  # nothing to choose from; a date that is given is refused by name
            del self.fields["date"]

    def clean(self) -> dict[str, Any]:
        """Refuse a band of one's own without both edges, or with the lower one above."""
        asked = super().clean()
        low, high = asked.get("low"), asked.get("high")
        given = [name for name in OWN if asked.get(name) is not None]
        for name in ("low", "high"):
            if given and asked.get(name) is None and name not in self.errors:
                self.add_error(name, f"{self.fields[name].label}: own limits need both voltages.")
        if low is not None and high is not None and low >= high:
            label = self.fields["low"].label
            self.add_error("low", f"{label}: {low:g} is not below the highest voltage {high:g}.")
        return asked

    @property
    def adoption(self) -> Adoption:
        """The shares by technology."""
        return {each.key: self.cleaned_data[f"{each.key}_adoption"] for each in adopted()}

    @property
    def own(self) -> Limits | None:
        """The limits that a person typed in."""
        given = {key: self.cleaned_data.get(name) for name, key in OWN.items()}
        return own_limits(**{key: value for key, value in given.items() if value is not None})

    @property
    def limit_set(self) -> Limits:
        """The limits that hold: one's own where there are any, else the chosen set."""
        return self.own or LIMIT_SETS[self.cleaned_data["limits"]]

    @classmethod
    def fields_asked(cls, over: str = "") -> list[Asked]:
        """Return how its question's fields are asked for; where there is no choice, one is not asked for."""
        return [each for each in fields_of(cls.question, over) if each.name in cls.base_fields]

    @property
    def own_share(self) -> str:
        """The share that is not asked for, since the answer counts it; empty where there is none."""
        return f"{self.data.get('over', USUAL)}_adoption" if self.question.counts_over else ""

    def asked(self) -> dict[str, Any]:
        """Return the question in flat names, as the API has them."""
        asked = {}
        for each in self.fields_asked(self.data.get("over", USUAL)):
            value = self.cleaned_data.get(each.name)
            if each.place in ("limits", "own") or self._left_out(each, value):
                continue
            asked[each.key] = value
        limits = "limits" if LIMITS in fields_of(self.question) else "own"
        return {**asked, limits: self.limit_set if limits == "limits" else self.own}

    def _left_out(self, asked: Asked, value: Any) -> bool:
        """Tell whether a field that few people set is as usual, in the API as well."""
        told = asked.usual is not None and self.feeder is not None and self.feeder.phases_recorded
        return asked.place == "more" and value in (None, asked.initial) and not told

    def scenario_query(self) -> str:
        """Return the part of the question that every page of a feeder understands."""
        return self.query_for(ScenarioForm)

    @cached_property
    def rare(self) -> list[forms.BoundField]:
        """The fields that stand folded: what few people set."""
        folded = ("more", "own") if LIMITS in fields_of(self.question) else ("more",)
        names = (each.name for each in self.fields_asked() if each.place in folded)
        return [self[name] for name in names if name in self.fields]

    @cached_property
    def rare_set(self) -> bool:
        """Whether any of these is set, or at fault."""
        return any(field.value() not in (None, "", field.initial) or field.errors for field in self.rare)

    @property
    def rare_words(self) -> str:
        """What is set of these, in words."""
        if not self.rare_set or not self.is_valid():
            return ""
        own = [("Limits", self.own.band)] if self.own and LIMITS in fields_of(self.question) else []
        return ", ".join(f"{label} {value}" for label, value in (*rare_rows(self.asked()), *own))

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that a person sets at once."""
        places = [each.name for each in self.fields_asked()]
        shown = [field for field in super().shown if field not in self.rare]
        return sorted(shown, key=lambda f: places.index(f.name) if f.name in places else len(places))

    def query_for(self, form: type[QueryForm], *but: str) -> str:
        """Return the part of the question that another form understands."""
        there = form.base_fields.get("over")
        known = isinstance(there, forms.ChoiceField) and there.valid_value(self.data.get("over"))
        return super().query_for(form, *but, *([] if known else ["over"]))

    def _text(self, name: str) -> Any:
        """Return nothing for what few people set and is as usual."""
        text = super()._text(name)
        usual = "data-usual" in self.fields[name].widget.attrs
        return None if usual and text == self.fields[name].initial else text


def form_of(question: type[Question]) -> type[QuestionForm]:
    """Return the form of a question."""
    named = {each.name for each in fields_of(question, USUAL)}
    scenario = [each for each in fields_of(RunQuestion) if each.name not in named]
    shown = [each.name for each in fields_of(question)]
    own = {"question": question, "along": tuple(each.name for each in scenario if each.name not in shown)}
    form = type(f"{question.__name__}Form", (QuestionForm,), own | {e.name: form_field(e) for e in scenario})
    return asks(form, question)


ScenarioForm = form_of(RunQuestion)
