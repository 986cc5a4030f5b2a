"""The report of chance: how sure a hosting capacity is, whoever adopts next."""

from functools import partial

import numpy as np

from simulator.grid.schema import Feeder
from simulator.reports.charts.chance import NAMES, render_convergence, render_pass_rate
from simulator.reports.charts.panel import NARROW
from simulator.reports.elements import kpi_table
from simulator.reports.report import Column, Figure, Kpi, Report, Table
from simulator.reports.sentences import share_words
from simulator.studies.capacity_wording import times_words
from simulator.studies.first_limits import Binding
from simulator.studies.guidance import Finding
from simulator.studies.monte_carlo import MonteCarlo
from simulator.studies.quantiles import LEAST_FOR_TAILS
from simulator.studies.wording import KIND_WORDS, percent

NO_TAILS = (
    f"fewer than {LEAST_FOR_TAILS} placements pin down neither P5 nor P95: that none of n placements lies "
    f"below P5 has the chance 0.95 to the power n, which is below 5 % only from n = {LEAST_FOR_TAILS} on"
)


def monte_carlo_report(feeder: Feeder, found: MonteCarlo) -> Report:
    """Return the answer to "how sure": quantiles, pass rate, convergence, what binds, who is affected."""
    cards = _cards(feeder, found)
    return Report(
        title=f"Chance for {feeder.name}",
        sentence=monte_carlo_sentence(feeder, found),
        state="violated" if found.pass_rate[0] == 0 else "ok",
        question=(
            ("Feeder", f"{feeder.name} ({feeder.feeder_id}), {feeder.archetype}"),
            ("Placements", f"{found.placements:,}, seed {found.seed}"),
            ("Battery adoption", f"{share_words(found.battery_adoption)} of the adopters' PV"),
            ("Limits", f"{found.limits.title}: {found.limits.band} ({found.limits.source})"),
            ("Quarter-hours", times_words(found.steps)),
            ("Cases", f"{found.flows:,}: placements x levels x quarter-hours, the tightest ones first"),
            ("PV potential", f"{feeder.pv_potential_kwp:.1f} kWp at {found.customers} customers"),
        ),
        kpis=cards,
        figures=(_pass_rate(found), _convergence(found)),
        findings=_findings(found),
        tables=(kpi_table(cards), _bindings(found), _customers(feeder, found), _points(found)),
    )


def monte_carlo_sentence(feeder: Feeder, found: MonteCarlo) -> str:
    """Say what half of the placements host, what nearly all of them do, and what binds most often."""
    quantiles = {NAMES[q.share]: q for q in found.quantiles()}
    if found.pass_rate[0] == 0:
        return f"{feeder.feeder_id} is in trouble before any PV, whoever adopts: {_binding_words(found)}."
    start = f"{feeder.feeder_id} hosts {quantiles['P50'].value:.0f} kWp or more in half of"
    start += f" {found.placements:,} random placements"
    tails = f", and {quantiles['P5'].value:.0f} kWp in 95 % of them" if "P5" in quantiles else ""
    return f"{start}{tails}; {_binding_words(found)}."


def _binding_words(found: MonteCarlo) -> str:
    (key, count), *_ = found.bindings.most_common(1)
    share = percent(count / found.placements)
    return f"nothing binds in {share}" if key is None else f"{_name(key)} binds first in {share}"


def _name(key: Binding) -> str:
    return "nothing" if key is None else f"{KIND_WORDS[key[0]]} at {key[1]}"


def _cards(feeder: Feeder, found: MonteCarlo) -> tuple[Kpi, ...]:
    quantiles = {NAMES[q.share]: q for q in found.quantiles()}
    words = {"P5": "95 % of placements host", "P50": "half of them host", "P95": "the luckiest 5 % host"}
    cards = []
    for name, said in words.items():
        if name in quantiles:
            q = quantiles[name]
            band = f"{said} this or more; 95 % sure of {q.low:.0f} to {q.high:.0f} kWp"
            cards.append(Kpi(name.lower(), f"{name} of the hosting capacity", f"{q.value:.0f}", "kWp", band))
        else:
            cards.append(Kpi(name.lower(), name, "not shown", "", NO_TAILS))
    even = found.even
    place = f"{percent(even.adoption, 1)} of every customer's potential, at the same quarter-hours"
    return (*cards, Kpi("even", "Even spread, for comparison", f"{even.kwp:.0f}", "kWp", place))


