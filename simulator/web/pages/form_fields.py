"""Form fields from how a question's fields are asked for."""

from typing import TypeVar

from django import forms

from simulator.questions.fields import Asked, fields_of
from simulator.questions.kinds import BusId, Count, Day, FieldKind, Moment, Moments, Number, OneOf, Share
from simulator.questions.question import Question
from simulator.technologies.registry import USUAL
from simulator.web.pages.fields import BusField, CountField, OneOfField, ShareField
from simulator.web.pages.number_fields import NumberField, PercentField
from simulator.web.pages.time_fields import DayField, TimeField, TimesField

Form = TypeVar("Form", bound=type[forms.Form])


def asks(form: Form, question: type[Question]) -> Form:
    """Give a form the fields of a question, before its own; not those where there is nothing to choose."""
    asked = [each for each in fields_of(question, USUAL) if not _settled(each.kind)]
    own = {each.name: form_field(each) for each in asked}
    form.declared_fields = form.base_fields = {**own, **form.base_fields}
    return form


def _settled(kind: FieldKind) -> bool:
    return isinstance(kind, OneOf) and len(kind.choices) == 1


def form_field(asked: Asked) -> forms.Field:  # noqa: C901, PLR0911 - one for each kind
    """Return the field in which a person gives it."""
    match asked.kind:
        case Share():
            return ShareField(asked.label, asked.initial)
        case Moment():
            return TimeField(asked.label)
        case Moments():
            return TimesField(asked.label)
        case Day():
            return DayField(asked.label)
        case BusId():
            return BusField(asked.label)
        case OneOf(choices):
            field = OneOfField(asked.label, choices, asked.initial)
            field.widget.attrs |= {"data-usual": asked.initial} if asked.place == "more" else {}
            return field
        case Count(lowest, highest):
            return CountField(asked.label, asked.initial, lowest, highest)
        case Number(percent=True) as number:
            return PercentField(asked.label, number)
        case Number() as number:
            return NumberField(asked.label, number)
