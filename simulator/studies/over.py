"""Answers over another technology than PV: what their figures are called."""

from dataclasses import replace
from typing import Any

from simulator.answers.quantity import Quantity
from simulator.technologies.technology import Technology


def said(words: str, technology: Technology) -> str:
    """Return words on PV as they are said of a technology."""
    of_it = {
        "PV causes or worsens": technology.does("cause", "worsen"),
        "PV causes": technology.does("cause"),
        "PV adoption": technology.adoption,
        "PV": technology.plural,
        "kWp": technology.unit,
    }
    for of_pv, other in of_it.items():
        words = words.replace(of_pv, other)
    return words


def figure_of(quantity: Quantity, technology: Technology) -> Quantity:
    """Return a figure on PV as that on a technology."""
    names = ("label", "unit", "meaning", "short")
    words: dict[str, Any] = {name: said(getattr(quantity, name), technology) for name in names}
    return replace(quantity, **words)