def _pass_rate(found: MonteCarlo) -> Figure:
    adoption = found.adopters / max(found.customers, 1)
    draw = partial(render_pass_rate, adoption, found.pass_rate, found.placements)
    caption = "Share of placements that break no limit when so many customers, drawn at random, have PV."
    return Figure("pass-rate", "Pass rate over adoption", caption, draw, partial(draw, width=NARROW))


def _convergence(found: MonteCarlo) -> Figure:
    sizes = sorted({int(n) for n in np.geomspace(1, found.placements, 50).round()})
    span = float(found.capacity_kwp.min()), float(found.capacity_kwp.max())
    draw = partial(render_convergence, sizes, [found.quantiles(n) for n in sizes], span, found.even.kwp)
    caption = (
        "Quantiles of the hosting capacity over the number of placements, each with the band that holds it "
        f"with 95 % confidence (binomial ranks); P5 and P95 from {LEAST_FOR_TAILS} placements on."
    )
    name = "Whether so many placements suffice"
    return Figure("convergence", name, caption, draw, partial(draw, width=NARROW))


def _bindings(found: MonteCarlo) -> Table:
    columns = (
        Column("binding", "What binds first"),
        Column("element", "Element"),
        Column("share", "Share of placements", "%", 1, bar=(None, 100)),
    )
    rows = tuple(
        (KIND_WORDS[key[0]] if key else "nothing", key[1] if key else None, 100 * n / found.placements)
        for key, n in found.bindings.most_common()
    )
    return Table("bindings", "What binds", columns, rows)


def _customers(feeder: Feeder, found: MonteCarlo) -> Table:
    columns = (
        Column("customer", "Customer"),
        Column("bus", "Bus"),
        Column("pv_kwp", "PV potential", "kWp", 1),
        Column("share", "Voltage beyond a limit in", "% of placements", 1, bar=(None, 100)),
    )
    order = np.argsort(-found.violated, kind="stable")
    rows = tuple(
        (c.id, c.bus, c.pv_kwp, 100 * float(found.violated[i]))
        for i, c in ((i, feeder.customers[i]) for i in order)
    )
    return Table("customers", "Customers most often in violation", columns, rows)


def _points(found: MonteCarlo) -> Table:
    columns = (
        Column("adoption", "Customers with PV", "%", 0),
        Column("customers", "Customers with PV", "", 0),
        Column("pass_rate", "Placements within limits", "%", 1),
    )
    rows = tuple(
        (100 * n / max(found.customers, 1), int(n), 100 * float(rate))
        for n, rate in zip(found.adopters, found.pass_rate, strict=True)
    )
    return Table("points", "The pass rate", columns, rows)


def _findings(found: MonteCarlo) -> tuple[Finding, ...]:
    quantiles = {NAMES[q.share]: q for q in found.quantiles()}
    if "P5" not in quantiles or found.pass_rate[0] == 0:
        return ()
    low, even = quantiles["P5"], found.even.kwp
    if low.value >= even - 0.5:
        return (
            Finding(
                "chance_even",
                "good",
                "Safe wherever PV lands",
                "plan with the even spread; the order of adoption hardly matters here",
                f"95 % of placements host {low.value:.0f} kWp or more, the even spread {even:.0f} kWp",
            ),
        )
    return (
        Finding(
            "chance_below_even",
            "warning",
            "The even spread promises too much",
            "plan with P5 instead of the even spread, and check each connection on the page of places",
            f"the even spread hosts {even:.0f} kWp, yet one placement in twenty hosts less than "
            f"{low.value:.0f} kWp ({low.low:.0f} to {low.high:.0f}); {_binding_words(found)}",
        ),
    )
