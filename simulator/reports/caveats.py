"""What a reader must know before an answer: the feeder's own caveats, and those of the question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from simulator.grid.caveats import ABOUT_WORDS, UNSURE, Caveat
from simulator.grid.limits import Limits, edge_words
from simulator.grid.schema import Feeder
from simulator.grid.summary import FeederSummary
from simulator.reports.cards import raw_tables
from simulator.reports.report import Report, State, Table, texts

Listable = Feeder | FeederSummary
NO_POTENTIAL = Caveat(
    about="no_potential",
    words="No customer has a PV potential: PV adoption changes nothing here, and how much PV the feeder "
    "could host was not asked.",
)
WIDE_PU = 0.08  # from the source's voltage to the upper limit: more than low voltage is given in practice
NAMED = 5  # feeders of a list


def caveats_of(
    feeder: Listable, capacity_under: Iterable[Limits] = (), by_phase: bool = False
) -> tuple[Caveat, ...]:
    """Return what to know before an answer; ``capacity_under`` are the limits of capacities it tells."""
    told = feeder.caveats if by_phase else feeder.all_caveats
    own = told if feeder.pv_potential_kwp else (*told, NO_POTENTIAL)
    wide = [limits for limits in capacity_under if _is_wide(feeder, limits)]
    return (*own, _whole_band(feeder, wide)) if wide and feeder.pv_potential_kwp else own


def _is_wide(feeder: Listable, limits: Limits) -> bool:
    return limits.rise_max is None and limits.vm_max_pu - feeder.source.vm_pu >= WIDE_PU


def _whole_band(feeder: Listable, wide: Sequence[Limits]) -> Caveat:
    titles = " and ".join(f"{limits.title} (up to {edge_words(limits.vm_max_pu)} pu)" for limits in wide)
    words = (
        f"The feeder begins at {edge_words(feeder.source.vm_pu)} pu: capacities under {titles} give all that "
        "is left of the band to low voltage, of which the medium-voltage grid uses a part in practice."
    )
    return Caveat(about="whole_band", words=words)


def heeding(report: Report, caveats: tuple[Caveat, ...]) -> Report:
    """Return a report with its caveats; where they leave unchecked what was asked, nothing is green."""
    report = replace(report, caveats=caveats)
    if any(caveat.about == "unbalanced" for caveat in caveats):
        report = replace(report, sentence=f"Taken as balanced: {_continued(report.sentence)}")
    if not report.unsure:
        return report
    findings = tuple(replace(f, severity="info") if f.severity == "good" else f for f in report.findings)
    kpis = tuple(replace(kpi, state=_doubted(kpi.state)) for kpi in report.kpis)
    tables = tuple(replace(t, states=tuple(map(_doubted, t.states))) for t in report.tables)
    return replace(report, state=_doubted(report.state), kpis=kpis, findings=findings, tables=tables)


def _continued(sentence: str) -> str:
    """Return a sentence as it stands behind a colon; names of feeders keep their letters."""
    begins = ("At ", "Over ", "On ", "No ")
    return sentence[0].lower() + sentence[1:] if sentence.startswith(begins) else sentence


def heeding_many(
    report: Report, feeders: Iterable[Listable], capacity_under: Iterable[Limits] = ()
) -> Report:
    """Return a list's report with a caveat a kind; rows that leave doubt are not green.

    The first column of its first table names feeders.
    """
    known, limits = tuple(feeders), tuple(capacity_under)
    doubtful = {feeder.feeder_id for feeder in known if leaves_doubt(caveats_of(feeder))}
    report = replace(report, caveats=caveats_of_many(known, limits))
    if not doubtful:
        return report
    first, *rest = report.tables
    states = tuple(
        _doubted(state) if row[0] in doubtful else state
        for row, state in zip(first.rows, first.states, strict=False)
    )
    return replace(report, state=_doubted(report.state), tables=(replace(first, states=states), *rest))


def leaves_doubt(caveats: Iterable[Caveat]) -> bool:
    """Tell whether an answer that finds nothing wrong has not checked all that the street is."""
    return any(caveat.about in UNSURE for caveat in caveats)


def _doubted(state: State) -> State:
    return "plain" if state == "ok" else state


def caveats_of_many(feeders: Iterable[Listable], capacity_under: Iterable[Limits] = ()) -> tuple[Caveat, ...]:
    """Return one caveat a kind for a list of feeders, with the feeders' names."""
    named: dict[str, list[str]] = {}
    limits = tuple(capacity_under)
    for feeder in feeders:
        for about in dict.fromkeys(caveat.about for caveat in caveats_of(feeder, limits)):
            named.setdefault(about, []).append(feeder.name)
    return tuple(
        Caveat(about=about, words=f"{words}: {few_names(named[about])}.")
        for about, words in ABOUT_WORDS.items()
        if about in named
    )


def few_names(names: list[str]) -> str:
    """Return the first names of a list, and how many follow; nothing for none."""
    more = len(names) - NAMED
    return ", ".join(name[:60] for name in names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def with_caveats(report: Report) -> tuple[Table, ...]:
    """Return a report's tables for a file of numbers: what to know first, where there is anything."""
    tables = raw_tables(report)
    if not report.caveats:
        return tables
    columns = texts(about="About", caveat="Caveat")
    rows = tuple((ABOUT_WORDS[caveat.about], caveat.words) for caveat in report.caveats)
    return (Table("caveats", "Read first", columns, rows), *tables)
