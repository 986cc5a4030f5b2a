"""What everybody who reads an answer on a feeder must know first."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.grid.frozen import Frozen

About = Literal[
    "unbalanced",
    "existing_pv",  # of feeders imported when it counted as potential
    "standing_pv",
    "tap_changer",
    "source_voltage",
    "no_transformer",
    "left_out",
    "units",
    "no_potential",
    "whole_band",
]
# In a few words, for lists of feeders.
ABOUT_WORDS: dict[About, str] = {
    "unbalanced": "Single-phase elements are spread over three phases",
    "existing_pv": "PV that stands already counts as potential",
    "standing_pv": "PV that stands already feeds in at any adoption",
    "tap_changer": "The tap changer is not modelled as the file has it",
    "source_voltage": "The source's voltage stands for a medium-voltage grid",
    "no_transformer": "Without a transformer, so none is judged",
    "left_out": "Parts of the file are left out",
    "units": "Some numbers look as if they were typed in another unit",
    "no_potential": "No PV potential is known, so PV was not asked about",
    "whole_band": "The whole voltage band is given to low voltage",
}
# With one of these, an answer that finds nothing wrong has not checked all that the street is.
UNSURE: tuple[About, ...] = ("unbalanced", "existing_pv", "tap_changer", "left_out", "units", "no_potential")


class Caveat(Frozen):
    """One sentence or two that stand before every answer on a feeder, and what they are about."""

    about: About
    words: Annotated[str, Field(min_length=1, max_length=600)]


TAKEN_AS_BALANCED = Caveat(
    about="unbalanced",
    words="It is recorded which phases its customers are on; this answer spreads them evenly over all three, "
    "so that voltages and loadings of single phases can be further out than it says.",
)
