"""What everybody who reads an answer on a feeder must know first."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.grid.elements import Frozen

About = Literal[
    "unbalanced",
    "existing_pv",
    "tap_changer",
    "source_voltage",
    "no_transformer",
    "left_out",
    "units",
    "no_potential",
    "whole_band",
]

# With one of these a result that finds nothing wrong was not checked for all that the street is.
UNSURE: tuple[About, ...] = ("unbalanced", "tap_changer", "left_out", "units")


class Caveat(Frozen):
    """One sentence or two that stand before every answer on a feeder, and what they are about."""

    about: About
    words: Annotated[str, Field(min_length=1, max_length=600)]
