"""The report of Monte Carlo: how sure a hosting capacity is, whoever adopts next."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from simulator.answers.quantity import CAPACITY, CAPACITY_KWP
from simulator.assessment.wording import explain, percent
from simulator.drawing.panel import NARROW
from simulator.grid.schema import Feeder
from simulator.reports.cards import card, cards_of, kpi_table
from simulator.reports.report import Figure, Kpi, Report, State
from simulator.studies.adoption import adoption_rows
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.chart import NAMES, render_convergence, render_pass_rate
from simulator.studies.monte_carlo.data import QUANTILE, MonteCarloOut
from simulator.studies.monte_carlo.quantiles import MIN_FOR_TAILS
from simulator.studies.monte_carlo.tables import monte_carlo_tables
from simulator.studies.monte_carlo.wording import binding_words
from simulator.studies.over import figure_of, said
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words, not_asked_sentence
from simulator.studies.sweep.report import potential_row
from simulator.studies.sweep.wording import ALONE, COUNTED, times_words, unasked
from simulator.technologies.battery import BATTERY

NO_TAILS = (
    f"fewer than {MIN_FOR_TAILS} placements pin down neither P5 nor P95: that none of n placements lies "
    f"below P5 has the chance 0.95 to the power n, which is below 5 % only from n = {MIN_FOR_TAILS} on"
)


def monte_carlo_report(feeder: Feeder, found: MonteCarlo) -> Report:
    """Return the answer to "how sure": quantiles, pass rate, convergence, what binds, who is affected."""
    told, technology = found.counted, found.technology
    potential, size = potential_row(technology, found.potential)
    own: tuple[Kpi, ...] = (Kpi("p50", CAPACITY.label, "not asked", "", unasked(technology)),)
    if found.asked:
        own = _cards(told, f" by {technology.plural} alone" if found.caused else "")
    cards = cards_of(MonteCarloOut, found, feeder, own={"quantiles": own}, limits=found.limits)
    tables = monte_carlo_tables(feeder, told) if found.asked else ()
    return Report(
        title=f"Monte Carlo for {feeder.name}",
        sentence=monte_carlo_sentence(feeder, found),
        state=_state(found),
        question=(
            ("Feeder", feeder_words(feeder)),
            ("Placements", f"{found.placements:,}, seed {found.seed}"),
            *_adoption(found),
            ("Limits", f"{found.limits.title}: {found.limits.band} ({found.limits.source})"),
            ("Quarter-hours", times_words(found.steps)),
            ("Cases", f"{found.flows:,}: placements x levels x quarter-hours, the tightest ones first"),
            ("Counted", said(COUNTED, technology) if found.caused else "every violation"),
            (potential, f"{size} at {found.customers} customers"),
        ),
        kpis=cards,
        figures=(_pass_rate(told), _convergence(told)) if found.asked else (),
        findings=advise("monte-carlo", found),
        tables=(kpi_table(cards), *tables),
    )


def _state(found: MonteCarlo) -> State:
    if found.baseline:
        return "violated"
    return "ok" if found.asked else "plain"


def monte_carlo_sentence(feeder: Feeder, found: MonteCarlo) -> str:
    """Say what half of the placements host, what nearly all of them do, and what binds most often."""
    start, told, technology = f"{feeder.feeder_id} hosts", found.counted, found.technology
    if found.baseline:
        start = f"{feeder.feeder_id} is in trouble before any {technology.plural}: {explain(found.baseline)}."
        if not found.asked:
            return f"{start} {not_asked_sentence(feeder.feeder_id, technology)}"
        start += f" {said(ALONE, technology)}, it hosts"
    if not found.asked:
        return not_asked_sentence(feeder.feeder_id, technology)
    hosted = {NAMES[q.share]: technology.amount(q.value) for q in told.quantiles()}
    start += f" {hosted['P50']} or more in half of {found.placements:,} random placements"
    tails = f", and {hosted['P5']} in 95 % of them" if "P5" in hosted else ""
    return f"{start}{tails}; {binding_words(told)}."


def _cards(found: MonteCarlo, alone: str) -> tuple[Kpi, ...]:
    quantiles = {NAMES[q.share]: q for q in found.quantiles()}
    words = {"P5": "95 % of placements host", "P50": "half of them host", "P95": "the luckiest 5 % host"}
    cards, technology = [], found.technology
    quantile, capacity = (figure_of(quantity, technology) for quantity in (QUANTILE, CAPACITY_KWP))
    for name, those in words.items():
        if name in quantiles:
            q = quantiles[name]
            share = percent(q.value / found.potential, 1)
            sure = f"95 % sure of {q.low:.0f} to {q.high:.0f} {technology.unit}"
            band = f"{share} of the potential; {those} this or more; {sure}"
            quantity = replace(quantile, label=f"{name} of the hosting capacity{alone}")
            cards.append(card(name.lower(), quantity, q.value, band))
        else:
            cards.append(Kpi(name.lower(), name, "not shown", "", NO_TAILS))
    even = found.even
    place = f"{percent(even.adoption, 1)} of every customer's potential, at the same quarter-hours"
    quantity = replace(capacity, label=f"Even spread{alone}, for comparison", card_digits=0)
    return (*cards, card("even", quantity, even.installed, place))


def _pass_rate(found: MonteCarlo) -> Figure:
    plural, unit = found.technology.plural, found.technology.unit
    draw = partial(render_pass_rate, found)
    caption = (
        f"Share of placements that break no limit when so many customers, drawn at random, have {plural}; "
        f"below, the {unit} that so many have on average. "
        f"Uprights: the hosting capacity's quantiles in {unit}."
    )
    return Figure("pass-rate", "Pass rate over adoption", caption, draw, partial(draw, width=NARROW))


def _convergence(found: MonteCarlo) -> Figure:
    draw = partial(render_convergence, found)
    caption = (
        "Quantiles of the hosting capacity over the number of placements, each with the band that holds it "
        f"with 95 % confidence (binomial ranks); P5 and P95 from {MIN_FOR_TAILS} placements on."
    )
    name = "Whether so many placements suffice"
    return Figure("convergence", name, caption, draw, partial(draw, width=NARROW))


def _adoption(found: MonteCarlo) -> Iterator[tuple[str, str]]:
    """Yield the shares; beside PV that is drawn, a battery's is one of the adopters' PV."""
    drawn = BATTERY.adoption if found.over == "pv" else ""
    for label, share in adoption_rows(found.adoption, found.over):
        yield label, f"{share} of the adopters' PV" if label == drawn else share
