"""Whether the even spread may be trusted."""

from simulator.studies.guidance import Facts, Rule
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.chart import NAMES
from simulator.studies.monte_carlo.wording import binding_words


def _low(found: MonteCarlo, *, above_even: bool) -> Facts:
    """Return P5 beside the even spread, where it is so; without enough placements nothing is known."""
    told = found.counted
    quantiles = {NAMES[q.share]: q for q in told.quantiles()} if found.asked else {}
    low, even = quantiles.get("P5"), told.even.installed
    if low is None or (low.value >= even - 0.5) != above_even:
        return None
    technology = told.technology
    return {
        "land": technology.does("land"),
        "p5": f"{low.value:.0f} {technology.unit}",
        "less": f"less than {low.value:.0f} {technology.unit}" if low.value else "none",
        "even": f"{even:.0f} {technology.unit}",
        "band": f"{low.low:.0f} to {low.high:.0f}",
        "binding": binding_words(told),
    }


def as_good_as_even(found: MonteCarlo) -> Facts:
    """Fire where nearly all placements host what the even spread does."""
    return _low(found, above_even=True)


def below_even(found: MonteCarlo) -> Facts:
    """Fire where one placement in twenty hosts less."""
    return _low(found, above_even=False)


MONTE_CARLO_RULES = (
    Rule(
        "chance_even",
        "good",
        "Safe wherever {land}",
        "plan with the even spread; the order of adoption hardly matters here",
        "95 % of placements host {p5} or more, the even spread {even}",
        as_good_as_even,
        ("monte-carlo",),
    ),
    Rule(
        "chance_below_even",
        "warning",
        "The even spread promises too much",
        "plan with P5 instead of the even spread, and check each connection on the page Nodes",
        "the even spread hosts {even}, yet one placement in twenty hosts {less} ({band}); {binding}",
        below_even,
        ("monte-carlo",),
    ),
)
